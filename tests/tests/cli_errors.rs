//! Documents with mistakes, given to the command line: every mistake with its place, exit code 1,
//! and nothing written.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Output;

use clientsmith_tests::repository;

fn xtask<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Output {
    clientsmith_tests::xtask()
        .args(arguments)
        .output()
        .expect("cargo can be run")
}

/// What has to be reported: a code and `line:column`.
fn expectations(path: &Path) -> Vec<(String, String)> {
    let beside = format!("{}.expect", path.display());
    let text = fs::read_to_string(beside)
        .or_else(|_| fs::read_to_string(path))
        .unwrap();
    let expected: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# expect: ")?.split_once(' '))
        .map(|(code, place)| (code.to_owned(), place.to_owned()))
        .collect();
    assert!(
        !expected.is_empty(),
        "{} says nothing of what to expect",
        path.display()
    );
    expected
}

#[test]
fn every_mistake_is_reported_and_nothing_written() {
    let mut cases = 0;
    for entry in fs::read_dir(repository().join("tests/fixtures/bad")).unwrap() {
        let path = entry.unwrap().path();
        if !path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json")
        {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("crate");
        let output = xtask([
            OsStr::new("generate"),
            OsStr::new("--json"),
            OsStr::new("--from"),
            path.as_os_str(),
            OsStr::new("--out"),
            out.as_os_str(),
        ]);
        let errors = String::from_utf8_lossy(&output.stderr);
        let name = path.display();
        assert_eq!(output.status.code(), Some(1), "{name}\n{errors}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            0,
            "{name} was written"
        );

        let expected = expectations(&path);
        for (code, place) in &expected {
            assert!(
                errors.contains(&format!("error[{code}]: ")),
                "{name}: {code}\n{errors}"
            );
            assert!(
                errors.contains(&format!("--> {name}:{place}\n")),
                "{name}:{place}\n{errors}"
            );
        }
        assert_eq!(reported(&output), expected, "{name}\n{errors}");
        cases += 1;
    }
    assert!(cases >= 10, "only {cases} documents were found");
}

/// The errors in the JSON form, in order.
fn reported(output: &Output) -> Vec<(String, String)> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let diagnostics = report["diagnostics"].as_array().unwrap();
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic["severity"] == "error")
        .map(|diagnostic| {
            let code = diagnostic["code"].as_str().unwrap().to_owned();
            (
                code,
                format!("{}:{}", diagnostic["line"], diagnostic["column"]),
            )
        })
        .collect()
}

#[test]
fn no_such_file() {
    let folder = tempfile::tempdir().unwrap();
    let (from, out) = (folder.path().join("none.yaml"), folder.path().join("crate"));
    let output = xtask([
        OsStr::new("generate"),
        OsStr::new("--from"),
        from.as_os_str(),
        OsStr::new("--out"),
        out.as_os_str(),
    ]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(
        errors.contains("error[unreadable]: cannot read"),
        "{errors}"
    );
    assert!(
        errors.contains(&format!("{}:1:1", from.display())),
        "{errors}"
    );
    assert!(output.stdout.is_empty() && !out.exists());
}

#[test]
fn usage() {
    for arguments in [
        &["generate", "no-such-vendor"][..],
        &["generate", "--from", "x.yaml"],
        &["generate", "--unknown"],
        &["inspect", "no-such-vendor"],
        &["nonsense"],
        &[],
    ] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{arguments:?}"
        );
    }
}
