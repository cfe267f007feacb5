//! One life of the server between two kills, and the client that remembers what it was promised.

use super::{
    Chance, Plan,
    http::{self, Answer, Request},
    lost_between,
};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Demo seconds per real second: deadlines of 20 to 90 s fall due within a round.
const SPEED: &str = "10";

/// Something asked of the server, and the answer if one came.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) round: u32,
    path: String,
    key: String,
    body: Value,
    token: Option<String>,
    /// Said from the desk's seat, not by her.
    desk: bool,
    /// The view the server acknowledged it with.
    pub(super) acknowledged: Option<Value>,
}

/// A running server.
pub(super) struct Night {
    child: Child,
    server: SocketAddr,
    binary: PathBuf,
    state: Vec<String>,
    places: Vec<String>,
    cookie: Option<String>,
    /// From the start of the process to the line that says it listens.
    pub(super) start_took: Duration,
    pub(super) back_at: Instant,
}

impl Drop for Night {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Night {
    /// Starts the server on the state in `folder` and waits until it listens.
    pub(super) fn start(plan: &Plan, folder: &Path) -> Result<Self, String> {
        let began = Instant::now();
        let dir = folder.display().to_string();
        let mut state = vec!["--dir".to_owned(), dir];
        if let Some(url) = &plan.database {
            state.extend(["--database".to_owned(), url.clone()]);
        }
        let log = folder.with_extension("log");
        let log = File::options().create(true).append(true).open(&log);
        let log = log.map_err(|error| format!("the log of the night: {error}"))?;
        // `setpriv` becomes the server: the server must not outlive us, however we end.
        let mut command = if crate::machine::has("setpriv") {
            let mut command = Command::new("setpriv");
            command.args(["--pdeathsig", "KILL"]).arg(&plan.binary);
            command
        } else {
            Command::new(&plan.binary)
        };
        let mut child = command
            .args(["demo", "--listen", "127.0.0.1:0", "--seed", "1", "--speed", SPEED])
            .args(&state)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("{}: {error}", plan.binary.display()))?;
        let said = child.stdout.take().ok_or("the server has no voice")?;
        let mut lines = BufReader::new(said).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        // What it says later is nobody's business here, but its pipe must not fill up.
        std::thread::spawn(move || lines.for_each(drop));
        let server = first.strip_prefix("listening http://").and_then(|at| at.parse().ok());
        let Some(server) = server else {
            child.kill().map_err(|error| error.to_string())?;
            let _status = child.wait();
            return Err(format!("the server began with {first:?} instead of where it listens"));
        };
        let mut night = Self {
            child,
            server,
            binary: plan.binary.clone(),
            state,
            places: Vec::new(),
            cookie: None,
            start_took: began.elapsed(),
            back_at: Instant::now(),
        };
        night.places = night.meeting_places()?;
        night.cookie = Some(night.sit_down()?);
        Ok(night)
    }

    /// SIGKILL, then a new life on the same state.
    pub(super) fn killed_and_restarted(
        mut self,
        plan: &Plan,
        folder: &Path,
    ) -> Result<Self, String> {
        self.stop();
        Self::start(plan, folder)
    }

    /// SIGKILL: `Child::kill` sends nothing gentler.
    pub(super) fn stop(&mut self) {
        // Both fail only when it has already ended.
        let _already = self.child.kill();
        let _status = self.child.wait();
    }

    fn meeting_places(&self) -> Result<Vec<String>, String> {
        let found = self.get("/api/environment/places?meeting=true&limit=50", None);
        let found = found.filter(Answer::acknowledged).ok_or("the city has no places")?;
        let places = found.body["places"].as_array().cloned().unwrap_or_default();
        let ids: Vec<String> =
            places.iter().filter_map(|place| Some(place["id"].as_str()?.to_owned())).collect();
        if ids.is_empty() { Err("the city has no meeting place".to_owned()) } else { Ok(ids) }
    }

    /// The second dispatcher's seat: whoever raises alarms here also closes them, as a real desk
    /// would, or hundreds of them would ring for ever.
    fn sit_down(&self) -> Result<String, String> {
        let night = self.get("/api/demo", None).ok_or("the night does not answer")?;
        let parts = night.body["parts"].as_array().cloned().unwrap_or_default();
        let mut desks = parts.iter().filter(|part| part["role"] == "dispatcher");
        let part = desks.next_back().map(|part| part["part"].clone()).ok_or("there is no desk")?;
        let body = json!({ "part": part });
        let request = Request {
            method: "POST",
            path: "/api/demo/sign-in",
            token: None,
            cookie: None,
            key: Some("crash-sits-down"),
            body: Some(&body),
        };
        let answer = http::ask(self.server, &request).and_then(|answer| answer.cookie);
        answer.ok_or_else(|| "the desk's seat could not be taken".to_owned())
    }

    fn get(&self, path: &str, token: Option<&str>) -> Option<Answer> {
        let (cookie, key, body) = (None, None, None);
        let request = Request { method: "GET", path, token, cookie, key, body };
        http::ask(self.server, &request)
    }

    /// Makes wishes until the moment comes, and kills nothing itself: the kill comes from outside
    /// while a wish may be on its way.
    pub(super) fn live_until(
        &mut self,
        until: Instant,
        round: u32,
        chance: &mut Chance,
        wishes: &mut Vec<Wish>,
    ) -> Result<(), String> {
        let (kill_now, reaper) = self.reaper(until)?;
        let mut number = 0;
        while Instant::now() < until {
            let mut wish = self.wish(round, number, chance, wishes);
            number += 1;
            self.say(&mut wish);
            let answered = wish.acknowledged.is_some();
            wishes.push(wish);
            std::thread::sleep(Duration::from_millis(40 + chance.below(160)));
            if !answered && Instant::now() >= until {
                break;
            }
        }
        drop(kill_now);
        reaper.join().map_err(|_panicked| "the reaper did not come back".to_owned())
    }

    /// Kills the server at `until` from another thread, in the middle of whatever it is doing.
    fn reaper(
        &self,
        until: Instant,
    ) -> Result<(std::sync::mpsc::Sender<()>, std::thread::JoinHandle<()>), String> {
        let (sender, gone) = std::sync::mpsc::channel::<()>();
        let pid = self.child.id().to_string();
        let reaper = std::thread::Builder::new().name("reaper".to_owned()).spawn(move || {
            // Only a kill at its own moment: when the sender goes first there is nobody to kill.
            let wait = until.saturating_duration_since(Instant::now());
            if gone.recv_timeout(wait) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                let _ended = Command::new("kill").args(["-s", "KILL", &pid]).status();
            }
        });
        reaper.map(|reaper| (sender, reaper)).map_err(|error| error.to_string())
    }

    /// What to wish next: asks, alarms, and steps of earlier ones by her or by the desk.
    fn wish(&self, round: u32, number: u32, chance: &mut Chance, known: &[Wish]) -> Wish {
        let key = format!("crash-{round}-{number}-{:x}", chance.bits());
        let fresh = |path: &str, body: Value| Wish {
            round,
            path: path.to_owned(),
            key: key.clone(),
            body,
            token: None,
            desk: false,
            acknowledged: None,
        };
        let step = |known: &Wish, verb: &str, desk: bool, body: Value| {
            let id = known.acknowledged.as_ref()?["id"].as_str()?.to_owned();
            let token = Some(known.token.clone()?);
            let path = format!("{}/{id}/{verb}", known.path);
            Some(Wish { token, desk, ..fresh(&path, body) })
        };
        // Among the last few, those nobody has taken this step with yet.
        let open = |path: &str, verb: &str| {
            let stepped = |wish: &Wish| {
                let id = wish.acknowledged.as_ref().and_then(|view| view["id"].as_str());
                let path = id.map(|id| format!("{path}/{id}/{verb}"));
                path.is_some_and(|path| known.iter().any(|step| step.path == path))
            };
            known
                .iter()
                .rev()
                .filter(|wish| wish.path == path)
                .take(12)
                .filter(|w| !stepped(w))
                .last()
        };
        let later = match chance.below(10) {
            0..=2 => open(ASKS, "cancel")
                .and_then(|ask| step(ask, "cancel", false, json!({"reason": "unsaid"}))),
            3 => open(ALARMS, "retract").and_then(|one| step(one, "retract", false, json!({}))),
            4 => open(ALARMS, "acknowledge")
                .and_then(|one| step(one, "acknowledge", true, json!({}))),
            5 | 6 => open(ALARMS, "close")
                .and_then(|one| step(one, "close", true, json!({"outcome": "test"}))),
            7 => Some(fresh(ALARMS, json!({"first_at": 0, "locations": []}))),
            _ => None,
        };
        let place = &self.places[chance.below(self.places.len() as u64) as usize];
        later.unwrap_or_else(|| fresh(ASKS, json!({"meeting_place": place, "people": 1})))
    }

    /// Says a wish once and keeps the answer if it was acknowledged.
    fn say(&self, wish: &mut Wish) -> Option<u16> {
        let request = Request {
            method: "POST",
            path: &wish.path,
            token: wish.token.as_deref().filter(|_| !wish.desk),
            cookie: self.cookie.as_deref().filter(|_| wish.desk),
            key: Some(&wish.key),
            body: Some(&wish.body),
        };
        let answer = http::ask(self.server, &request)?;
        if answer.acknowledged() {
            if let Some(token) = answer.body["token"].as_str() {
                wish.token = Some(token.to_owned());
            }
            let view = ["request", "alarm"].into_iter().map(|name| &answer.body[name]);
            let view = view.into_iter().find(|view| view.is_object()).unwrap_or(&answer.body);
            wish.acknowledged = Some(view.clone());
        }
        Some(answer.status)
    }

    /// Wishes without an answer are said again with the same key. A refusal by the rules (409,
    /// 422) is an answer too: such a wish is dropped.
    pub(super) fn retry_open_wishes(
        &self,
        wishes: &mut Vec<Wish>,
        retried: &mut usize,
    ) -> Result<(), String> {
        let mut refused = Vec::new();
        for (at, wish) in wishes.iter_mut().enumerate() {
            if wish.acknowledged.is_some() {
                continue;
            }
            *retried += 1;
            match self.say(wish) {
                Some(200..300) => {}
                Some(400..500) => refused.push(at),
                status => return Err(format!("{} said again: {status:?}", wish.path)),
            }
        }
        for at in refused.into_iter().rev() {
            wishes.remove(at);
        }
        Ok(())
    }

    /// What is missing of an acknowledged wish: it is read back, and said again with its key.
    pub(super) fn lost(&self, wish: &Wish) -> Result<Vec<String>, String> {
        let Some(before) = &wish.acknowledged else {
            return Ok(Vec::new());
        };
        let mut lost = Vec::new();
        let id = before["id"].as_str().unwrap_or_default();
        let base = if id.starts_with("alm_") { ALARMS } else { ASKS };
        if let Some(token) = &wish.token {
            let view = self.get(&format!("{base}/{id}"), Some(token));
            let view = view.ok_or_else(|| format!("{id} could not be read"))?;
            if view.acknowledged() {
                lost.extend(lost_between(before, &view.body));
            } else {
                lost.push(format!("{id} is {} now", view.status));
            }
        }
        let mut again = Wish {
            round: wish.round,
            path: wish.path.clone(),
            key: wish.key.clone(),
            body: wish.body.clone(),
            token: wish.token.clone(),
            desk: wish.desk,
            acknowledged: None,
        };
        if wish.path == ASKS || wish.path == ALARMS {
            again.token = None;
        }
        let status = self.say(&mut again);
        match again.acknowledged {
            Some(view) if view["id"] == before["id"] => {}
            Some(view) => lost.push(format!("{id} said again became {}", view["id"])),
            None => lost.push(format!("{id} said again: {status:?}")),
        }
        Ok(lost)
    }

    /// `waylight doctor --json` beside the running server.
    pub(super) fn doctor(&self) -> Result<Value, String> {
        let said = self.command(&["doctor", "--json"])?;
        serde_json::from_slice(&said.stdout)
            .map_err(|error| format!("doctor: {error}: {}", String::from_utf8_lossy(&said.stderr)))
    }

    /// `waylight journal verify|rebuild`: what it complains about.
    pub(super) fn journal_says(&self, verb: &str) -> Result<Vec<String>, String> {
        let said = self.command(&["journal", verb])?;
        if said.status.success() {
            return Ok(Vec::new());
        }
        let text = [said.stdout, said.stderr].concat();
        Ok(vec![format!("journal {verb}: {}", String::from_utf8_lossy(&text).trim())])
    }

    fn command(&self, words: &[&str]) -> Result<std::process::Output, String> {
        let mut command = Command::new(&self.binary);
        command.args(words).args(&self.state);
        command.output().map_err(|error| format!("{}: {error}", self.binary.display()))
    }
}

const ASKS: &str = "/api/escort/requests";
const ALARMS: &str = "/api/alarm/alarms";
