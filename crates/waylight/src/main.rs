//! The binary. Here, and nowhere else, the machine's clock, randomness and environment come in.

mod bench_assign;
mod bench_mailbox;
mod bench_route;
mod bench_serve;
mod bundle;
mod cli;
mod custody;
mod demo;
mod doctor;
mod enroll;
mod import;
mod journal;
mod matching;
mod own_key;
mod say;
mod serve;
mod simulate;
mod state;
mod ways;
mod witness;

use clap::Parser;
use cli::{Bench, Cli, Command};
use server::Clock;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A request allocates some hundred small things on one thread and lets them go on another: with the
/// system's allocator that was a quarter of what a position costs, and memory did not come back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .init();
    // On the heap: it is as large as the largest of its commands.
    match Box::pin(run(cli.command)).await {
        Ok(code) => code,
        // Whoever read us has read enough (`waylight journal export | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say::aside(format_args!("waylight: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let now = server::RealClock.now();
    let done = match command {
        Command::Journal { verb } => return journal::run(&verb, now).await,
        Command::Custody { verb } => return custody::run(&verb).await,
        Command::Bundle { verb } => return bundle::run(&verb, now).await,
        Command::Doctor(doctor) => return doctor::run(&doctor, now).await,
        Command::Demo(demo) => demo::run(&demo, now).await,
        Command::Serve(serve) => serve::run(&serve).await,
        Command::Simulate(simulate) => return simulate::run(&simulate).await,
        Command::Import(import) => return import::run(&import, now).await,
        Command::Quarantine { verb } => import::quarantine(&verb).await,
        Command::Route(route) => ways::route(&route).await,
        Command::Nearest(nearest) => ways::nearest(&nearest).await,
        Command::Bench { what: Bench::Route { map, pairs, seed, json } } => {
            bench_route::run(&map, pairs, seed, json)
        }
        Command::Bench { what: Bench::Assign(asked) } => bench_assign::run(&asked),
        Command::Bench { what: Bench::Serve(asked) } => return bench_serve::run(&asked, now).await,
        Command::Bench { what: Bench::Mailbox(asked) } => {
            return bench_mailbox::run(&asked, now).await;
        }
        Command::Enroll { seat } => enroll::run(&seat).await,
        Command::Witness { verb } => witness::run(&verb, now),
        Command::Matching { verb } => return matching::run(&verb, now).await,
        Command::Openapi => say::line(server::openapi()),
    };
    done.map(|()| ExitCode::SUCCESS)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(broken)
}
