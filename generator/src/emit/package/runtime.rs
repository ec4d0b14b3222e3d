//! The runtime's source, for crates that carry it.

use include_dir::{Dir, include_dir};

static RUNTIME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../runtime");

/// The files of the runtime, by their paths in the crate that carries it: its manifest and its
/// sources, without its tests and benchmarks.
pub(crate) fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for file in RUNTIME.files() {
        if file.path().as_os_str() == "Cargo.toml" {
            files.extend(
                file.contents_utf8()
                    .map(|text| ("runtime/Cargo.toml".to_owned(), without_tests(text))),
            );
        }
    }
    if let Some(src) = RUNTIME.get_dir("src") {
        collect(src, &mut files);
    }
    files
}

fn collect(dir: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        // A path with anything but plain names cannot come out of our own tree.
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.extend(
            file.contents_utf8()
                .map(|text| (format!("runtime/{path}"), text.to_owned())),
        );
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}

/// The manifest without the targets and dependencies of what is left behind.
fn without_tests(manifest: &str) -> String {
    let mut kept = String::new();
    let mut is_kept = true;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_kept = !(line.starts_with("[dev-dependencies")
                || line.starts_with("[[bench]]")
                || line.starts_with("[[test]]")
                || line.starts_with("[[example]]"));
        }
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}
