//! The runtime inherits nothing from the workspace, because it travels with crates that are
//! generated elsewhere; so its requirements are written a second time and have to agree.

use std::path::Path;
use toml::{Table, Value};

pub(super) fn check(root: &Path) -> Result<Vec<String>, String> {
    let workspace = table(&root.join("Cargo.toml"))?;
    let runtime = table(&root.join("runtime/Cargo.toml"))?;
    let shared = workspace
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"));
    let mut found = Vec::new();
    let targets = runtime.get("target").and_then(Value::as_table);
    let targets = targets.into_iter().flat_map(Table::values);
    let tables = targets
        .filter_map(Value::as_table)
        .chain([&runtime])
        .flat_map(|table| {
            ["dependencies", "dev-dependencies", "build-dependencies"]
                .into_iter()
                .filter_map(|section| table.get(section).and_then(Value::as_table))
        });
    for dependencies in tables {
        for (name, dependency) in dependencies {
            let here = version(dependency);
            let there = shared.and_then(|shared| shared.get(name)).and_then(version);
            if let (Some(here), Some(there)) = (here, there)
                && here != there
            {
                found.push(format!(
                    "runtime/Cargo.toml: `{name}` is `{here}` here and `{there}` in the workspace"
                ));
            }
        }
    }
    Ok(found)
}

fn table(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    text.parse()
        .map_err(|error| format!("`{}`: {error}", path.display()))
}

fn version(dependency: &Value) -> Option<&str> {
    dependency
        .as_str()
        .or_else(|| dependency.get("version").and_then(Value::as_str))
}
