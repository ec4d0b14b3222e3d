//! One operation: what its test sends, what must be on the wire, and what comes back.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value, json};

use super::SECRET;
use crate::emit::context::{Context, ident};
use crate::emit::operation::Emitter;
use crate::model::{
    ApiKeyPlace, Body, Content, Encoding, Examples, Method, OperationId, Parameter, Place,
    Response, Sampler, Scheme, SchemeKind, Status, Style, Type,
};

/// An operation's test and its data.
pub(super) struct Exchange {
    pub(super) name: Ident,
    pub(super) test: TokenStream,
    pub(super) value: Value,
}

impl Exchange {
    /// `None` where nothing certain can be said of the operation.
    pub(super) fn of(cx: &Context<'_>, examples: &Examples, id: OperationId) -> Option<Self> {
        let emitter = Emitter {
            cx,
            operation: &cx.api.operations[id.index()],
            names: cx.names.operation(id),
        };
        let mut writer = Writer {
            emitter,
            sampler: Sampler::new(cx.api, examples),
            examples,
            value: Map::new(),
            arguments: Map::new(),
            given: Vec::new(),
            setters: Vec::new(),
        };
        writer.operation()?;
        Some(writer.finish())
    }
}

/// What is gathered of one operation.
struct Writer<'a> {
    emitter: Emitter<'a>,
    sampler: Sampler<'a>,
    examples: &'a Examples,
    value: Map<String, Value>,
    /// What the test reads its arguments from.
    arguments: Map<String, Value>,
    /// The arguments of the method.
    given: Vec<TokenStream>,
    /// The calls of setters.
    setters: Vec<TokenStream>,
}

impl Writer<'_> {
    fn operation(&mut self) -> Option<()> {
        let operation = self.emitter.operation;
        let method = json!(operation.method.as_str());
        self.value.insert("method".to_owned(), method);
        self.value.insert("path".to_owned(), json!(operation.path));
        self.credentials();
        let names = &self.emitter.names.parameters;
        for (parameter, name) in operation.parameters.iter().zip(names) {
            self.parameter(parameter, name.as_str())?;
        }
        if let Some(body) = &operation.body {
            self.body(body)?;
        }
        let answers = self.answers();
        if answers.is_empty() {
            return None;
        }
        self.value
            .insert("answers".to_owned(), Value::Array(answers));
        Some(())
    }

    fn finish(mut self) -> Exchange {
        if !self.arguments.is_empty() {
            let arguments = Value::Object(self.arguments);
            self.value.insert("arguments".to_owned(), arguments);
        }
        let Emitter {
            cx,
            operation,
            names,
        } = self.emitter;
        let method = ident(names.method.as_str());
        let accessor = ident(cx.names.group(operation.group).accessor.as_str());
        let name = method.to_string();
        let read = if answers_json(&self.emitter) {
            quote!(mock::json)
        } else {
            quote!(mock::opaque)
        };
        let (given, setters) = (&self.given, &self.setters);
        let test = quote! {
            #[test]
            fn #method() {
                mock::Exchange::of(EXCHANGES, #name).check(#read, |run| {
                    client(run).#accessor().#method(#(#given),*) #(#setters)* .send()
                });
            }
        };
        Exchange {
            name: method,
            test,
            value: Value::Object(self.value),
        }
    }

    fn expect(&mut self, key: &str, name: &str, value: &str) {
        let list = self.value.entry(key).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!([name, value]));
        }
    }

    /// The credentials of the first alternative: the client has all, and takes the first it can.
    fn credentials(&mut self) {
        let api = self.emitter.cx.api;
        let wanted = self.emitter.operation.security.first();
        for name in wanted.into_iter().flatten() {
            if let Some(scheme) = api.schemes.iter().find(|scheme| scheme.name == *name) {
                self.credential(scheme);
            }
        }
    }

    fn credential(&mut self, scheme: &Scheme) {
        let authorization = "authorization";
        match &scheme.kind {
            SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect => {
                self.expect("headers", authorization, &format!("Bearer {SECRET}"));
            }
            // `secret:secret` in base64.
            SchemeKind::Basic => {
                self.expect("headers", authorization, "Basic c2VjcmV0OnNlY3JldA==")
            }
            SchemeKind::HttpOther(scheme) => {
                self.expect("headers", authorization, &format!("{scheme} {SECRET}"));
            }
            SchemeKind::ApiKey { place, name } => match place {
                ApiKeyPlace::Header => self.expect("headers", name, SECRET),
                ApiKeyPlace::Query => self.expect("query", name, SECRET),
                ApiKeyPlace::Cookie => {}
            },
            SchemeKind::MutualTls => {}
        }
    }

    /// A parameter with its value. An optional one whose place on the wire is not plain is left to
    /// other tests; a required one makes the operation one of which too little is known.
    fn parameter(&mut self, parameter: &Parameter, name: &str) -> Option<()> {
        let value = self.sampler.at(&parameter.origin, &parameter.ty);
        let written = value.as_ref().and_then(|value| wire(parameter, value));
        let (Some(value), Some(written)) = (value, written) else {
            return (!parameter.required).then_some(());
        };
        let key = match parameter.place {
            Place::Path => "in_path",
            Place::Query => "query",
            Place::Header => "headers",
            Place::Cookie => return (!parameter.required).then_some(()),
        };
        for text in written {
            self.expect(key, &parameter.wire, &text);
        }
        self.arguments.insert(name.to_owned(), value);
        let name_ident = ident(name);
        let plain = self.emitter.cx.argument(&parameter.ty, &name_ident).plain;
        let argument = quote!(run.arg::<#plain>(#name));
        if parameter.required {
            self.given.push(argument);
        } else {
            self.setters.push(quote!(.#name_ident(#argument)));
        }
        Some(())
    }

    fn body(&mut self, body: &Body) -> Option<()> {
        let argument = match &body.content {
            Content::Json(ty) => {
                let value = self.shown(&body.origin, ty)?;
                self.value.insert("body".to_owned(), value);
                let ty = self.emitter.cx.ty(ty);
                quote!(&run.body::<#ty>())
            }
            Content::Text | Content::Bytes => {
                self.value.insert("text".to_owned(), json!("some text"));
                quote!(run.text())
            }
        };
        self.expect("headers", "content-type", &body.media_type);
        if body.required {
            self.given.push(argument);
        } else {
            let name = self.emitter.body_ident();
            self.setters.push(quote!(.#name(#argument)));
        }
        Some(())
    }

    /// An example of a body's contents, or a value for its type.
    fn shown(&self, origin: &crate::diagnostic::Pointer, ty: &Type) -> Option<Value> {
        let shown = self.examples.of_content(origin);
        let shown = self.sampler.fitting(ty, shown);
        shown.or_else(|| self.sampler.value(ty))
    }

    /// An answer for each documented status of which one is certain.
    fn answers(&self) -> Vec<Value> {
        let responses = &self.emitter.operation.responses;
        responses
            .iter()
            .filter_map(|response| self.answer(response, status(response.status, responses)?))
            .collect()
    }

    fn answer(&self, response: &Response, status: u16) -> Option<Value> {
        let has_body =
            !matches!(status, 204 | 205 | 304) && self.emitter.operation.method != Method::Head;
        let Some((media_type, content)) = response.body.as_ref() else {
            return Some(json!({"status": status}));
        };
        if !has_body {
            return None;
        }
        match content {
            Content::Json(ty) => {
                let body = self.shown(&response.origin, ty)?;
                Some(json!({"status": status, "media_type": media_type, "body": body}))
            }
            Content::Text | Content::Bytes => {
                Some(json!({"status": status, "media_type": media_type, "text": "some text"}))
            }
        }
    }
}

/// Whether what a success decodes to is one type of JSON.
fn answers_json(emitter: &Emitter<'_>) -> bool {
    let mut contents = emitter
        .operation
        .successes()
        .map(|response| response.body.as_ref().map(|(_, content)| content));
    let first = contents.next().flatten();
    matches!(first, Some(Content::Json(_))) && contents.all(|content| content == first)
}

/// A status that a documented response stands for and no other does. Those that are no answer of
/// their own, or that lead elsewhere, are left out.
fn status(status: Status, all: &[Response]) -> Option<u16> {
    let is_free = |code: &u16| {
        all.iter()
            .all(|response| response.status != Status::Code(*code))
    };
    match status {
        Status::Code(code) => (200..600).contains(&code).then_some(code),
        Status::Class(class @ 2..=5) => {
            let first = u16::from(class) * 100;
            (first..first + 100).find(is_free)
        }
        Status::Class(_) => None,
        Status::Default => {
            let has_class = |class| {
                all.iter()
                    .any(|response| response.status == Status::Class(class))
            };
            let class = [5_u8, 4].into_iter().find(|class| !has_class(*class))?;
            let first = u16::from(class) * 100;
            (first..first + 100).find(is_free)
        }
    }
    .filter(|code| !(300..400).contains(code))
}

/// A parameter's value as it stands in the request, decoded: once, or once for each item.
fn wire(parameter: &Parameter, value: &Value) -> Option<Vec<String>> {
    let Encoding::Style { style, explode, .. } = parameter.encoding else {
        return None;
    };
    if !matches!(style, Style::Simple | Style::Form) {
        return None;
    }
    let texts = match value {
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(scalar).collect();
            let items = items.filter(|items| !items.is_empty())?;
            if explode && style == Style::Form {
                items
            } else {
                let is_plain = |item: &String| !item.contains(',');
                vec![items.iter().all(is_plain).then(|| items.join(","))?]
            }
        }
        value => vec![scalar(value)?],
    };
    let is_header = parameter.place == Place::Header;
    let is_plain = |text: &String| {
        let is_visible = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ');
        !text.is_empty() && (!is_header || is_visible && text.trim() == text)
    };
    texts.iter().all(is_plain).then_some(texts)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
