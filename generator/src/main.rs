//! `clientsmith`, the command.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};
use clientsmith::cli::{self, Workspace};

/// A run makes millions of small allocations; the system's allocator is a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, about = cli::ABOUT, max_term_width = 100)]
#[command(after_help = cli::EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: cli::Command,
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let workspace = Workspace::find("clientsmith");
    cli::exit_code(cli::run(&command, &workspace, Arguments::command()))
}
