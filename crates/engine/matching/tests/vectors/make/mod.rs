//! Makes the vectors, the same every time. Expected refusals are written here by hand; what is given
//! comes from the crate, and the browser says whether it agrees.

mod entries;
mod holders;
mod identifiers;
mod levels;
mod limits;
mod tokens;

use crate::answer::answer;
use curve25519_dalek::Scalar;
use matching::{
    asked::{Asked, Known},
    holder::{HolderKey, HolderNo},
    identifier::{Identifier, Typed},
};
use rand::{SeedableRng, rngs::ChaCha20Rng};
use serde_json::{Map, Value, json};

/// One file.
pub struct Section {
    /// Its name, without the ending.
    pub name: &'static str,
    cases: Vec<Value>,
}

/// Every section.
pub fn all() -> Vec<Section> {
    vec![
        identifiers::made(),
        holders::made(),
        levels::made(),
        entries::made(),
        tokens::made(),
        entries::opened(),
        limits::made(),
    ]
}

impl Section {
    const fn new(name: &'static str) -> Self {
        Self { name, cases: Vec::new() }
    }

    /// A case that is taken: what it gives is what the crate gives.
    fn gives(&mut self, name: &str, operation: &str, inputs: Value) {
        let gives = answer(self.name, operation, &inputs);
        let gives = gives.unwrap_or_else(|refusal| panic!("{name} of {}: {refusal}", self.name));
        self.case([name, operation], inputs, "gives", gives);
    }

    /// A case that is refused.
    fn refuses(&mut self, name: &str, operation: &str, inputs: Value, refused: &str) {
        self.case([name, operation], inputs, "refused", json!(refused));
    }

    fn case(&mut self, head: [&str; 2], inputs: Value, how: &str, outcome: Value) {
        let mut case = Map::new();
        let [name, operation] = head.map(|text| json!(text));
        for (field, value) in [("name", name), ("operation", operation), ("inputs", inputs)] {
            case.insert(field.to_owned(), value);
        }
        case.insert(how.to_owned(), outcome);
        self.cases.push(Value::Object(case));
    }

    /// The file: a case a line.
    pub fn text(&self) -> String {
        let cases: Vec<String> = self.cases.iter().map(Value::to_string).collect();
        format!("{{\n\"section\": \"{}\",\n\"cases\": [\n{}\n]\n}}\n", self.name, cases.join(",\n"))
    }
}

/// The same inputs with one other than it was.
fn with(inputs: &Value, field: &str, value: Value) -> Value {
    let mut inputs = inputs.clone();
    inputs[field] = value;
    inputs
}

/// The same chance every time.
fn dice(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// So many bytes from a seed.
fn some(seed: u64, length: usize) -> Vec<u8> {
    use rand::Rng;
    let mut bytes = vec![0; length];
    dice(seed).fill_bytes(&mut bytes);
    bytes
}

/// With one bit turned; bit 0 is the highest of the first byte.
fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 0x80 >> (bit % 8);
    bytes
}

/// The order of the group, which is no canonical scalar.
fn order() -> Vec<u8> {
    let mut bytes = (Scalar::ZERO - Scalar::ONE).to_bytes();
    bytes[0] += 1;
    bytes.to_vec()
}

/// Three holders on a line.
fn holder(no: HolderNo) -> HolderKey {
    let number = Scalar::from(no.number());
    let share = Scalar::from(1_234_567_u64) + Scalar::from(89_u64) * number;
    HolderKey::of(no, share.as_bytes()).expect("a share")
}

/// What a phone number gives under their key.
fn known(phone: &str) -> Known {
    let keys = HolderNo::ALL.map(holder);
    let public = keys.each_ref().map(HolderKey::public);
    let public = matching::holder::Holders::of(public).expect("of one key");
    let identifier = Identifier::read(Typed::Phone(phone)).expect("a phone");
    let asked = Asked::blind(&identifier, &mut dice(1)).expect("a question");
    let answers: Vec<_> = keys
        .iter()
        .take(2)
        .map(|key| key.answer(&asked.blinded(), &mut dice(2)).expect("an answer"))
        .collect();
    asked.finish(&public, &answers).expect("known")
}
