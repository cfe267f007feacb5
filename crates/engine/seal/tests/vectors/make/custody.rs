use super::{Made, Section, cut, flip, hex, more, seed, signer, with};
use seal::{
    Hash, Refusal,
    custody::{self, Action, Event},
    directory::{Head, merkle},
    id::{DeviceId, TeamId},
};
use serde_json::{Value, json};

/// Signers: 1 is hers, 7 and 8 are devices, 9 is the log.
const DEVICE: u64 = 7;
const LOG: u64 = 9;
/// A full hour.
const AT: u64 = 1_789_999_200_000;

pub(super) fn made() -> Made {
    let mut section = Section::new("custody");
    named(&mut section);
    read(&mut section)?;
    signed(&mut section)?;
    heads(&mut section);
    followed(&mut section)?;
    included(&mut section)?;
    Ok(section)
}

fn event() -> Event {
    Event {
        seq: 2,
        leaf: custody::leaf(b"sixteen of salt.", &[0x77; 32]),
        action: Action::Opened,
        team: TeamId(*b"a team's 16 byte"),
        device: DeviceId(*b"a device's bytes"),
        at: AT,
        reason_hash: custody::reason_hash("상담 전에 사진을 확인했어요"),
    }
}

fn fields(event: &Event) -> Value {
    json!({
        "seq": event.seq, "leaf": hex(&event.leaf), "action": event.action.number(),
        "team": hex(&event.team.0), "device": hex(&event.device.0), "at": event.at,
        "reason_hash": hex(&event.reason_hash),
    })
}

fn named(section: &mut Section) {
    let salt = *b"sixteen of salt.";
    for (name, says, sha256) in
        [("leaf", "salt and original", [0x77; 32]), ("leaf-other", "another original", [0x78; 32])]
    {
        let inputs = json!({ "salt": hex(&salt), "sha256": hex(&sha256) });
        let gives = json!({ "leaf": hex(&custody::leaf(&salt, &sha256)) });
        section.gives([name, says, "leaf"], &inputs, gives);
    }
    for (name, says, words) in
        [("reason", "a few words", "상담 전에 사진을 확인했어요"), ("reason-none", "no words", "")]
    {
        let gives = json!({ "reason_hash": hex(&custody::reason_hash(words)) });
        section.gives([name, says, "reason"], &json!({ "words": words }), gives);
    }
}

fn read(section: &mut Section) -> Result<(), Refusal> {
    let nobody = (TeamId::HERSELF, Event::HERS);
    let hers =
        Event { seq: 1, action: Action::Received, team: nobody.0, device: nobody.1, ..event() };
    let last = Event { seq: (1 << 53) - 1, action: Action::StrippedCopyMade, at: 0, ..event() };
    let none = Event { reason_hash: custody::reason_hash(""), ..event() };
    for (name, says, event) in [
        ("device", "by a device", event()),
        ("hers", "by her", hers),
        ("last", "the last action, a late event", last),
        ("no-reason", "without words", none),
    ] {
        let bytes = hex(&event.bytes()?);
        let gives = json!({ "event": bytes });
        section.gives([&format!("write-{name}"), says, "write"], &fields(&event), gives);
        let inputs = json!({ "event": bytes });
        section.gives([&format!("read-{name}"), says, "read"], &inputs, fields(&event));
    }
    for action in Action::ALL {
        let event = Event { action, ..event() };
        let head = [&format!("read-action-{}", action.number()), "an action", "read"];
        section.gives(head, &json!({ "event": hex(&event.bytes()?) }), fields(&event));
    }
    for (name, says, field, value) in [
        ("seq-0", "events count from 1", "seq", json!(0)),
        ("action-0", "no action", "action", json!(0)),
        ("action-8", "no such action", "action", json!(8)),
        ("no-team", "a device of nobody", "team", hex(&[0; 16])),
        ("no-device", "a team without a device", "device", hex(&[0; 16])),
        ("minute", "no full hour", "at", json!(AT + 60_000)),
        ("millisecond", "no full hour", "at", json!(AT + 1)),
    ] {
        let head = [&format!("write-{name}"), says, "write"];
        section.refuses(head, &with(&fields(&event()), [(field, value)]), Refusal::FormBroken);
    }
    for (name, says, event) in broken(&event().bytes()?) {
        let head = [&format!("read-{name}"), says, "read"];
        section.refuses(head, &json!({ "event": event }), Refusal::FormBroken);
    }
    Ok(())
}

/// With these bytes at a place.
fn exchanged(bytes: &[u8], at: usize, with: &[u8]) -> Value {
    let mut bytes = bytes.to_vec();
    for (to, from) in bytes.iter_mut().skip(at).zip(with) {
        *to = *from;
    }
    hex(&bytes)
}

fn broken(bytes: &[u8]) -> Vec<(&'static str, &'static str, Value)> {
    let whole = hex(bytes);
    vec![
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&whole, 113)),
        ("shorter", "no reason", cut(&whole, 82)),
        ("long", "a byte too many", more(&whole, "00")),
        ("form-0", "no such form", exchanged(bytes, 0, &[0])),
        ("form-2", "a form of later", exchanged(bytes, 0, &[2])),
        ("seq-0", "events count from 1", exchanged(bytes, 1, &[0; 8])),
        ("action-0", "no action", exchanged(bytes, 41, &[0])),
        ("action-8", "no such action", exchanged(bytes, 41, &[8])),
        ("action-255", "no such action", exchanged(bytes, 41, &[255])),
        ("no-team", "a device of nobody", exchanged(bytes, 42, &[0; 16])),
        ("no-device", "a team without a device", exchanged(bytes, 58, &[0; 16])),
        ("minute", "no full hour", exchanged(bytes, 74, &(AT + 60_000).to_be_bytes())),
        ("latest", "the highest moment", exchanged(bytes, 74, &[255; 8])),
    ]
}

fn signed(section: &mut Section) -> Result<(), Refusal> {
    let (bytes, by) = (event().bytes()?, signer(DEVICE));
    let signature = hex(&event().sign(&by)?);
    let signing = json!({ "sign": hex(seed(DEVICE).expose()), "event": hex(&bytes) });
    let gives = json!({ "signature": signature });
    section.gives(["sign", "by the device that did it", "sign"], &signing, gives);
    let good = json!({
        "event": hex(&bytes), "signing_key": hex(&by.public()), "signature": signature,
    });
    section.gives(["signed", "by the device that did it", "signed"], &good, fields(&event()));
    let hers = Event { team: TeamId::HERSELF, device: Event::HERS, ..event() };
    let by_her = json!({
        "event": hex(&hers.bytes()?), "signing_key": hex(&signer(1).public()),
        "signature": hex(&hers.sign(&signer(1))?),
    });
    section.gives(["signed-hers", "by her mailbox", "signed"], &by_her, fields(&hers));
    let later = Event { at: AT + 3_600_000, ..event() };
    let root = Head { size: 1, root: merkle::leaf(&bytes), at: AT };
    for (name, says, field, value) in [
        ("other-key", "another device's key", "signing_key", hex(&signer(8).public())),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[100])),
        ("none", "nobody signed it", "signature", json!("")),
        ("other-hour", "another hour", "event", hex(&later.bytes()?)),
        ("other-reason", "other words", "event", flip(&hex(&bytes), &[911])),
        ("other-seq", "another event", "event", flip(&hex(&bytes), &[71])),
        ("as-head", "signed as a head", "signature", hex(&custody::sign_head(&root, &by))),
    ] {
        let head = [&format!("signed-{name}"), says, "signed"];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::SignatureWrong);
    }
    for (name, says, event) in broken(&bytes).into_iter().take(6) {
        let changed = [("event", event)];
        let head = [&format!("signed-{name}"), says, "signed"];
        section.refuses(head, &with(&good, changed.clone()), Refusal::FormBroken);
        let head = [&format!("sign-{name}"), says, "sign"];
        section.refuses(head, &with(&signing, changed), Refusal::FormBroken);
    }
    Ok(())
}

fn heads(section: &mut Section) {
    let (head, log) = (Head { size: 5, root: [0x44; 32], at: AT + 17 }, signer(LOG));
    let signature = hex(&custody::sign_head(&head, &log));
    let bytes = hex(&head.bytes());
    let good = json!({ "head": bytes, "log_key": hex(&log.public()), "signature": signature });
    let gives = json!({ "size": 5, "root": hex(&head.root), "at": head.at });
    section.gives(["head", "signed by the log", "head"], &good, gives);
    for (name, says, field, value) in [
        ("other-key", "another log's key", "log_key", hex(&signer(8).public())),
        ("directory", "signed as a head of the directory", "signature", hex(&head.sign(&log))),
        ("flip", "a bit of the signature", "signature", flip(&signature, &[7])),
        ("none", "nobody signed it", "signature", json!("")),
        ("other-size", "another size", "head", flip(&bytes, &[71])),
        ("other-root", "another root", "head", flip(&bytes, &[72])),
        ("other-time", "another time", "head", flip(&bytes, &[391])),
    ] {
        let head = [&format!("head-{name}"), says, "head"];
        section.refuses(head, &with(&good, [(field, value)]), Refusal::HeadNotSigned);
    }
    for (name, says, value) in [
        ("short", "a byte missing", cut(&bytes, 48)),
        ("long", "a byte too many", more(&bytes, "00")),
        ("form-2", "a form of later", flip(&bytes, &[6, 7])),
    ] {
        let head = [&format!("head-{name}"), says, "head"];
        section.refuses(head, &with(&good, [("head", value)]), Refusal::FormBroken);
    }
}

/// Five events of one file, as leaves before hashing.
fn events() -> Result<Vec<Vec<u8>>, Refusal> {
    let at = |seq: u64| Event { seq, at: AT + seq * 3_600_000, ..event() };
    (1..=5).map(|seq| at(seq).bytes()).collect()
}

fn hashes() -> Result<Vec<Hash>, Refusal> {
    Ok(events()?.iter().map(|event| merkle::leaf(event)).collect())
}

fn head_of(leaves: &[Hash], at: u64) -> Head {
    Head { size: leaves.len() as u64, root: merkle::root(leaves), at }
}

fn list(hashes: &[Hash]) -> Value {
    hashes.iter().map(|hash| hex(hash)).collect()
}

fn followed(section: &mut Section) -> Result<(), Refusal> {
    let leaves = hashes()?;
    let before = head_of(leaves.get(..3).unwrap_or_default(), AT);
    let now = head_of(&leaves, AT + 1);
    let proof = merkle::prove_consistency(&leaves, 3);
    let good = json!({
        "seen": hex(&before.bytes()), "head": hex(&now.bytes()), "consistency": list(&proof),
    });
    section.gives(["follows", "two events more", "follows"], &good, json!({}));
    let same = json!({
        "seen": hex(&now.bytes()), "head": hex(&now.bytes()), "consistency": [],
    });
    section.gives(["follows-same", "nothing more", "follows"], &same, json!({}));
    let mut changed = leaves.clone();
    if let Some(second) = changed.get_mut(1) {
        *second = [9; 32];
    }
    let missing: Vec<Hash> =
        leaves.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, leaf)| *leaf).collect();
    let proof_of = |leaves: &[Hash]| list(&merkle::prove_consistency(leaves, 3));
    let (older, disagree) = (Refusal::HeadOlder, Refusal::HeadsDisagree);
    let smaller = head_of(leaves.get(..2).unwrap_or_default(), AT + 1);
    for (name, says, head, consistency, refusal) in [
        ("smaller", "fewer events", smaller, json!([]), older),
        ("earlier", "an earlier time", Head { at: AT - 1, ..now }, list(&proof), older),
        ("changed", "one was changed", head_of(&changed, AT + 1), proof_of(&changed), disagree),
        ("missing", "one was taken out", head_of(&missing, AT + 1), proof_of(&missing), disagree),
        ("unproved", "no proof", now, json!([]), disagree),
        ("root", "another root", Head { root: [1; 32], ..now }, list(&proof), disagree),
    ] {
        let changes = [("head", hex(&head.bytes())), ("consistency", consistency)];
        let head = [&format!("follows-{name}"), says, "follows"];
        section.refuses(head, &with(&good, changes), refusal);
    }
    Ok(())
}

fn included(section: &mut Section) -> Result<(), Refusal> {
    let (events, leaves) = (events()?, hashes()?);
    let head = head_of(&leaves, AT);
    for (index, event) in events.iter().enumerate() {
        let proof = merkle::prove_inclusion(&leaves, index);
        let inputs = json!({
            "head": hex(&head.bytes()), "event": hex(event), "index": index, "proof": list(&proof),
        });
        let gives = fields(&Event::read(event)?);
        section.gives([&format!("included-{index}"), "it is there", "included"], &inputs, gives);
        if index != 2 {
            continue;
        }
        let other = events.first().map(|event| hex(event)).unwrap_or_default();
        for (name, says, field, value) in [
            ("other-event", "another event", "event", other),
            ("other-place", "another place", "index", json!(3)),
            ("beyond", "beyond the end", "index", json!(5)),
            ("no-proof", "no proof", "proof", json!([])),
            ("flip", "a bit of it", "event", flip(&hex(event), &[900])),
        ] {
            let head = [&format!("included-{name}"), says, "included"];
            section.refuses(head, &with(&inputs, [(field, value)]), Refusal::EntryNotIncluded);
        }
        let short = with(&inputs, [("event", cut(&hex(event), 113))]);
        let head = ["included-short", "no event", "included"];
        section.refuses(head, &short, Refusal::FormBroken);
    }
    Ok(())
}
