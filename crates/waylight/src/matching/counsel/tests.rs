use super::*;
use crate::matching::files::chance;
use matching::{
    asked::Known,
    entry::{self, Readers},
    level::{Level, Person, join},
};
use wire::onestop::Exact;

/// The room of counsel: both keys, and what the matcher wrote.
struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap() };
        for who in ["first", "second", "matcher", "strange"] {
            batch::new_key(&room.file(who)).unwrap();
        }
        room
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What comes out of a batch for somebody with this contact.
    fn person(&self, seed: u8, contact: &[u8], first: &str) -> PersonLine {
        let key = |name: &str| batch::key(&self.file(name)).unwrap();
        let readers = Readers {
            matcher: key("matcher").public(),
            counsel: [key(first).public(), key("second").public()],
        };
        let known = Known::from_bytes(&[1; 64]).unwrap();
        let number = EntryNo([seed; 16]);
        let of = |person: u8, number| {
            let person = Person::from_bytes(&[person; 32]).unwrap();
            let mut chance = chance().unwrap();
            let closed =
                entry::close(number, &known, &person, Level::Two, contact, &readers, &mut chance);
            entry::Opened::open(number, &key("matcher"), &closed.unwrap()).unwrap()
        };
        let (one, other) = (of(seed, number), of(seed + 100, EntryNo([200; 16])));
        let secret = join(&[&one.slots[0].0, &other.slots[0].0]).unwrap();
        let sealed = one.for_counsel(Level::Two, &secret).unwrap();
        PersonLine { number: Exact(number.0), contact: Some(Bytes(sealed)) }
    }

    fn reads(&self, openings: Vec<OpeningLine>) -> Vec<String> {
        let file = OpeningsFile { form: FORM, closed_for: ClosedFor::First, openings };
        files::replace(&self.file("openings"), &files::json(&file).unwrap()).unwrap();
        first(&self.file("first"), &self.file("openings"), &self.file("inner")).unwrap();
        second(&self.file("second"), &self.file("inner")).unwrap()
    }
}

fn opening(needed: u8, people: Vec<PersonLine>) -> OpeningLine {
    OpeningLine { needed, people }
}

#[test]
fn both_read_together_what_neither_reads_alone() {
    let room = Room::new();
    let people = vec![
        room.person(1, "010-1111-2222, 평일 낮에 문자로".as_bytes(), "first"),
        room.person(2, b"two@example.org", "first"),
    ];
    let read = room.reads(vec![opening(2, people)]).join("\n");
    assert!(read.contains(" - 010-1111-2222, 평일 낮에 문자로\n - two@example.org\n"), "{read}");
    assert!(read.contains("한 분씩, 따로") && read.contains("Contact each person alone"));
    let said = |done: Result<Vec<String>>| format!("{:#}", done.unwrap_err());
    let (openings, inner) = (room.file("openings"), room.file("inner"));
    assert!(said(second(&room.file("second"), &openings)).contains("for the other of counsel"));
    assert!(said(second(&room.file("first"), &inner)).contains("nothing in it opens"));
    let strange = first(&room.file("strange"), &openings, &room.file("none"));
    assert!(format!("{:#}", strange.unwrap_err()).contains("nothing in it opens"));
}

#[test]
fn nothing_opened_is_said_as_such() {
    let read = Room::new().reads(Vec::new()).join("\n");
    assert!(read.contains("nobody to contact") && !read.contains("What to do next"));
}

#[test]
fn a_false_contact_counts_nobody_and_holds_up_no_other_opening() {
    let room = Room::new();
    let one = |seed| room.person(seed, b"a person", "first");
    let false_one = |seed| room.person(seed, b"nobody", "strange");
    let read = room.reads(vec![
        opening(2, vec![one(1), false_one(2)]),
        opening(2, vec![one(3), one(4), false_one(5)]),
    ]);
    let read = read.join("\n");
    let (alone, more) = read.split_once("[2]").unwrap();
    assert!(alone.contains("Contact nobody") && !alone.contains("a person"), "{alone}");
    assert_eq!(more.matches(" - a person").count(), 2);
    assert_eq!(more.matches("count nobody here").count(), 1);
}

#[test]
fn a_terminal_obeys_no_contact() {
    assert_eq!(printable("a\u{1b}[2Jb\nc\u{202e}d"), "a [2Jb c d");
}
