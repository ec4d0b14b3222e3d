//! One schema of any dialect in 3.0's words.
//!
//! Documents mix the dialects whatever their header says (`nullable` under 3.1, `type` arrays under
//! 3.0), so every rule applies to every document. Each rule is idempotent.

mod keys;
mod properties;
mod reference;
mod rules;
mod types;
mod values;

use serde_json::{Value, json};

use super::shapes;
use super::walk::{Position, as_map};
use crate::diagnostic::Code;

pub(super) use reference::{anchors, reference_pointer};
pub(super) use rules::SchemaUpgrade;

impl SchemaUpgrade<'_> {
    /// Applies all rules to one schema; the walk comes to those within it by itself.
    pub(super) fn apply(&mut self, value: &mut Value, place: &Position<'_>) {
        if let Value::Bool(anything) = value {
            *value = if *anything {
                json!({})
            } else {
                json!({"not": {}})
            };
        }
        let Some(schema) = as_map(value) else {
            self.diagnostics
                .error(
                    Code::InvalidSchema,
                    place.pointer(),
                    "a schema must be an object",
                )
                .help("write an object; `{}` allows anything");
            *value = json!({});
            return;
        };
        self.reference(schema, place);
        self.type_names(schema, place);
        types::nullable(schema);
        Self::integer_or_string(schema);
        self.types(schema, place);
        keys::constant(schema);
        keys::exclusive_bounds(schema);
        keys::encoding(schema);
        keys::examples(schema);
        self.tuple(schema, place);
        keys::boolean_schemas(schema);
        self.pattern_properties(schema, place);
        self.conditional_properties(schema, place);
        keys::unevaluated(schema);
        keys::discriminator(schema);
        keys::prose(schema);
        shapes::repair(
            schema,
            shapes::of_schema,
            &|| place.pointer(),
            self.diagnostics,
        );
        self.default_value(schema, place);
        self.null_among_values(schema, place);
        self.required_names(schema, place);
    }
}
