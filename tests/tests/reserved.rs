//! The list of what generated crates call something already (`clientsmith::name::reserved`) is
//! complete, and nothing on it is gone: it is compared with the code of every fixture, with the
//! runtime's traits and with a manifest.

use std::collections::BTreeSet;
use std::fs;

use clientsmith::Modelled;
use clientsmith::emit::RuntimeSource;
use clientsmith::model::{GroupId, SchemeId};
use clientsmith::name::reserved;
use clientsmith_tests::{Fixture, repository};
use syn::{Expr, ImplItem, Item, Pat, Stmt, TraitItem};

type Found = BTreeSet<String>;

fn set(names: &[&str]) -> Found {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The methods of each type that a file has any of, without those of traits.
fn methods(code: &str) -> Vec<(String, Vec<syn::ImplItemFn>)> {
    let file = syn::parse_file(code).expect("Rust");
    let own = file.items.into_iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    own.map(|block| {
        let syn::Type::Path(path) = &*block.self_ty else {
            panic!("an implementation of something else than a type");
        };
        let name = path.path.segments.last().unwrap().ident.to_string();
        let methods = block.items.into_iter().filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method),
            _ => None,
        });
        (name, methods.collect())
    })
    .collect()
}

/// What is found of each kind of type.
#[derive(Default)]
struct All {
    client: Found,
    client_builder: Found,
    group: Found,
    builder: Found,
    form: Found,
    headers: Found,
    model: Found,
    variables: Found,
}

impl All {
    fn add(&mut self, path: &str, code: &str, model: &Modelled) {
        for (name, methods) in methods(code) {
            let named = named_by_the_document(path, &name, model);
            let is_fixed =
                |method: &&syn::ImplItemFn| !named.contains(&method.sig.ident.to_string());
            let fixed = methods.iter().filter(is_fixed);
            let fixed = fixed.map(|method| method.sig.ident.to_string());
            let Some(found) = self.of(path, &name, model) else {
                continue;
            };
            found.extend(fixed);
            if path.starts_with("src/api/") {
                for method in &methods {
                    self.variables.extend(variables(method));
                }
            }
        }
    }

    fn of(&mut self, path: &str, name: &str, model: &Modelled) -> Option<&mut Found> {
        if path == "src/client.rs" {
            return Some(match name {
                "Client" => &mut self.client,
                _ => &mut self.client_builder,
            });
        }
        if path.starts_with("src/types/") {
            return Some(&mut self.model);
        }
        let names = &model.names;
        if groups(model).any(|id| names.group(id).type_name.as_str() == name) {
            return Some(&mut self.group);
        }
        let operations: Vec<_> = model
            .api
            .operations_with_ids()
            .map(|(id, _)| names.operation(id))
            .collect();
        if operations
            .iter()
            .any(|names| names.builder.as_str() == name)
        {
            return Some(&mut self.builder);
        }
        let forms = operations.iter().flat_map(|names| &names.bodies);
        if forms.clone().any(|body| body.form.as_str() == name) {
            return Some(&mut self.form);
        }
        // What is left are the enums of responses and errors, which have nothing named.
        let is_headers = operations
            .iter()
            .any(|names| names.headers.as_str() == name);
        is_headers.then_some(&mut self.headers)
    }
}

fn groups(model: &Modelled) -> impl Iterator<Item = GroupId> + use<> {
    (0..model.api.groups.len()).map(GroupId::new)
}

/// The methods of a type that the document names.
fn named_by_the_document(path: &str, name: &str, model: &Modelled) -> Found {
    let (api, names) = (&model.api, &model.names);
    let mut found = Found::new();
    let mut add = |name: &dyn ToString| found.extend([name.to_string()]);
    if path == "src/client.rs" {
        groups(model).for_each(|id| add(&names.group(id).accessor));
        for scheme in (0..api.schemes.len()).map(|index| names.scheme(SchemeId::new(index))) {
            for name in [&scheme.setter, &scheme.source, &scheme.client] {
                add(name);
            }
        }
    }
    // A group leads to those within it.
    for id in groups(model).filter(|_| path.starts_with("src/api/")) {
        let outer = api.groups[id.index()].parent;
        if outer.is_some_and(|outer| names.group(outer).type_name.as_str() == name) {
            add(&names.group(id).accessor);
        }
    }
    for (id, _) in api.types_with_ids() {
        if path.starts_with("src/types/") && names.type_name(id).as_str() == name {
            names.setters(id).iter().for_each(|name| add(name));
        }
        let is_builder = names
            .type_builder(id)
            .is_some_and(|builder| builder.as_str() == name);
        if path.starts_with("src/types/") && is_builder {
            names.setters(id).iter().for_each(|name| add(name));
            names.mixins(id).iter().for_each(|name| add(name));
        }
    }
    for (id, _) in api.operations_with_ids() {
        let operation = names.operation(id);
        let bodies = &operation.bodies;
        if operation.builder.as_str() == name {
            operation.parameters.iter().for_each(|name| add(name));
            operation.response_forms.iter().for_each(|name| add(name));
            for body in bodies {
                add(&body.setter);
            }
        } else if operation.headers.as_str() == name {
            operation.header_methods.iter().for_each(|name| add(name));
        } else if bodies.iter().any(|body| body.form.as_str() == name) {
            bodies
                .iter()
                .flat_map(|body| &body.parts)
                .for_each(|name| add(name));
        } else {
            add(&operation.method);
            for body in bodies {
                add(&body.method);
            }
        }
    }
    found
}

/// What a method calls its own variables, but for arguments that are bound to what they become.
fn variables(method: &syn::ImplItemFn) -> Vec<String> {
    let statements = method.block.stmts.iter();
    let bound = statements.filter_map(|statement| match statement {
        Stmt::Local(local) => Some(local),
        _ => None,
    });
    bound
        .filter_map(|local| {
            let pattern = match &local.pat {
                Pat::Type(typed) => &typed.pat,
                pattern => pattern,
            };
            let Pat::Ident(name) = pattern else {
                panic!("a pattern in {}", method.sig.ident);
            };
            let is_argument = method.sig.inputs.iter().any(|argument| match argument {
                syn::FnArg::Typed(typed) => {
                    matches!(&*typed.pat, Pat::Ident(known) if known.ident == name.ident)
                }
                syn::FnArg::Receiver(_) => false,
            });
            let init = local.init.as_ref().map(|init| &*init.expr);
            let is_of_itself =
                is_argument && matches!(init, Some(Expr::MethodCall(_) | Expr::Call(_)));
            (!is_of_itself).then(|| name.ident.to_string())
        })
        .collect()
}

/// The methods of a trait of the runtime.
fn trait_methods(file: &str, name: &str) -> Found {
    let code = fs::read_to_string(repository().join("runtime/src").join(file)).unwrap();
    let file = syn::parse_file(&code).expect("Rust");
    let found = file.items.into_iter().find_map(|item| match item {
        Item::Trait(item) if item.ident == name => Some(item),
        _ => None,
    });
    let items = found.expect("the trait").items.into_iter();
    let methods = items.filter_map(|item| match item {
        TraitItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    methods.collect()
}

#[test]
fn the_list_is_what_crates_and_the_runtime_have() {
    let mut all = All::default();
    let mut fixtures = Fixture::all();
    fixtures.extend(["opal", "launchdarkly", "datadog"].map(Fixture::vendor));
    for fixture in fixtures {
        let generated = fixture.generate(RuntimeSource::Path("runtime".to_owned()));
        let (tree, model) = (generated.tree.unwrap(), generated.model.unwrap());
        for (path, code) in tree.iter() {
            let path = path.as_str();
            let is_code = path.starts_with("src/api/")
                || path.starts_with("src/types/")
                || path == "src/client.rs";
            if is_code {
                all.add(path, code, &model);
            }
        }
    }
    assert_eq!(all.client, set(&reserved::CLIENT));
    assert_eq!(all.client_builder, set(&reserved::CLIENT_BUILDER));
    assert_eq!(all.group, set(&reserved::GROUP));
    assert_eq!(all.builder, set(&reserved::REQUEST_BUILDER));
    assert_eq!(all.form, set(&reserved::FORM));
    assert_eq!(all.headers, set(&reserved::HEADERS));
    let variables = [reserved::REQUEST_VARIABLES, reserved::FORM_VARIABLES].concat();
    assert_eq!(all.variables, set(&variables));
    assert_eq!(
        trait_methods("per_call.rs", "PerCall"),
        set(&reserved::PER_CALL)
    );
    let mut model = all.model;
    model.extend(trait_methods("validate/mod.rs", "Validate"));
    assert_eq!(model, set(&reserved::MODEL));
}

#[test]
fn the_features_are_the_runtimes() {
    let read = |path: &str| {
        let text = fs::read_to_string(repository().join(path)).unwrap();
        text.parse::<toml::Table>().unwrap()
    };
    let runtime = read("runtime/Cargo.toml");
    let opal = read("generated/opal/Cargo.toml");
    for feature in reserved::FEATURES {
        assert!(
            runtime["features"].get(feature.name).is_some(),
            "{}",
            feature.name
        );
    }
    let features = opal["features"].as_table().unwrap();
    let passed_on = features.iter().filter(|(_, implied)| {
        let implied = implied.as_array().unwrap();
        implied
            .iter()
            .any(|name| name.as_str().unwrap().starts_with("clientsmith-runtime/"))
    });
    let passed_on: Found = passed_on.map(|(name, _)| name.clone()).collect();
    assert_eq!(
        passed_on,
        set(&reserved::FEATURES.map(|feature| feature.name))
    );
    assert!(features.contains_key(reserved::DEFAULT_FEATURE));
}
