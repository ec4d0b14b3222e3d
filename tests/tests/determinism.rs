//! The same document gives the same bytes: in a second run, on one thread and on two, and on the
//! disk of the repository.

use std::fs;

use clientsmith::emit::RuntimeSource;
use clientsmith::write::Tree;
use clientsmith_tests::{Fixture, repository, xtask};

fn tree(fixture: &Fixture, threads: usize) -> Tree {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| fixture.tree(RuntimeSource::Path("../../runtime".to_owned())))
}

#[test]
fn every_fixture_gives_the_same_bytes_again() {
    let mut fixtures = Fixture::all();
    fixtures.push(Fixture::vendor("opal"));
    for fixture in fixtures {
        let one = tree(&fixture, 1);
        assert!(one.len() > 5, "{}", fixture.name);
        assert_eq!(one, tree(&fixture, 1), "{} in a second run", fixture.name);
        assert_eq!(one, tree(&fixture, 2), "{} on two threads", fixture.name);
    }
}

#[test]
fn what_is_on_disk_is_what_is_generated() {
    let output = xtask().args(["generate", "--check"]).output().unwrap();
    let (said, printed) = (
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(&output.stdout),
    );
    assert!(output.status.success(), "{said}\n{printed}");
    for entry in fs::read_dir(repository().join("generated")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            printed.contains(&format!("{name}: ")),
            "`{name}` is not checked: {printed}"
        );
    }
}

#[test]
fn a_change_on_disk_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("opal");
    let run = |more: &[&str]| {
        let output = xtask()
            .args(["generate", "--from"])
            .arg(repository().join("specs/opal/openapi.yaml"))
            .arg("--out")
            .arg(&out)
            .args(["--runtime", "runtime"])
            .args(more)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    assert_eq!(run(&[]).0, Some(0));
    assert_eq!(run(&["--check"]).0, Some(0));
    let file = out.join("src/types/tokens.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("token_label", "token_name")).unwrap();
    let (code, printed) = run(&["--check"]);
    assert_eq!(code, Some(1));
    assert!(printed.contains("src/types/tokens.rs"), "{printed}");
    assert!(printed.contains("token_label"), "{printed}");
    let changed = fs::read_to_string(&file).unwrap();
    assert!(changed.contains("token_name"), "`--check` writes nothing");
    assert_eq!(run(&[]).0, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}
