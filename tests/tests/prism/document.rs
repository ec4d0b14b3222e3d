//! The document as its author wrote it, and the values that its operations can be called with.

use std::path::Path;

use clientsmith::inspect::{ArgumentInfo, OperationInfo};
use clientsmith_tests::judge::Judge;
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

    /// What judges answers by the document's schemas.
    pub(crate) fn judge(&self) -> Judge<'_> {
        Judge::new(&self.root)
    }

    /// The schema of an operation's answer.
    pub(crate) fn answer(
        &self,
        operation: &OperationInfo,
        status: u16,
        media_type: Option<&str>,
    ) -> Option<&Value> {
        let responses = &self.raw(operation).1["responses"];
        let by_status = [
            status.to_string(),
            format!("{}XX", status / 100),
            "default".to_owned(),
        ];
        let response = by_status.iter().find_map(|key| responses.get(key))?;
        let content = self.resolve(response)["content"].as_object()?;
        let essence = |text: &str| text.split(';').next().map(|it| it.trim().to_lowercase());
        let named = content
            .iter()
            .find(|(name, _)| media_type.map(essence) == Some(essence(name)));
        named.or_else(|| content.iter().next())?.1.get("schema")
    }

    /// An operation and its path item, as they are written.
    fn raw(&self, operation: &OperationInfo) -> (&Value, &Value) {
        let item = self.resolve(&self.root["paths"][&operation.path]);
        (item, &item[operation.method.to_ascii_lowercase()])
    }

    /// The values of an operation's arguments, by their names in Rust.
    pub(crate) fn arguments(&self, operation: &OperationInfo, choice: Choice) -> Value {
        let (item, raw) = self.raw(operation);
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
