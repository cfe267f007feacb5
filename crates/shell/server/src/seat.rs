//! Seats: who may sign in as what, where each is signed in, and how that is ended. Every change is
//! an event of the seat's stream, so the journal tells who did it and when, and its bell wakes every
//! open feed, in this process and in others: what was ended is refused within a second.

pub mod change;
pub mod end;
pub mod list;
pub mod pair;

use crate::{app::App, auth::Seat, problem::Turned};
use access::seat::{Command, Refused};
use kernel::{Aggregate, Id, id};
use store::{Context, Key, Outcome, Recall, Recorded, Stopped, Tx};

/// Notes on the seat's stream what is done about it.
pub(crate) async fn note(
    tx: &mut Tx,
    seat: Id<id::Person>,
    command: Command,
    context: &Context,
) -> Result<(), Stopped<Refused>> {
    tx.act::<access::Seat>(seat, command, &(), context).await.map(drop)
}

/// The same for a seat that is new, or was made before seats had streams.
pub(crate) async fn note_opened(
    tx: &mut Tx,
    seat: &Seat,
    context: &Context,
) -> Result<(), Stopped<Refused>> {
    if tx.load::<access::Seat>(seat.id).await?.version > 0 {
        return Ok(());
    }
    let roles = seat.held.iter().map(|of| of.journaled()).collect();
    note(tx, seat.id, Command::Open { roles }, context).await
}

/// Ends one session, and the pairing of its device; nothing if it has ended.
pub(crate) async fn end_session(
    tx: &mut Tx,
    session: Id<id::Session>,
    seat: Option<Id<id::Person>>,
    context: &Context,
) -> Result<(), Stopped<Refused>> {
    if tx.session_revoke(session, context.at).await?
        && let Some(seat) = seat
    {
        note(tx, seat, Command::End { session }, context).await?;
    }
    Ok(())
}

/// Whether an event changes what is known of seats in memory.
pub(crate) fn changes_seats(recorded: &Recorded) -> bool {
    recorded.stream == access::Seat::STREAM
        && matches!(recorded.name.as_str(), "opened" | "roles-set" | "closed")
}

impl App {
    /// Does `work` once for each key; whether it was done before. Afterwards the seats in memory
    /// are as the database has them.
    async fn once_for_seat<F>(
        &self,
        name: &'static str,
        key: &Key,
        seat: Id<id::Person>,
        work: F,
    ) -> Result<(), Turned>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<(), Turned>,
    {
        let now = self.now();
        self.store()
            .transact(name, async |tx| {
                match tx.recall(key).await? {
                    Recall::Answered(_) => return Ok(()),
                    Recall::Misused => return Err(Turned::KeyReused),
                    Recall::Fresh => {}
                }
                work(tx).await?;
                let outcome = Outcome {
                    stream: access::Seat::STREAM.to_owned(),
                    id_bits: seat.bits(),
                    number: 0,
                    reply: "{}".to_owned(),
                };
                tx.remember(key, &outcome, now).await?;
                Ok(())
            })
            .await?;
        Ok(self.seats().load(self.store(), now).await?)
    }
}
