//! Killed at any moment, a run leaves the old crate or the new one.
//!
//! The test starts its own binary again as the process to be killed; what that process does is the
//! test at the end.

use super::tests::read_all;
use super::{MANIFEST, RelPath, Tree, recover, write};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const FOLDER: &str = "CLIENTSMITH_TEST_KILL_FOLDER";
const ROUNDS: u32 = 40;

/// One of two versions of a crate: of 300 files a third stays, a third changes and a sixth each
/// comes and goes.
fn version(number: u32) -> Tree {
    let mut tree = Tree::new();
    for file in 0..300 {
        let text = match file % 6 {
            0 | 1 => format!("always {file}\n"),
            2 | 3 => format!("version {number} of {file}\n").repeat(20),
            kind if kind % 2 == number % 2 => format!("only {file}\n"),
            _ => continue,
        };
        let path = format!("src/group{}/file{file}.rs", file % 7);
        tree.insert(RelPath::new(path).unwrap(), text);
    }
    tree
}

fn foreign() -> BTreeMap<String, String> {
    [
        "Cargo.lock",
        "src/mine.rs",
        "src/group3/mine.rs",
        "target/debug/deep/x",
    ]
    .into_iter()
    .map(|path| (path.to_owned(), format!("foreign {path}")))
    .collect()
}

/// The crate without the files that are not its own, which a killed run may not have moved yet.
fn own(dir: &Path) -> BTreeMap<String, String> {
    let foreign = foreign();
    let mut files = read_all(dir);
    files.retain(|path, _| !foreign.contains_key(path));
    files
}

fn expected(number: u32) -> BTreeMap<String, String> {
    let tree = version(number);
    let mut files: BTreeMap<_, _> = tree
        .iter()
        .map(|(path, text)| (path.to_string(), text.to_owned()))
        .collect();
    files.insert(MANIFEST.to_owned(), super::manifest::Manifest::text(&tree));
    files
}

#[test]
fn a_killed_run_leaves_one_version_or_the_other() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("crate");
    write(&dir, &version(0)).unwrap();
    for (path, text) in foreign() {
        fs::create_dir_all(dir.join(&path).parent().unwrap()).unwrap();
        fs::write(dir.join(path), text).unwrap();
    }
    let versions = [expected(0), expected(1)];
    let mut seen = [0, 0];
    let mut interrupted = 0;
    for round in 0..ROUNDS * 10 {
        let has_varied = seen.iter().all(|count| *count > 0) && interrupted > ROUNDS / 4;
        if round >= ROUNDS && has_varied {
            break;
        }
        // A busy machine takes longer to get anywhere: the moments are spread wider and wider.
        let spread = 60_000 * (1 + round / ROUNDS);
        kill_after(
            &dir,
            Duration::from_micros(u64::from(round * 7919 % spread)),
        );
        let files = own(&dir);
        let found = versions.iter().position(|version| *version == files);
        assert!(
            found.is_some(),
            "round {round}: a mixture of {} files",
            files.len()
        );
        seen[found.unwrap()] += 1;
        interrupted += u32::from(parent.path().join(".crate.clientsmith").exists());
        if round % 2 == 0 {
            recover(&dir).unwrap();
            let mut all = files;
            all.extend(foreign());
            assert_eq!(read_all(&dir), all, "round {round}");
            assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
        }
    }
    assert!(
        seen.iter().all(|count| *count > 0),
        "the moments did not vary: {seen:?}"
    );
    assert!(
        interrupted > ROUNDS / 4,
        "only {interrupted} runs were interrupted"
    );
}

/// Starts the writing process, and kills it that long after its first write.
fn kill_after(dir: &Path, delay: Duration) {
    let ready = dir.with_extension("ready");
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["write::tests_kill::writes_until_killed", "--exact"])
        .env(FOLDER, dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while !ready.exists() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the process never wrote"
        );
        assert!(
            child.try_wait().unwrap().is_none(),
            "the process ended by itself"
        );
        thread::sleep(Duration::from_micros(200));
    }
    thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(ready).unwrap();
}

/// Does nothing unless it is the process that the test above starts and kills.
#[test]
fn writes_until_killed() {
    let Some(dir) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let mut written = 0;
    loop {
        let changes = write(&dir, &version(written % 2)).unwrap();
        assert!(written == 0 || !changes.is_empty());
        if written == 0 {
            fs::write(dir.with_extension("ready"), "").unwrap();
        }
        written += 1;
    }
}
