//! The decoding bench of the runtime measures what is emitted today: its types are generated from
//! the document beside them. `INSTA_UPDATE=always` writes them anew, as it does the snapshots.

use std::fs;

use clientsmith::emit::RuntimeSource;
use clientsmith_tests::{Fixture, repository};

#[test]
fn the_bench_decodes_into_what_is_emitted() {
    let folder = repository().join("runtime/benches/decode");
    let fixture = Fixture::at(&folder.join("document.yaml"));
    let tree = fixture.tree(RuntimeSource::Version("0.1.0".to_owned()));
    let emitted: Vec<&str> = tree
        .iter()
        // What no response holds stands in a file of its own.
        .filter(|(path, _)| {
            path.as_str().starts_with("src/types/") && !path.as_str().ends_with("shared.rs")
        })
        .map(|(_, text)| text)
        .collect();
    let [emitted] = emitted.as_slice() else {
        panic!("the types stand in {} files", emitted.len());
    };
    let path = folder.join("types.rs");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, emitted).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == *emitted,
        "`{}` is not what is emitted; run this test with INSTA_UPDATE=always",
        path.display()
    );
}
