//! Whether a value fits its schema, by a validator that nobody here wrote.
//!
//! OpenAPI 3.0 and Swagger 2.0 speak a dialect of JSON Schema's draft 4 (bounds are exclusive by a
//! boolean, a reference has no siblings) with `nullable` beside it; 3.1 speaks draft 2020-12.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientsmith::diagnostic::Pointer;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Map, Value, json};

/// The address that the document has among the validator's.
const ADDRESS: &str = "urn:document";

/// What the validator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The value fits.
    Valid,
    /// It does not.
    Invalid,
    /// The schema is none that the validator understands.
    NoSchema,
}

/// What is wrong with a value, by the validator.
#[derive(Debug, Clone)]
pub struct Complaint {
    /// Where, as a pointer into the value.
    pub place: String,
    /// What.
    pub text: String,
    /// The property that is missing, if that is it.
    pub missing: Option<String>,
}

/// The schemas of one document.
#[derive(Debug)]
pub struct Judge<'d> {
    root: &'d Value,
    dialect: Dialect,
    registry: Registry<'static>,
    validators: BTreeMap<Pointer, Option<Validator>>,
}

impl<'d> Judge<'d> {
    /// # Panics
    /// When the validator takes the document for no resource, which no document is.
    #[must_use]
    pub fn new(root: &'d Value) -> Self {
        let dialect = Dialect::of(root);
        let mut document = root.clone();
        Dialect::rewrite_all(&mut document);
        let resource = dialect.draft().create_resource(document);
        let registry = Registry::new()
            .add(ADDRESS, resource)
            .and_then(jsonschema::RegistryBuilder::prepare);
        Self {
            root,
            dialect,
            registry: registry.expect("a document is a resource"),
            validators: BTreeMap::new(),
        }
    }

    /// Whether a value fits the schema at a place.
    pub fn judge(&mut self, schema: &Pointer, value: &Value) -> Verdict {
        if !self.validators.contains_key(schema) {
            let schema_there = self.root.pointer(schema.as_str());
            let validator = schema_there.and_then(|schema| self.validator(schema));
            self.validators.insert(schema.clone(), validator);
        }
        match &self.validators[schema] {
            None => Verdict::NoSchema,
            Some(validator) if validator.is_valid(value) => Verdict::Valid,
            Some(_) => Verdict::Invalid,
        }
    }

    /// All that is wrong with a value, by a schema of the document: of a union that nothing fits,
    /// what is wrong by each of its members as well. `None` where the validator does not understand
    /// the schema.
    #[must_use]
    pub fn complaints(&self, schema: &Value, value: &Value) -> Option<Vec<Complaint>> {
        let validator = self.validator(schema)?;
        let mut complaints = Vec::new();
        for error in validator.iter_errors(value) {
            gather(&error, &mut complaints);
        }
        Some(complaints)
    }

    fn validator(&self, schema: &Value) -> Option<Validator> {
        let mut schema = schema.clone();
        Dialect::rewrite(&mut schema);
        jsonschema::options()
            .with_draft(self.dialect.draft())
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_format("uuid", |text: &str| is_uuid(text))
            .with_format("date", |text: &str| {
                text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()
            })
            .with_format("byte", is_base64)
            .build(&schema)
            .ok()
    }
}

fn gather(error: &ValidationError<'_>, complaints: &mut Vec<Complaint>) {
    complaints.push(Complaint {
        place: error.instance_path().to_string(),
        text: error.masked().to_string(),
        missing: match error.kind() {
            ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        },
    });
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } =
        error.kind()
    {
        for error in context.iter().flatten() {
            gather(error, complaints);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Swagger 2.0 and OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and later.
    V31,
}

impl Dialect {
    fn of(root: &Value) -> Self {
        match root["openapi"].as_str() {
            Some(version) if !version.starts_with("3.0") => Self::V31,
            _ => Self::V30,
        }
    }

    fn draft(self) -> Draft {
        match self {
            Self::V30 => Draft::Draft4,
            Self::V31 => Draft::Draft202012,
        }
    }

    /// Rewrites every schema of a document.
    fn rewrite_all(document: &mut Value) {
        let schemas = document.pointer_mut("/components/schemas");
        for (name, schema) in schemas.and_then(Value::as_object_mut).into_iter().flatten() {
            if schema.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
                let whole = Pointer::parse("#/components/schemas").unwrap_or_default();
                lead_back(schema, &format!("#{}", whole.key(name).as_str()));
            }
        }
        for section in [
            "components",
            "definitions",
            "parameters",
            "responses",
            "paths",
        ] {
            if let Some(section) = document.get_mut(section) {
                Self::rewrite(section);
            }
        }
    }

    /// Makes a schema, and all schemas in it, what the draft takes. Whatever else stands in a
    /// document has none of these keywords with such values, but for examples, which are left.
    fn rewrite(value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(Self::rewrite),
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    if let ("properties", Value::Object(named)) = (key.as_str(), &mut *value) {
                        named
                            .iter_mut()
                            .for_each(|(_, schema)| Self::rewrite(schema));
                    } else if !matches!(
                        key.as_str(),
                        "example" | "examples" | "default" | "enum" | "const"
                    ) {
                        Self::rewrite(value);
                    }
                }
                Self::rewrite_one(object);
            }
            _ => {}
        }
    }

    fn rewrite_one(schema: &mut Map<String, Value>) {
        if let Some(Value::String(reference)) = schema.get_mut("$ref")
            && reference.starts_with('#')
        {
            *reference = format!("{ADDRESS}{}", encoded(reference));
        }
        // A parameter of Swagger 2.0 is its own schema, but whether it is required is not.
        if schema.get("required").is_some_and(Value::is_boolean) {
            schema.remove("required");
        }
        if schema.get("type") == Some(&json!("file")) {
            schema.remove("type");
        }
        bound_integers(schema);
        // Opal says 3.1 and writes `nullable`, as many do.
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            allow_null(schema);
        }
    }
}

/// `$recursiveRef`, which draft 2020-12 has no more, as a reference to the schema that is its anchor.
fn lead_back(value: &mut Value, anchor: &str) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| lead_back(value, anchor)),
        Value::Object(object) => {
            if object.remove("$recursiveRef").is_some() {
                object.insert("$ref".to_owned(), Value::from(anchor));
            }
            object
                .values_mut()
                .for_each(|value| lead_back(value, anchor));
        }
        _ => {}
    }
}

/// `nullable: true` in words of JSON Schema. The specification wants `null` in an enum as well;
/// authors rarely write it there.
fn allow_null(schema: &mut Map<String, Value>) {
    schema.remove("nullable");
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    let is_composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    match schema.get_mut("type") {
        Some(Value::String(ty)) => {
            let ty = ty.clone();
            schema.insert("type".to_owned(), json!([ty, "null"]));
        }
        Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
        None if is_composed => {
            let whole = std::mem::take(schema);
            schema.insert("anyOf".to_owned(), json!([{"type": "null"}, whole]));
        }
        Some(_) | None => {}
    }
}

/// The formats of whole numbers as bounds, which draft 4 and 2020-12 know.
fn bound_integers(schema: &mut Map<String, Value>) {
    let bounds = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    schema.entry("minimum").or_insert(bounds.0);
    schema.entry("maximum").or_insert(bounds.1);
}

/// A pointer as a fragment of an address.
fn encoded(fragment: &str) -> String {
    let mut text = String::new();
    for c in fragment.chars() {
        match c {
            '{' | '}' | ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '|' | '[' | ']' => {
                let _ = write!(text, "%{:02X}", u32::from(c));
            }
            other => text.push(other),
        }
    }
    text
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}
