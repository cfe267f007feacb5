//! Progress for people at a terminal, only when there is time to look at it.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// Work shorter than this is simply done.
const WORTH_SHOWING: Duration = Duration::from_secs(2);

/// A bar on standard error that appears after two seconds and vanishes at the end.
pub(crate) struct Progress {
    bar: ProgressBar,
    shown: bool,
}

impl Progress {
    pub(crate) fn over(steps: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{wide_msg} {bar:24} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_template| ProgressStyle::default_bar()));
        Self { bar, shown: false }
    }

    /// Says what is being done now.
    pub(crate) fn at(&mut self, what: &str) {
        if !self.shown && self.bar.elapsed() >= WORTH_SHOWING {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(what.to_owned());
    }

    /// One step is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
