//! Entries of a configuration that match nothing have gone stale, and are errors with their line.

use clientsmith::config::Config;
use clientsmith_tests::{Fixture, diagnostics};

#[test]
fn stale_entries_are_named_with_their_lines() {
    let mut fixture = Fixture::all()
        .into_iter()
        .find(|fixture| fixture.name == "scalars")
        .expect("the fixture");
    let text = "crate = \"scalars-client\"\n\n[formats]\nint32 = \"i64\"\nno-longer = \"string\"\n\n\
                [fields.\"#/components/schemas/All/properties/gone\"]\nrequired = true\n\n\
                [fields.\"#/components/schemas/All/properties/int\"]\nrequired = true\n\n\
                [names]\n\"#/components/schemas/Nobody\" = \"Somebody\"\n";
    fixture.config = Config::parse(text).expect("a configuration");
    let generated = fixture.generate(clientsmith::emit::RuntimeSource::Carried);
    let said = diagnostics(&generated);
    for stale in [
        "clientsmith.toml:5: `formats` names `no-longer`",
        "clientsmith.toml:7: `fields` names `#/components/schemas/All/properties/gone`",
        "clientsmith.toml:14: `names` names `#/components/schemas/Nobody`",
    ] {
        assert!(said.contains(stale), "no {stale} in:\n{said}");
    }
    assert_eq!(said.matches("error[invalid-config]").count(), 3, "{said}");
    assert!(generated.tree.is_none());
}

#[test]
fn a_type_that_there_is_not_is_refused() {
    let text = "crate = \"a\"\n[formats]\nint32 = \"i65\"\n";
    let refused = Config::parse(text).expect_err("no such type");
    let message = format!("{refused:?}");
    assert!(
        message.contains("line 3") && message.contains("i65"),
        "{message}"
    );
}
