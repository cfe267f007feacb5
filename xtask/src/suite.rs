//! `cargo xtask test`: everything in order, one line per step, and what failed in full.

use crate::{
    browser,
    count::{Closing, Count},
    crash, machine,
    postgres::Cluster,
    schema,
    step::{self, Run},
    tidy,
};
use std::time::Instant;

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
                    if !STEPS.iter().any(|(step, _)| step == name) {
                        let names: Vec<&str> = STEPS.iter().map(|(step, _)| *step).collect();
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
pub(crate) enum Ended {
    /// A check that is one thing: passed, with a remark.
    Passed(String),
    /// A runner of many tests.
    Counted(Closing),
    /// Something it needs is not on this machine. In CI that is a failure.
    Skipped(String),
    /// A tool no one must have is absent; the step counts for nothing.
    Absent(String),
    /// What was counted, and everything it said.
    Failed(Count, String),
}

impl From<Result<Closing, (Closing, String)>> for Ended {
    fn from(run: Result<Closing, (Closing, String)>) -> Self {
        match run {
            Ok(closing) if closing.count == Count::default() => Self::Passed(String::new()),
            Ok(closing) => Self::Counted(closing),
            Err((closing, said)) => Self::Failed(closing.count, said),
        }
    }
}

impl From<Result<String, String>> for Ended {
    fn from(check: Result<String, String>) -> Self {
        match check {
            Ok(remark) => Self::Passed(remark),
            Err(said) => Self::Failed(Count::default(), said),
        }
    }
}

type Step = (&'static str, fn(&Options) -> Ended);

/// In the order that finds the cheapest mistake first. `--only` takes these names.
const STEPS: &[Step] = &[
    ("machine", |options| machine::prepare(!options.no_install).into()),
    ("fmt", |_| run("fmt", &["cargo", "fmt", "--all", "--check", "--", "--color=never"])),
    ("tidy", |_| tidied()),
    ("clippy", |_| run("clippy", CLIPPY)),
    ("build", |_| run("build", BUILD)),
    ("postgres", |_| postgres()),
    ("rust", |_| rust()),
    ("doc", |_| run("doc", &["cargo", "test", "--workspace", "--doc", "--locked"])),
    ("deny", |_| deny()),
    ("web-install", |_| browser::install().into()),
    ("web-check", |_| browser::script("check")),
    ("web-lint", |_| browser::script("lint")),
    ("web-test", |_| browser::script("test")),
    ("schema", |options| built(options, || schema::check().into())),
    ("crash", |options| built(options, || crash::three_rounds().into())),
    ("browser", |options| built(options, || browser::journeys(None))),
];

const CLIPPY: &[&str] =
    &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
/// The one build: every later step names the same packages and targets, so that Cargo unifies the
/// same features and compiles nothing twice.
const BUILD: &[&str] = &["cargo", "build", "--workspace", "--all-targets", "--locked"];

fn run(name: &str, words: &[&str]) -> Ended {
    Run::new(words).quietly(name).into()
}

fn tidied() -> Ended {
    let report = match tidy::report() {
        Ok(report) => report,
        Err(why) => return Ended::Failed(Count::default(), why),
    };
    match report.found {
        0 => Ended::Passed(format!("{} checks", report.checks)),
        _ => Ended::Failed(Count::default(), report.text),
    }
}

fn postgres() -> Ended {
    match machine::postgres() {
        Some(programs) => Ended::Passed(programs.display().to_string()),
        None => Ended::Skipped("PostgreSQL 15 or later: half of the store goes untested".into()),
    }
}

/// All Rust tests, on PostgreSQL too where there is one.
fn rust() -> Ended {
    let cluster = match machine::postgres().map(|_programs| Cluster::start()).transpose() {
        Ok(cluster) => cluster,
        Err(why) => return Ended::Failed(Count::default(), why),
    };
    let url = cluster.as_ref().map(Cluster::url);
    let env: Vec<(&str, &str)> = url.iter().map(|url| ("TEST_PG", url.as_str())).collect();
    let words: &[&str] = if machine::has("cargo-nextest") {
        &["cargo", "nextest", "run", "--workspace", "--all-targets", "--locked", "--no-fail-fast"]
    } else {
        &["cargo", "test", "--workspace", "--all-targets", "--locked", "--no-fail-fast"]
    };
    Run { words, folder: "", env: &env }.quietly("rust").into()
}

/// Licences, bans and sources. Advisories change without us: SECURITY.md says who looks and when.
fn deny() -> Ended {
    if machine::has("cargo-deny") {
        run("deny", &["cargo", "deny", "--offline", "check", "licenses", "bans", "sources"])
    } else {
        Ended::Absent("cargo-deny is not installed: licences unchecked here".into())
    }
}

/// Runs a step that needs the binary, building it first when the step runs alone.
fn built(options: &Options, step: impl FnOnce() -> Ended) -> Ended {
    if options.only.is_some()
        && let Err((_closing, said)) = build()
    {
        return Ended::Failed(Count::default(), said);
    }
    step()
}

/// Builds everything once.
pub(crate) fn build() -> Result<Closing, (Closing, String)> {
    Run::new(BUILD).quietly("build")
}

/// Runs the steps and says what they add up to.
///
/// # Errors
/// When anything failed.
pub(crate) fn test(options: &Options) -> Result<(), String> {
    let mut total = Count::default();
    let mut skipped = Vec::new();
    let began = Instant::now();
    for (name, step) in
        STEPS.iter().filter(|(name, _)| options.only.as_deref().is_none_or(|only| only == *name))
    {
        println!("  ....  {name}");
        let step_began = Instant::now();
        let ended = step(options);
        if let Ended::Skipped(why) = &ended {
            skipped.push(format!("SKIPPED {name}: {why}"));
        }
        total += report(name, step_began.elapsed().as_secs(), ended);
    }
    println!("in {} s; logs in {}", began.elapsed().as_secs(), step::logs()?.display());
    for line in skipped {
        println!("{line}");
    }
    println!("{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped);
    // The count is the last line, so nothing more is said of a failure.
    if total.failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// Prints how a step ended, and returns what it adds to the total.
fn report(name: &str, seconds: u64, ended: Ended) -> Count {
    let one = |passed, failed, skipped| Count { passed, failed, skipped };
    let (mark, remarks, count) = match ended {
        Ended::Passed(remark) => ("ok", vec![remark], one(1, 0, 0)),
        Ended::Counted(closing) => ("ok", closing.lines, closing.count),
        Ended::Skipped(why) if machine::is_ci() => {
            ("FAIL", vec![format!("{why} (nothing is skipped in CI)")], one(0, 1, 0))
        }
        Ended::Skipped(why) => ("SKIP", vec![why], one(0, 0, 1)),
        Ended::Absent(why) => ("none", vec![why], one(0, 0, 0)),
        Ended::Failed(count, said) => {
            println!("{said}");
            ("FAIL", Vec::new(), Count { failed: count.failed.max(1), ..count })
        }
    };
    println!("{mark:>6}  {name}  {seconds} s");
    for remark in remarks.iter().filter(|remark| !remark.is_empty()) {
        println!("        {remark}");
    }
    count
}

/// Formats, accepts snapshots, writes what is generated.
///
/// # Errors
/// What the first tool that failed said.
pub(crate) fn bless() -> Result<(), String> {
    let said = |(_closing, said)| said;
    Run::new(&["cargo", "fmt", "--all"]).quietly("fmt").map_err(said)?;
    if machine::has("cargo-insta") {
        let insta = ["cargo", "insta", "test", "--workspace", "--accept"];
        Run::new(&insta).quietly("insta").map_err(said)?;
    } else {
        println!("cargo-insta is not installed: inline snapshots stay as they are");
    }
    schema::write()
}

#[cfg(test)]
mod tests;
