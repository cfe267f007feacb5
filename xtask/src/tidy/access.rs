//! Who may do what: the table the policies amount to, as it was last reviewed. Working it out takes
//! the policies' own engine and is a test of `access`; here it is shown, and compared by fingerprint
//! with the policies it was worked out from.

use super::Finding;
use crate::tree::Tree;

const TABLE: &str = "crates/engine/access/src/snapshots/access__tests__who_may_do_what.snap";
const POLICIES: &str = "crates/engine/access/policy/";
/// What stands before the fingerprint, on the table's last line.
const MARK: &str = "of policies ";

/// The reviewed table, without what the snapshot tool writes above it; nothing if there is none.
pub(super) fn table(tree: &Tree) -> String {
    let text = tree.text(TABLE).unwrap_or_default();
    let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
    body.split(MARK).next().unwrap_or_default().to_owned()
}

/// FNV-1a, 64 bits, of every policy text with its name, in order of name: as the test of `access`
/// that writes the table works it out.
fn fingerprint(tree: &Tree) -> u64 {
    let files = tree.files().filter_map(|(path, text)| Some((path.strip_prefix(POLICIES)?, text)));
    let bytes = files.flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    bytes.flatten().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A table that is missing, or was reviewed for other policies than there are now.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    if !tree.has(POLICIES) {
        return Vec::new();
    }
    let Some(text) = tree.text(TABLE) else {
        return vec![Finding::new(TABLE, 0, "the table of who may do what is missing")];
    };
    let expected = format!("{MARK}{:016x}", fingerprint(tree));
    if text.trim_end().ends_with(&expected) {
        return Vec::new();
    }
    let what = "the policies were changed since this table was reviewed: \
                run the tests of `access`, read what turned, accept it";
    vec![Finding::new(TABLE, 0, what)]
}
