//! The crates of the corpus and cargo: a workspace for each batch, one target directory and one
//! lock file for all, so that dependencies are built once and nothing is downloaded.

use super::checks::Checks;
use super::fingerprint::build_id;
use super::progress::Progress;
use super::report::{Entry, Report};
use crate::cli::arguments::Corpus;
use crate::cli::stop::Stop;
use crate::cli::workspace::Workspace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A batch ends with this many documents …
const BATCH_DOCUMENTS: usize = 30;

/// … or with this many lines, which bounds what a run holds on disk and loses when it is stopped.
const BATCH_LINES: usize = 400_000;

/// Crates beyond this many lines are compiled one at a time: rustc takes gigabytes for them.
const ALONE_LINES: usize = 300_000;

pub(super) struct Batches {
    root: PathBuf,
    runtime: PathBuf,
    /// What pins the dependencies, where there is such a file.
    lock: Option<PathBuf>,
}

impl Batches {
    /// The folder for the crates, below the target directory of the workspace. The runtime is the
    /// workspace's or, where it has none, written beside them.
    pub(super) fn open(workspace: &Workspace) -> Result<Self, Stop> {
        let root = workspace.target()?.join("corpus");
        std::fs::create_dir_all(&root).map_err(|error| failed(&root, &error))?;
        let runtime = match workspace.runtime() {
            Some(runtime) => runtime,
            None => carried(&root)?,
        };
        let lock = workspace.absolute("Cargo.lock").ok();
        Ok(Self {
            root,
            runtime,
            lock: lock.filter(|lock| lock.is_file()),
        })
    }

    pub(super) fn runtime(&self) -> &Path {
        &self.runtime
    }

    pub(super) fn crate_folder(&self, crate_name: &str) -> PathBuf {
        self.root.join(crate_name)
    }

    /// What a crate's compilation depends on beside the crate itself.
    pub(super) fn build_id(&self, arguments: &Corpus) -> Result<String, Stop> {
        let mut runtime = BTreeMap::new();
        texts(&self.runtime.join("src"), &mut runtime)?;
        text(&self.runtime.join("Cargo.toml"), &mut runtime)?;
        if let Some(lock) = &self.lock {
            text(lock, &mut runtime)?;
        }
        let output = Command::new("rustc")
            .arg("-V")
            .output()
            .map_err(|error| Stop::Because(format!("cannot run rustc: {error}")))?;
        let compiler = String::from_utf8_lossy(&output.stdout).into_owned();
        let steps = if arguments.lint {
            "clippy, doc"
        } else {
            "check"
        };
        let features = arguments.each_feature.then(|| {
            let Corpus {
                features_sample,
                seed,
                ..
            } = arguments;
            format!(", features {features_sample:?} {seed}")
        });
        let steps = steps.to_owned() + &features.unwrap_or_default();
        Ok(build_id(&runtime, &(compiler + &steps)))
    }

    /// Makes the crates of one batch the members.
    fn set_members(&self, crates: &[String]) -> Result<(), Stop> {
        let mut text = String::from("[workspace]\nresolver = \"3\"\nmembers = [\n");
        for name in crates {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "    \"{name}\",");
        }
        text.push_str("]\n");
        let manifest = self.root.join("Cargo.toml");
        std::fs::write(&manifest, text).map_err(|error| failed(&manifest, &error))?;
        if let Some(known) = &self.lock {
            let lock = self.root.join("Cargo.lock");
            std::fs::copy(known, &lock).map_err(|error| failed(&lock, &error))?;
        }
        Ok(())
    }

    /// Runs one command of cargo on the members and takes down what it says.
    pub(super) fn cargo(
        &self,
        arguments: &[&str],
        jobs: usize,
        checks: &mut Checks,
    ) -> Result<String, Stop> {
        let failed = |error: std::io::Error| Stop::Because(format!("cannot run cargo: {error}"));
        let mut child = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .args(self.lock.as_ref().map(|_| "--offline"))
            .arg("--keep-going")
            .args(["--message-format", "json", "--jobs", &jobs.to_string()])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            // Only the errors of a crate are wanted, and no debug information at all.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let errors = child.stderr.take();
        let said = std::thread::spawn(move || {
            let mut said = String::new();
            if let Some(mut errors) = errors {
                // What it said until then is as good as nothing.
                let _ = errors.read_to_string(&mut said);
            }
            said
        });
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines() {
                checks.line(&line.map_err(failed)?);
            }
        }
        child.wait().map_err(failed)?;
        Ok(said.join().unwrap_or_default())
    }

    /// Removes what cargo made of crates that are done; the dependencies stay.
    fn clean(&self, crates: &[String]) -> Result<(), Stop> {
        let names: Vec<_> = crates.iter().map(|name| name.replace('-', "_")).collect();
        let debug = self.root.join("target/debug");
        for folder in ["deps", ".fingerprint", "examples", "incremental"] {
            let folder = debug.join(folder);
            let Ok(entries) = std::fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let file = entry.file_name().to_string_lossy().replace('-', "_");
                let of_one = |name: &String| {
                    let rest = file.strip_prefix("lib").unwrap_or(&file);
                    rest.strip_prefix(name.as_str())
                        .is_some_and(|rest| rest.starts_with('_'))
                };
                if names.iter().any(of_one) {
                    remove(&entry.path())?;
                }
            }
        }
        Ok(())
    }
}

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

/// Writes the runtime that this program carries below a folder.
fn carried(root: &Path) -> Result<PathBuf, Stop> {
    for (path, text) in crate::emit::carried_runtime() {
        let path = root.join(path);
        let folder = path.parent().unwrap_or(root);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|error| failed(&path, &error))?;
    }
    Ok(root.join("runtime"))
}

fn texts(folder: &Path, found: &mut BTreeMap<String, String>) -> Result<(), Stop> {
    for entry in std::fs::read_dir(folder).map_err(|error| failed(folder, &error))? {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if path.is_dir() {
            texts(&path, found)?;
        } else {
            text(&path, found)?;
        }
    }
    Ok(())
}

fn text(path: &Path, found: &mut BTreeMap<String, String>) -> Result<(), Stop> {
    let text = std::fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    found.insert(path.to_string_lossy().into_owned(), text);
    Ok(())
}

fn remove(path: &Path) -> Result<(), Stop> {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    removed.map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Because(format!("`{}`: {error}", path.display()))
}
