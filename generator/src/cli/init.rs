//! `init`: a workspace for clients, and `new`: a vendor in it.

use std::io::Read as _;
use std::path::Path;

use super::arguments::{Init, New};
use super::stop::Stop;
use super::workspace::{SPECS, Workspace};
use super::{report, runtime};
use crate::config::{self, FILE_NAME};
use crate::read;

const MANIFEST: &str = "\
[workspace]
resolver = \"3\"
members = [\"runtime\", \"generated/*\"]
";

/// Starts a workspace. What is there already is left as it is.
pub(super) fn init(arguments: &Init) -> Result<(), Stop> {
    let root = &arguments.dir;
    for folder in [SPECS, "generated"] {
        let folder = root.join(folder);
        std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    }
    let manifest = root.join("Cargo.toml");
    if manifest.exists() {
        println!("kept {}; its members are to be", manifest.display());
        println!("    \"runtime\", \"generated/*\"");
    } else {
        write(&manifest, MANIFEST)?;
        println!("wrote {}", manifest.display());
    }
    if !runtime::place(&root.join("runtime"))?.is_empty() {
        println!("wrote {}", root.join("runtime").display());
    }
    println!("a vendor is added by `new VENDOR --from DOCUMENT`");
    Ok(())
}

/// Starts a vendor: its document and its configuration.
pub(super) fn new(arguments: &New, workspace: &Workspace) -> Result<(), Stop> {
    let vendor = &arguments.vendor;
    let crate_name = format!("{vendor}-client");
    if !config::is_crate_name(&crate_name) {
        return Err(Stop::Usage(format!(
            "`{vendor}` is no name of a vendor: letters, digits and dashes, a letter first"
        )));
    }
    let folder = workspace.root()?.join(SPECS).join(vendor);
    if folder.exists() {
        return Err(Stop::Because(format!("`{}` exists", folder.display())));
    }
    let text = document(&arguments.from)?;
    let first = text.trim_start_matches('\u{feff}').trim_start();
    let name = if first.starts_with('{') {
        "openapi.json"
    } else {
        "openapi.yaml"
    };
    // Made beside the vendors and moved there whole.
    let place = tempfile::Builder::new()
        .prefix(".clientsmith-")
        .tempdir_in(workspace.absolute(".")?)
        .map_err(|error| failed(&folder, &error))?;
    let made = place.path().join(vendor);
    write(&made.join(name), &text)?;
    write(
        &made.join(FILE_NAME),
        &format!("crate = \"{crate_name}\"\n"),
    )?;
    match read::read(&made.join(name)) {
        Ok(document) => report::print(&document.diagnostics, &document.sources, false),
        Err(failure) => {
            report::print(&failure.diagnostics, &failure.sources, false);
            return Err(Stop::Failed);
        }
    }
    std::fs::rename(&made, &folder).map_err(|error| failed(&folder, &error))?;
    println!("wrote {}", folder.display());
    println!(
        "`{} generate {vendor}` writes its crate",
        workspace.program()
    );
    Ok(())
}

/// The text of a document in a file or, for `-`, of the standard input.
fn document(from: &Path) -> Result<String, Stop> {
    if from == Path::new("-") {
        let mut text = String::new();
        return match std::io::stdin().read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(Stop::Because(format!("the standard input: {error}"))),
        };
    }
    std::fs::read_to_string(from).map_err(|error| failed(from, &error))
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Because(format!("`{}`: {error}", path.display()))
}
