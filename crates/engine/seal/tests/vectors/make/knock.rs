use super::{Made, Section, cut, dice, flip, hex, more, private, sealed, signer, with};
use seal::{
    Refusal,
    columns::{ColumnNo, Columns},
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose},
    id::{CaseId, TeamId},
    knock::Knock,
    report::{Manifest, Sealed},
    words::Language,
};
use serde_json::{Value, json};

const TEAM: TeamId = TeamId(*b"a team's 16 byte");
const EPOCH: u32 = 3;
const COLUMN: u8 = 5;
/// Where the compartments stand in a consent.
const KINDS: usize = 53;

fn consent() -> Consent {
    Consent {
        salt: *b"sixteen of salt.",
        case: CaseId(*b"a case's 16 byte"),
        recipient: TEAM,
        epoch: EPOCH,
        compartments: [Kind::Contact, Kind::Incident, Kind::Message].into_iter().collect(),
        purposes: [Purpose::Services].into_iter().collect(),
        given_at: 1_790_000_000_000,
        ends_at: 0,
        given_by: GivenBy::Herself,
        channel: Channel::InWriting,
        language: Language::Korean,
        text_hash: [0x5a; 32],
    }
}

fn manifest(mark: [u8; 32]) -> Result<Manifest, Refusal> {
    let marks =
        ColumnNo::ALL.map(|no| if no.number() == COLUMN { mark } else { [no.number(); 32] });
    Ok(Manifest {
        case: consent().case,
        locator: [0x33; 32],
        signing_key: signer(1).public(),
        public_key: private(1)?.public().bytes(),
        columns: Columns::new(marks),
        compartments: [Sealed { closed_hash: [1; 32], wraps_hash: [2; 32] }; 12],
    })
}

pub(super) fn made() -> Made {
    let mut section = Section::new("knock");
    let (hers, reader) = (signer(1), private(2)?);
    let (consent, column) = (consent(), ColumnNo::of_number(COLUMN)?);
    let signature = consent.sign(&hers)?;
    let knock = Knock { column, consent: consent.clone(), signature };
    let closed = section.keep("knock", &knock.close(&reader.public(), &mut dice(3))?);
    let good = json!({
        "private_key": hex(reader.seed().expose()), "team": hex(&TEAM.0), "epoch": EPOCH,
        "knock": closed,
    });
    let gives = json!({
        "case": hex(&consent.case.0), "column": COLUMN, "consent": hex(&consent.bytes()?),
        "signature": hex(&signature),
    });
    section.gives(["open", "a case, and her consent", "open"], &good, gives);
    not_opened(&mut section, &good, &closed)?;
    inside(&mut section, &good)?;
    held(&mut section, &good, &consent)?;
    Ok(section)
}

fn not_opened(section: &mut Section, good: &Value, closed: &Value) -> Result<(), Refusal> {
    for (name, says, field, value) in [
        ("other-key", "another key", "private_key", hex(private(3)?.seed().expose())),
        ("other-team", "another team", "team", flip(&hex(&TEAM.0), &[127])),
        ("other-epoch", "another epoch", "epoch", json!(EPOCH + 1)),
        ("flip-0", "a bit of the encapsulation", "knock", flip(closed, &[0])),
        ("flip-8704", "a bit of its curve's half", "knock", flip(closed, &[8_704])),
        ("flip-8960", "a bit of the case", "knock", flip(closed, &[8_960])),
        ("flip-9088", "a bit of the column", "knock", flip(closed, &[9_088])),
        ("flip-10639", "the last bit", "knock", flip(closed, &[10_639])),
        ("zeros", "zeros", "knock", json!({ "repeat": "00", "times": 1_330 })),
    ] {
        section.refuses([name, says, "open"], &with(good, [(field, value)]), Refusal::NotForYou);
    }
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(closed, 1_329)),
        ("long", "a byte too many", more(closed, "00")),
        ("enc", "only the encapsulation", cut(closed, 1_120)),
        ("wrap", "as long as a wrap", cut(closed, 1_168)),
    ] {
        let inputs = with(good, [("knock", value)]);
        section.refuses([name, says, "open"], &inputs, Refusal::WrapNotWhole);
    }
    // The other way round: what is sealed for the same key and place as something else is no knock.
    let place = [TEAM.0.as_slice(), &EPOCH.to_be_bytes()].concat();
    let inside = insides(consent().case.0, COLUMN, &consent().bytes()?);
    for name in ["wrap", "team-key"] {
        let other = sealed(&private(2)?.public(), name, &place, &inside)?;
        let head = [&format!("sealed-as-{name}"), "sealed for another use", "open"];
        let inputs = with(good, [("knock", hex(&other))]);
        section.refuses(head, &inputs, Refusal::NotForYou);
    }
    Ok(())
}

fn insides(case: [u8; 16], column: u8, consent: &[u8]) -> Vec<u8> {
    [case.as_slice(), &[column], consent, &[6; 64]].concat()
}

/// What opens and is not what it must be: sealed here by hand, for the right key, team and epoch.
fn inside(section: &mut Section, good: &Value) -> Result<(), Refusal> {
    let (case, bytes) = (consent().case.0, consent().bytes()?);
    let place = [TEAM.0.as_slice(), &EPOCH.to_be_bytes()].concat();
    let of = |consent: Consent| consent.bytes();
    let with_kinds = |kinds: [u8; 2]| {
        let mut bytes = bytes.clone();
        for (to, from) in bytes.iter_mut().skip(KINDS).zip(kinds) {
            *to = from;
        }
        bytes
    };
    let other_epoch = of(Consent { epoch: EPOCH + 1, ..consent() })?;
    let other_team = of(Consent { recipient: TeamId([9; 16]), ..consent() })?;
    let other_case = of(Consent { case: CaseId([9; 16]), ..consent() })?;
    let herself = of(Consent { recipient: TeamId::HERSELF, epoch: 0, ..consent() })?;
    let (form, missing) = (Refusal::FormBroken, Refusal::PurposeMissing);
    for (name, says, column, consent, refusal) in [
        ("column-8", "columns are 0 to 7", 8, bytes.clone(), form),
        ("case", "another case than its consent's", COLUMN, other_case, form),
        ("team", "a consent to another team", COLUMN, other_team, form),
        ("epoch", "a consent for another key", COLUMN, other_epoch, form),
        ("herself", "a consent to herself", COLUMN, herself, form),
        ("consent", "no consent", COLUMN, vec![0; 113], form),
        ("consent-nothing", "nothing to open", COLUMN, with_kinds([0, 0]), form),
        ("figures", "figures without their purpose", COLUMN, with_kinds([0x08, 1]), missing),
        ("column-and-figures", "the column is looked at first", 8, with_kinds([0x08, 1]), form),
    ] {
        let plain = insides(case, column, &consent);
        let knock = sealed(&private(2)?.public(), "knock", &place, &plain)?;
        let inputs = with(good, [("knock", hex(&knock))]);
        section.refuses([&format!("inside-{name}"), says, "open"], &inputs, refusal);
    }
    // Somebody who is no team, with a key and an epoch of 0.
    let hers = of(Consent { recipient: TeamId::HERSELF, epoch: 0, ..consent() })?;
    let knock = sealed(&private(2)?.public(), "knock", &[0; 20], &insides(case, COLUMN, &hers))?;
    let nobody = [("team", hex(&[0; 16])), ("epoch", json!(0)), ("knock", hex(&knock))];
    let head = ["inside-nobody", "she herself is not told by a knock", "open"];
    section.refuses(head, &with(good, nobody), form);
    Ok(())
}

/// A consent that came after the case: whichever mark its manifest has in that column.
fn later(
    section: &mut Section,
    verify: &impl Fn(Value) -> Value,
    right: &Manifest,
    consent: &Consent,
) -> Result<(), Refusal> {
    let first = Consent { salt: [0; 16], ..consent.clone() };
    let with_first = manifest(first.mark()?)?;
    let inputs = verify(hex(&with_first.bytes()));
    let head = ["later", "another consent came with the case", "verify_later"];
    section.gives(head, &inputs, json!({}));
    let inputs = verify(hex(&right.bytes()));
    let head = ["later-first", "the one that came with it, too", "verify_later"];
    section.gives(head, &inputs, json!({}));
    let signing_key = signer(2).public();
    for (name, says, manifest, refusal) in [
        (
            "later-other-case",
            "another case",
            Manifest { case: CaseId([9; 16]), ..with_first.clone() },
            Refusal::FormBroken,
        ),
        (
            "later-other-signer",
            "somebody else gave it",
            Manifest { signing_key, ..with_first.clone() },
            Refusal::SignatureWrong,
        ),
        (
            "later-other-case-and-signer",
            "the case is looked at first",
            Manifest { case: CaseId([9; 16]), signing_key, ..with_first.clone() },
            Refusal::FormBroken,
        ),
    ] {
        let inputs = verify(hex(&manifest.bytes()));
        section.refuses([name, says, "verify_later"], &inputs, refusal);
    }
    Ok(())
}

fn held(section: &mut Section, good: &Value, consent: &Consent) -> Result<(), Refusal> {
    let right = manifest(consent.mark()?)?;
    let named = section.keep("manifest", &right.bytes());
    let verify = |manifest: Value| {
        let mut inputs = good.clone();
        if let Some(object) = inputs.as_object_mut() {
            object.insert("manifest".to_owned(), manifest);
        }
        inputs
    };
    section.gives(["verify", "of this case", "verify"], &verify(named.clone()), json!({}));
    let other = Consent { salt: [0; 16], ..consent.clone() };
    let signing_key = signer(2).public();
    let mut marks = ColumnNo::ALL.map(|no| right.columns.at(no));
    marks.swap(4, usize::from(COLUMN));
    for (name, says, manifest, refusal) in [
        (
            "case",
            "another case",
            Manifest { case: CaseId([9; 16]), ..right.clone() },
            Refusal::FormBroken,
        ),
        (
            "mark",
            "another consent stands in that column",
            manifest(other.mark()?)?,
            Refusal::FormBroken,
        ),
        (
            "column",
            "it stands in another column",
            Manifest { columns: Columns::new(marks), ..right.clone() },
            Refusal::FormBroken,
        ),
        (
            "signer",
            "somebody else gave it",
            Manifest { signing_key, ..right.clone() },
            Refusal::SignatureWrong,
        ),
    ] {
        let head = [&format!("verify-other-{name}"), says, "verify"];
        section.refuses(head, &verify(hex(&manifest.bytes())), refusal);
    }
    later(section, &verify, &right, consent)?;
    let broken = verify(cut(&named, 2_320));
    section.refuses(["verify-broken", "no manifest", "verify"], &broken, Refusal::FormBroken);
    let closed = with(&verify(named), [("epoch", json!(EPOCH + 1))]);
    let head = ["verify-closed", "it does not open", "verify"];
    section.refuses(head, &closed, Refusal::NotForYou);
    Ok(())
}
