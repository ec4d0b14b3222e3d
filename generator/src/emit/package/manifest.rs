//! `Cargo.toml`.

use std::fmt::Write;

use super::{example, start};
use crate::emit::context::Context;
use crate::emit::docs::markdown::visible;
use crate::emit::placement::{Placement, RuntimeSource, header};
use crate::emit::types::rules;
use crate::name::reserved::{FEATURES, Feature};

pub(crate) fn manifest(cx: &Context<'_>, placement: &Placement) -> String {
    let mut text = format!("# {}\n", header(placement));
    let title = cx.api.title.trim();
    let description = format!("A client for {}{title}", start::article(title));
    let groups = cx.api.groups_with_ids();
    let groups: Vec<_> = groups.map(|(id, _)| cx.names.group(id)).collect();
    let mut default = vec!["rustls".to_owned(), "http2".to_owned(), "gzip".to_owned()];
    if rules::has_patterns(cx) {
        default.push("patterns".to_owned());
    }
    default.extend(groups.iter().map(|names| names.feature.as_str().to_owned()));
    let features = group_features(cx);
    let runtime_features = runtime_features();
    let (runtime, workspace) = match &placement.runtime {
        RuntimeSource::Path(path) => (format!("path = {}", string(path)), ""),
        RuntimeSource::Version(version) => (format!("version = {}", string(version)), ""),
        // An empty workspace of its own: the crate builds wherever it lies.
        RuntimeSource::Carried => ("path = \"runtime\"".to_owned(), "\n[workspace]\n"),
    };
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "[package]\n\
         name = {name}\n\
         description = {description}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.89\"\n\
         license = \"MIT OR Apache-2.0\"\n\
         readme = \"README.md\"\n\
         publish = false\n\
         \n\
         [features]\n\
         default = [{default}]\n\
         {runtime_features}\
         # Groups of operations.\n\
         {features}\
         \n\
         [dependencies]\n\
         clientsmith-runtime = {{ {runtime}, default-features = false }}\n\
         \n\
         [dev-dependencies]\n\
         clientsmith-runtime = {{ {runtime}, default-features = false, features = [\"mock\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\
         {example}{workspace}",
        name = string(&cx.config.crate_name),
        description = string(&one_line(&visible(&description))),
        default = default
            .iter()
            .map(|name| string(name))
            .collect::<Vec<_>>()
            .join(", "),
        example = example_targets(cx),
    );
    text
}

/// The features of groups.
fn group_features(cx: &Context<'_>) -> String {
    let mut text = String::new();
    for (id, group) in cx.api.groups_with_ids() {
        // The method that leads to a group stands in the group around it.
        let feature = &cx.names.group(id).feature;
        let outer = group
            .parent
            .map(|id| string(cx.names.group(id).feature.as_str()));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{feature} = [{}]", outer.unwrap_or_default());
    }
    text
}

/// The features that are the runtime's, passed on.
fn runtime_features() -> String {
    let mut text = String::new();
    for Feature { name, comment } in FEATURES {
        if !comment.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "# {comment}");
        }
        let _ = writeln!(text, "{name} = [\"clientsmith-runtime/{name}\"]");
    }
    text
}

fn example_targets(cx: &Context<'_>) -> String {
    let targets = example::programs(cx).into_iter().map(|(id, name)| {
        let group = cx.api.operations[id.index()].group;
        format!(
            "\n[[example]]\nname = {}\nrequired-features = [{}]\n",
            string(&name),
            string(cx.names.group(group).feature.as_str())
        )
    });
    targets.collect()
}

/// A string of TOML.
fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
