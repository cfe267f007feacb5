use super::{Made, Section, cut, flip, hex, more, private, signer, with};
use seal::{
    Hash, Refusal,
    directory::{Entry, Head, Service, merkle},
    id::TeamId,
};
use serde_json::{Value, json};

/// The leaves of the tests of Certificate Transparency.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];

pub(super) fn made() -> Made {
    let mut section = Section::new("directory");
    trees(&mut section);
    forms(&mut section)?;
    used(&mut section)?;
    Ok(section)
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

fn list(hashes: &[Hash]) -> Value {
    hashes.iter().map(|hash| hex(hash)).collect()
}

fn trees(section: &mut Section) {
    let hashes = LEAVES.map(|leaf| merkle::leaf(&unhex(leaf)));
    let of = |size: usize| hashes.get(..size).unwrap_or_default();
    for size in 0..=8 {
        let leaves: Value = LEAVES.iter().take(size).map(|leaf| json!(leaf)).collect();
        let gives = json!({ "root": hex(&merkle::root(of(size))) });
        section.gives(
            [&format!("root-{size}"), "so many leaves", "root"],
            &json!({ "leaves": leaves }),
            gives,
        );
    }
    for (index, size) in [(0, 1), (0, 2), (1, 2), (2, 3), (0, 8), (5, 8), (2, 5), (4, 5), (6, 7)] {
        let inputs = json!({
            "leaf": LEAVES.get(index), "index": index, "size": size, "root": hex(&merkle::root(of(size))),
            "proof": list(&merkle::prove_inclusion(of(size), index)),
        });
        section.gives(
            [&format!("included-{index}-of-{size}"), "it is there", "included"],
            &inputs,
            json!({}),
        );
    }
    for (old, size) in
        [(0, 0), (0, 5), (1, 1), (1, 8), (2, 5), (3, 7), (4, 7), (4, 8), (6, 8), (6, 7), (8, 8)]
    {
        let inputs = json!({
            "old_size": old, "old_root": hex(&merkle::root(of(old))),
            "size": size, "root": hex(&merkle::root(of(size))),
            "proof": list(&merkle::prove_consistency(of(size), old)),
        });
        section.gives(
            [&format!("consistent-{old}-to-{size}"), "added to only", "consistent"],
            &inputs,
            json!({}),
        );
    }
    not_included(section, &hashes);
    not_consistent(section, &hashes);
}

fn not_included(section: &mut Section, hashes: &[Hash; 8]) {
    let all = merkle::root(hashes);
    let proof = merkle::prove_inclusion(hashes, 5);
    let [first, second, third] = proof.as_slice() else { return };
    let good = json!({ "leaf": LEAVES.get(5), "index": 5, "size": 8, "root": hex(&all), "proof": list(&proof) });
    let node = [hex(&[1]), list(hashes.get(..2).unwrap_or_default())];
    let inner = json!({ "join": [node[0], node[1][0], node[1][1]] });
    for (name, says, field, value) in [
        ("leaf", "another leaf", "leaf", json!("40414244")),
        ("index", "another place", "index", json!(4)),
        ("index-beyond", "the place after the last", "index", json!(8)),
        ("size-6", "a smaller tree", "size", json!(6)),
        ("size-0", "an empty tree", "size", json!(0)),
        ("size-most", "a tree larger than its proof", "size", json!((1_u64 << 53) - 1)),
        ("root", "another root", "root", flip(&hex(&all), &[0])),
        ("proof-none", "no proof", "proof", json!([])),
        ("proof-short", "the last step missing", "proof", list(&[*first, *second])),
        ("proof-late", "the first step missing", "proof", list(&[*second, *third])),
        ("proof-long", "a step too many", "proof", list(&[*first, *second, *third, [0; 32]])),
        ("proof-order", "steps in another order", "proof", list(&[*second, *first, *third])),
        (
            "proof-flip",
            "a bit of a step",
            "proof",
            json!([hex(first), flip(&hex(second), &[255]), hex(third)]),
        ),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses(
            [&format!("included-wrong-{name}"), says, "included"],
            &inputs,
            Refusal::EntryNotIncluded,
        );
    }
    // Without the marks of leaf and node, a node's two hashes would pass as a leaf of a smaller tree.
    let pair = merkle::root(hashes.get(..4).unwrap_or_default());
    let sibling = merkle::root(hashes.get(2..4).unwrap_or_default());
    let inputs = json!({ "leaf": inner, "index": 0, "size": 2, "root": hex(&pair), "proof": list(&[sibling]) });
    let head = ["included-wrong-node", "a node is no leaf", "included"];
    section.refuses(head, &inputs, Refusal::EntryNotIncluded);
}

fn not_consistent(section: &mut Section, hashes: &[Hash; 8]) {
    let of = |size: usize| merkle::root(hashes.get(..size).unwrap_or_default());
    let proof = merkle::prove_consistency(hashes, 6);
    let [first, second, third] = proof.as_slice() else { return };
    let good = json!({
        "old_size": 6, "old_root": hex(&of(6)), "size": 8, "root": hex(&of(8)), "proof": list(&proof),
    });
    for (name, says, field, value) in [
        ("old-root", "another history", "old_root", flip(&hex(&of(6)), &[9])),
        ("root", "another future", "root", flip(&hex(&of(8)), &[9])),
        ("old-size", "another size of old", "old_size", json!(5)),
        ("old-size-beyond", "smaller than before", "old_size", json!(9)),
        ("size", "another size", "size", json!(9)),
        ("size-most", "larger than its proof", "size", json!((1_u64 << 53) - 1)),
        ("none", "no proof", "proof", json!([])),
        ("short", "the last step missing", "proof", list(&[*first, *second])),
        ("late", "the first step missing", "proof", list(&[*second, *third])),
        ("long", "a step too many", "proof", list(&[*first, *second, *third, [0; 32]])),
        ("order", "steps in another order", "proof", list(&[*first, *third, *second])),
    ] {
        let inputs = with(&good, [(field, value)]);
        section.refuses(
            [&format!("consistent-wrong-{name}"), says, "consistent"],
            &inputs,
            Refusal::HeadsDisagree,
        );
    }
    for (name, says, old, old_root, size, root, proof) in [
        ("same-root", "one size, two roots", 4, of(4), 4, of(5), Vec::new()),
        ("same-proof", "nothing to prove, and a proof", 4, of(4), 4, of(4), vec![[0; 32]]),
        ("zero-root", "an empty log has one root", 0, of(1), 4, of(4), Vec::new()),
        ("zero-proof", "nothing to prove, and a proof", 0, of(0), 4, of(4), vec![of(4)]),
        ("power-none", "from a power of two without a proof", 4, of(4), 8, of(4), Vec::new()),
        ("back", "from more to fewer", 5, of(5), 4, of(4), Vec::new()),
    ] {
        let inputs = json!({
            "old_size": old, "old_root": hex(&old_root), "size": size, "root": hex(&root), "proof": list(&proof),
        });
        section.refuses(
            [&format!("consistent-{name}"), says, "consistent"],
            &inputs,
            Refusal::HeadsDisagree,
        );
    }
}

fn entry(team: u8) -> Result<Entry, Refusal> {
    Ok(Entry {
        team: TeamId([team; 16]),
        epoch: 3,
        service: Service::Legal,
        public_key: private(1)?.public().bytes(),
        valid_from: 1_790_000_000_000,
        valid_to: 1_800_000_000_000,
    })
}

fn fields(entry: &Entry) -> Value {
    json!({
        "team": hex(&entry.team.0), "epoch": entry.epoch, "service": entry.service.number(),
        "public_key": hex(&entry.public_key), "valid_from": entry.valid_from, "valid_to": entry.valid_to,
    })
}

fn forms(section: &mut Section) -> Result<(), Refusal> {
    let entry = entry(3)?;
    let named = section.keep("entry", &entry.bytes()?);
    section.gives(["entry", "the form", "read_entry"], &json!({ "entry": named }), fields(&entry));
    let patched = |at: usize, new: &str, after: usize| {
        let rest = entry.bytes().unwrap_or_default();
        let rest = rest.get(after..).unwrap_or_default();
        json!({ "join": [cut(&named, at), new, hex(rest)] })
    };
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&named, 1_253)),
        ("long", "a byte too many", more(&named, "00")),
        ("form-2", "a form of later", flip(&named, &[6, 7])),
        ("service-0", "no such service", patched(21, "00", 22)),
        ("service-7", "no such service", patched(21, "07", 22)),
        (
            "team-0",
            "that is herself, and no team",
            patched(1, "00000000000000000000000000000000", 17),
        ),
        ("epoch-0", "epochs count from 1", patched(17, "00000000", 21)),
        ("never-valid", "it ends when it begins", patched(1_246, "000001a0c4506c00", 1_254)),
        ("backwards", "it ends before it begins", patched(1_246, "0000000000000001", 1_254)),
    ] {
        let head = [&format!("entry-{name}"), says, "read_entry"];
        section.refuses(head, &json!({ "entry": value }), Refusal::FormBroken);
    }
    let head = Head { size: 5, root: [7; 32], at: 1_795_000_000_000 };
    let bytes = hex(&head.bytes());
    let gives = json!({ "size": head.size, "root": hex(&head.root), "at": head.at });
    section.gives(["head", "the form", "read_head"], &json!({ "head": bytes }), gives);
    for (name, says, value) in [
        ("empty", "nothing", json!("")),
        ("short", "a byte missing", cut(&bytes, 48)),
        ("long", "a byte too many", more(&bytes, "00")),
        ("form-0", "no such form", flip(&bytes, &[7])),
    ] {
        let head = [&format!("head-{name}"), says, "read_head"];
        section.refuses(head, &json!({ "head": value }), Refusal::FormBroken);
    }
    Ok(())
}

/// The log is signer 1, the witnesses 2 to 4, nobody 5.
fn witnessed(head: &Head, seeds: &[u64]) -> Value {
    let by = |seed: &u64| json!({ "key": hex(&signer(*seed).public()), "signature": hex(&head.sign(&signer(*seed))) });
    seeds.iter().map(by).collect()
}

fn signed(head: &Head) -> [(&'static str, Value); 3] {
    [
        ("head", hex(&head.bytes())),
        ("signature", hex(&head.sign(&signer(1)))),
        ("witnesses", witnessed(head, &[2, 3])),
    ]
}

fn used(section: &mut Section) -> Result<(), Refusal> {
    let mut leaves = Vec::new();
    for team in 1..=7 {
        leaves.push(merkle::leaf(&entry(team)?.bytes()?));
    }
    let [first_five @ .., _, _] = leaves.as_slice() else { return Ok(()) };
    let before = Head { size: 5, root: merkle::root(first_five), at: 1_791_000_000_000 };
    let now = Head { size: 7, root: merkle::root(&leaves), at: 1_795_000_000_000 };
    let keys: Value = (2..=4).map(|seed| hex(&signer(seed).public())).collect();
    let mut good = json!({
        "log_key": hex(&signer(1).public()), "witness_keys": keys,
        "entry": { "named": "entry" }, "index": 2, "proof": list(&merkle::prove_inclusion(&leaves, 2)),
        "head": "", "signature": "", "witnesses": [],
        "used": null, "consistency": [], "now": 1_795_000_000_001_u64,
    });
    good = with(&good, signed(&now));
    let gives = fields(&entry(3)?);
    section.gives(["use", "everything holds", "use"], &good, gives.clone());
    let proof = list(&merkle::prove_consistency(&leaves, 5));
    let after = with(&good, [("used", hex(&before.bytes())), ("consistency", proof)]);
    section.gives(["use-after", "and the log was only added to", "use"], &after, gives.clone());
    let again = with(&good, [("used", hex(&now.bytes()))]);
    section.gives(["use-again", "the same head again", "use"], &again, gives.clone());
    let late = with(&good, [("witnesses", witnessed(&now, &[5, 4, 3]))]);
    section.gives(["use-others", "an unknown witness does no harm", "use"], &late, gives.clone());
    for (name, now) in [("first", 1_790_000_000_000_u64), ("last", 1_799_999_999_999)] {
        let inputs = with(&good, [("now", json!(now))]);
        let head =
            [&format!("use-{name}-moment"), "valid from that moment, until before the end", "use"];
        section.gives(head, &inputs, gives.clone());
    }
    unsigned(section, &good, &now);
    histories(section, &after, &before, &now);
    misplaced(section, &good, &now)
}

fn unsigned(section: &mut Section, good: &Value, now: &Head) {
    let signature = good.get("signature").cloned().unwrap_or_default();
    let other = Head { at: now.at + 1, ..*now };
    for (name, says, field, value) in [
        ("flip", "a bit of the signature", "signature", flip(&signature, &[400])),
        ("none", "not signed", "signature", json!("")),
        ("other", "signed by a witness", "signature", hex(&now.sign(&signer(2)))),
        ("log", "another log", "log_key", hex(&signer(5).public())),
        ("head", "the head of another moment", "head", hex(&other.bytes())),
    ] {
        let inputs = with(good, [(field, value)]);
        section.refuses(
            [&format!("use-unsigned-{name}"), says, "use"],
            &inputs,
            Refusal::HeadNotSigned,
        );
    }
    let signed = |key: u64, by: u64| json!({ "key": hex(&signer(key).public()), "signature": hex(&now.sign(&signer(by))) });
    for (name, says, witnesses) in [
        ("none", "nobody", json!([])),
        ("one", "one", witnessed(now, &[2])),
        ("twice", "one, twice", witnessed(now, &[3, 3])),
        ("unknown", "one known and two unknown", witnessed(now, &[2, 5, 6])),
        ("log", "the log is no witness", witnessed(now, &[2, 1])),
        ("exchanged", "each with the other's signature", json!([signed(2, 3), signed(3, 2)])),
        ("other-head", "of another head", witnessed(&other, &[2, 3])),
    ] {
        let inputs = with(good, [("witnesses", witnesses)]);
        section.refuses(
            [&format!("use-witness-{name}"), says, "use"],
            &inputs,
            Refusal::TooFewWitnesses,
        );
    }
    let doubled = json!([hex(&signer(2).public()), hex(&signer(2).public())]);
    let inputs = with(good, [("witness_keys", doubled), ("witnesses", witnessed(now, &[2, 2]))]);
    let head = ["use-witness-doubled", "a key named twice is one witness", "use"];
    section.refuses(head, &inputs, Refusal::TooFewWitnesses);
}

fn histories(section: &mut Section, after: &Value, before: &Head, now: &Head) {
    let using = |head: &Head| with(after, [("used", hex(&head.bytes()))]);
    for (name, says, head) in [
        ("size", "a larger one was used", Head { size: 8, ..*now }),
        ("at", "a later one was used", Head { at: now.at + 1, ..*before }),
    ] {
        section.refuses(
            [&format!("use-older-{name}"), says, "use"],
            &using(&head),
            Refusal::HeadOlder,
        );
    }
    for (name, says, inputs) in [
        ("root", "another history was used", using(&Head { root: [1; 32], ..*before })),
        ("size", "one of another size was used", using(&Head { size: 4, ..*before })),
        ("none", "no proof", with(after, [("consistency", json!([]))])),
        (
            "same",
            "one size, two roots",
            with(&using(&Head { root: [1; 32], ..*now }), [("consistency", json!([]))]),
        ),
        ("same-proof", "the same head, and a proof", using(now)),
    ] {
        section.refuses(
            [&format!("use-disagree-{name}"), says, "use"],
            &inputs,
            Refusal::HeadsDisagree,
        );
    }
}

fn misplaced(section: &mut Section, good: &Value, now: &Head) -> Result<(), Refusal> {
    let other = hex(&entry(4)?.bytes()?);
    for (name, says, inputs) in [
        ("entry", "another entry", with(good, [("entry", other)])),
        ("index", "another place", with(good, [("index", json!(3))])),
        ("proof", "no proof", with(good, [("proof", json!([]))])),
        ("head", "the head of another tree", with(good, signed(&Head { root: [1; 32], ..*now }))),
        (
            "key",
            "a bit of the key",
            with(good, [("entry", flip(&json!({ "named": "entry" }), &[5_000]))]),
        ),
    ] {
        section.refuses(
            [&format!("use-missing-{name}"), says, "use"],
            &inputs,
            Refusal::EntryNotIncluded,
        );
    }
    for (name, says, moment) in [
        ("yet", "not yet", 1_789_999_999_999_u64),
        ("ended", "it ends at that moment", 1_800_000_000_000),
        ("long-ended", "long ago", 1_900_000_000_000),
    ] {
        let inputs = with(good, [("now", json!(moment))]);
        section.refuses(
            [&format!("use-not-valid-{name}"), says, "use"],
            &inputs,
            Refusal::EntryNotValidNow,
        );
    }
    for (name, says, field, value) in [
        ("entry", "looked at before the signature", "entry", json!("01")),
        ("head", "looked at before the signature", "head", json!("01")),
    ] {
        let inputs = with(good, [(field, value), ("signature", json!(""))]);
        section.refuses([&format!("use-broken-{name}"), says, "use"], &inputs, Refusal::FormBroken);
    }
    Ok(())
}
