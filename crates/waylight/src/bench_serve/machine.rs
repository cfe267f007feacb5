//! What the machine says of a process, and a core that is kept busy. Linux tells it in `/proc`.

use super::tally::rounded;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Ticks of processor time in a second, as `/proc` counts them on every Linux.
const TICKS: f64 = 100.0;
/// Files open at once beside those of the phones: bookings and their feeds, the database.
const OTHER_FILES: u64 = 1_000;

/// Processor time used from a moment on.
pub(super) struct Processor {
    stat: String,
    before_s: f64,
}

impl Processor {
    pub(super) fn of(pid: u32) -> Result<Self> {
        let stat = format!("/proc/{pid}/stat");
        Ok(Self { before_s: used_s(&stat)?, stat })
    }

    pub(super) fn of_ourselves() -> Result<Self> {
        Self::of(std::process::id())
    }

    /// Seconds since then.
    pub(super) fn until_now(&self) -> Result<f64> {
        Ok(rounded(used_s(&self.stat)? - self.before_s))
    }
}

/// Seconds of processor time, in user's and in the kernel's code.
fn used_s(stat: &str) -> Result<f64> {
    let text = fs::read_to_string(stat).with_context(|| stat.to_owned())?;
    // The name in parentheses may hold anything; the rest are numbers.
    let (_, rest) = text.rsplit_once(')').with_context(|| format!("{stat}: {text:?}"))?;
    let ticks: f64 =
        rest.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    Ok(ticks / TICKS)
}

/// The most memory a process ever had, MB.
pub(super) fn rss_peak_mb(pid: u32) -> Result<f64> {
    let status = format!("/proc/{pid}/status");
    let text = fs::read_to_string(&status).with_context(|| status.clone())?;
    let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|peak| peak.split_whitespace().next()?.parse::<f64>().ok());
    Ok(rounded(kb.with_context(|| format!("{status} has no VmHWM"))? / 1e3))
}

/// Each phone keeps two connections open: the one it tells its place on, and its screen's feed.
pub(super) fn check_open_files(phones: u32) -> Result<()> {
    let limits = fs::read_to_string("/proc/self/limits").context("/proc/self/limits")?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let allowed = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    let needed = u64::from(phones) * 2 + OTHER_FILES;
    // `unlimited` is no number, and enough.
    ensure!(
        allowed.is_none_or(|allowed| needed <= allowed),
        "{phones} phones need {needed} open files: `ulimit -n {needed}` first, or fewer --teams"
    );
    Ok(())
}

/// A thread that does nothing, as fast as it can.
pub(super) struct BusyCore {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Result<f64>>,
}

impl BusyCore {
    pub(super) fn start() -> Result<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&ended);
        let thread = std::thread::Builder::new().name("busy core".to_owned()).spawn(move || {
            while !told.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
            used_s("/proc/thread-self/stat")
        })?;
        Ok(Self { ended, thread })
    }

    /// Lets go of it: how many seconds of processor time it had.
    pub(super) fn stop(self) -> Result<f64> {
        self.ended.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_panic| anyhow::anyhow!("the busy core fell over"))?
    }
}

#[cfg(test)]
mod tests;
