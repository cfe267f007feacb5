//! Servers that must not outlive us. Each runs under a small shell that holds the reading end of
//! a pipe from us: when we end, however we end, the pipe closes and the shell stops the server.

use std::{
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
};

/// Runs `"$@"` until it ends or standard input does; then `$STOP` is sent, after ten seconds KILL.
/// `$CLEAN`, if set, is a folder of our own that is removed afterwards.
const KEEPER: &str = r#"
exec 3<&0
"$@" 3<&- </dev/null & server=$!
(
  read -r _ <&3
  kill -s "$STOP" $server 2>/dev/null
  tries=0
  while kill -0 $server 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -s KILL $server 2>/dev/null
) & watch=$!
wait $server
kill $watch 2>/dev/null
[ -n "$CLEAN" ] && rm -rf -- "$CLEAN"
exit 0
"#;

/// A running server; dropping it stops the server and waits until it has stopped.
pub(crate) struct Guard {
    keeper: Child,
}

impl Guard {
    /// Starts `words` with its output in `log`. It is stopped by the signal `stop` (`INT`, `TERM`),
    /// and `clean` is removed once it has stopped.
    pub(crate) fn start(
        words: &[&str],
        stop: &str,
        log: &Path,
        clean: Option<&Path>,
    ) -> Result<Self, String> {
        use std::os::unix::process::CommandExt;
        let file = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let second = file.try_clone().map_err(|error| error.to_string())?;
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .args(words)
            .env("STOP", stop)
            .env("CLEAN", clean.unwrap_or(Path::new("")))
            .stdin(Stdio::piped())
            .stdout(file)
            .stderr(second)
            // Ctrl-C at the terminal must reach the keeper by the pipe, not by the signal.
            .process_group(0)
            .spawn()
            .map_err(|error| format!("sh: {error}"))?;
        Ok(Self { keeper })
    }

    /// Whether the server has ended by itself.
    pub(crate) fn ended(&mut self) -> bool {
        !matches!(self.keeper.try_wait(), Ok(None))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // A keeper that cannot be waited for has already ended.
        let _ended = self.keeper.wait();
    }
}

#[cfg(test)]
mod tests;
