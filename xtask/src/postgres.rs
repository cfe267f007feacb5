//! A throwaway PostgreSQL: its own folder, a socket and no port, gone when the suite is.

use crate::{guard::Guard, machine, step};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// How long a new server may take to answer.
const START_LIMIT: Duration = Duration::from_mins(1);

/// A running server; dropping it stops it and removes its folder.
pub(crate) struct Cluster {
    folder: PathBuf,
    _guard: Guard,
}

impl Cluster {
    /// Makes and starts one.
    ///
    /// # Errors
    /// What the PostgreSQL programs said, when they failed.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = machine::postgres().ok_or("PostgreSQL 15 or later is not installed")?;
        let folder = std::env::temp_dir().join(format!("waylight-pg-{}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        if machine::is_root() {
            give_to_postgres(&folder)?;
        }
        let made = Self::make(&programs, &folder);
        if made.is_err() {
            // The reason is worth more than a failure to tidy up after it.
            let _left = fs::remove_dir_all(&folder);
        }
        made
    }

    fn make(programs: &Path, folder: &Path) -> Result<Self, String> {
        let data = folder.join("data");
        let (data, socket) = (text(&data)?, text(folder)?);
        let initdb = programs.join("initdb");
        let mut words = as_server();
        words.extend([text(&initdb)?, "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8"]);
        words.extend(["--locale=C.UTF-8", "--no-sync"]);
        run(&words)?;
        let server = programs.join("postgres");
        let mut words = as_server();
        words.extend([text(&server)?, "-D", data, "-k", socket, "-c", "listen_addresses="]);
        // Nothing here outlives the run, so nothing needs to reach the disk.
        for setting in ["fsync=off", "full_page_writes=off", "max_connections=300"] {
            words.extend(["-c", setting]);
        }
        let log = step::logs()?.join("postgres.log");
        let mut guard = Guard::start(&words, "INT", &log, Some(folder))?;
        let began = Instant::now();
        let ready = programs.join("pg_isready");
        while run(&[text(&ready)?, "-q", "-h", socket, "-U", "app"]).is_err() {
            if guard.ended() || began.elapsed() > START_LIMIT {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(format!("PostgreSQL did not start:\n{said}"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        run(&[text(&programs.join("createdb"))?, "-h", socket, "-U", "app", "app"])?;
        Ok(Self { folder: folder.to_path_buf(), _guard: guard })
    }

    /// The address tests read from `TEST_PG`. Its user may create databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://app@localhost/app?host={}", self.folder.display())
    }
}

/// PostgreSQL refuses root: then its programs run as its own user.
fn as_server() -> Vec<&'static str> {
    if machine::is_root() {
        vec!["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    } else {
        Vec::new()
    }
}

fn give_to_postgres(folder: &Path) -> Result<(), String> {
    run(&["chown", "postgres:", text(folder)?])?;
    run(&["chmod", "755", text(folder)?])
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

/// Runs a short command at `/`, where the server's user may stand.
fn run(words: &[&str]) -> Result<(), String> {
    let (program, arguments) = words.split_first().ok_or("an empty command")?;
    let done = Command::new(program)
        .args(arguments)
        .current_dir("/")
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = [done.stdout, done.stderr].concat();
    Err(format!("{}: {}", words.join(" "), String::from_utf8_lossy(&said)))
}

#[cfg(test)]
mod tests;
