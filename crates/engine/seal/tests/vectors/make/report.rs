use super::{Made, Section, cut, flip, hex, more, private, seed, signer, with};
use seal::{
    Refusal,
    columns::{COLUMNS, ColumnNo, Columns},
    compartment::{self, Kind, Place, Version},
    id::CaseId,
    report::{Amended, Manifest, Sealed},
    wrap::{WRAP_BYTES, Wraps},
};
use serde_json::{Value, json};

fn manifest(incident: Sealed) -> Result<Manifest, Refusal> {
    let sealed = |kind: Kind| {
        let filler =
            Sealed { closed_hash: [kind.number(); 32], wraps_hash: [0xf0 + kind.number(); 32] };
        if kind == Kind::Incident { incident } else { filler }
    };
    Ok(Manifest {
        case: CaseId(*b"a case's 16 byte"),
        locator: [0x33; 32],
        signing_key: signer(1).public(),
        public_key: private(1)?.public().bytes(),
        columns: Columns::new(ColumnNo::ALL.map(|no| [no.number(); 32])),
        compartments: Kind::OF_REPORT.map(sealed),
    })
}

fn fields(manifest: &Manifest) -> Value {
    let columns = manifest.columns.iter();
    let compartments = manifest.compartments.iter();
    json!({
        "case": hex(&manifest.case.0), "locator": hex(&manifest.locator),
        "signing_key": hex(&manifest.signing_key), "public_key": hex(&manifest.public_key),
        "columns": columns.map(|(_, mark)| hex(&mark)).collect::<Value>(),
        "compartments": compartments
            .map(|s| json!({ "closed_hash": hex(&s.closed_hash), "wraps_hash": hex(&s.wraps_hash) }))
            .collect::<Value>(),
    })
}

pub(super) fn made() -> Made {
    let mut section = Section::new("report");
    // Any bytes of the right size: what is in them is not looked at here.
    let closed = vec![0xab; (16 << 10) + compartment::TAG_BYTES];
    let wraps: Vec<Vec<u8>> = (0..COLUMNS as u8).map(|no| vec![no; WRAP_BYTES]).collect();
    let incident = Sealed::of(&closed, &Wraps::of(&wraps)?)?;
    let manifest = manifest(incident)?;
    let named = section.keep("manifest", &manifest.bytes());
    section.gives(["write", "the form", "write"], &fields(&manifest), json!({ "manifest": named }));
    section.gives(["read", "the form", "read"], &json!({ "manifest": named }), fields(&manifest));
    let bytes = manifest.bytes();
    let rest = bytes.get(1_553..).unwrap_or_default();
    for (name, says, bytes) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&named, 2_320)),
        ("shorter", "eleven compartments", cut(&named, 2_257)),
        ("long", "a byte too many", more(&named, "00")),
        (
            "longer",
            "thirteen compartments",
            json!({ "join": [named, { "repeat": "00", "times": 64 }] }),
        ),
        (
            "epochs",
            "eight epochs beside the marks",
            json!({ "join": [cut(&named, 1_553), { "repeat": "00000003", "times": 8 }, hex(rest)] }),
        ),
        ("form-0", "no such form", flip(&named, &[7])),
        ("form-3", "a form of later", flip(&named, &[6])),
    ] {
        let head = [&format!("read-{name}"), says, "read"];
        section.refuses(head, &json!({ "manifest": bytes }), Refusal::FormBroken);
    }
    signed(&mut section, &manifest, &named);
    held(&mut section, &named);
    amended(&mut section)?;
    Ok(section)
}

fn signed(section: &mut Section, manifest: &Manifest, named: &Value) {
    let signature = hex(&manifest.sign(&signer(1)));
    let inputs = json!({ "sign": hex(seed(1).expose()), "manifest": named });
    section.gives(["sign", "her signature", "sign"], &inputs, json!({ "signature": signature }));
    let good = json!({ "manifest": named, "signature": signature });
    section.gives(["verify", "signed by the key in it", "verify"], &good, json!({}));
    for (bit, says) in [
        (8, "another case"),
        (136, "another locator"),
        (392, "another signing key"),
        (648, "another key for answers"),
        (10_376, "another consent mark"),
        (12_423, "the last bit of the marks"),
        (12_424, "another ciphertext"),
        (18_567, "other wraps"),
    ] {
        let inputs = with(&good, [("manifest", flip(named, &[bit]))]);
        section.refuses(
            [&format!("verify-flip-{bit}"), says, "verify"],
            &inputs,
            Refusal::SignatureWrong,
        );
    }
    for (name, says, value) in [
        ("other", "signed by somebody else", hex(&manifest.sign(&signer(2)))),
        ("flip", "a bit of the signature", flip(&signature, &[77])),
        ("short", "a byte missing", cut(&signature, 63)),
        ("none", "not signed", json!("")),
    ] {
        let inputs = with(&good, [("signature", value)]);
        section.refuses(
            [&format!("verify-{name}"), says, "verify"],
            &inputs,
            Refusal::SignatureWrong,
        );
    }
    let broken = with(&good, [("manifest", cut(named, 100)), ("signature", json!(""))]);
    section.refuses(
        ["verify-broken", "the form is looked at first", "verify"],
        &broken,
        Refusal::FormBroken,
    );
}

fn held(section: &mut Section, named: &Value) {
    let closed = json!({ "repeat": "ab", "times": 16_400 });
    let wraps: Vec<Value> = (0..COLUMNS)
        .map(|no| json!({ "repeat": format!("{no:02x}"), "times": WRAP_BYTES }))
        .collect();
    let good = json!({ "manifest": named, "kind": 3, "closed": closed, "wraps": wraps });
    section.gives(["holds", "the bytes it names", "holds"], &good, json!({}));
    let mut exchanged = wraps.clone();
    exchanged.swap(0, 1);
    for (name, says, field, value) in [
        ("kind", "named for another kind", "kind", json!(4)),
        ("closed", "another ciphertext", "closed", flip(&closed, &[99_999])),
        (
            "size",
            "another of the seven sizes",
            "closed",
            json!({ "repeat": "ab", "times": 32_784 }),
        ),
        ("wraps", "wraps in another order", "wraps", json!(exchanged)),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses(
            [&format!("holds-other-{name}"), says, "holds"],
            &inputs,
            Refusal::SignatureWrong,
        );
    }
    for (name, says, field, value) in [
        ("empty", "no ciphertext", "closed", json!("")),
        ("tag", "only a tag", "closed", cut(&closed, 16)),
        ("short", "none of the seven sizes", "closed", cut(&closed, 16_399)),
        ("long", "none of the seven sizes", "closed", more(&closed, "ab")),
        ("kind-0", "no such kind", "kind", json!(0)),
        ("kind-13", "a message is no part of a report", "kind", json!(13)),
        ("kind-14", "an entry is no part of a report", "kind", json!(14)),
        ("kind-15", "no such kind", "kind", json!(15)),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses([&format!("holds-{name}"), says, "holds"], &inputs, Refusal::FormBroken);
    }
    let few = with(&good, [("wraps", wraps.iter().take(7).cloned().collect())]);
    section.refuses(["holds-7-wraps", "seven", "holds"], &few, Refusal::WrapsNotEight);
    let short = wraps.iter().map(|wrap| cut(wrap, 1_167)).collect();
    let short = with(&good, [("wraps", short)]);
    section.refuses(["holds-short-wraps", "short ones", "holds"], &short, Refusal::WrapNotWhole);
}

fn amended(section: &mut Section) -> Result<(), Refusal> {
    let place = Place {
        case: CaseId(*b"a case's 16 byte"),
        kind: Kind::Notes,
        version: Version::of_number(2)?,
    };
    let amended = Amended { place, sealed: Sealed { closed_hash: [1; 32], wraps_hash: [2; 32] } };
    let signature = hex(&amended.sign(&signer(7)));
    let fields = json!({
        "case": hex(&place.case.0), "kind": 11, "version": 2,
        "closed_hash": hex(&amended.sealed.closed_hash), "wraps_hash": hex(&amended.sealed.wraps_hash),
    });
    let also = |more: &[(&str, Value)]| {
        let mut fields = fields.clone();
        if let Some(object) = fields.as_object_mut() {
            object.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        fields
    };
    let inputs = also(&[("sign", hex(seed(7).expose()))]);
    section.gives(
        ["amend", "the author's signature", "amend"],
        &inputs,
        json!({ "signature": signature }),
    );
    let good = also(&[("signing_key", hex(&signer(7).public())), ("signature", signature.clone())]);
    section.gives(["amended", "signed by its author", "amended"], &good, json!({}));
    let message = Place { kind: Kind::Message, version: Version::FIRST, ..place };
    let message = Amended { place: message, sealed: amended.sealed };
    let said =
        [("kind", json!(13)), ("version", json!(1)), ("signature", hex(&message.sign(&signer(7))))];
    let head = ["amended-message", "the first message is signed like this too", "amended"];
    section.gives(head, &with(&good, said), json!({}));
    let entry = Place { kind: Kind::Casework, version: Version::FIRST, ..place };
    let entry = Amended { place: entry, sealed: amended.sealed };
    let written =
        [("kind", json!(14)), ("version", json!(1)), ("signature", hex(&entry.sign(&signer(7))))];
    let head = ["amended-entry", "and the first entry of the work", "amended"];
    section.gives(head, &with(&good, written), json!({}));
    for (name, says, field, value) in [
        ("case", "another case", "case", hex(&[9; 16])),
        ("kind", "another kind", "kind", json!(10)),
        ("version", "another version", "version", json!(3)),
        ("closed", "another ciphertext", "closed_hash", hex(&[9; 32])),
        ("wraps", "other wraps", "wraps_hash", hex(&[9; 32])),
        ("key", "another author", "signing_key", hex(&signer(8).public())),
        ("signature", "a bit of the signature", "signature", flip(&signature, &[511])),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses(
            [&format!("amended-other-{name}"), says, "amended"],
            &inputs,
            Refusal::SignatureWrong,
        );
    }
    for (name, field, value) in [("kind-15", "kind", 15), ("version-0", "version", 0)] {
        let inputs = with(&good, [(field, json!(value))]);
        section.refuses(
            [&format!("amended-{name}"), "outside its range", "amended"],
            &inputs,
            Refusal::FormBroken,
        );
    }
    Ok(())
}
