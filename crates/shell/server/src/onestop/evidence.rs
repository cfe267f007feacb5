//! Files of the evidence: part by part, by her or by a caseworker, for a case that is there. What is
//! handed out was noted in the custody log before.

use super::{custody, state::proven};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Caseworker,
    problem::Turned,
};
use ::onestop::{
    Author, Receipt, Refusal,
    evidence::{Announced, PARTS_DELETED_AT_ONCE, Padded, Room, goes_on_since},
    rules::kept_time,
};
use axum::{Json, extract::State, http::StatusCode};
use kernel::Instant;
use seal::id::{CaseId, DeviceId, FileId, TeamId};
use std::time::Duration;
use store::{Failure, SealedFile, Tx};
use wire::{
    onestop::{
        BeginFile, BeginOwnFile, Bytes, CaseFiles, DeleteOwnFiles, Exact, FileBegun, FilePart,
        FileState, FindCase, GetOwnPart, GetPart, OwnFiles, PartFound, Proof, Received,
        SendOwnPart, SendPart, WhichPart,
    },
    problem::Problem,
};

/// How long somebody waits for parts to be deleted; the rest goes with the next forgetting.
const CLEARING: Duration = Duration::from_secs(8);

/// Begin a file of one's own case.
#[utoipa::path(post, path = "/api/onestop/mailbox/file/begin", tag = "onestop",
    request_body = BeginOwnFile,
    responses((status = 201, body = Received), (status = 200, body = Received),
        (status = "4XX", body = Problem)))]
pub async fn begin_own(
    State(app): State<App>,
    Told(asked): Told<BeginOwnFile>,
) -> Result<(StatusCode, Json<Received>), Turned> {
    app.holds(&asked.proof, &asked.case.0).await?;
    app.begin(announced(asked.case.0, &asked.begun)?).await
}

/// Begin a file of a case.
#[utoipa::path(post, path = "/api/onestop/case/file/begin", tag = "onestop",
    request_body = BeginFile,
    responses((status = 201, body = Received), (status = 200, body = Received),
        (status = "4XX", body = Problem)))]
pub async fn begin(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<BeginFile>,
) -> Result<(StatusCode, Json<Received>), Turned> {
    app.may_work(&worker)?;
    app.own_device(&worker, DeviceId(asked.device.0)).await?;
    app.begin(announced(asked.case.0, &asked.begun)?).await
}

/// Send a part of a file of one's own case.
#[utoipa::path(post, path = "/api/onestop/mailbox/file/part", tag = "onestop",
    request_body = SendOwnPart,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn part_own(
    State(app): State<App>,
    Told(asked): Told<SendOwnPart>,
) -> Result<StatusCode, Turned> {
    app.holds(&asked.proof, &asked.case.0).await?;
    app.take_part(asked.case.0, &asked.sent).await
}

/// Send a part of a file of a case.
#[utoipa::path(post, path = "/api/onestop/case/file/part", tag = "onestop",
    request_body = SendPart,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn part(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<SendPart>,
) -> Result<StatusCode, Turned> {
    app.may_work(&worker)?;
    app.own_device(&worker, DeviceId(asked.device.0)).await?;
    app.take_part(asked.case.0, &asked.sent).await
}

/// How far the files of one's own case have come.
#[utoipa::path(post, path = "/api/onestop/mailbox/file/state", tag = "onestop",
    request_body = OwnFiles,
    responses((status = 200, body = CaseFiles), (status = "4XX", body = Problem)))]
pub async fn state_own(State(app): State<App>, Told(asked): Told<OwnFiles>) -> Answer<CaseFiles> {
    app.holds(&asked.proof, &asked.case.0).await?;
    app.files_of(&asked.case.0).await
}

/// How far the files of a case have come.
#[utoipa::path(post, path = "/api/onestop/case/file/state", tag = "onestop",
    request_body = FindCase,
    responses((status = 200, body = CaseFiles), (status = "4XX", body = Problem)))]
pub async fn state(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<FindCase>,
) -> Answer<CaseFiles> {
    app.may_work(&worker)?;
    app.store().case_owner(&asked.case.0).await?.ok_or(Turned::NoSuchThing)?;
    app.files_of(&asked.case.0).await
}

/// A part of a file of one's own case, once it was noted that it goes back to her.
#[utoipa::path(post, path = "/api/onestop/mailbox/file/get", tag = "onestop",
    request_body = GetOwnPart,
    responses((status = 200, body = PartFound), (status = "4XX", body = Problem)))]
pub async fn get_own(State(app): State<App>, Told(asked): Told<GetOwnPart>) -> Answer<PartFound> {
    app.holds(&asked.proof, &asked.case.0).await?;
    app.hand_out(&asked.case.0, &asked.wanted, Author::Herself).await
}

/// A part of a file of a case, once it was noted what for.
#[utoipa::path(post, path = "/api/onestop/case/file/get", tag = "onestop",
    request_body = GetPart,
    responses((status = 200, body = PartFound), (status = "4XX", body = Problem)))]
pub async fn get(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<GetPart>,
) -> Answer<PartFound> {
    app.may_work(&worker)?;
    let (author, _) = app.own_device(&worker, DeviceId(asked.device.0)).await?;
    app.hand_out(&asked.case.0, &asked.wanted, author).await
}

/// Delete a file of one's own case, with every copy of it.
#[utoipa::path(post, path = "/api/onestop/mailbox/file/delete", tag = "onestop",
    request_body = DeleteOwnFiles,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub async fn delete(
    State(app): State<App>,
    Told(asked): Told<DeleteOwnFiles>,
) -> Result<StatusCode, Turned> {
    let DeleteOwnFiles { proof, case, leaf, noted } = asked;
    app.holds(&proof, &case.0).await?;
    let by = (TeamId::HERSELF, Author::Herself, &proof.signing_key.0);
    let note = noted.map(|noted| custody::read(noted, by, app.now())).transpose()?;
    if note.as_ref().is_some_and(|note| !custody::deletes(note, &leaf.0)) {
        return Err(Refusal::Seal(seal::Refusal::FormBroken).into());
    }
    app.store()
        .transact("onestop::file_delete", async |tx| {
            let files = tx.files_called(&leaf.0).await?;
            let own: Vec<_> = files.into_iter().filter(|file| file.case == case.0).collect();
            if own.is_empty() {
                return Ok::<_, Turned>(());
            }
            match &note {
                Some(note) => {
                    custody::note(tx, note).await?;
                }
                None if tx.custody_last(&leaf.0).await?.is_some() => {
                    return Err(Refusal::NotNoted.into());
                }
                None => {}
            }
            for file in own {
                tx.file_delete(&file.id).await?;
            }
            Ok(())
        })
        .await?;
    app.files_cleared().await;
    Ok(StatusCode::NO_CONTENT)
}

fn announced(case: [u8; 16], begun: &FileBegun) -> Result<Announced, Turned> {
    let padded = Padded::of(begun.padded)?;
    Ok(Announced { case: CaseId(case), file: FileId(begun.file.0), leaf: begun.leaf.0, padded })
}

/// A file as it is kept; what was taken reads.
fn kept(file: &SealedFile) -> Result<Announced, Failure> {
    let padded = Padded::of(file.padded).map_err(|_changed| Failure::Sealed)?;
    Ok(Announced { case: CaseId(file.case), file: FileId(file.id), leaf: file.leaf, padded })
}

/// Begins a file, if there is room for it.
async fn begin_in(tx: &mut Tx, file: &Announced, hour: Instant) -> Result<Receipt, Turned> {
    let (id, case) = (file.file.0, file.case.0);
    // What is left of one that was deleted is no part of another.
    if tx.file_is_going(&id).await? {
        return Err(Refusal::FileTaken.into());
    }
    let known = tx.file(&id).await?.as_ref().map(kept).transpose()?;
    let held = tx.files_held(&case, hour).await?;
    let room =
        Room { files: held.files, parts: held.parts, this_hour: held.this_hour, all: held.all };
    let receipt = file.begin(known.as_ref(), &room)?;
    if receipt == Receipt::New {
        tx.file_put(&SealedFile {
            id,
            case,
            leaf: file.leaf,
            padded: file.padded.bytes(),
            parts: file.padded.parts(),
            begun_at: hour,
        })
        .await?;
    }
    Ok(receipt)
}

impl App {
    /// Whether this mailbox is hers and the case lies in it; anybody else's is not there.
    pub(super) async fn holds(&self, proof: &Proof, case: &[u8; 16]) -> Result<(), Turned> {
        proven(self, proof, self.now())?;
        let owner = self.store().case_owner(case).await?;
        let hers = owner == Some((proof.locator.0, proof.signing_key.0));
        if hers { Ok(()) } else { Err(Turned::NoSuchThing) }
    }

    async fn begin(&self, file: Announced) -> Result<(StatusCode, Json<Received>), Turned> {
        let hour = kept_time(self.now());
        let receipt = self
            .store()
            .transact("onestop::file_begin", async |tx| {
                tx.case(&file.case.0).await?.ok_or(Turned::NoSuchThing)?;
                begin_in(tx, &file, hour).await
            })
            .await?;
        let status = match receipt {
            Receipt::New => StatusCode::CREATED,
            Receipt::Same => StatusCode::OK,
        };
        Ok((status, Json(Received { received_at: hour })))
    }

    async fn take_part(&self, case: [u8; 16], sent: &FilePart) -> Result<StatusCode, Turned> {
        let hour = kept_time(self.now());
        let id = sent.file.0;
        let here = |file: Option<SealedFile>| {
            file.filter(|file| file.case == case).ok_or(Turned::NoSuchThing)
        };
        let known = here(self.store().file(&id).await?)?;
        kept(&known)?.takes(sent.part, &sent.closed.0)?;
        let taken = self
            .store()
            .transact("onestop::file_part", async |tx| {
                // It may have been deleted meanwhile: nothing of it may come back.
                here(tx.file(&id).await?)?;
                Ok::<_, Turned>(tx.file_part_put(&id, sent.part, &sent.closed.0, hour).await?)
            })
            .await?;
        if taken { Ok(StatusCode::NO_CONTENT) } else { Err(Refusal::PartTaken.into()) }
    }

    async fn files_of(&self, case: &[u8; 16]) -> Answer<CaseFiles> {
        let state = |(file, here): (SealedFile, Vec<u32>)| FileState {
            file: Exact(file.id),
            parts: file.parts,
            missing: (0..file.parts).filter(|part| here.binary_search(part).is_err()).collect(),
            begun_at: file.begun_at,
        };
        let files = self.store().files(case).await?;
        Ok(Json(CaseFiles { files: files.into_iter().map(state).collect() }))
    }

    async fn hand_out(&self, case: &[u8; 16], wanted: &WhichPart, to: Author) -> Answer<PartFound> {
        let file = self.store().file(&wanted.file.0).await?;
        let file = file.filter(|file| file.case == *case).ok_or(Turned::NoSuchThing)?;
        if !self.was_noted(&file.leaf, to).await? {
            return Err(Refusal::NotNoted.into());
        }
        let closed = self.store().file_part(&file.id, wanted.part).await?;
        Ok(Json(PartFound { closed: Bytes(closed.ok_or(Turned::NoSuchThing)?) }))
    }

    /// Deletes what is left of files that are gone, and of those that were never whole.
    ///
    /// # Errors
    /// [`Failure`] of the store.
    pub(crate) async fn clear_files(&self) -> Result<(), Failure> {
        self.store().clear_files(goes_on_since(self.now()), PARTS_DELETED_AT_ONCE).await
    }

    /// The same while somebody waits for it. What takes longer or fails is done with the next
    /// forgetting, within minutes.
    pub(super) async fn files_cleared(&self) {
        if let Ok(Err(failure)) = tokio::time::timeout(CLEARING, self.clear_files()).await {
            tracing::warn!(%failure, "deleted files are cleared later");
        }
    }
}
