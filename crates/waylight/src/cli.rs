//! The command line. `waylight help` prints it; the words of the issue and of the manual are here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The operating platform a city needs to bring women home safely at night.
#[derive(Debug, Parser)]
#[command(name = "waylight", version, about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// An invented night to look at and take part in: no configuration, no data needed
    Demo(Demo),
    /// Nights of a whole city on a stepped clock, with everything that can go wrong, and what was found
    Simulate(Simulate),
    /// Serve a city
    Serve(Serve),
    /// Read public tables and street maps into the registers
    Import(Import),
    /// Rows no import could use: export, correct, import again
    Quarantine {
        #[command(subcommand)]
        verb: Quarantine,
    },
    /// Ways home from one point to another, each explaining itself
    Route(Route),
    /// The nearest open havens
    Nearest(Nearest),
    /// Measure
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// The record of everything that happened
    Journal {
        #[command(subcommand)]
        verb: Journal,
    },
    /// Print a one-time code for a seat: a dispatcher, a team's phone, a store's till, an office
    Enroll {
        #[command(subcommand)]
        seat: Seat,
    },
    /// Watch over the log of the centers' keys, as an independent house on its own machine
    Witness {
        #[command(subcommand)]
        verb: crate::witness::Witness,
    },
    /// What was done with pieces of evidence
    Custody {
        #[command(subcommand)]
        verb: crate::custody::Custody,
    },
    /// The pages that browsers get: list and sign them, and watch a running server
    Bundle {
        #[command(subcommand)]
        verb: crate::bundle::Bundle,
    },
    /// Find several who name the same person, for counsel: off unless the pack names its houses
    Matching {
        #[command(subcommand)]
        verb: crate::matching::Matching,
    },
    /// Print the OpenAPI document
    Openapi,
    /// Check a state folder: keys, journal, deadlines, age of the registers
    Doctor(Doctor),
}

/// Where a city's state lies.
#[derive(Clone, Debug, Args)]
pub(crate) struct State {
    /// The city's state folder: keys, database, remembered pack
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// A PostgreSQL 15+ database instead of a file in the folder
    #[arg(long, value_name = "postgres://…")]
    pub(crate) database: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen; port 0 takes a free one. Loopback unless told otherwise
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Keep the night in this folder and go on with it next time; a temporary folder otherwise
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// A PostgreSQL 15+ database instead of a file in the folder
    #[arg(long, value_name = "postgres://…")]
    pub(crate) database: Option<String>,
    /// A real city's pack instead of the invented district; needs --data
    #[arg(long, value_name = "FILE", requires = "data")]
    pub(crate) pack: Option<PathBuf>,
    /// Where the pack's sources lie
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub(crate) data: Option<PathBuf>,
    /// Where browsers reach it, if not at the address it listens on: http://demo.example.org
    #[arg(long, value_name = "URL")]
    pub(crate) origin: Option<String>,
    /// One district, or a city of 25
    #[arg(long, value_enum, default_value_t)]
    pub(crate) scale: Scale,
    /// The seed of the district and of its people
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Demo seconds per real second
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub(crate) speed: u16,
    /// When the night begins, local time: 2026-11-23T22:35; the next service night otherwise
    #[arg(long, value_name = "LOCAL-TIME")]
    pub(crate) start: Option<String>,
    /// Nobody but you: no simulated people
    #[arg(long)]
    pub(crate) quiet_city: bool,
    /// With matching, by these houses: a file with what stands below `[onestop.matching]` in a pack
    #[arg(long, value_name = "FILE")]
    pub(crate) matching: Option<PathBuf>,
}

/// How large an invented night is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scale {
    /// One district: 12 teams
    #[default]
    District,
    /// A city of 25 districts: 250 teams, 656 stores
    City,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Simulate {
    /// A real city's pack; the invented city of 25 districts otherwise
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Option<PathBuf>,
    /// Where the pack's sources lie
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub(crate) data: Option<PathBuf>,
    /// Keep the imported city here and take it up next time; the nights themselves are not kept
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Nights with service, one after another
    #[arg(long, default_value_t = 1)]
    pub(crate) nights: u32,
    /// What everything is drawn from; the same seed lives the same nights
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// So many seeds from --seed on, each in a city of its own
    #[arg(long, default_value_t = 1)]
    pub(crate) seeds: u32,
    /// How many times as many people and teams: 0.1 to 20
    #[arg(long, default_value_t = 1.0, value_parser = scale)]
    pub(crate) scale: f64,
    /// What goes wrong: loss, duplicate, silence, skew, burst, kill, separated by commas; all
    #[arg(long, default_value = "none")]
    pub(crate) faults: sim::city::Faults,
    /// Print one JSON object for each seed
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) state: State,
    /// The city pack
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: PathBuf,
    /// Where to listen; loopback unless told otherwise
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Where browsers reach it, if a proxy stands between: https://walk.example.org
    #[arg(long, value_name = "https://…")]
    pub(crate) origin: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) state: State,
    /// A city pack: its sources are imported, and it is remembered in the state folder
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Option<PathBuf>,
    /// Where the pack's sources lie
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub(crate) data: Option<PathBuf>,
    /// Files to import; what they are is told from their content
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What the files are, where their content does not tell
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<atlas::FileKind>,
    /// Print the report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Quarantine {
    /// Write the quarantined rows of the latest imports as files to correct and import again
    Export {
        #[command(flatten)]
        state: State,
        /// Where to write them; `quarantine` in the state folder otherwise
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Route {
    #[command(flatten)]
    pub(crate) state: State,
    /// LAT,LON
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub(crate) from: kernel::Point,
    /// LAT,LON
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub(crate) to: kernel::Point,
    /// Local time: 2026-11-23T22:40
    #[arg(long, value_name = "LOCAL-TIME")]
    pub(crate) at: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Nearest {
    #[command(flatten)]
    pub(crate) state: State,
    /// LAT,LON
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub(crate) from: kernel::Point,
    /// Local time: 2026-11-23T22:40
    #[arg(long, value_name = "LOCAL-TIME")]
    pub(crate) at: String,
    /// At most this many
    #[arg(long, default_value_t = 5)]
    pub(crate) limit: usize,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Bench {
    /// Routing on one map: import, one route, three options, havens, customization
    Route {
        /// An OpenStreetMap extract
        #[arg(long, value_name = "FILE")]
        map: PathBuf,
        /// How many pairs, 0.5 to 3 km apart
        #[arg(long, default_value_t = 1_000)]
        pairs: usize,
        /// Seed of the pairs
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Dispatch on one evening of bench-peers: who goes to whom, and how near the bound
    Assign(BenchAssign),
    /// A server of its own under load: bookings and positions over HTTP, as phones send them
    Serve(BenchServe),
    /// Whether words that nobody uses can be told from a mailbox that is empty, by size or by time
    Mailbox(BenchMailbox),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BenchMailbox {
    /// Phrases of either kind, each opened once; stretching them takes a third of a second for each
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(2..))]
    pub(crate) phrases: u16,
    /// Seed of the phrases and of their order
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BenchServe {
    /// A city's pack instead of the invented district; needs --data
    #[arg(long, value_name = "FILE", requires = "data")]
    pub(crate) pack: Option<PathBuf>,
    /// Where the pack's sources lie
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub(crate) data: Option<PathBuf>,
    /// A PostgreSQL 15+ database, empty, instead of a file in the folder
    #[arg(long, value_name = "postgres://…")]
    pub(crate) database: Option<String>,
    /// Keep the city in this new folder; a temporary folder otherwise
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// How long it is measured
    #[arg(long, default_value_t = 15.0, value_parser = above_zero)]
    pub(crate) minutes: f64,
    /// Walks asked for in an hour, at random moments
    #[arg(long, default_value_t = 310.0, value_parser = above_zero)]
    pub(crate) bookings_per_hour: f64,
    /// Positions all phones tell in a second
    #[arg(long, default_value_t = 5_000.0, value_parser = above_zero)]
    pub(crate) positions_per_second: f64,
    /// Team phones that tell them; as many as positions in a second otherwise, each once a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) teams: Option<u32>,
    /// Keep another core busy meanwhile
    #[arg(long)]
    pub(crate) busy_core: bool,
    /// Seed of the moments and places
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

fn above_zero(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0);
    number.ok_or_else(|| "write a number above zero: 15 or 0.5".to_owned())
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BenchAssign {
    /// An escort instance
    #[arg(long, value_name = "FILE")]
    pub(crate) instance: PathBuf,
    /// How long it may take, reading the file included
    #[arg(long, default_value_t = 2.0, value_parser = seconds)]
    pub(crate) seconds: f64,
    /// So many rounds instead of seconds: the same plan on every machine
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    pub(crate) rounds: Option<u64>,
    /// Seed of chance
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Serve so many, and then only walk less
    #[arg(long, value_name = "N", conflicts_with = "online")]
    pub(crate) stop_at_served: Option<usize>,
    /// Leave nobody out for the sake of walking, however far
    #[arg(long)]
    pub(crate) served_first: bool,
    /// Play the evening as it comes: decide when each request is booked, lock what has started
    #[arg(long)]
    pub(crate) online: bool,
    /// Write the stops of each pair here
    #[arg(long, value_name = "OUT")]
    pub(crate) plan: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|s: &f64| s.is_finite() && *s > 0.0);
    seconds.ok_or_else(|| "write seconds above zero: 2 or 0.5".to_owned())
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Journal {
    /// Find any row that was changed, removed, moved or cut off
    Verify {
        #[command(flatten)]
        state: State,
        /// A checkpoint kept elsewhere; may be given several times
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
    },
    /// Fold every list anew from the journal and say what differed
    Rebuild {
        #[command(flatten)]
        state: State,
    },
    /// Print every event as a line of JSON
    Export {
        #[command(flatten)]
        state: State,
        /// Only events after this number
        #[arg(long, default_value_t = 0)]
        after: u64,
    },
    /// Sign where the journal stands and print the signature, to keep elsewhere
    Checkpoint {
        #[command(flatten)]
        state: State,
    },
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) state: State,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

fn point(text: &str) -> Result<kernel::Point, String> {
    kernel::Point::parse(text).ok_or_else(|| "write LAT,LON: 37.4842,126.9297".to_owned())
}

fn scale(text: &str) -> Result<f64, String> {
    let within = text.parse::<f64>().ok().filter(|scale| (0.1..=20.0).contains(scale));
    within.ok_or_else(|| "write a number from 0.1 to 20".to_owned())
}

/// A seat in the programme.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Seat {
    /// A dispatcher's place at a desk: the code makes a passkey
    Dispatcher {
        #[command(flatten)]
        state: State,
        /// What is shown of the seat, no name: "Gwanak desk 2"
        #[arg(long)]
        shown_as: String,
        /// The desk's district; the pack's first otherwise
        #[arg(long)]
        district: Option<String>,
    },
    /// A team's phone: the code signs the device in
    Team {
        #[command(flatten)]
        state: State,
        /// The number on the vest
        #[arg(long)]
        call_sign: String,
        /// First name and gender, given twice: --member "Garam,woman" --member "Noeul,man"
        #[arg(long = "member", value_name = "NAME,GENDER")]
        members: Vec<String>,
        /// Days from now the criminal record checks hold
        #[arg(long, default_value_t = 365)]
        record_check_days: u16,
        /// Days from now the training holds
        #[arg(long, default_value_t = 365)]
        training_days: u16,
        /// Both serve by contract; as volunteers otherwise
        #[arg(long)]
        paid: bool,
        /// The team's district; the pack's first otherwise
        #[arg(long)]
        district: Option<String>,
    },
    /// A store's till: the code signs the device in
    Haven {
        #[command(flatten)]
        state: State,
        /// The store as the register of Patrol Houses names it
        #[arg(long)]
        name: String,
        /// Hours of every day: 07:00-24:00; always open otherwise
        #[arg(long)]
        hours: Option<String>,
        /// What colleagues call a trained member of staff; may be given several times
        #[arg(long)]
        staff: Vec<String>,
    },
    /// Anybody else who signs in: the code makes a passkey, or pairs a patrol's phone
    Staff {
        #[command(flatten)]
        state: State,
        /// What is shown of the seat, no name: "Gwanak programme"
        #[arg(long)]
        shown_as: String,
        /// supervisor, programme, analyst, administrator, dispatcher, patrol, caseworker,
        /// case_supervisor or service_partner; several times for somebody of several roles, the usual
        /// one first
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<String>,
        /// The center of a caseworker, case_supervisor or service_partner: its key in the pack's
        /// [[onestop.centers]]
        #[arg(long, value_name = "KEY")]
        center: Option<String>,
        /// The seat's district; the pack's first otherwise
        #[arg(long)]
        district: Option<String>,
    },
    /// Everybody of a roster file (TOML: dispatchers, teams, havens, staff)
    Roster {
        #[command(flatten)]
        state: State,
        /// The roster
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}
