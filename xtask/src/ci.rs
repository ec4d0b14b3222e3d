//! `cargo xtask ci`: the script that the continuous integration runs, which is the one list of
//! what has to hold.

use clientsmith::cli::{Stop, Workspace};
use std::process::Command;

pub(crate) fn run(workspace: &Workspace) -> Result<(), Stop> {
    let script = workspace.root()?.join(".ci/run");
    let status = Command::new("bash")
        .arg(&script)
        .status()
        .map_err(|error| Stop::Because(format!("cannot run `{}`: {error}", script.display())))?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop::Failed)
    }
}
