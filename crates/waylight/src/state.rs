//! A city's state folder: keys, the database (unless it is elsewhere), the pack it was imported
//! with, and the demo's clock.

use crate::cli;
use anyhow::{Context, Result, anyhow, bail, ensure};
use kernel::Secret;
use server::{DutyPhones, Pack};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Keys, Location, Store};

/// The pack imports use when none was ever named: the box of Seoul.
const DEFAULT_PACK: &str = include_str!("../../../cities/seoul.toml");

/// A state folder.
#[derive(Clone, Debug)]
pub(crate) struct StateDir {
    dir: PathBuf,
    database: Option<String>,
}

impl From<&cli::State> for StateDir {
    fn from(state: &cli::State) -> Self {
        Self::new(&state.dir, state.database.clone())
    }
}

impl StateDir {
    pub(crate) fn new(dir: &Path, database: Option<String>) -> Self {
        Self { dir: dir.to_owned(), database }
    }

    /// The folder itself.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Postgres(url.clone()),
            None => Location::Sqlite(self.dir.clone()),
        }
    }

    /// Opens the city for reading and writing; makes what is missing.
    pub(crate) async fn open(&self, pack: &Pack) -> Result<Store> {
        fs::create_dir_all(&self.dir).with_context(|| self.dir.display().to_string())?;
        let keys = Keys::open_or_create(&self.dir)?;
        Ok(Store::open(self.location(), keys, pack.code.as_str()).await?)
    }

    /// Opens an existing city beside a running server.
    pub(crate) async fn read(&self, pack: &Pack) -> Result<Store> {
        ensure!(self.dir.is_dir(), "there is no folder {}", self.dir.display());
        let keys = Keys::open_or_create(&self.dir)?;
        Ok(Store::open_read_only(self.location(), keys, pack.code.as_str()).await?)
    }

    /// The pack this folder remembers; Seoul's box if it remembers none.
    pub(crate) fn pack(&self) -> Result<Pack> {
        let remembered = self.file("pack.toml");
        if remembered.is_file() {
            return Ok(Pack::read(&remembered)?);
        }
        Ok(Pack::parse(DEFAULT_PACK)?)
    }

    /// Whether a pack is remembered.
    pub(crate) fn has_pack(&self) -> bool {
        self.file("pack.toml").is_file()
    }

    /// The duty contact of each district, from `duty.toml`: a line for each, `code = "number"`.
    /// Empty if there is no such file.
    pub(crate) fn duty_phones(&self, pack: &Pack) -> Result<DutyPhones> {
        let file = self.file("duty.toml");
        if !file.is_file() {
            return Ok(DutyPhones::new());
        }
        let named = || file.display().to_string();
        let text = fs::read_to_string(&file).with_context(named)?;
        // The parser's own sentence would quote the line, and with it the number.
        let lines: BTreeMap<String, String> = toml::from_str(&text).map_err(|_quoting| {
            anyhow!("{}: write a line for each district, like gwanak = \"+82 2 …\"", named())
        })?;
        let mut phones = DutyPhones::new();
        for (code, phone) in lines {
            let known = pack.districts.iter().find(|district| district.code.as_str() == code);
            let Some(district) = known else {
                bail!("{}: the pack has no district {code}", named());
            };
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            let other = phone.chars().any(|one| !(one.is_ascii_digit() || " +-()".contains(one)));
            ensure!(!other && digits >= 3, "{}: what {code} has is no phone number", named());
            phones.insert(district.code.clone(), Secret::new(phone));
        }
        Ok(phones)
    }

    /// Reads a pack and remembers its text for every later command on this folder.
    pub(crate) fn remember(&self, text: &str) -> Result<Pack> {
        let pack = Pack::parse(text)?;
        write_whole(&self.file("pack.toml"), text.as_bytes())?;
        Ok(pack)
    }
}

/// Writes a file so that a crash leaves the old one or the new one, never half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let fresh = path.with_extension("new");
    fs::write(&fresh, bytes).with_context(|| fresh.display().to_string())?;
    fs::rename(&fresh, path).with_context(|| path.display().to_string())
}
