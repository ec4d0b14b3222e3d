//! Examples, what fits, and what is made, over one small document.

use serde_json::{Value, json};

use super::{Examples, Sampler, kept};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::model::{Type, TypeId};
use crate::{Modelled, model};

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shops", "version": "1"},
        "paths": {"/items": {"post": {
            "operationId": "addItem",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}},
            "responses": {"200": {"description": "All.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Item"},
                "examples": {
                    "one": {"$ref": "#/components/examples/One"},
                    "outside": {"externalValue": "https://example.com/item.json"}
                }
            }}}}
        }}},
        "components": {
            "examples": {"One": {"value": {"id": 1}}},
            "schemas": {
                "Item": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {
                        "id": {"type": "integer", "minimum": 0},
                        "example": {"type": "string", "examples": ["first", "second"]},
                        "kind": {"enum": ["big", "small"]},
                        "made": {"type": "string", "format": "date-time"},
                        "note": {"type": ["string", "null"]},
                        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
                        "shape": {"$ref": "#/components/schemas/Shape"}
                    }
                },
                "Shape": {
                    "oneOf": [{"$ref": "#/components/schemas/Disc"}, {"$ref": "#/components/schemas/Box"}],
                    "discriminator": {"propertyName": "form"}
                },
                "Disc": {"type": "object", "required": ["form"], "properties": {"form": {"type": "string"}}},
                "Box": {
                    "type": "object",
                    "required": ["form", "side"],
                    "properties": {"form": {"type": "string"}, "side": {"type": "number", "example": 2.5}}
                },
                "Endless": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Endless"}}}
            }
        }
    })
}

fn modelled(document: Value) -> Modelled {
    let mut diagnostics = Diagnostics::default();
    let config = Config::named("shop-client");
    model(document, &config, &mut diagnostics).expect("a model")
}

fn named(modelled: &Modelled, name: &str) -> Type {
    let pointer = at(&format!("/components/schemas/{name}"));
    let mut types = modelled.api.types_with_ids();
    let found: Option<TypeId> = types
        .find(|(_, def)| def.origin == pointer)
        .map(|(id, _)| id);
    Type::Named(found.expect("a type of that name"))
}

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

#[test]
fn examples_are_found_at_what_they_show() {
    let examples = modelled(document()).examples;
    let content = "/paths/~1items/post/responses/200/content/application~1json";
    assert_eq!(examples.at(&at(content)), [json!({"id": 1})]);
    // A property of that name is none, and has some.
    let item = at("/components/schemas/Item");
    assert_eq!(examples.at(&item), [Value::Null; 0]);
    let property = item.key("properties").key("example");
    assert_eq!(examples.at(&property), [json!("first"), json!("second")]);
}

#[test]
fn an_example_as_long_as_a_book_is_none() {
    let many = |count: usize| json!({"type": "array", "example": vec![1; count]});
    let examples = Examples::of(&json!({"short": many(10), "long": many(1_000)}));
    assert_eq!(examples.at(&at("/short")).len(), 1);
    assert_eq!(examples.at(&at("/long")).len(), 0);
}

#[test]
fn what_fits_is_kept_as_the_type_has_it() {
    let modelled = modelled(document());
    let item = named(&modelled, "Item");
    let fits = [
        (json!({"id": 1}), json!({"id": 1})),
        // What is read and sent keeps what its document leaves open.
        (
            json!({"id": 1, "unknown": 2, "note": null}),
            json!({"id": 1, "unknown": 2}),
        ),
        (
            json!({"id": 1, "parts": [{"id": 2, "kind": "big"}]}),
            json!({"id": 1, "parts": [{"id": 2, "kind": "big"}]}),
        ),
        (
            json!({"id": 1, "made": "2024-02-01T10:00:00.5+01:00"}),
            json!({"id": 1, "made": "2024-02-01T10:00:00.5+01:00"}),
        ),
        (
            json!({"id": 1, "shape": {"form": "Box", "side": 1}}),
            json!({"id": 1, "shape": {"form": "Box", "side": 1}}),
        ),
    ];
    for (value, expected) in fits {
        let found = kept(&modelled.api, &item, &value);
        // Null and absent are one where the field may be left out.
        let found = found.map(|mut found| {
            let object = found.as_object_mut().expect("an object");
            object.retain(|_, value| !value.is_null());
            found
        });
        assert_eq!(found, Some(expected), "{value}");
    }
}

#[test]
fn what_does_not_surely_fit_does_not() {
    let modelled = modelled(document());
    let item = named(&modelled, "Item");
    let misfits = [
        json!([]),
        json!({}),
        json!({"id": "1"}),
        json!({"id": -1}),
        json!({"id": 1.5}),
        json!({"id": 1, "kind": "huge"}),
        json!({"id": 1, "made": "yesterday"}),
        json!({"id": 1, "made": "2024-02-01 10:00:00"}),
        json!({"id": 1, "parts": [{}]}),
        json!({"id": 1, "shape": {"form": "Ring"}}),
        json!({"id": 1, "shape": {"form": "Box"}}),
    ];
    for value in misfits {
        assert_eq!(kept(&modelled.api, &item, &value), None, "{value}");
    }
}

#[test]
fn values_are_shown_before_they_are_made() {
    let modelled = modelled(document());
    let sampler = Sampler::new(&modelled.api, &modelled.examples);
    let value = sampler.value(&named(&modelled, "Item")).expect("a value");
    assert_eq!(value["id"], json!(1));
    assert_eq!(value["example"], json!("first"));
    assert_eq!(value["kind"], json!("big"));
    assert_eq!(value["shape"], json!({"form": "Disc"}));
    // What is optional is given on the outside alone, or there would be no end.
    assert!(value["parts"][0]["parts"].is_array() || value["parts"][0].get("parts").is_none());
    let made = sampler.value(&named(&modelled, "Box"));
    assert_eq!(made, Some(json!({"form": "a b/c", "side": 2.5})));
}

#[test]
fn what_must_hold_itself_has_no_value_or_a_short_one() {
    let modelled = modelled(document());
    let sampler = Sampler::new(&modelled.api, &modelled.examples);
    let endless = named(&modelled, "Endless");
    if let Some(value) = sampler.value(&endless) {
        assert_eq!(kept(&modelled.api, &endless, &value), Some(value.clone()));
        assert!(value.to_string().len() < 200, "{value}");
    }
}

/// Each level of this doubles what has to be looked at.
#[test]
fn unions_of_unions_come_to_an_end() {
    let mut schemas = serde_json::Map::new();
    for level in 0..40 {
        let next = json!({"$ref": format!("#/components/schemas/L{}", level + 1)});
        let member = |name: &str| json!({"type": "object", "required": ["next"], "properties": {"next": next, name: {"type": "string"}}});
        let union = json!({"oneOf": [member("a"), member("b"), member("c")]});
        schemas.insert(format!("L{level}"), union);
    }
    schemas.insert("L40".to_owned(), json!({"type": "string"}));
    let modelled = modelled(json!({
        "openapi": "3.0.3",
        "info": {"title": "Deep", "version": "1"},
        "paths": {"/": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/L0"}
        }}}}}}},
        "components": {"schemas": schemas}
    }));
    let deep = (0..40).fold(json!("end"), |value, _| json!({"next": value}));
    assert_eq!(kept(&modelled.api, &named(&modelled, "L0"), &deep), None);
    let sampler = Sampler::new(&modelled.api, &modelled.examples);
    assert_eq!(sampler.value(&named(&modelled, "L0")), None);
}
