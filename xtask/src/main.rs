//! `cargo xtask …`: the command line of clientsmith ([`clientsmith::cli`]), and beside it what is about
//! this repository.

mod ci;
mod tidy;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clientsmith::cli::{self, Workspace};

/// A run makes millions of small allocations; the system's allocator is a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    about = cli::ABOUT, max_term_width = 100
)]
#[command(after_help = cli::EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Shared(cli::Command),
    /// Check the invariants of this repository's sources
    Tidy,
    /// Run everything that must hold before a change lands
    Ci,
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let workspace = Workspace::find("cargo xtask");
    let outcome = match &command {
        Command::Shared(command) => cli::run(command, &workspace, Arguments::command()),
        Command::Tidy => tidy::run(&workspace),
        Command::Ci => ci::run(&workspace),
    };
    cli::exit_code(outcome)
}
