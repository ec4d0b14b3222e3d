//! An operation's own server, as far as it shows where the test's server stands in for its host.

use crate::model::Server;

/// What stands before the operation's path: the path of its server.
pub(super) fn prefix(server: &Server) -> Option<String> {
    // Of an address with a host only the path is sent.
    let path = path_of(&server.url).unwrap_or(&server.url);
    let filled = filled(path, server);
    let path = path_of(&filled).unwrap_or(&filled);
    // What no variable fills, or what is no path, is refused or read in another way.
    if path.contains(['{', '?', '#', '\\', '%']) {
        return None;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            plain => segments.push(plain),
        }
    }
    let segments = segments.iter().map(|segment| format!("/{segment}"));
    Some(segments.collect())
}

/// What follows the host of an address, where it has one.
fn path_of(address: &str) -> Option<&str> {
    let (before, behind) = address.split_once("//")?;
    if !before.is_empty() && (!before.ends_with(':') || before.contains('/')) {
        return None;
    }
    Some(behind.find('/').map_or("", |at| behind.split_at(at).1))
}

fn filled(path: &str, server: &Server) -> String {
    server
        .variables
        .iter()
        .fold(path.to_owned(), |path, variable| {
            path.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
}
