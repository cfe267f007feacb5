//! What the suite needs beyond Rust and Node, and how a Debian machine gets it.

use crate::step::Run;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Whether a program is on the path.
pub(crate) fn has(program: &str) -> bool {
    find(program).is_some()
}

fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether we run as root: PostgreSQL refuses to, and only root may install.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Whether this is CI, where a skipped step is a failed one.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|ci| ci == "true" || ci == "1")
}

/// The folder of the newest PostgreSQL server programs, 15 or later.
pub(crate) fn postgres() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten();
    let newest = installed
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            let version: u32 = folder.file_name()?.to_str()?.parse().ok()?;
            let programs = folder.join("bin");
            (version >= 15 && programs.join("postgres").is_file()).then_some((version, programs))
        })
        .max();
    let on_path = || {
        let server = find("postgres").filter(|_server| version("postgres") >= Some(15))?;
        server.parent().map(Path::to_path_buf)
    };
    newest.map(|(_version, programs)| programs).or_else(on_path)
}

/// The major version a program says it has.
fn version(program: &str) -> Option<u32> {
    let said = Command::new(program).arg("--version").output().ok()?.stdout;
    major(&String::from_utf8_lossy(&said))
}

/// The first number of `v20.20.2` or `postgres (PostgreSQL) 15.6`.
fn major(said: &str) -> Option<u32> {
    let digits = said.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The browser: `CHROMIUM` if set, else the first known name on the path.
pub(crate) fn chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from).filter(|file| file.is_file()) {
        return Some(named);
    }
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find)
}

/// Whether Korean letters can be drawn; a screenshot of empty boxes proves nothing.
fn korean_font() -> bool {
    ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk"]
        .into_iter()
        .any(|path| Path::new(path).exists())
}

/// The Debian packages the suite still misses here.
fn missing() -> Vec<&'static str> {
    let mut packages = Vec::new();
    if postgres().is_none() {
        packages.push("postgresql");
    }
    if chromium().is_none() {
        packages.push("chromium");
    }
    if !korean_font() {
        packages.push("fonts-noto-cjk");
    }
    packages
}

/// Installs what is missing if we may; otherwise says what will be skipped.
///
/// # Errors
/// When apt-get fails, or a program no one can do without is not there.
pub(crate) fn prepare(may_install: bool) -> Result<String, String> {
    for (program, package) in [("cc", "build-essential"), ("node", "Node 20+"), ("npm", "Node 20+")]
    {
        if !has(program) {
            return Err(format!("{program} is missing: install {package}"));
        }
    }
    if version("node") < Some(20) {
        return Err("node is too old: install Node 20 or later".to_owned());
    }
    let packages = missing();
    if packages.is_empty() {
        return Ok("nothing to install".to_owned());
    }
    if !may_install || !is_root() || !has("apt-get") {
        return Ok(format!("MISSING, so steps will be skipped: {}", packages.join(" ")));
    }
    let quiet: &[(&str, &str)] = &[("DEBIAN_FRONTEND", "noninteractive"), ("RUNLEVEL", "1")];
    let mut install = vec!["apt-get", "install", "-y", "--no-install-recommends"];
    install.extend(&packages);
    for (name, words) in [("apt-update", &["apt-get", "update"][..]), ("apt-install", &install)] {
        let run = Run { words, folder: "", env: quiet };
        run.quietly(name).map_err(|(_closing, said)| said)?;
    }
    Ok(format!("installed {}", packages.join(" ")))
}

#[cfg(test)]
mod tests;
