//! The crates of the corpus and cargo, batch by batch.

use super::batches::Batches;
use super::checks::Checks;
use super::progress::Progress;
use super::report::{Entry, Report};
use crate::cli::arguments::Corpus;
use crate::cli::stop::Stop;

/// A batch ends with this many documents …
const BATCH_DOCUMENTS: usize = 30;

/// … or with this many lines, which bounds what a run holds on disk and loses when it is stopped.
const BATCH_LINES: usize = 400_000;

/// Crates beyond this many lines are compiled one at a time: rustc takes gigabytes for them.
const ALONE_LINES: usize = 300_000;

/// Compiles whatever is not known to compile, in batches, and has the report saved after each.
pub(super) fn compile(
    batches: &Batches,
    report: &mut Report,
    arguments: &Corpus,
    mut save: impl FnMut(&mut Report) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut open: Vec<usize> = (0..report.documents.len())
        .filter(|index| {
            let entry = &report.documents[*index];
            let is_open =
                entry.compile.is_none() || (arguments.each_feature && entry.features.is_none());
            !entry.hash.is_empty() && is_open
        })
        .collect();
    open.sort_by_key(|index| report.documents[*index].lines);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores);
    let progress = Progress::new("compile", open.len());
    let mut left = divided(&open, &report.documents);
    left.reverse();
    while let Some(batch) = left.pop() {
        let crates: Vec<_> = batch
            .iter()
            .map(|index| report.documents[*index].crate_name.clone())
            .collect();
        batches.set_members(&crates)?;
        let mut checks = Checks::default();
        let steps: &[&[&str]] = if arguments.lint {
            &[
                &["clippy", "--workspace", "--all-targets"],
                &["doc", "--workspace", "--no-deps"],
            ]
        } else {
            &[&["check", "--workspace", "--lib", "--examples"]]
        };
        let mut said = String::new();
        for step in steps {
            said = batches.cargo(step, jobs, &mut checks)?;
        }
        if checks.is_empty() && batch.len() > 1 {
            // A manifest at fault keeps cargo from all of them: it must not cost the others.
            let (first, second) = batch.split_at(batch.len() / 2);
            left.extend([second.to_vec(), first.to_vec()]);
            continue;
        }
        for index in &batch {
            let entry = &mut report.documents[*index];
            let (compile, first) = checks.verdict(&entry.crate_name, &said);
            entry.compiled(compile, first);
            if arguments.each_feature {
                super::each_feature::check(batches, entry, arguments, jobs)?;
            }
        }
        batches.clean(&crates)?;
        // By index, so before the report sorts its documents: they are sorted already.
        save(report)?;
        progress.advance(batch.len(), crates.last().map_or("", String::as_str));
    }
    progress.finish();
    Ok(())
}

fn divided(open: &[usize], documents: &[Entry]) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut lines = 0;
    for index in open {
        let of_this = documents[*index].lines;
        lines += of_this;
        match batches.last_mut() {
            Some(batch)
                if batch.len() < BATCH_DOCUMENTS
                    && lines <= BATCH_LINES
                    && of_this <= ALONE_LINES =>
            {
                batch.push(*index);
            }
            _ => {
                batches.push(vec![*index]);
                lines = of_this;
            }
        }
    }
    batches
}
