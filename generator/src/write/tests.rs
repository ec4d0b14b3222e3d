//! Writing crates into real folders.

use super::{MANIFEST, RelPath, Tree, WriteError, compare, diff, recover, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn tree(files: &[(&str, &str)]) -> Tree {
    files
        .iter()
        .map(|(path, text)| (rel(path), (*text).to_owned()))
        .collect()
}

fn rel(path: &str) -> RelPath {
    RelPath::new(path).unwrap()
}

/// A folder to put a crate into; nothing may be left beside the crate.
fn place() -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("acme");
    (parent, dir)
}

/// Every file below a folder with its text.
pub(super) fn read_all(dir: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(dir)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn names(dir: &Path) -> Vec<String> {
    read_all(dir).into_keys().collect()
}

fn only_the_crate_in(parent: &TempDir) {
    let left: Vec<_> = fs::read_dir(parent.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["acme"]);
}

#[cfg(unix)]
fn identity(path: &Path) -> (u64, std::time::SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).unwrap();
    (found.ino(), found.modified().unwrap())
}

const FIRST: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\n"),
    ("src/api/old.rs", "old\n"),
    ("src/lib.rs", "one\n"),
];
const SECOND: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\n"),
    ("src/lib.rs", "two\n"),
    ("src/types/new.rs", "new\n"),
];

#[test]
fn creates_changes_and_removes() {
    let (parent, dir) = place();
    assert_eq!(compare(&dir, &tree(FIRST)).unwrap().created.len(), 3);
    assert!(!dir.exists());
    let changes = write(&dir, &tree(FIRST)).unwrap();
    assert_eq!((changes.written(), changes.unchanged), (3, 0));
    assert_eq!(
        names(&dir),
        [MANIFEST, "Cargo.toml", "src/api/old.rs", "src/lib.rs"]
    );

    let planned = compare(&dir, &tree(SECOND)).unwrap();
    let changes = write(&dir, &tree(SECOND)).unwrap();
    assert_eq!(planned, changes);
    assert_eq!(changes.created, [rel("src/types/new.rs")]);
    assert_eq!(changes.changed, [rel("src/lib.rs")]);
    assert_eq!(changes.removed, [rel("src/api/old.rs")]);
    assert_eq!(changes.unchanged, 1);
    assert_eq!(
        names(&dir),
        [MANIFEST, "Cargo.toml", "src/lib.rs", "src/types/new.rs"]
    );
    assert!(!dir.join("src/api").exists());
    only_the_crate_in(&parent);
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_inode_and_time() {
    let (_parent, dir) = place();
    write(&dir, &tree(FIRST)).unwrap();
    let before = (identity(&dir), identity(&dir.join("Cargo.toml")));
    write(&dir, &tree(FIRST)).unwrap();
    assert_eq!(
        identity(&dir),
        before.0,
        "nothing changed, so nothing is touched"
    );
    write(&dir, &tree(SECOND)).unwrap();
    assert_eq!(identity(&dir.join("Cargo.toml")), before.1);
}

#[test]
fn foreign_files_stay_wherever_they_are() {
    let (parent, dir) = place();
    write(&dir, &tree(FIRST)).unwrap();
    for (path, text) in [
        ("Cargo.lock", "lock"),
        ("target/debug/x", "built"),
        ("src/mine.rs", "mine"),
        ("src/api/mine/deep.rs", "deep"),
    ] {
        fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
        fs::write(dir.join(path), text).unwrap();
    }
    write(&dir, &tree(SECOND)).unwrap();
    let expected = [
        MANIFEST,
        "Cargo.lock",
        "Cargo.toml",
        "src/api/mine/deep.rs",
        "src/lib.rs",
        "src/mine.rs",
        "src/types/new.rs",
        "target/debug/x",
    ];
    assert_eq!(names(&dir), expected);
    only_the_crate_in(&parent);
}

#[test]
fn foreign_files_are_not_overwritten() {
    let (parent, dir) = place();
    fs::create_dir_all(dir.join("src")).unwrap();
    fs::write(dir.join("Cargo.toml"), "[package]\n").unwrap();
    fs::write(dir.join("src/lib.rs"), "by hand").unwrap();
    let error = write(&dir, &tree(FIRST)).unwrap_err();
    let WriteError::NotOwned { paths, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(paths, &["src/lib.rs"]);
    assert!(error.to_string().contains("`src/lib.rs`"), "{error}");
    assert_eq!(names(&dir), ["Cargo.toml", "src/lib.rs"]);
    only_the_crate_in(&parent);

    // The same text is no conflict: the file is the crate's from now on.
    fs::write(dir.join("src/lib.rs"), "one\n").unwrap();
    write(&dir, &tree(FIRST)).unwrap();
    write(&dir, &tree(SECOND)).unwrap();
    assert_eq!(fs::read_to_string(dir.join("src/lib.rs")).unwrap(), "two\n");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let (parent, dir) = place();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(&dir).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.join("src")).unwrap();
    assert!(matches!(
        write(&dir, &tree(FIRST)),
        Err(WriteError::NotOwned { .. })
    ));
    assert_eq!(names(elsewhere.path()), [""; 0]);
    only_the_crate_in(&parent);
}

#[test]
fn a_file_may_become_a_folder_and_the_reverse() {
    let (_parent, dir) = place();
    let (file, folder) = (tree(&[("src/api", "x")]), tree(&[("src/api/a.rs", "x")]));
    for version in [&file, &folder, &file] {
        write(&dir, version).unwrap();
        assert!(compare(&dir, version).unwrap().is_empty());
    }
    write(&dir, &folder).unwrap();
    fs::write(dir.join("src/api/mine.rs"), "mine").unwrap();
    assert!(matches!(
        write(&dir, &file),
        Err(WriteError::NotOwned { .. })
    ));
}

#[test]
fn impossible_crates_and_folders_are_refused() {
    let (parent, dir) = place();
    for files in [
        &[("a", ""), ("a/b", "")][..],
        &[(MANIFEST, "")],
        &[(".clientsmith/x", "")],
    ] {
        assert!(
            matches!(write(&dir, &tree(files)), Err(WriteError::Clash(_))),
            "{files:?}"
        );
    }
    assert!(matches!(
        write(Path::new("/"), &tree(FIRST)),
        Err(WriteError::BadFolder { .. })
    ));
    fs::write(&dir, "a file").unwrap();
    assert!(matches!(
        write(&dir, &tree(FIRST)),
        Err(WriteError::BadFolder { .. })
    ));
    only_the_crate_in(&parent);
}

#[test]
fn a_broken_manifest_is_refused() {
    let (_parent, dir) = place();
    fs::create_dir(&dir).unwrap();
    for (text, wrong) in [("Cargo.toml\n", 1), ("# files\nsrc/lib.rs\n../../etc\n", 3)] {
        fs::write(dir.join(MANIFEST), text).unwrap();
        let error = write(&dir, &tree(FIRST)).unwrap_err();
        assert!(matches!(error, WriteError::BrokenManifest { line, .. } if line == wrong));
    }
}

#[test]
fn two_runs_do_not_meet() {
    let (parent, dir) = place();
    let place = super::swap::CrateFolder::of(&dir).unwrap();
    let other = super::swap::Workplace::enter(&place).unwrap();
    assert!(matches!(
        write(&dir, &tree(FIRST)),
        Err(WriteError::Busy { .. })
    ));
    other.leave().unwrap();
    write(&dir, &tree(FIRST)).unwrap();
    only_the_crate_in(&parent);
}

#[test]
fn what_came_while_files_were_stranded_is_kept_too() {
    let (parent, dir) = place();
    write(&dir, &tree(FIRST)).unwrap();
    // As if a run had been killed after the exchange: the old crate still has all foreign files.
    let stranded = parent.path().join(".acme.clientsmith/new");
    fs::create_dir_all(stranded.join("target")).unwrap();
    fs::create_dir_all(stranded.join("notes")).unwrap();
    fs::write(stranded.join("target/CACHEDIR.TAG"), "tag").unwrap();
    fs::write(stranded.join("Cargo.lock"), "old lock").unwrap();
    fs::write(stranded.join("notes/one"), "one").unwrap();
    fs::write(stranded.join("notes/two"), "two").unwrap();
    fs::create_dir_all(dir.join("target")).unwrap();
    fs::create_dir_all(dir.join("notes")).unwrap();
    fs::write(dir.join("Cargo.lock"), "new lock").unwrap();
    fs::write(dir.join("notes/two"), "two").unwrap();
    recover(&dir).unwrap();
    let files = read_all(&dir);
    assert_eq!(files["Cargo.lock"], "new lock");
    assert_eq!(files["Cargo.lock.recovered-1"], "old lock");
    assert_eq!(files["notes/one"], "one");
    assert!(!files.contains_key("notes/two.recovered-1"));
    assert!(!files.contains_key("target/CACHEDIR.TAG"));
    only_the_crate_in(&parent);
}

#[test]
fn between_two_renames_the_old_crate_comes_back() {
    let (parent, dir) = place();
    write(&dir, &tree(FIRST)).unwrap();
    let workplace = parent.path().join(".acme.clientsmith");
    fs::create_dir(&workplace).unwrap();
    fs::rename(&dir, workplace.join("old")).unwrap();
    let before = read_all(&workplace.join("old"));
    recover(&dir).unwrap();
    assert_eq!(read_all(&dir), before);
    only_the_crate_in(&parent);
}

#[test]
fn the_diff_is_bounded() {
    let (_parent, dir) = place();
    write(&dir, &tree(FIRST)).unwrap();
    let new = tree(SECOND);
    let changes = compare(&dir, &new).unwrap();
    let whole = diff(&dir, &new, &changes, 1000);
    assert!(whole.contains("--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1 +1 @@\n-one\n+two\n"));
    assert!(
        whole.contains("-old\n") && whole.contains("+new\n"),
        "{whole}"
    );
    let short = diff(&dir, &new, &changes, 4);
    assert_eq!(short.lines().count(), 5, "{short}");
    assert!(short.ends_with("… and 2 more files\n"), "{short}");
}
