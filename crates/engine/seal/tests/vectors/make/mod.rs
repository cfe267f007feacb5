//! Makes the vectors, the same every time. Expected refusals are written here by hand; what is given
//! comes from the crate, and the browser says whether it agrees.

mod compartments;
mod consent;
mod custody;
mod device;
mod directory;
mod files;
mod knock;
mod letters;
mod mailbox;
mod recovery;
mod report;
mod team;
mod words;
mod wraps;
mod written;

use hpke::{
    Deserializable, Kem, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::XWing, single_shot_seal_with_rng,
};
use rand::{SeedableRng, rngs::ChaCha20Rng};
use rand_core::{TryCryptoRng, TryRng};
use seal::{
    Refusal,
    key::{PrivateKey, PublicKey},
    secret::Seed,
    sign::Signer,
};
use serde_json::{Value, json};
use std::{convert::Infallible, fmt::Write};

/// What a section is made with.
type Made = Result<Section, Refusal>;

/// Every section.
pub fn all() -> Result<Vec<Section>, Refusal> {
    Ok(vec![
        words::made(),
        mailbox::made()?,
        device::made()?,
        compartments::made()?,
        wraps::made()?,
        consent::made()?,
        report::made()?,
        written::made()?,
        knock::made()?,
        directory::made()?,
        team::made()?,
        recovery::made()?,
        files::made()?,
        letters::made()?,
        custody::made()?,
    ])
}

/// One file.
pub struct Section {
    /// Its name, without the ending.
    pub name: &'static str,
    bytes: Vec<(String, Value)>,
    cases: Vec<Vec<(String, Value)>>,
}

impl Section {
    fn new(name: &'static str) -> Self {
        Self { name, bytes: Vec::new(), cases: Vec::new() }
    }

    /// Keeps a longer string under a name, and gives back how cases refer to it.
    fn keep(&mut self, name: &str, bytes: &[u8]) -> Value {
        self.bytes.push((name.to_owned(), hex(bytes)));
        json!({ "named": name })
    }

    fn case(&mut self, head: [&str; 3], inputs: &Value, outcome: Vec<(&str, Value)>) {
        let [name, says, operation] = head;
        let mut case = vec![
            ("name".to_owned(), json!(name)),
            ("says".to_owned(), json!(says)),
            ("operation".to_owned(), json!(operation)),
        ];
        let inputs = inputs.as_object().into_iter().flatten();
        case.extend(inputs.map(|(key, value)| (key.clone(), value.clone())));
        case.extend(outcome.into_iter().map(|(key, value)| (key.to_owned(), value)));
        self.cases.push(case);
    }

    /// A case that is taken. `head` is name, what it says, operation.
    fn gives(&mut self, head: [&str; 3], inputs: &Value, gives: Value) {
        self.case(head, inputs, vec![("gives", gives)]);
    }

    /// A case that is refused.
    fn refuses(&mut self, head: [&str; 3], inputs: &Value, refusal: Refusal) {
        let mut outcome = vec![("refused", json!(refusal.code()))];
        if let Refusal::UnknownWord { place } = refusal {
            outcome.push(("place", json!(place)));
        }
        self.case(head, inputs, outcome);
    }

    /// The file: a field a line.
    pub fn text(&self) -> String {
        let mut text = format!("{{\n\"section\": \"{}\",\n\"bytes\": {{", self.name);
        write_fields(&mut text, &self.bytes);
        text.push_str("},\n\"cases\": [");
        for (at, case) in self.cases.iter().enumerate() {
            text.push_str(if at == 0 { "\n{" } else { ",\n{" });
            write_fields(&mut text, case);
            text.push('}');
        }
        text.push_str("\n]\n}\n");
        text
    }
}

fn write_fields(text: &mut String, fields: &[(String, Value)]) {
    for (at, (name, value)) in fields.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        // Writing into a string cannot fail.
        let _ = write!(text, "{comma}\n  \"{name}\": {value}");
    }
    if !fields.is_empty() {
        text.push('\n');
    }
}

/// The same inputs with some other than they were.
fn with<const N: usize>(inputs: &Value, changes: [(&str, Value); N]) -> Value {
    let mut inputs = inputs.clone();
    for (field, value) in changes {
        if let Some(field) = inputs.get_mut(field) {
            *field = value;
        }
    }
    inputs
}

/// Bytes as the files have them.
pub fn hex(bytes: &[u8]) -> Value {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Value::String(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect())
}

/// The same with bits turned.
fn flip(bytes: &Value, bits: &[u64]) -> Value {
    changed(bytes, "flip", json!(bits))
}

/// Only a beginning.
fn cut(bytes: &Value, to: usize) -> Value {
    changed(bytes, "cut", json!(to))
}

fn changed(bytes: &Value, how: &str, what: Value) -> Value {
    let mut bytes = if bytes.is_object() { bytes.clone() } else { json!({ "hex": bytes }) };
    if let Some(object) = bytes.as_object_mut() {
        object.insert(how.to_owned(), what);
    }
    bytes
}

/// With more after the end.
fn more(bytes: &Value, after: &str) -> Value {
    json!({ "join": [bytes, after] })
}

/// The same chance every time.
pub fn dice(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// 32 bytes that are a key for tests.
fn seed(number: u64) -> Seed {
    Seed::draw(&mut dice(number))
}

fn private(number: u64) -> Result<PrivateKey, Refusal> {
    PrivateKey::of(seed(number))
}

fn signer(number: u64) -> Signer {
    Signer::of(&seed(number))
}

/// Sealed by hand: what the crate would not close.
fn sealed(to: &PublicKey, name: &str, place: &[u8], inside: &[u8]) -> Result<Vec<u8>, Refusal> {
    let refused = Refusal::KeyNotWhole;
    let to = <XWing as Kem>::PublicKey::from_bytes(&to.bytes()).map_err(|_key| refused)?;
    let label = format!("waylight/seal/v1/{name}");
    let (enc, closed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &to,
        label.as_bytes(),
        inside,
        place,
        &mut dice(99),
    )
    .map_err(|_kem| refused)?;
    Ok([enc.to_bytes().as_slice(), &closed].concat())
}

/// No chance at all: these bytes, then zeros. What draws a key from it has that key.
pub struct Fixed<'a>(pub &'a [u8]);

impl TryRng for Fixed<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        for byte in to {
            let (now, rest) = self.0.split_first().unwrap_or((&0, &[]));
            (*byte, self.0) = (*now, rest);
        }
        Ok(())
    }
}

impl TryCryptoRng for Fixed<'_> {}
