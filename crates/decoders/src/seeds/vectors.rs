//! The test vectors of the engines, as far as their bytes go: a string of hex, or a source and what is
//! done to it.

use serde_json::Value;
use std::{fs, path::Path};

/// One file of vectors.
pub(super) struct Section(Value);

/// Of `engine/seal`.
pub(super) fn seal(name: &str) -> Section {
    read(&format!("../engine/seal/vectors/{name}.json"))
}

/// Of `engine/matching`.
pub(super) fn matching(name: &str) -> Section {
    read(&format!("../engine/matching/vectors/{name}.json"))
}

/// Empty if there is no such file: a test sees that.
fn read(path: &str) -> Section {
    let text = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default();
    Section(serde_json::from_slice(&text).unwrap_or_default())
}

/// The bytes of a string of hex.
pub(super) fn hex(value: &Value) -> Option<Vec<u8>> {
    let (pairs, odd) = value.as_str()?.as_bytes().as_chunks::<2>();
    let digit = |digit: u8| char::from(digit).to_digit(16).map(|digit| digit as u8);
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    if odd.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

impl Section {
    fn all(&self) -> impl Iterator<Item = &Value> {
        self.0["cases"].as_array().into_iter().flatten()
    }

    /// The cases of one operation.
    pub(super) fn cases<'a>(&'a self, operation: &'a str) -> impl Iterator<Item = &'a Value> {
        self.all().filter(move |case| case["operation"] == operation)
    }

    /// Every value under one of these names: bytes, text, or a list of bytes.
    pub(super) fn named(&self, names: &[&str]) -> Vec<Vec<u8>> {
        let mut found = Vec::new();
        let longer = self.0["bytes"].as_object().into_iter().flatten();
        found.extend(
            longer
                .filter(|(name, _)| names.contains(&name.as_str()))
                .filter_map(|(_, v)| self.bytes(v)),
        );
        for case in self.all() {
            for inside in [case, &case["inputs"], &case["gives"]] {
                for (name, value) in inside.as_object().into_iter().flatten() {
                    if names.contains(&name.as_str()) {
                        self.take(value, &mut found);
                    }
                }
            }
        }
        found
    }

    fn take(&self, value: &Value, into: &mut Vec<Vec<u8>>) {
        match value {
            Value::Array(list) => list.iter().for_each(|one| self.take(one, into)),
            _ => into.extend(self.bytes(value)),
        }
    }

    fn bytes(&self, value: &Value) -> Option<Vec<u8>> {
        if let Some(text) = value.as_str() {
            return Some(hex(value).unwrap_or_else(|| text.as_bytes().to_vec()));
        }
        let source = value.as_object()?;
        let mut bytes = if let Some(hexed) = source.get("hex") {
            hex(hexed)?
        } else if let Some(repeated) = source.get("repeat") {
            hex(repeated)?.repeat(usize::try_from(source.get("times")?.as_u64()?).ok()?)
        } else if let Some(parts) = source.get("join") {
            let parts = parts.as_array()?.iter().map(|part| self.bytes(part));
            parts.collect::<Option<Vec<_>>>()?.concat()
        } else {
            self.bytes(self.0["bytes"].get(source.get("named")?.as_str()?)?)?
        };
        if let Some(length) = source.get("cut").and_then(Value::as_u64) {
            bytes.truncate(length as usize);
        }
        for bit in source.get("flip").and_then(Value::as_array).into_iter().flatten() {
            let bit = bit.as_u64()? as usize;
            *bytes.get_mut(bit / 8)? ^= 0x80 >> (bit % 8);
        }
        Some(bytes)
    }
}
