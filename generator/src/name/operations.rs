//! The names of operations, their groups and their credentials.

use super::bodies::{
    bodies, builder_methods, candidates as candidates_of, form_types, header_methods, variants,
};
use super::files::{LONGEST, file_word, tests};
use super::identifiers::{FeatureName, MethodName, ModuleName, TypeName};
use super::reserved;
use super::settle::{Candidate, settle};
use super::statics::statics;
use super::tables::{GroupNames, OperationNames, SchemeNames};
use super::verbs::{self, Phrase};
use super::words::{LONGEST_TYPE, camel, cut, escape, escape_plain, kebab, or, snake, spell_signs};
use crate::config::Naming;
use crate::model::{Api, Group, GroupId, Operation, Scheme};

/// What a group without a tag is called.
const UNTAGGED: &str = "api";

pub(super) fn groups(api: &Api) -> Vec<GroupNames> {
    let word = |group: &Group| match (&group.tag, group.resource.as_slice()) {
        (Some(tag), _) => tag.clone(),
        (None, []) => UNTAGGED.to_owned(),
        (None, words) => words.join(" "),
    };
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
    let modules = settled(&|tag| file_word(&snake(tag), "group"), &reserved::FILES);
    let types = settled(
        &|tag| vec![cut(or(camel(tag), "Group"), LONGEST_TYPE)],
        &["Client", "ClientBuilder"],
    );
    let accessor = |tag: &str| {
        let plain = or(snake(tag), "group");
        vec![plain.clone(), format!("{plain}_api")]
    };
    let taken = [&reserved::CLIENT[..], &reserved::OF_TRAITS].concat();
    let accessors = settled(&accessor, &taken);
    let feature = |tag: &str| {
        let plain = cut(or(kebab(tag), "group"), LONGEST).replace('_', "-");
        // Cargo lets no feature begin with a dash, and a digit reads badly on a command line.
        vec![plain.clone(), format!("{plain}-api")]
    };
    let mut taken = vec![reserved::DEFAULT_FEATURE];
    taken.extend(reserved::FEATURES.map(|feature| feature.name));
    let features = settled(&feature, &taken);
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

/// What each operation is called in its group.
pub(super) fn phrases(api: &Api, naming: &Naming) -> Vec<Phrase> {
    let mut phrases: Vec<Option<Phrase>> = vec![None; api.operations.len()];
    for group in &api.groups {
        let of_group = verbs::phrases(api, group, naming);
        for (id, phrase) in group.operations.iter().zip(of_group) {
            if let Some(slot) = phrases.get_mut(id.index()) {
                *slot = Some(phrase);
            }
        }
    }
    // Every operation is in one group.
    phrases.into_iter().flatten().collect()
}

/// Groups within groups are methods beside the operations: those keep their names.
pub(super) fn nested_accessors(
    api: &Api,
    groups: &mut [GroupNames],
    operations: &[OperationNames],
) {
    for (index, outer) in api.groups.iter().enumerate() {
        let inner: Vec<usize> = (0..api.groups.len())
            .filter(|inner| {
                api.groups
                    .get(*inner)
                    .is_some_and(|inner| inner.parent == Some(GroupId::new(index)))
            })
            .collect();
        let wishes: Vec<[String; 2]> = inner
            .iter()
            .filter_map(|index| api.groups.get(*index)?.resource.last())
            .map(|word| or(snake(word), "group"))
            .map(|word| [word.clone(), format!("{word}_api")])
            .collect();
        let names = outer
            .operations
            .iter()
            .filter_map(|id| operations.get(id.index()));
        let names: Vec<&str> = names
            .flat_map(|names| {
                names
                    .bodies
                    .iter()
                    .map(|body| &body.method)
                    .chain([&names.method])
            })
            .map(MethodName::plain)
            .chain(reserved::group_methods())
            .collect();
        for (index, name) in inner.iter().zip(settle(&candidates_of(&wishes), &names)) {
            if let Some(group) = groups.get_mut(*index) {
                group.accessor = MethodName(escape(name));
            }
        }
    }
}

pub(super) fn operations(
    api: &Api,
    groups: &[GroupNames],
    phrases: &[Phrase],
) -> Vec<OperationNames> {
    let mut names: Vec<Option<OperationNames>> = Vec::new();
    names.resize_with(api.operations.len(), || None);
    for (group, group_names) in api.groups.iter().zip(groups) {
        let members: Vec<&Operation> = group
            .operations
            .iter()
            .filter_map(|id| api.operations.get(id.index()))
            .collect();
        let phrases = group
            .operations
            .iter()
            .filter_map(|id| phrases.get(id.index()));
        let of_group = members_of_group(&members, group_names, &phrases.collect::<Vec<_>>());
        for (id, of_operation) in group.operations.iter().zip(of_group) {
            if let Some(slot) = names.get_mut(id.index()) {
                *slot = Some(of_operation);
            }
        }
    }
    // Every operation is in the one group of its first tag.
    names.into_iter().flatten().collect()
}

/// The names of the operations of one group.
fn members_of_group(
    members: &[&Operation],
    group: &GroupNames,
    phrases: &[&Phrase],
) -> Vec<OperationNames> {
    let methods = methods(members, phrases);
    let types = builder_types(&methods, group);
    let variants = variants(members, &methods);
    let forms = form_types(members, &methods, &types, group);
    let on_builders: Vec<_> = members.iter().copied().map(builder_methods).collect();
    let parameters: Vec<_> = on_builders
        .iter()
        .map(|(first, ..)| first.clone())
        .collect();
    let statics = statics(members, &methods, &parameters);
    let mut named = Vec::with_capacity(members.len());
    for (((((operation, method), types), (variants, forms)), on_builder), statics) in members
        .iter()
        .zip(&methods)
        .zip(types)
        .zip(variants.into_iter().zip(forms))
        .zip(on_builders)
        .zip(statics)
    {
        let (parameters, setters, response_forms) = on_builder;
        let [builder, error, success] = types.map(|name| TypeName(escape(name)));
        let (headers, forms) = forms;
        let own = std::iter::once(method.clone()).chain(variants);
        named.push(OperationNames {
            method: MethodName(escape(method.clone())),
            builder,
            error,
            success,
            parameters,
            bodies: bodies(operation, own, setters, forms),
            response_forms,
            headers: TypeName(headers),
            header_methods: header_methods(operation),
            statics,
            tests: Vec::new(),
        });
    }
    let tests = tests(members, &named);
    for (names, tests) in named.iter_mut().zip(tests) {
        names.tests = tests;
    }
    named
}

/// The methods of a group's type that begin the requests.
fn methods(members: &[&Operation], phrases: &[&Phrase]) -> Vec<String> {
    let candidates: Vec<_> = members
        .iter()
        .zip(phrases)
        .map(|(operation, phrase)| {
            let methods = phrase.methods.iter().filter(|name| !name.is_empty());
            let mut wishes: Vec<String> = methods.cloned().collect();
            if wishes.is_empty() {
                wishes.push("operation".to_owned());
            }
            wishes.push(snake(&spell_signs(&operation.id)));
            Candidate {
                wire: &operation.id,
                wishes,
            }
        })
        .collect();
    settle(&candidates, &reserved::group_methods())
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
            .map(|name| cut(name, LONGEST_TYPE))
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

pub(super) fn schemes(api: &Api) -> Vec<SchemeNames> {
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
    let mut taken: Vec<&str> = reserved::CLIENT_BUILDER.to_vec();
    taken.extend(reserved::OF_TRAITS);
    // A scheme of this name that takes a bearer token is that method itself.
    let takes_token = |scheme: &Scheme| {
        snake(&scheme.name) == reserved::BEARER_TOKEN && scheme.kind.is_bearer_token()
    };
    if api.schemes.iter().any(takes_token) {
        taken.retain(|name| *name != reserved::BEARER_TOKEN);
    }
    let setters = settle(&candidates, &taken);
    // After all that the document names itself, so that none of it moves.
    taken.extend(setters.iter().map(String::as_str));
    let wishes: Vec<[String; 2]> = setters
        .iter()
        .flat_map(|setter| {
            ["source", "client"]
                .map(|what| [format!("{setter}_{what}"), format!("{setter}_token_{what}")])
        })
        .collect();
    let mut others = settle(&candidates_of(&wishes), &taken).into_iter();
    let method = |name: Option<String>| MethodName(escape(name.unwrap_or_default()));
    let names = setters.iter().map(|setter| SchemeNames {
        setter: method(Some(setter.clone())),
        source: method(others.next()),
        client: method(others.next()),
    });
    names.collect()
}
