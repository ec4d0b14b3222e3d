//! The arguments. Their names and the exit codes are a contract: scripts call them.

use clap::builder::TypedValueParser as _;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Turns vendor `OpenAPI` documents into Rust client crates.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    max_term_width = 100
)]
#[command(after_help = "Exit codes: 0 done, 1 a check failed or the document has errors, 2 usage.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the crates of the vendors in specs/ to generated/, or one of any document
    Generate(Generate),
    /// Show what a document becomes: operations with their Rust paths and types
    Inspect(Inspect),
    /// Generate every document below a folder, and compile what it became
    Corpus(Corpus),
    /// One of the processes that `corpus` starts
    #[command(hide = true)]
    CorpusWorker,
    /// Check the invariants of this repository's sources
    Tidy,
    /// Run everything that must hold before a change lands
    Ci,
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Generate {
    /// Folders of specs/; all of them if none is named
    #[arg(value_name = "VENDOR", conflicts_with = "from")]
    pub(crate) vendors: Vec<String>,
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,
    /// A document outside specs/
    #[arg(long, value_name = "PATH", requires = "out")]
    pub(crate) from: Option<PathBuf>,
    /// The folder for its crate
    #[arg(long, value_name = "DIR", requires = "from")]
    pub(crate) out: Option<PathBuf>,
    /// The name of its crate
    #[arg(long, value_name = "CRATE", requires = "from")]
    pub(crate) name: Option<String>,
    /// Where its crate finds the runtime; without this the runtime's source travels with it
    #[arg(long, value_name = "PATH|VERSION", requires = "from")]
    pub(crate) runtime: Option<String>,
    /// Write nothing; say what would be written
    #[arg(long, conflicts_with = "check")]
    pub(crate) dry_run: bool,
    /// Print errors only
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Take warnings for errors
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Where a document has errors, leave out the operations at fault and generate the rest
    #[arg(long, conflicts_with = "deny_warnings")]
    pub(crate) keep_going: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// A folder of specs/ or the path of a document; one in specs/ has its configuration
    #[arg(value_name = "VENDOR|PATH")]
    pub(crate) document: String,
    /// Print everything as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// List the names that could be better, each with what would pin another
    #[arg(long, conflicts_with = "json")]
    pub(crate) names: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Corpus {
    /// Every `.json`, `.yaml` and `.yml` below this folder is a document
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Check the crates with cargo as well
    #[arg(long)]
    pub(crate) compile: bool,
    /// Check them with clippy and rustdoc, tests and examples included
    #[arg(long)]
    pub(crate) lint: bool,
    /// Check each crate with each of its features alone as well, with none, with all, and with some
    /// pairs
    #[arg(long)]
    pub(crate) each_feature: bool,
    /// Try only so many of a crate's features alone
    #[arg(long, value_name = "N", requires = "each_feature")]
    pub(crate) features_sample: Option<usize>,
    /// Take only so many of the documents
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<usize>,
    /// Which documents, and which features, a sample takes
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many processes generate, and how many rustc run, at once; as many as cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..).map(usize::from))]
    pub(crate) jobs: Option<usize>,
    /// Write a report in JSON; what an earlier one there knows to compile is not compiled again
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

impl Corpus {
    /// Whether cargo is called at all.
    pub(crate) const fn compiles(&self) -> bool {
        self.compile || self.lint || self.each_feature
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::{CommandFactory as _, Parser as _};

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let bad: &[&[&str]] = &[
            &[],
            &["generate", "opal", "--from", "a.yaml", "--out", "x"],
            &["generate", "--from", "a.yaml"],
            &["generate", "--out", "x"],
            &["generate", "--name", "x"],
            &["generate", "--check", "--dry-run"],
            &["inspect"],
            &["corpus"],
            &["corpus", "x", "--jobs", "0"],
        ];
        for arguments in bad {
            let all = ["xtask"].iter().chain(*arguments);
            let error = Cli::try_parse_from(all).expect_err("it is refused");
            assert_eq!(error.exit_code(), 2, "{arguments:?}");
        }
    }
}
