//! What a `clientsmith.toml` says beyond the document, and what it may not say.

use clientsmith::config::Config;
use clientsmith::emit::RuntimeSource;
use clientsmith_tests::{Fixture, diagnostics, repository, xtask};

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

/// `inspect` reads the configuration that `generate` reads: of a vendor's document the one beside it,
/// whichever way it is named, and of any other document none, for `--from` takes none.
#[test]
fn inspect_reads_the_configuration_that_generate_reads() {
    let inspect = |document: &str| {
        let output = xtask()
            .args(["inspect", "--json", document])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{document}: {said}");
        String::from_utf8(output.stdout).unwrap()
    };
    let by_name = inspect("datadog");
    assert!(by_name.contains("\"datadog_client::"), "{by_name}");
    assert_eq!(inspect("specs/datadog/openapi.yaml"), by_name);
    let absolute = repository().join("specs/opal/../datadog/openapi.yaml");
    assert_eq!(inspect(absolute.to_str().unwrap()), by_name);

    let elsewhere = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        let from = repository().join("specs/datadog").join(name);
        std::fs::copy(from, elsewhere.path().join(name)).unwrap();
    };
    copy("openapi.yaml");
    copy("clientsmith.toml");
    let copied = inspect(elsewhere.path().join("openapi.yaml").to_str().unwrap());
    assert!(copied.contains("\"api_client::"), "{copied}");
}
