//! The parameters of a request: what the test gives, and what must be on the wire.

use serde_json::Value;

use super::writer::{Result, Unknown, Writer};
use crate::model::{Encoding, Parameter, ParameterLocation, Style};

/// Headers that say how the message itself travels: any value but the true one breaks it.
const OF_THE_MESSAGE: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// A parameter with its value: an example that can be compared on the wire, else the least that
/// is valid. One that is written in a way of its own is sent and not compared.
pub(super) fn write(writer: &mut Writer<'_>, index: usize) -> Result {
    let (operation, names) = (writer.operation, writer.names);
    let parameter = operation.parameters.get(index).ok_or(Unknown)?;
    let name = names.parameters.get(index).ok_or(Unknown)?;
    let shown = writer.shown_that(&parameter.origin, &parameter.ty, |value| {
        is_sendable(parameter, value)
    });
    let Some(value) = shown.filter(|_| !is_of_the_message(parameter)) else {
        writer.unsent.push(parameter.wire.clone());
        return if parameter.required {
            Err(Unknown)
        } else {
            Ok(())
        };
    };
    expect(writer, parameter, &value);
    writer.arguments.insert(name.as_str().to_owned(), value);
    writer.parameters.push(index);
    Ok(())
}

fn expect(writer: &mut Writer<'_>, parameter: &Parameter, value: &Value) {
    let place = match parameter.place {
        ParameterLocation::Path => "in_path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "headers",
        ParameterLocation::Cookie => "cookies",
    };
    match written(parameter, value) {
        Some(pairs) => {
            for (name, text) in pairs {
                writer.demand(place, &name, text);
            }
        }
        None if parameter.place == ParameterLocation::Query => {
            writer.open_query(parameter.wire.clone());
        }
        None => writer.unchecked.push(parameter.wire.clone()),
    }
}

fn is_of_the_message(parameter: &Parameter) -> bool {
    let has_name = |name: &str| parameter.wire.eq_ignore_ascii_case(name);
    parameter.place == ParameterLocation::Header && OF_THE_MESSAGE.iter().any(|name| has_name(name))
}

/// Whether a client sends the value where the parameter stands.
fn is_sendable(parameter: &Parameter, value: &Value) -> bool {
    let is_visible = |text: &str| {
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        text.bytes().all(is_plain) && text.trim() == text
    };
    match value {
        Value::Null => false,
        Value::String(text) => match parameter.place {
            ParameterLocation::Path => !matches!(text.as_str(), "" | "." | ".."),
            ParameterLocation::Query => true,
            ParameterLocation::Header | ParameterLocation::Cookie => {
                !text.is_empty() && is_visible(text)
            }
        },
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|item| is_sendable(parameter, item))
        }
        Value::Object(members) => {
            !members.is_empty() && members.values().all(|value| is_sendable(parameter, value))
        }
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// A parameter's value as it stands in the request, decoded: names and texts. `None` for what is
/// written in a way of its own.
fn written(parameter: &Parameter, value: &Value) -> Option<Vec<(String, String)>> {
    let Encoding::Style {
        style,
        explode,
        allow_reserved: false,
        ..
    } = parameter.encoding
    else {
        return None;
    };
    styled(&parameter.wire, style, explode, value)
}

/// A value that is laid out by a style, decoded: names and texts.
pub(super) fn styled(
    wire: &str,
    style: Style,
    explode: bool,
    value: &Value,
) -> Option<Vec<(String, String)>> {
    let named = |text: String| (wire.to_owned(), text);
    match (value, style) {
        (Value::Array(items), _) => {
            let between = match style {
                Style::Simple | Style::Form => ",",
                Style::SpaceDelimited => " ",
                Style::PipeDelimited => "|",
                Style::Label | Style::Matrix | Style::DeepObject => return None,
            };
            let items: Vec<String> = items.iter().map(scalar).collect::<Option<_>>()?;
            if explode && style != Style::Simple {
                return Some(items.into_iter().map(named).collect());
            }
            // What stands between is in an item as well, but with an escape, if the place has any.
            Some(vec![named(items.join(between))])
        }
        (Value::Object(members), Style::Form | Style::DeepObject) if explode => {
            let pairs = members.iter().map(|(name, value)| {
                let name = match style {
                    Style::DeepObject => format!("{wire}[{name}]"),
                    _ => name.clone(),
                };
                Some((name, scalar(value)?))
            });
            pairs.collect()
        }
        (_, Style::Simple | Style::Form) => Some(vec![named(scalar(value)?)]),
        _ => None,
    }
}

/// The text of a value that is one.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
