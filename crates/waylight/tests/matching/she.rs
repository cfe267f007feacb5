//! Her browser: everything a page does, in its order, with the sizes of all that went to and fro.

use crate::{
    city::City,
    house::{Answer, ask},
};
use matching::{
    Refusal,
    asked::{Asked, Known},
    entry::{EntryNo, Readers, Withdrawal, close, left},
    holder::{Answer as HolderAnswer, Holders},
    identifier::{Identifier, Typed},
    level::{Level, Person},
    token::{Issued, Token, TokenAsked},
};
use rand::{Rng, SeedableRng, rngs::ChaCha20Rng};
use seal::key::PublicKey;
use serde::Serialize;
use serde_json::{Value, json};
use std::net::SocketAddr;
use wire::{
    matching::{HolderAnswered, MatchingHouses, TokensGiven},
    onestop::{Bytes, Exact},
};

/// What she has in her hands after filing.
pub struct Filed {
    pub withdrawal: [u8; 32],
    /// Bytes of every request and answer.
    pub sizes: Vec<(usize, usize)>,
    /// The whole body she left the entry with.
    pub left: Value,
}

/// Both tokens of one code, and who she is.
pub struct Tokens {
    pub ask: Token,
    pub leave: Token,
    pub person: Person,
}

pub struct She {
    pub chance: ChaCha20Rng,
    pub houses: MatchingHouses,
    pub sizes: Vec<(usize, usize)>,
}

fn body(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

impl She {
    /// Opens the page.
    pub fn opens(city: &City, seed: u64) -> Self {
        let answer = city.ask("GET", "/api/onestop/matching", &Value::Null);
        assert_eq!(answer.status, 200);
        let houses = serde_json::from_value(answer.body).unwrap();
        Self { chance: ChaCha20Rng::seed_from_u64(seed), houses, sizes: vec![answer.sizes] }
    }

    /// Takes both tokens of a code.
    pub fn takes_tokens(&mut self, city: &City, code: &str) -> Result<Tokens, Answer> {
        let [ask_token, leave_token] = [0, 1].map(|_| TokenAsked::draw(&mut self.chance).unwrap());
        let (ask_blinded, leave_blinded) =
            (Exact(ask_token.blinded()), Exact(leave_token.blinded()));
        let sent = json!({ "code": code, "ask": ask_blinded, "leave": leave_blinded });
        let answer = ask(city.issuer.at, "POST", "/v1/tokens", &sent).unwrap();
        if answer.status != 200 {
            return Err(answer);
        }
        self.sizes.push(answer.sizes);
        let given: TokensGiven = serde_json::from_value(answer.body).unwrap();
        let issued = |bytes: &[u8]| Issued::read(bytes).unwrap();
        let keys = &self.houses.issuer;
        Ok(Tokens {
            ask: ask_token.finish(&keys.ask_key.0, &issued(&given.ask.0)).unwrap(),
            leave: leave_token.finish(&keys.leave_key.0, &issued(&given.leave.0)).unwrap(),
            person: Person::from_bytes(&given.person.0).unwrap(),
        })
    }

    /// Asks one holder.
    pub fn asks_one(at: SocketAddr, token: &Token, asked: &Asked) -> Option<Answer> {
        let spending: [u8; 64] = token.spend(&asked.blinded()).unwrap().try_into().unwrap();
        let sent = json!({ "blinded": Exact(asked.blinded()), "spending": Exact(spending) });
        ask(at, "POST", "/v1/answer", &sent)
    }

    /// Blinds what she typed.
    pub fn blinds(&mut self, typed: Typed<'_>) -> Asked {
        Asked::blind(&Identifier::read(typed).unwrap(), &mut self.chance).unwrap()
    }

    /// Asks two holders that answer what her question gives.
    pub fn asks(&mut self, city: &City, token: &Token, asked: &Asked) -> Result<Known, Refusal> {
        let mut answers = Vec::new();
        for holder in city.holders.iter().flatten() {
            let Some(answer) = Self::asks_one(holder.at, token, asked) else { continue };
            if answer.status == 200 && answers.len() < 2 {
                self.sizes.push(answer.sizes);
                let given: HolderAnswered = serde_json::from_value(answer.body).unwrap();
                answers.push(HolderAnswer::read(&given.answer.0)?);
            }
        }
        let mut keys = [[0; 32]; 3];
        for (key, holder) in keys.iter_mut().zip(&self.houses.holders) {
            *key = holder.key.0;
        }
        asked.finish(&Holders::of(keys)?, &answers)
    }

    /// Everything, from the code to the entry.
    pub fn files(
        mut self,
        city: &City,
        code: &str,
        typed: Typed<'_>,
        people: Level,
        contact: &str,
    ) -> Filed {
        let tokens = self.takes_tokens(city, code).map_err(|no| no.body).unwrap();
        let asked = self.blinds(typed);
        let known = self.asks(city, &tokens.ask, &asked).unwrap();
        let sealing = |key: &Bytes| PublicKey::from_bytes(&key.0).unwrap();
        let readers = Readers {
            matcher: sealing(&self.houses.matcher_key),
            counsel: [sealing(&self.houses.counsel[0].key), sealing(&self.houses.counsel[1].key)],
        };
        let mut number = [0; 16];
        self.chance.fill_bytes(&mut number);
        let number = EntryNo(number);
        let contact = contact.as_bytes();
        let chance = &mut self.chance;
        let entry = close(number, &known, &tokens.person, people, contact, &readers, chance);
        let (entry, withdrawal) = (entry.unwrap(), Withdrawal::draw(&mut self.chance));
        let question = left(number, &withdrawal.hash(), &entry);
        let spending: [u8; 64] = tokens.leave.spend(&question).unwrap().try_into().unwrap();
        let sent = body(&wire::matching::LeaveEntry {
            number: Exact(number.0),
            withdrawal_hash: Exact(withdrawal.hash()),
            entry: Bytes(entry),
            spending: Exact(spending),
        });
        let answer = city.ask("POST", "/api/onestop/matching/entry", &sent);
        assert_eq!(answer.status, 201, "{}", answer.body);
        self.sizes.push(answer.sizes);
        Filed { withdrawal: *withdrawal.expose(), sizes: self.sizes, left: sent }
    }
}
