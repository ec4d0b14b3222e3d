//! Every example and default of a document, with the schema it must fit and the type it must become.
//!
//! This walks the document as its author wrote it, not the model, so that what lowering overlooks
//! shows up here as an example without a type.

use std::collections::BTreeMap;

use clientsmith::diagnostic::Pointer;
use clientsmith::inspect::SchemaInfo;
use serde_json::Value;

/// References that are followed before a cycle is assumed.
const MAX_REFERENCES: usize = 32;

/// The keywords of a schema that hold schemas by name or by position.
const NAMED: [&str; 5] = [
    "properties",
    "patternProperties",
    "prefixItems",
    "$defs",
    "definitions",
];

/// A value that the document shows.
#[derive(Debug)]
pub(crate) struct Example<'d> {
    /// Where it stands.
    pub(crate) at: Pointer,
    /// The schema that it must fit.
    pub(crate) schema: Pointer,
    /// The type that it must become.
    pub(crate) ty: String,
    /// Whether requests send the type.
    pub(crate) sent: bool,
    /// The value.
    pub(crate) value: &'d Value,
    /// What exactly it must come out as; `None` for what the document itself shows.
    pub(crate) expected: Option<&'d Value>,
    /// Whether every union in it is to be one of its members.
    pub(crate) is_known: bool,
}

/// What a document shows.
#[derive(Debug, Default)]
pub(crate) struct Examples<'d> {
    /// The values whose schemas have a type.
    pub(crate) typed: Vec<Example<'d>>,
    /// The places of the others.
    pub(crate) untyped: Vec<Pointer>,
}

/// Collects a document's examples.
pub(crate) fn collect<'d>(root: &'d Value, places: &BTreeMap<Pointer, SchemaInfo>) -> Examples<'d> {
    let mut collector = Collector {
        root,
        places,
        found: Examples::default(),
    };
    collector.document();
    collector.found
}

/// A schema, and where its type is looked for.
struct Site {
    /// Where it stands.
    at: Pointer,
    /// The place whose type it has if it has none of its own.
    typed: Pointer,
    /// The schema that counts if that is so.
    judged: Pointer,
}

impl Site {
    fn at(at: &Pointer) -> Self {
        Self::within(at, at.clone())
    }

    fn within(at: &Pointer, typed: Pointer) -> Self {
        Self {
            at: at.clone(),
            typed,
            judged: at.clone(),
        }
    }
}

struct Collector<'d, 'p> {
    root: &'d Value,
    places: &'p BTreeMap<Pointer, SchemaInfo>,
    found: Examples<'d>,
}

impl<'d> Collector<'d, '_> {
    fn document(&mut self) {
        let root = Pointer::root();
        let components = root.key("components");
        for place in [components.key("schemas"), root.key("definitions")] {
            self.each(&place, |this, at| this.schema(&Site::at(at)));
        }
        for place in [components.key("parameters"), root.key("parameters")] {
            self.each(&place, Self::parameter);
        }
        for place in [
            components.key("requestBodies"),
            components.key("responses"),
            root.key("responses"),
        ] {
            self.each(&place, Self::content);
        }
        self.each(&root.key("paths"), |this, item| {
            this.each(&item.key("parameters"), Self::parameter);
            for method in super::METHODS {
                this.operation(&item.key(method));
            }
            this.each(&item.key("additionalOperations"), Self::operation);
        });
    }

    fn operation(&mut self, at: &Pointer) {
        self.each(&at.key("parameters"), Self::parameter);
        self.content(&at.key("requestBody"));
        self.each(&at.key("responses"), Self::content);
    }

    /// A parameter; in Swagger 2.0 it is its own schema, or a body.
    fn parameter(&mut self, at: &Pointer) {
        let Some(parameter) = self.object(at) else {
            return;
        };
        if parameter.contains_key("$ref") {
            return;
        }
        if parameter.contains_key("content") {
            self.content(at);
        } else if parameter.contains_key("schema") {
            let site = Site::within(&at.key("schema"), at.clone());
            self.shown(at, &site);
            self.schema(&site);
        } else {
            self.schema(&Site::at(at));
        }
    }

    /// A body: media types with a schema each, or Swagger 2.0's one schema with an example each.
    fn content(&mut self, at: &Pointer) {
        let json: Vec<_> = self
            .keys(&at.key("content"))
            .filter(|media_type| is_json(media_type))
            .collect();
        for media_type in json {
            let media = at.key("content").key(media_type);
            let site = Site::within(&media.key("schema"), at.clone());
            self.shown(&media, &site);
            self.schema(&site);
        }
        if self.object(&at.key("schema")).is_some() {
            let site = Site::within(&at.key("schema"), at.clone());
            let json: Vec<_> = self
                .keys(&at.key("examples"))
                .filter(|media| is_json(media))
                .collect();
            for media_type in json {
                self.put(at.key("examples").key(media_type), &site);
            }
            self.schema(&site);
        }
    }

    /// `example` and `examples` beside a schema.
    fn shown(&mut self, at: &Pointer, site: &Site) {
        self.put(at.key("example"), site);
        self.each(&at.key("examples"), |this, example| {
            this.put(this.follow(example.clone()).key("value"), site);
        });
    }

    fn schema(&mut self, site: &Site) {
        let Some(schema) = self.object(&site.at) else {
            return;
        };
        let at = &site.at;
        self.put(at.key("example"), site);
        self.put(at.key("default"), site);
        if let Some(Value::Array(list)) = schema.get("examples") {
            for index in 0..list.len() {
                self.put(at.key("examples").index(index), site);
            }
        }
        let own = self.info(at);
        let defined = own
            .or_else(|| self.info(&site.typed))
            .and_then(|info| info.definition.clone());
        let known = if own.is_some() { at } else { &site.typed };
        let base = defined.unwrap_or_else(|| known.clone());
        for keyword in NAMED {
            self.each(&at.key(keyword), |this, at| {
                let key = at.segments().last().unwrap_or_default().into_owned();
                this.schema(&Site::within(at, base.key(keyword).key(&key)));
            });
        }
        for keyword in ["items", "additionalProperties"] {
            self.schema(&Site::within(&at.key(keyword), base.key(keyword)));
        }
        for keyword in ["oneOf", "anyOf"] {
            // What a member takes the union takes.
            self.each(&at.key(keyword), |this, at| {
                this.schema(&Site::within(at, base.clone()));
            });
        }
        // What a part of an `allOf` shows may not be the whole: the whole must take it.
        self.each(&at.key("allOf"), |this, at| {
            this.schema(&Site {
                judged: site.judged.clone(),
                ..Site::within(at, base.clone())
            });
        });
    }

    fn put(&mut self, at: Pointer, site: &Site) {
        let Some(value) = self.root.pointer(at.as_str()) else {
            return;
        };
        let own = self.info(&site.at).map(|info| (info, &site.at));
        let found = own.or_else(|| Some((self.info(&site.typed)?, &site.judged)));
        match found {
            Some((info, schema)) => self.found.typed.push(Example {
                at,
                schema: schema.clone(),
                ty: info.ty.clone(),
                sent: info.sent,
                value,
                expected: None,
                is_known: true,
            }),
            None => self.found.untyped.push(at),
        }
    }

    /// The type of the schema at a place, or of what it refers to.
    fn info(&self, at: &Pointer) -> Option<&SchemaInfo> {
        let mut at = at.clone();
        for _ in 0..MAX_REFERENCES {
            if let Some(info) = self.places.get(&at) {
                return Some(info);
            }
            at = reference(self.root.pointer(at.as_str())?)?;
        }
        None
    }

    /// Where a reference leads; the place itself if it is none.
    fn follow(&self, mut at: Pointer) -> Pointer {
        for _ in 0..MAX_REFERENCES {
            let Some(next) = self.root.pointer(at.as_str()).and_then(reference) else {
                break;
            };
            at = next;
        }
        at
    }

    fn object(&self, at: &Pointer) -> Option<&'d serde_json::Map<String, Value>> {
        self.root.pointer(at.as_str())?.as_object()
    }

    fn keys(&self, at: &Pointer) -> impl Iterator<Item = &'d String> + use<'d> {
        self.object(at).into_iter().flat_map(serde_json::Map::keys)
    }

    /// Visits the members of an object or the items of a list.
    fn each(&mut self, at: &Pointer, mut visit: impl FnMut(&mut Self, &Pointer)) {
        match self.root.pointer(at.as_str()) {
            Some(Value::Object(object)) => {
                object.keys().for_each(|key| visit(self, &at.key(key)));
            }
            Some(Value::Array(list)) => {
                (0..list.len()).for_each(|index| visit(self, &at.index(index)));
            }
            _ => {}
        }
    }
}

/// Where a schema refers to within the document.
pub(crate) fn reference(schema: &Value) -> Option<Pointer> {
    let text = schema.get("$ref")?.as_str()?;
    Pointer::parse(text.strip_prefix('#')?)
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    matches!(
        essence,
        "application/json" | "text/json" | "*/*" | "application/*"
    ) || essence.ends_with("+json")
}
