//! The statics of a group's file: the table of each operation, of its parameters, of its pages and
//! of its forms' fields.
//!
//! Arguments stand in the same file and hold no capital letter of ASCII; each static holds one, so
//! that none is an argument too, in whatever script the document's names are.

use super::identifiers::{MethodName, StaticName};
use super::settle::{Candidate, settle};
use super::tables::StaticNames;
use super::words::or;
use crate::model::Operation;

/// The statics of the operations of one group, by the names of their methods and parameters.
pub(super) fn statics(
    members: &[&Operation],
    methods: &[String],
    parameters: &[Vec<MethodName>],
) -> Vec<StaticNames> {
    let mut tables = Vec::with_capacity(members.len());
    for method in methods {
        tables.push(shouted(method));
    }
    let tables = settle_all(&tables, &[]);
    let mut wishes = Vec::new();
    for ((operation, table), parameters) in members.iter().zip(&tables).zip(parameters) {
        // With two underscores, which no name has within it: `get` with a parameter `tag_id` is not
        // `get_tag` with `id`.
        wishes.push(format!("{table}__PAGES"));
        let parameters = parameters.iter().map(|name| name.plain().to_uppercase());
        wishes.extend(parameters.map(|name| format!("{table}__{name}_PARAM")));
        wishes.extend((0..forms(operation)).map(|form| format!("{table}__BODY_{form}_FIELDS")));
    }
    let taken: Vec<&str> = tables.iter().map(String::as_str).collect();
    let mut settled = settle_all(&wishes, &taken).into_iter().map(StaticName);
    let mut names = Vec::with_capacity(members.len());
    for ((operation, table), parameters) in members.iter().zip(&tables).zip(parameters) {
        names.push(StaticNames {
            table: StaticName(table.clone()),
            pages: settled.next().unwrap_or(StaticName(String::new())),
            parameters: settled.by_ref().take(parameters.len()).collect(),
            fields: settled.by_ref().take(forms(operation)).collect(),
        });
    }
    names
}

fn forms(operation: &Operation) -> usize {
    let body = operation.body.as_ref();
    body.map_or(0, |body| body.contents.len())
}

fn settle_all(wishes: &[String], taken: &[&str]) -> Vec<String> {
    let candidates: Vec<_> = wishes
        .iter()
        .map(|wish| Candidate {
            wire: wish,
            wishes: vec![wish.clone()],
        })
        .collect();
    settle(&candidates, taken)
}

/// A name in capitals, with one of ASCII at least.
fn shouted(name: &str) -> String {
    let name = or(name.to_uppercase(), "OPERATION");
    if name.contains(|letter: char| letter.is_ascii_uppercase()) {
        name
    } else {
        format!("OP_{}", name.trim_start_matches('_'))
    }
}
