//! What arrives whole: a report with its twelve compartments, and a letter with its two wraps. Whatever
//! is taken out, exchanged, cut or turned, what is read is what was sent, or nothing is.

use super::is_named;
use crate::{
    cut::Cut,
    key::{PUBLIC, SIGNER, dice, held},
};
use onestop::{
    Report,
    case::{Writing, place},
    referral::{Arrived, KeptLetter, Moving, move_side},
    report::Knock,
};
use seal::{
    compartment::Kind,
    consent::{Channel, Consent, GivenBy, Purpose},
    id::{CaseId, ReferralId, TeamId},
    laid::Laid,
    letter::{LetterPlace, LetterWraps, Moved, Side, Written, close},
    mailbox::{Mailbox, Salt},
    team::Epoch,
    words::{Language, Phrase},
};
use std::sync::LazyLock;

const CASE: CaseId = CaseId([1; 16]);
const SENDER: TeamId = TeamId([2; 16]);
const RECEIVER: TeamId = TeamId([3; 16]);
const REFERRAL: ReferralId = ReferralId([4; 16]);

/// A report as it is sent: bytes alone.
#[derive(Clone, PartialEq)]
struct Sent {
    manifest: Vec<u8>,
    signature: Vec<u8>,
    parts: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    knocks: Vec<([u8; 16], u32, Vec<u8>)>,
}

impl Sent {
    fn read(&self) -> Result<Report, onestop::Refusal> {
        let knocks = self.knocks.iter().map(|(center, epoch, note)| Knock {
            center: TeamId(*center),
            epoch: *epoch,
            note: note.clone(),
        });
        let (manifest, signature) = (self.manifest.clone(), self.signature.clone());
        Report::read(manifest, signature, self.parts.clone(), knocks.collect())
    }
}

fn consent(recipient: TeamId, epoch: u32) -> Consent {
    Consent {
        salt: [5; 16],
        case: CASE,
        recipient,
        epoch,
        compartments: Kind::OF_REPORT.into_iter().collect(),
        purposes: [Purpose::Services, Purpose::Figures].into_iter().collect(),
        given_at: 1,
        ends_at: 0,
        given_by: GivenBy::Herself,
        channel: Channel::InWriting,
        language: Language::Korean,
        text_hash: [6; 32],
    }
}

static SENT: LazyLock<Sent> = LazyLock::new(|| {
    let mut rng = dice(60);
    let she = held(Mailbox::open(&Phrase::draw(&mut rng), Salt([7; 16])));
    let consents = [consent(TeamId::HERSELF, 0), consent(SENDER, 1), consent(RECEIVER, 2)];
    let readers = consents.clone().map(|consent| (consent, PUBLIC.clone()));
    let laid = held(Laid::draw(readers.into(), &mut rng));
    let parcel = held(laid.seal(&she, CASE, &consents, |_| b"what happened", &mut rng));
    let whole = |wraps: &[[u8; 1_168]; 8]| wraps.iter().map(|wrap| wrap.to_vec()).collect();
    Sent {
        manifest: parcel.manifest.bytes(),
        signature: parcel.signature.to_vec(),
        parts: parcel
            .compartments
            .iter()
            .map(|one| (one.bytes.clone(), whole(one.wraps.each())))
            .collect(),
        knocks: parcel.knocks.into_iter().map(|(of, note)| (of.team.0, of.number, note)).collect(),
    }
});

/// Takes out, doubles, exchanges, or turns a bit of one of many.
fn disturb(many: &mut Vec<Vec<u8>>, cut: &mut Cut<'_>) {
    if many.is_empty() {
        return;
    }
    let (one, other) = (cut.below(many.len()), cut.below(many.len()));
    match cut.u8() % 5 {
        0 => drop(many.remove(one)),
        1 => many.push(many[one].clone()),
        2 => many.swap(one, other),
        3 => many[one].truncate(usize::from(cut.u16())),
        _ => turn(&mut many[one], cut),
    }
}

/// Turns bits of one byte.
fn turn(bytes: &mut [u8], cut: &mut Cut<'_>) {
    let (at, bits) = (cut.u32() as usize, cut.u8());
    let length = bytes.len().max(1);
    if let Some(byte) = bytes.get_mut(at % length) {
        *byte ^= bits;
    }
}

/// A report, and what somebody on the way did to it.
pub fn report(bytes: &[u8]) {
    let (mut cut, mut sent) = (Cut::new(bytes), SENT.clone());
    for _ in 0..cut.u8() % 6 {
        let part = cut.below(sent.parts.len().max(1));
        match cut.u8() % 7 {
            0 => turn(&mut sent.manifest, &mut cut),
            1 => turn(&mut sent.signature, &mut cut),
            2 => sent.parts.truncate(part),
            3 => sent.parts.extend(sent.parts.get(part).cloned()),
            4 => sent.parts.iter_mut().skip(part).take(1).for_each(|(_, w)| disturb(w, &mut cut)),
            5 => sent.parts.iter_mut().skip(part).take(1).for_each(|(c, _)| turn(c, &mut cut)),
            _ => knocks(&mut sent.knocks, &mut cut),
        }
    }
    match sent.read() {
        Ok(report) => {
            // Knocks are for their centers to open; everything else is under her signature.
            let unchanged = Sent { knocks: sent.knocks.clone(), ..SENT.clone() };
            assert!(sent == unchanged, "something was changed and taken");
            assert!(report.parts.len() == 12 && report.knocks.len() <= 7);
        }
        Err(refusal) => {
            assert!(sent != *SENT, "what she sent was refused");
            is_named(refusal);
        }
    }
    written(bytes);
}

fn knocks(knocks: &mut Vec<([u8; 16], u32, Vec<u8>)>, cut: &mut Cut<'_>) {
    let (at, what) = (cut.below(knocks.len().max(1)), cut.u8() % 4);
    let Some((center, epoch, note)) = knocks.get_mut(at) else { return };
    match what {
        0 => *center = [cut.u8(); 16],
        1 => *epoch = cut.u32(),
        2 => note.truncate(usize::from(cut.u16())),
        _ => {
            let mut one = (*center, *epoch, note.clone());
            one.0[0] ^= cut.u8();
            knocks.push(one);
        }
    }
}

/// What is written to a case later: numbers, a ciphertext and wraps.
fn written(bytes: &[u8]) {
    let mut cut = Cut::new(bytes);
    let (kind, version) = (cut.u8(), cut.u32());
    let place = match place(CASE, kind, version) {
        Ok(place) => place,
        Err(refusal) => return is_named(refusal),
    };
    let Some((closed, wraps)) = SENT.parts.first() else { return };
    let (mut closed, mut wraps) = (closed.clone(), wraps.clone());
    closed.truncate(16_400 - cut.below(3) % 2);
    disturb(&mut wraps, &mut cut);
    match Writing::read(place, closed, &wraps, cut.rest().to_vec()) {
        Ok(writing) => assert!(writing.is_signed_by(&SIGNER.public()).is_err(), "nobody signed it"),
        Err(refusal) => is_named(refusal),
    }
}

/// The first letter of a referral, with its wraps and its writer's signature.
static LETTER: LazyLock<(Vec<u8>, LetterWraps, Vec<u8>)> = LazyLock::new(|| {
    let epoch = |team| (Epoch { team, number: 1 }, &*PUBLIC);
    let place = held(LetterPlace::of(REFERRAL, 1));
    let made = held(close(&place, b"one bed", epoch(SENDER), epoch(RECEIVER), &mut dice(61)));
    let written = held(Written::of(place, SENDER, RECEIVER, &made.closed, &made.wraps));
    let signature = written.sign(&SIGNER).to_vec();
    (made.closed, made.wraps, signature)
});

/// A letter, and what somebody on the way did to it; then the same with its wraps moved.
pub fn letter(bytes: &[u8]) {
    let (closed, wraps, signature) = &*LETTER;
    let (mut cut, mut number) = (Cut::new(bytes), 1);
    let mut wrapped: Vec<Vec<u8>> = wraps.each().iter().map(|wrap| wrap.to_vec()).collect();
    let (mut now, mut signed) = (closed.clone(), signature.clone());
    for _ in 0..cut.u8() % 4 {
        match cut.u8() % 5 {
            0 => number = cut.u32(),
            1 => turn(&mut now, &mut cut),
            2 => turn(&mut signed, &mut cut),
            3 => now.truncate(usize::from(cut.u16())),
            _ => disturb(&mut wrapped, &mut cut),
        }
    }
    let same =
        wrapped.iter().map(Vec::as_slice).eq(wraps.each().iter().map(<[u8; 1_168]>::as_slice));
    let unchanged = same && number == 1 && now == *closed && signed == *signature;
    match Arrived::read((REFERRAL, number), now, &wrapped, signed) {
        Ok(arrived) => {
            let key = SIGNER.public();
            assert_eq!(arrived.is_signed_by((SENDER, RECEIVER), &key).is_ok(), unchanged);
            assert!(arrived.is_signed_by((RECEIVER, SENDER), &key).is_err());
            moved(&arrived, &mut cut);
        }
        Err(refusal) => {
            assert!(!unchanged);
            is_named(refusal);
        }
    }
}

/// The wraps that arrived in the place of those that are kept: only one side's may be others.
fn moved(arrived: &Arrived, cut: &mut Cut<'_>) {
    let (_, wraps, _) = &*LETTER;
    let kept = KeptLetter { number: 1, closed_hash: arrived.closed_hash, wraps: wraps.clone() };
    let place = held(LetterPlace::of(REFERRAL, 1));
    let (before, after) = (wraps.hash(), arrived.wraps.hash());
    let moved = Moved { place, closed_hash: arrived.closed_hash, before, after };
    let moving = |number| Moving {
        number,
        wraps: arrived.wraps.clone(),
        signature: moved.sign(&SIGNER).to_vec(),
    };
    let side = Side::ALL[cut.below(Side::ALL.len())];
    let differ: Vec<Side> = Side::ALL
        .into_iter()
        .filter(|side| {
            let at = usize::from(side.number());
            wraps.each()[at] != arrived.wraps.each()[at]
        })
        .collect();
    let kept = [kept];
    let taken = move_side(REFERRAL, side, &kept, &[moving(1)], &SIGNER.public());
    assert_eq!(taken.is_ok(), differ.is_empty() || differ == [side], "the other side's stay");
    let twice = move_side(REFERRAL, side, &kept, &[moving(1), moving(1)], &SIGNER.public());
    assert!(twice.is_err() && move_side(REFERRAL, side, &kept, &[moving(2)], &[]).is_err());
}
