use super::{Made, Section, cut, dice, flip, hex, more, private, sealed, seed, signer, with};
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use seal::{
    Hash, Refusal,
    id::{ReferralId, TeamId},
    key::PublicKey,
    letter::{self, Letter, LetterPlace, LetterWraps, Moved, Side, Written},
    team::Epoch,
    wrap::WRAP_BYTES,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const REFERRAL: ReferralId = ReferralId(*b"a referral's 16.");
const NUMBER: u32 = 2;
const SENDER: Epoch = Epoch { team: TeamId(*b"the one who asks"), number: 3 };
const RECEIVER: Epoch = Epoch { team: TeamId(*b"the one that can"), number: 7 };
/// Keys: 1 is the sender's, 2 the receiver's, 3 somebody else's, 4 the sender's later one.
const CONTENT: &[u8] = b"{\"v\":1}";
/// Signers: 7 and 8 are devices.
const DEVICE: u64 = 7;

pub(super) fn made() -> Made {
    let mut section = Section::new("letters");
    let (sender, receiver) = (private(1)?.public(), private(2)?.public());
    let place = LetterPlace::of(REFERRAL, NUMBER)?;
    let letter =
        letter::close(&place, CONTENT, (SENDER, &sender), (RECEIVER, &receiver), &mut dice(5))?;
    let closed = section.keep("closed", &letter.closed);
    let wraps = json!([
        section.keep("wrap-sender", &letter.wraps.each()[0]),
        section.keep("wrap-receiver", &letter.wraps.each()[1]),
    ]);
    seals(&mut section, &sender);
    opens(&mut section, &wraps, &closed)?;
    not_padded(&mut section)?;
    written(&mut section, &letter, &wraps, &closed)?;
    followed(&mut section, &letter)?;
    moved(&mut section, &place);
    rewrapped(&mut section, &letter, &wraps)?;
    Ok(section)
}

fn at() -> Value {
    json!({ "referral": hex(&REFERRAL.0), "number": NUMBER })
}

/// Some fields and some more.
fn also(fields: &Value, more: &Value) -> Value {
    let mut fields = fields.clone();
    if let (Some(to), Some(from)) = (fields.as_object_mut(), more.as_object()) {
        to.extend(from.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    fields
}

fn seals(section: &mut Section, key: &PublicKey) {
    let good = also(
        &at(),
        &json!({
            "sender": hex(&SENDER.team.0), "sender_epoch": 3, "receiver": hex(&RECEIVER.team.0),
            "receiver_epoch": 7, "public_key": hex(&key.bytes()), "content": hex(CONTENT),
        }),
    );
    let mut seals = |name: &str, says: &str, length: usize, size: usize| {
        let content = json!({ "repeat": "61", "times": length });
        let inputs = with(&good, [("content", content)]);
        section.gives([name, says, "seal"], &inputs, json!({ "length": size + 16 }));
    };
    seals("seal", "the first size", 7, 16 << 10);
    seals("seal-empty", "nothing is content, too", 0, 16 << 10);
    seals("seal-more", "one byte more takes the next", (16 << 10) - 3, 32 << 10);
    let long = with(&good, [("content", json!({ "repeat": "61", "times": 1_048_573 }))]);
    section.refuses(["seal-too-long", "more than fits", "seal"], &long, Refusal::TooLong);
    let zeros = hex(&[0; 16]);
    for (name, says, field, value) in [
        ("number-0", "letters count from 1", "number", json!(0)),
        ("sender-epoch-0", "epochs count from 1", "sender_epoch", json!(0)),
        ("receiver-epoch-0", "epochs count from 1", "receiver_epoch", json!(0)),
        ("itself", "a team refers to another", "receiver", hex(&SENDER.team.0)),
        ("sender-herself", "she is no team", "sender", zeros.clone()),
        ("receiver-herself", "she is no team", "receiver", zeros),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses([&format!("seal-{name}"), says, "seal"], &inputs, Refusal::FormBroken);
    }
    let broken = with(&good, [("public_key", json!({ "repeat": "ff", "times": 1_216 }))]);
    section.refuses(["seal-key", "no key", "seal"], &broken, Refusal::KeyNotWhole);
}

fn reading(key: u64, side: Side, epoch: Epoch, wraps: &Value, closed: &Value) -> Value {
    let fields = json!({
        "private_key": hex(seed(key).expose()), "side": side.number(), "team": hex(&epoch.team.0),
        "epoch": epoch.number, "wraps": wraps, "closed": closed,
    });
    also(&at(), &fields)
}

fn opens(section: &mut Section, wraps: &Value, closed: &Value) -> Result<(), Refusal> {
    let good = reading(1, Side::Sender, SENDER, wraps, closed);
    let theirs = reading(2, Side::Receiver, RECEIVER, wraps, closed);
    let gives = json!({ "content": hex(CONTENT) });
    section.gives(["open", "by who made the referral", "open"], &good, gives.clone());
    section.gives(["open-receiver", "by whom it was made to", "open"], &theirs, gives);
    let [first, second] =
        [wraps.get(0), wraps.get(1)].map(|wrap| wrap.cloned().unwrap_or_default());
    let pair = |one: &Value, two: &Value| json!([one, two]);
    for (name, says, inputs) in [
        ("other-key", "another key", with(&good, [("private_key", hex(seed(3).expose()))])),
        ("other-side", "the other's wrap", with(&good, [("side", json!(1))])),
        ("other-team", "another team", with(&good, [("team", hex(&RECEIVER.team.0))])),
        ("other-epoch", "another epoch", with(&good, [("epoch", json!(4))])),
        ("epoch-0", "no epoch", with(&good, [("epoch", json!(0))])),
        ("other-referral", "another referral", with(&good, [("referral", hex(&[9; 16]))])),
        ("other-number", "another letter", with(&good, [("number", json!(NUMBER + 1))])),
        ("exchanged", "the two exchanged", with(&good, [("wraps", pair(&second, &first))])),
        (
            "flip-0",
            "a bit of the encapsulation",
            with(&good, [("wraps", pair(&flip(&first, &[0]), &second))]),
        ),
        (
            "flip-9343",
            "the last bit",
            with(&good, [("wraps", pair(&flip(&first, &[9_343]), &second))]),
        ),
        (
            "as-wrap",
            "the key sealed as a compartment's",
            with(&good, [("wraps", pair(&sealed_as("wrap")?, &second))]),
        ),
        (
            "as-letter",
            "sealed under the letter's own label",
            with(&good, [("wraps", pair(&sealed_as("letter")?, &second))]),
        ),
    ] {
        section.refuses([&format!("open-{name}"), says, "open"], &inputs, Refusal::NotForYou);
    }
    opens_broken(section, &good, [&first, &second], closed);
    Ok(())
}

fn opens_broken(section: &mut Section, good: &Value, [first, second]: [&Value; 2], closed: &Value) {
    let pair = |one: &Value, two: &Value| json!([one, two]);
    let three = json!([first, second, first]);
    for (name, says, field, value, refusal) in [
        ("number-0", "no letter", "number", json!(0), Refusal::FormBroken),
        ("no-wraps", "no wraps", "wraps", json!([]), Refusal::FormBroken),
        ("one-wrap", "one", "wraps", json!([first]), Refusal::FormBroken),
        ("three-wraps", "three", "wraps", three, Refusal::FormBroken),
        (
            "short-wrap",
            "a byte missing",
            "wraps",
            pair(&cut(first, 1_167), second),
            Refusal::WrapNotWhole,
        ),
        (
            "long-wrap",
            "a byte too many of the other's",
            "wraps",
            pair(first, &more(second, "00")),
            Refusal::WrapNotWhole,
        ),
        ("empty-wrap", "nothing", "wraps", pair(&json!(""), second), Refusal::WrapNotWhole),
        (
            "closed-flip",
            "a bit of the ciphertext",
            "closed",
            flip(closed, &[0]),
            Refusal::NotForThisPlace,
        ),
        (
            "closed-tag",
            "a bit of the tag",
            "closed",
            flip(closed, &[131_199]),
            Refusal::NotForThisPlace,
        ),
        (
            "closed-cut",
            "only its beginning",
            "closed",
            cut(closed, 16_399),
            Refusal::NotForThisPlace,
        ),
        ("closed-empty", "nothing", "closed", json!(""), Refusal::NotForThisPlace),
        (
            "closed-long",
            "a byte after the end",
            "closed",
            more(closed, "00"),
            Refusal::NotForThisPlace,
        ),
    ] {
        let inputs = with(good, [(field, value)]);
        section.refuses([&format!("open-{name}"), says, "open"], &inputs, refusal);
    }
}

/// What everything about this letter is bound to.
fn bound() -> Vec<u8> {
    [b"waylight/seal/v1/letter".as_slice(), &REFERRAL.0, &NUMBER.to_be_bytes()].concat()
}

fn wrap_bound(epoch: Epoch) -> Vec<u8> {
    [bound().as_slice(), &epoch.team.0, &epoch.number.to_be_bytes()].concat()
}

/// A key for the sender at its own place, sealed for another use.
fn sealed_as(name: &str) -> Result<Value, Refusal> {
    Ok(hex(&sealed(&private(1)?.public(), name, &wrap_bound(SENDER), &[6; 32])?))
}

/// What opens and is not padded as it must be, or was closed for another letter: by hand, with a key
/// that is wrapped as it should be.
fn not_padded(section: &mut Section) -> Result<(), Refusal> {
    let key = *seed(6).expose();
    let wrap = hex(&sealed(&private(1)?.public(), "letter-key", &wrap_bound(SENDER), &key)?);
    let wraps = json!([wrap, { "repeat": "00", "times": WRAP_BYTES }]);
    let cipher = ChaCha20Poly1305::new(&key.into());
    let mut marked = 5_u32.to_be_bytes().to_vec();
    marked.resize(16 << 10, 0);
    if let Some(last) = marked.last_mut() {
        *last = 1;
    }
    let of_case = [b"waylight/seal/v1/compartment".as_slice(), &REFERRAL.0, &[13, 0, 0, 0, 2]];
    let next = [b"waylight/seal/v1/letter".as_slice(), &REFERRAL.0, &3_u32.to_be_bytes()];
    let (broken, elsewhere) = (Refusal::PaddingBroken, Refusal::NotForThisPlace);
    for (name, says, msg, aad, refusal) in [
        ("nothing", "nothing at all was closed", Vec::new(), bound(), broken),
        ("not-padded", "no padding", b"\0\0\0\x05hello".to_vec(), bound(), broken),
        ("beyond", "a length beyond the end", vec![0xff; 32], bound(), broken),
        ("marked", "a byte of the padding", marked, bound(), broken),
        ("as-message", "closed as a compartment", vec![0; 32], of_case.concat(), elsewhere),
        ("as-next", "closed as the next letter", vec![0; 32], next.concat(), elsewhere),
        ("as-label", "closed without a place", vec![0; 32], Vec::new(), elsewhere),
    ] {
        let closed = cipher.encrypt(&Nonce::default(), Payload { msg: &msg, aad: &aad });
        let closed = hex(&closed.unwrap_or_default());
        let inputs = reading(1, Side::Sender, SENDER, &wraps, &closed);
        section.refuses([&format!("inside-{name}"), says, "open"], &inputs, refusal);
    }
    Ok(())
}

fn writing(wraps: &Value, closed: &Value) -> Value {
    let fields = json!({
        "sender": hex(&SENDER.team.0), "receiver": hex(&RECEIVER.team.0), "wraps": wraps, "closed": closed,
    });
    also(&at(), &fields)
}

fn written(
    section: &mut Section,
    letter: &Letter,
    wraps: &Value,
    closed: &Value,
) -> Result<(), Refusal> {
    let place = LetterPlace::of(REFERRAL, NUMBER)?;
    let of = |sender: TeamId, receiver: TeamId| {
        Written::of(place, sender, receiver, &letter.closed, &letter.wraps)
    };
    let by = signer(DEVICE);
    let signature = hex(&of(SENDER.team, RECEIVER.team)?.sign(&by));
    let fields = writing(wraps, closed);
    let signing = also(&fields, &json!({ "sign": hex(seed(DEVICE).expose()) }));
    let gives = json!({ "signature": signature });
    section.gives(["sign", "by the device that wrote it", "sign"], &signing, gives);
    let signed = json!({
        "signing_key": hex(&by.public()), "signature": signature, "moves": [],
    });
    let good = also(&fields, &signed);
    section.gives(["verify", "as it was written", "verify"], &good, json!({}));
    let [first, second] =
        [wraps.get(0), wraps.get(1)].map(|wrap| wrap.cloned().unwrap_or_default());
    let turned = hex(&of(RECEIVER.team, SENDER.team)?.sign(&by));
    for (name, says, field, value) in [
        ("other-key", "another device's key", "signing_key", hex(&signer(8).public())),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[511])),
        ("unsigned", "nobody signed it", "signature", json!("")),
        ("turned", "signed the other way round", "signature", turned),
        ("other-referral", "another referral", "referral", hex(&[9; 16])),
        ("other-number", "another letter", "number", json!(3)),
        ("other-sender", "from another team", "sender", hex(&[9; 16])),
        ("other-receiver", "to another team", "receiver", hex(&[9; 16])),
        ("closed-flip", "a bit of the ciphertext", "closed", flip(closed, &[9])),
        ("wrap-flip", "a bit of a wrap", "wraps", json!([first, flip(&second, &[9])])),
        ("wraps-turned", "the wraps exchanged", "wraps", json!([second, first])),
    ] {
        let inputs = with(&good, [(field, value)]);
        let head = [&format!("verify-{name}"), says, "verify"];
        section.refuses(head, &inputs, Refusal::SignatureWrong);
    }
    for (name, says, field, value, refusal) in [
        ("short", "none of the seven sizes", "closed", cut(closed, 16_399), Refusal::FormBroken),
        ("long", "none of the seven sizes", "closed", more(closed, "00"), Refusal::FormBroken),
        ("empty", "no ciphertext", "closed", json!(""), Refusal::FormBroken),
        ("number-0", "no letter", "number", json!(0), Refusal::FormBroken),
        ("itself", "to itself", "receiver", hex(&SENDER.team.0), Refusal::FormBroken),
        ("herself", "she is no team", "sender", hex(&[0; 16]), Refusal::FormBroken),
        ("one-wrap", "one wrap", "wraps", json!([first]), Refusal::FormBroken),
        (
            "cut-wrap",
            "a short one",
            "wraps",
            json!([first, cut(&second, 1_167)]),
            Refusal::WrapNotWhole,
        ),
    ] {
        let head = [&format!("verify-{name}"), says, "verify"];
        section.refuses(head, &with(&good, [(field, value.clone())]), refusal);
        let head = [&format!("sign-{name}"), says, "sign"];
        section.refuses(head, &with(&signing, [(field, value)]), refusal);
    }
    Ok(())
}

fn filled(with: [u8; 2]) -> Result<(LetterWraps, Value), Refusal> {
    let wraps = LetterWraps::of(&with.map(|byte| [byte; WRAP_BYTES]))?;
    let shown = with.map(|byte| json!({ "repeat": format!("{byte:02x}"), "times": WRAP_BYTES }));
    Ok((wraps, json!(shown)))
}

/// A letter whose wraps went from 1 and 2 on: first the sender's moved, then the receiver's.
fn followed(section: &mut Section, letter: &Letter) -> Result<(), Refusal> {
    let place = LetterPlace::of(REFERRAL, NUMBER)?;
    let closed_hash: Hash = Sha256::digest(&letter.closed).into();
    let steps = [filled([1, 2])?, filled([3, 2])?, filled([3, 4])?];
    let hashes = steps.each_ref().map(|(wraps, _)| wraps.hash());
    let by = signer(DEVICE);
    let [(written, _), _, (_, now)] = &steps;
    let signature =
        Written::of(place, SENDER.team, RECEIVER.team, &letter.closed, written)?.sign(&by);
    let record = |who: u64, before: Hash, after: Hash| {
        let moved = Moved { place, closed_hash, before, after };
        json!({
            "wraps_before": hex(&before), "signing_key": hex(&signer(who).public()),
            "signature": hex(&moved.sign(&signer(who))),
        })
    };
    let [first, second, third] = hashes;
    let records = [record(DEVICE, first, second), record(8, second, third)];
    let fields = writing(now, &json!({ "named": "closed" }));
    let signed = json!({
        "signing_key": hex(&by.public()), "signature": hex(&signature), "moves": records,
    });
    let good = also(&fields, &signed);
    section.gives(["verify-moved", "both sides moved on", "verify"], &good, json!({}));
    let [one, two] = &records;
    let elsewhere = filled([9, 9])?;
    for (name, says, field, value) in [
        ("no-records", "no record of the moves", "moves", json!([])),
        ("no-first", "the first is missing", "moves", json!([two])),
        ("no-last", "the last is missing", "moves", json!([one])),
        ("order", "in another order", "moves", json!([two, one])),
        ("twice", "one twice", "moves", json!([one, two, two])),
        ("end", "the records end elsewhere", "wraps", elsewhere.1),
        (
            "stranger",
            "another's key",
            "moves",
            json!([one, with(two, [("signing_key", hex(&signer(DEVICE).public()))])]),
        ),
        (
            "unsigned",
            "a record nobody signed",
            "moves",
            json!([one, with(two, [("signature", json!(""))])]),
        ),
        ("begin", "from wraps nobody signed", "moves", json!([record(DEVICE, [9; 32], third)])),
        ("other-number", "of another letter", "number", json!(3)),
    ] {
        let head = [&format!("verify-moved-{name}"), says, "verify"];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::SignatureWrong);
    }
    Ok(())
}

fn moved(section: &mut Section, place: &LetterPlace) {
    let moved = Moved { place: *place, closed_hash: [1; 32], before: [2; 32], after: [3; 32] };
    let signature = hex(&moved.sign(&signer(DEVICE)));
    let hashes = json!({
        "closed_hash": hex(&[1; 32]), "wraps_before": hex(&[2; 32]), "wraps_after": hex(&[3; 32]),
    });
    let fields = also(&at(), &hashes);
    let signing = also(&fields, &json!({ "sign": hex(seed(DEVICE).expose()) }));
    let gives = json!({ "signature": signature });
    section.gives(["move", "signed by who moved it", "move"], &signing, gives);
    let key = hex(&signer(DEVICE).public());
    let good = also(&fields, &json!({ "signing_key": key, "signature": signature }));
    section.gives(["moved", "signed by who moved it", "moved"], &good, json!({}));
    for (name, says, field, value) in [
        ("referral", "another referral", "referral", hex(&[9; 16])),
        ("number", "another letter", "number", json!(3)),
        ("closed", "another ciphertext", "closed_hash", hex(&[9; 32])),
        ("before", "other wraps before", "wraps_before", hex(&[9; 32])),
        ("after", "other wraps after", "wraps_after", hex(&[9; 32])),
        ("key", "another device", "signing_key", hex(&signer(8).public())),
        ("signature", "a bit of the signature", "signature", flip(&signature, &[0])),
    ] {
        let head = [&format!("moved-other-{name}"), says, "moved"];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::SignatureWrong);
    }
    let back = [("wraps_before", hex(&[3; 32])), ("wraps_after", hex(&[2; 32]))];
    let head = ["moved-back", "the other way round", "moved"];
    section.refuses(head, &with(&good, back), Refusal::SignatureWrong);
    let none = [("number", json!(0))];
    let head = ["moved-number-0", "no letter", "moved"];
    section.refuses(head, &with(&good, none.clone()), Refusal::FormBroken);
    section.refuses(
        ["move-number-0", "no letter", "move"],
        &with(&signing, none),
        Refusal::FormBroken,
    );
}

fn rewrapped(section: &mut Section, letter: &Letter, wraps: &Value) -> Result<(), Refusal> {
    let reader = reading(1, Side::Sender, SENDER, wraps, &json!(""));
    let mut fields = reader.clone();
    if let Some(object) = fields.as_object_mut() {
        object.remove("closed");
    }
    let later = json!({
        "to_private_key": hex(seed(4).expose()), "to_team": hex(&SENDER.team.0), "to_epoch": 4,
    });
    let good = also(&fields, &later);
    let place = LetterPlace::of(REFERRAL, NUMBER)?;
    let key = letter.wraps.open(&place, Side::Sender, (SENDER, &private(1)?))?;
    let stays = wraps.get(1).cloned().unwrap_or_default();
    let gives = json!({ "key": hex(key.expose()), "stays": stays });
    section.gives(["rewrap", "the sender's key moved on", "rewrap"], &good, gives);
    let form = Refusal::FormBroken;
    for (name, says, field, value, refusal) in [
        ("same-epoch", "no later epoch", "to_epoch", json!(3), form),
        ("earlier-epoch", "an earlier one", "to_epoch", json!(2), form),
        ("other-team", "to another team", "to_team", hex(&RECEIVER.team.0), form),
        ("other-key", "with another key", "private_key", hex(seed(3).expose()), Refusal::NotForYou),
        ("other-side", "the other's wrap", "side", json!(1), Refusal::NotForYou),
        ("other-number", "another letter", "number", json!(3), Refusal::NotForYou),
        ("one-wrap", "one wrap", "wraps", json!([stays]), form),
        (
            "short-wrap",
            "a short one",
            "wraps",
            json!([stays, cut(&stays, 1_167)]),
            Refusal::WrapNotWhole,
        ),
    ] {
        let head = [&format!("rewrap-{name}"), says, "rewrap"];
        section.refuses(head, &with(&good, [(field, value)]), refusal);
    }
    Ok(())
}
