//! `--each-feature`: a crate checked with sets of its features, one after another.

use super::batches::Batches;
use super::checks::Checks;
use super::features::{Features, groups, sets};
use super::report::{Compile, Entry};
use crate::cli::arguments::Corpus;
use crate::cli::stop::Stop;

/// Checks the sets and takes down which fail; the first error of the first that does becomes the
/// entry's, if it has none.
pub(super) fn check(
    batches: &Batches,
    entry: &mut Entry,
    arguments: &Corpus,
    jobs: usize,
) -> Result<(), Stop> {
    let name = entry.crate_name.clone();
    let manifest = batches.crate_folder(&name).join("Cargo.toml");
    let manifest = std::fs::read_to_string(&manifest)
        .map_err(|error| Stop::Because(format!("`{}`: {error}", manifest.display())))?;
    let mut features = Features::default();
    for set in sets(
        &groups(&manifest),
        arguments.features_sample,
        arguments.seed,
    ) {
        let mut checks = Checks::default();
        let step = ["check", "--lib", "--package", &name];
        let with = ["--no-default-features", "--features", &set];
        let said = batches.cargo(&[&step[..], &with[..]].concat(), jobs, &mut checks)?;
        let (compile, first) = checks.verdict(&name, &said);
        features.tried += 1;
        if compile != Compile::Clean {
            features.failed += 1;
            let first = first.unwrap_or_default();
            let first = format!("with the features `{set}`: {first}");
            entry.first_error.get_or_insert(first);
            features.failures.push(set);
        }
    }
    entry.features = Some(features);
    Ok(())
}
