//! How the crate answers one case.

use matching::{
    Refusal,
    asked::{Asked, Known},
    cap::Cap,
    entry::{self, EntryNo, Opened, Readers, Withdrawal},
    holder::{Answer, Holders},
    identifier::{Identifier, Platform, Typed},
    level::{self, Level, Person, Share},
    token::{Allowance, Issued, Issuer, Register, TokenAsked},
};
use rand_core::{TryCryptoRng, TryRng};
use seal::key::{PrivateKey, PublicKey};
use seal::secret::Seed;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::convert::Infallible;

/// No chance at all: these bytes, then zeros.
struct Fixed<'a>(&'a [u8]);

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

/// Bytes as the files have them.
pub fn hex(bytes: &[u8]) -> Value {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Value::String(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect())
}

fn unhex(value: &Value) -> Vec<u8> {
    let digit = |c: char| c.to_digit(16).expect("hex") as u8;
    let digits: Vec<u8> = value.as_str().expect("hex").chars().map(digit).collect();
    let (pairs, []) = digits.as_chunks::<2>() else { panic!("half a byte") };
    pairs.iter().map(|[high, low]| high << 4 | low).collect()
}

/// The inputs of a case.
#[derive(Clone, Copy)]
struct Inputs<'a>(&'a Value);

impl Inputs<'_> {
    fn text(self, name: &str) -> String {
        self.0[name].as_str().unwrap_or_else(|| panic!("no {name}")).to_owned()
    }

    fn number<N: TryFrom<i64>>(self, name: &str) -> N {
        let number = self.0[name].as_i64().unwrap_or_else(|| panic!("no {name}"));
        N::try_from(number).ok().unwrap_or_else(|| panic!("{name} is {number}"))
    }

    fn bytes(self, name: &str) -> Vec<u8> {
        unhex(&self.0[name])
    }

    fn exactly<const N: usize>(self, name: &str) -> [u8; N] {
        self.bytes(name).try_into().unwrap_or_else(|_| panic!("{name}"))
    }

    fn list(self, name: &str) -> Vec<Value> {
        self.0[name].as_array().unwrap_or_else(|| panic!("no {name}")).clone()
    }

    fn many(self, name: &str) -> Vec<Vec<u8>> {
        self.list(name).iter().map(unhex).collect()
    }
}

/// Whatever is not known here fails.
fn unknown(what: &str) -> ! {
    panic!("nobody knows {what}")
}

/// What the crate gives.
pub fn answer(section: &str, operation: &str, inputs: &Value) -> Result<Value, Refusal> {
    let inputs = Inputs(inputs);
    match section {
        "identifiers" => identifier(operation, inputs),
        "holders" => holder(operation, inputs),
        "levels" => level(operation, inputs),
        "entries" => entry(operation, inputs),
        "tokens" => token(inputs),
        "matcher" => matcher(operation, inputs),
        "limits" => limit(operation, inputs),
        other => unknown(other),
    }
}

fn identifier(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    let read = |typed| Ok(json!({ "canonical": Identifier::read(typed)?.expose() }));
    match operation {
        "phone" => read(Typed::Phone(&inputs.text("text"))),
        "plate" => read(Typed::Plate(&inputs.text("text"))),
        "handle" => {
            let platform = Platform::of(&inputs.text("platform"))?;
            read(Typed::Handle(&platform, &inputs.text("text")))
        }
        "person" => read(Typed::Person {
            name: &inputs.text("name"),
            born: inputs.number("born"),
            workplace: &inputs.text("workplace"),
        }),
        other => unknown(other),
    }
}

fn holders(inputs: Inputs<'_>) -> Result<Holders, Refusal> {
    let keys: Vec<[u8; 32]> =
        inputs.many("keys").into_iter().map(|key| key.try_into().expect("32")).collect();
    Holders::of(keys.try_into().expect("three"))
}

fn holder(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    let holders = holders(inputs)?;
    match operation {
        "keys" => Ok(json!({})),
        "finish" => {
            let (blind, blinded) = (inputs.bytes("blind"), inputs.bytes("blinded"));
            let asked = Asked::again(inputs.text("input").as_bytes(), &blind, &blinded)?;
            let answers: Result<Vec<Answer>, Refusal> =
                inputs.many("answers").iter().map(|one| Answer::read(one)).collect();
            Ok(json!({ "known": hex(asked.finish(&holders, &answers?)?.expose()) }))
        }
        other => unknown(other),
    }
}

/// A share in a case; 32 bytes each, whatever they are.
fn share_in(inputs: Inputs<'_>) -> Result<Share, Refusal> {
    let commitments = inputs.many("commitments").into_iter().map(|one| one.try_into().expect("32"));
    Ok(Share {
        level: Level::of(inputs.number("people"))?,
        commitments: commitments.collect(),
        x: inputs.exactly("x"),
        y: inputs.exactly("y"),
    })
}

fn level(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    match operation {
        "share" => {
            let known = Known::from_bytes(&inputs.bytes("known"))?;
            let person = Person::from_bytes(&inputs.bytes("person"))?;
            let share = Share::of(&known, &person, Level::of(inputs.number("people"))?)?;
            let commitments: Vec<Value> = share.commitments.iter().map(|one| hex(one)).collect();
            let (x, y, tag) = (hex(&share.x), hex(&share.y), hex(&share.tag()));
            Ok(json!({ "commitments": commitments, "x": x, "y": y, "tag": tag }))
        }
        "check" => share_in(inputs)?.check().map(|()| json!({})),
        other => unknown(other),
    }
}

fn entry(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    let key = |name: &str| {
        PublicKey::from_bytes(&inputs.bytes(name)).map_err(|_key| Refusal::KeyNotWhole)
    };
    match operation {
        "close" => {
            let closed = entry::close(
                EntryNo(inputs.exactly("number")),
                &Known::from_bytes(&inputs.bytes("known"))?,
                &Person::from_bytes(&inputs.bytes("person"))?,
                Level::of(inputs.number("people"))?,
                inputs.text("contact").as_bytes(),
                &Readers { matcher: key("matcher")?, counsel: [key("first")?, key("second")?] },
                &mut Fixed(&inputs.bytes("random")),
            )?;
            Ok(json!({ "length": closed.len(), "hash": hex(&Sha256::digest(&closed)) }))
        }
        "left" => {
            let (number, withdrawal) =
                (EntryNo(inputs.exactly("number")), inputs.exactly("withdrawal"));
            Ok(json!({ "hash": hex(&entry::left(number, &withdrawal, &inputs.bytes("entry"))) }))
        }
        "withdrawal" => {
            Ok(json!({ "hash": hex(&Withdrawal::read(&inputs.bytes("token"))?.hash()) }))
        }
        other => unknown(other),
    }
}

fn token(inputs: Inputs<'_>) -> Result<Value, Refusal> {
    let (nonce, blind) = (inputs.exactly("nonce"), inputs.bytes("blind"));
    let asked = TokenAsked::again(nonce, &blind, &inputs.bytes("blinded"))?;
    let issued = Issued { element: inputs.exactly("element"), proof: inputs.exactly("proof") };
    let token = asked.finish(&inputs.exactly("issuer"), &issued)?;
    Ok(json!({ "spending": hex(&token.spend(&inputs.exactly("question"))?) }))
}

fn private(inputs: Inputs<'_>, name: &str) -> PrivateKey {
    PrivateKey::of(Seed::from_bytes(&inputs.bytes(name)).expect("32")).expect("a key")
}

fn matcher(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    match operation {
        "join" => {
            let shares = inputs.list("shares");
            let shares: Result<Vec<Share>, Refusal> =
                shares.iter().map(|one| share_in(Inputs(one))).collect();
            let secret = level::join(&shares?.iter().collect::<Vec<_>>())?;
            Ok(json!({ "secret": hex(&*secret) }))
        }
        "open" => {
            let number = EntryNo(inputs.exactly("number"));
            let opened =
                Opened::open(number, &private(inputs, "private_key"), &inputs.bytes("entry"))?;
            let tags: Vec<Value> =
                opened.slots.iter().map(|(share, _)| hex(&share.tag())).collect();
            Ok(json!({ "tags": tags }))
        }
        "batch" => {
            let entries: Vec<(EntryNo, Vec<u8>)> = inputs
                .list("entries")
                .iter()
                .map(|one| (EntryNo(Inputs(one).exactly("number")), Inputs(one).bytes("entry")))
                .collect();
            let told = std::collections::BTreeSet::new();
            let batch = matching::matcher::batch(&private(inputs, "private_key"), &entries, &told);
            let openings: Vec<Value> = batch
                .openings
                .iter()
                .map(|one| {
                    let people: Vec<Value> =
                        one.people.iter().map(|one| hex(&one.number.0)).collect();
                    json!({ "people": one.level.people(), "entries": people })
                })
                .collect();
            let refused: Vec<Value> = batch
                .refused
                .iter()
                .map(|(number, why)| json!({ "entry": hex(&number.0), "refused": why.code() }))
                .collect();
            Ok(json!({ "openings": openings, "refused": refused }))
        }
        "contact" => {
            let number = EntryNo(inputs.exactly("number"));
            let inner = entry::first_opens(
                number,
                &private(inputs, "first"),
                &inputs.bytes("for_counsel"),
            )?;
            let contact = entry::second_reads(number, &private(inputs, "second"), &inner)?;
            Ok(json!({ "contact": String::from_utf8(contact.to_vec()).expect("text") }))
        }
        other => unknown(other),
    }
}

fn limit(operation: &str, inputs: Inputs<'_>) -> Result<Value, Refusal> {
    match operation {
        "tokens" => {
            let given = inputs.list("given");
            let given = given.iter().map(|at| at.as_i64().expect("a time")).collect();
            Allowance::of(given).take(inputs.number("now")).map(|()| json!({}))
        }
        "cap" => {
            let mut cap = Cap::default();
            for time in inputs.list("times") {
                cap.take(time.as_i64().expect("a time"))?;
            }
            Ok(json!({}))
        }
        "redeem" => {
            let issuer = Issuer::of(&inputs.bytes("key"), &[1; 32])?;
            let mut register = Register::default();
            for spent in inputs.list("spent") {
                let spent = Inputs(&spent);
                issuer.redeem(
                    &mut register,
                    &spent.bytes("spending"),
                    &spent.exactly("question"),
                )?;
            }
            let question = inputs.exactly("question");
            issuer.redeem(&mut register, &inputs.bytes("spending"), &question)?;
            Ok(json!({}))
        }
        other => unknown(other),
    }
}
