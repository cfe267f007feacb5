//! Which tokens were spent, and on what: 64 bytes for each, on the disk before anybody is told yes.

use crate::matching::house::{No, not_kept};
use anyhow::{Context, Result};
use matching::token::{Issuer, Register};
use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

/// A nonce, and the question it was spent on.
const RECORD_BYTES: usize = 64;

/// The tokens of one key.
pub(super) struct Spent {
    kept: Mutex<(Register, File)>,
}

impl Spent {
    /// Reads what was spent. What a crash left half was answered to nobody, and goes.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let named = || path.display().to_string();
        let mut file = options.open(path).with_context(named)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).with_context(named)?;
        let (records, half) = bytes.as_chunks::<RECORD_BYTES>();
        if !half.is_empty() {
            file.set_len((records.len() * RECORD_BYTES) as u64).with_context(named)?;
        }
        file.sync_all().with_context(named)?;
        let register = Register::of(records.iter().map(|record| {
            let (mut nonce, mut question) = ([0; 32], [0; 32]);
            nonce.copy_from_slice(&record[..32]);
            question.copy_from_slice(&record[32..]);
            (nonce, question)
        }));
        Ok(Self { kept: Mutex::new((register, file)) })
    }

    /// Takes a token for a question.
    pub(super) fn redeem(
        &self,
        issuer: &Issuer,
        spending: &[u8; 64],
        question: &[u8; 32],
    ) -> Result<(), No> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (register, file) = &mut *kept;
        let before = register.spent_on(spending);
        issuer.redeem(register, spending, question).map_err(No::of)?;
        let Some(spent) = register.spent_on(spending).filter(|_| before.is_none()) else {
            return Ok(());
        };
        let whole = file.metadata().map(|found| found.len());
        let record = [spent.0, spent.1].concat();
        let written = file.write_all(&record).and_then(|()| file.sync_data());
        written.map_err(|error| {
            register.take_back(&spent);
            // Half a record in the middle would shift all that follow.
            let _mended = whole.and_then(|length| file.set_len(length));
            not_kept(anyhow::Error::new(error).context("the register of spent tokens"))
        })
    }
}

#[cfg(test)]
mod tests;
