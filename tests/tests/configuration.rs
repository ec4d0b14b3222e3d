//! What a `clientsmith.toml` says beyond the document, and what it may not say.

use clientsmith::config::Config;
use clientsmith::emit::RuntimeSource;
use clientsmith_tests::{Fixture, diagnostics};

/// Datadog's document, configured otherwise.
fn with(text: &str) -> Fixture {
    Fixture {
        config: Config::parse(text).unwrap(),
        ..Fixture::vendor("datadog")
    }
}

#[test]
fn an_entry_that_matches_nothing_is_an_error() {
    for (entry, said) in [
        (
            "[server-variables]\nregion = \"DD_REGION\"",
            "`server-variables` names `region`",
        ),
        ("[credentials]\noauth = \"DD_TOKEN\"", "credential `oauth`"),
        (
            "[fields.\"#/components/schemas/AccessToken/properties/key\"]\nsecret = true",
            "`fields` names",
        ),
    ] {
        let generated = with(&format!("crate = \"datadog-client\"\n{entry}"))
            .generate(RuntimeSource::Path("runtime".to_owned()));
        assert!(generated.tree.is_none(), "{entry}");
        let printed = diagnostics(&generated);
        assert!(printed.contains(said), "{entry}: {printed}");
    }
}

#[test]
fn a_field_can_be_made_a_secret_and_open() {
    let field =
        "[fields.\"#/components/schemas/FullPersonalAccessTokenAttributes/properties/key\"]";
    for (secret, entry) in [
        (true, " key: OptionalSecret(\"key\"),"),
        (false, " key: Optional(\"key\"),"),
    ] {
        let text = format!("crate = \"datadog-client\"\n{field}\nsecret = {secret}");
        let tree = with(&text).tree(RuntimeSource::Path("runtime".to_owned()));
        let types = tree
            .iter()
            .find(|(path, _)| path.as_str() == "src/types/key_management.rs")
            .map(|(_, text)| text.to_owned())
            .unwrap();
        assert!(types.contains(entry), "{entry}");
    }
}
