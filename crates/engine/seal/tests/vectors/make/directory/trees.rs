use super::super::{Section, flip, hex, with};
use seal::{Hash, Refusal, directory::merkle};
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

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

pub(super) fn list(hashes: &[Hash]) -> Value {
    hashes.iter().map(|hash| hex(hash)).collect()
}

pub(super) fn made(section: &mut Section) {
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
