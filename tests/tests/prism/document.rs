//! The document as its author wrote it, and the values that its operations can be called with.

use std::path::Path;

use clientsmith::inspect::{ArgumentInfo, OperationInfo};
use serde_json::{Map, Value};

use super::sample::Sampler;

/// Where values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// From examples, where there are any.
    Examples,
    /// From the schemas alone.
    Schemas,
}

#[derive(Debug)]
pub(crate) struct Document {
    root: Value,
}

impl Document {
    pub(crate) fn read(path: &Path) -> Self {
        let document = clientsmith::read::read(path).expect("a document that can be read");
        Self {
            root: document.root,
        }
    }

    /// The values of an operation's arguments, by their names in Rust.
    pub(crate) fn arguments(&self, operation: &OperationInfo, choice: Choice) -> Value {
        let path = &self.root["paths"][&operation.path];
        let item = self.resolve(path);
        let raw = &item[operation.method.to_ascii_lowercase()];
        let mut arguments = Map::new();
        for argument in &operation.arguments {
            let value = if argument.place == "body" {
                self.body(raw, choice)
            } else {
                self.parameter(&[raw, item], argument, choice)
            };
            arguments.extend(value.map(|value| (argument.name.clone(), value)));
        }
        Value::Object(arguments)
    }

    /// Follows references to what they name.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        Sampler::new(&self.root, Choice::Schemas).resolve(value)
    }

    fn parameter(
        &self,
        owners: &[&Value],
        argument: &ArgumentInfo,
        choice: Choice,
    ) -> Option<Value> {
        let lists = owners
            .iter()
            .filter_map(|owner| owner["parameters"].as_array());
        let parameter = lists
            .flatten()
            .map(|parameter| self.resolve(parameter))
            .find(|parameter| {
                parameter["name"] == argument.wire.as_str() && parameter["in"] == argument.place
            })?;
        let content = parameter["content"].as_object();
        let described = content
            .and_then(|content| content.values().next())
            .unwrap_or(parameter);
        let value = self.described(parameter, choice);
        Some(value.unwrap_or_else(|| self.sampler(choice).value(&described["schema"])))
    }

    fn body(&self, operation: &Value, choice: Choice) -> Option<Value> {
        let body = self.resolve(&operation["requestBody"]);
        let content = body["content"].as_object()?;
        let json = content.iter().find(|(name, _)| name.contains("json"));
        let (_, media) = json.or_else(|| content.iter().next())?;
        let value = self.described(media, choice);
        Some(value.unwrap_or_else(|| self.sampler(choice).value(&media["schema"])))
    }

    /// The example beside a schema.
    fn described(&self, owner: &Value, choice: Choice) -> Option<Value> {
        if choice == Choice::Schemas {
            return None;
        }
        let several = owner["examples"].as_object();
        let first = several.and_then(|examples| examples.values().next());
        let first = first.and_then(|example| self.resolve(example).get("value"));
        owner.get("example").or(first).cloned()
    }

    fn sampler(&self, choice: Choice) -> Sampler<'_> {
        Sampler::new(&self.root, choice)
    }
}
