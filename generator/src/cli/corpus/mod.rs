//! `corpus`: every document below a folder, generated and if asked compiled.
//!
//! The documents go through the generator in a few long-lived processes (`worker.rs`), so that a
//! panic, an overflown stack or an endless loop costs one document and no more.

mod batches;
mod checks;
mod compile;
mod each_feature;
pub mod features;
mod fingerprint;
mod job;
mod measure;
mod progress;
pub mod report;
mod select;
mod table;
mod worker;

pub use measure::generate;
pub(super) use worker::serve;

use super::arguments::Corpus;
use super::stop::Stop;
use super::workspace::Workspace;
use batches::Batches;
use job::Job;
use progress::Progress;
use report::Report;
use select::{crate_names, sample};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(super) fn run(arguments: &Corpus, workspace: &Workspace) -> Result<(), Stop> {
    let batches = arguments
        .compiles()
        .then(|| Batches::open(workspace))
        .transpose()?;
    let jobs = jobs(arguments, workspace, batches.as_ref())?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processes = arguments.jobs.unwrap_or(cores).clamp(1, jobs.len().max(1));

    let start = Instant::now();
    let progress = Progress::new("generate", jobs.len());
    let outcome = worker::generate(jobs, processes, (cores / processes).max(1), &progress);
    progress.finish();
    let seconds = start.elapsed().as_secs_f64();
    let mut report = Report {
        documents: outcome.entries,
        ..Report::default()
    };
    report.sum_up(seconds, outcome.peak_memory);
    if let Some(batches) = &batches {
        report.build = Some(batches.build_id(arguments)?);
        if let Some(path) = &arguments.report
            && let Some(earlier) = earlier(path)
        {
            report.resume(&earlier);
        }
        let save = |report: &mut Report| {
            report.sum_up(seconds, outcome.peak_memory);
            write(arguments, report)
        };
        compile::compile(batches, &mut report, arguments, save)?;
        report.sum_up(seconds, outcome.peak_memory);
    }
    write(arguments, &report)?;
    print!("{}", table::text(&report));
    if report.failed() {
        Err(Stop::Failed)
    } else {
        Ok(())
    }
}

fn jobs(
    arguments: &Corpus,
    workspace: &Workspace,
    batches: Option<&Batches>,
) -> Result<Vec<Job>, Stop> {
    let folder = &arguments.dir;
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    let mut paths: Vec<String> = found
        .iter()
        .filter_map(|path| path.strip_prefix(folder).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        let message = format!("there is no document below `{}`", folder.display());
        return Err(Stop::Because(message));
    }
    // Named before the sample is drawn, so that a document's crate is called the same in any run.
    let names = crate_names(&paths);
    let drawn = match arguments.sample {
        Some(count) => sample(&paths, count, arguments.seed),
        None => paths.clone(),
    };
    let runtime = match batches {
        Some(batches) => batches.runtime().to_owned(),
        None => workspace
            .runtime()
            .unwrap_or_else(|| PathBuf::from("runtime")),
    };
    paths
        .into_iter()
        .zip(names)
        .filter(|(path, _)| drawn.binary_search(path).is_ok())
        .map(|(path, crate_name)| {
            let document = folder.join(&path);
            let document_bytes = std::fs::metadata(&document)
                .map_err(|error| unreadable(&document, &error))?
                .len();
            Ok(Job {
                out: batches.map(|batches| batches.crate_folder(&crate_name)),
                runtime: runtime.to_string_lossy().into_owned(),
                path,
                document,
                document_bytes,
                crate_name,
            })
        })
        .collect()
}

/// Every document below a folder.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Stop> {
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if is_document(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Because(format!("cannot read `{}`: {error}", path.display()))
}

/// The report of an earlier run; one that cannot be read is no reason to stop.
fn earlier(path: &Path) -> Option<Report> {
    let text = std::fs::read_to_string(path).ok()?;
    let report = serde_json::from_str(&text);
    if report.is_err() {
        eprintln!("`{}` is no report; nothing is resumed", path.display());
    }
    report.ok()
}

/// Writes the report, whole or not at all.
fn write(arguments: &Corpus, report: &Report) -> Result<(), Stop> {
    let Some(path) = &arguments.report else {
        return Ok(());
    };
    let text =
        serde_json::to_string_pretty(report).map_err(|error| Stop::Because(error.to_string()))?;
    let beside = path.with_extension("part");
    std::fs::write(&beside, text + "\n")
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|error| Stop::Because(format!("cannot write `{}`: {error}", path.display())))
}
