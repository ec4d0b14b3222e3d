//! What stands in files of its own or is a program: modules, examples and tests.

use super::identifiers::{FileName, MethodName};
use super::reserved;
use super::settle::{Candidate, settle};
use super::tables::{GroupNames, OperationNames};
use super::words::{ascii, cut, escape};
use crate::model::Operation;

/// The most bytes of a file's name without its ending and what may tell it apart: with those it
/// stays below 100.
pub(super) const LONGEST: usize = 84;

/// What a file can be called everywhere; rustc finds no module whose name has other letters.
pub(super) fn file_word(word: &str, fallback: &str) -> Vec<String> {
    let plain = cut(ascii(word), LONGEST);
    let plain = if plain.is_empty() {
        fallback.to_owned()
    } else {
        plain
    };
    vec![plain.clone(), format!("{plain}_{fallback}")]
}

/// The file of the example of each operation.
pub(super) fn examples(operations: &[(&Operation, &OperationNames, &GroupNames)]) -> Vec<FileName> {
    let candidates: Vec<_> = operations
        .iter()
        .map(|(operation, names, group)| {
            let method = names.method.plain().trim_matches('_');
            let module = group.module.as_str();
            // Methods of two groups may have one name.
            let [plain, with_group] = [method.to_owned(), format!("{module}_{method}")]
                .map(|word| file_word(&word, "operation"));
            Candidate {
                wire: &operation.id,
                wishes: plain.into_iter().take(1).chain(with_group).collect(),
            }
        })
        .collect();
    let taken = [&reserved::CRATES[..], &reserved::FILES].concat();
    settle(&candidates, &taken)
        .into_iter()
        .map(FileName)
        .collect()
}

/// The tests of the operations of one group: one for each form of the body.
pub(super) fn tests(members: &[&Operation], names: &[OperationNames]) -> Vec<Vec<MethodName>> {
    let mut counts = Vec::with_capacity(members.len());
    let mut wishes = Vec::new();
    for (operation, names) in members.iter().zip(names) {
        let body = operation.body.as_ref();
        let forms = body.map_or(1, |body| body.contents.len());
        counts.push(forms);
        let is_required = body.is_some_and(|body| body.required);
        for form in 0..forms {
            let method = names.bodies.get(form).filter(|_| is_required);
            let method = method.map_or(&names.method, |body| &body.method).plain();
            wishes.push(if form > 0 && !is_required {
                format!("{method}_with_body_{form}")
            } else {
                method.to_owned()
            });
        }
    }
    let candidates: Vec<_> = wishes
        .iter()
        .map(|wish| Candidate {
            wire: wish,
            wishes: vec![wish.clone()],
        })
        .collect();
    let mut settled = settle(&candidates, &[]).into_iter();
    let tests = counts.into_iter().map(|count| {
        let tests = settled.by_ref().take(count);
        tests.map(|name| MethodName(escape(name))).collect()
    });
    tests.collect()
}
