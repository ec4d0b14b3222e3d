//! What the statuses of responses are called.

use super::identifiers::VariantName;
use crate::model::Status;

/// What holds the body of a status, in the enums of responses and of errors.
#[must_use]
pub fn status_variant(status: Status) -> VariantName {
    VariantName(match status {
        Status::Default => status_word(status),
        Status::Code(_) | Status::Class(_) => format!("Status{}", status_word(status)),
    })
}

pub(super) fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}xx"),
        Status::Default => "Default".to_owned(),
    }
}
