//! One step of the suite: a program run with its output in a file, shown in full only if it fails.

use crate::count::{self, Closing};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A silent machine looks like a dead one: say what runs at least this often.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// Cargo's target folder.
fn target() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR");
    crate::root().join(named.map_or_else(|| PathBuf::from("target"), PathBuf::from))
}

/// Where the outputs of the last run lie; made if need be.
pub(crate) fn logs() -> Result<PathBuf, String> {
    let folder = target().join("xtask");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The binary the suite built.
pub(crate) fn binary() -> Result<PathBuf, String> {
    let binary = target().join("debug/waylight");
    if binary.is_file() { Ok(binary) } else { Err(format!("{} is not there", binary.display())) }
}

/// The optimized binary.
///
/// # Errors
/// If it was not built.
pub(crate) fn release_binary() -> Result<PathBuf, String> {
    let binary = target().join("release/waylight");
    if binary.is_file() { Ok(binary) } else { Err(format!("{} is not there", binary.display())) }
}

/// A program to run, in `folder` below the root, with more environment.
pub(crate) struct Run<'a> {
    pub(crate) words: &'a [&'a str],
    pub(crate) folder: &'a str,
    pub(crate) env: &'a [(&'a str, &'a str)],
}

impl<'a> Run<'a> {
    /// At the root, with the environment we have.
    pub(crate) fn new(words: &'a [&'a str]) -> Self {
        Self { words, folder: "", env: &[] }
    }

    /// Runs it, its output going to the log called `name`.
    ///
    /// # Errors
    /// The whole output, when the program failed.
    pub(crate) fn quietly(&self, name: &str) -> Result<Closing, (Closing, String)> {
        let wrong = |what: String| (Closing::default(), what);
        let log = logs().map_err(wrong)?.join(format!("{name}.log"));
        let ended = self.spawn_and_wait(&log).map_err(wrong)?;
        let said = fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let said = said.map_err(|error| wrong(format!("{}: {error}", log.display())))?;
        let closing = count::closing(&said);
        if ended {
            Ok(closing)
        } else {
            Err((closing, format!("$ {}\n{said}", self.words.join(" "))))
        }
    }

    fn spawn_and_wait(&self, log: &Path) -> Result<bool, String> {
        let file = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let second = file.try_clone().map_err(|error| error.to_string())?;
        let mut child = self
            .command()?
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(second)
            .spawn()
            .map_err(|error| format!("{}: {error}", self.words.join(" ")))?;
        let mut spoken = Instant::now();
        loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return Ok(status.success());
            }
            thread::sleep(Duration::from_millis(100));
            if spoken.elapsed() >= HEARTBEAT {
                spoken = Instant::now();
                println!("        … {}", last_line(log));
            }
        }
    }

    /// The command, told to end when we do where the machine can arrange that.
    fn command(&self) -> Result<Command, String> {
        let (program, arguments) = self.words.split_first().ok_or("an empty command")?;
        let mut command = if crate::machine::has("setpriv") {
            let mut command = Command::new("setpriv");
            // As Ctrl-C would: test runners then stop what they started themselves.
            command.args(["--pdeathsig", "INT", program]);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).current_dir(crate::root().join(self.folder));
        command.envs(self.env.iter().copied());
        command.envs([("CARGO_TERM_COLOR", "never"), ("NO_COLOR", "1")]);
        // A stubbed web would be tested in place of the real one.
        command.env_remove("WEB_DIST");
        Ok(command)
    }
}

fn last_line(log: &Path) -> String {
    let said = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let said = said.unwrap_or_default();
    let line = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("(no output yet)");
    count::without_color(line).trim().chars().take(120).collect()
}
