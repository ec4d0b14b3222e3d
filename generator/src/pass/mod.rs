//! Model to model: what is decided about the whole API once all of it is known.
//!
//! Each pass is one function in one file, and none knows OpenAPI or Rust. The order matters and is
//! written down here only.

mod access;
mod any_of;
mod boxing;
mod constraints;
mod credentials;
mod duplicates;
mod facts;
mod gate;
mod groups;
mod idempotency;
mod layout;
mod nullable;
mod other_keys;
mod overrides;
mod pagination;
mod places;
mod recursion;
mod resources;
mod sizes;
mod tags;
mod unused;
mod usage;
mod visit;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::Api;

pub use facts::Facts;
pub use gate::Gate;
pub use layout::Sizes;
pub use places::restore_places;

/// Runs every pass, and says what is known then of each type that they leave.
pub fn run(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) -> Facts {
    // What the configuration knows better comes first, so that all else is decided on it.
    overrides::apply(api, config, diagnostics);
    // Before anything counts parameters: what the client sends anyway is no argument.
    credentials::not_asked_for(api, diagnostics);
    // Operations without a tag stand with those on the same resource.
    resources::group(api, config);
    // A reference to a schema that allows null allows null.
    nullable::references(api);
    // A reference to a secret is a secret.
    constraints::secrets(api);
    // Inline types that say the same are one. Before anything refers to them by what
    // they came to be.
    duplicates::merge(api, config);
    // Aliases that are part of themselves become types of their own; what could never be built
    // because it must hold itself becomes optional.
    recursion::newtypes(api);
    // Unions whose members carry a constant each are told by it.
    tags::implicit(api);
    tags::nested(api);
    tags::declare(api);
    // Of the others, objects that a value may be at once are one. Relies on the tags; what it makes
    // may be part of a cycle.
    any_of::merge(api);
    // What was made one with others leaves types behind that nothing refers to.
    unused::remove(api);
    recursion::optional_cycles(api, diagnostics);
    // Whatever is left of cycles gets a size. Relies on there being no cycle of aliases.
    boxing::cycles(api);
    // Which types travel which way, and which groups need them.
    let usages = usage::usages(api);
    let needed = groups::needed(api);
    // What only travels the other way is not demanded.
    access::relax(api, &usages);
    let constrained = constraints::constrained(api, &usages);
    let gates = groups::gates(api, &needed);
    // The groups tell what no operation reaches.
    other_keys::keep(api, &usages, &needed);
    // Before names are given: a key that is filled in is no argument.
    idempotency::mark(api, config, diagnostics);
    // Relies on the final types of responses.
    pagination::recognise(api, config, diagnostics);
    // Relies on everything that decides how a field is held: what is null or missing, and which way
    // a type travels.
    let sizes = sizes::limit(api, &usages);
    Facts {
        usages,
        groups: needed,
        gates,
        constrained,
        sizes,
    }
}
