use super::{Made, Section, cut, flip, hex, more, private, seed, signer, with};
use seal::{
    Hash, Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{Kind, Place, TAG_BYTES, Version},
    id::CaseId,
    report::{Amended, Manifest, Sealed},
    wrap::{WRAP_BYTES, Wraps},
    written::Moved,
};
use serde_json::{Value, json};

const CASE: CaseId = CaseId(*b"a case's 16 byte");
/// Signers: 1 is hers, 7 and 8 are devices.
const HERS: u64 = 1;

pub(super) fn made() -> Made {
    let mut section = Section::new("written");
    moved(&mut section)?;
    let manifest = section.keep("manifest", &manifest()?.bytes());
    verified(&mut section, &manifest)?;
    not_followed(&mut section, &manifest)?;
    not_of_its_kind(&mut section, &manifest)?;
    Ok(section)
}

/// Any bytes of the right size: what is in them is not looked at here.
fn closed() -> Vec<u8> {
    vec![0xab; (16 << 10) + TAG_BYTES]
}

fn wraps(filled: u8) -> Result<Wraps, Refusal> {
    Wraps::of(&[[filled; WRAP_BYTES]; COLUMNS])
}

fn hash(filled: u8) -> Result<Hash, Refusal> {
    Ok(wraps(filled)?.hash())
}

/// Names wraps filled with 1 for what happened.
fn manifest() -> Result<Manifest, Refusal> {
    let incident = Sealed::of(&closed(), &wraps(1)?)?;
    let other = Sealed { closed_hash: [6; 32], wraps_hash: [7; 32] };
    Ok(Manifest {
        case: CASE,
        locator: [0x33; 32],
        signing_key: signer(HERS).public(),
        public_key: private(1)?.public().bytes(),
        columns: Columns::new(ColumnNo::ALL.map(|no| [no.number(); 32])),
        compartments: Kind::OF_REPORT
            .map(|kind| if kind == Kind::Incident { incident } else { other }),
    })
}

fn place(kind: Kind, version: u32) -> Result<Place, Refusal> {
    Ok(Place { case: CASE, kind, version: Version::of_number(version)? })
}

fn moved(section: &mut Section) -> Result<(), Refusal> {
    let place = place(Kind::Message, 2)?;
    let moved = Moved { place, closed_hash: [1; 32], before: [2; 32], after: [3; 32] };
    let signature = hex(&moved.sign(&signer(7)));
    let fields = json!({
        "case": hex(&CASE.0), "kind": 13, "version": 2, "closed_hash": hex(&moved.closed_hash),
        "wraps_before": hex(&moved.before), "wraps_after": hex(&moved.after),
    });
    let also = |more: &[(&str, Value)]| {
        let mut fields = fields.clone();
        if let Some(object) = fields.as_object_mut() {
            object.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        fields
    };
    let inputs = also(&[("sign", hex(seed(7).expose()))]);
    let gives = json!({ "signature": signature });
    section.gives(["move", "signed by who moved it", "move"], &inputs, gives);
    let good = also(&[("signing_key", hex(&signer(7).public())), ("signature", signature.clone())]);
    section.gives(["moved", "signed by who moved it", "moved"], &good, json!({}));
    let sealed = Sealed { closed_hash: moved.closed_hash, wraps_hash: moved.before };
    let amended = hex(&Amended { place, sealed }.sign(&signer(7)));
    for (name, says, field, value) in [
        ("other-case", "another case", "case", hex(&[9; 16])),
        ("other-kind", "another kind", "kind", json!(12)),
        ("other-version", "another version", "version", json!(3)),
        ("other-closed", "another ciphertext", "closed_hash", hex(&[9; 32])),
        ("other-before", "other wraps before", "wraps_before", hex(&[9; 32])),
        ("other-after", "other wraps after", "wraps_after", hex(&[9; 32])),
        ("other-key", "another author", "signing_key", hex(&signer(8).public())),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[511])),
        ("none", "not signed", "signature", json!("")),
        ("amended", "signed as a version", "signature", amended),
    ] {
        let head = [&format!("moved-{name}"), says, "moved"];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::SignatureWrong);
    }
    let back = [("wraps_before", hex(&moved.after)), ("wraps_after", hex(&moved.before))];
    let head = ["moved-back", "the other way round", "moved"];
    section.refuses(head, &with(&good, back), Refusal::SignatureWrong);
    for (name, field, value) in
        [("kind-0", "kind", 0), ("kind-15", "kind", 15), ("version-0", "version", 0)]
    {
        let head = [&format!("moved-{name}"), "outside its range", "moved"];
        section.refuses(head, &with(&good, [(field, json!(value))]), Refusal::FormBroken);
        let head = [&format!("move-{name}"), "outside its range", "move"];
        section.refuses(head, &with(&inputs, [(field, json!(value))]), Refusal::FormBroken);
    }
    Ok(())
}

/// What is stored of a version: its author (none for the report's), how its wraps went, and which
/// are there now.
fn stored(
    place: Place,
    author: Option<u64>,
    moves: &[(u64, u8, u8)],
    manifest: &Value,
) -> Result<Value, Refusal> {
    let first = moves.first().map_or(1, |(_, before, _)| *before);
    let last = moves.last().map_or(first, |(_, _, after)| *after);
    let sealed = Sealed::of(&closed(), &wraps(first)?)?;
    let mut records = Vec::new();
    for (by, before, after) in moves {
        let (before, after) = (hash(*before)?, hash(*after)?);
        let moved = Moved { place, closed_hash: sealed.closed_hash, before, after };
        records.push(json!({
            "wraps_before": hex(&before), "signing_key": hex(&signer(*by).public()),
            "signature": hex(&moved.sign(&signer(*by))),
        }));
    }
    let signature = author.map(|by| hex(&Amended { place, sealed }.sign(&signer(by))));
    Ok(json!({
        "manifest": manifest, "kind": place.kind.number(), "version": place.version.number(),
        "closed": { "repeat": "ab", "times": 16_400 }, "wraps": filled(last),
        "signing_key": author.map(|by| hex(&signer(by).public())), "signature": signature,
        "moves": records,
    }))
}

fn filled(with: u8) -> Value {
    let wrap = json!({ "repeat": format!("{with:02x}"), "times": WRAP_BYTES });
    vec![wrap; COLUMNS].into_iter().collect()
}

fn verified(section: &mut Section, manifest: &Value) -> Result<(), Refusal> {
    let (first, message) = (place(Kind::Incident, 1)?, place(Kind::Message, 1)?);
    let (later, entry) = (place(Kind::Incident, 2)?, place(Kind::Casework, 1)?);
    for (name, says, place, author, moves) in [
        ("first", "as she sent it", first, None, vec![]),
        ("first-moved", "moved by a device", first, None, vec![(7, 1, 2)]),
        (
            "first-thrice",
            "moved by her and two devices",
            first,
            None,
            vec![(7, 1, 2), (8, 2, 3), (HERS, 3, 4)],
        ),
        ("first-and-back", "moved away and back", first, None, vec![(7, 1, 2), (HERS, 2, 1)]),
        ("later", "a later version of hers", later, Some(HERS), vec![]),
        ("later-moved", "and moved", later, Some(HERS), vec![(7, 2, 3)]),
        ("message", "the first message, by a device", message, Some(7), vec![]),
        ("message-moved", "and moved by her", message, Some(7), vec![(8, 5, 6), (HERS, 6, 7)]),
        ("entry", "the first entry of the work, by her", entry, Some(HERS), vec![]),
        ("entry-moved", "and moved by a device", entry, Some(HERS), vec![(7, 5, 6)]),
    ] {
        let inputs = stored(place, author, &moves, manifest)?;
        section.gives([&format!("verify-{name}"), says, "verify"], &inputs, json!({}));
    }
    Ok(())
}

fn not_followed(section: &mut Section, manifest: &Value) -> Result<(), Refusal> {
    let (first, message) = (place(Kind::Incident, 1)?, place(Kind::Message, 1)?);
    let thrice = [(7, 1, 2), (8, 2, 3), (HERS, 3, 4)];
    let good = stored(first, None, &thrice, manifest)?;
    let records = good.get("moves").cloned().unwrap_or_default();
    let of = |order: &[usize]| {
        let records = order.iter().filter_map(|at| records.get(at).cloned());
        with(&good, [("moves", records.collect())])
    };
    let spoiled = |field: &str, value: Value| {
        let mut records = records.clone();
        if let Some(record) = records.get_mut(1) {
            *record = with(record, [(field, value)]);
        }
        with(&good, [("moves", records)])
    };
    let signature = records.get(1).and_then(|one| one.get("signature")).cloned();
    let signature = flip(&signature.unwrap_or_default(), &[300]);
    let said = stored(message, Some(7), &[], manifest)?;
    for (name, says, inputs) in [
        ("wraps", "other wraps, and no record", with(&said, [("wraps", filled(9))])),
        ("first-wraps", "the same of the report", with(&of(&[]), [("wraps", filled(9))])),
        ("end", "the records end elsewhere", with(&good, [("wraps", filled(9))])),
        ("no-records", "no record of the moves", of(&[])),
        ("no-first", "the first record is missing", of(&[1, 2])),
        ("no-middle", "the middle one is missing", of(&[0, 2])),
        ("no-last", "the last one is missing", of(&[0, 1])),
        ("twice", "one twice", of(&[0, 1, 1, 2])),
        ("order", "in another order", of(&[1, 0, 2])),
        ("record-key", "another author's record", spoiled("signing_key", hex(&signer(7).public()))),
        ("record-before", "it began elsewhere", spoiled("wraps_before", hex(&hash(9)?))),
        ("record-flip", "a bit of a record's signature", spoiled("signature", signature)),
        ("record-none", "a record nobody signed", spoiled("signature", json!(""))),
        (
            "closed",
            "another ciphertext",
            with(&good, [("closed", json!({ "repeat": "ac", "times": 16_400 }))]),
        ),
        ("begin", "moved from wraps nobody signed", stored(first, None, &[(7, 5, 6)], manifest)?),
        ("kind", "named for another kind", with(&good, [("kind", json!(4))])),
    ] {
        let head = [&format!("verify-{name}"), says, "verify"];
        section.refuses(head, &inputs, Refusal::SignatureWrong);
    }
    Ok(())
}

fn not_of_its_kind(section: &mut Section, manifest: &Value) -> Result<(), Refusal> {
    let said = stored(place(Kind::Message, 1)?, Some(7), &[], manifest)?;
    let first = stored(place(Kind::Incident, 1)?, None, &[], manifest)?;
    let nobody = [("signing_key", json!(null)), ("signature", json!(null))];
    let wrong = Refusal::SignatureWrong;
    for (name, says, inputs) in [
        ("unsigned", "a message nobody signed", with(&said, nobody.clone())),
        ("later-unsigned", "a later version nobody signed", with(&first, [("version", json!(2))])),
        (
            "entry-unsigned",
            "an entry nobody signed",
            with(&stored(place(Kind::Casework, 1)?, Some(7), &[], manifest)?, nobody.clone()),
        ),
        ("entry-message", "something said, shown as an entry", with(&said, [("kind", json!(14))])),
        ("message-key", "another's", with(&said, [("signing_key", hex(&signer(8).public()))])),
        ("message-version", "another message", with(&said, [("version", json!(2))])),
    ] {
        section.refuses([&format!("verify-{name}"), says, "verify"], &inputs, wrong);
    }
    let signed = stored(place(Kind::Incident, 1)?, Some(HERS), &[], manifest)?;
    let short_wraps = json!(vec![json!({ "repeat": "01", "times": 1_167 }); COLUMNS]);
    let closed = first.get("closed").cloned().unwrap_or_default();
    for (name, says, inputs, refusal) in [
        ("first-signed", "the report's has no author", signed, Refusal::FormBroken),
        ("kind-15", "no such kind", with(&first, [("kind", json!(15))]), Refusal::FormBroken),
        (
            "version-0",
            "no such version",
            with(&first, [("version", json!(0))]),
            Refusal::FormBroken,
        ),
        (
            "short",
            "none of the seven sizes",
            with(&first, [("closed", cut(&closed, 16_399))]),
            Refusal::FormBroken,
        ),
        (
            "long",
            "none of the seven sizes",
            with(&first, [("closed", more(&closed, "ab"))]),
            Refusal::FormBroken,
        ),
        ("wraps-none", "no wraps", with(&first, [("wraps", json!([]))]), Refusal::WrapsNotEight),
        (
            "wraps-short",
            "short ones",
            with(&first, [("wraps", short_wraps)]),
            Refusal::WrapNotWhole,
        ),
    ] {
        section.refuses([&format!("verify-{name}"), says, "verify"], &inputs, refusal);
    }
    Ok(())
}
