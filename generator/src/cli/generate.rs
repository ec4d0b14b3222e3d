//! `generate`: documents to crates.
//!
//! Everything is generated in memory first, and nothing is written unless all of it could be.

use super::arguments::Generate;
use super::report::{self, number};
use super::runtime;
use super::stop::Stop;
use super::workspace::Workspace;
use crate::OnError;
use crate::config::Config;
use crate::emit::{Placement, RuntimeSource};
use crate::inspect::{Census, census};
use crate::read::{self, Sources};
use crate::write::{self, Changes, Tree};
use serde::Serialize;
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

/// At most so many lines of differences are shown by `--check`.
const DIFF_LINES: usize = 200;

pub(super) fn run(arguments: &Generate, workspace: &Workspace) -> Result<(), Stop> {
    let jobs = jobs(arguments, workspace)?;
    let mut report = Report::default();
    let mut made = Vec::new();
    for job in &jobs {
        let start = Instant::now();
        if let Some(one) = make(job, arguments, &mut report)? {
            made.push((job, one, start.elapsed().as_secs_f64()));
        }
    }
    let complete = made.len() == jobs.len();
    let writes = !arguments.check && !arguments.dry_run;
    let mut current = true;
    if complete && arguments.from.is_none() {
        current = share_runtime(workspace, writes)?;
    }
    let mut errors = 0;
    if complete {
        if writes && made.len() > 1 {
            // What one crate's folder refuses must be known before another is written.
            for (job, one, _) in &made {
                write::compare(&job.out, &one.tree)
                    .map_err(|error| Stop::Because(error.to_string()))?;
            }
        }
        for (job, one, seconds) in made {
            errors += one.errors;
            current &= finish(job, &one, seconds, arguments, &mut report)?;
        }
    }
    if arguments.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&report)
                .map_err(|error| Stop::Because(error.to_string()))?
        );
    }
    match (complete, current || !arguments.check) {
        (true, true) if errors == 0 => Ok(()),
        (true, true) => {
            eprintln!(
                "error: {}; what they are about is left out",
                number(errors, "error")
            );
            Err(Stop::Failed)
        }
        (true, false) => {
            eprintln!("error: what is on disk is not what would be generated; to repair it, run");
            eprintln!("    {}", repairing_command(arguments, workspace));
            Err(Stop::Failed)
        }
        (false, _) => {
            eprintln!("error: nothing was written");
            Err(Stop::Failed)
        }
    }
}

/// Brings the runtime that all vendors share up to date, or only compares it. Whether it was.
fn share_runtime(workspace: &Workspace, writes: bool) -> Result<bool, Stop> {
    let folder = workspace.root()?.join("runtime");
    let changes = if writes {
        runtime::place(&folder)?
    } else {
        runtime::compare(&folder)?
    };
    if !changes.is_empty() {
        let what = if writes { "written" } else { "to write" };
        let count = number(changes.written(), "file");
        eprintln!("runtime: {count} {what}, which all vendors share");
    }
    Ok(changes.is_empty())
}

/// One document and where its crate goes.
struct Job {
    name: String,
    document: PathBuf,
    /// The vendor's configuration; `None` where the name of the crate is all that is known.
    config: Option<PathBuf>,
    crate_name: String,
    out: PathBuf,
    placement: Placement,
}

fn jobs(arguments: &Generate, workspace: &Workspace) -> Result<Vec<Job>, Stop> {
    if let (Some(from), Some(out)) = (&arguments.from, &arguments.out) {
        return Ok(vec![foreign_job(arguments, from, out)?]);
    }
    for vendor in &arguments.vendors {
        workspace.check_vendor(vendor)?;
    }
    let vendors = match arguments.vendors.as_slice() {
        [] => workspace.vendors()?,
        named => named.to_vec(),
    };
    let job = |vendor| vendor_job(vendor, workspace);
    vendors.into_iter().map(job).collect()
}

fn vendor_job(vendor: String, workspace: &Workspace) -> Result<Job, Stop> {
    let document = workspace.document(&vendor)?;
    // The same on every machine and from every folder: it reaches the output.
    let file = document
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let placement = Placement {
        runtime: RuntimeSource::Path("../../runtime".to_owned()),
        document: format!("specs/{vendor}/{file}"),
    };
    Ok(Job {
        config: Some(document.with_file_name(crate::config::FILE_NAME)),
        document,
        crate_name: format!("{vendor}-client"),
        out: workspace.root()?.join("generated").join(&vendor),
        placement,
        name: vendor,
    })
}

fn foreign_job(arguments: &Generate, from: &Path, out: &Path) -> Result<Job, Stop> {
    if from
        .to_str()
        .is_some_and(|text| text.starts_with("http:") || text.starts_with("https:"))
    {
        return Err(Stop::Usage(
            "--from takes a file; download the document first".to_owned(),
        ));
    }
    let crate_name = match &arguments.name {
        Some(name) if crate::config::is_crate_name(name) => name.clone(),
        Some(name) => return Err(Stop::Usage(format!("`{name}` is no name of a crate"))),
        None => crate_name_of(out),
    };
    let runtime = match &arguments.runtime {
        None => RuntimeSource::Carried,
        Some(text) if is_version(text) => RuntimeSource::Version(text.clone()),
        Some(path) => RuntimeSource::Path(path_to_runtime(Path::new(path), out)?),
    };
    let document = from
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let placement = Placement { runtime, document };
    Ok(Job {
        name: crate_name.clone(),
        document: from.to_owned(),
        config: None,
        crate_name,
        out: out.to_owned(),
        placement,
    })
}

/// A crate without a name is called after its folder.
fn crate_name_of(out: &Path) -> String {
    let folder = std::path::absolute(out).unwrap_or_default();
    let folder = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let words: Vec<_> = folder
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "client")
        .collect();
    let name = format!("{}-client", words.join("-"));
    if crate::config::is_crate_name(&name) {
        name
    } else {
        "api-client".to_owned()
    }
}

/// A version begins with a digit, perhaps after `=`, `^` or `~`, and is nothing on disk.
fn is_version(text: &str) -> bool {
    let number = text.trim_start_matches(['=', '^', '~', ' ']);
    number.starts_with(|first: char| first.is_ascii_digit()) && !Path::new(text).exists()
}

/// The way from a crate's folder to the runtime's, so that both can be moved together.
fn path_to_runtime(runtime: &Path, out: &Path) -> Result<String, Stop> {
    let failed = |error| Stop::Usage(format!("--runtime `{}`: {error}", runtime.display()));
    let runtime = std::fs::canonicalize(runtime.join("Cargo.toml")).map_err(failed)?;
    let runtime = runtime.parent().unwrap_or(&runtime);
    let out = std::fs::canonicalize(out)
        .or_else(|_| std::path::absolute(out))
        .map_err(failed)?;
    let shared = out
        .components()
        .zip(runtime.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = out.components().skip(shared).map(|_| Component::ParentDir);
    let down = runtime.components().skip(shared);
    let way: Vec<_> = up
        .chain(down)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    Ok(way.join("/"))
}

/// A crate in memory.
struct Made {
    tree: Tree,
    census: Census,
    warnings: usize,
    /// More than none only where the run keeps going.
    errors: usize,
}

/// Generates one crate. `None` when it has errors, which have been printed then.
fn make(job: &Job, arguments: &Generate, report: &mut Report) -> Result<Option<Made>, Stop> {
    let document = match read::read(&job.document) {
        Ok(document) => document,
        Err(failure) => {
            report.add(job, &failure.diagnostics, &failure.sources, arguments);
            return Ok(None);
        }
    };
    let Some(config) = config(job, arguments, report)? else {
        return Ok(None);
    };
    let on_error = if arguments.keep_going {
        OnError::KeepGoing
    } else {
        OnError::Stop
    };
    let made = crate::generate_or(on_error, document, &config, &job.placement);
    let counts = made.diagnostics.counts();
    report.add(job, &made.diagnostics, &made.sources, arguments);
    let denied = arguments.deny_warnings && counts.warnings > 0;
    match (made.tree, made.model) {
        (Some(tree), Some(model)) if !denied => {
            let census = census(&model.api);
            Ok(Some(Made {
                tree,
                census,
                warnings: counts.warnings,
                errors: counts.errors,
            }))
        }
        _ => {
            let denied = if denied {
                ", and warnings are denied"
            } else {
                ""
            };
            eprintln!("error: {}: {}{denied}", job.name, report::counted(counts));
            Ok(None)
        }
    }
}

fn config(job: &Job, arguments: &Generate, report: &mut Report) -> Result<Option<Config>, Stop> {
    let Some(path) = &job.config else {
        return Ok(Some(Config::named(&job.crate_name)));
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Stop::Because(format!("cannot read `{}`: {error}", path.display())))?;
    match Config::parse(&text) {
        Ok(config) => Ok(Some(config)),
        Err(diagnostics) => {
            report.add(job, &diagnostics, &Sources::of_text(path, text), arguments);
            Ok(None)
        }
    }
}

/// Compares or writes one crate and prints its summary. Whether what is on disk was current.
fn finish(
    job: &Job,
    made: &Made,
    seconds: f64,
    arguments: &Generate,
    report: &mut Report,
) -> Result<bool, Stop> {
    let start = Instant::now();
    let only_compare = arguments.check || arguments.dry_run;
    let act = if only_compare {
        write::compare
    } else {
        write::write
    };
    let changes = act(&job.out, &made.tree).map_err(|error| Stop::Because(error.to_string()))?;
    let vendor = Vendor {
        name: job.name.clone(),
        operations: made.census.operations,
        types: made.census.types,
        files: made.tree.len(),
        written: changes.written(),
        lines: made.tree.lines(),
        warnings: made.warnings,
        errors: made.errors,
        seconds: seconds + start.elapsed().as_secs_f64(),
    };
    if arguments.check && !changes.is_empty() && !arguments.json {
        print!(
            "{}",
            write::diff(&job.out, &made.tree, &changes, DIFF_LINES)
        );
    }
    if !arguments.json && !arguments.quiet {
        println!("{}", vendor.line(&changes, only_compare));
    }
    report.set(vendor);
    Ok(changes.is_empty())
}

fn repairing_command(arguments: &Generate, workspace: &Workspace) -> String {
    let mut command = format!("{} generate", workspace.program());
    for vendor in &arguments.vendors {
        command.push(' ');
        command.push_str(vendor);
    }
    if arguments.keep_going {
        command.push_str(" --keep-going");
    }
    let paths = [("--from", &arguments.from), ("--out", &arguments.out)];
    let texts = [
        ("--name", &arguments.name),
        ("--runtime", &arguments.runtime),
    ];
    let paths =
        paths.map(|(name, path)| (name, path.as_ref().map(|path| path.display().to_string())));
    for (name, value) in paths
        .into_iter()
        .chain(texts.map(|(name, text)| (name, text.clone())))
    {
        if let Some(value) = value {
            command.push_str(&[" ", name, " '", &value, "'"].concat());
        }
    }
    command
}

/// What `--json` prints. The names of the fields are a contract.
#[derive(Default, Serialize)]
struct Report {
    vendors: Vec<Vendor>,
    diagnostics: Vec<crate::diagnostic::render::Json>,
}

#[derive(Serialize)]
struct Vendor {
    name: String,
    operations: usize,
    types: usize,
    files: usize,
    written: usize,
    lines: usize,
    warnings: usize,
    errors: usize,
    seconds: f64,
}

impl Report {
    /// Prints diagnostics, and keeps them with their numbers. To find lines takes as long as reading
    /// the document once more, so it is done only for what is shown.
    fn add(
        &mut self,
        job: &Job,
        diagnostics: &crate::diagnostic::Diagnostics,
        sources: &Sources,
        arguments: &Generate,
    ) {
        report::print(diagnostics, sources, arguments.quiet);
        if arguments.json {
            self.diagnostics.extend(report::json(diagnostics, sources));
        }
        let counts = diagnostics.counts();
        self.vendors.push(Vendor {
            name: job.name.clone(),
            operations: 0,
            types: 0,
            files: 0,
            written: 0,
            lines: 0,
            warnings: counts.warnings,
            errors: counts.errors,
            seconds: 0.0,
        });
    }

    /// Puts the numbers of a finished crate in the place of those known before.
    fn set(&mut self, vendor: Vendor) {
        match self
            .vendors
            .iter_mut()
            .find(|known| known.name == vendor.name)
        {
            Some(known) => *known = vendor,
            None => self.vendors.push(vendor),
        }
    }
}

impl Vendor {
    fn line(&self, changes: &Changes, only_compared: bool) -> String {
        let written = if only_compared { "to write" } else { "written" };
        let mut text = format!(
            "{}: {}, {}, {} ({} {written}",
            self.name,
            number(self.operations, "operation"),
            number(self.types, "type"),
            number(self.files, "file"),
            self.written,
        );
        if !changes.removed.is_empty() {
            let removed = if only_compared {
                "to remove"
            } else {
                "removed"
            };
            text.push_str(&[", ", &changes.removed.len().to_string(), " ", removed].concat());
        }
        text.push_str(
            &[
                "), ",
                &if self.errors > 0 {
                    number(self.errors, "error") + ", "
                } else {
                    String::new()
                },
                &number(self.warnings, "warning"),
                &format!(", {:.2} s", self.seconds),
            ]
            .concat(),
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{crate_name_of, is_version};
    use std::path::Path;

    #[test]
    fn crates_are_called_after_their_folders() {
        for (folder, name) in [
            ("/tmp/Mill", "mill-client"),
            ("/x/mill-client", "mill-client"),
            ("/x/a_b c", "a-b-c-client"),
            ("/x/42", "api-client"),
            ("/", "api-client"),
        ] {
            assert_eq!(crate_name_of(Path::new(folder)), name);
        }
    }

    #[test]
    fn versions_and_paths_are_told_apart() {
        assert!(is_version("0.1.0") && is_version("=0.1") && is_version("^1"));
        assert!(!is_version("../runtime") && !is_version("/x/0.1") && !is_version("runtime"));
    }
}
