//! The keys of one city: files only the service account can read.

use crate::Failure;
use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use kernel::Secret;
use rand::{TryRng, rngs::SysRng};
use sha2::Sha256;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The keys of one city. Has no `Debug`.
#[derive(Clone)]
pub struct Keys {
    dir: PathBuf,
    master: Secret<[u8; 32]>,
    signing: SigningKey,
}

impl Keys {
    /// Reads the keys of the state folder `dir` (`dir/keys/master.key`, `dir/keys/checkpoint.key`;
    /// 32 raw bytes each), or makes them, readable by nobody else.
    ///
    /// # Errors
    /// [`Failure::KeyFile`] when a key file has the wrong length or others can read it;
    /// [`Failure::File`] when the folder cannot be used.
    pub fn open_or_create(dir: &Path) -> Result<Self, Failure> {
        let folder = dir.join("keys");
        fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        close_to_others(&folder, 0o700)?;
        let master = read_or_create(&folder.join("master.key"))?;
        let signing = read_or_create(&folder.join("checkpoint.key"))?;
        Ok(Self { dir: dir.to_owned(), master, signing: SigningKey::from_bytes(signing.expose()) })
    }

    /// A key for one other purpose, derived from the master key: HMAC-SHA-256 of the label. The
    /// same label gives the same key for as long as the master key lives.
    pub fn derive(&self, label: &str) -> Secret<[u8; 32]> {
        Secret::new(hmac(self.master.expose(), label.as_bytes()))
    }

    /// The public half of the key that signs checkpoints: what an outside witness needs.
    pub fn checkpoint_public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) const fn signing(&self) -> &SigningKey {
        &self.signing
    }
}

fn hmac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the block of its hash.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn read_or_create(path: &Path) -> Result<Secret<[u8; 32]>, Failure> {
    if !path.exists() {
        let bytes: [u8; 32] = random()?;
        write_whole(path, &bytes, 0o600)?;
    }
    refuse_if_open_to_others(path)?;
    let bytes = fs::read(path).map_err(Failure::file(path))?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|_length| Failure::KeyFile {
        path: path.to_owned(),
        reason: "a key file holds exactly 32 bytes; restore it from the backup of the keys",
    })?;
    Ok(Secret::new(bytes))
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_source| Failure::NoRandomness)?;
    Ok(bytes)
}

/// Writes a file so that a power cut leaves either the old one or the new one, whole: write
/// beside it, sync, rename, sync the folder. (A configuration edited without this vanished in our
/// power-cut trials.)
pub(crate) fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let fresh = path.with_extension("fresh");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(mode);
    }
    let write = |fresh: &Path| {
        let mut file = options.open(fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(fresh, path)?;
        match path.parent() {
            Some(folder) => fs::File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    };
    write(&fresh).map_err(Failure::file(path))
}

#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Failure::file(path))
}

#[cfg(unix)]
fn refuse_if_open_to_others(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(Failure::file(path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Failure::KeyFile {
            path: path.to_owned(),
            reason: "others can read this key; run chmod 600 on it and consider it known",
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path, _mode: u32) -> Result<(), Failure> {
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_path: &Path) -> Result<(), Failure> {
    Ok(())
}
