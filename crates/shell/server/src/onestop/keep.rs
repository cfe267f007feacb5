//! Keeping what she or a center writes and moves: the same for both but for whose key it is.

use crate::problem::Turned;
use ::onestop::{Author, Kept, Moving, Newest, Receipt, Refusal, Writing, case::place};
use kernel::Instant;
use seal::{
    id::{CaseId, DeviceId},
    wrap::Wraps,
};
use store::{Failure, NewestVersion, SealedVersion, Tx, WrapsMove};
use wire::onestop::{self, Received};

/// What is written to a case.
pub(super) fn writing(case: [u8; 16], sent: onestop::Writing) -> Result<Writing, Turned> {
    let place = place(CaseId(case), sent.kind, sent.version)?;
    Ok(Writing::read(place, sent.closed.0, &sent.wraps, sent.signature.0)?)
}

/// What is moved in a case.
pub(super) fn moving(case: [u8; 16], sent: Vec<onestop::Moved>) -> Result<Vec<Moving>, Turned> {
    let read = |one: onestop::Moved| {
        let place = place(CaseId(case), one.kind, one.version)?;
        Ok(Moving::read(place, &one.wraps, one.signature.0)?)
    };
    sent.into_iter().map(read).collect()
}

const fn device(author: Author) -> Option<[u8; 16]> {
    match author {
        Author::Herself => None,
        Author::Device(device) => Some(device.0),
    }
}

/// The newest version there is of what is written anew.
pub(super) async fn newest(tx: &mut Tx, writing: &Writing) -> Result<Option<Newest>, Turned> {
    let place = writing.place;
    Ok(tx.case_newest(&place.case.0, place.kind.number()).await?.map(|one| known(&one)))
}

fn known(newest: &NewestVersion) -> Newest {
    Newest {
        version: newest.version,
        closed_hash: newest.closed_hash,
        by: newest.author.map_or(Author::Herself, |device| Author::Device(DeviceId(device))),
    }
}

/// Keeps a new version, or the next of a thread, once; whether something else made room for it.
pub(super) async fn write(
    tx: &mut Tx,
    writing: &Writing,
    by: Author,
    hour: Instant,
) -> Result<(Received, bool), Turned> {
    let (case, kind) = (writing.place.case.0, writing.place.kind);
    let newest = tx.case_newest(&case, kind.number()).await?;
    let known = newest.as_ref().map(known);
    if let (Receipt::Same, Some(newest)) = (writing.write(known.as_ref(), by)?, newest) {
        return Ok((Received { received_at: newest.written_at }, false));
    }
    let written = SealedVersion {
        kind: kind.number(),
        version: writing.place.version.number(),
        closed: writing.closed.clone(),
        closed_hash: writing.sealed.closed_hash,
        wraps: writing.wraps.joined().to_vec(),
        author: device(by),
        signature: Some(writing.signature.clone()),
        written_at: hour,
    };
    let stays = kind.is_thread();
    tx.case_version_put(&case, &written, stays).await?;
    Ok((Received { received_at: hour }, !stays))
}

/// Everything that is kept of a case, as far as moves look at it.
pub(super) async fn kept(tx: &mut Tx, case: [u8; 16]) -> Result<Vec<Kept>, Turned> {
    let rows = tx.case_wraps(&case).await?;
    let read = |row: store::KeptWraps| {
        // What was taken reads.
        let broken = |_changed: seal::Refusal| Failure::Sealed;
        let place =
            place(CaseId(case), row.kind, row.version).map_err(|_changed| Failure::Sealed)?;
        let wraps = Wraps::of_joined(&row.wraps).map_err(broken)?;
        Ok(Kept { place, closed_hash: row.closed_hash, wraps })
    };
    let kept: Result<Vec<_>, Failure> = rows.into_iter().map(read).collect();
    Ok(kept?)
}

/// Puts the wraps that are new in their places.
pub(super) async fn rewrap(
    tx: &mut Tx,
    kept: &[Kept],
    moving: &[Moving],
    receipts: &[Receipt],
    by: Author,
) -> Result<(), Turned> {
    for (one, receipt) in moving.iter().zip(receipts) {
        if *receipt == Receipt::Same {
            continue;
        }
        let before = kept.iter().find(|kept| kept.place == one.place);
        let before = before.ok_or(Refusal::VersionTaken)?;
        let moved = WrapsMove {
            kind: one.place.kind.number(),
            version: one.place.version.number(),
            wraps_before: before.wraps.hash(),
            author: device(by),
            signature: one.signature.clone(),
        };
        tx.case_rewrap(&one.place.case.0, &moved, one.wraps.joined()).await?;
    }
    Ok(())
}
