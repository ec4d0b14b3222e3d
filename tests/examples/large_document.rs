//! Prints a document as large as the largest that are public: 22,000 operations and 6,000 schemas,
//! 35 MB of JSON or 47 MB of YAML.
//!
//! ```sh
//! cargo run -q -p clientsmith-tests --example large_document > large.json
//! cargo run -q -p clientsmith-tests --example large_document -- yaml > large.yaml
//! cargo run -q -p clientsmith-tests --example large_document -- json 220 60 > small.json
//! ```

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let is_yaml = arguments.next().is_some_and(|format| format == "yaml");
    let mut count = |usual: usize| {
        let argument = arguments.next();
        argument.map_or(usual, |text| text.parse().expect("a number"))
    };
    let (operations, schemas) = (count(22_000), count(6_000));
    let root = clientsmith_tests::large::document(operations, schemas);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if is_yaml {
        serde_yaml::to_writer(&mut out, &root).map_err(io::Error::other)?;
    } else {
        serde_json::to_writer(&mut out, &root)?;
    }
    out.flush()
}
