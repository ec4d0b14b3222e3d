//! Files that cannot be read. Each costs what refers to it and no more: such a reference is an error,
//! and leads nowhere from then on.

use serde_json::Value;

use super::paths::escaped;
use super::walk;
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::read::limits::REFUSED;
use crate::read::sources::Sources;
use crate::read::value_path::ValuePath;

/// The files of a document that cannot be read.
#[derive(Default)]
pub(super) struct Files(Vec<File>);

struct File {
    /// Where a reference to the file leads.
    target: String,
    /// What is said of such a reference.
    message: String,
    help: String,
}

impl Files {
    /// Takes up a file; why it cannot be read is what was said last.
    pub(super) fn add(
        &mut self,
        name: &str,
        base: &Pointer,
        sources: &Sources,
        diagnostics: &Diagnostics,
    ) {
        let Some(reason) = diagnostics.iter().next_back() else {
            return;
        };
        let at = sources.locate(base);
        let place = format!("{}:{}:{}", at.file.display(), at.line, at.column);
        let help = match &reason.help {
            Some(help) => format!("{help} (at {place})"),
            None if reason.code == Code::Unreadable => "see to it that the file may be read".into(),
            None => format!("repair the file, at {place}"),
        };
        self.0.push(File {
            target: escaped(base),
            message: format!("`{name}` leads to nothing: {}", reason.message),
            help,
        });
    }

    /// Refuses the references to these files that stand in another one; `base` is that one's place.
    pub(super) fn refuse(&self, value: &mut Value, base: &Pointer, diagnostics: &mut Diagnostics) {
        if self.0.is_empty() {
            return;
        }
        walk::references(
            value,
            &ValuePath::base(base),
            &mut |reference, place, role| {
                let Some(file) = self.0.iter().find(|file| file.is_meant_by(reference)) else {
                    return;
                };
                // Lowering says what becomes of a mapping.
                if role == walk::Role::Mapping {
                    return;
                }
                REFUSED.clone_into(reference);
                diagnostics
                    .error(Code::Unreadable, place.pointer(), &file.message)
                    .help(&file.help);
            },
        );
    }
}

impl File {
    fn is_meant_by(&self, reference: &str) -> bool {
        let rest = reference.strip_prefix(&self.target);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
