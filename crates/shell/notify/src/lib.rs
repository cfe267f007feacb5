//! Messages to phones, in words that say nothing to whoever reads over a shoulder: no name, no
//! place, no kind of matter. Delivery is at least once; the message's id tells a repeat.

use kernel::{Id, Instant, Language, Secret, id};
use serde::Serialize;
use std::{io, path::PathBuf};
use tokio::io::AsyncWriteExt;

mod wording;

pub use wording::{Matter, wording};

/// Whom a message is for.
#[derive(Clone)]
pub enum Recipient {
    /// The shared phone of a team.
    Team(Id<id::Team>),
    /// Whoever is on duty for a district when nobody at its desk looks.
    Duty {
        /// The district's code.
        district: String,
        /// The number to ring, if the operator told one.
        phone: Option<Secret<String>>,
    },
}

/// A message ready to go.
#[derive(Clone)]
pub struct Outgoing {
    /// The journal number it comes from. With the matter and recipient it names the message: a
    /// gateway that sees the same id again drops it.
    pub number: u64,
    /// When the thing happened.
    pub at: Instant,
    /// Whom for.
    pub to: Recipient,
    /// What about.
    pub matter: Matter,
    /// The language to write in.
    pub language: Language,
}

/// The ways out. Real gateways read the file; they are not part of this process, so that a
/// provider that hangs never holds up the desk.
#[derive(Clone, Debug)]
pub enum Channel {
    /// One JSON object a line, appended and synced; an SMS or push gateway process follows it.
    FileSink(PathBuf),
}

/// A message could not be put out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file could not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// The sink.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The line could not be written as JSON.
    #[error("a message cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
}

/// A line of the sink.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    at: Instant,
    to: Address<'a>,
    language: Language,
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Address<'a> {
    Team {
        team: Id<id::Team>,
    },
    Duty {
        district: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        phone: Option<&'a str>,
    },
}

impl Channel {
    /// Puts a message out. When this returns it will be found by the gateway even after a crash.
    ///
    /// # Errors
    /// [`Failure`] when the file cannot be written; the caller tries again later.
    pub async fn send(&self, message: &Outgoing) -> Result<(), Failure> {
        let Self::FileSink(path) = self;
        let to = match &message.to {
            Recipient::Team(team) => Address::Team { team: *team },
            Recipient::Duty { district, phone } => Address::Duty {
                district,
                phone: phone.as_ref().map(|phone| phone.expose().as_str()),
            },
        };
        let line = Line {
            id: format!("{}-{}", message.number, message.matter.name()),
            at: message.at,
            to,
            language: message.language,
            text: wording(message.matter, message.language),
        };
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        let file = |source| Failure::File { path: path.clone(), source };
        let mut sink = tokio::fs::OpenOptions::new();
        sink.append(true).create(true);
        #[cfg(unix)]
        sink.mode(0o600);
        let mut sink = sink.open(path).await.map_err(file)?;
        // One write of the whole line: two writers may interleave lines, never letters.
        sink.write_all(&bytes).await.map_err(file)?;
        sink.sync_data().await.map_err(file)
    }
}

#[cfg(test)]
mod tests;
