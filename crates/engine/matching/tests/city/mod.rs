//! A city for the journeys: everybody in their own room, with only what goes between them.

use curve25519_dalek::Scalar;
use matching::{
    Refusal,
    asked::{Asked, Known},
    cap::Cap,
    ceremony,
    entry::{self, EntryNo, Opened, Readers, Withdrawal},
    holder::{Answer, HolderKey, HolderNo, Holders},
    identifier::{Identifier, Typed},
    level::{Level, Person, Share},
    matcher::{Batch, batch},
    token::{Allowance, Issuer, Register, Token, TokenAsked},
};
use rand::{Rng, SeedableRng, rngs::ChaCha20Rng};
use seal::key::PrivateKey;
use std::collections::{BTreeMap, BTreeSet};
use voprf::{Ristretto255, VoprfServer};

/// The phone most testers name.
pub const PHONE: Typed<'static> = Typed::Phone("010-1234-5678");

/// A row as the web server keeps it.
pub struct Row {
    pub number: EntryNo,
    pub withdrawal_hash: [u8; 32],
    pub entry: Vec<u8>,
}

/// What one person has in her hands after filing, and the size of all she saw.
pub struct Filed {
    pub number: EntryNo,
    pub withdrawal: [u8; 32],
    pub contact: String,
    pub entry: Vec<u8>,
    pub sizes: Vec<usize>,
}

pub struct City {
    pub rng: ChaCha20Rng,
    pub now: i64,
    keys: Vec<HolderKey>,
    public: Holders,
    pub caps: Vec<Cap>,
    /// Holders that do not answer, from 0.
    pub away: BTreeSet<usize>,
    issuer: Issuer,
    allowances: BTreeMap<String, Allowance>,
    register: Register,
    /// The same house's other key: tokens to leave an entry.
    leaving: Issuer,
    leaving_allowances: BTreeMap<String, Allowance>,
    leaving_register: Register,
    /// Tokens with what was sent of them.
    pub spent: Vec<(std::rc::Rc<Token>, Vec<u8>)>,
    pub web: Vec<Row>,
    matcher: PrivateKey,
    counsel: [PrivateKey; 2],
    /// What holders and the issuer were sent.
    pub wires: Vec<Vec<u8>>,
}

impl City {
    /// Founded with a ceremony of its own.
    pub fn founded(seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let (keys, public) = three_keys(&mut rng);
        let mut key = [7; 32];
        key[31] = 0;
        Self {
            now: 1_000_000,
            keys,
            public,
            caps: vec![Cap::default(); 3],
            away: BTreeSet::new(),
            issuer: Issuer::of(&key, &[8; 32]).unwrap(),
            allowances: BTreeMap::new(),
            register: Register::default(),
            leaving: Issuer::of(&[9, 0].repeat(16), &[8; 32]).unwrap(),
            leaving_allowances: BTreeMap::new(),
            leaving_register: Register::default(),
            spent: Vec::new(),
            web: Vec::new(),
            matcher: PrivateKey::draw(&mut rng).unwrap(),
            counsel: [PrivateKey::draw(&mut rng).unwrap(), PrivateKey::draw(&mut rng).unwrap()],
            wires: Vec::new(),
            rng,
        }
    }

    /// One holder's service: the token first, so that what has none takes no place; then the count.
    pub fn answer(
        &mut self,
        holder: usize,
        spending: &[u8],
        blinded: &[u8; 32],
    ) -> Result<Answer, Refusal> {
        self.issuer.redeem(&mut self.register, spending, blinded)?;
        self.caps[holder].take(self.now)?;
        self.keys[holder].answer(blinded, &mut self.rng)
    }

    /// Asks for an identifier: what it gives, and the sizes of what went to and fro.
    pub fn ask(&mut self, who: &str, typed: Typed<'_>) -> Result<(Known64, Vec<usize>), Refusal> {
        let token_asked = TokenAsked::draw(&mut self.rng)?;
        let allowance = self.allowances.entry(who.to_owned()).or_default();
        let issued =
            self.issuer.issue(allowance, &token_asked.blinded(), self.now, &mut self.rng)?;
        self.wires.push(token_asked.blinded().to_vec());
        let token = token_asked.finish(&self.issuer.public(), &issued)?;
        let mut sizes =
            vec![token_asked.blinded().len(), issued.element.len() + issued.proof.len()];

        let identifier = Identifier::read(typed)?;
        let asked = Asked::blind(&identifier, &mut self.rng)?;
        let spending = token.spend(&asked.blinded())?;
        self.spent.push((std::rc::Rc::new(token), spending.clone()));
        self.wires.push(asked.blinded().to_vec());
        let mut answers = Vec::new();
        for holder in
            (0..3).filter(|holder| !self.away.contains(holder)).take(2).collect::<Vec<_>>()
        {
            let answer = self.answer(holder, &spending, &asked.blinded())?.bytes();
            sizes.extend([spending.len() + asked.blinded().len(), answer.len()]);
            answers.push(Answer::read(&answer)?);
        }
        let known = asked.finish(&self.public, &answers)?;
        Ok((*known.expose(), sizes))
    }

    /// Files an entry.
    pub fn file(&mut self, who: &str, typed: Typed<'_>, people: Level) -> Result<Filed, Refusal> {
        let person = self.issuer.person(who.as_bytes())?;
        self.file_as(who, &person, typed, people)
    }

    /// Files an entry for three with a person of one's own making.
    pub fn lie(&mut self, who: &str, typed: Typed<'_>, as_whom: u8) -> Result<Filed, Refusal> {
        self.file_as(who, &Person::from_bytes(&[as_whom; 32])?, typed, Level::Three)
    }

    fn file_as(
        &mut self,
        who: &str,
        person: &Person,
        typed: Typed<'_>,
        people: Level,
    ) -> Result<Filed, Refusal> {
        let (known, mut sizes) = self.ask(who, typed)?;
        let known = Known::from_bytes(&known)?;
        let mut number = EntryNo([0; 16]);
        self.rng.fill_bytes(&mut number.0);
        let contact = format!("ask {who} alone");
        let readers = Readers {
            matcher: self.matcher.public(),
            counsel: self.counsel.each_ref().map(PrivateKey::public),
        };
        let withdrawal = Withdrawal::draw(&mut self.rng);
        let entry = entry::close(
            number,
            &known,
            person,
            people,
            contact.as_bytes(),
            &readers,
            &mut self.rng,
        )?;
        let row = Row { number, withdrawal_hash: withdrawal.hash(), entry: entry.clone() };
        let token = self.token_to_leave(who)?;
        let spending = token.spend(&entry::left(number, &row.withdrawal_hash, &entry))?;
        sizes.push(16 + row.withdrawal_hash.len() + entry.len() + spending.len());
        self.leave(row, &spending)?;
        Ok(Filed { number, withdrawal: *withdrawal.expose(), contact, entry, sizes })
    }

    /// A token to leave an entry with.
    pub fn token_to_leave(&mut self, who: &str) -> Result<Token, Refusal> {
        let asked = TokenAsked::draw(&mut self.rng)?;
        let allowance = self.leaving_allowances.entry(who.to_owned()).or_default();
        let issued = self.leaving.issue(allowance, &asked.blinded(), self.now, &mut self.rng)?;
        self.wires.push(asked.blinded().to_vec());
        asked.finish(&self.leaving.public(), &issued)
    }

    /// The web server's part of leaving one.
    pub fn leave(&mut self, row: Row, spending: &[u8]) -> Result<(), Refusal> {
        let question = entry::left(row.number, &row.withdrawal_hash, &row.entry);
        self.leaving.redeem(&mut self.leaving_register, spending, &question)?;
        self.web.push(row);
        Ok(())
    }

    /// The web server's part of a withdrawal. Whether there was one is for the test only.
    pub fn withdraw(&mut self, number: EntryNo, token: &[u8]) -> bool {
        let hash = Withdrawal::read(token).unwrap().hash();
        let before = self.web.len();
        self.web.retain(|row| row.number != number || row.withdrawal_hash != hash);
        self.web.len() < before
    }

    /// Whether what the web server keeps has these bytes anywhere.
    pub fn web_has(&self, bytes: &[u8]) -> bool {
        self.web.iter().any(|row| row.entry.windows(bytes.len()).any(|window| window == bytes))
    }

    /// A day's batch.
    pub fn batch(&self) -> Batch {
        let entries: Vec<(EntryNo, Vec<u8>)> =
            self.web.iter().map(|row| (row.number, row.entry.clone())).collect();
        batch(&self.matcher, &entries, &BTreeSet::new())
    }

    /// What both of counsel read of it: contacts, in order, for each opening.
    pub fn counsel_sees(&self) -> Vec<Vec<String>> {
        let read = |number, sealed: &[u8]| {
            let inner = entry::first_opens(number, &self.counsel[0], sealed).unwrap();
            let contact = entry::second_reads(number, &self.counsel[1], &inner).unwrap();
            String::from_utf8(contact.to_vec()).unwrap()
        };
        let opening = |people: &[matching::matcher::ForCounsel]| {
            let mut contacts: Vec<String> =
                people.iter().map(|one| read(one.number, &one.sealed)).collect();
            contacts.sort();
            contacts
        };
        self.batch().openings.iter().map(|one| opening(&one.people)).collect()
    }

    /// Whether neither of counsel opens anything without the other.
    pub fn either_of_counsel_alone_is_refused(&self) -> bool {
        let batch = self.batch();
        let mut people = batch.openings.iter().flat_map(|one| &one.people).peekable();
        assert!(people.peek().is_some(), "there is something to try");
        people.all(|one| {
            let [first, second] = &self.counsel;
            let inner = entry::first_opens(one.number, first, &one.sealed).unwrap();
            entry::second_reads(one.number, first, &inner).is_err()
                && entry::first_opens(one.number, second, &one.sealed).is_err()
                && entry::second_reads(one.number, second, &one.sealed).is_err()
        })
    }

    /// Tags as they stand on the matcher's disk.
    fn tags(&self) -> BTreeSet<[u8; 32]> {
        let opened = self.web.iter().map(|row| Opened::open(row.number, &self.matcher, &row.entry));
        opened
            .flat_map(|one| one.unwrap().slots.into_iter().map(|(share, _)| share.tag()))
            .collect()
    }

    /// Who has the keys of these disks, as one server: of two, it is the whole key.
    pub fn thief(&self, disks: &[usize]) -> Thief {
        let scalar = |disk: usize| {
            let bytes = *self.keys[disk].expose();
            Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes)).unwrap()
        };
        let at = |disk: usize| Scalar::from(disk as u64 + 1);
        let key = match disks {
            [one] => scalar(*one),
            [one, two] => {
                let (x, y) = (at(*one), at(*two));
                let apart = (y - x).invert();
                scalar(*one) * y * apart - scalar(*two) * x * apart
            }
            _ => panic!("one or two disks"),
        };
        Thief { server: VoprfServer::new_with_key(key.as_bytes()).unwrap(), tags: self.tags() }
    }
}

/// Somebody with stolen keys, and with the matcher's disk to hold a guess against.
pub struct Thief {
    server: VoprfServer<Ristretto255>,
    tags: BTreeSet<[u8; 32]>,
}

impl Thief {
    /// Whether somebody named this.
    pub fn finds(&self, input: &str) -> bool {
        let out = self.server.evaluate(input.as_bytes()).unwrap();
        let known = Known::from_bytes(&out).unwrap();
        let anybody = Person::from_bytes(&[0; 32]).unwrap();
        self.tags.contains(&Share::of(&known, &anybody, Level::Two).unwrap().tag())
    }
}

/// What an identifier gives, to be compared.
pub type Known64 = [u8; 64];

/// The ceremony, word by word.
fn three_keys(rng: &mut ChaCha20Rng) -> (Vec<HolderKey>, Holders) {
    let mine: BTreeMap<HolderNo, PrivateKey> =
        HolderNo::ALL.into_iter().map(|no| (no, PrivateKey::draw(rng).unwrap())).collect();
    let public = mine.iter().map(|(no, key)| (*no, key.public())).collect();
    let begun: Vec<_> =
        HolderNo::ALL.into_iter().map(|no| ceremony::begin(no, rng).unwrap()).collect();
    let said: Vec<ceremony::Said> = begun.iter().map(|one| *one.said()).collect();
    let (mut heard, mut told) = (Vec::new(), Vec::new());
    for (at, one) in begun.into_iter().enumerate() {
        let others: Vec<&[u8]> =
            (0..3).filter(|no| *no != at).map(|no| said[no].as_slice()).collect();
        let (one, values) = one.hear(&others, &public, rng).unwrap();
        heard.push(one);
        told.extend(values);
    }
    let made: Vec<(HolderKey, Holders)> = heard
        .into_iter()
        .zip(HolderNo::ALL)
        .map(|(one, no)| {
            let told: Vec<_> = told.iter().filter(|value| value.to == no).cloned().collect();
            one.finish(&mine[&no], &told).unwrap()
        })
        .collect();
    let holders = made[0].1;
    (made.into_iter().map(|(key, _)| key).collect(), holders)
}
