//! Prism as a process.

use std::fmt;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use clientsmith_tests::repository;

/// How Prism comes by its responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// From the document's examples.
    Static,
    /// From the document's schemas, by chance, but the same at each run.
    Dynamic,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Static => "static",
            Self::Dynamic => "dynamic",
        })
    }
}

/// Prism on disk.
#[derive(Debug)]
pub(crate) struct Installed {
    program: PathBuf,
    /// What is loaded before it.
    preload: PathBuf,
}

/// Installs the version that `tests/prism/package-lock.json` pins, unless it is there already.
/// `None` where there is no Node.
pub(crate) fn install() -> Option<&'static Installed> {
    static INSTALLED: OnceLock<Option<Installed>> = OnceLock::new();
    INSTALLED.get_or_init(install_once).as_ref()
}

fn install_once() -> Option<Installed> {
    Command::new("node").arg("--version").output().ok()?;
    let (source, folder) = (repository().join("tests/prism"), super::calls::scratch());
    std::fs::create_dir_all(&folder).unwrap();
    let lock = std::fs::read(source.join("package-lock.json")).unwrap();
    let program = folder.join("node_modules/.bin/prism");
    let installed = std::fs::read(folder.join("package-lock.json")).ok();
    if !program.exists() || installed.as_deref() != Some(&lock) {
        for file in ["package.json", ".npmrc"] {
            std::fs::copy(source.join(file), folder.join(file)).unwrap();
        }
        std::fs::write(folder.join("package-lock.json"), &lock).unwrap();
        let output = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder)
            .output()
            .expect("npm can be run");
        assert!(output.status.success(), "npm ci: {output:?}");
    }
    // It finds Prism's modules from where it stands.
    let preload = folder.join("names.cjs");
    std::fs::copy(source.join("names.cjs"), &preload).unwrap();
    Some(Installed { program, preload })
}

/// A running Prism. It ends with this.
#[derive(Debug)]
pub(crate) struct Prism {
    process: Child,
    pub(crate) url: String,
}

impl Installed {
    /// Starts Prism on a document, and waits until it answers.
    pub(crate) fn start(&self, document: &Path, mode: Mode) -> Prism {
        // A port that was free a moment ago.
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let mut command = Command::new("node");
        command.arg("--require").arg(&self.preload);
        command.arg(&self.program).arg("mock").arg(document);
        command.args(["--host", "127.0.0.1", "--verboseLevel", "error"]);
        command.args([
            "--seed",
            "clientsmith",
            "--port",
            &address.port().to_string(),
        ]);
        if mode == Mode::Dynamic {
            command.arg("--dynamic");
        }
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Prism can be run");
        let mut prism = Prism {
            process,
            url: format!("http://{address}"),
        };
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            let ended = prism.process.try_wait().unwrap();
            assert!(ended.is_none(), "Prism ended on {}", document.display());
            assert!(
                start.elapsed() < Duration::from_secs(180),
                "Prism does not come up on {}",
                document.display()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        prism
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
