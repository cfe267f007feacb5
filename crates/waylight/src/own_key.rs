//! A key of 32 bytes in a file of its own, on whose machine it is used: a witness's, or the programme's
//! for the list of its pages.

use anyhow::{Context, Result};
use rand::{TryRng, rngs::SysRng};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

/// Makes one. The file must not exist.
pub(crate) fn make(file: &Path) -> Result<[u8; 32]> {
    let mut seed = [0; 32];
    SysRng.try_fill_bytes(&mut seed).context("the machine has no randomness to give")?;
    write_new(file, &seed)?;
    Ok(seed)
}

/// Reads one.
pub(crate) fn read(file: &Path) -> Result<[u8; 32]> {
    let seed = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let seed = seed.as_slice().try_into();
    seed.with_context(|| format!("{} is no key: it has not 32 bytes", file.display()))
}

/// Never over what is there: a key that is gone cannot be asked for again.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file).with_context(|| format!("making {}", file.display()))?;
    opened.write_all(bytes).and_then(|()| opened.sync_all())?;
    Ok(())
}

/// Puts bytes in a file's place in one step: a crash leaves the old ones or the new.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> Result<()> {
    let beside = file.with_extension("new");
    let _left_by_a_crash = fs::remove_file(&beside);
    write_new(&beside, bytes)?;
    fs::rename(&beside, file).with_context(|| format!("keeping {}", file.display()))
}
