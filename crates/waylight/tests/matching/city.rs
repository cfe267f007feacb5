//! All houses of a city: founded once for each test, with a ceremony of its own.

use crate::house::{Answer, House, ORIGIN, ask, done};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;
use tempfile::TempDir;

/// A small pack, without centers: matching stands beside them.
pub const PACK: &str = r#"
code = "gwanak"
name = { ko = "관악구", en = "Gwanak" }
zone = "Asia/Seoul"
languages = ["ko", "en"]
area = { south = 37.44, west = 126.90, north = 37.50, east = 126.99 }
numbers = { emergency = "112", desk = "02-120" }
[[districts]]
code = "gwanak"
name = { ko = "관악구", en = "Gwanak" }
"#;

pub struct City {
    folder: TempDir,
    pub holders: Vec<Option<House>>,
    pub issuer: House,
    pub web: House,
    /// Keys of issuer, in lines as it printed them.
    receipt_key: String,
    batches: usize,
}

/// What is quoted in a line.
fn quoted(line: &str) -> String {
    line.split('"').nth(1).unwrap().to_owned()
}

impl City {
    pub fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let keys = ceremony(&at);
        let issuer_keys = done(&["matching", "issuer", "new", "--dir", &at("issuer")], "");
        let receipt_key = quoted(issuer_keys.lines().nth(2).unwrap());
        let issuer_words =
            ["matching", "issuer", "serve", "--dir", &at("issuer"), "--city", ORIGIN];
        let issuer = House::start(&issuer_words);
        let mut holders = Vec::new();
        for number in 1..=3 {
            holders.push(Some(holder(&at(&format!("holder-{number}")), &issuer, &receipt_key)));
        }
        let mut pack = PACK.to_owned();
        let name = "name = { ko = \"집\", en = \"A house\" }\n";
        let new = |words: &[&str]| done(words, "").trim().to_owned();
        let matcher = new(&["matching", "matcher", "new", "--dir", &at("matcher")]);
        write!(
            pack,
            "[onestop.matching]\nmatcher_key = \"{matcher}\"\n[onestop.matching.issuer]\n{name}\
             where = {{ ko = \"1층\", en = \"First floor\" }}\n\
             hours = {{ ko = \"낮\", en = \"By day\" }}\nphone = \"02-000-0000\"\n\
             origin = \"{}\"\n{issuer_keys}",
            issuer.origin()
        )
        .unwrap();
        for (house, key) in holders.iter().flatten().zip(&keys) {
            let origin = house.origin();
            writeln!(pack, "[[onestop.matching.holders]]\n{name}origin = \"{origin}\"\n{key}")
                .unwrap();
        }
        for who in ["first", "second"] {
            let key = new(&["matching", "counsel", "new", "--key", &at(who)]);
            writeln!(pack, "[[onestop.matching.counsel]]\n{name}key = \"{key}\"").unwrap();
        }
        std::fs::write(at("pack.toml"), pack).unwrap();
        let web = web(&at("web"), &at("pack.toml"));
        Self { folder, holders, issuer, web, receipt_key, batches: 0 }
    }

    pub fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A holder is stopped, from 1.
    pub fn stop_holder(&mut self, number: usize) {
        self.holders[number - 1] = None;
    }

    /// And started again, where browsers look for it no more: it has another port.
    pub fn start_holder(&mut self, number: usize) {
        let dir = self.at(&format!("holder-{number}"));
        self.holders[number - 1] = Some(holder(&dir, &self.issuer, &self.receipt_key));
    }

    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        ask(self.web.at, method, path, body).unwrap()
    }

    /// Codes for somebody who was identified.
    pub fn admit(&self, known_by: &str, identifiers: usize) -> Vec<String> {
        let count = identifiers.to_string();
        let dir = self.at("issuer");
        let words = ["matching", "issuer", "admit", "--dir", &dir, "--identifiers", &count];
        done(&words, known_by).lines().map(str::to_owned).collect()
    }

    /// A day's batch, through both of counsel: what the second reads.
    pub fn counsel_reads(&mut self) -> String {
        self.batches += 1;
        let file = |name: &str| self.at(&format!("{name}-{}.json", self.batches));
        let (entries, openings, inner) = (file("entries"), file("openings"), file("inner"));
        done(&["matching", "export", "--dir", &self.at("web"), "--out", &entries], "");
        let matcher = self.at("matcher");
        let words =
            ["matching", "batch", "--dir", &matcher, "--entries", &entries, "--out", &openings];
        assert_eq!(done(&words, ""), "", "a batch prints nothing");
        let (one, two) = (self.at("first"), self.at("second"));
        let words = ["matching", "counsel", "first", "--key", &one, "--openings", &openings];
        done(&[words.as_slice(), &["--out", &inner]].concat(), "");
        done(&["matching", "counsel", "second", "--key", &two, "--openings", &inner], "")
    }

    /// All that any house has written anywhere but in its log: files by name and bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for one in std::fs::read_dir(folder).unwrap() {
                let path = one.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push((path.clone(), std::fs::read(path).unwrap()));
                }
            }
        }
        found
    }

    /// What all services wrote to their logs.
    pub fn logs(&self) -> String {
        let holders = self.holders.iter().flatten().map(House::log);
        holders.chain([self.issuer.log(), self.web.log()]).collect()
    }
}

fn holder(dir: &str, issuer: &House, receipt_key: &str) -> House {
    let origin = issuer.origin();
    House::start(&[
        "matching",
        "holder",
        "serve",
        "--dir",
        dir,
        "--issuer",
        &origin,
        "--receipt-key",
        receipt_key,
        "--city",
        ORIGIN,
    ])
}

fn web(dir: &str, pack: &str) -> House {
    House::start(&["serve", "--dir", dir, "--pack", pack, "--origin", ORIGIN])
}

/// A city whose pack says nothing of matching.
pub fn without_matching(folder: &TempDir) -> House {
    let pack = folder.path().join("pack.toml");
    std::fs::write(&pack, PACK).unwrap();
    web(&folder.path().join("web").display().to_string(), &pack.display().to_string())
}

/// The ceremony, step by step and file by file: three lines of keys, the same at all three.
fn ceremony(at: &impl Fn(&str) -> String) -> Vec<String> {
    let dir = |number: u8| at(&format!("holder-{number}"));
    let file = |step: &str, number: u8| at(&format!("{step}-{number}.json"));
    let others = |number: u8| (1..=3).filter(move |other| *other != number);
    for number in 1..=3 {
        let (dir, out) = (dir(number), file("begun", number));
        let which = number.to_string();
        done(
            &["matching", "holder", "begin", "--dir", &dir, "--number", &which, "--out", &out],
            "",
        );
    }
    let mut heard = Vec::new();
    for number in 1..=3 {
        let (dir, out) = (dir(number), file("told", number));
        let begun: Vec<String> = others(number).map(|other| file("begun", other)).collect();
        let words = ["matching", "holder", "hear", "--dir", &dir, "--out", &out, "--begun"];
        heard.push(done(&[words.as_slice(), &[&begun[0], "--begun", &begun[1]]].concat(), ""));
    }
    assert!(heard.windows(2).all(|pair| pair[0] == pair[1]), "all three read the same line");
    let mut keys = Vec::new();
    for number in 1..=3 {
        let dir = dir(number);
        let told: Vec<String> = others(number).map(|other| file("told", other)).collect();
        let words = ["matching", "holder", "finish", "--dir", &dir, "--told"];
        keys.push(done(&[words.as_slice(), &[&told[0], "--told", &told[1]]].concat(), ""));
    }
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "all three have the same keys");
    keys[0].lines().map(str::to_owned).collect()
}
