//! The server that is measured: this binary, as an operator starts it.

use super::{city, machine};
use crate::cli::BenchServe;
use crate::state::StateDir;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server; it is killed when this is dropped without having been stopped.
pub(super) struct Server {
    child: Child,
    pub(super) at: SocketAddr,
}

/// `setpriv` becomes the program: it must not outlive us, however we end.
fn not_outliving_us(program: &Path) -> Command {
    let setpriv = Path::new("/usr/bin/setpriv");
    if !setpriv.is_file() {
        return Command::new(program);
    }
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL"]).arg(program);
    command
}

impl Server {
    /// Starts it on a city that [`city::make`] has made, and waits until it listens.
    pub(super) fn start(asked: &BenchServe, state: &StateDir) -> Result<Self> {
        let program = std::env::current_exe().context("where this program lies")?;
        let mut command = not_outliving_us(&program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--dir"]).arg(state.dir());
        command.arg("--pack").arg(state.file(city::PACK));
        if let Some(database) = &asked.database {
            command.args(["--database", database]);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let child = child.with_context(|| program.display().to_string())?;
        // From here on it is stopped with us, wherever we fail.
        let mut server = Self { child, at: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let said = server.child.stdout.take().context("the server has no voice")?;
        let mut lines = BufReader::new(said).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        // What it says later is nobody's business here, but its pipe must not fill up.
        std::thread::spawn(move || lines.for_each(drop));
        let at = first.strip_prefix("listening http://").and_then(|at| at.parse().ok());
        server.at = at.with_context(|| format!("the server began with {first:?}"))?;
        Ok(server)
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it ever had, MB.
    pub(super) fn rss_peak_mb(&self) -> Result<f64> {
        machine::rss_peak_mb(self.pid())
    }

    /// Asks it to stop, as an operator does, and waits until it has.
    pub(super) fn stop(mut self) -> Result<()> {
        let pid = self.pid().to_string();
        let told = Command::new("kill").args(["-s", "TERM", &pid]).status().context("kill")?;
        ensure!(told.success(), "the server had ended before it was told to");
        let ended = self.child.wait()?;
        ensure!(ended.success(), "the server ended with {ended}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when it has already ended.
        let _already = self.child.kill();
        let _status = self.child.wait();
    }
}
