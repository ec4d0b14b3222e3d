//! `clientsmith` turns vendor OpenAPI documents into Rust client crates.
//!
//! Bytes in, files out: this library has no network and prints nothing. [`generate`] is the whole
//! pipeline; every stage is a module of its own, and `docs/architecture.md` says what each relies
//! on.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::indexing_slicing,
        reason = "no document makes it panic"
    )
)]

#[cfg(feature = "cli")]
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod cli;
pub mod config;
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod diagnostic;
mod document_words;
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod emit;
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod examples;
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod format;
pub mod inspect;
pub mod lower;
mod media_type;
#[allow(
    clippy::indexing_slicing,
    reason = "by ids and places of its own making"
)]
pub mod model;
mod modelled;
pub mod name;
pub mod parse;
pub mod pass;
pub mod read;
mod text_format;
mod tokens;
pub mod upgrade;
pub mod write;

use std::sync::OnceLock;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;

use config::Config;
use diagnostic::{Code, Diagnostics, Pointer};
use emit::{Emission, Emitted, Placement, Plan, PlannedContent};
use examples::Examples;
use read::{Document, Sources};
use write::{RelPath, Tree};

pub use modelled::Modelled;

/// What a document became.
#[derive(Debug)]
pub struct Generated {
    /// The crate; `None` where the document has errors.
    pub tree: Option<Tree>,
    /// The model behind it, as far as the document could be lowered.
    pub model: Option<Modelled>,
    /// Everything there is to say about the document.
    pub diagnostics: Diagnostics,
    /// The document's texts, for the places of the diagnostics.
    pub sources: Sources,
}

/// What becomes of a document with errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// No crate.
    Stop,
    /// A crate without the operations that the errors are about. A schema at fault is any JSON.
    KeepGoing,
}

/// Generates the crate of one document: the whole pipeline but for its two ends, which touch the
/// disk ([`read::read`] and [`write::write`]).
#[must_use]
pub fn generate(document: Document, config: &Config, placement: &Placement) -> Generated {
    generate_or(OnError::Stop, document, config, placement)
}

/// Does what [`generate`] does, and says what becomes of a document with errors.
#[must_use]
pub fn generate_or(
    on_error: OnError,
    document: Document,
    config: &Config,
    placement: &Placement,
) -> Generated {
    deep(|| generate_here(on_error, document, config, placement))
}

fn generate_here(
    on_error: OnError,
    document: Document,
    config: &Config,
    placement: &Placement,
) -> Generated {
    let Document {
        root,
        sources,
        mut diagnostics,
    } = document;
    let model = model_or(on_error, root, config, &mut diagnostics);
    let tree = match &model {
        Some(model) if on_error == OnError::KeepGoing || !diagnostics.has_errors() => {
            tree(model, config, placement, &mut diagnostics)
        }
        _ => None,
    };
    Generated {
        tree,
        model,
        diagnostics,
        sources,
    }
}

/// The first half of the pipeline: from a document to the named model.
#[must_use]
pub fn model(root: Value, config: &Config, diagnostics: &mut Diagnostics) -> Option<Modelled> {
    model_or(OnError::Stop, root, config, diagnostics)
}

fn model_or(
    on_error: OnError,
    root: Value,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Modelled> {
    deep(|| {
        let upgraded = upgrade::upgrade(root, diagnostics)?;
        let mut examples = Examples::of(&upgraded.root);
        let mut parsed = parse::parse(upgraded, diagnostics);
        let mut api = lower::lower(&parsed, config, diagnostics);
        if on_error == OnError::KeepGoing && diagnostics.has_errors() {
            parsed.leave_out_faulty(diagnostics);
            // What is left has been spoken of.
            api = lower::lower(&parsed, config, &mut diagnostics.muted());
        }
        drop(parsed);
        let facts = pass::run(&mut api, config, diagnostics);
        let names = name::name(&api, &facts.usages, &config.naming);
        let moves = diagnostics.take_moves();
        pass::restore_places(&mut api, &moves);
        examples.restore_places(&moves);
        name::note_unnamed(&api, &names, diagnostics);
        examples::warn_of_mismatches(&api, &examples, diagnostics);
        Some(Modelled {
            api,
            names,
            facts,
            examples,
        })
    })
}

/// The stack of every thread that the stages run on. Most of them recurse with the nesting of the
/// document, which [`read::MAX_DEPTH`] bounds, and some through references, which nest as deep as
/// the document cares to chain them; a main thread's 8 MB, let alone a worker's 2 MB, may be used
/// up. Only what is touched becomes memory.
const STACK_SIZE: usize = 256 << 20;

/// Runs a part of the pipeline, and whatever it runs in parallel, on threads with [`STACK_SIZE`].
fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let build = || ThreadPoolBuilder::new().stack_size(STACK_SIZE).build().ok();
    match POOL.get_or_init(build) {
        Some(pool) => pool.install(work),
        // No thread can be had; most documents do well with the stack there is.
        None => work(),
    }
}

/// The second half: from the named model to the crate's files, in parallel.
fn tree(
    model: &Modelled,
    config: &Config,
    placement: &Placement,
    diagnostics: &mut Diagnostics,
) -> Option<Tree> {
    let emission = Emission::new(model, config, placement);
    let header = emission.header();
    let files: Result<Vec<Vec<(RelPath, String)>>, String> = emission
        .plan()
        .into_par_iter()
        .map(|plan| files(&emission, &header, plan))
        .collect();
    match files {
        Ok(files) => Some(files.into_iter().flatten().collect()),
        Err(message) => {
            diagnostics
                .error(Code::Internal, Pointer::root(), message)
                .help("this is a mistake in clientsmith, not in the document; please report it");
            None
        }
    }
}

/// A file of the crate, and the data beside it.
fn files(
    emission: &Emission<'_>,
    header: &str,
    plan: Plan,
) -> Result<Vec<(RelPath, String)>, String> {
    let path = |path: String| RelPath::new(path).map_err(|error| error.to_string());
    let unit = match plan.content {
        PlannedContent::Text(text) => return Ok(vec![(path(plan.path)?, text)]),
        PlannedContent::Rust(unit) => unit,
    };
    let Emitted { items, data } = emission.emit(&unit);
    let text = format::format(header, items)
        .map_err(|error| format!("`{}` came out as no Rust: {error}", plan.path))?;
    let beside = format!(
        "{}.json",
        plan.path.strip_suffix(".rs").unwrap_or(&plan.path)
    );
    let data = data.map(|data| Ok::<_, String>((path(beside)?, data)));
    let file = (path(plan.path)?, text);
    Ok(std::iter::once(file).chain(data.transpose()?).collect())
}
