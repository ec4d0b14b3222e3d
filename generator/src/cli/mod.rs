//! The command line: `clientsmith …`, and `cargo xtask …` in this repository.
//!
//! Arguments in, printing out: what a command does to a document is the library's. Results go to
//! stdout, progress and diagnostics to stderr.

mod arguments;
pub mod corpus;
mod generate;
mod init;
mod inspect;
mod report;
mod runtime;
mod stop;
mod workspace;

pub use arguments::Command;
pub use report::number;
pub use stop::{ABOUT, EXIT_CODES, Stop, exit_code};
pub use workspace::Workspace;

/// Runs a command in a workspace. `program` is the whole command line, for completions.
///
/// # Errors
///
/// See [`Stop`].
pub fn run(
    command: &Command,
    workspace: &Workspace,
    mut program: clap::Command,
) -> Result<(), Stop> {
    match command {
        Command::Init(arguments) => init::init(arguments),
        Command::New(arguments) => init::new(arguments, workspace),
        Command::Generate(arguments) => generate::run(arguments, workspace),
        Command::Inspect(arguments) => inspect::run(arguments, workspace),
        Command::Corpus(arguments) => corpus::run(arguments, workspace),
        Command::Completions { shell } => {
            let name = program.get_name().to_owned();
            clap_complete::generate(*shell, &mut program, name, &mut std::io::stdout());
            Ok(())
        }
        Command::CorpusWorker => corpus::serve(),
    }
}
