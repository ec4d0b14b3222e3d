//! From nothing to a first call: the words around the first program.

use super::{environment, first};
use crate::emit::context::Context;
use crate::emit::docs::markdown::{markdown, opening};

/// What is otherwise in a page. README and the crate's own page say the same.
pub(super) const WEB: &str = "\
On `wasm32-unknown-unknown` the `fetch` of the browser, the worker or Node sends the requests, with its own \
TLS, HTTP/2 and decompression. There is no environment to read credentials from, no file, no proxy, no \
`reqwest` and no `blocking`; bodies are sent whole and read as they come. A browser hides where a redirect \
leads to, so there a redirect is an error; it sends no header `Cookie`, and asks the server first whether the \
page may call it (CORS).";

/// What the crate is, in a sentence.
pub(super) fn what(cx: &Context<'_>, client: &str) -> String {
    let title = markdown(&cx.api.title);
    let title = title.trim_end_matches('.');
    format!("{client} {}{title}.", article(title))
}

/// The article that a title takes, with its space: a name of its own takes none.
pub(super) fn article(title: &str) -> &'static str {
    let mut words = title.split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let is_thing = words.any(|word| word.to_ascii_lowercase().starts_with("api"));
    let is_named = first == "the" || first.ends_with("'s") || first.ends_with("’s");
    if is_thing && !is_named { "the " } else { "" }
}

/// The document's description: what of it stands on the first screen, and what comes at the end.
pub(super) fn about(cx: &Context<'_>) -> (Option<String>, Option<String>) {
    /// A description of more lines or letters than this is no introduction.
    const MOST: (usize, usize) = (10, 800);
    let text = cx.api.docs.description.as_deref().map(str::trim);
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return (None, None);
    };
    if text.lines().count() <= MOST.0 && text.len() <= MOST.1 && !text.starts_with('#') {
        return (Some(text.to_owned()), None);
    }
    (opening(text), Some(text.to_owned()))
}

/// What to do before the first program runs.
pub(super) fn steps(cx: &Context<'_>) -> String {
    let name = &cx.config.crate_name;
    let mut lines = vec![
        format!("cargo add {name} --path …   # where this crate is"),
        "cargo add tokio --features macros,rt-multi-thread".to_owned(),
    ];
    if let Some(id) = first::operation(cx) {
        let variables = environment::credentials(cx, &cx.api.operations[id.index()]);
        lines.extend(variables.map(|variable| format!("export {variable}=…")));
    }
    format!("```sh\n{}\n```", lines.join("\n"))
}

/// What the client reads from the environment.
pub(super) fn environment(cx: &Context<'_>) -> String {
    format!(
        "`Client::from_env` reads these variables; `Client::builder` takes the same as arguments.\n\n{}",
        environment::table(cx)
    )
}
