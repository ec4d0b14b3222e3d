//! One operation: what its test sends, what must be on the wire, and what comes back.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value, json};

use super::SECRET;
use crate::diagnostic::Pointer;
use crate::emit::context::{Context, ident};
use crate::emit::operation::Emitter;
use crate::model::{
    ApiKeyPlace, Content, Encoding, Examples, Media, Method, OperationId, Parameter, Place,
    Response, Sampler, Scheme, SchemeKind, Status, Style, Type, kept,
};

/// An operation's test and its data.
pub(super) struct Exchange {
    pub(super) name: Ident,
    pub(super) test: TokenStream,
    pub(super) value: Value,
    /// How many examples do not fit.
    pub(super) misfits: usize,
    /// What is sent and not compared.
    pub(super) unchecked: Vec<String>,
    /// The optional parameters that are not given.
    pub(super) unsent: Vec<String>,
    /// The documented statuses that no answer has.
    pub(super) unplayed: Vec<String>,
}

/// Whether enough is known of an operation to call it.
pub(super) type Result<T = ()> = std::result::Result<T, ()>;

impl Exchange {
    /// An operation with one form of its body; the method's name where too little is known to call
    /// it.
    pub(super) fn of(
        cx: &Context<'_>,
        examples: &Examples,
        id: OperationId,
        form: usize,
    ) -> std::result::Result<Self, String> {
        let emitter = Emitter {
            cx,
            operation: &cx.api.operations[id.index()],
            names: cx.names.operation(id),
        };
        let method = emitter.method_name(form);
        let name = match &emitter.operation.body {
            Some(body) if form > 0 && !body.required => format!("{method}_with_body_{form}"),
            _ => method.to_string(),
        };
        let mut writer = Writer {
            emitter,
            sampler: Sampler::new(cx.api, examples),
            examples,
            value: Map::new(),
            arguments: Map::new(),
            given: Vec::new(),
            setters: Vec::new(),
            misfits: 0,
            unchecked: Vec::new(),
            unsent: Vec::new(),
            unplayed: Vec::new(),
        };
        match writer.operation(form) {
            Ok(()) => Ok(writer.finish(&method, ident(&name))),
            Err(()) => Err(name),
        }
    }
}

/// What is gathered of one operation.
pub(super) struct Writer<'a> {
    pub(super) emitter: Emitter<'a>,
    pub(super) sampler: Sampler<'a>,
    examples: &'a Examples,
    pub(super) value: Map<String, Value>,
    /// What the test reads its arguments from.
    arguments: Map<String, Value>,
    /// The arguments of the method.
    pub(super) given: Vec<TokenStream>,
    /// The calls of setters.
    pub(super) setters: Vec<TokenStream>,
    misfits: usize,
    pub(super) unchecked: Vec<String>,
    unsent: Vec<String>,
    unplayed: Vec<String>,
}

impl Writer<'_> {
    fn operation(&mut self, form: usize) -> Result {
        let operation = self.emitter.operation;
        let method = json!(operation.method.as_str());
        self.value.insert("method".to_owned(), method);
        self.path();
        self.credentials()?;
        let names = &self.emitter.names.parameters;
        for (parameter, name) in operation.parameters.iter().zip(names) {
            self.parameter(parameter, name.as_str())?;
        }
        if let Some(body) = &operation.body {
            self.body(body, form)?;
        }
        let mut answers = self.answers();
        if answers.is_empty() {
            // The request is looked at all the same.
            answers.push(json!({"status": 500}));
        }
        self.value
            .insert("answers".to_owned(), Value::Array(answers));
        Ok(())
    }

    fn finish(mut self, method: &Ident, name: Ident) -> Exchange {
        if !self.arguments.is_empty() {
            let arguments = Value::Object(self.arguments);
            self.value.insert("arguments".to_owned(), arguments);
        }
        let Emitter { cx, operation, .. } = self.emitter;
        let accessor = ident(cx.names.group(operation.group).accessor.as_str());
        let key = name.to_string();
        let read = read(&self.emitter);
        let (given, setters) = (&self.given, &self.setters);
        let test = quote! {
            #[test]
            fn #name() {
                mock::Exchange::of(EXCHANGES, #key).check(mock::#read, |run| {
                    crate::client(run).#accessor().#method(#(#given),*) #(#setters)* .send()
                });
            }
        };
        Exchange {
            name,
            test,
            value: Value::Object(self.value),
            misfits: self.misfits,
            unchecked: self.unchecked,
            unsent: self.unsent,
            unplayed: self.unplayed,
        }
    }

    pub(super) fn expect(&mut self, key: &str, name: &str, value: &str) {
        let list = self.value.entry(key).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!([name, value]));
        }
    }

    /// The path. What follows a `#` stays with the client, and a `?` begins the query.
    fn path(&mut self) {
        let path = &self.emitter.operation.path;
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let (plain, rest) = path.split_at(end);
        self.value.insert("path".to_owned(), json!(plain));
        if !rest.is_empty() {
            self.value.insert("open_query".to_owned(), json!(true));
            self.unchecked.push(format!("{rest} in the path"));
        }
    }

    /// The credentials of the first alternative that the document defines: the client has all, and
    /// takes the first it can.
    fn credentials(&mut self) -> Result {
        let schemes = &self.emitter.cx.api.schemes;
        let known = |name: &String| schemes.iter().find(|scheme| scheme.name == *name);
        let mut alternatives = self.emitter.operation.security.iter().peekable();
        if alternatives.peek().is_none() {
            return Ok(());
        }
        let found = alternatives
            .find_map(|names| names.iter().map(known).collect::<Option<Vec<&Scheme>>>());
        for scheme in found.ok_or(())? {
            self.credential(scheme);
        }
        Ok(())
    }

    fn credential(&mut self, scheme: &Scheme) {
        let authorization = "authorization";
        match &scheme.kind {
            SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect => {
                self.expect("headers", authorization, &format!("Bearer {SECRET}"));
            }
            // `secret:secret` in base64.
            SchemeKind::Basic => {
                self.expect("headers", authorization, "Basic c2VjcmV0OnNlY3JldA==");
            }
            SchemeKind::HttpOther(scheme) => {
                self.expect("headers", authorization, &format!("{scheme} {SECRET}"));
            }
            SchemeKind::ApiKey { place, name } => match place {
                ApiKeyPlace::Header => self.expect("headers", name, SECRET),
                ApiKeyPlace::Query => self.expect("query", name, SECRET),
                ApiKeyPlace::Cookie => self.expect("cookies", name, SECRET),
            },
            SchemeKind::MutualTls => {}
        }
    }

    /// A parameter with its value: an example that can be compared on the wire, else the least that
    /// is valid. One that is written in a way of its own is sent and not compared.
    fn parameter(&mut self, parameter: &Parameter, name: &str) -> Result {
        let wire = &parameter.wire;
        let shown = self.shown_of(&parameter.origin, &parameter.ty);
        let made = || self.sampler.value(&parameter.ty);
        let is_sendable = |value: &Value| is_sendable(parameter, value);
        let value = shown
            .filter(is_sendable)
            .or_else(|| made().filter(is_sendable));
        let Some(value) = value else {
            self.unsent.push(wire.clone());
            return if parameter.required { Err(()) } else { Ok(()) };
        };
        let (key, open) = match parameter.place {
            Place::Path => ("in_path", None),
            Place::Query => ("query", Some("open_query")),
            Place::Header => ("headers", None),
            Place::Cookie => ("cookies", None),
        };
        match written(parameter, &value) {
            Some(texts) => {
                for text in texts {
                    self.expect(key, wire, &text);
                }
            }
            None => {
                if let Some(open) = open {
                    self.value.insert(open.to_owned(), json!(true));
                }
                self.unchecked.push(wire.clone());
            }
        }
        self.arguments.insert(name.to_owned(), value);
        let name_ident = ident(name);
        let of = self
            .emitter
            .cx
            .argument(&parameter.ty, &name_ident)
            .turbofish();
        let argument = quote!(run.arg #of(#name));
        if parameter.required {
            self.given.push(argument);
        } else {
            self.setters.push(quote!(.#name_ident(#argument)));
        }
        Ok(())
    }

    /// The first example at a place that fits.
    fn shown_of(&mut self, place: &Pointer, ty: &Type) -> Option<Value> {
        let all = self.examples.at(place);
        let kept = all
            .iter()
            .filter_map(|example| kept(self.emitter.cx.api, ty, example));
        let fitting: Vec<Value> = kept.collect();
        self.misfits += all.len() - fitting.len();
        fitting.into_iter().next()
    }

    /// An example at a place, or a value for the type.
    pub(super) fn shown(&mut self, place: &Pointer, ty: &Type) -> Option<Value> {
        let shown = self.shown_of(place, ty);
        shown.or_else(|| self.sampler.value(ty))
    }

    /// An answer for each documented status of which one is certain.
    fn answers(&mut self) -> Vec<Value> {
        let responses = &self.emitter.operation.responses;
        let mut answers = Vec::new();
        for response in responses {
            let status = status(response.status, responses);
            match status.and_then(|status| self.answer(response, status)) {
                Some(answer) => answers.push(answer),
                None => self.unplayed.push(response.status.to_string()),
            }
        }
        answers
    }

    fn answer(&mut self, response: &Response, status: u16) -> Option<Value> {
        let Some(media) = response.contents.first() else {
            return Some(json!({"status": status}));
        };
        if matches!(status, 204 | 205 | 304) || self.emitter.operation.method == Method::Head {
            return None;
        }
        let (text, body) = self.played(media)?;
        let mut answer = json!({"status": status, "text": text});
        if !media.media_type.contains('*') {
            answer["media_type"] = json!(media.media_type);
        } else if matches!(media.content, Content::Json(_)) {
            answer["media_type"] = json!("application/json");
        }
        // Of what goes wrong only JSON is decoded.
        if response.status.is_success() || matches!(media.content, Content::Json(_)) {
            answer["body"] = body;
        }
        if matches!(media.content, Content::Json(_)) {
            // The text is that of the body.
            answer.as_object_mut()?.shift_remove("text");
        }
        Some(answer)
    }

    /// The text of an answer and what it comes to.
    fn played(&mut self, media: &Media) -> Option<(String, Value)> {
        Some(match &media.content {
            Content::Json(ty) => {
                let value = self.shown(&media.origin, ty)?;
                (String::new(), value)
            }
            Content::JsonLines(ty) => {
                let value = self.shown(&media.origin, ty)?;
                (format!("{value}\n"), json!([value]))
            }
            Content::Events(ty) if self.emitter.cx.event(ty).is_some() => {
                let value = self.shown(&media.origin, ty)?;
                (format!("data: {value}\n\n"), json!([value]))
            }
            Content::Events(_) => ("data: some text\n\n".to_owned(), json!(["some text"])),
            Content::Text | Content::Bytes | Content::Form(..) | Content::Multipart(_) => {
                ("some text".to_owned(), json!("some text"))
            }
        })
    }
}

/// The runtime's function that reads what a success comes to.
fn read(emitter: &Emitter<'_>) -> Ident {
    let mut contents = emitter.operation.successes().map(Response::content);
    let first = contents.next().flatten();
    let is_one = contents.all(|content| content == first);
    ident(match first {
        Some(Content::Json(_) | Content::JsonLines(_)) if is_one => "json",
        Some(Content::Events(_)) if is_one => "events",
        Some(_) if is_one => "text",
        _ => "opaque",
    })
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

/// Whether a client sends the value where the parameter stands.
fn is_sendable(parameter: &Parameter, value: &Value) -> bool {
    let is_visible = |text: &str| {
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        text.bytes().all(is_plain) && text.trim() == text
    };
    match value {
        Value::Null => false,
        Value::String(text) => match parameter.place {
            Place::Path => !matches!(text.as_str(), "" | "." | ".."),
            Place::Query => true,
            Place::Header | Place::Cookie => !text.is_empty() && is_visible(text),
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

/// A parameter's value as it stands in the request, decoded: once, or once for each item. `None`
/// for what is written in a way of its own.
fn written(parameter: &Parameter, value: &Value) -> Option<Vec<String>> {
    let Encoding::Style {
        style: style @ (Style::Simple | Style::Form),
        explode,
        allow_reserved: false,
        ..
    } = parameter.encoding
    else {
        return None;
    };
    let Value::Array(items) = value else {
        return Some(vec![scalar(value)?]);
    };
    let items: Vec<String> = items.iter().map(scalar).collect::<Option<_>>()?;
    if explode && style == Style::Form {
        return Some(items);
    }
    let is_plain = |item: &String| !item.contains(',');
    items.iter().all(is_plain).then(|| vec![items.join(",")])
}

pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
