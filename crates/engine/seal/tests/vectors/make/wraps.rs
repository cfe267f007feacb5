use super::{Made, Section, cut, dice, flip, hex, more, private, sealed, seed, with};
use seal::{
    Hash, Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{Kind, Place, Version},
    id::CaseId,
    secret::ContentKey,
    wrap::{WRAP_BYTES, Wraps},
};
use serde_json::{Value, json};

const CASE: [u8; 16] = *b"a case's 16 byte";

/// Column 5 is hers, column 2 a team's; the others are nobody's.
fn columns() -> [Hash; COLUMNS] {
    ColumnNo::ALL.map(|no| [no.number() + 1; 32])
}

fn shown(columns: &[Hash]) -> Value {
    columns.iter().map(|mark| hex(mark)).collect()
}

pub(super) fn made() -> Made {
    let mut section = Section::new("wraps");
    publics(&mut section)?;
    let place = Place { case: CaseId(CASE), kind: Kind::Incident, version: Version::FIRST };
    let (team, hers) = (private(2)?.public(), private(5)?.public());
    let mut readers = [None; COLUMNS];
    for (at, reader) in [(2, &team), (5, &hers)] {
        if let Some(slot) = readers.get_mut(at) {
            *slot = Some(reader);
        }
    }
    let content = ContentKey::draw(&mut dice(1));
    let wraps = Wraps::close(&place, &Columns::new(columns()), readers, &content, &mut dice(3))?;
    let named: Vec<Value> = (0..)
        .zip(wraps.each())
        .map(|(at, wrap): (usize, _)| section.keep(&format!("wrap-{at}"), wrap))
        .collect();
    let good = json!({
        "private_key": hex(private(2)?.seed().expose()), "case": hex(&CASE), "kind": 3,
        "version": 1, "columns": shown(&columns()), "wraps": named,
    });
    let hers = with(&good, [("private_key", hex(private(5)?.seed().expose()))]);
    let key = hex(content.expose());
    section.gives(
        ["find", "the team's column is 2", "find"],
        &good,
        json!({ "column": 2, "key": key }),
    );
    section.gives(["find-hers", "hers is 5", "find"], &hers, json!({ "column": 5, "key": key }));
    let at = |inputs: &Value, no: u8| {
        let mut inputs = inputs.clone();
        if let Some(object) = inputs.as_object_mut() {
            object.insert("column".to_owned(), json!(no));
        }
        inputs
    };
    section.gives(["open", "her column is known", "open"], &at(&hers, 5), json!({ "key": key }));
    // Where only the team's column is looked at, the others may be anything.
    let mut only = named.clone();
    for (no, wrap) in only.iter_mut().enumerate().filter(|(no, _)| *no != 2) {
        *wrap = json!({ "repeat": format!("{no:02x}"), "times": WRAP_BYTES });
    }
    let only = with(&good, [("wraps", Value::Array(only))]);
    section.gives(
        ["find-among-nothing", "what cannot be opened is passed over", "find"],
        &only,
        json!({ "column": 2, "key": key }),
    );
    let mut not = |name: &str, says: &str, inputs: &Value| {
        section.refuses([name, says, "open"], inputs, Refusal::NotForYou);
    };
    not("open-dummy", "a column of nobody", &at(&good, 3));
    not("open-others", "the team's key, her column", &at(&good, 5));
    not("open-swapped", "her key, the team's column", &at(&hers, 2));
    let no = at(&good, 8);
    section.refuses(["open-column-8", "columns are 0 to 7", "open"], &no, Refusal::FormBroken);
    let stranger = with(&good, [("private_key", hex(private(9)?.seed().expose()))]);
    section.refuses(
        ["find-stranger", "a key of nobody here", "find"],
        &stranger,
        Refusal::NotForYou,
    );
    among(&mut section, &good, &key);
    elsewhere(&mut section, &good);
    with_epoch(&mut section, &good, &named)?;
    changed(&mut section, &good, &named);
    not_whole(&mut section, &good, &named);
    Ok(section)
}

fn publics(section: &mut Section) -> Result<(), Refusal> {
    let key = private(2)?;
    let public = key.public().bytes();
    let named = section.keep("public-key", &public);
    let inputs = json!({ "private_key": hex(key.seed().expose()) });
    section.gives(
        ["public", "the key that grows from a seed", "public"],
        &inputs,
        json!({ "public_key": named }),
    );
    let checked = |value: Value| json!({ "public_key": value });
    section.gives(["check", "it can be closed for", "check"], &checked(named.clone()), json!({}));
    // 3,329, the modulus itself, is one too many in twelve bits: 0xd01, low bits first.
    let [_, _, after @ ..] = &public;
    let modulus = json!({ "join": ["010d", hex(after)] });
    let half = |half: &str, zeros: usize| json!({ "join": [cut(&named, 1_184), half, { "repeat": "00", "times": zeros }] });
    let below =
        json!({ "join": [cut(&named, 1_184), "ec", { "repeat": "ff", "times": 30 }, "7f"] });
    let cases = [
        ("key-empty", "nothing", json!("")),
        ("key-short", "a byte missing", cut(&named, 1_215)),
        ("key-long", "a byte too many", more(&named, "00")),
        ("key-lattice", "only the lattice's half", cut(&named, 1_184)),
        ("key-ones", "every bit set", json!({ "repeat": "ff", "times": 1_216 })),
        ("key-modulus", "a number that is not below the modulus", modulus),
        ("key-curve-zero", "the curve's half agrees on zeros with everybody", half("", 32)),
        ("key-curve-one", "the same with one", half("01", 31)),
        ("key-curve-below", "the same with one below the prime", below),
    ];
    for (name, says, value) in cases {
        section.refuses([name, says, "check"], &checked(value), Refusal::KeyNotWhole);
    }
    let short = json!({ "private_key": cut(&hex(key.seed().expose()), 31) });
    section.refuses(["seed-short", "31 bytes are no seed", "public"], &short, Refusal::KeyNotWhole);
    Ok(())
}

/// With the keys of several epochs, the newest first.
fn among(section: &mut Section, good: &Value, key: &Value) {
    let keys = |numbers: &[u64]| {
        let mut inputs = good.clone();
        if let Some(object) = inputs.as_object_mut() {
            object.remove("private_key");
            let seeds = numbers.iter().map(|number| hex(seed(*number).expose()));
            object.insert("private_keys".to_owned(), seeds.collect());
        }
        inputs
    };
    for (name, says, numbers, at) in
        [("among", "the newest", vec![2, 8, 9], 0), ("among-last", "the oldest", vec![9, 8, 2], 2)]
    {
        let gives = json!({ "at": at, "column": 2, "key": key });
        section.gives([name, says, "find_among"], &keys(&numbers), gives);
    }
    for (name, says, numbers) in
        [("among-none", "no key at all", vec![]), ("among-others", "none of them", vec![9, 8])]
    {
        section.refuses([name, says, "find_among"], &keys(&numbers), Refusal::NotForYou);
    }
}

/// A wrap made by hand with an epoch in its place, which is none.
fn with_epoch(section: &mut Section, good: &Value, named: &[Value]) -> Result<(), Refusal> {
    let place =
        [b"waylight/seal/v1/wrap".as_slice(), &CASE, &[3, 0, 0, 0, 1, 0, 0, 0, 3, 2], &[3; 32]]
            .concat();
    let wrap = sealed(&private(2)?.public(), "wrap", &place, &[7; 32])?;
    let mut wraps = named.to_vec();
    if let Some(slot) = wraps.get_mut(2) {
        *slot = hex(&wrap);
    }
    let inputs = with(good, [("wraps", Value::Array(wraps))]);
    let head = ["epoch-in-place", "closed with an epoch in its place", "find"];
    section.refuses(head, &inputs, Refusal::NotForYou);
    Ok(())
}

fn elsewhere(section: &mut Section, good: &Value) {
    let changed = |change: fn(&mut [Hash; COLUMNS])| {
        let mut columns = columns();
        change(&mut columns);
        shown(&columns)
    };
    let cases = [
        ("other-case", "another case", "case", flip(&hex(&CASE), &[127])),
        ("other-kind", "another compartment", "kind", json!(4)),
        ("other-version", "another version", "version", json!(2)),
        (
            "other-consent",
            "another consent",
            "columns",
            changed(|c| {
                if let Some(c) = c.get_mut(2) {
                    *c = [0; 32];
                }
            }),
        ),
        ("other-order", "the marks in another order", "columns", changed(|c| c.swap(2, 3))),
    ];
    for (name, says, field, value) in cases {
        section.refuses([name, says, "find"], &with(good, [(field, value)]), Refusal::NotForYou);
    }
    for (name, field, value) in
        [("kind-0", "kind", 0), ("kind-15", "kind", 15), ("version-0", "version", 0)]
    {
        let inputs = with(good, [(field, json!(value))]);
        section.refuses([name, "outside its range", "find"], &inputs, Refusal::FormBroken);
    }
}

fn changed(section: &mut Section, good: &Value, named: &[Value]) {
    let replaced = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut wraps = named.to_vec();
        change(&mut wraps);
        with(good, [("wraps", Value::Array(wraps))])
    };
    for (bit, says) in [
        (0, "the lattice's half of the encapsulation"),
        (5_000, "in the middle of it"),
        (8_703, "its last bit"),
        (8_704, "the curve's half"),
        (8_959, "the encapsulation's last bit"),
        (8_952, "the highest bit of the curve's half, which X25519 itself does not look at"),
        (8_960, "the closed key"),
        (9_216, "the tag"),
        (9_343, "the last bit of all"),
    ] {
        let inputs = replaced(&|wraps| {
            if let Some(wrap) = wraps.get_mut(2) {
                *wrap = flip(wrap, &[bit]);
            }
        });
        section.refuses([&format!("flip-{bit}"), says, "find"], &inputs, Refusal::NotForYou);
    }
    let inputs = replaced(&|wraps| wraps.swap(2, 3));
    section.refuses(
        ["wraps-exchanged", "a wrap in another column", "find"],
        &inputs,
        Refusal::NotForYou,
    );
    let inputs = replaced(&|wraps| wraps.rotate_left(1));
    section.refuses(
        ["wraps-turned", "all wraps one column on", "find"],
        &inputs,
        Refusal::NotForYou,
    );
}

fn not_whole(section: &mut Section, good: &Value, named: &[Value]) {
    let of = |wraps: Vec<Value>| with(good, [("wraps", Value::Array(wraps))]);
    let resized = |at: usize, change: &dyn Fn(&Value) -> Value| {
        let change =
            |(no, wrap): (usize, &Value)| if no == at { change(wrap) } else { wrap.clone() };
        named.iter().enumerate().map(change).collect::<Vec<Value>>()
    };
    let few: Vec<Value> = named.iter().take(7).cloned().collect();
    let short_and_few: Vec<Value> =
        resized(0, &|wrap| cut(wrap, 1_167)).into_iter().take(7).collect();
    let many: Vec<Value> = named.iter().chain(named.first()).cloned().collect();
    for (name, says, wraps) in [
        ("wraps-none", "no wraps", Vec::new()),
        ("wraps-7", "seven", few),
        ("wraps-9", "nine", many),
        ("wraps-7-short", "seven, one of them short: the count is looked at first", short_and_few),
    ] {
        section.refuses([name, says, "find"], &of(wraps), Refusal::WrapsNotEight);
    }
    for (name, says, wraps) in [
        ("wrap-short", "a byte missing in her own", resized(2, &|wrap| cut(wrap, 1_167))),
        (
            "wrap-other-short",
            "a byte missing in another's: nothing is opened",
            resized(7, &|wrap| cut(wrap, 1_167)),
        ),
        ("wrap-long", "a byte too many", resized(2, &|wrap| more(wrap, "00"))),
        ("wrap-empty", "an empty one", resized(0, &|_| json!(""))),
        ("wrap-enc", "only the encapsulation", resized(2, &|wrap| cut(wrap, 1_120))),
    ] {
        section.refuses([name, says, "find"], &of(wraps), Refusal::WrapNotWhole);
    }
}
