use super::{Made, Section, cut, dice, flip, hex, more, with};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use seal::{
    Refusal,
    file::{self, Layout, Place},
    id::{CaseId, FileId},
    secret::FileKey,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PLACE: Place =
    Place { case: CaseId(*b"a case's 16 byte"), file: FileId(*b"a file's 16 byte") };

fn key() -> FileKey {
    FileKey::draw(&mut dice(1))
}

fn repeat(byte: u8, times: usize) -> Value {
    json!({ "repeat": format!("{byte:02x}"), "times": times })
}

pub(super) fn made() -> Made {
    let mut section = Section::new("files");
    layouts(&mut section)?;
    unpads(&mut section);
    let inputs = |content: Value| {
        json!({
            "key": hex(key().expose()), "case": hex(&PLACE.case.0), "file": hex(&PLACE.file.0),
            "content": content,
        })
    };
    for (name, says, length) in [
        ("close-nothing", "no content: 64 KiB", 0),
        ("close-one", "one part", 1_000),
        ("close-full", "one whole part", (1 << 20) - 8),
        ("close-two", "a byte more: the second part holds 32 KiB", (1 << 20) - 7),
        ("close-three", "three parts", (2 << 20) + 1),
    ] {
        let parts = file::close(&key(), &PLACE, &vec![0x61; length])?;
        let parts: Value = parts
            .iter()
            .map(|part| json!({ "length": part.len(), "hash": hex(&Sha256::digest(part)) }))
            .collect();
        section.gives(
            [name, says, "close"],
            &inputs(repeat(0x61, length)),
            json!({ "parts": parts }),
        );
    }
    opens(&mut section);
    broken_inside(&mut section);
    Ok(section)
}

fn layouts(section: &mut Section) -> Result<(), Refusal> {
    let lengths = [
        0,
        1,
        65_528,
        65_529,
        67_576,
        67_577,
        131_064,
        131_065,
        1_000_000,
        1_048_568,
        1_048_569,
        3_000_000,
        10_000_000,
        123_456_789,
        (512 << 20) - 9,
        (512 << 20) - 8,
        (512 << 20) - 7,
        512 << 20,
    ];
    for length in lengths {
        let layout = Layout::of(length)?;
        let gives = json!({ "padded": layout.padded(), "parts": layout.parts() });
        let head = [&format!("layout-{length}"), "the Padm\u{e9} length", "layout"];
        section.gives(head, &json!({ "length": length }), gives);
    }
    for length in [(512 << 20) + 1, 1 << 40, (1 << 53) - 1_u64] {
        let head = [&format!("layout-{length}"), "more than 512 MiB", "layout"];
        section.refuses(head, &json!({ "length": length }), Refusal::TooLong);
    }
    Ok(())
}

fn unpads(section: &mut Section) {
    let whole = |length: &str, content: &str, zeros: usize| json!({ "padded": { "join": [length, content, repeat(0, zeros)] } });
    let (five, hello) = ("0000000000000005", "68656c6c6f");
    section.gives(
        ["unpad", "five bytes", "unpad"],
        &whole(five, hello, 65_523),
        json!({ "content": hello }),
    );
    section.gives(
        ["unpad-nothing", "none", "unpad"],
        &whole("0000000000000000", "", 65_528),
        json!({ "content": "" }),
    );
    let last = json!({ "padded": { "join": [five, hello, repeat(0, 65_522), "01"] } });
    for (name, says, inputs) in [
        ("empty", "nothing", json!({ "padded": "" })),
        ("no-length", "no room for a length", json!({ "padded": "00000000000000" })),
        ("short-length", "content in the padding", whole("0000000000000004", hello, 65_523)),
        ("beyond", "a length beyond the end", whole("000000000000fff9", "", 65_528)),
        ("most", "the highest length", whole("ffffffffffffffff", "", 65_528)),
        ("too-long", "a length no file may have", whole("0000000020000001", "", 65_528)),
        ("first", "the first byte of the padding", whole(five, "68656c6c6f80", 65_522)),
        ("last", "the last byte of the padding", last),
        ("not-padded", "only the content", whole(five, hello, 0)),
        ("one-less", "a byte missing", whole(five, hello, 65_522)),
        ("one-more", "a byte too many", whole(five, hello, 65_524)),
        ("larger", "the next length of Padm\u{e9}", whole(five, hello, 67_584 - 13)),
    ] {
        section.refuses([&format!("unpad-{name}"), says, "unpad"], &inputs, Refusal::PaddingBroken);
    }
}

fn opens(section: &mut Section) {
    let part = |of: &str, part: u64| json!({ "closed": of, "part": part });
    let [one, a, b] = [part("close-one", 0), part("close-two", 0), part("close-two", 1)];
    let three: Vec<Value> = (0..3).map(|at| part("close-three", at)).collect();
    let good = |parts: &[&Value]| {
        json!({
            "key": hex(key().expose()), "case": hex(&PLACE.case.0), "file": hex(&PLACE.file.0),
            "parts": parts,
        })
    };
    for (name, says, parts, length) in [
        ("open-nothing", "no content", vec![&json!({ "closed": "close-nothing", "part": 0 })], 0),
        ("open-one", "one part", vec![&one], 1_000),
        ("open-two", "two parts", vec![&a, &b], (1 << 20) - 7),
        ("open-three", "three parts", three.iter().collect(), (2 << 20) + 1),
    ] {
        section.gives(
            [name, says, "open"],
            &good(&parts),
            json!({ "content": repeat(0x61, length) }),
        );
    }
    let mut broken = |name: &str, says: &str, inputs: &Value| {
        section.refuses([name, says, "open"], inputs, Refusal::PartBroken);
    };
    let other_a = &three.first().cloned().unwrap_or_default();
    for (name, says, parts) in [
        ("no-parts", "none", vec![]),
        ("no-last", "the last part is missing", vec![&a]),
        ("no-first", "the first part is missing", vec![&b]),
        ("exchanged", "in another order", vec![&b, &a]),
        ("first-twice", "the first part twice", vec![&a, &a]),
        ("last-twice", "the last part twice", vec![&a, &b, &b]),
        ("two-as-one", "a whole part alone is not the whole file", vec![other_a]),
        ("other-file", "the first part of a file of three", vec![other_a, &b]),
        ("empty-last", "nothing for the last", vec![&a, &json!("")]),
    ] {
        broken(name, says, &good(&parts));
    }
    for (name, says, changed) in [
        ("flip-first", "the first bit", flip(&one, &[0])),
        ("flip-middle", "a bit in the middle", flip(&one, &[300_000])),
        ("flip-tag", "the last bit of the tag", flip(&one, &[524_415])),
        ("cut-byte", "a byte missing", cut(&one, 65_551)),
        ("cut-tag", "no tag", cut(&one, 65_536)),
        ("cut-all", "nothing left", cut(&one, 0)),
        ("longer", "a byte too many", more(&one, "00")),
    ] {
        broken(name, says, &good(&[&changed]));
    }
    broken("flip-in-last", "a bit of the last part", &good(&[&a, &flip(&b, &[9])]));
    for (name, says, field, value) in [
        ("other-key", "another key", "key", flip(&hex(key().expose()), &[255])),
        ("other-case", "another case", "case", flip(&hex(&PLACE.case.0), &[0])),
        ("other-id", "another file", "file", flip(&hex(&PLACE.file.0), &[0])),
    ] {
        broken(name, says, &with(&good(&[&one]), [(field, value)]));
    }
}

/// What opens and is not laid out as it must be: closed here by hand, with the right key and place.
fn broken_inside(section: &mut Section) {
    let place = |parts: u8| {
        let count = [0, 0, 0, 0, 0, 0, 0, parts];
        [b"waylight/seal/v1/file".as_slice(), &PLACE.case.0, &PLACE.file.0, &count].concat()
    };
    let close = |number: u8, parts: u8, msg: &[u8]| {
        let nonce = [u8::from(number + 1 == parts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number];
        let payload = Payload { msg, aad: &place(parts) };
        let closed =
            ChaCha20Poly1305::new(key().expose().into()).encrypt(&Nonce::from(nonce), payload);
        hex(&closed.unwrap_or_default())
    };
    let hello = b"\0\0\0\0\0\0\0\x05hello";
    let (start, end) = hello.split_at(8);
    let inputs = |parts: Value| {
        json!({
            "key": hex(key().expose()), "case": hex(&PLACE.case.0), "file": hex(&PLACE.file.0),
            "parts": parts,
        })
    };
    let other = flip(&close(1, 2, end), &[0]);
    let head = ["inside-and-part", "a part is broken, after one whose padding is", "open"];
    section.refuses(head, &inputs(json!([close(0, 2, start), other])), Refusal::PartBroken);
    for (name, says, parts) in [
        ("inside-nothing", "nothing at all was closed", json!([close(0, 1, b"")])),
        ("inside-no-length", "seven bytes", json!([close(0, 1, &[0; 7])])),
        ("inside-not-padded", "a length and no padding", json!([close(0, 1, hello)])),
        ("inside-beyond", "a length beyond the end", json!([close(0, 1, &[0xff; 16])])),
        ("inside-two-short", "cut into short parts", json!([close(0, 2, start), close(1, 2, end)])),
    ] {
        section.refuses([name, says, "open"], &inputs(parts), Refusal::PaddingBroken);
    }
}
