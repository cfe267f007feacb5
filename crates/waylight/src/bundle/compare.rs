//! A running server against a list: every page and file is asked for, as it is and compressed.

use super::{
    line::{Answer, Line, Unreached},
    list::{File, List, Signed, hash_of, plain},
};
use anyhow::Result;
use flate2::read::GzDecoder;
use serde::Serialize;
use std::{fmt, io::Read};
use wire::onestop::Exact;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// Other bytes.
    Changed,
    /// Other bytes, to those who take them compressed, as browsers do.
    ChangedCompressed,
    /// The right bytes as another type.
    AnotherType,
    /// It leads elsewhere.
    LeadsElsewhere,
    /// It is not there.
    Missing,
    /// It is there, and the list does not name it.
    NotListed,
    /// No answer came, or none that says anything.
    Unreached,
}

/// A file that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Wrong {
    path: String,
    what: What,
}

impl Wrong {
    pub(super) fn of(path: &str, what: What) -> Self {
        Self { path: path.to_owned(), what }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match self.what {
            What::Changed => write!(into, "{path} is not what was signed"),
            What::ChangedCompressed => write!(into, "{path} is not what was signed, compressed"),
            What::AnotherType => write!(into, "{path} is said to be of another type"),
            What::LeadsElsewhere => write!(into, "{path} leads elsewhere"),
            What::Missing => write!(into, "{path} is missing"),
            What::NotListed => write!(into, "{path} is in no list"),
            What::Unreached => write!(into, "{path} could not be looked at"),
        }
    }
}

/// What was seen.
pub(super) struct Seen {
    at: String,
    wrong: Vec<Wrong>,
}

/// What a check says.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    /// Whether nothing is wrong.
    whole: bool,
    /// What was looked at.
    at: &'a str,
    /// The list's edition.
    edition: u64,
    /// Who has signed it, of those who were asked for.
    signed_by: Vec<Exact<32>>,
    /// Pages and files in it.
    files: usize,
    /// The first that is wrong, by path.
    first_wrong: Option<&'a Wrong>,
    /// All that are.
    wrong: &'a [Wrong],
}

impl Seen {
    /// Looks at a running server.
    ///
    /// # Errors
    /// If that is no address. A server that does not answer is something wrong, not an error.
    pub(super) async fn at(url: &str, list: &List) -> Result<Self> {
        let mut line = Line::to(url)?;
        let mut wrong = Vec::new();
        for file in &list.0 {
            wrong.extend(look(&mut line, file).await);
        }
        wrong.sort();
        Ok(Self { at: url.to_owned(), wrong })
    }

    /// Looks at this program's own files.
    pub(super) fn here(own: &List, list: &List) -> Self {
        Self { at: "this program".to_owned(), wrong: own.differences(list) }
    }

    pub(super) fn first_wrong(&self) -> Option<&Wrong> {
        self.wrong.first()
    }

    pub(super) fn report<'a>(&'a self, signed: &Signed, by: Vec<Exact<32>>) -> Report<'a> {
        Report {
            whole: self.wrong.is_empty(),
            at: &self.at,
            edition: signed.edition,
            signed_by: by,
            files: signed.list.0.len(),
            first_wrong: self.first_wrong(),
            wrong: &self.wrong,
        }
    }
}

/// Asks for one file twice.
async fn look(line: &mut Line, file: &File) -> Option<Wrong> {
    let wrong = |what| Some(Wrong::of(&file.path, what));
    for compressed in [false, true] {
        let what = match line.get(&file.path, compressed).await {
            Ok(answer) => judged(&answer, file),
            Err(Unreached) => Some(What::Unreached),
        };
        match what {
            None => {}
            Some(What::Changed) if compressed => return wrong(What::ChangedCompressed),
            Some(what) => return wrong(what),
        }
    }
    None
}

/// What is wrong with an answer.
fn judged(answer: &Answer, file: &File) -> Option<What> {
    if answer.leads_elsewhere() {
        return Some(What::LeadsElsewhere);
    }
    match answer.status {
        200 => {}
        404 | 410 => return Some(What::Missing),
        _ => return Some(What::Unreached),
    }
    let bytes = match answer.encoding.as_slice() {
        b"" | b"identity" => answer.body.to_vec(),
        // More than the list says is changed already: nothing is unpacked beyond that.
        b"gzip" => {
            let mut bytes = Vec::new();
            let most = file.bytes.saturating_add(1);
            if GzDecoder::new(&*answer.body).take(most).read_to_end(&mut bytes).is_err() {
                return Some(What::Changed);
            }
            bytes
        }
        _ => return Some(What::Unreached),
    };
    if bytes.len() as u64 != file.bytes || hash_of(&bytes) != file.sha256 {
        return Some(What::Changed);
    }
    let same = plain(&answer.mime).ok() == plain(file.mime.as_bytes()).ok();
    (!same).then_some(What::AnotherType)
}
