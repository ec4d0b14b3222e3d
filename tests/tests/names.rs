//! Names do not move: whatever is added to a document, what was there keeps its name.

use std::collections::{BTreeMap, BTreeSet};

use clientsmith::config::Config;
use clientsmith::diagnostic::Diagnostics;
use clientsmith::emit::RuntimeSource;
use clientsmith::model::SchemeId;
use clientsmith::read;
use clientsmith_tests::Fixture;
use serde_json::{Map, Value, json};

/// The Rust names of all types, with those of their fields and variants, by their places.
fn names(fixture: &Fixture, change: impl FnOnce(&mut Value)) -> BTreeMap<String, Vec<String>> {
    let mut document = read::read(&fixture.path).unwrap_or_else(|_| panic!("{}", fixture.name));
    change(&mut document.root);
    names_of(document.root, &fixture.config)
}

fn names_of(root: Value, config: &Config) -> BTreeMap<String, Vec<String>> {
    let model = clientsmith::model(root, config, &mut Diagnostics::new()).expect("a model");
    let mut found = BTreeMap::new();
    for (id, def) in model.api.types_with_ids() {
        let mut names = vec![model.names.type_name(id).to_string()];
        names.extend(model.names.fields(id).iter().map(ToString::to_string));
        names.extend(model.names.variants(id).iter().map(ToString::to_string));
        names.extend(model.names.setters(id).iter().map(ToString::to_string));
        found.insert(format!("{} {:?}", def.origin, def.name.path), names);
    }
    for (id, operation) in model.api.operations_with_ids() {
        let group = model.names.group(operation.group);
        let names = model.names.operation(id);
        // Statics, tests and all else of it: whatever it has is shown.
        let all = format!("{group:?} {names:?} {:?}", model.names.example(id));
        let place = format!("{} {}", operation.method.as_str(), operation.path);
        found.insert(place, vec![all]);
    }
    for (index, scheme) in model.api.schemes.iter().enumerate() {
        let names = model.names.scheme(SchemeId::new(index));
        found.insert(
            format!("scheme {}", scheme.name),
            vec![format!("{names:?}")],
        );
    }
    found
}

/// Operations with tags and parameters that nothing else has, and a scheme.
fn add_operations(root: &mut Value, at_the_front: bool) {
    let added = json!({
        "/added-by-the-test/{id}": {
            "get": {
                "operationId": "added_by_the_test",
                "tags": ["added by the test"],
                "parameters": [
                    {"name": "id", "in": "path", "required": true, "type": "string", "schema": {"type": "string"}},
                    {"name": "id", "in": "query", "type": "string", "schema": {"type": "string"}}
                ],
                "responses": {"204": {"description": "."}}
            }
        }
    });
    let (Some(Value::Object(paths)), Value::Object(added)) =
        (root.get_mut("paths").map(Value::take), added)
    else {
        return;
    };
    let all: Map<String, Value> = if at_the_front {
        added.into_iter().chain(paths).collect()
    } else {
        paths.into_iter().chain(added).collect()
    };
    root["paths"] = Value::Object(all);
    if let Some(schemes) = root.pointer_mut("/components/securitySchemes") {
        schemes["added_by_the_test"] = json!({"type": "apiKey", "in": "header", "name": "X-Added"});
    }
}

/// Schemas that take names which nothing else has, with fields and values that others have too.
fn add(root: &mut Value, at_the_front: bool) {
    let folder = if root.get("swagger").is_some() {
        root.as_object_mut()
    } else {
        root["components"].as_object_mut()
    };
    let key = ["definitions", "schemas"].into_iter().find(|key| {
        folder
            .as_ref()
            .is_some_and(|folder| folder.contains_key(*key))
    });
    let (Some(folder), Some(key)) = (folder, key) else {
        return;
    };
    let added = json!({
        "AddedByTheTest": {"type": "object", "properties": {
            "state": {"type": "string", "enum": ["free", "Free", "FREE"]},
            "inner": {"type": "object", "properties": {"geo": {"type": "object", "properties": {"lat": {"type": "number"}}}}},
            "items": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"a": {"type": "string"}}}]}}
        }},
        "added-by-the-test": {"type": "string", "enum": ["a", "A"]},
    });
    let (Some(Value::Object(schemas)), Value::Object(added)) = (folder.remove(key), added) else {
        panic!("no schemas");
    };
    let all: Map<String, Value> = if at_the_front {
        added.into_iter().chain(schemas).collect()
    } else {
        schemas.into_iter().chain(added).collect()
    };
    folder.insert(key.to_owned(), Value::Object(all));
}

#[test]
fn an_addition_renames_nothing() {
    let mut compared = 0;
    for fixture in Fixture::all() {
        let before = names(&fixture, |_| {});
        for at_the_front in [true, false] {
            let after = names(&fixture, |root| {
                add(root, at_the_front);
                add_operations(root, at_the_front);
            });
            for (place, names) in &before {
                assert_eq!(after.get(place), Some(names), "{}: {place}", fixture.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "only {compared} names");
}

/// Numbers that are the same each time (xorshift).
struct Draw(u64);

impl Draw {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("64 bits") % below.max(1)
    }

    fn of<'w>(&mut self, words: &'w [String]) -> &'w str {
        words
            .get(self.next(words.len()))
            .map_or("thing", String::as_str)
    }
}

/// A schema of objects, lists, enums and unions under the document's own words.
fn schema(draw: &mut Draw, words: &[String], depth: usize) -> Value {
    let kind = if depth > 2 {
        3 + draw.next(2)
    } else {
        draw.next(5)
    };
    match kind {
        0 | 1 => {
            let fields = 1 + draw.next(4);
            let properties: Map<String, Value> = (0..fields)
                .map(|_| {
                    let word = draw.of(words).to_owned();
                    (word, schema(draw, words, depth + 1))
                })
                .collect();
            json!({"type": "object", "properties": properties})
        }
        2 => {
            let one = schema(draw, words, depth + 1);
            let number = draw.next(1000);
            let other = json!({"type": "object", "required": ["own"], "properties": {
                "own": {"type": "string", "enum": [format!("v{number}")]}}});
            json!({"oneOf": [one, other, {"type": "boolean"}]})
        }
        3 => {
            let number = draw.next(1000);
            json!({"type": "string", "enum": [format!("a{number}"), draw.of(words)]})
        }
        _ => json!({"type": "array", "items": {"type": "string"}}),
    }
}

/// All keys of `properties` in a document.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| words(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        _ => {}
    }
}

/// One schema and one operation, made of the document's own words, under a name that it has not.
fn add_random(root: &mut Value, draw: &mut Draw, words: &[String]) {
    let number = draw.next(1_000_000);
    let body = schema(draw, words, 0);
    let named = schema(draw, words, 0);
    let segment = draw.of(words).replace(['/', '{', '}'], "");
    let field = draw.of(words).to_owned();
    root["paths"][format!("/added{number}/{{id}}/{segment}")] = json!({"post": {
        "operationId": format!("added{number}"),
        "tags": [format!("added {number}")],
        "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
            {"name": field, "in": "query", "schema": schema(draw, words, 3)}
        ],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": ".", "content": {"application/json": {
            "schema": {"$ref": format!("#/components/schemas/Added{number}")}}}}}
    }});
    root["components"]["schemas"][format!("Added{number}")] = named;
}

/// `CLIENTSMITH_DOCUMENTS` names a folder: each of its documents gets a schema and an operation of
/// its own words, a hundred times together.
#[test]
fn a_random_addition_to_a_whole_document_renames_nothing() {
    let Some(folder) = std::env::var_os("CLIENTSMITH_DOCUMENTS") else {
        println!("skipped: CLIENTSMITH_DOCUMENTS names no folder of documents");
        return;
    };
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending != "md"));
    files.sort();
    let rounds = 100_usize.div_ceil(files.len().max(1));
    let mut compared = 0;
    for file in &files {
        let root = || {
            read::read(file)
                .unwrap_or_else(|_| panic!("{}", file.display()))
                .root
        };
        let config = Config::named("whole-client");
        let before = names_of(root(), &config);
        let mut found = BTreeSet::new();
        words(&root(), &mut found);
        let found: Vec<String> = found.into_iter().collect();
        for round in 0..rounds {
            let mut draw = Draw(0x9E37_79B9_7F4A_7C15 ^ (round as u64 + 1));
            let mut changed = root();
            add_random(&mut changed, &mut draw, &found);
            let after = names_of(changed, &config);
            for (place, names) in &before {
                let after = after.get(place);
                assert_eq!(
                    after,
                    Some(names),
                    "{}, round {round}: {place}",
                    file.display()
                );
                compared += 1;
            }
        }
    }
    println!(
        "{} documents, {rounds} additions each, {compared} names compared",
        files.len()
    );
}

/// Every system can hold the files: short names of ASCII, no two that differ by case only, and none
/// that means a device.
#[test]
fn files_can_be_called_so_everywhere() {
    let mut longest = 0;
    for fixture in Fixture::all() {
        let tree = fixture.tree(RuntimeSource::Path("runtime".to_owned()));
        let mut known = BTreeSet::new();
        for (path, _) in tree.iter() {
            let path = path.as_str();
            assert!(path.is_ascii(), "{path}");
            assert!(known.insert(path.to_ascii_lowercase()), "{path}");
            for name in path.split('/') {
                longest = longest.max(name.len());
                let (stem, _) = name.split_once('.').unwrap_or((name, ""));
                let is_device = ["con", "aux", "nul", "prn", "com1", "lpt1"].contains(&stem);
                assert!(name.len() <= 100 && !is_device, "{path}");
            }
        }
    }
    // Some fixture has names that had to be cut.
    assert!(longest > 80, "{longest}");
}

#[test]
fn a_value_that_is_added_renames_none_that_differs_by_more_than_case() {
    let fixture = Fixture::all()
        .into_iter()
        .find(|fixture| fixture.name == "enum_names")
        .expect("the fixture");
    let place = "#/components/schemas/ByCase []";
    let before = names(&fixture, |_| {});
    let after = names(&fixture, |root| {
        let values = root["components"]["schemas"]["ByCase"]["enum"].as_array_mut();
        values.expect("values").insert(0, json!("random"));
    });
    let rest: Vec<_> = after[place]
        .iter()
        .filter(|name| *name != "Random")
        .collect();
    assert_eq!(rest, before[place].iter().collect::<Vec<_>>());
}
