//! The names of operations, their groups and their credentials.

use super::bodies::{BodyNames, bodies, builder_methods, form_types, header_methods, variants};
use super::settle::{Candidate, settle};
use super::words::{camel, escape, escape_plain, guard_digit, kebab, snake};
use super::{FeatureName, MethodName, ModuleName, TypeName};
use crate::model::{Api, Group, Operation};

/// The names of a group of operations.
#[derive(Debug)]
pub struct GroupNames {
    /// The module under `api`.
    pub module: ModuleName,
    /// The type that has the operations' methods.
    pub type_name: TypeName,
    /// The method of the client that returns it.
    pub accessor: MethodName,
    /// The Cargo feature.
    pub feature: FeatureName,
}

/// The names of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method of the group's type.
    pub method: MethodName,
    /// The request's builder.
    pub builder: TypeName,
    /// The enum of documented error bodies.
    pub error: TypeName,
    /// The enum of success bodies, where there are several.
    pub success: TypeName,
    /// The argument or setter of each parameter, in the operation's order.
    pub parameters: Vec<MethodName>,
    /// The forms of the body, in its order.
    pub bodies: Vec<BodyNames>,
    /// The methods of [`Operation::answers`], in its order.
    pub answers: Vec<MethodName>,
    /// The type of the documented headers of responses, where there are any.
    pub headers: TypeName,
    /// The methods of [`Operation::response_headers`], in its order.
    pub header_methods: Vec<MethodName>,
}

/// What a group without a tag is called.
const UNTAGGED: &str = "api";

/// Methods of the generated client, which an accessor must not shadow.
const CLIENT_METHODS: [&str; 4] = ["builder", "from_env", "clone", "clone_from"];

/// Features of a generated crate that are no groups.
const FEATURES: [&str; 10] = [
    "default",
    "rustls",
    "native-tls",
    "http2",
    "gzip",
    "patterns",
    "blocking",
    "tracing",
    "serde",
    "stream",
];

/// Methods of the client's builder, which a credential's setter must not shadow.
const CLIENT_BUILDER_METHODS: [&str; 21] = [
    "build",
    "from_env",
    "base_url",
    "server",
    "server_variable",
    "timeout",
    "connect_timeout",
    "user_agent",
    "default_header",
    "transport",
    "http_client",
    "reqwest_client",
    "middleware",
    "retry",
    "reconnect",
    "idle_timeout",
    "max_body_bytes",
    "send_read_only",
    "proxy",
    "new",
    "token_source",
];

pub(super) fn groups(api: &Api) -> Vec<GroupNames> {
    let word = |group: &Group| group.tag.clone().unwrap_or_else(|| UNTAGGED.to_owned());
    let tags: Vec<String> = api.groups.iter().map(word).collect();
    let settled = |make: &dyn Fn(&str) -> Vec<String>, taken: &[&str]| {
        let candidates: Vec<_> = tags
            .iter()
            .map(|tag| Candidate {
                wire: tag,
                wishes: make(tag),
            })
            .collect();
        settle(&candidates, taken)
    };
    let modules = settled(&|tag| vec![or(ascii(&snake(tag)), "group")], &[]);
    let types = settled(
        &|tag| vec![or(camel(tag), "Group")],
        &["Client", "ClientBuilder"],
    );
    let accessor = |tag: &str| {
        let plain = or(snake(tag), "group");
        vec![plain.clone(), format!("{plain}_api")]
    };
    let accessors = settled(&accessor, &CLIENT_METHODS);
    let feature = |tag: &str| {
        let plain = or(kebab(tag), "group");
        // Cargo lets no feature begin with a dash, and a digit reads badly on a command line.
        vec![plain.clone(), format!("{plain}-api")]
    };
    let features = settled(&feature, &FEATURES);
    modules
        .into_iter()
        .zip(types)
        .zip(accessors)
        .zip(features)
        .map(|(((module, type_name), accessor), feature)| GroupNames {
            module: ModuleName(escape_plain(module)),
            type_name: TypeName(escape(type_name)),
            accessor: MethodName(escape(accessor)),
            feature: FeatureName(feature),
        })
        .collect()
}

pub(super) fn operations(api: &Api, groups: &[GroupNames]) -> Vec<OperationNames> {
    let mut names: Vec<Option<OperationNames>> = Vec::new();
    names.resize_with(api.operations.len(), || None);
    for (group, group_names) in api.groups.iter().zip(groups) {
        let members: Vec<&Operation> = group
            .operations
            .iter()
            .filter_map(|id| api.operations.get(id.index()))
            .collect();
        let methods: Vec<_> = members
            .iter()
            .map(|operation| {
                let wish = operation.pinned.as_ref().unwrap_or(&operation.id);
                let plain = or(snake(wish), "operation");
                Candidate {
                    wire: &operation.id,
                    wishes: vec![plain],
                }
            })
            .collect();
        let methods = settle(&methods, &["new", "clone"]);
        let types = builder_types(&methods, group_names);
        let variants = variants(&members, &methods);
        let forms = form_types(&members, &methods, &types, group_names);
        for ((((id, operation), method), types), (variants, forms)) in group
            .operations
            .iter()
            .zip(&members)
            .zip(&methods)
            .zip(types)
            .zip(variants.into_iter().zip(forms))
        {
            let (parameters, setters, answers) = builder_methods(operation);
            let [builder, error, success] = types.map(|name| TypeName(escape(name)));
            let (headers, forms) = forms;
            let own = std::iter::once(method.clone()).chain(variants);
            let bodies = bodies(operation, own, setters, forms);
            if let Some(slot) = names.get_mut(id.index()) {
                *slot = Some(OperationNames {
                    method: MethodName(escape(method.clone())),
                    builder,
                    error,
                    success,
                    parameters,
                    bodies,
                    answers,
                    headers: TypeName(headers),
                    header_methods: header_methods(operation),
                });
            }
        }
    }
    // Every operation is in the one group of its first tag.
    names.into_iter().flatten().collect()
}

/// Three types per operation, all in the group's module.
fn builder_types(methods: &[String], group: &GroupNames) -> Vec<[String; 3]> {
    let wishes: Vec<String> = methods
        .iter()
        .flat_map(|method| {
            let base = camel(method);
            [
                base.clone(),
                format!("{base}Error"),
                format!("{base}Success"),
            ]
        })
        .collect();
    let candidates: Vec<_> = wishes
        .iter()
        .map(|wish| Candidate {
            wire: wish,
            wishes: vec![wish.clone(), format!("{wish}Request")],
        })
        .collect();
    let settled = settle(&candidates, &[group.type_name.as_str()]);
    settled
        .chunks(3)
        .filter_map(|chunk| <[String; 3]>::try_from(chunk.to_vec()).ok())
        .collect()
}

/// The modules of types that no single group owns, beside the groups' own.
pub(super) fn types_modules(groups: &[GroupNames]) -> [ModuleName; 2] {
    let taken: Vec<&str> = groups.iter().map(|group| group.module.as_str()).collect();
    [
        ["shared", "shared_types"],
        ["all_groups", "all_groups_types"],
    ]
    .map(|wishes| {
        let wishes = wishes.map(str::to_owned).to_vec();
        let candidate = Candidate { wire: "", wishes };
        ModuleName(settle(&[candidate], &taken).concat())
    })
}

pub(super) fn schemes(api: &Api) -> Vec<MethodName> {
    let candidates: Vec<_> = api
        .schemes
        .iter()
        .map(|scheme| {
            let plain = or(snake(&scheme.name), "credential");
            let wishes = vec![plain.clone(), format!("{plain}_credential")];
            Candidate {
                wire: &scheme.name,
                wishes,
            }
        })
        .collect();
    settle(&candidates, &CLIENT_BUILDER_METHODS)
        .into_iter()
        .map(|name| MethodName(escape(name)))
        .collect()
}

/// What a file can be called everywhere; rustc finds no module whose name has other letters.
fn ascii(word: &str) -> String {
    let letters = word.chars().filter(char::is_ascii).collect::<String>();
    guard_digit(letters.trim_matches('_').to_owned(), "_")
}

pub(super) fn or(word: String, fallback: &str) -> String {
    if word.is_empty() {
        fallback.to_owned()
    } else {
        word
    }
}
