//! The crates of a batch as one workspace: a target directory and a lock file for all of them, so that
//! dependencies are built once and nothing is downloaded.

use super::checks::Checks;
use super::fingerprint::build_id;
use crate::cli::arguments::Corpus;
use crate::cli::runtime;
use crate::cli::stop::Stop;
use crate::cli::workspace::Workspace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
            None => {
                let folder = root.join("runtime");
                runtime::place(&folder)?;
                folder
            }
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
        let mut known = BTreeMap::new();
        texts(&self.runtime.join("src"), &mut known)?;
        text(&self.runtime.join("Cargo.toml"), &mut known)?;
        if let Some(lock) = &self.lock {
            text(lock, &mut known)?;
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
        Ok(build_id(&known, &(compiler + &steps)))
    }

    /// Makes the crates of one batch the members.
    pub(super) fn set_members(&self, crates: &[String]) -> Result<(), Stop> {
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
    pub(super) fn clean(&self, crates: &[String]) -> Result<(), Stop> {
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
