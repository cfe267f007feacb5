//! The custody log: what was done with a piece of evidence, signed by who did it, and what is shown of
//! it. The log is read from the database each time, never from memory: what was changed there shows.

use super::state::{Known, team_of};
use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Caseworker,
    problem::Turned,
};
use ::onestop::{
    Author, Log, Receipt, Refusal,
    custody::{Changed, HANDS_OUT, Note, Past, Tree, holds_since},
    evidence::FILES_IN_A_CASE,
    rules::seal_time,
};
use axum::{Json, extract::State};
use kernel::Instant;
use seal::{
    custody::{Action, Event, sign_head},
    directory::Head,
    id::{DeviceId, TeamId},
};
use store::{Failure, KeptEvent, Store, Tx};
use wire::{
    onestop::{
        Bytes, CustodyDevice, CustodyEvent, CustodyFound, CustodyHead, CustodyNote, CustodyRest,
        Exact, FindCustody, FindOwnCustody, NoteCustody, NoteOwn, Noted,
    },
    problem::Problem,
};

/// Note what she did with a file of her case.
#[utoipa::path(post, path = "/api/onestop/mailbox/custody", tag = "onestop",
    request_body = NoteOwn,
    responses((status = 200, body = Noted), (status = "4XX", body = Problem)))]
pub async fn note_own(State(app): State<App>, Told(asked): Told<NoteOwn>) -> Answer<Noted> {
    app.holds(&asked.proof, &asked.case.0).await?;
    let by = (TeamId::HERSELF, Author::Herself, &asked.proof.signing_key.0);
    app.note(&asked.case.0, &read(asked.noted, by, app.now())?).await
}

/// Note what was done with a file of a case.
#[utoipa::path(post, path = "/api/onestop/case/custody", tag = "onestop",
    request_body = NoteCustody,
    responses((status = 200, body = Noted), (status = "4XX", body = Problem)))]
pub async fn note_for(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<NoteCustody>,
) -> Answer<Noted> {
    app.may_work(&worker)?;
    let (author, key) = app.own_device(&worker, DeviceId(asked.device.0)).await?;
    let by = (team_of(worker.center), author, &key);
    app.note(&asked.case.0, &read(asked.noted, by, app.now())?).await
}

/// What the log has of pieces of one's own.
#[utoipa::path(post, path = "/api/onestop/mailbox/custody/find", tag = "onestop",
    request_body = FindOwnCustody,
    responses((status = 200, body = CustodyFound), (status = "4XX", body = Problem)))]
pub async fn find_own(
    State(app): State<App>,
    Told(asked): Told<FindOwnCustody>,
) -> Answer<CustodyFound> {
    super::state::proven(&app, &asked.proof, app.now())?;
    app.custody_of(&asked.leaves).await
}

/// What the log has of some pieces; they are called by hashes that only who opened the case knows.
#[utoipa::path(post, path = "/api/onestop/case/custody/find", tag = "onestop",
    request_body = FindCustody,
    responses((status = 200, body = CustodyFound), (status = "4XX", body = Problem)))]
pub async fn find(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<FindCustody>,
) -> Answer<CustodyFound> {
    app.may_work(&worker)?;
    app.custody_of(&asked.leaves).await
}

/// Reads what is told of an act of this author.
pub(super) fn read(
    noted: CustodyNote,
    by: (TeamId, Author, &[u8; 32]),
    now: Instant,
) -> Result<Note, Refusal> {
    Note::read(noted.event.0, noted.signature.0, by, now)
}

/// Whether it says that this piece was deleted.
pub(super) fn deletes(note: &Note, leaf: &[u8; 32]) -> bool {
    note.event.action == Action::Deleted && note.event.leaf == *leaf
}

/// Adds a note to the log, once.
pub(super) async fn note(tx: &mut Tx, note: &Note) -> Result<Noted, Turned> {
    let leaf = &note.event.leaf;
    let last = tx.custody_last(leaf).await?;
    let whole = tx.file_is_whole(leaf).await?;
    let past = Past { last: last.as_ref().map(|kept| kept.event.as_slice()), whole };
    if note.append(&past)? == Receipt::New {
        tx.custody_append(&note.bytes, &note.signature).await?;
    }
    Ok(Noted { seq: note.event.seq })
}

impl App {
    async fn note(&self, case: &[u8; 16], said: &Note) -> Answer<Noted> {
        // Deleting is noted with the deletion.
        if said.event.action == Action::Deleted {
            return Err(Refusal::Seal(seal::Refusal::FormBroken).into());
        }
        let noted = self
            .store()
            .transact("onestop::custody_note", async |tx| {
                let files = tx.files_called(&said.event.leaf).await?;
                if files.iter().all(|file| file.case != *case) {
                    return Err(Turned::NoSuchThing);
                }
                note(tx, said).await
            })
            .await?;
        Ok(Json(noted))
    }

    /// Whether somebody has noted, in this hour or the last, why the bytes of a file are wanted.
    pub(super) async fn was_noted(&self, leaf: &[u8; 32], by: Author) -> Result<bool, Failure> {
        let device = match by {
            Author::Herself => Event::HERS,
            Author::Device(device) => device,
        };
        let since = seal_time(holds_since(self.now()));
        let events = self.store().custody_of(leaf).await?;
        let lets = |kept: &KeptEvent| {
            Event::read(&kept.event).is_ok_and(|event| {
                event.device == device && event.at >= since && HANDS_OUT.contains(&event.action)
            })
        };
        Ok(events.iter().any(lets))
    }

    /// Signs the head of the log, if something has come to it. Over a log that was changed behind our
    /// back nothing is signed: the last head stays, and whoever checks an export sees what is missing.
    ///
    /// # Errors
    /// [`Failure`] of the store.
    pub(crate) async fn keep_custody_head(&self) -> Result<(), Failure> {
        let heads = self.store().custody_heads().await?;
        let last = heads.first().map(|kept| Head::read(&kept.head)).transpose();
        let last = last.map_err(|_changed| Failure::Sealed)?;
        let events = self.store().custody().await?;
        let head = match tree(&events).next_head(last.as_ref(), self.now()) {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(()),
            Err(changed) => {
                said(changed);
                return Ok(());
            }
        };
        let kept = store::CustodyHead {
            size: head.size,
            head: head.bytes(),
            signature: sign_head(&head, &self.onestop().log_key).to_vec(),
        };
        let put = async |tx: &mut Tx| tx.custody_head_put(&kept).await;
        self.store().transact("onestop::custody_head", put).await
    }

    /// Everything it takes to check the events of these pieces without a network.
    async fn custody_of(&self, leaves: &[Exact<32>]) -> Answer<CustodyFound> {
        if leaves.len() > FILES_IN_A_CASE as usize {
            return Err(Turned::NotUnderstood(Some("leaves".to_owned())));
        }
        self.keep_custody_head().await?;
        let heads: Vec<_> = self.store().custody_heads().await?.into_iter().take(1).collect();
        let events = self.store().custody().await?;
        let known = self.keys_known().await?;
        let wanted = |event: &Event| leaves.iter().any(|leaf| leaf.0 == event.leaf);
        Ok(Json(found(heads, &events, wanted, &known)))
    }
}

/// Says that the log was changed, by the place and by nothing else.
fn said(changed: Changed) {
    match changed {
        Changed::Gone(place) => {
            tracing::error!(place, "an entry of the custody log is gone; no head is signed");
        }
        Changed::Before(place) => {
            tracing::error!(place, "the custody log was changed before this; no head is signed");
        }
    }
}

fn tree(events: &[KeptEvent]) -> Tree {
    Tree::over(events.iter().map(|kept| (kept.place, kept.event.as_slice())))
}

/// The whole log with all its heads, for whoever keeps the city's database.
///
/// # Errors
/// [`Failure`] of the database.
pub async fn whole_custody(store: &Store) -> Result<CustodyFound, Failure> {
    let mut log = Log::default();
    for entry in store.log_from(0).await? {
        log.push(entry).map_err(|_changed| Failure::Sealed)?;
    }
    let newest = store.log_heads().await?.into_iter().next();
    let known = Known { log: std::sync::Arc::new(log), newest, witnessed: None };
    let (heads, events) = (store.custody_heads().await?, store.custody().await?);
    Ok(found(heads, &events, |_every| true, &known))
}

/// The events that are wanted, hashes for the rest, and whose devices signed.
fn found(
    heads: Vec<store::CustodyHead>,
    events: &[KeptEvent],
    wanted: impl Fn(&Event) -> bool,
    known: &Known,
) -> CustodyFound {
    let own = |kept: &&KeptEvent| {
        // One that does not read any more may have been any of them: whoever checks it sees it.
        Event::read(&kept.event).map_or(true, |event| wanted(&event))
    };
    let own: Vec<&KeptEvent> = events.iter().filter(own).collect();
    let places: Vec<u64> = own.iter().map(|kept| kept.place).collect();
    let size = heads.first().map_or(0, |head| head.size);
    let rest = tree(events).rest(size, &places).into_iter().map(|one| CustodyRest {
        from: one.from,
        count: one.count,
        hash: Exact(one.hash),
    });
    let keys_size = known.newest.as_ref().map_or(0, |head| head.size as usize);
    let head = |one: store::CustodyHead| CustodyHead {
        head: Bytes(one.head),
        signature: Bytes(one.signature),
    };
    CustodyFound {
        devices: devices(&own, &known.log, keys_size),
        heads: heads.into_iter().map(head).collect(),
        rest: rest.collect(),
        events: own.into_iter().map(shown).collect(),
        keys_head: known.newest.as_ref().map(|kept| Bytes(kept.head.clone())),
        keys_signature: known.newest.as_ref().map(|kept| Bytes(kept.signature.clone())),
    }
}

fn shown(kept: &KeptEvent) -> CustodyEvent {
    CustodyEvent {
        place: kept.place,
        event: Bytes(kept.event.clone()),
        signature: Bytes(kept.signature.clone()),
    }
}

/// The entries of the devices that signed, each proved to the head of the log of keys.
fn devices(events: &[&KeptEvent], log: &Log, size: usize) -> Vec<CustodyDevice> {
    let signed = events.iter().filter_map(|kept| Event::read(&kept.event).ok());
    let mut signed: Vec<DeviceId> =
        signed.filter(|event| !event.is_hers()).map(|event| event.device).collect();
    signed.sort_unstable();
    signed.dedup();
    let entry = |device: DeviceId| {
        let found = log.device_ever(device, size)?;
        let proof = log.prove(found.index, size).into_iter().map(Exact).collect();
        let (entry, index) = (Bytes(found.bytes.to_vec()), found.index as u64);
        Some(CustodyDevice { entry, index, proof })
    };
    signed.into_iter().filter_map(entry).collect()
}
