//! Parameters, those of the path item and those of the operation.

use openapiv3::{
    CookieStyle, HeaderStyle, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::lowering::{Lowering, SchemaRef, root};
use super::reference::is_lost;
use super::schema::Site;
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Constraints, Docs, Encoding, NameRoot, NameSource, OperationId, OperationRole, Parameter,
    ParameterLocation, Scalar, Style, Type, Untyped,
};

/// Headers that OpenAPI leaves to other parts of an operation: a parameter of that name says
/// nothing.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A parameter that stands in a list or is referred to there.
struct Found<'a> {
    parameter: &'a openapiv3::Parameter,
    /// Its place in the list.
    at: Pointer,
    /// Where it is defined.
    origin: Pointer,
}

impl Found<'_> {
    fn name(&self) -> &str {
        &self.parameter.parameter_data_ref().name
    }

    fn has_name_of(&self, other: &Self) -> bool {
        self.name() == other.name() && place(self.parameter).0 == place(other.parameter).0
    }

    /// Whether the two would be one in the request; prose does not matter.
    fn says_the_same_as(&self, other: &Self) -> bool {
        let [one, two] = [self, other].map(|found| found.parameter.parameter_data_ref());
        place(self.parameter) == place(other.parameter)
            && one.required == two.required
            && one.explode == two.explode
            && one.format == two.format
    }
}

/// A path and what its parameters are called where they are declared otherwise.
struct Template<'p> {
    path: &'p str,
    /// The declared name and the one in the path.
    renamed: Vec<(String, &'p str)>,
}

impl<'p> Template<'p> {
    /// A name that the path lacks is taken for the one that differs in case and separators only, or
    /// for the only one that is left over where it is the only one itself.
    fn new<'f>(path: &'p str, found: impl Iterator<Item = &'f Found<'f>>) -> Self {
        let declared: Vec<&str> = found
            .filter(|found| place(found.parameter).0 == ParameterLocation::Path)
            .map(Found::name)
            .collect();
        let mut open: Vec<&str> = template_names(path)
            .filter(|name| !declared.contains(name))
            .collect();
        let mut lost: Vec<&str> = Vec::new();
        for name in declared {
            if template_names(path).all(|known| known != name) && !lost.contains(&name) {
                lost.push(name);
            }
        }
        let mut renamed = Vec::new();
        lost.retain(|name| {
            let near = open.iter().position(|known| plain(known) == plain(name));
            if let Some(near) = near {
                renamed.push(((*name).to_owned(), open.remove(near)));
            }
            near.is_none()
        });
        if let ([name], [known]) = (lost.as_slice(), open.as_slice()) {
            renamed.push(((*name).to_owned(), *known));
        }
        Self { path, renamed }
    }

    fn wire<'n>(&self, name: &'n str) -> Option<&'n str>
    where
        'p: 'n,
    {
        if template_names(self.path).any(|known| known == name) {
            return Some(name);
        }
        let renamed = self.renamed.iter().find(|(declared, _)| declared == name);
        renamed.map(|(_, known)| *known)
    }
}

/// A name without what is spelled in different ways.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl<'a> Lowering<'a> {
    pub(super) fn parameters(
        &mut self,
        item: &'a PathItem,
        operation: &'a openapiv3::Operation,
        path: &str,
        id: OperationId,
        at: &Pointer,
    ) -> Vec<Parameter> {
        let item_at = at.parent().unwrap_or_default().key("parameters");
        let of_path = self.found(&item.parameters, &item_at);
        let own = self.found(&operation.parameters, &at.key("parameters"));
        let template = Template::new(path, of_path.iter().chain(&own));
        let mut parameters = self.list(of_path, &template, id);
        for parameter in self.list(own, &template, id) {
            let same = parameters
                .iter_mut()
                .find(|known| known.wire == parameter.wire && known.place == parameter.place);
            match same {
                // The operation's own declaration overrides the path item's.
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        let declared = [&item.parameters, &operation.parameters];
        self.add_undeclared(path, at, declared, &mut parameters);
        // Callers give what stands in the path as the path has it.
        parameters.sort_by_key(|parameter| match parameter.place {
            ParameterLocation::Path => {
                let place = template_names(path).position(|name| name == parameter.wire);
                place.unwrap_or(usize::MAX - 1)
            }
            _ => usize::MAX,
        });
        parameters
    }

    /// The parameters of a list, each once.
    fn found(
        &mut self,
        list: &'a [ReferenceOr<openapiv3::Parameter>],
        at: &Pointer,
    ) -> Vec<Found<'a>> {
        let mut all: Vec<Found<'a>> = Vec::with_capacity(list.len());
        let Some(components) = &self.parsed.openapi.components else {
            return all;
        };
        for (index, parameter) in list.iter().enumerate() {
            let at = at.index(index);
            let found = self.component(&components.parameters, parameter, at.clone());
            let Some((parameter, origin)) = found else {
                continue;
            };
            let found = Found {
                parameter,
                at,
                origin,
            };
            match all.iter().find(|first| first.has_name_of(&found)) {
                Some(first) => self.declared_twice(first, &found),
                None => all.push(found),
            }
        }
        all
    }

    fn declared_twice(&mut self, first: &Found<'a>, second: &Found<'a>) {
        let (place, name) = (place(second.parameter).0.as_str(), second.name());
        let first_at = self.diagnostics.original(first.at.clone());
        let message =
            format!("the {place} parameter `{name}` is declared twice, first at {first_at}");
        let code = Code::DuplicateParameter;
        if first.says_the_same_as(second) {
            self.diagnostics.warn(code, &second.at, message)
        } else {
            self.diagnostics.error(code, &second.at, message)
        }
        .help("remove one of the two");
    }

    fn list(
        &mut self,
        list: Vec<Found<'a>>,
        template: &Template<'_>,
        id: OperationId,
    ) -> Vec<Parameter> {
        list.into_iter()
            .filter_map(|found| self.parameter(&found, template, id))
            .collect()
    }

    fn parameter(
        &mut self,
        found: &Found<'a>,
        template: &Template<'_>,
        id: OperationId,
    ) -> Option<Parameter> {
        let origin = found.origin.clone();
        let data = found.parameter.parameter_data_ref();
        let (place, style, allow_reserved) = place(found.parameter);
        let wire = self.wire(place, &data.name, template, &found.at)?;
        let name = NameSource {
            root: root(
                &origin,
                NameRoot::Operation(id, OperationRole::Parameter(data.name.clone())),
            ),
            path: Vec::new(),
        };
        let explode = data.explode.unwrap_or(style == Style::Form);
        let by_style = Encoding::Style {
            style,
            explode,
            allow_reserved,
            allow_empty: allows_empty(found.parameter),
        };
        let site = Site {
            at: origin.clone(),
            name,
        };
        let (ty, encoding, schema) = self.value(data, by_style, &site);
        Some(Parameter {
            wire: wire.to_owned(),
            place,
            encoding,
            required: data.required || place == ParameterLocation::Path,
            // A parameter has no way to say null: it is left out.
            ty: match ty {
                Type::Nullable(inner) => *inner,
                ty => ty,
            },
            default: schema.and_then(default),
            constraints: schema
                .map(|schema| self.constraints(schema, &origin.key("schema")))
                .unwrap_or_default(),
            docs: Docs {
                summary: None,
                description: data.description.clone(),
                deprecated: data.deprecated.unwrap_or_default(),
                link: None,
            },
            origin,
        })
    }

    /// What a parameter of this place and name is called in the request, if it has a place there.
    fn wire<'b>(
        &mut self,
        place: ParameterLocation,
        name: &'b str,
        template: &Template<'b>,
        at: &Pointer,
    ) -> Option<&'b str> {
        match place {
            ParameterLocation::Header
                if IGNORED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) =>
            {
                let message = format!("OpenAPI ignores a header parameter named `{name}`");
                let note = self.diagnostics.note(Code::NotGenerated, at, message);
                if name.eq_ignore_ascii_case("authorization") {
                    note.help(
                        "callers set it for all requests: `bearer_token` of the client's builder, or \
                         a scheme under `[credentials]`",
                    );
                }
                None
            }
            ParameterLocation::Path => self.wire_in_path(name, template, at),
            _ => Some(name),
        }
    }

    fn wire_in_path<'b>(
        &mut self,
        name: &'b str,
        template: &Template<'b>,
        at: &Pointer,
    ) -> Option<&'b str> {
        let wire = template.wire(name);
        let path = template.path;
        let message = format!("the path `{path}` has no `{{{name}}}`");
        let code = Code::MissingPathParameter;
        match wire {
            Some(wire) if wire == name => {}
            Some(wire) => {
                let message = format!("{message}; it is taken as `{{{wire}}}`");
                let help = format!("call it `{wire}`");
                self.diagnostics.warn(code, at, message).help(help);
            }
            None => {
                let message = format!("{message}; the parameter is left out");
                let help = format!("add `{{{name}}}` to the path, or remove the parameter");
                self.diagnostics.warn(code, at, message).help(help);
            }
        }
        wire
    }

    /// What a parameter's value is, and how it is written: by its style, or as its content says.
    fn value(
        &mut self,
        data: &'a ParameterData,
        by_style: Encoding,
        site: &Site,
    ) -> (Type, Encoding, Option<SchemaRef<'a>>) {
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = SchemaRef::from(schema);
                (
                    self.ty(schema, &site.moved(site.at.key("schema"))),
                    by_style,
                    Some(schema),
                )
            }
            ParameterSchemaOrContent::Content(content) => {
                let found = content.iter().find_map(|(media_type, body)| {
                    Some((media_type, SchemaRef::from(body.schema.as_ref()?)))
                });
                let Some((media_type, schema)) = found else {
                    return (Type::Any(Untyped::EmptySchema), Encoding::Json, None);
                };
                let at = site.at.key("content").key(media_type).key("schema");
                let ty = self.ty(schema, &site.moved(at.clone()));
                if is_json(media_type) {
                    return (ty, Encoding::Json, Some(schema));
                }
                // Text stands there as it is; what is neither JSON nor text the caller writes.
                let is_text = matches!(self.api.resolve(&ty), Type::Scalar(_));
                if !is_text {
                    self.diagnostics
                        .warn(
                            Code::NotGenerated,
                            &at,
                            format!(
                                "a value of the media type `{media_type}` is not written from \
                                 its schema; the parameter is text"
                            ),
                        )
                        .help("give the parameter a `schema` and a `style`, or JSON");
                }
                let ty = if is_text {
                    ty
                } else {
                    Type::Scalar(Scalar::String)
                };
                (ty, by_style, is_text.then_some(schema))
            }
        }
    }

    /// A path parameter that is not declared is text: the path names it, and nothing says more.
    fn add_undeclared(
        &mut self,
        path: &str,
        at: &Pointer,
        declared: [&Vec<ReferenceOr<openapiv3::Parameter>>; 2],
        parameters: &mut Vec<Parameter>,
    ) {
        for name in template_names(path) {
            let is_declared = parameters.iter().any(|parameter| {
                parameter.place == ParameterLocation::Path && parameter.wire == name
            });
            if is_declared {
                continue;
            }
            // It may be what a reference to nothing would declare, of which has been spoken.
            let components = self.parsed.openapi.components.as_ref();
            let is_lost = components.is_some_and(|components| {
                let mut declared = declared.into_iter().flatten();
                declared.any(|parameter| is_lost(&components.parameters, parameter))
            });
            if !is_lost {
                self.diagnostics
                    .warn(
                        Code::MissingPathParameter,
                        at,
                        format!("the path parameter `{name}` is not declared; it is taken as text"),
                    )
                    .help("declare it under `parameters` with `in: path`");
            }
            parameters.push(Parameter {
                wire: name.to_owned(),
                place: ParameterLocation::Path,
                encoding: Encoding::Style {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
                    allow_empty: false,
                },
                required: true,
                ty: Type::Scalar(Scalar::String),
                default: None,
                constraints: Constraints::default(),
                docs: Docs::default(),
                origin: at.clone(),
            });
        }
    }
}

/// The names between the braces of a path.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// `allowEmptyValue`; the specification has it for the query, and some documents for the path.
fn allows_empty(parameter: &openapiv3::Parameter) -> bool {
    match parameter {
        openapiv3::Parameter::Query {
            allow_empty_value, ..
        } => *allow_empty_value == Some(true),
        openapiv3::Parameter::Path { parameter_data, .. } => {
            parameter_data.extensions.get("x-clientsmith-empty") == Some(&true.into())
        }
        _ => false,
    }
}

fn place(parameter: &openapiv3::Parameter) -> (ParameterLocation, Style, bool) {
    use openapiv3::Parameter as P;
    match parameter {
        P::Query {
            style,
            allow_reserved,
            ..
        } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (ParameterLocation::Query, style, *allow_reserved)
        }
        P::Header {
            style: HeaderStyle::Simple,
            ..
        } => (ParameterLocation::Header, Style::Simple, false),
        P::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (ParameterLocation::Path, style, false)
        }
        P::Cookie {
            style: CookieStyle::Form,
            ..
        } => (ParameterLocation::Cookie, Style::Form, false),
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || essence.to_ascii_lowercase().ends_with("+json")
}

fn default(schema: SchemaRef<'_>) -> Option<serde_json::Value> {
    match schema {
        SchemaRef::Item(schema) => schema.schema_data.default.clone(),
        SchemaRef::Reference(_) => None,
    }
}
