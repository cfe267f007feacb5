//! What she leaves, byte by byte, and what the matcher and counsel make of it.

use super::{Section, dice, flipped, known, levels::share, some, with};
use crate::answer::hex;
use matching::{
    entry::{self, EntryNo, Opened, Readers},
    level::{self, Level, Person, Share},
};
use seal::{envelope::close_all, key::PrivateKey, secret::Seed};
use serde_json::{Value, json};

const PHONE: &str = "010-1234-5678";
const MATCHER: u64 = 100;
const FIRST: u64 = 101;
const SECOND: u64 = 102;

fn seed(number: u64) -> Vec<u8> {
    some(number, 32)
}

fn private(number: u64) -> PrivateKey {
    PrivateKey::of(Seed::from_bytes(&seed(number)).expect("32")).expect("a key")
}

fn public(number: u64) -> Value {
    hex(&private(number).public().bytes())
}

pub(super) fn made() -> Section {
    let mut section = Section::new("entries");
    let good = json!({
        "number": hex(&[7; 16]), "known": hex(known(PHONE).expose()), "person": hex(&[1; 32]),
        "people": 2, "contact": "저녁에 010-0000-0000, 혼자 있을 때만", "random": hex(&some(1, 400)),
        "matcher": public(MATCHER), "first": public(FIRST), "second": public(SECOND),
    });
    for people in [2, 3, 5] {
        section.gives(&format!("close-{people}"), "close", with(&good, "people", json!(people)));
    }
    section.gives("no-contact", "close", with(&good, "contact", json!("")));
    section.gives("longest", "close", with(&good, "contact", json!("a".repeat(510))));
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "close", with(&good, field, value), why);
    };
    refuse("too-long", "contact", json!("가".repeat(171)), "too_long");
    for people in [0, 1, 4] {
        refuse(&format!("people-{people}"), "people", json!(people), "level_unknown");
    }
    refuse("short-known", "known", hex(&[1; 63]), "form_broken");
    refuse("long-person", "person", hex(&[1; 33]), "form_broken");
    refuse("no-matcher", "matcher", hex(&[255; 1_216]), "key_not_whole");
    refuse("short-first", "first", hex(&private(FIRST).public().bytes()[1..]), "key_not_whole");
    let mut small = private(SECOND).public().bytes();
    small[1_184..].fill(0);
    refuse("second-of-small-order", "second", hex(&small), "key_not_whole");
    let left =
        json!({ "number": hex(&[7; 16]), "withdrawal": hex(&[9; 32]), "entry": hex(&[1; 40]) });
    section.gives("left", "left", left);
    section.gives("withdrawal", "withdrawal", json!({ "token": hex(&[9; 32]) }));
    section.refuses("short-token", "withdrawal", json!({ "token": hex(&[9; 31]) }), "form_broken");
    section
}

/// An entry of a person, by the crate.
fn entry(at: u8, who: u8, people: Level) -> (EntryNo, Vec<u8>) {
    let [first, second] = [FIRST, SECOND].map(|number| private(number).public());
    let readers = Readers { matcher: private(MATCHER).public(), counsel: [first, second] };
    let (number, person) = (EntryNo([at; 16]), Person::from_bytes(&[who; 32]).expect("32"));
    let mut rng = dice(u64::from(at));
    let text = format!("person {who}");
    let closed =
        entry::close(number, &known(PHONE), &person, people, text.as_bytes(), &readers, &mut rng);
    (number, closed.expect("an entry"))
}

pub(super) fn opened() -> Section {
    let mut section = Section::new("matcher");
    joined(&mut section);
    let (number, closed) = entry(1, 1, Level::Two);
    let good = json!({
        "number": hex(&number.0), "private_key": hex(&seed(MATCHER)), "entry": hex(&closed),
    });
    section.gives("open", "open", good.clone());
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "open", with(&good, field, value), why);
    };
    refuse("another-number", "number", hex(&[2; 16]), "not_for_you");
    refuse("another-key", "private_key", hex(&seed(FIRST)), "not_for_you");
    refuse("nothing", "entry", hex(&[]), "not_for_you");
    refuse("short", "entry", hex(&closed[..4_592]), "not_for_you");
    for bit in [0, 9_000, 36_743] {
        refuse(&format!("bit-{bit}"), "entry", hex(&flipped(&closed, bit)), "not_for_you");
    }
    let sealed = |inside: &[u8]| {
        let to = private(MATCHER).public();
        hex(&close_all(&to, "matching-entry", &number.0, inside, &mut dice(3)).expect("sealed"))
    };
    refuse("empty-inside", "entry", sealed(&[]), "form_broken");
    refuse("another-form", "entry", sealed(&[2; 3_457]), "form_broken");
    refuse("byte-missing", "entry", sealed(&[1; 3_456]), "form_broken");
    refuse("byte-too-many", "entry", sealed(&[1; 3_458]), "form_broken");
    let zeros: Vec<u8> = [1].into_iter().chain(std::iter::repeat_n(0, 3_456)).collect();
    refuse("all-zeros", "entry", sealed(&zeros), "scalar_broken");
    batches(&mut section);
    contacts(&mut section, number, &closed);
    section
}

/// Shares put together: two and three of them.
fn joined(section: &mut Section) {
    let phone = hex(known(PHONE).expose());
    let of = |who: u8, people: u8| {
        let inputs = json!({ "known": phone, "person": hex(&[who; 32]), "people": people });
        share(&inputs, people)
    };
    let other = {
        let known = hex(known("010-1234-5679").expose());
        share(&json!({ "known": known, "person": hex(&[1; 32]), "people": 2 }), 2)
    };
    section.gives("join-2", "join", json!({ "shares": [of(1, 2), of(2, 2)] }));
    section.gives(
        "join-3-of-4",
        "join",
        json!({ "shares": [of(1, 3), of(2, 3), of(3, 3), of(4, 3)] }),
    );
    let mut refuse = |name: &str, shares: Value, why: &str| {
        section.refuses(name, "join", json!({ "shares": shares }), why);
    };
    refuse("no-share", json!([]), "too_few_shares");
    refuse("one-of-two", json!([of(1, 2)]), "too_few_shares");
    refuse("two-of-three", json!([of(1, 3), of(2, 3)]), "too_few_shares");
    refuse("four-of-five", json!([of(1, 5), of(2, 5), of(3, 5), of(4, 5)]), "too_few_shares");
    refuse("one-person-twice", json!([of(1, 2), of(1, 2)]), "same_share_twice");
    refuse("one-person-twice-of-three", json!([of(1, 3), of(2, 3), of(1, 3)]), "same_share_twice");
    refuse("of-another-number", json!([other, of(2, 2)]), "shares_do_not_fit");
    refuse("of-another-level", json!([of(1, 2), of(2, 3)]), "shares_do_not_fit");
    let bad = with(&of(1, 2), "y", of(2, 2)["y"].clone());
    refuse("one-that-is-wrong", json!([bad, of(2, 2)]), "share_wrong");
}

/// Batches: what came out and what was refused stands in what they give.
fn batches(section: &mut Section) {
    let row = |(number, closed): &(EntryNo, Vec<u8>)| json!({ "number": hex(&number.0), "entry": hex(closed) });
    let two = entry(2, 2, Level::Two);
    let three = [entry(3, 3, Level::Three), entry(4, 4, Level::Three)];
    let again = entry(5, 2, Level::Two);
    let mut gives = |name: &str, rows: Vec<Value>| {
        let inputs = json!({ "private_key": hex(&seed(MATCHER)), "entries": rows });
        section.gives(name, "batch", inputs);
    };
    gives("at-two-nothing", vec![row(&two), row(&three[0])]);
    gives("at-three-all", vec![row(&two), row(&three[0]), row(&three[1])]);
    gives("one-person-files-twice", vec![row(&two), row(&again)]);
    let moved = (EntryNo([6; 16]), two.1.clone());
    gives("a-number-twice-and-one-moved", vec![row(&two), row(&two), row(&moved), row(&again)]);
    gives("contact-that-does-not-open", vec![row(&two), row(&spoilt())]);
}

/// A share that fits, around a contact whose wrap opens nothing.
fn spoilt() -> (EntryNo, Vec<u8>) {
    let (number, closed) = entry(7, 7, Level::Two);
    let matcher = private(MATCHER);
    let inside =
        seal::envelope::open_all(&matcher, "matching-entry", &number.0, &closed).expect("opens");
    let inside = flipped(&inside, inside.len() * 8 - 1);
    let to = matcher.public();
    let closed = close_all(&to, "matching-entry", &number.0, &inside, &mut dice(8));
    (number, closed.expect("sealed"))
}

fn contacts(section: &mut Section, number: EntryNo, closed: &[u8]) {
    let opened = Opened::open(number, &private(MATCHER), closed).expect("opens");
    let person = |who: u8| Person::from_bytes(&[who; 32]).expect("32");
    let shares =
        [1, 2].map(|who| Share::of(&known(PHONE), &person(who), Level::Two).expect("a share"));
    let secret = level::join(&[&shares[0], &shares[1]]).expect("opens");
    let for_counsel = opened.for_counsel(Level::Two, &secret).expect("opens");
    let good = json!({
        "number": hex(&number.0), "first": hex(&seed(FIRST)), "second": hex(&seed(SECOND)),
        "for_counsel": hex(&for_counsel),
    });
    section.gives("contact", "contact", good.clone());
    let mut refuse = |name: &str, field: &str, value: Value, why: &str| {
        section.refuses(name, "contact", with(&good, field, value), why);
    };
    refuse("first-is-another", "first", hex(&seed(SECOND)), "not_for_you");
    refuse("second-is-another", "second", hex(&seed(FIRST)), "not_for_you");
    refuse("contact-of-another-entry", "number", hex(&[2; 16]), "not_for_you");
    refuse("contact-bit", "for_counsel", hex(&flipped(&for_counsel, 20_000)), "not_for_you");
    let twice = |inside: &[u8]| {
        let [first, second] = [FIRST, SECOND].map(|number| private(number).public());
        let place = |which: u8| [number.0.as_slice(), &[which]].concat();
        let inner = close_all(&second, "matching-contact", &place(2), inside, &mut dice(5));
        let inner = inner.expect("sealed");
        hex(&close_all(&first, "matching-contact", &place(1), &inner, &mut dice(6))
            .expect("sealed"))
    };
    let mut padded = vec![0; 512];
    padded[1] = 1;
    padded[2] = b'a';
    let mut dirty = padded.clone();
    dirty[3] = 1;
    let mut long = padded.clone();
    long[0] = 2;
    refuse("padding-not-zero", "for_counsel", twice(&dirty), "padding_broken");
    refuse("longer-than-it-is", "for_counsel", twice(&long), "padding_broken");
    refuse("padding-short", "for_counsel", twice(&padded[..511]), "padding_broken");
}
