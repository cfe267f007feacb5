//! The screens: their modules, their own checks, and the journeys in a real browser.

use crate::{
    machine, root,
    step::{self, Run},
    suite::{self, Ended},
};
use std::{fs, path::Path};

/// `npm ci`, unless the modules were installed from this very lock file. The build of the screens
/// keeps the same stamp.
///
/// # Errors
/// What npm said.
pub(crate) fn install() -> Result<String, String> {
    let web = root().join("web");
    let lock = fs::read(web.join("package-lock.json"))
        .map_err(|error| format!("web/package-lock.json: {error}"))?;
    let stamp = web.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok("as locked".to_owned());
    }
    let ci = Run { words: &["npm", "ci"], folder: "web", env: &[] };
    ci.quietly("web-install").map_err(|(_closing, said)| said)?;
    fs::write(stamp, lock).map_err(|error| error.to_string())?;
    Ok("installed".to_owned())
}

/// Runs a tool of the screens' own modules.
///
/// # Errors
/// What it said.
pub(crate) fn npx(name: &str, words: &[&str]) -> Result<(), String> {
    let mut command = vec!["npx", "--no-install"];
    command.extend(words);
    let run = Run { words: &command, folder: "web", env: &[] };
    run.quietly(name).map(|_closing| ()).map_err(|(_closing, said)| said)
}

/// Runs a script of `web/package.json`.
pub(crate) fn script(name: &str) -> Ended {
    let manifest = fs::read_to_string(root().join("web/package.json")).unwrap_or_default();
    if !manifest.contains(&format!("\"{name}\":")) {
        return Ended::Absent(format!("web/package.json has no script {name}"));
    }
    let words = ["npm", "run", "--silent", name];
    Run { words: &words, folder: "web", env: &[] }.quietly(&format!("web-{name}")).into()
}

/// Every journey of `web/e2e` on the built binary; screenshots go to `shots` if given.
pub(crate) fn journeys(shots: Option<&Path>) -> Ended {
    let Some(chromium) = machine::chromium() else {
        return Ended::Skipped("Chromium is not installed: no screen was looked at".to_owned());
    };
    let binary = match step::binary() {
        Ok(binary) => binary.display().to_string(),
        Err(why) => return Err(why).into(),
    };
    let chromium = chromium.display().to_string();
    let shots = shots.map(|folder| root().join(folder).display().to_string());
    let mut env = vec![("WAYLIGHT_BIN", binary.as_str()), ("CHROMIUM", chromium.as_str())];
    env.extend(shots.iter().map(|folder| ("SHOTS", folder.as_str())));
    let words = ["npm", "run", "--silent", "e2e"];
    Run { words: &words, folder: "web", env: &env }.quietly("browser").into()
}

/// Takes pictures of a city's night from the release build's own demo, into `docs/`.
///
/// # Errors
/// What failed, in full.
pub(crate) fn picture() -> Result<(), String> {
    let chromium = machine::chromium().ok_or("Chromium is not installed: there is no picture")?;
    let said = |(_closing, said)| said;
    let build = ["cargo", "build", "--release", "--locked", "--package", "waylight"];
    Run::new(&build).quietly("release").map_err(said)?;
    install()?;
    let binary = step::release_binary()?.display().to_string();
    let (chromium, docs) = (chromium.display().to_string(), root().join("docs"));
    let docs = docs.display().to_string();
    let env = [("WAYLIGHT_BIN", &*binary), ("CHROMIUM", &chromium), ("PICTURE", &docs)];
    let words = ["npm", "run", "--silent", "e2e"];
    Run { words: &words, folder: "web", env: &env }.quietly("picture").map_err(said)?;
    println!("docs/city-supervisor.jpg and docs/city-desk.jpg: look at them");
    Ok(())
}

/// Builds, then runs the journeys alone.
///
/// # Errors
/// What failed, in full.
pub(crate) fn command(shots: Option<&Path>) -> Result<(), String> {
    suite::build().map_err(|(_closing, said)| said)?;
    install()?;
    match journeys(shots) {
        Ended::Counted(closing) => {
            println!("{}", closing.lines.join("\n"));
            Ok(())
        }
        Ended::Failed(_, said) | Ended::Skipped(said) | Ended::Absent(said) => Err(said),
        Ended::Passed(_) => Err("the browser runner counted nothing".to_owned()),
    }
}
