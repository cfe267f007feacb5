//! Two of counsel, each with a key on a machine of their own: neither reads a contact without the other.

use super::{
    batch::{self, ClosedFor, OpeningLine, OpeningsFile, PersonLine},
    files::{self, FORM},
};
use crate::say;
use anyhow::{Result, ensure};
use clap::Subcommand;
use matching::entry::{EntryNo, first_opens, second_reads};
use seal::key::PrivateKey;
use std::path::{Path, PathBuf};
use wire::onestop::Bytes;

/// What counsel does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a key; prints its public half for the city's pack
    New {
        /// Where to keep the key; must not exist
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// The first of counsel: take off the outer seal, for the second
    First {
        /// The first's key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// What `matching batch` wrote
        #[arg(long, value_name = "FILE")]
        openings: PathBuf,
        /// Where to write it for the second
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The second of counsel: print how each may be asked, and what to do next
    Second {
        /// The second's key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// What the first of counsel wrote
        #[arg(long, value_name = "FILE")]
        openings: PathBuf,
    },
}

/// What stands above the contacts of an opening, and below.
const NEXT: &str = "\
이제 하실 일
 1. 한 분씩, 따로 연락해 주세요. 적어 주신 방법으로만 연락하고, 다른 사람이 받으면 용건을 말하지 마세요.
 2. 먼저 여쭤봐 주세요. \"전에 남기신 기록과 관련해 이야기 나누고 싶으신가요?\" 싫다고 하시면 거기서 끝내 주세요.
 3. 한 분씩 직접 만나 신분과 이야기를 확인하기 전에는 누구에게도 다른 분이 있다는 말을 하지 마세요.
    한 사람이 여러 사람인 척 적었을 수 있어요. 적힌 사람이 스스로 적었을 수도 있어요.
 4. 확인한 뒤에도, 서로를 알릴지는 각자에게 따로 물어봐 주세요. 한 분이라도 원하지 않으면 그분은 빼 주세요.
 5. 이 화면의 연락처는 옮겨 적어 두었다가 일이 끝나면 없애 주세요. 파일도 지워 주세요.

What to do next
 1. Contact each person alone, only in the way she wrote. If somebody else answers, say nothing of the matter.
 2. Ask first: \"Would you like to talk about what you left with us?\" If she says no, that is the end of it.
 3. Tell nobody that there are others before you have met each of them alone, and know who she is and what happened.
    One person may have written as several. The person who was named may have written himself.
 4. Then ask each, alone, whether the others may know of her. Whoever does not want it is left out.
 5. Keep these contacts on paper only, and destroy them when the matter is over. Delete the files.";

/// In the place of a contact that does not open.
const UNREADABLE: &str =
    "(열리지 않아요. 사람으로 세지 마세요. / Does not open: count nobody here.)";
/// In the place of an opening that is none.
const FALSE: &str = "\
 열리지 않는 거짓 기록이 섞여 있어 정해진 수가 모이지 않았어요. 아무에게도 연락하지 마세요.
 False entries are among these: there are not as many people as were asked for. Contact nobody.
";

pub(super) fn run(verb: &Verb) -> Result<()> {
    match verb {
        Verb::New { key } => batch::new_key(key),
        Verb::First { key, openings, out } => first(key, openings, out),
        Verb::Second { key, openings } => second(key, openings)?.iter().try_for_each(say::line),
    }
}

fn read(path: &Path, closed_for: ClosedFor) -> Result<Vec<OpeningLine>> {
    let file: OpeningsFile = files::read(path, "file of openings")?;
    ensure!(file.form == FORM, "{} is of another form", path.display());
    ensure!(
        file.closed_for == closed_for,
        "{} is for the other of counsel: the first opens it, and then the second",
        path.display()
    );
    Ok(file.openings)
}

fn first(key: &Path, openings: &Path, out: &Path) -> Result<()> {
    let key = batch::key(key)?;
    let mut opened = Vec::new();
    for opening in read(openings, ClosedFor::First)? {
        let open = |one: PersonLine| PersonLine {
            number: one.number,
            contact: one.contact.and_then(|sealed| {
                let inner = first_opens(EntryNo(one.number.0), &key, &sealed.0).ok()?;
                Some(Bytes(inner.to_vec()))
            }),
        };
        let people = opening.people.into_iter().map(open).collect();
        opened.push(OpeningLine { needed: opening.needed, people });
    }
    let people = opened.iter().flat_map(|opening| &opening.people);
    ensure_any(people.map(|one| one.contact.is_some()))?;
    let file = OpeningsFile { form: FORM, closed_for: ClosedFor::Second, openings: opened };
    files::replace(out, &files::json(&file)?)?;
    say::aside(format_args!(
        "Give {} to the second of counsel, also when there is nothing in it. Delete {}.",
        out.display(),
        openings.display()
    ));
    Ok(())
}

/// What the second of counsel reads, line by line.
fn second(key: &Path, openings: &Path) -> Result<Vec<String>> {
    let key = batch::key(key)?;
    let openings = read(openings, ClosedFor::Second)?;
    if openings.is_empty() {
        return Ok(vec![
            "새로 열린 것이 없어요. 연락할 사람이 없어요.".to_owned(),
            "Nothing has opened. There is nobody to contact.".to_owned(),
        ]);
    }
    let read: Vec<(usize, Vec<Option<String>>)> = openings
        .iter()
        .map(|opening| {
            let people = opening.people.iter().map(|one| contact(&key, one));
            (usize::from(opening.needed), people.collect())
        })
        .collect();
    ensure_any(read.iter().flat_map(|(_, people)| people).map(Option::is_some))?;
    let mut lines = Vec::new();
    for (at, (needed, people)) in read.iter().enumerate() {
        lines.push(format!("[{}]", at + 1));
        if people.iter().flatten().count() < *needed {
            lines.push(FALSE.to_owned());
            continue;
        }
        for one in people {
            lines.push(format!(" - {}", one.as_deref().unwrap_or(UNREADABLE)));
        }
        lines.push(String::new());
    }
    lines.push(NEXT.to_owned());
    Ok(lines)
}

/// How one of them may be asked, if it opens.
fn contact(key: &PrivateKey, one: &PersonLine) -> Option<String> {
    let inner = one.contact.as_ref()?;
    let contact = second_reads(EntryNo(one.number.0), key, &inner.0).ok()?;
    Some(printable(&String::from_utf8_lossy(&contact)))
}

/// One that does not open is a false entry; if none opens, it is the key.
fn ensure_any(opened: impl Iterator<Item = bool>) -> Result<()> {
    let opened: Vec<bool> = opened.collect();
    ensure!(
        opened.is_empty() || opened.contains(&true),
        "nothing in it opens with this key: it is another's of counsel, or that of another city"
    );
    Ok(())
}

/// One line, and nothing that a terminal would obey: a contact is what a stranger wrote.
fn printable(contact: &str) -> String {
    contact.chars().map(|c| if c.is_control() || is_direction(c) { ' ' } else { c }).collect()
}

/// Characters that turn the direction of what is read.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
