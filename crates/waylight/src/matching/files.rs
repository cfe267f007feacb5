//! Files of the houses: secrets that are never written over, states that a crash leaves old or new, and
//! what is carried from one house to another.

use crate::own_key;
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{SeedableRng, TryRng, rngs::ChaCha20Rng, rngs::SysRng};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    fs::{self, File, OpenOptions},
    path::Path,
};
use zeroize::Zeroizing;

/// The form of every file here.
pub(super) const FORM: u8 = 1;

/// Chance from the machine.
pub(super) fn chance() -> Result<ChaCha20Rng> {
    Ok(ChaCha20Rng::from_seed(*drawn()?))
}

/// 32 random bytes.
pub(super) fn drawn() -> Result<Zeroizing<[u8; 32]>> {
    let mut seed = Zeroizing::new([0; 32]);
    SysRng.try_fill_bytes(&mut *seed).context("the machine has no randomness to give")?;
    Ok(seed)
}

/// A house's folder, which nobody else on the machine reads.
pub(super) fn make_folder(dir: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).with_context(|| format!("making {}", dir.display()))
}

/// Never over what is there, and on the disk when this returns.
pub(super) fn write_new(file: &Path, bytes: &[u8]) -> Result<()> {
    own_key::write_new(file, bytes)?;
    sync_folder(file)
}

/// In one step, and on the disk when this returns: a crash leaves the old file or the new one.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> Result<()> {
    own_key::replace(file, bytes)?;
    sync_folder(file)
}

/// A new name is on the disk once its folder is.
fn sync_folder(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|path| !path.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|opened| opened.sync_all()).context(folder.display().to_string())
}

/// What is kept or carried, as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>> {
    Ok(Zeroizing::new(serde_json::to_vec_pretty(value)?))
}

/// Reads a file; what does not read is named by what it should have been, never by its content.
pub(super) fn read<T: DeserializeOwned>(file: &Path, what: &str) -> Result<T> {
    let text = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let text = Zeroizing::new(text);
    let read = serde_json::from_slice(&text).ok();
    read.with_context(|| format!("{} is no {what}, or a damaged one", file.display()))
}

/// The same where there may be no file yet.
pub(super) fn read_if<T: DeserializeOwned>(file: &Path, what: &str) -> Result<Option<T>> {
    if file.is_file() { read(file, what).map(Some) } else { Ok(None) }
}

/// One at a time in a folder, between processes. Dropped, it is free.
pub(super) struct Alone {
    _held: File,
}

impl Alone {
    /// Waits for whoever else is in the middle of something.
    pub(super) fn in_folder(dir: &Path) -> Result<Self> {
        let held = lock_file(dir, "lock")?;
        held.lock().with_context(|| format!("waiting for {}", dir.display()))?;
        Ok(Self { _held: held })
    }

    /// The one service of a folder.
    pub(super) fn serving(dir: &Path) -> Result<Self> {
        let held = lock_file(dir, "serving")?;
        let free = held.try_lock();
        free.with_context(|| format!("something else serves {} already", dir.display()))?;
        Ok(Self { _held: held })
    }
}

fn lock_file(dir: &Path, name: &str) -> Result<File> {
    let path = dir.join(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    options.open(&path).with_context(|| format!("there is no folder {}", dir.display()))
}

/// Bytes as they stand in a pack: base64url without padding.
pub(super) fn letters(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What two people compare by voice: 32 letters in groups of four.
pub(super) fn fingerprint(label: &str, parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new_with_prefix(label);
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut text = String::new();
    for pair in hash.finalize()[..16].chunks(2) {
        if !text.is_empty() {
            text.push(' ');
        }
        for byte in pair {
            // Writing to a string cannot fail.
            let _written = write!(text, "{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests;
