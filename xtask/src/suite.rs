//! `cargo xtask test`: everything in order, one line per step, what failed in full.

use crate::{
    count::{Closing, Count},
    machine,
    postgres::Cluster,
    step::{self, Run},
    tidy,
};
use std::{fs, path::Path, time::Instant};

/// How to run the suite.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    no_install: bool,
    only: Option<String>,
}

impl Options {
    /// Reads the words after `test`.
    ///
    /// # Errors
    /// A sentence about the word that is no option.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--no-install" => options.no_install = true,
                "--only" => {
                    let name = words.next().ok_or("--only needs the name of a step")?;
                    if !STEPS.iter().any(|step| step.name == *name) {
                        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
                        return Err(format!("no step is called {name}: {}", names.join(" ")));
                    }
                    options.only = Some((*name).to_owned());
                }
                other => return Err(format!("unknown option {other}")),
            }
        }
        Ok(options)
    }
}

/// How one step ended.
enum Ended {
    /// A check that is one thing: passed, with a remark.
    Passed(String),
    /// A runner of many tests.
    Counted(Closing),
    /// Something it needs is not on this machine. In CI that is a failure.
    Skipped(String),
    /// A tool that may be absent anywhere is absent.
    Absent(String),
    /// What was counted, and everything it said.
    Failed(Count, String),
}

struct Step {
    name: &'static str,
    run: fn(&Options) -> Ended,
}

/// In the order that finds the cheapest mistake first. `--only` takes these names.
const STEPS: &[Step] = &[
    Step {
        name: "machine",
        run: |options| match machine::prepare(!options.no_install) {
            Ok(said) => Ended::Passed(said),
            Err(why) => Ended::Failed(Count::default(), why),
        },
    },
    Step { name: "fmt", run: |_| checked("fmt", &Run::new(&["cargo", "fmt", "--all", "--check"])) },
    Step { name: "tidy", run: |_| tidied() },
    Step { name: "clippy", run: |_| checked("clippy", &Run::new(CLIPPY)) },
    Step { name: "build", run: |_| checked("build", &Run::new(BUILD)) },
];

const CLIPPY: &[&str] =
    &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
const BUILD: &[&str] = &["cargo", "build", "--workspace", "--all-targets", "--locked"];

fn checked(name: &str, run: &Run<'_>) -> Ended {
    match run.quietly(name) {
        Ok(_) => Ended::Passed(String::new()),
        Err((closing, said)) => Ended::Failed(closing.count, said),
    }
}

fn tidied() -> Ended {
    match tidy::command() {
        Ok(()) => Ended::Passed(String::new()),
        Err(why) => Ended::Failed(Count::default(), why),
    }
}

/// Runs the steps and says what they add up to.
///
/// # Errors
/// When anything failed.
pub(crate) fn test(options: &Options) -> Result<(), String> {
    let logs = step::logs();
    fs::create_dir_all(&logs).map_err(|error| format!("{}: {error}", logs.display()))?;
    let mut total = Count::default();
    for step in STEPS.iter().filter(|s| options.only.as_deref().is_none_or(|only| only == s.name)) {
        println!("  ..    {}", step.name);
        let began = Instant::now();
        let ended = (step.run)(options);
        let seconds = began.elapsed().as_secs();
        total += report(step.name, seconds, ended);
    }
    println!("{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    if total.failed == 0 { Ok(()) } else { Err("not everything passed".to_owned()) }
}

fn report(name: &str, seconds: u64, ended: Ended) -> Count {
    let (mark, remark, count) = match ended {
        Ended::Passed(remark) => ("ok", remark, Count { passed: 1, ..Count::default() }),
        Ended::Counted(closing) => ("ok", closing.lines.join("\n        "), closing.count),
        Ended::Skipped(why) if machine::is_ci() => {
            ("FAIL", format!("{why} (CI skips nothing)"), Count { failed: 1, ..Count::default() })
        }
        Ended::Skipped(why) => ("SKIP", why, Count { skipped: 1, ..Count::default() }),
        Ended::Absent(why) => ("--", why, Count::default()),
        Ended::Failed(count, said) => {
            println!("{said}");
            ("FAIL", String::new(), Count { failed: count.failed.max(1), ..count })
        }
    };
    println!("{mark:>6}  {name} {seconds} s  {remark}");
    count
}

pub(crate) fn bless() -> Result<(), String> {
    Err("nothing to bless yet".to_owned())
}
pub(crate) fn schema() -> Result<(), String> {
    Err("no schema yet".to_owned())
}
pub(crate) fn e2e(_shots: Option<&Path>) -> Result<(), String> {
    let _cluster: Option<Cluster> = None;
    Err("no screens yet".to_owned())
}
