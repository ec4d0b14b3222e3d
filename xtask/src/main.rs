//! `cargo xtask …`: the command line of clientsmith.
//!
//! Arguments in, printing out, and nothing in between: what a command does is in the generator's
//! library. Only `tidy`, which is about this repository, is at home here. Results go to stdout,
//! progress and diagnostics to stderr.

mod ci;
mod cli;
mod corpus;
mod generate;
mod inspect;
mod report;
mod repository;
mod tidy;

use clap::Parser as _;
use cli::{Cli, Command};
use std::process::ExitCode;

/// A run makes millions of small allocations; the system's allocator is a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::CorpusWorker => corpus::serve(),
        Command::Tidy => tidy::run(),
        Command::Ci => ci::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed) => ExitCode::from(1),
        Err(Stop::Because(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(1)
        }
        Err(Stop::Usage(message)) => {
            eprintln!("error: {message}\n\nFor more information, try '--help'.");
            ExitCode::from(2)
        }
    }
}

/// Why a command ends early.
enum Stop {
    /// A check failed or the document has errors; it has been said already.
    Failed,
    /// The same, to be said.
    Because(String),
    /// The arguments make no sense.
    Usage(String),
}
