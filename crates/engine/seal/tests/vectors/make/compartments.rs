use super::{Fixed, Made, Section, cut, dice, flip, hex, more, with};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use seal::{
    Refusal,
    compartment::{self, Kind, Place, Version},
    id::CaseId,
    secret::ContentKey,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const CASE: [u8; 16] = *b"a case's 16 byte";

pub(super) fn made() -> Made {
    let mut section = Section::new("compartments");
    pads(&mut section);
    unpads(&mut section);
    closes(&mut section)?;
    opens(&mut section);
    broken_inside(&mut section);
    Ok(section)
}

fn repeat(byte: &str, times: usize) -> Value {
    json!({ "repeat": byte, "times": times })
}

fn pads(section: &mut Section) {
    let mut pad = |name: &str, says: &str, content: Value, length: usize, size: usize| {
        let zeros = repeat("00", size - 4 - length);
        let padded = json!({ "join": [hex(&(length as u32).to_be_bytes()), content, zeros] });
        section.gives(
            [name, says, "pad"],
            &json!({ "content": content }),
            json!({ "padded": padded }),
        );
    };
    pad("pad-nothing", "an empty compartment looks like any other", json!(""), 0, 16 << 10);
    pad("pad-byte", "one byte", json!("00"), 1, 16 << 10);
    pad(
        "pad-hangul",
        "3,900 syllables fit the first size",
        repeat("eab080", 3_900),
        11_700,
        16 << 10,
    );
    for (kib, name) in
        [(16, "16"), (32, "32"), (64, "64"), (128, "128"), (256, "256"), (512, "512")]
    {
        let size = kib << 10;
        pad(
            &format!("pad-{name}-full"),
            "exactly as much as it holds",
            repeat("61", size - 4),
            size - 4,
            size,
        );
        pad(
            &format!("pad-{name}-more"),
            "one byte more takes the next",
            repeat("61", size - 3),
            size - 3,
            size * 2,
        );
    }
    pad("pad-most", "the most there is", repeat("61", 1_048_572), 1_048_572, 1 << 20);
    let inputs = json!({ "content": repeat("61", 1_048_573) });
    section.refuses(["pad-too-long", "one byte more", "pad"], &inputs, Refusal::TooLong);
}

fn unpads(section: &mut Section) {
    let whole = |length: &str, content: &str, zeros: usize| json!({ "padded": { "join": [length, content, repeat("00", zeros)] } });
    section.gives(
        ["unpad", "content of five bytes", "unpad"],
        &whole("00000005", "68656c6c6f", 16_375),
        json!({ "content": "68656c6c6f" }),
    );
    section.gives(
        ["unpad-nothing", "no content", "unpad"],
        &whole("00000000", "", 16_380),
        json!({ "content": "" }),
    );
    section.gives(
        ["unpad-zeros", "content that ends in zeros", "unpad"],
        &whole("00000007", "68656c6c6f", 16_375),
        json!({ "content": "68656c6c6f0000" }),
    );
    let cases = [
        ("unpad-no-length", "no room for a length", json!({ "padded": "000000" })),
        ("unpad-empty", "nothing", json!({ "padded": "" })),
        (
            "unpad-short-length",
            "a length that leaves content in the padding",
            whole("00000004", "68656c6c6f", 16_375),
        ),
        ("unpad-beyond", "a length beyond the end", whole("00003ffd", "", 16_380)),
        ("unpad-far-beyond", "the highest length", whole("ffffffff", "", 16_380)),
        ("unpad-first", "the first byte of the padding", whole("00000005", "68656c6c6f01", 16_374)),
        (
            "unpad-last",
            "the last byte of the padding",
            json!({ "padded": { "join": ["00000005", "68656c6c6f", repeat("00", 16_374), "80"] } }),
        ),
        (
            "unpad-larger",
            "a larger size than it needs",
            whole("00000005", "68656c6c6f", 32_768 - 9),
        ),
        ("unpad-not-padded", "only the content", whole("00000005", "68656c6c6f", 0)),
        ("unpad-one-less", "a byte missing", whole("00000005", "68656c6c6f", 16_374)),
        ("unpad-one-more", "a byte too many", whole("00000005", "68656c6c6f", 16_376)),
        ("unpad-between", "a size that is none of the seven", whole("00004000", "", 24_576 - 4)),
    ];
    for (name, says, inputs) in cases {
        section.refuses([name, says, "unpad"], &inputs, Refusal::PaddingBroken);
    }
}

fn key(number: u64) -> ContentKey {
    ContentKey::draw(&mut dice(number))
}

fn closes(section: &mut Section) -> Result<(), Refusal> {
    let hangul = "가".repeat(3_900);
    let cases = [
        ("close", "what happened", Kind::Incident, 1, json!("68656c6c6f"), b"hello".to_vec()),
        ("close-empty", "an empty one", Kind::Contact, 1, json!(""), Vec::new()),
        (
            "close-later",
            "a high version",
            Kind::Figures,
            u32::MAX,
            json!("68656c6c6f"),
            b"hello".to_vec(),
        ),
        (
            "close-message",
            "something said",
            Kind::Message,
            3,
            json!("68656c6c6f"),
            b"hello".to_vec(),
        ),
        (
            "close-long",
            "twice 3,900 syllables",
            Kind::Notes,
            2,
            repeat("eab080", 7_800),
            hangul.repeat(2).into_bytes(),
        ),
        (
            "close-entry",
            "an entry of the work",
            Kind::Casework,
            3,
            json!("68656c6c6f"),
            b"hello".to_vec(),
        ),
    ];
    for (number, (name, says, kind, version, content, bytes)) in (1..).zip(cases) {
        let place = Place { case: CaseId(CASE), kind, version: Version::of_number(version)? };
        let key = key(number);
        let closed = compartment::close(&place, &bytes, &mut Fixed(key.expose()))?.bytes;
        let inputs = json!({
            "key": hex(key.expose()), "case": hex(&CASE),
            "kind": kind.number(), "version": version, "content": content,
        });
        let gives = json!({ "length": closed.len(), "hash": hex(&Sha256::digest(&closed)) });
        section.gives([name, says, "close"], &inputs, gives);
    }
    let inputs = json!({
        "key": hex(key(1).expose()), "case": hex(&CASE), "kind": 3, "version": 1,
        "content": repeat("61", 1_048_573),
    });
    section.refuses(
        ["close-too-long", "more than the largest holds", "close"],
        &inputs,
        Refusal::TooLong,
    );
    for (name, field, value) in [("close-kind", "kind", 15), ("close-version", "version", 0)] {
        let inputs = with(&inputs, [(field, json!(value)), ("content", json!(""))]);
        section.refuses([name, "outside its range", "close"], &inputs, Refusal::FormBroken);
    }
    Ok(())
}

fn opens(section: &mut Section) {
    let closed = json!({ "closed": "close" });
    let good = json!({
        "key": hex(key(1).expose()), "case": hex(&CASE),
        "kind": 3, "version": 1, "seen": 0, "closed": closed,
    });
    let gives = json!({ "content": "68656c6c6f" });
    section.gives(["open", "in its place", "open"], &good, gives.clone());
    section.gives(
        ["open-again", "the same version again", "open"],
        &with(&good, [("seen", json!(1))]),
        gives.clone(),
    );
    let message = with(
        &good,
        [
            ("key", hex(key(4).expose())),
            ("kind", json!(13)),
            ("version", json!(3)),
            ("closed", json!({ "closed": "close-message" })),
        ],
    );
    section.gives(["open-message", "something said", "open"], &message, gives.clone());
    let first = with(&message, [("version", json!(1))]);
    let head = ["other-message", "another thing said", "open"];
    section.refuses(head, &first, Refusal::NotForThisPlace);
    let entry = with(
        &message,
        [
            ("key", hex(key(6).expose())),
            ("kind", json!(14)),
            ("closed", json!({ "closed": "close-entry" })),
        ],
    );
    section.gives(["open-entry", "an entry of the work", "open"], &entry, gives.clone());
    let said = with(&entry, [("kind", json!(13))]);
    let head = ["other-thread", "an entry is nothing that was said", "open"];
    section.refuses(head, &said, Refusal::NotForThisPlace);
    elsewhere(section, &good, &closed);
    older(section, &good);
    for (name, field, value) in [
        ("kind-0", "kind", 0),
        ("kind-15", "kind", 15),
        ("kind-255", "kind", 255),
        ("version-0", "version", 0),
    ] {
        let inputs = with(&good, [(field, json!(value))]);
        section.refuses([name, "outside its range", "open"], &inputs, Refusal::FormBroken);
    }
}

fn elsewhere(section: &mut Section, good: &Value, closed: &Value) {
    let mut elsewhere = |name: &str, says: &str, inputs: &Value| {
        section.refuses([name, says, "open"], inputs, Refusal::NotForThisPlace);
    };
    let case = flip(&hex(&CASE), &[127]);
    elsewhere("other-case", "another case", &with(good, [("case", case)]));
    elsewhere("other-kind", "another kind", &with(good, [("kind", json!(4))]));
    elsewhere("other-version", "another version", &with(good, [("version", json!(2))]));
    elsewhere(
        "other-key",
        "another key",
        &with(good, [("key", flip(&hex(key(1).expose()), &[0]))]),
    );
    for bit in [0, 7, 40, 65_536, 131_071, 131_072, 131_199] {
        let inputs = with(good, [("closed", flip(closed, &[bit]))]);
        elsewhere(&format!("flip-{bit}"), "one bit turned; the tag begins with 131,072", &inputs);
    }
    for to in [0, 1, 15, 16, 17, 16_384, 16_399] {
        let inputs = with(good, [("closed", cut(closed, to))]);
        elsewhere(&format!("cut-{to}"), "only its beginning", &inputs);
    }
    elsewhere("longer", "a byte after the end", &with(good, [("closed", more(closed, "00"))]));
    elsewhere(
        "other-closed",
        "another compartment",
        &with(good, [("closed", json!({ "closed": "close-empty" }))]),
    );
}

fn older(section: &mut Section, good: &Value) {
    let mut older = |name: &str, says: &str, inputs: &Value| {
        section.refuses([name, says, "open"], inputs, Refusal::OlderThanSeen);
    };
    older("older", "version 2 was seen", &with(good, [("seen", json!(2))]));
    older("much-older", "a late version was seen", &with(good, [("seen", json!(u32::MAX))]));
    older(
        "older-and-broken",
        "said before anything is opened",
        &with(good, [("seen", json!(2)), ("closed", json!(""))]),
    );
}

/// What opens and is not padded as it must be: closed here by hand, with the right key and place.
fn broken_inside(section: &mut Section) {
    let place = [b"waylight/seal/v1/compartment".as_slice(), &CASE, &[3, 0, 0, 0, 1]].concat();
    let cipher = ChaCha20Poly1305::new(key(1).expose().into());
    let cases = [
        ("inside-nothing", "nothing at all was closed", Vec::new()),
        ("inside-no-length", "three bytes", vec![0; 3]),
        ("inside-not-padded", "a length and no padding", b"\0\0\0\x05hello".to_vec()),
        ("inside-beyond", "a length beyond the end", vec![0xff; 32]),
    ];
    for (name, says, msg) in cases {
        let closed = cipher.encrypt(&Nonce::default(), Payload { msg: &msg, aad: &place });
        let inputs = json!({
            "key": hex(key(1).expose()), "case": hex(&CASE), "kind": 3, "version": 1, "seen": 0,
            "closed": hex(&closed.unwrap_or_default()),
        });
        section.refuses([name, says, "open"], &inputs, Refusal::PaddingBroken);
    }
}
