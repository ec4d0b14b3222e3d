//! How lists that come in pages are followed: what the configuration says, else what the document
//! says by an extension, else what the operation looks like.
//!
//! Nothing here knows a vendor. [`structure`] recognises the field's usual forms by the types and
//! the usual names of parameters and fields; [`rule`] follows what somebody has said.

mod names;
mod rule;
mod search;
mod structure;

use crate::config::{Config, PaginationSetting};
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Api, Operation, Pagination};

pub(super) fn recognise(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    let found: Vec<Option<Pagination>> = api
        .operations
        .iter()
        .map(|operation| pagination(api, operation, config, diagnostics))
        .collect();
    for (operation, pagination) in api.operations.iter_mut().zip(found) {
        operation.pagination = pagination;
    }
    for place in config.pagination.keys() {
        let pointer = Pointer::parse(place);
        let is_known = pointer.is_some_and(|pointer| {
            let mut operations = api.operations.iter();
            operations.any(|operation| diagnostics.is_at(&operation.origin, &pointer))
        });
        if !is_known {
            config.stale("pagination", place, diagnostics);
        }
    }
}

fn pagination(
    api: &Api,
    operation: &Operation,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let setting = config.pagination.iter().find(|(place, _)| {
        Pointer::parse(place).is_some_and(|named| diagnostics.is_at(&operation.origin, &named))
    });
    match setting {
        Some((_, PaginationSetting::Off)) => return None,
        Some((_, PaginationSetting::Rule(rule))) => {
            let found = rule::follow(api, operation, rule);
            if let Err(reason) = &found {
                diagnostics
                    .error(
                        Code::InvalidConfig,
                        &operation.origin,
                        format!("the configuration's `pagination` cannot be followed: {reason}"),
                    )
                    .help("correct the entry, or set it to false");
            }
            return found.ok();
        }
        None => {}
    }
    let Some(mark) = &operation.page_mark else {
        return structure::recognise(api, operation);
    };
    match rule::follow(api, operation, mark) {
        Ok(found) => Some(found),
        Err(reason) => {
            diagnostics
                .warn(
                    Code::NotGenerated,
                    &operation.origin,
                    format!("what the document says of the pages cannot be followed: {reason}"),
                )
                .help("say it under `pagination` in `clientsmith.toml`");
            structure::recognise(api, operation)
        }
    }
}
