//! The list of everything a browser gets by name, and who has signed it.

use super::compare::{What, Wrong};
use anyhow::{Context, Result, bail, ensure};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::onestop::Exact;

/// Before what is signed, so that it cannot be taken for anything else that is.
const LABEL: &[u8] = b"waylight/bundle/v1/files";

/// A page or file as a browser asks for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// `/report`, `/unkept/report-….js`.
    pub(super) path: String,
    /// `Content-Type`: bytes that are harmless as a picture are not as a page.
    pub(super) mime: String,
    /// How long it is.
    pub(super) bytes: u64,
    /// Of the bytes as the page gets them, uncompressed.
    pub(super) sha256: Exact<32>,
}

/// All of them, by path.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct List(pub(super) Vec<File>);

impl List {
    /// What this program has. Every page and not only those of reports: any page of an origin can put a
    /// service worker before all others.
    pub(super) fn of_screens() -> Self {
        let found = screens::paths().into_iter().filter_map(|path| {
            let page = screens::file(&path)?;
            let sha256 = Exact(Sha256::digest(&page.bytes).into());
            Some(File { path, mime: page.mime.to_owned(), bytes: page.bytes.len() as u64, sha256 })
        });
        let mut files: Vec<File> = found.collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self(files)
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        let at = self.0.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.0.get(at)
    }

    /// Every file that is not the same in both, by path.
    pub(super) fn differences(&self, listed: &Self) -> Vec<Wrong> {
        let own = self.0.iter().filter_map(|file| match listed.file(&file.path) {
            None => Some(Wrong::of(&file.path, What::NotListed)),
            Some(other) => other.differs(file),
        });
        let gone = listed.0.iter().filter(|file| self.file(&file.path).is_none());
        let mut all: Vec<Wrong> =
            own.chain(gone.map(|file| Wrong::of(&file.path, What::Missing))).collect();
        all.sort();
        all
    }

    /// Sorted by path, none twice, each a path: one list has one form.
    fn is_whole(&self) -> bool {
        let rising = self.0.windows(2).all(|two| matches!(two, [a, b] if a.path < b.path));
        let paths = self.0.iter().all(|file| file.path.starts_with('/') && file.path.len() < 1_000);
        rising && paths && !self.0.is_empty()
    }
}

impl File {
    /// What is wrong with another in this one's place.
    fn differs(&self, other: &Self) -> Option<Wrong> {
        if self.sha256 != other.sha256 || self.bytes != other.bytes {
            Some(Wrong::of(&self.path, What::Changed))
        } else if self.mime != other.mime {
            Some(Wrong::of(&self.path, What::AnotherType))
        } else {
            None
        }
    }
}

/// A list with its edition and its signatures.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    waylight: String,
    v: u8,
    /// Which release: rises.
    pub(super) edition: u64,
    /// When the first signed it, UTC milliseconds.
    pub(super) made_at: u64,
    pub(super) list: List,
    signatures: Vec<By>,
}

/// A signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct By {
    key: Exact<32>,
    signature: Exact<64>,
}

impl Signed {
    pub(super) fn new(edition: u64, now: Instant, list: List) -> Self {
        let made_at = u64::try_from(now.millis()).unwrap_or_default();
        let (waylight, v, signatures) = ("bundle".to_owned(), 1, Vec::new());
        Self { waylight, v, edition, made_at, list, signatures }
    }

    /// Reads one.
    ///
    /// # Errors
    /// If it is none of this form. Whether anybody has signed it is for [`Signed::by`].
    pub(super) fn read(text: &[u8]) -> Result<Self> {
        let signed: Self = serde_json::from_slice(text)?;
        ensure!(signed.waylight == "bundle" && signed.v == 1, "it is of another form");
        ensure!(signed.list.is_whole(), "its files are not in their order");
        Ok(signed)
    }

    /// What is signed: every field, each with its length.
    fn form(&self) -> Vec<u8> {
        let mut form = LABEL.to_vec();
        form.extend(self.edition.to_be_bytes());
        form.extend(self.made_at.to_be_bytes());
        form.extend((self.list.0.len() as u64).to_be_bytes());
        for file in &self.list.0 {
            for text in [&file.path, &file.mime] {
                form.extend((text.len() as u64).to_be_bytes());
                form.extend(text.as_bytes());
            }
            form.extend(file.bytes.to_be_bytes());
            form.extend(file.sha256.0);
        }
        form
    }

    /// Adds a signature, in the place of an earlier one of the same key.
    pub(super) fn add(&mut self, key: &SigningKey) {
        let own = Exact(key.verifying_key().to_bytes());
        self.signatures.retain(|by| by.key != own);
        let signature = Exact(key.sign(&self.form()).to_bytes());
        self.signatures.push(By { key: own, signature });
    }

    /// Which of these keys have signed it, if they are enough. A signature that does not fit is no
    /// signature.
    ///
    /// # Errors
    /// If they are too few.
    pub(super) fn by(&self, keys: &[[u8; 32]], needed: usize) -> Result<Vec<Exact<32>>> {
        let mut known = keys.to_vec();
        known.sort_unstable();
        known.dedup();
        ensure!(needed > 0 && needed <= known.len(), "--needed is 1 to {}", known.len());
        let form = self.form();
        let has_signed = |key: &[u8; 32]| {
            self.signatures.iter().any(|by| by.key.0 == *key && by.verifies(&form))
        };
        let signed: Vec<_> = known.into_iter().filter(has_signed).map(Exact).collect();
        if signed.len() < needed {
            bail!(
                "signature_wrong: {} of the keys have signed this list, {needed} must",
                signed.len()
            );
        }
        Ok(signed)
    }
}

impl By {
    fn verifies(&self, form: &[u8]) -> bool {
        let key = VerifyingKey::from_bytes(&self.key.0).ok();
        let signature = Signature::from_bytes(&self.signature.0);
        key.is_some_and(|key| key.verify_strict(form, &signature).is_ok())
    }
}

/// What is remembered of the list that was used last.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Watched {
    edition: u64,
    /// Of what was signed.
    sha256: Exact<32>,
}

impl Watched {
    pub(super) fn of(signed: &Signed) -> Self {
        Self { edition: signed.edition, sha256: Exact(Sha256::digest(signed.form()).into()) }
    }

    /// Whether it may take the place of the one known.
    ///
    /// # Errors
    /// If it is older, or another one of the same edition.
    pub(super) fn follows(&self, known: Option<&Self>) -> Result<()> {
        let Some(known) = known else { return Ok(()) };
        if self.edition < known.edition {
            bail!(
                "list_older: edition {} was used already, this is {}",
                known.edition,
                self.edition
            );
        }
        ensure!(
            self.edition > known.edition || self.sha256 == known.sha256,
            "lists_disagree: there are two lists of edition {}. Keep both, and tell the others who watch",
            self.edition
        );
        Ok(())
    }
}

/// The hash of these bytes as it stands in a list.
pub(super) fn hash_of(bytes: &[u8]) -> Exact<32> {
    Exact(Sha256::digest(bytes).into())
}

/// The mime type without what nobody acts on: case and spaces.
///
/// # Errors
/// If a header is no text.
pub(super) fn plain(mime: &[u8]) -> Result<String> {
    let text = str::from_utf8(mime).context("a type that is no text")?;
    Ok(text.to_ascii_lowercase().replace(' ', ""))
}
