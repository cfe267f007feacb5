//! The built web screens, embedded in the binary: a page by its path, with everything a server
//! must say about it. No I/O.

use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/dist"]
struct Dist;

/// The screens people open by name, and the file each is built from.
const SCREENS: &[(&str, &str)] = &[
    ("", "index.html"),
    ("desk", "desk.html"),
    ("supervisor", "supervisor.html"),
    ("team", "team.html"),
    ("haven", "haven.html"),
    ("admin", "admin.html"),
    ("join", "join.html"),
    ("crew", "crew.html"),
    ("patrol", "patrol.html"),
    ("report", "report.html"),
    ("case", "case.html"),
    ("away", "away.html"),
];

/// Pages of which no copy may stay on a device: where somebody writes a report, and where one is
/// worked on. Their scripts stand in a folder of their own.
const UNKEPT: &[&str] = &["report.html", "case.html"];
/// That folder; `vite.config.ts` fills it.
const UNKEPT_FOLDER: &str = "unkept/";

/// The one page of a build without screens (`WEB_DIST=stub`).
const STUB: &str = "stub.html";

/// A file of the screens, ready to be answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file itself.
    pub bytes: Cow<'static, [u8]>,
    /// The same, gzip-compressed at build time; only for texts, and only to those who accept it.
    pub gzip: Option<Cow<'static, [u8]>>,
    /// `Content-Type`.
    pub mime: &'static str,
    /// `ETag`, quoted, of the uncompressed bytes.
    pub etag: String,
    /// Whether its name carries a hash of its content, so that it may be kept for a year. All
    /// others must be asked for again each time (`no-cache`).
    pub immutable: bool,
    /// Whether no copy of it may stay on the device (`no-store`).
    pub unkept: bool,
}

/// The page at a path as a browser asks for it (`/`, `/desk`, `/assets/…`), if there is one.
pub fn file(path: &str) -> Option<Page> {
    let asked = path.trim_matches('/');
    let name = SCREENS.iter().find(|(screen, _)| *screen == asked).map_or(asked, |(_, file)| file);
    match load(name) {
        None if SCREENS.iter().any(|(_, file)| *file == name) && is_stub() => load(STUB),
        found => found,
    }
}

/// Every path a page or file answers at: each file's own, and each screen's name.
pub fn paths() -> Vec<String> {
    let files = Dist::iter().filter(|name| ending(name) != "gz").map(|name| format!("/{name}"));
    files.chain(SCREENS.iter().map(|(screen, _)| format!("/{screen}"))).collect()
}

/// Whether this build carries no screens but a page that says so.
pub fn is_stub() -> bool {
    Dist::get(STUB).is_some()
}

fn load(name: &str) -> Option<Page> {
    // The compressed copies are not files of their own.
    if ending(name) == "gz" {
        return None;
    }
    let found = Dist::get(name)?;
    let hash = found.metadata.sha256_hash();
    let etag = hash.iter().take(16).fold(String::from("\""), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        text
    }) + "\"";
    Some(Page {
        bytes: found.data,
        gzip: Dist::get(&format!("{name}.gz")).map(|packed| packed.data),
        mime: mime(name),
        etag,
        immutable: name.starts_with("assets/"),
        unkept: name.starts_with(UNKEPT_FOLDER) || UNKEPT.contains(&name),
    })
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn mime(name: &str) -> &'static str {
    match ending(name) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
