//! Reading a file of vectors, its bytes as vectors/README.md describes them.

use crate::{answer, make};
use seal::Refusal;
use serde_json::{Map, Value};
use std::{cell::RefCell, collections::BTreeSet, fs, path::Path};

/// One file.
pub struct File {
    pub name: String,
    pub cases: Vec<Map<String, Value>>,
    bytes: Map<String, Value>,
}

impl File {
    pub fn read(name: &str, path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let Value::Object(mut file) = serde_json::from_str(&text).unwrap() else {
            panic!("{name}")
        };
        let Some(Value::Array(cases)) = file.remove("cases") else { panic!("{name}") };
        let Some(Value::Object(bytes)) = file.remove("bytes") else { panic!("{name}") };
        assert_eq!(file.remove("section").as_ref().and_then(Value::as_str), Some(name));
        assert!(file.is_empty(), "{name} has more than it should");
        let cases = cases.iter().map(|case| case.as_object().unwrap().clone()).collect();
        Self { name: name.to_owned(), cases, bytes }
    }
}

/// One case, or an object within one. It knows which of its fields were asked for.
pub struct Case<'a> {
    pub name: String,
    pub says: String,
    file: &'a File,
    fields: &'a Map<String, Value>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Case<'a> {
    pub fn of(file: &'a File, fields: &'a Map<String, Value>) -> Self {
        let mut case = Self::within(file, fields);
        (case.name, case.says) = (case.text("name"), case.text("says"));
        case
    }

    fn within(file: &'a File, fields: &'a Map<String, Value>) -> Self {
        let (name, says) = (String::new(), String::new());
        Self { name, says, file, fields, asked: RefCell::default() }
    }

    pub fn field(&self, name: &str) -> Value {
        self.asked.borrow_mut().insert(name.to_owned());
        self.fields.get(name).unwrap_or_else(|| panic!("{}: no {name}", self.name)).clone()
    }

    pub fn text(&self, name: &str) -> String {
        self.field(name).as_str().unwrap().to_owned()
    }

    /// A number, as narrow as its operation wants it.
    pub fn number<N: TryFrom<u64>>(&self, name: &str) -> N {
        let number = self.field(name).as_u64().unwrap();
        N::try_from(number).ok().unwrap_or_else(|| panic!("{}: {name} is {number}", self.name))
    }

    pub fn numbers(&self, name: &str) -> Vec<u8> {
        let numbers = self.field(name);
        numbers.as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as u8).collect()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        bytes(self.file, &self.field(name))
    }

    /// Bytes that are always so many.
    pub fn exactly<const N: usize>(&self, name: &str) -> [u8; N] {
        self.bytes(name).try_into().unwrap_or_else(|_| panic!("{}: {name}", self.name))
    }

    /// Bytes, where there may be none at all.
    pub fn maybe(&self, name: &str) -> Option<Vec<u8>> {
        let value = self.field(name);
        (!value.is_null()).then(|| bytes(self.file, &value))
    }

    pub fn list(&self, name: &str) -> Vec<Vec<u8>> {
        self.field(name).as_array().unwrap().iter().map(|one| bytes(self.file, one)).collect()
    }

    pub fn hashes(&self, name: &str) -> Vec<[u8; 32]> {
        self.list(name).into_iter().map(|hash| hash.try_into().unwrap()).collect()
    }

    /// A list of objects, each read whole.
    pub fn each<T>(&self, name: &str, read: impl Fn(&Case<'_>) -> T) -> Vec<T> {
        let list = self.field(name);
        let each = list.as_array().unwrap().iter().map(|one| {
            let case = Case::within(self.file, one.as_object().unwrap());
            let read = read(&case);
            case.end();
            read
        });
        each.collect()
    }

    /// The refusal it expects.
    pub fn refusal(&self) -> Option<Refusal> {
        self.fields.get("refused")?;
        let code = self.text("refused");
        let mut known = Refusal::ALL.into_iter();
        let refusal = known.find(|refusal| refusal.code() == code).expect("a known refusal");
        match refusal {
            Refusal::UnknownWord { .. } => {
                Some(Refusal::UnknownWord { place: self.number("place") })
            }
            other => Some(other),
        }
    }

    /// Every field must have been asked for.
    pub fn end(&self) {
        let asked = self.asked.borrow();
        let unknown: Vec<&String> =
            self.fields.keys().filter(|field| !asked.contains(*field)).collect();
        assert!(unknown.is_empty(), "{}: fields nobody knows: {unknown:?}", self.name);
    }
}

/// Bytes from their source and with their changes.
fn bytes(file: &File, value: &Value) -> Vec<u8> {
    let Some(object) = value.as_object() else { return unhex(value) };
    let mut object = object.clone();
    let (cut, flip) = (object.remove("cut"), object.remove("flip"));
    let mut bytes = source(file, object);
    if let Some(cut) = cut {
        let cut = cut.as_u64().unwrap() as usize;
        assert!(cut <= bytes.len());
        bytes.truncate(cut);
    }
    for bit in flip.iter().flat_map(|flip| flip.as_array().unwrap()) {
        let bit = bit.as_u64().unwrap() as usize;
        bytes[bit / 8] ^= 0x80 >> (bit % 8);
    }
    bytes
}

fn source(file: &File, mut object: Map<String, Value>) -> Vec<u8> {
    let mut take = |name: &str| object.remove(name);
    let bytes = if let Some(hex) = take("hex") {
        unhex(&hex)
    } else if let Some(unit) = take("repeat") {
        unhex(&unit).repeat(take("times").unwrap().as_u64().unwrap() as usize)
    } else if let Some(joined) = take("join") {
        joined.as_array().unwrap().iter().flat_map(|one| bytes(file, one)).collect()
    } else if let Some(name) = take("named") {
        bytes(file, &file.bytes[name.as_str().unwrap()])
    } else if let Some(name) = take("closed") {
        let named = |case: &&Map<String, Value>| case["name"] == name;
        let case = Case::of(file, file.cases.iter().find(named).unwrap());
        assert_eq!(case.text("operation"), "close");
        let part = take("part").map(|part| part.as_u64().unwrap() as usize);
        answer::closed(&case, part)
    } else {
        panic!("no source of bytes: {object:?}")
    };
    assert!(object.is_empty(), "nobody knows {object:?}");
    bytes
}

fn unhex(value: &Value) -> Vec<u8> {
    let digits: Vec<u8> = value
        .as_str()
        .unwrap()
        .bytes()
        .map(|digit| match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => panic!("{digit} is no digit"),
        })
        .collect();
    let (pairs, []) = digits.as_chunks::<2>() else { panic!("half a byte") };
    pairs.iter().map(|[high, low]| high << 4 | low).collect()
}

pub fn hex(bytes: impl AsRef<[u8]>) -> Value {
    make::hex(bytes.as_ref())
}

/// What is given, with all bytes as plain hex.
pub fn resolved(file: &File, value: &Value) -> Value {
    const SOURCES: [&str; 5] = ["hex", "repeat", "join", "named", "closed"];
    match value {
        Value::Object(object) if SOURCES.iter().any(|source| object.contains_key(*source)) => {
            hex(bytes(file, value))
        }
        Value::Object(object) => {
            object.iter().map(|(key, value)| (key.clone(), resolved(file, value))).collect()
        }
        Value::Array(list) => list.iter().map(|value| resolved(file, value)).collect(),
        other => other.clone(),
    }
}
