//! What changes, line by line, for people to read; bounded, so that a run that changes everything
//! does not fill the terminal.

use super::plan::Changes;
use super::tree::{RelPath, Tree};
use similar::TextDiff;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// After this long the difference within one file is shown coarser.
const PATIENCE: Duration = Duration::from_millis(500);

/// A unified diff of the changed, created and removed files, at most `limit` lines of it.
#[must_use]
pub fn diff(dir: &Path, tree: &Tree, changes: &Changes, limit: usize) -> String {
    let mut paths: Vec<&RelPath> = [&changes.changed, &changes.created, &changes.removed]
        .into_iter()
        .flatten()
        .collect();
    paths.sort_unstable();
    let mut text = String::new();
    let mut left = limit;
    for (number, path) in paths.iter().enumerate() {
        if left == 0 {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "… and {} more files", paths.len() - number);
            break;
        }
        let file = one(dir, path, tree);
        let lines = file.lines().count();
        for line in file.lines().take(left) {
            text.push_str(line);
            text.push('\n');
        }
        if lines > left {
            let _ = writeln!(text, "… and {} more lines in {path}", lines - left);
        }
        left = left.saturating_sub(lines);
    }
    text
}

fn one(dir: &Path, path: &RelPath, tree: &Tree) -> String {
    let old = std::fs::read_to_string(path.below(dir)).unwrap_or_default();
    let new = tree.get(path).unwrap_or_default();
    let header = (format!("a/{path}"), format!("b/{path}"));
    TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(old.as_str(), new)
        .unified_diff()
        .context_radius(2)
        .header(&header.0, &header.1)
        .to_string()
}
