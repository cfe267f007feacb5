//! An invented woman at her own device: she writes, comes back with her words, takes a consent back.

use super::center::CenterKey;
use super::told::Told;
use super::{hour, sealed};
use crate::night::Scene;
use crate::night::phone::{Phone, Trouble};
use kernel::Instant;
use rand::{Rng, rngs::ChaCha20Rng};
use seal::{
    compartment::{Kind, Place, Version},
    consent::{Channel, Consent, GivenBy, Purpose, Withdrawal},
    id::{CaseId, TeamId},
    key::PublicKey,
    laid::{Laid, Parcel, Reader},
    mailbox::{Asked, Mailbox, Proof as Asks, Salt},
    report::{Amended, Sealed},
    words::{Language, Phrase},
    wrap::Wraps,
    written::Moved as Replaced,
};
use serde_json::json;
use std::collections::HashMap;
use wire::onestop::{
    Bytes, Challenge, Compartment, Directory, Exact, Knock, Mailbox as Shown, Moved, Proof,
    Received, Report, WithdrawConsent, WriteMailbox, Writing, Written,
};

/// Somebody with seven words.
pub(super) struct She {
    phone: Phone,
    now: Instant,
    mailbox: Mailbox,
    pub(super) case: CaseId,
    laid: Option<Laid>,
    /// To the centers she chose, in their order.
    consents: Vec<Consent>,
}

fn drawn<const N: usize>(rng: &mut ChaCha20Rng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn written(content: &serde_json::Value) -> Vec<u8> {
    content.to_string().into_bytes()
}

fn each(wraps: &Wraps) -> Vec<Bytes> {
    wraps.each().iter().map(|wrap| wrap.to_vec().into()).collect()
}

impl She {
    pub(super) fn new(
        scene: &Scene,
        who: &str,
        words: &Phrase,
        salt: Salt,
    ) -> Result<Self, Trouble> {
        let mailbox = sealed(Mailbox::open(words, salt))?;
        let (phone, now) = (scene.phone(who), scene.watch.now());
        let case = CaseId([0; 16]);
        Ok(Self { phone, now, mailbox, case, laid: None, consents: Vec::new() })
    }

    /// Writes to these centers, the first of which leads, each for what she lets it read.
    pub(super) async fn report(
        &mut self,
        told: &Told,
        chosen: &[(&CenterKey, &[Kind])],
        directory: &Directory,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), Trouble> {
        self.case = CaseId(drawn(rng));
        let herself = self.consent(TeamId::HERSELF, 0, &Kind::ALL, rng);
        let mut given = vec![(herself, self.mailbox.key().public())];
        for (center, kinds) in chosen {
            let consent = self.consent(center.epoch.team, center.epoch.number, kinds, rng);
            let key = sealed(PublicKey::from_bytes(&center.public.bytes()))?;
            given.push((consent, key));
        }
        self.consents = given.iter().skip(1).map(|(consent, _)| consent.clone()).collect();
        let laid = sealed(Laid::draw(given, rng))?;
        let contents = self.contents(told, &laid, directory);
        let content = |kind: Kind| contents.get(&kind.number()).map_or(&[][..], Vec::as_slice);
        let parcel = sealed(laid.seal(&self.mailbox, self.case, &self.consents, content, rng))?;
        self.laid = Some(laid);
        let report = sent(parcel);
        let _: Received = self.phone.post("/api/onestop/report", "evening-report", &report).await?;
        Ok(())
    }

    fn consent(
        &self,
        recipient: TeamId,
        epoch: u32,
        kinds: &[Kind],
        rng: &mut ChaCha20Rng,
    ) -> Consent {
        Consent {
            salt: drawn(rng),
            case: self.case,
            recipient,
            epoch,
            compartments: kinds.iter().copied().collect(),
            purposes: if kinds.contains(&Kind::Figures) {
                [Purpose::Services, Purpose::Figures].into_iter().collect()
            } else {
                [Purpose::Services].into_iter().collect()
            },
            given_at: hour(self.now),
            ends_at: 0,
            given_by: GivenBy::Herself,
            channel: Channel::InWriting,
            language: Language::Korean,
            text_hash: [0; 32],
        }
    }

    fn contents(&self, told: &Told, laid: &Laid, directory: &Directory) -> HashMap<u8, Vec<u8>> {
        let id = |reader: &Reader| match directory
            .centers
            .iter()
            .find(|center| center.center.0 == reader.recipient.0)
        {
            Some(center) => json!(center.center),
            None => json!("herself"),
        };
        let columns: Vec<_> = laid
            .readers()
            .map(|(no, reader)| {
                let kinds = Kind::ALL.into_iter().filter(|kind| reader.compartments.has(*kind));
                let kinds: Vec<u8> = kinds.map(Kind::number).collect();
                json!({"column": no.number(), "reader": id(reader), "compartments": kinds})
            })
            .collect();
        let leads = self.consents.first().map(|consent| Exact(consent.recipient.0));
        let notes = json!({"v": 1, "wants": told.wants, "leads": leads, "columns": columns});
        HashMap::from([
            (Kind::Contact.number(), written(&told.contact)),
            (Kind::Incident.number(), written(&told.incident)),
            (Kind::Perpetrator.number(), written(&told.perpetrator)),
            (Kind::Safety.number(), written(&told.safety)),
            (Kind::Notes.number(), written(&notes)),
        ])
    }

    /// That the mailbox is hers.
    async fn proof(&self) -> Result<Proof, Trouble> {
        let given: Challenge = self.phone.get("/api/onestop/challenge").await?;
        let asks = Asks { locator: self.mailbox.locator(), challenge: given.challenge.0 };
        let signer = self.mailbox.signer();
        Ok(Proof {
            locator: Exact(asks.locator),
            signing_key: Exact(signer.public()),
            challenge: given.challenge,
            signature: asks.sign(Asked::Opened, &signer).to_vec().into(),
        })
    }

    async fn look(&self) -> Result<Vec<Written>, Trouble> {
        let proof = self.proof().await?;
        let shown: Shown = self.phone.post("/api/onestop/mailbox", "evening-look", &proof).await?;
        let case = shown.cases.into_iter().find(|case| case.case.0 == self.case.0);
        let case = case.ok_or_else(|| Trouble::Garbled("no case".to_owned()))?;
        Ok(case.compartments.into_iter().chain(case.messages).chain(case.entries).collect())
    }

    /// Writes to the center that leads.
    pub(super) async fn write(&self, text: &str, rng: &mut ChaCha20Rng) -> Result<(), Trouble> {
        let message = Kind::Message.number();
        let said = self.look().await?.iter().filter(|one| one.kind == message).count();
        let next = u32::try_from(said).unwrap_or_default() + 1;
        let content = json!({"v": 1, "from": "herself", "text": text});
        self.lay((Kind::Message, next), &content, rng).await
    }

    /// Writes the next of a thread: a message, or what she says to the work.
    pub(super) async fn lay(
        &self,
        (kind, number): (Kind, u32),
        content: &serde_json::Value,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), Trouble> {
        let version = sealed(Version::of_number(number))?;
        let place = Place { case: self.case, kind, version };
        let Some(laid) = &self.laid else { return Ok(()) };
        let closed = sealed(laid.close(&place, &written(content), rng))?;
        let named = sealed(Sealed::of(&closed.bytes, &closed.wraps))?;
        let signature = Amended { place, sealed: named }.sign(&self.mailbox.signer());
        let write = WriteMailbox {
            proof: self.proof().await?,
            case: Exact(self.case.0),
            writing: Writing {
                kind: kind.number(),
                version: number,
                closed: closed.bytes.into(),
                wraps: each(&closed.wraps),
                signature: signature.to_vec().into(),
            },
        };
        let key = format!("evening-write-{}-{number}", kind.number());
        let path = "/api/onestop/mailbox/write";
        self.phone.post::<_, Received>(path, &key, &write).await.map(drop)
    }

    /// Takes back the consent to the center she chose as the `which`th after the first; nothing if
    /// there is none.
    pub(super) async fn take_back(
        &self,
        which: usize,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), Trouble> {
        let (Some(consent), Some(laid)) = (self.consents.get(which), &self.laid) else {
            return Ok(());
        };
        let mark = sealed(consent.mark())?;
        let theirs = laid.readers().find(|(_, reader)| reader.recipient == consent.recipient);
        let Some((no, _)) = theirs else { return Ok(()) };
        let signer = self.mailbox.signer();
        let mut moved = Vec::new();
        for kept in self.look().await? {
            let kind = sealed(Kind::of_number(kept.kind))?;
            let version = sealed(Version::of_number(kept.version))?;
            let place = Place { case: self.case, kind, version };
            let before = sealed(Wraps::of(&kept.wraps))?;
            let after = sealed(before.withdrawn(&place, laid.columns(), no, rng))?;
            let closed_hash = sealed(Sealed::of(kept.closed.as_ref(), &before))?.closed_hash;
            let record =
                Replaced { place, closed_hash, before: before.hash(), after: after.hash() };
            moved.push(Moved {
                kind: kept.kind,
                version: kept.version,
                wraps: each(&after),
                signature: record.sign(&signer).to_vec().into(),
            });
        }
        let at = hour(self.now);
        let withdraw = WithdrawConsent {
            proof: self.proof().await?,
            case: Exact(self.case.0),
            mark: Exact(mark),
            at,
            signature: Withdrawal { mark, at }.sign(&signer).to_vec().into(),
            moved,
        };
        let path = "/api/onestop/mailbox/withdraw";
        self.phone.post::<_, Received>(path, "evening-back", &withdraw).await.map(drop)
    }
}

/// A report as it goes over the wire.
fn sent(parcel: Parcel) -> Report {
    let compartments = parcel.compartments.into_iter();
    let knocks = parcel.knocks.into_iter();
    Report {
        manifest: parcel.manifest.bytes().into(),
        signature: parcel.signature.to_vec().into(),
        compartments: compartments
            .map(|one| Compartment { wraps: each(&one.wraps), closed: one.bytes.into() })
            .collect(),
        knocks: knocks
            .map(|(epoch, knock)| Knock {
                center: Exact(epoch.team.0),
                epoch: epoch.number,
                knock: knock.into(),
            })
            .collect(),
    }
}
