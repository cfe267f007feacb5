//! The hash chain: each row's hash covers every column of the row and the hash before it.
//!
//! # Encoding, version 1
//! `hash = SHA-256(b"waylight journal 1\n" ‖ field₁ ‖ … ‖ field₁₂)`, the fields in this order:
//! number, stream, stream_id, stream_version, district, name, event_version, at_ms, actor, body,
//! idempotency, prev_hash.
//!
//! A field that is absent is the byte `00`. A field that is present is the byte `01`, its length
//! in bytes as a 64-bit big-endian number, and its bytes. Integers are 8 bytes, big-endian, two's
//! complement; texts are UTF-8 exactly as stored (the JSON of actor and body is not re-formatted);
//! ids are their 16 bytes, big-endian; hashes are their 32 bytes. As every field carries its
//! length, no two different rows have the same encoding.
//!
//! The `prev_hash` of row 1 is `SHA-256(b"waylight journal 1 genesis\n" ‖ field(city))`: a chain
//! cannot be passed off as another city's.

use super::Row;
use sha2::{Digest, Sha256};

/// What the chain of `city` begins with.
pub(crate) fn genesis(city: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"waylight journal 1 genesis\n");
    present(&mut hasher, city.as_bytes());
    hasher.finalize().into()
}

/// The hash a row must carry.
pub(crate) fn hash(row: &Row) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"waylight journal 1\n");
    present(&mut hasher, &row.number.to_be_bytes());
    present(&mut hasher, row.stream.as_bytes());
    present(&mut hasher, &row.stream_id);
    present(&mut hasher, &row.stream_version.to_be_bytes());
    perhaps(&mut hasher, row.district.as_deref().map(str::as_bytes));
    present(&mut hasher, row.name.as_bytes());
    present(&mut hasher, &row.event_version.to_be_bytes());
    present(&mut hasher, &row.at_ms.to_be_bytes());
    present(&mut hasher, row.actor.as_bytes());
    present(&mut hasher, row.body.as_bytes());
    perhaps(&mut hasher, row.idempotency.as_deref());
    present(&mut hasher, &row.prev_hash);
    hasher.finalize().into()
}

fn present(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update([1]);
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

fn perhaps(hasher: &mut Sha256, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => present(hasher, bytes),
        None => hasher.update([0]),
    }
}

/// SHA-256 of length-prefixed parts under a label: for keys and digests outside the chain.
pub(crate) fn labeled(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    present(&mut hasher, label.as_bytes());
    for part in parts {
        present(&mut hasher, part);
    }
    hasher.finalize().into()
}
