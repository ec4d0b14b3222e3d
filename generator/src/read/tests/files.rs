//! Documents in many files.

use super::{folder, found, pointer, said, write};
use crate::diagnostic::{Code, render};
use crate::read::{FILES_KEY, REFUSED, read};
use serde_json::{Value, json};

const ROOT: &str = "\
openapi: 3.1.0
paths:
  /pets:
    $ref: paths/pets.yaml
components:
  schemas:
    Name: {type: string}
    Pet:
      $ref: 'schemas/pet.json#/definitions/Pet'
    Self:
      $ref: './openapi.yaml#/components/schemas/Name'
    Local:
      $ref: '#/components/schemas/Name'
";

const PATHS: &str = "\
get:
  responses:
    default:
      $ref: '../common.yaml#/responses/default'
    200:
      $ref: '../schemas/my%20pet.json#/'
";

const COMMON: &str = "\
responses:
  default:
    description: failed
    content:
      application/json:
        schema: {$ref: '#/schemas/Error'}
schemas:
  Error:
    properties:
      pet: {$ref: schemas/pet.json#/definitions/Pet}
      name: {$ref: 'openapi.yaml#/components/schemas/Name'}
";

const PET: &str = r##"{"definitions": {"Pet": {
  "properties": {"friend": {"$ref": "#/definitions/Pet"}, "error": {"$ref": "../common.yaml#/schemas/Error"}},
  "discriminator": {"propertyName": "kind", "mapping": {"cat": "cat.yaml", "dog": "#/definitions/Dog", "cow": "Cow"}}
}}}"##;

fn many() -> tempfile::TempDir {
    folder(&[
        ("openapi.yaml", ROOT),
        ("paths/pets.yaml", PATHS),
        ("common.yaml", COMMON),
        ("schemas/pet.json", PET),
        ("schemas/my pet.json", "{\"type\": \"object\"}"),
        (
            "schemas/cat.yaml",
            "type: object\nproperties:\n  claws: {type: integer}\n",
        ),
    ])
}

fn reference(root: &Value, at: &str) -> Value {
    root.pointer(at).unwrap_or_else(|| panic!("{at}"))["$ref"].clone()
}

#[test]
fn every_file_is_gathered_and_every_reference_leads_to_it() {
    let folder = many();
    let document = read(&folder.path().join("openapi.yaml")).unwrap();
    let root = &document.root;
    let files: Vec<_> = root[FILES_KEY].as_object().unwrap().keys().collect();
    let expected = [
        "paths/pets.yaml",
        "schemas/pet.json",
        "common.yaml",
        "schemas/my pet.json",
        "schemas/cat.yaml",
    ];
    assert_eq!(files, expected);

    let cases = [
        ("/paths/~1pets", "#/x-clientsmith-files/paths~1pets.yaml"),
        (
            "/components/schemas/Pet",
            "#/x-clientsmith-files/schemas~1pet.json/definitions/Pet",
        ),
        ("/components/schemas/Self", "#/components/schemas/Name"),
        ("/components/schemas/Local", "#/components/schemas/Name"),
        (
            "/x-clientsmith-files/paths~1pets.yaml/get/responses/default",
            "#/x-clientsmith-files/common.yaml/responses/default",
        ),
        (
            "/x-clientsmith-files/paths~1pets.yaml/get/responses/200",
            "#/x-clientsmith-files/schemas~1my pet.json",
        ),
        (
            "/x-clientsmith-files/common.yaml/schemas/Error/properties/name",
            "#/components/schemas/Name",
        ),
        (
            "/x-clientsmith-files/schemas~1pet.json/definitions/Pet/properties/friend",
            "#/x-clientsmith-files/schemas~1pet.json/definitions/Pet",
        ),
    ];
    for (at, expected) in cases {
        assert_eq!(reference(root, at), expected, "{at}");
    }
    let pet = root
        .pointer("/x-clientsmith-files/schemas~1pet.json/definitions/Pet")
        .unwrap();
    let mapping = json!({
        "cat": "#/x-clientsmith-files/schemas~1cat.yaml",
        "dog": "#/x-clientsmith-files/schemas~1pet.json/definitions/Dog",
        "cow": "Cow",
    });
    assert_eq!(pet["discriminator"]["mapping"], mapping);
}

#[test]
fn places_in_other_files_are_found_there() {
    let folder = many();
    let document = read(&folder.path().join("openapi.yaml")).unwrap();
    let at = "#/x-clientsmith-files/schemas~1cat.yaml/properties/claws";
    let location = document.sources.locate(&pointer(at));
    assert_eq!(location.file, folder.path().join("schemas/cat.yaml"));
    assert_eq!((location.line, location.column), (3, 3));
    let location = document
        .sources
        .locate(&pointer("#/x-clientsmith-files/unknown/properties"));
    assert_eq!(location.file, folder.path().join("openapi.yaml"));
}

#[test]
fn only_references_count() {
    let text = "\
a:
  example: {$ref: nowhere.yaml}
  examples: [{$ref: nowhere.yaml}]
  default: {$ref: nowhere.yaml}
  enum: [{$ref: nowhere.yaml}]
  const: {$ref: nowhere.yaml}
  x-anything: {$ref: nowhere.yaml}
  properties:
    $ref: {type: string}
    default: {type: string}
";
    let folder = folder(&[("a.yaml", text)]);
    let document = read(&folder.path().join("a.yaml")).unwrap();
    assert!(document.root.get(FILES_KEY).is_none());
}

#[test]
fn names_that_look_like_keywords_hide_no_reference() {
    let text = "\
schemas:
  default: {$ref: nowhere.yaml}
  example:
    properties:
      enum: {items: {$ref: nowhere.yaml}}
paths:
  /x:
    get:
      responses: {default: {$ref: nowhere.yaml}}
      callbacks:
        examples:
          default: {$ref: nowhere.yaml}
        const: {$ref: nowhere.yaml}
      requestBody: {content: {example: {schema: {allOf: [{$ref: nowhere.yaml}]}}}}
";
    let folder = folder(&[("a.yaml", text)]);
    let document = read(&folder.path().join("a.yaml")).unwrap();
    let lines: Vec<_> = said(&document).iter().map(|(_, line, _)| *line).collect();
    assert_eq!(lines, [2, 5, 9, 12, 13, 14]);
}

#[test]
fn what_may_not_be_followed_is_an_error_at_its_place() {
    let folder = many();
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.yaml", b"type: string\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
    let inner = folder.path().join("schemas");
    let absolute = outside.path().join("secret.yaml");
    let text = format!(
        "a: {{$ref: ../common.yaml}}\nb: {{$ref: '{}'}}\nc: {{$ref: 'https://example.com/x.yaml#/a'}}\n\
         d: {{$ref: '%2e%2e/common.yaml'}}\ne: {{$ref: 'file:///etc/passwd'}}\n\
         f: {{$ref: '//example.com/x'}}\ng: {{$ref: nothing.yaml}}\nh: {{$ref: '.'}}\n\
         i: {{$ref: 'cat.yaml#name'}}\n",
        absolute.display()
    );
    write(&inner, "root.yaml", text.as_bytes());
    let document = read(&inner.join("root.yaml")).unwrap();
    let codes: Vec<_> = said(&document)
        .into_iter()
        .map(|(code, line, _)| (line, code))
        .collect();
    let expected = [
        (1, Code::ForeignRef),
        (2, Code::ForeignRef),
        (3, Code::ForeignRef),
        (4, Code::ForeignRef),
        (5, Code::ForeignRef),
        (6, Code::ForeignRef),
        (7, Code::MissingFile),
        (8, Code::MissingFile),
        (9, Code::UnresolvedRef),
    ];
    assert_eq!(codes, expected);
    // What has been spoken of leads nowhere from here on.
    let refused = document.root.as_object().unwrap().values();
    assert!(refused.into_iter().all(|value| value["$ref"] == REFUSED));

    #[cfg(unix)]
    {
        write(
            folder.path(),
            "links.yaml",
            b"a: {$ref: link/secret.yaml}\n",
        );
        let document = read(&folder.path().join("links.yaml")).unwrap();
        assert_eq!(said(&document), [(Code::ForeignRef, 1, 5)]);
    }
}

/// Files of which three cannot be read.
fn broken() -> tempfile::TempDir {
    let folder = folder(&[
        (
            "a.yaml",
            "a: {$ref: b.yaml}\nb: {$ref: 'c.json#/x/y'}\nc: {$ref: d.yaml}\nd: {$ref: b.yaml#/a}\n\
             e: {$ref: b%25.yaml}\n",
        ),
        ("b.yaml", "x: 1\ny: [\n"),
        ("c.json", "{\"a\": 1, \"a\": 2}"),
        (
            "d.yaml",
            "a:\n  $ref: e.yaml\nb:\n  $ref: b.yaml\nc: {$ref: f.yaml}\nd: {$ref: b.yaml.yaml}\n",
        ),
        ("b%.yaml", "\tx: 1"),
        ("b.yaml.yaml", "type: string"),
    ]);
    write(folder.path(), "f.yaml", b"title: \xe9\n");
    folder
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_of_each_reference_to_it() {
    let folder = broken();
    let document = read(&folder.path().join("a.yaml")).unwrap();
    let found: Vec<_> = render::by_place(&document.diagnostics, &document.sources)
        .into_iter()
        .map(|(diagnostic, location)| {
            let file = location.file.file_name().unwrap().to_str().unwrap();
            (file.to_owned(), location.line, diagnostic.code)
        })
        .collect();
    let expected = [
        ("a.yaml", 1, Code::Unreadable),
        ("a.yaml", 4, Code::Unreadable),
        ("a.yaml", 5, Code::Unreadable),
        ("b.yaml", 2, Code::InvalidYaml),
        ("c.json", 1, Code::DuplicateKey),
        ("d.yaml", 2, Code::MissingFile),
        ("d.yaml", 4, Code::Unreadable),
        ("d.yaml", 5, Code::Unreadable),
        ("b%.yaml", 1, Code::InvalidYaml),
        ("f.yaml", 1, Code::UnknownEncoding),
    ]
    .map(|(file, line, code)| (file.to_owned(), line, code));
    assert_eq!(found, expected);

    let refused = |at: &str| reference(&document.root, at) == REFUSED;
    assert!(refused("/a") && refused("/d") && refused("/e"));
    let files = "/x-clientsmith-files";
    assert!(refused(&format!("{files}/d.yaml/b")) && refused(&format!("{files}/d.yaml/c")));
    // The name of another file may begin alike.
    assert!(!refused(&format!("{files}/d.yaml/d")) && !refused("/b") && !refused("/c"));
}

#[test]
fn an_error_of_a_reference_says_why_the_file_cannot_be_read() {
    let folder = broken();
    let document = read(&folder.path().join("a.yaml")).unwrap();
    let said = |line: usize| {
        let mut said = render::json(&document.diagnostics, &document.sources).into_iter();
        said.find(|said| said.line == line && said.file.ends_with("d.yaml"))
            .unwrap()
    };
    let (yaml, encoding) = (said(4), said(5));
    assert!(
        yaml.message
            .starts_with("`b.yaml` leads to nothing: this is not YAML"),
        "{}",
        yaml.message
    );
    let place = format!(
        "repair the file, at {}:2:5",
        folder.path().join("b.yaml").display()
    );
    assert_eq!(yaml.help.unwrap(), place);
    assert!(
        encoding
            .message
            .starts_with("`f.yaml` leads to nothing: the file is not UTF-8"),
        "{}",
        encoding.message
    );
    assert!(encoding.help.unwrap().starts_with("save it as UTF-8"));
}

#[test]
fn the_generators_key_is_its_own() {
    let folder = folder(&[("a.yaml", "openapi: 3.1.0\nx-clientsmith-files: {}\n")]);
    let failure = read(&folder.path().join("a.yaml")).unwrap_err();
    assert_eq!(found(&failure), [(Code::ReservedKey, 2, 1)]);
}
