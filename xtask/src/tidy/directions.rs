//! `kernel ← engine ← program ← {wire, store} ← server ← {sim, waylight}`, read from the manifests.
//! Cargo keeps the arrows that exist; this keeps the ones that must not.

use super::Finding;
use crate::tree::{self, Tree};

/// Where a crate lives, which says what it may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Kernel,
    Engine,
    Program,
    /// `wire` and `store`.
    Contract,
    Atlas,
    /// `notify` and `bus`.
    Outlet,
    Screens,
    Server,
    /// `decoders`, `sim` and `waylight`.
    Top,
    /// The fuzz targets, a workspace of their own.
    Fuzz,
    Xtask,
}

fn room(crate_path: &str) -> Option<Room> {
    Some(match crate_path {
        "crates/kernel" => Room::Kernel,
        "crates/shell/wire" | "crates/shell/store" => Room::Contract,
        "crates/shell/atlas" => Room::Atlas,
        "crates/shell/notify" | "crates/shell/bus" => Room::Outlet,
        "crates/shell/screens" => Room::Screens,
        "crates/shell/server" => Room::Server,
        "crates/decoders" | "crates/sim" | "crates/waylight" => Room::Top,
        "fuzz" => Room::Fuzz,
        "xtask" => Room::Xtask,
        path if path.starts_with("crates/engine/") => Room::Engine,
        path if path.starts_with("crates/program/") => Room::Program,
        _ => return None,
    })
}

/// The program crates that may build on `volunteer`: the human networks and the walks they serve.
const ON_VOLUNTEER: &[&str] = &["escort", "haven", "lookout", "patrol"];

/// What the pure crates may know of the outside, each for what it is. Nothing here reads a clock,
/// a file, the network or a source of randomness.
const PURE: &[&str] = &[
    "argon2", // seal: what opens a report, with randomness as an argument
    "bip39",
    "cedar-policy", // access: policies and their evaluation
    "chacha20poly1305",
    "curve25519-dalek",
    "ed25519-dalek",
    "frost-ristretto255", // matching: three holders make a key that none of them has
    "hkdf",
    "hmac", // escort: the rotating proof both phones show
    "hpke",
    "jiff",         // kernel: local time, with its database compiled in
    "rand_core",    // the trait only: who calls brings the randomness
    "rand_core_06", // the same as voprf and frost know it
    "rstar",        // route: nearest things
    "serde",        // events are kept as JSON
    "serde_json",
    "sha2",
    "subtle", // matching: a token is compared in constant time
    "thiserror",
    "unicode-normalization",
    "voprf", // matching: what two of three holders answer
    "vsss-rs",
    "zeroize",
];

fn may_know(from: &Crate, to: &Crate) -> bool {
    use Room::{Atlas, Contract, Engine, Fuzz, Kernel, Outlet, Program, Screens, Server, Top};
    match (from.room, to.room) {
        (Program, Program) => to.name == "volunteer" && ON_VOLUNTEER.contains(&from.name),
        (Atlas, Engine) => to.name == "route",
        // what matching closes is closed in the seal's envelope: there is one
        (Engine, Engine) => from.name == "matching" && to.name == "seal",
        (Top, Top) => from.name == "waylight" && to.name == "sim",
        (Fuzz, Top) => to.name == "decoders",
        (Engine | Outlet | Atlas, Kernel)
        | (Program, Kernel | Engine)
        | (Contract, Kernel | Engine | Program)
        | (Server, Kernel | Engine | Program | Contract | Atlas | Outlet | Screens)
        | (Top, Kernel | Engine | Program | Contract | Atlas | Outlet | Screens | Server) => true,
        _ => false,
    }
}

/// One crate of the house.
struct Crate<'a> {
    name: &'a str,
    room: Room,
    manifest: &'a str,
    text: &'a str,
}

fn crates(tree: &Tree) -> Vec<Crate<'_>> {
    let manifests = tree.ending(&["/Cargo.toml"]);
    let named = manifests.filter_map(|(manifest, text)| {
        let path = manifest.strip_suffix("/Cargo.toml")?;
        let name = path.rsplit('/').next()?;
        Some(Crate { name, room: room(path)?, manifest, text })
    });
    named.collect()
}

/// Edges that must not be, crates in no room, and a pure crate's dependencies on the world.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (manifest, _) in tree.ending(&["/Cargo.toml"]) {
        if manifest.strip_suffix("/Cargo.toml").and_then(room).is_none() {
            findings.push(Finding::new(manifest, 0, "a crate in no room of ARCHITECTURE.md"));
        }
    }
    let house = crates(tree);
    for from in &house {
        for dependency in dependencies(from.text) {
            let at = |what: String| Finding::new(from.manifest, dependency.line, what);
            if let Some(to) = house.iter().find(|to| to.name == dependency.name) {
                // The dependencies of tests too: a test that needs another word is in the wrong crate.
                if !may_know(from, to) {
                    findings.push(at(format!("{} may not know {}", from.name, to.name)));
                }
            } else if matches!(from.room, Room::Kernel | Room::Engine | Room::Program)
                && !dependency.dev
                && !PURE.contains(&dependency.name)
            {
                let what = format!("{} is pure and may not know {}", from.name, dependency.name);
                findings.push(at(what));
            }
        }
    }
    findings
}

/// One dependency as a manifest names it.
struct Dependency<'a> {
    name: &'a str,
    line: usize,
    dev: bool,
}

/// Reads the dependency sections of a manifest: `name = …`, `name.workspace = true` and
/// `[dependencies.name]`, for any target; a `package = "real"` is believed over the name.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let mut section = None;
    for (at, line) in manifest.lines().enumerate() {
        let line = line.split(" #").next().unwrap_or_default().trim();
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            let tail = header.rsplit("dependencies").next().unwrap_or_default();
            section = header.contains("dependencies").then(|| header.contains("dev-"));
            if let (Some(dev), Some(name)) = (section, tail.strip_prefix('.')) {
                found.push(Dependency { name: name.trim_matches('"'), line: at + 1, dev });
                section = None;
            }
            continue;
        }
        let Some(dev) = section else { continue };
        let Some((key, value)) = line.split_once('=') else { continue };
        let key = key.trim().split('.').next().unwrap_or_default().trim_matches('"');
        let renamed = value.split_once("package").and_then(|(_, rest)| rest.split('"').nth(1));
        found.push(Dependency { name: renamed.unwrap_or(key), line: at + 1, dev });
    }
    found
}

/// Paths of the standard library a pure crate has no business with.
const WORLD: &[&[&str]] = &[
    &["std", ":", ":", "env"],
    &["std", ":", ":", "fs"],
    &["std", ":", ":", "net"],
    &["std", ":", ":", "process"],
    &["SystemTime", ":", ":", "now"],
    &["fs", ":", ":", "read"],
    &["File", ":", ":", "open"],
];

/// The world reached through the standard library from a pure crate.
pub(super) fn purity(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, source) in tree.rust() {
        let pure = ["crates/kernel/src/", "crates/engine/", "crates/program/"];
        let in_source = path.contains("/src/") && pure.iter().any(|room| path.starts_with(room));
        if !in_source || tree::is_test(path) {
            continue;
        }
        let Some(source) = source else { continue };
        for run in WORLD {
            for line in source.lines_with(run).filter(|line| !source.is_test(*line)) {
                let reached = run.concat();
                let what = format!("a pure crate reaches for {reached}: make it an argument");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}
