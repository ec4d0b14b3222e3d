//! References that lead through another reference, or into what stands beside one.
//!
//! `#/components/schemas/A/properties/b` means the `b` of whatever `A` refers to, and what stands
//! beside a `$ref` may be referred to where the `$ref` itself counts. Both are settled before
//! anything is copied or moved: the first becomes a reference to the place itself; of what the second
//! names a copy is put where nothing replaces it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema::reference_pointer;
use super::walk;
use crate::diagnostic::{Moves, Pointer};

/// Where copies of what stands beside a reference are kept.
const BESIDE: &str = "x-clientsmith-beside";

/// Words of the specification, which name nothing.
const STRUCTURAL: [&str; 8] = [
    "paths",
    "components",
    "responses",
    "content",
    "schema",
    "schemas",
    "requestBody",
    "properties",
];

/// How many references are followed on one way.
const MAX_CHAIN: usize = 64;

pub(super) fn settle(root: &mut Value, moves: &mut Moves) {
    let mut references = BTreeMap::new();
    find(root, &mut references);
    let mut copies = Map::new();
    references.retain(|_, place| match lead(root, place) {
        Lead::Plain | Lead::Nowhere => false,
        Lead::Through(target) => {
            *place = target;
            true
        }
        Lead::Beside(target) => {
            let Some(value) = walk::find(root, &target).cloned() else {
                return false;
            };
            let name = name(&target, &copies);
            let copy = Pointer::root().key(BESIDE).key(&name);
            copies.insert(name, value);
            moves.copy(&target, &copy);
            *place = copy;
            true
        }
    });
    if references.is_empty() {
        return;
    }
    if let Value::Object(root) = root
        && !copies.is_empty()
    {
        root.insert(BESIDE.to_owned(), Value::Object(copies));
    }
    rewrite(root, &references);
}

/// The words on the way to a place, for the name of a type that is made of it.
fn name(target: &Pointer, copies: &Map<String, Value>) -> String {
    let words: Vec<String> = target
        .segments()
        .map(|word| word.replace('/', " ").trim().to_owned())
        .filter(|word| !STRUCTURAL.contains(&word.as_str()))
        .collect();
    let words = words.join(" ");
    let mut name = words.clone();
    while copies.contains_key(&name) {
        name = format!("{words} {}", copies.len());
    }
    name
}

/// What a reference leads to.
enum Lead {
    /// What stands at its place, by no other reference.
    Plain,
    /// Nothing.
    Nowhere,
    /// What stands at this place, through another reference.
    Through(Pointer),
    /// What stands at this place, beside a reference that replaces what is around it.
    Beside(Pointer),
}

fn lead(root: &Value, place: &Pointer) -> Lead {
    let mut segments: Vec<String> = place.segments().map(std::borrow::Cow::into_owned).collect();
    segments.reverse();
    let (mut value, mut at) = (root, Pointer::root());
    let (mut links, mut is_beside) = (0, false);
    while let Some(segment) = segments.pop() {
        if let Some(inner) = step(value, &segment) {
            is_beside |= value.get("$ref").is_some_and(Value::is_string) && !keeps_siblings(&at);
            value = inner;
            at.push_key(&segment);
            continue;
        }
        let target = value.get("$ref").and_then(Value::as_str);
        let Some(target) = target.and_then(reference_pointer) else {
            return Lead::Nowhere;
        };
        links += 1;
        if links > MAX_CHAIN {
            return Lead::Nowhere;
        }
        // On from where the other reference leads, by its way and the rest of this one.
        segments.push(segment);
        let way: Vec<String> = target
            .segments()
            .map(std::borrow::Cow::into_owned)
            .collect();
        segments.extend(way.into_iter().rev());
        (value, at, is_beside) = (root, Pointer::root(), false);
    }
    match (is_beside, links) {
        (true, _) => Lead::Beside(at),
        (false, 0) => Lead::Plain,
        (false, _) => Lead::Through(at),
    }
}

fn step<'v>(value: &'v Value, segment: &str) -> Option<&'v Value> {
    match value {
        Value::Object(map) => map.get(segment),
        Value::Array(list) => list.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Whether what stands here keeps what it has beside a reference, as schemas and path items do.
fn keeps_siblings(at: &Pointer) -> bool {
    let words: Vec<_> = at.segments().collect();
    if words.len() == 2 && words.first().is_some_and(|word| word == "paths") {
        return true;
    }
    words.iter().any(|word| {
        matches!(
            word.as_ref(),
            "schemas" | "schema" | "definitions" | "$defs"
        )
    })
}

/// The places that references name.
fn find(value: &Value, found: &mut BTreeMap<String, Pointer>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" => {
                        if let Some(place) = reference_pointer(text) {
                            found.insert(text.clone(), place);
                        }
                    }
                    _ if is_opaque(key) => {}
                    value => find(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find(item, found)),
        _ => {}
    }
}

fn rewrite(value: &mut Value, references: &BTreeMap<String, Pointer>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if key == "$ref"
                    && let Some(place) = value.as_str().and_then(|text| references.get(text))
                {
                    *value = json!(place.to_string().replace('%', "%25"));
                } else if !is_opaque(key) {
                    rewrite(value, references);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                rewrite(item, references);
            }
        }
        _ => {}
    }
}

/// Whether a key holds a value in which nothing means anything.
fn is_opaque(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Moves, Pointer, settle};

    #[test]
    fn references_lead_through_references_and_beside_those_that_replace() {
        let mut root = json!({
            "a": {"$ref": "#/b"},
            "b": {"x": {"$ref": "#/c"}},
            "c": {"y": {"z": 1}},
            "round": {"$ref": "#/about"},
            "about": {"$ref": "#/round"},
            "paths": {"/p": {"get": {"responses": {"200": {"$ref": "#/r", "own": {"schema": 2}}}}}},
            "r": {"own": {"schema": 3}, "other": 4},
            "uses": [
                {"$ref": "#/a/x/y/z"}, {"$ref": "#/c/y"}, {"$ref": "#/round/no/where"}, {"$ref": "#/a/x/none"},
                {"$ref": "#/paths/~1p/get/responses/200/own/schema"}, {"$ref": "#/paths/~1p/get/responses/200/other"},
                {"example": {"$ref": "#/a/x/y"}},
            ],
        });
        let mut moves = Moves::default();
        settle(&mut root, &mut moves);
        let lead = |index: usize| root["uses"][index]["$ref"].as_str().unwrap_or_default();
        assert_eq!([lead(0), lead(1)], ["#/c/y/z", "#/c/y"]);
        assert_eq!([lead(2), lead(3)], ["#/round/no/where", "#/a/x/none"]);
        assert_eq!(lead(5), "#/r/other");
        assert_eq!(root["uses"][6]["example"]["$ref"], "#/a/x/y");
        let copy = Pointer::parse(lead(4)).expect("a pointer");
        assert_eq!(root.pointer(copy.as_str()), Some(&json!(2)));
        assert_eq!(
            moves.original(copy).to_string(),
            "#/paths/~1p/get/responses/200/own/schema"
        );
    }
}
