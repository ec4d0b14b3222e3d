//! Parameters, those of the path item and those of the operation.

use openapiv3::{
    CookieStyle, HeaderStyle, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::schema::Site;
use super::{Lowering, SchemaRef};
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Constraints, Docs, Encoding, NameRoot, NameSource, OperationId, OperationRole, Parameter,
    Place, Scalar, Style, Type, Untyped,
};

/// Headers that OpenAPI leaves to other parts of an operation: a parameter of that name says
/// nothing.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

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
        let mut parameters = self.list(&item.parameters, path, id, &item_at);
        for parameter in self.list(&operation.parameters, path, id, &at.key("parameters")) {
            let same = parameters
                .iter_mut()
                .find(|known| known.wire == parameter.wire && known.place == parameter.place);
            match same {
                // The operation's own declaration overrides the path item's.
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
        self.add_undeclared(path, at, &mut parameters);
        parameters
    }

    fn list(
        &mut self,
        list: &'a [ReferenceOr<openapiv3::Parameter>],
        path: &str,
        id: OperationId,
        at: &Pointer,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::with_capacity(list.len());
        for (index, parameter) in list.iter().enumerate() {
            let at = at.index(index);
            let Some(parameter) = self.parameter(parameter, path, id, &at) else {
                continue;
            };
            let first = parameters
                .iter()
                .find(|known| known.wire == parameter.wire && known.place == parameter.place);
            if let Some(first) = first {
                let (name, place) = (&parameter.wire, parameter.place.as_str());
                self.diagnostics
                    .error(
                        Code::DuplicateParameter,
                        &at,
                        format!(
                            "the {place} parameter `{name}` is declared twice, first at {}",
                            first.origin
                        ),
                    )
                    .help("remove one of the two");
                continue;
            }
            parameters.push(parameter);
        }
        parameters
    }

    fn parameter(
        &mut self,
        parameter: &'a ReferenceOr<openapiv3::Parameter>,
        path: &str,
        id: OperationId,
        at: &Pointer,
    ) -> Option<Parameter> {
        let (parameter, origin) = self.resolve_parameter(parameter, at.clone())?;
        let data = parameter.parameter_data_ref();
        let (place, style, allow_reserved) = place(parameter);
        if !self.belongs(place, &data.name, path, at) {
            return None;
        }
        let name = NameSource {
            root: NameRoot::Operation(id, OperationRole::Parameter(data.name.clone())),
            path: Vec::new(),
        };
        let explode = data.explode.unwrap_or(style == Style::Form);
        let by_style = Encoding::Style {
            style,
            explode,
            allow_reserved,
        };
        let (ty, encoding, schema) = self.value(
            data,
            by_style,
            &Site {
                at: origin.clone(),
                name,
            },
        );
        Some(Parameter {
            wire: data.name.clone(),
            place,
            encoding,
            required: data.required || place == Place::Path,
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
            },
            origin,
        })
    }

    /// Whether a parameter of this place and name has a place in the request.
    fn belongs(&mut self, place: Place, name: &str, path: &str, at: &Pointer) -> bool {
        match place {
            Place::Header if IGNORED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) => {
                self.diagnostics.note(
                    Code::NotGenerated,
                    at,
                    format!("OpenAPI ignores a header parameter named `{name}`"),
                );
                false
            }
            Place::Path if !path.contains(&format!("{{{name}}}")) => {
                self.diagnostics
                    .error(
                        Code::MissingPathParameter,
                        at,
                        format!("the path `{path}` has no `{{{name}}}`"),
                    )
                    .help(format!(
                        "add `{{{name}}}` to the path, or remove the parameter"
                    ));
                false
            }
            _ => true,
        }
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
                (
                    self.ty(schema, &site.moved(at)),
                    Encoding::Json,
                    Some(schema),
                )
            }
        }
    }

    fn resolve_parameter(
        &mut self,
        mut parameter: &'a ReferenceOr<openapiv3::Parameter>,
        mut at: Pointer,
    ) -> Option<(&'a openapiv3::Parameter, Pointer)> {
        let components = self.parsed.openapi.components.as_ref()?;
        // A chain longer than there are parameters is a cycle.
        for _ in 0..=components.parameters.len() {
            match parameter {
                ReferenceOr::Item(parameter) => return Some((parameter, at)),
                ReferenceOr::Reference { reference } => {
                    let found = super::body::component(&components.parameters, reference);
                    let Some(found) = found else { break };
                    (parameter, at) = found;
                }
            }
        }
        if let ReferenceOr::Reference { reference } = parameter {
            self.unresolved(reference, &at);
        }
        None
    }

    /// A path parameter that is not declared is text: the path names it, and nothing says more.
    fn add_undeclared(&mut self, path: &str, at: &Pointer, parameters: &mut Vec<Parameter>) {
        for name in template_names(path) {
            let is_declared = parameters
                .iter()
                .any(|parameter| parameter.place == Place::Path && parameter.wire == name);
            if is_declared {
                continue;
            }
            self.diagnostics
                .warn(
                    Code::MissingPathParameter,
                    at,
                    format!("the path parameter `{name}` is not declared; it is taken as text"),
                )
                .help("declare it under `parameters` with `in: path`");
            parameters.push(Parameter {
                wire: name.to_owned(),
                place: Place::Path,
                encoding: Encoding::Style {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
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

fn place(parameter: &openapiv3::Parameter) -> (Place, Style, bool) {
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
            (Place::Query, style, *allow_reserved)
        }
        P::Header {
            style: HeaderStyle::Simple,
            ..
        } => (Place::Header, Style::Simple, false),
        P::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (Place::Path, style, false)
        }
        P::Cookie {
            style: CookieStyle::Form,
            ..
        } => (Place::Cookie, Style::Form, false),
    }
}

fn default(schema: SchemaRef<'_>) -> Option<serde_json::Value> {
    match schema {
        SchemaRef::Item(schema) => schema.schema_data.default.clone(),
        SchemaRef::Reference(_) => None,
    }
}
