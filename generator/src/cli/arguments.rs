//! The arguments. Their names and the exit codes are a contract: scripts call them.

use clap::builder::TypedValueParser as _;
use clap::{Args, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a workspace: folders for documents and crates, a manifest, and the runtime
    Init(Init),
    /// Start a vendor in a workspace, from a document
    New(New),
    /// Write the crates of the vendors in specs/ to generated/, or one of any document
    Generate(Generate),
    /// Show what a document becomes: operations with their Rust paths and types
    Inspect(Inspect),
    /// Generate every document below a folder, and compile what it became
    Corpus(Corpus),
    /// Print what a shell needs to complete commands, options and paths
    Completions {
        /// The shell
        shell: Shell,
    },
    /// One of the processes that `corpus` starts
    #[command(hide = true)]
    CorpusWorker,
}

/// The arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  init clients && cd clients")]
pub struct Init {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
}

/// The arguments of `new`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  new acme --from ~/Downloads/acme.yaml")]
pub struct New {
    /// What the vendor is called: its crate is VENDOR-client
    pub(super) vendor: String,
    /// The document, or - for the standard input
    #[arg(long, value_name = "PATH|-")]
    pub(super) from: PathBuf,
}

/// The arguments of `generate`.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Generate {
    /// Folders of specs/; all of them if none is named
    #[arg(value_name = "VENDOR", conflicts_with = "from")]
    pub(super) vendors: Vec<String>,
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    pub(super) check: bool,
    /// A document outside specs/
    #[arg(long, value_name = "PATH", requires = "out")]
    pub(super) from: Option<PathBuf>,
    /// The folder for its crate
    #[arg(long, value_name = "DIR", requires = "from")]
    pub(super) out: Option<PathBuf>,
    /// The name of its crate
    #[arg(long, value_name = "CRATE", requires = "from")]
    pub(super) name: Option<String>,
    /// Where its crate finds the runtime; without this the runtime's source travels with it
    #[arg(long, value_name = "PATH|VERSION", requires = "from")]
    pub(super) runtime: Option<String>,
    /// Write nothing; say what would be written
    #[arg(long, conflicts_with = "check")]
    pub(super) dry_run: bool,
    /// Print errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Take warnings for errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Where a document has errors, leave out the operations at fault and generate the rest
    #[arg(long, conflicts_with = "deny_warnings")]
    pub(super) keep_going: bool,
}

/// The arguments of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// A folder of specs/ or the path of a document; one in specs/ has its configuration
    #[arg(value_name = "VENDOR|PATH")]
    pub(super) document: String,
    /// Print everything as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// List the names that could be better, each with what would pin another
    #[arg(long, conflicts_with = "json")]
    pub(super) names: bool,
}

/// The arguments of `corpus`.
#[derive(Debug, Args)]
pub struct Corpus {
    /// Every `.json`, `.yaml` and `.yml` below this folder is a document
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Check the crates with cargo as well
    #[arg(long)]
    pub(super) compile: bool,
    /// Check them with clippy and rustdoc, tests and examples included
    #[arg(long)]
    pub(super) lint: bool,
    /// Check each crate with each of its features alone as well, with none, with all, and with some
    /// pairs
    #[arg(long)]
    pub(super) each_feature: bool,
    /// Try only so many of a crate's features alone
    #[arg(long, value_name = "N", requires = "each_feature")]
    pub(super) features_sample: Option<usize>,
    /// Take only so many of the documents
    #[arg(long, value_name = "N")]
    pub(super) sample: Option<usize>,
    /// Which documents, and which features, a sample takes
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(super) seed: u64,
    /// How many processes generate, and how many rustc run, at once; as many as cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..).map(usize::from))]
    pub(super) jobs: Option<usize>,
    /// Write a report in JSON; what an earlier one there knows to compile is not compiled again
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

impl Corpus {
    /// Whether cargo is called at all.
    pub(super) const fn compiles(&self) -> bool {
        self.compile || self.lint || self.each_feature
    }
}

#[cfg(test)]
mod tests {
    use super::Command;
    use clap::{CommandFactory as _, Parser};

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(subcommand)]
        _command: Command,
    }

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let bad: &[&[&str]] = &[
            &[],
            &["generate", "mill", "--from", "a.yaml", "--out", "x"],
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
