//! What every part of the conversion works on.

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics, Moves, Pointer};

pub(super) type Object = Map<String, Value>;

/// The media type of a body where neither the operation nor the document names one.
pub(super) const JSON: &str = "application/json";

/// What the root says for all operations.
pub(super) struct Globals {
    pub(super) parameters: Object,
    pub(super) responses: Object,
    pub(super) consumes: Vec<String>,
    pub(super) produces: Vec<String>,
    pub(super) schemes: Vec<String>,
}

/// What every part of the conversion works on.
pub(super) struct Conversion<'a> {
    pub(super) globals: Globals,
    pub(super) host: Host,
    pub(super) moves: &'a mut Moves,
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// Where the API is, but for the scheme.
#[derive(Default)]
pub(super) struct Host {
    /// `None`: where the document came from.
    pub(super) authority: Option<String>,
    /// Begins with a slash or is empty, and does not end with one: paths begin with theirs.
    pub(super) base_path: String,
}

impl Conversion<'_> {
    /// Says what is wrong at a place.
    pub(super) fn wrong(&mut self, at: Pointer, message: impl Into<String>) {
        self.diagnostics.warn(Code::InvalidObject, at, message);
    }
}

/// `consumes` or `produces`; one media type outside of a list is taken as a list of one.
pub(super) fn media_types(list: Option<&Value>) -> Vec<String> {
    match list {
        Some(Value::String(one)) => vec![one.trim().to_owned()],
        Some(Value::Array(list)) => {
            let texts = list
                .iter()
                .filter_map(Value::as_str)
                .map(|text| text.trim().to_owned());
            texts.filter(|text| !text.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "application/json" | "text/json" | "*/*" | "application/*"
    ) || essence.ends_with("+json")
}
