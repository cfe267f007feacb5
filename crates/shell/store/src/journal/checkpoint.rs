//! Signed checkpoints: "up to this number the chain ended in this hash". They are what shows a
//! journal that was cut short or rewritten as a whole, above all when a copy is kept elsewhere.

use super::follow;
use crate::{
    Failure, Keys, Store, Tx,
    db::{Conn, on},
    keys,
    open::Inner,
};
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// Every how many events one is signed by itself; the server's clock and shutdown add others.
pub const CHECKPOINT_EVERY: u64 = 1_000;

/// A signed statement of where the journal stood. Public: it holds nothing of anybody, and the
/// more people outside keep it the better.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The city.
    pub city: String,
    /// The number of the last event it covers; 0 for an empty journal.
    pub number: u64,
    /// The hash of that event, in hexadecimal.
    pub hash: String,
    /// When it was signed, in milliseconds since 1970.
    pub at: Instant,
    /// The Ed25519 key it was signed with, in hexadecimal.
    pub key: String,
    /// The signature over [`Checkpoint::message`], in hexadecimal.
    pub signature: String,
}

impl Checkpoint {
    fn sign(keys: &Keys, city: &str, number: u64, hash: &[u8; 32], at: Instant) -> Self {
        let mut checkpoint = Self {
            city: city.to_owned(),
            number,
            hash: hex(hash),
            at,
            key: hex(&keys.checkpoint_public()),
            signature: String::new(),
        };
        checkpoint.signature =
            hex(&keys.signing().sign(checkpoint.message().as_bytes()).to_bytes());
        checkpoint
    }

    /// What is signed: five lines, each ended by a line feed; `waylight checkpoint 1`, the city,
    /// the number, the hash, the time.
    pub fn message(&self) -> String {
        format!(
            "waylight checkpoint 1\n{}\n{}\n{}\n{}\n",
            self.city,
            self.number,
            self.hash,
            self.at.millis()
        )
    }

    /// Whether it was signed for `city` by the holder of `public`.
    pub fn is_signed_by(&self, public: &[u8; 32], city: &str) -> bool {
        let Some(signature) = unhex::<64>(&self.signature) else { return false };
        let Ok(key) = VerifyingKey::from_bytes(public) else { return false };
        // The key written in the file is for people; the one that counts is the caller's.
        self.city == city
            && key
                .verify_strict(self.message().as_bytes(), &Signature::from_bytes(&signature))
                .is_ok()
    }

    /// The hash as bytes; `None` if it is not one.
    pub fn hash_bytes(&self) -> Option<[u8; 32]> {
        unhex(&self.hash)
    }

    /// Reads a checkpoint file, as one kept outside.
    ///
    /// # Errors
    /// [`Failure::File`] when it cannot be read, [`Failure::Unreadable`] when it is none.
    pub fn from_file(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(Failure::file(path))?;
        serde_json::from_slice(&bytes)
            .map_err(|error| Failure::row(0, format!("{}: {error}", path.display())))
    }
}

impl Store {
    /// Signs where the journal stands now, keeps it in the database and in `checkpoint.json` of
    /// the state folder, and returns it, for whoever keeps a copy elsewhere.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn checkpoint(&self, at: Instant) -> Result<Checkpoint, Failure> {
        let signed = self.transact("journal::checkpoint", async |tx| sign_in(tx, at).await).await?;
        publish(&self.inner, signed.clone()).await;
        Ok(signed)
    }
}

/// Signs the head of this transaction, as its last act.
pub(crate) async fn sign_in(tx: &mut Tx, at: Instant) -> Result<Checkpoint, Failure> {
    let signed =
        Checkpoint::sign(&tx.store.keys, &tx.store.city, tx.head.number, &tx.head.hash, at);
    let signature = unhex::<64>(&signed.signature).unwrap_or([0; 64]);
    let hash = tx.head.hash;
    on!(tx.conn(), conn => sqlx::query(
        "-- journal::checkpoint\n insert into checkpoint (number, hash, at_ms, signature) \
         values ($1, $2, $3, $4) on conflict (number) do nothing",
    )
    .bind(signed.number as i64)
    .bind(hash.as_slice())
    .bind(at.millis())
    .bind(signature.as_slice())
    .execute(conn)
    .await
    .map(drop))?;
    Ok(signed)
}

/// Every checkpoint in the database, oldest first. They are not checked here.
pub(crate) async fn kept(
    conn: &mut Conn<'_>,
    keys: &Keys,
    city: &str,
) -> Result<Vec<Checkpoint>, Failure> {
    let rows: Vec<(i64, Vec<u8>, i64, Vec<u8>)> = on!(conn, conn => sqlx::query_as(
        "-- journal::checkpoints\n select number, hash, at_ms, signature from checkpoint \
         order by number",
    )
    .fetch_all(&mut **conn)
    .await)?;
    Ok(rows
        .into_iter()
        .map(|(number, hash, at_ms, signature)| Checkpoint {
            city: city.to_owned(),
            number: number as u64,
            hash: hex(&hash),
            at: Instant::from_millis(at_ms),
            key: hex(&keys.checkpoint_public()),
            signature: hex(&signature),
        })
        .collect())
}

/// Writes `checkpoint.json` beside the keys. The file is a witness against the database: one that
/// contradicts it is set aside, never overwritten. A file that cannot be written is reported and
/// does not undo what was committed.
pub(crate) async fn publish(store: &Inner, signed: Checkpoint) {
    if let Err(failure) = write_file(store, &signed).await {
        tracing::error!(%failure, "the checkpoint file could not be written");
    }
}

async fn write_file(store: &Inner, signed: &Checkpoint) -> Result<(), Failure> {
    let path = store.keys.dir().join("checkpoint.json");
    if path.exists() {
        let agrees = match Checkpoint::from_file(&path) {
            Ok(old) if old.number > signed.number => {
                // Two checkpoints may be written out of turn; only a longer one that the journal
                // does not bear out is a contradiction.
                let stands = stands(store, &old).await?;
                if stands {
                    return Ok(());
                }
                false
            }
            Ok(old) => stands(store, &old).await?,
            Err(_) => false,
        };
        if !agrees {
            let aside = path.with_file_name(format!("checkpoint.against-{}.json", signed.number));
            tracing::error!(
                kept_as = %aside.display(),
                "the checkpoint file contradicts the journal: rows were removed or rewritten"
            );
            fs::rename(&path, &aside).map_err(Failure::file(&path))?;
        }
    }
    let text = serde_json::to_vec_pretty(signed).map_err(Failure::Unwritable)?;
    let written = tokio::task::spawn_blocking(move || keys::write_whole(&path, &text, 0o644)).await;
    written.unwrap_or_else(|_fault| Err(Failure::ReadOnly))
}

/// Whether the journal still carries what a checkpoint says.
async fn stands(store: &Inner, checkpoint: &Checkpoint) -> Result<bool, Failure> {
    if !checkpoint.is_signed_by(&store.keys.checkpoint_public(), &store.city) {
        return Ok(false);
    }
    let hash = if checkpoint.number == 0 {
        Some(super::chain::genesis(&store.city).to_vec())
    } else {
        let mut reading = store.db.reading().await?;
        let rows = follow::page(&mut reading.conn(), checkpoint.number - 1, 1).await?;
        rows.into_iter().find(|row| row.number as u64 == checkpoint.number).map(|row| row.hash)
    };
    Ok(hash.is_some_and(|hash| checkpoint.hash_bytes().is_some_and(|said| hash == said)))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (mut bytes, digits) = ([0; N], text.as_bytes());
    if digits.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |letter: u8| char::from(letter).to_digit(16);
        *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
    }
    Some(bytes)
}
