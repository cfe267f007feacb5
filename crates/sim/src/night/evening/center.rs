//! A center's caseworker: her device, the center's key, what knocks, and an answer.

use super::{hour, sealed};
use crate::night::Scene;
use crate::night::phone::{Phone, Trouble};
use rand::{Rng, rngs::ChaCha20Rng};
use seal::{
    columns::ColumnNo,
    compartment::{Kind, Place, Version},
    device::Device,
    directory::{DeviceEntry, Entry, Service, TeamKeyEntry},
    id::{CaseId, DeviceId, TeamId},
    key::{PrivateKey, PublicKey},
    knock::Knock,
    laid::{Laid, Reader},
    letter::{LetterPlace, Written, close},
    mailbox::Salt,
    report::{Amended, Manifest, Sealed},
    team::Epoch,
    words::Phrase,
    wrap::Wraps,
};
use serde_json::json;
use wire::onestop::{
    AnswerKnock, Case, CaseDesk, CenterService, Exact, FindCase, KeyWrap, KnockItem, Knocks,
    NewDevice, NewTeamKey, Received, ReferralLetter, WriteCase, Writing,
};

/// How long an invented key is valid, in milliseconds: a year.
const YEAR: u64 = 365 * 24 * 3_600_000;

/// A center's key, as she who writes gets it from the directory.
pub(super) struct CenterKey {
    pub(super) epoch: Epoch,
    pub(super) public: PublicKey,
}

/// A center with a caseworker signed in.
pub(super) struct Center {
    phone: Phone,
    device: (DeviceId, Device),
    pub(super) key: CenterKey,
    opens: PrivateKey,
}

/// A case as a knock led to it.
pub(super) struct Opened {
    pub(super) knock: (KnockItem, Knock),
    pub(super) case: Case,
    pub(super) manifest: Manifest,
}

const fn service(of: CenterService) -> Service {
    match of {
        CenterService::Counsel => Service::Counsel,
        CenterService::Medical => Service::Medical,
        CenterService::Legal => Service::Legal,
        CenterService::Shelter => Service::Shelter,
        CenterService::Police => Service::Police,
        CenterService::Figures => Service::Figures,
    }
}

impl Center {
    /// Registers a caseworker's device and makes the center's first key; nothing if it has one.
    pub(super) async fn found(
        scene: &Scene,
        part: &str,
        words: &Phrase,
        salt: Salt,
        rng: &mut ChaCha20Rng,
    ) -> Result<Option<Self>, Trouble> {
        let mut phone = scene.phone(part);
        phone.sit_down(part, &scene.pass, "evening").await?;
        let desk: CaseDesk = phone.get("/api/onestop/desk").await?;
        if desk.epoch > 0 {
            return Ok(None);
        }
        let from = hour(scene.watch.now());
        let mut number = [0; 16];
        rng.fill_bytes(&mut number);
        let device = (DeviceId(number), sealed(Device::open(words, salt))?);
        let epoch = Epoch { team: TeamId(desk.center.0), number: 1 };
        let own = Entry::Device(DeviceEntry {
            team: epoch.team,
            device: device.0,
            signing_key: device.1.signer().public(),
            public_key: device.1.key().public().bytes(),
            valid_from: from,
            valid_to: from + YEAR,
        });
        let new = NewDevice { entry: sealed(own.bytes())?.into() };
        phone.tell("/api/onestop/device", "evening-device", &new).await?;
        let opens = sealed(PrivateKey::draw(rng))?;
        let entry = Entry::TeamKey(TeamKeyEntry {
            team: epoch.team,
            epoch: epoch.number,
            service: service(desk.service),
            public_key: opens.public().bytes(),
            valid_from: from,
            valid_to: from + YEAR,
        });
        let wrap = sealed(epoch.close(&opens, device.0, &device.1.key().public(), rng))?;
        let new = NewTeamKey {
            entry: sealed(entry.bytes())?.into(),
            wraps: vec![KeyWrap { device: Exact(number), wrap: wrap.to_vec().into() }],
        };
        phone.tell("/api/onestop/team-key", "evening-key", &new).await?;
        let key = CenterKey { epoch, public: opens.public() };
        Ok(Some(Self { phone, device, key, opens }))
    }

    /// The cases that knocked, opened.
    pub(super) async fn inbox(&self) -> Result<Vec<Opened>, Trouble> {
        let Knocks { knocks } = self.phone.get("/api/onestop/knocks").await?;
        let mut opened = Vec::new();
        for item in knocks {
            let knock = sealed(Knock::open(self.key.epoch, &self.opens, item.knock.as_ref()))?;
            let CaseId(number) = knock.case();
            let find = FindCase { case: Exact(number) };
            let case: Case = self.phone.post("/api/onestop/case", "evening-case", &find).await?;
            let manifest =
                sealed(Manifest::verify(case.manifest.as_ref(), case.signature.as_ref()))?;
            sealed(knock.verify(&manifest))?;
            opened.push(Opened { knock: (item, knock), case, manifest });
        }
        Ok(opened)
    }

    /// Answers her: the next message of the case, closed for her and for the center.
    pub(super) async fn answer(
        &self,
        opened: &Opened,
        text: &str,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), Trouble> {
        let next = u32::try_from(opened.case.messages.len()).unwrap_or_default() + 1;
        let content = json!({"v": 1, "from": "center", "text": text});
        self.lay(opened, (Kind::Message, next), &content, rng).await?;
        let answered = AnswerKnock { id: opened.knock.0.id };
        self.phone.tell("/api/onestop/knocks/answered", "evening-answered", &answered).await
    }

    /// Writes the next of a thread: a message, or an entry of the work.
    pub(super) async fn lay(
        &self,
        opened: &Opened,
        (kind, number): (Kind, u32),
        content: &serde_json::Value,
        rng: &mut ChaCha20Rng,
    ) -> Result<(), Trouble> {
        let Opened { knock: (_, knock), case, manifest } = opened;
        let version = sealed(Version::of_number(number))?;
        let place = Place { case: manifest.case, kind, version };
        let readers = vec![
            self.her_column(knock, case, manifest)?,
            (
                knock.column,
                Reader {
                    recipient: self.key.epoch.team,
                    key: self.opens.public(),
                    compartments: knock.consent.compartments,
                },
            ),
        ];
        let laid = Laid::again(manifest.columns, readers);
        let closed = sealed(laid.close(&place, content.to_string().as_bytes(), rng))?;
        let named = sealed(Sealed::of(&closed.bytes, &closed.wraps))?;
        let signature = Amended { place, sealed: named }.sign(&self.device.1.signer());
        let write = WriteCase {
            case: case.case,
            device: Exact(self.device.0.0),
            writing: Writing {
                kind: kind.number(),
                version: number,
                closed: closed.bytes.into(),
                wraps: closed.wraps.each().iter().map(|wrap| wrap.to_vec().into()).collect(),
                signature: signature.to_vec().into(),
            },
        };
        let key = format!("evening-lay-{}-{number}", kind.number());
        self.phone.post::<_, Received>("/api/onestop/case/write", &key, &write).await.map(drop)
    }

    /// A letter of a referral between two centers, as this one closes and signs it.
    pub(super) fn letter(
        &self,
        place: LetterPlace,
        (sender, receiver): (&CenterKey, &CenterKey),
        content: &serde_json::Value,
        rng: &mut ChaCha20Rng,
    ) -> Result<ReferralLetter, Trouble> {
        let ends = ((sender.epoch, &sender.public), (receiver.epoch, &receiver.public));
        let content = content.to_string();
        let letter = sealed(close(&place, content.as_bytes(), ends.0, ends.1, rng))?;
        let (from, to) = (sender.epoch.team, receiver.epoch.team);
        let written = sealed(Written::of(place, from, to, &letter.closed, &letter.wraps))?;
        Ok(ReferralLetter {
            number: place.number.get(),
            wraps: letter.wraps.each().iter().map(|wrap| wrap.to_vec().into()).collect(),
            closed: letter.closed.into(),
            signature: written.sign(&self.device.1.signer()).to_vec().into(),
        })
    }

    /// Tells the server something, as this center.
    pub(super) async fn tell<B: serde::Serialize + Sync>(
        &self,
        path: &str,
        key: &str,
        body: &B,
    ) -> Result<(), Trouble> {
        self.phone.tell(path, key, body).await
    }

    /// Its device, as bodies name it.
    pub(super) const fn device(&self) -> Exact<16> {
        Exact(self.device.0.0)
    }

    /// Which column is hers stands in the notes, which the leading center can read.
    fn her_column(
        &self,
        knock: &Knock,
        case: &Case,
        manifest: &Manifest,
    ) -> Result<(ColumnNo, Reader), Trouble> {
        let kind = Kind::Notes;
        let place = Place { case: manifest.case, kind, version: Version::FIRST };
        let kept = case.compartments.iter().find(|kept| kept.kind == kind.number());
        let kept = kept.ok_or_else(|| Trouble::Garbled("no notes".to_owned()))?;
        let wraps = sealed(Wraps::of(&kept.wraps))?;
        let key = sealed(wraps.open(&self.opens, &place, &manifest.columns, knock.column))?;
        let notes = sealed(seal::compartment::open(&key, &place, None, kept.closed.as_ref()))?;
        let notes: serde_json::Value = serde_json::from_slice(notes.expose())
            .map_err(|error| Trouble::Garbled(error.to_string()))?;
        let columns = notes["columns"].as_array().map(Vec::as_slice).unwrap_or_default();
        let hers = columns.iter().find(|column| column["reader"] == "herself");
        let no =
            hers.and_then(|column| column["column"].as_u64()).and_then(|no| u8::try_from(no).ok());
        let no = no.ok_or_else(|| Trouble::Garbled("no column of hers".to_owned()))?;
        let reader = Reader {
            recipient: TeamId::HERSELF,
            key: sealed(PublicKey::from_bytes(&manifest.public_key))?,
            compartments: Kind::ALL.into_iter().collect(),
        };
        Ok((sealed(ColumnNo::of_number(no))?, reader))
    }
}
