//! Builds `web/` into `OUT_DIR/dist` and lays a gzip copy beside every text, so that the binary
//! carries the screens and the server never compresses them again.
//!
//! `WEB_DIST=stub` builds one honest page instead: for lints, documentation and servers under
//! test, where Node is not wanted.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script is told its folders by cargo's environment"
)]

use flate2::{Compression, write::GzEncoder};
use std::{
    env,
    error::Error,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a change in `web/` or in the catalogues can touch; `node_modules` is not among it.
const WATCHED: &[&str] = &[
    "web/src",
    "web/public",
    "web/build",
    "web/index.html",
    "web/desk.html",
    "web/supervisor.html",
    "web/team.html",
    "web/haven.html",
    "web/admin.html",
    "web/crew.html",
    "web/join.html",
    "web/patrol.html",
    "web/report.html",
    "web/case.html",
    "web/away.html",
    "web/vite.config.ts",
    "web/package.json",
    "web/package-lock.json",
    "lang",
];

const STUB: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Waylight</title>\
<p>This build was made without screens (WEB_DIST=stub). The interface under /api works; \
build again without WEB_DIST to get the pages.</p></html>";

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-env-changed=WEB_DIST");
    let root = fs::canonicalize(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../.."))?;
    let dist = PathBuf::from(env::var("OUT_DIR")?).join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    if env::var("WEB_DIST").is_ok_and(|chosen| chosen == "stub") {
        fs::write(dist.join("stub.html"), STUB)?;
        return Ok(());
    }
    for path in WATCHED {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    let web = root.join("web");
    // Two cargo runs with different target folders share one node_modules: one at a time.
    let gate = fs::File::create(web.join(".building"))?;
    gate.lock()?;
    install(&web)?;
    run(&web, &["run", "build", "--", "--outDir"], Some(&dist))?;
    compress(&dist)
}

/// `npm ci`, unless the lock file is the one the modules were installed from.
fn install(web: &Path) -> Outcome<()> {
    let lock = fs::read(web.join("package-lock.json"))?;
    let stamp = web.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(web, &["ci"], None)?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn run(web: &Path, arguments: &[&str], last: Option<&Path>) -> Outcome<()> {
    let mut npm = Command::new("npm");
    npm.current_dir(web).args(arguments);
    if let Some(path) = last {
        npm.arg(path);
    }
    let output = npm.output().map_err(|reason| {
        io::Error::new(
            reason.kind(),
            format!("npm could not be started ({reason}). Install Node 20 or newer, or set WEB_DIST=stub"),
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "npm {} failed:\n{}\n{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}

fn compress(folder: &Path) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress(&path)?;
            continue;
        }
        let text = path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| {
            matches!(ending, "html" | "js" | "mjs" | "css" | "svg" | "json" | "webmanifest")
        });
        if !text {
            continue;
        }
        let bytes = fs::read(&path)?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&bytes)?;
        let mut beside = path.into_os_string();
        beside.push(".gz");
        fs::write(beside, packed.finish()?)?;
    }
    Ok(())
}
