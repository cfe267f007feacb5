use super::{Made, Section, cut, flip, hex, more, seed, signer, with};
use curve25519_dalek::{
    EdwardsPoint, Scalar,
    constants::{ED25519_BASEPOINT_TABLE, EIGHT_TORSION},
};
use seal::{
    Refusal,
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose, Withdrawal},
    id::{CaseId, TeamId},
    words::Language,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

fn consent() -> Consent {
    Consent {
        salt: *b"sixteen of salt.",
        case: CaseId(*b"a case's 16 byte"),
        recipient: TeamId(*b"a team's 16 byte"),
        epoch: 3,
        compartments: [Kind::Contact, Kind::Incident, Kind::Figures].into_iter().collect(),
        purposes: [Purpose::Services, Purpose::Figures].into_iter().collect(),
        given_at: 1_790_000_000_000,
        ends_at: 1_800_000_000_000,
        given_by: GivenBy::WithSupport,
        channel: Channel::ByVoice,
        language: Language::Korean,
        text_hash: [0x5a; 32],
    }
}

/// The fields as the vectors have them.
fn fields(consent: &Consent) -> Value {
    let kinds = Kind::ALL.into_iter().filter(|kind| consent.compartments.has(*kind));
    let purposes = Purpose::ALL.iter().filter(|purpose| consent.purposes.has(**purpose));
    json!({
        "salt": hex(&consent.salt), "case": hex(&consent.case.0), "recipient": hex(&consent.recipient.0),
        "epoch": consent.epoch,
        "compartments": kinds.map(Kind::number).collect::<Vec<u8>>(),
        "purposes": purposes.map(|purpose| purpose.number()).collect::<Vec<u8>>(),
        "given_at": consent.given_at, "ends_at": consent.ends_at,
        "given_by": consent.given_by.number(), "channel": consent.channel.number(),
        "language": consent.language.code(), "text_hash": hex(&consent.text_hash),
    })
}

pub(super) fn made() -> Made {
    let mut section = Section::new("consent");
    let most = Consent {
        compartments: Kind::ALL.into_iter().collect(),
        purposes: Purpose::ALL.iter().copied().collect(),
        ends_at: 0,
        given_by: GivenBy::DutyOfLaw,
        channel: Channel::InPerson,
        language: Language::English,
        ..consent()
    };
    let herself =
        Consent { recipient: TeamId::HERSELF, epoch: 0, given_at: 0, ends_at: 1, ..consent() };
    for (name, says, consent) in [
        ("plain", "two compartments and figures, with support, by voice", consent()),
        ("most", "everything, without an end", most),
        ("herself", "her own column", herself),
    ] {
        let (bytes, fields) = (hex(&consent.bytes()?), fields(&consent));
        let gives = json!({ "consent": bytes, "mark": hex(&consent.mark()?) });
        section.gives([&format!("write-{name}"), says, "write"], &fields, gives);
        section.gives(
            [&format!("read-{name}"), says, "read"],
            &json!({ "consent": bytes }),
            fields,
        );
    }
    not_written(&mut section);
    let bytes = consent().bytes()?;
    not_read(&mut section, &bytes);
    signed(&mut section, &bytes)?;
    withdrawn(&mut section)?;
    strict(&mut section, &bytes)?;
    Ok(section)
}

fn not_written(section: &mut Section) {
    let good = fields(&consent());
    let broken = [
        ("nothing-to-open", "compartments", json!([])),
        ("no-purpose", "purposes", json!([])),
        ("ends-when-given", "ends_at", json!(1_790_000_000_000_u64)),
        ("ends-before", "ends_at", json!(1)),
        ("team-epoch-0", "epoch", json!(0)),
        ("herself-epoch-3", "recipient", hex(&[0; 16])),
        ("given-by-4", "given_by", json!(4)),
        ("channel-3", "channel", json!(3)),
        ("language-ja", "language", json!("ja")),
        ("language-long", "language", json!("eng")),
    ];
    for (name, field, value) in broken {
        let inputs = with(&good, [(field, value)]);
        let head = [&format!("write-{name}"), "outside its range", "write"];
        section.refuses(head, &inputs, Refusal::FormBroken);
    }
    for (name, purposes) in [("services", json!([0])), ("all-others", json!([0, 1, 3, 4, 5, 6]))] {
        let inputs = with(&good, [("purposes", purposes)]);
        let head = [&format!("write-figures-for-{name}"), "figures without their purpose", "write"];
        section.refuses(head, &inputs, Refusal::PurposeMissing);
    }
}

/// The bytes with some exchanged, from a place on.
fn exchanged(bytes: &[u8], at: usize, new: &[u8]) -> Value {
    let mut bytes = bytes.to_vec();
    for (to, from) in bytes.iter_mut().skip(at).zip(new) {
        *to = *from;
    }
    hex(&bytes)
}

fn not_read(section: &mut Section, bytes: &[u8]) {
    let whole = hex(bytes);
    let cases = [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&whole, 112)),
        ("shorter", "no hash of the text", cut(&whole, 81)),
        ("long", "a byte too many", more(&whole, "00")),
        ("form-0", "no such form", exchanged(bytes, 0, &[0])),
        ("form-2", "a form of later", exchanged(bytes, 0, &[2])),
        ("compartments-0", "nothing to open", exchanged(bytes, 53, &[0, 0])),
        ("compartments-15", "a fifteenth", exchanged(bytes, 53, &[0x40, 1])),
        ("purposes-0", "no purpose", exchanged(bytes, 55, &[0, 0])),
        ("purposes-8", "an eighth", exchanged(bytes, 55, &[0, 0x85])),
        ("epoch-0", "a team's epoch counts from 1", exchanged(bytes, 49, &[0; 4])),
        ("herself-epoch-3", "her own is 0", exchanged(bytes, 33, &[0; 16])),
        (
            "ends-when-given",
            "it ends when it begins",
            exchanged(bytes, 65, bytes.get(57..65).unwrap_or_default()),
        ),
        (
            "ends-before",
            "it ends before it begins",
            exchanged(bytes, 65, &[0, 0, 0, 0, 0, 0, 0, 1]),
        ),
        ("given-by-4", "nobody decided", exchanged(bytes, 73, &[4])),
        ("channel-3", "no such channel", exchanged(bytes, 74, &[3])),
        ("language-ja", "no such language", exchanged(bytes, 79, b"ja")),
        ("language-capitals", "not spelled like this", exchanged(bytes, 79, b"KO")),
        ("language-length-1", "another length", exchanged(bytes, 75, &[0, 0, 0, 1])),
        ("language-length-most", "a length beyond the end", exchanged(bytes, 75, &[0xff; 4])),
        (
            "broken-and-missing",
            "the form is looked at before the purpose",
            exchanged(bytes, 53, &[0x48, 1, 0, 1]),
        ),
    ];
    for (name, says, consent) in cases {
        let head = [&format!("read-{name}"), says, "read"];
        section.refuses(head, &json!({ "consent": consent }), Refusal::FormBroken);
    }
    let inputs = json!({ "consent": exchanged(bytes, 55, &[0, 1]) });
    let head = ["read-figures", "figures without their purpose", "read"];
    section.refuses(head, &inputs, Refusal::PurposeMissing);
}

fn signed(section: &mut Section, bytes: &[u8]) -> Result<(), Refusal> {
    let (consent, hers) = (consent(), signer(1));
    let signature = hex(&consent.sign(&hers)?);
    let inputs = json!({ "sign": hex(seed(1).expose()), "consent": hex(bytes) });
    section.gives(["sign", "her signature", "sign"], &inputs, json!({ "signature": signature }));
    let good = json!({
        "consent": hex(bytes), "signing_key": hex(&hers.public()), "signature": signature,
    });
    section.gives(
        ["given", "she gave it", "given"],
        &good,
        json!({ "mark": hex(&consent.mark()?) }),
    );
    let withdrawal = Withdrawal { mark: consent.mark()?, at: 1 };
    let later = Consent { ends_at: 0, ..consent.clone() };
    let cases = [
        ("given-other-key", "somebody else's key", "signing_key", hex(&signer(2).public())),
        ("given-other-consent", "she gave another", "consent", hex(&later.bytes()?)),
        (
            "given-other-signature",
            "somebody else signed",
            "signature",
            hex(&consent.sign(&signer(2))?),
        ),
        (
            "given-withdrawal",
            "she signed that she withdraws it",
            "signature",
            hex(&withdrawal.sign(&hers)),
        ),
        ("given-flip-r", "a bit of R", "signature", flip(&signature, &[3])),
        ("given-flip-s", "a bit of S", "signature", flip(&signature, &[300])),
        ("given-flip-last", "the last bit of S", "signature", flip(&signature, &[504])),
        ("given-short", "a byte missing", "signature", cut(&signature, 63)),
        ("given-long", "a byte too many", "signature", more(&signature, "00")),
        ("given-no-signature", "none", "signature", json!("")),
        ("given-zeros", "zeros", "signature", hex(&[0; 64])),
        ("given-key-short", "31 bytes are no key", "signing_key", cut(&hex(&hers.public()), 31)),
        ("given-key-long", "33 neither", "signing_key", more(&hex(&hers.public()), "00")),
        (
            "given-key-no-point",
            "2 is no point of the curve",
            "signing_key",
            exchanged(&[0; 32], 0, &[2]),
        ),
    ];
    for (name, says, field, value) in cases {
        section.refuses(
            [name, says, "given"],
            &with(&good, [(field, value)]),
            Refusal::SignatureWrong,
        );
    }
    let broken = with(&good, [("consent", exchanged(bytes, 0, &[2])), ("signature", json!(""))]);
    let head = ["given-broken", "the form is looked at first", "given"];
    section.refuses(head, &broken, Refusal::FormBroken);
    Ok(())
}

fn withdrawn(section: &mut Section) -> Result<(), Refusal> {
    let (hers, mark) = (signer(1), consent().mark()?);
    let withdrawal = Withdrawal { mark, at: 1_795_000_000_000 };
    let signature = hex(&withdrawal.sign(&hers));
    let inputs = json!({ "sign": hex(seed(1).expose()), "mark": hex(&mark), "at": withdrawal.at });
    section.gives(
        ["withdraw", "her signature", "withdraw"],
        &inputs,
        json!({ "signature": signature }),
    );
    let good = json!({
        "mark": hex(&mark), "at": withdrawal.at,
        "signing_key": hex(&hers.public()), "signature": signature,
    });
    section.gives(["withdrawn", "she withdrew it", "withdrawn"], &good, json!({}));
    let given = hex(&consent().sign(&hers)?);
    for (name, says, field, value) in [
        ("withdrawn-other-time", "another time", "at", json!(withdrawal.at + 1)),
        ("withdrawn-other-consent", "another consent", "mark", flip(&hex(&mark), &[255])),
        ("withdrawn-other-key", "somebody else's key", "signing_key", hex(&signer(2).public())),
        ("withdrawn-given", "she signed that she gives it", "signature", given),
        ("withdrawn-flip", "a bit of the signature", "signature", flip(&signature, &[100])),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses([name, says, "withdrawn"], &inputs, Refusal::SignatureWrong);
    }
    Ok(())
}

/// A signature made by the equation, with a point of small order added to the key or to R.
fn by_hand(
    signed: &[u8],
    on_key: EdwardsPoint,
    on_r: EdwardsPoint,
) -> ([u8; 32], [u8; 32], Scalar) {
    let number =
        |parts: &[&[u8]]| Scalar::from_bytes_mod_order_wide(&Sha512::digest(parts.concat()).into());
    let (a, r) = (number(&[b"a key for tests"]), number(&[b"a nonce for tests"]));
    let key = (&a * ED25519_BASEPOINT_TABLE + on_key).compress().to_bytes();
    let point = (&r * ED25519_BASEPOINT_TABLE + on_r).compress().to_bytes();
    (key, point, r + number(&[&point, &key, signed]) * a)
}

fn strict(section: &mut Section, bytes: &[u8]) -> Result<(), Refusal> {
    let signed = [b"waylight/seal/v1/consent-given", bytes].concat();
    let [none, one, .., last] = EIGHT_TORSION;
    let inputs = |key: &[u8], r: &[u8], s: &[u8]| json!({ "consent": hex(bytes), "signing_key": hex(key), "signature": hex(&[r, s].concat()) });
    let (key, r, s) = by_hand(&signed, none, none);
    let mark = hex(&consent().mark()?);
    let good = inputs(&key, &r, s.as_bytes());
    section.gives(
        ["strict", "a signature made by the equation", "given"],
        &good,
        json!({ "mark": mark }),
    );
    let mut wrong = |name: &str, says: &str, inputs: &Value| {
        section.refuses([name, says, "given"], inputs, Refusal::SignatureWrong);
    };
    let mut more = *s.as_bytes();
    let order = (-Scalar::ONE).to_bytes();
    let mut carry = 1_u16;
    for (byte, add) in more.iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry as u8;
        carry >>= 8;
    }
    wrong("strict-s", "S with the order added", &inputs(&key, &r, &more));
    for (number, torsion) in [(1, one), (7, last)] {
        let (key, r, s) = by_hand(&signed, none, torsion);
        let says = "R with a point of small order added: only the cofactor would forgive it";
        wrong(&format!("strict-mixed-r-{number}"), says, &inputs(&key, &r, s.as_bytes()));
    }
    // Keys of small order sign anything with S = 0 where R is the same or its opposite.
    for (number, torsion) in (0..).zip(EIGHT_TORSION) {
        let small = torsion.compress().to_bytes();
        let name = format!("strict-small-{number}");
        wrong(&name, "key and R of small order, S zero", &inputs(&small, &small, &[0; 32]));
    }
    let zero = none.compress().to_bytes();
    wrong(
        "strict-small-r",
        "R the neutral point, her key",
        &inputs(&signer(1).public(), &zero, &[0; 32]),
    );
    // The neutral point, spelled with y = prime + 1, and with a sign that zero has not.
    let mut spelled = [0xff; 32];
    for (at, value) in [(0, 0xee), (31, 0x7f)] {
        if let Some(byte) = spelled.get_mut(at) {
            *byte = value;
        }
    }
    wrong(
        "strict-key-spelling",
        "a key that is not below the prime",
        &inputs(&spelled, &zero, &[0; 32]),
    );
    wrong(
        "strict-r-spelling",
        "an R that is not below the prime",
        &inputs(&zero, &spelled, &[0; 32]),
    );
    let mut sign = zero;
    if let Some(byte) = sign.last_mut() {
        *byte = 0x80;
    }
    wrong("strict-sign-of-zero", "minus zero", &inputs(&sign, &zero, &[0; 32]));
    Ok(())
}
