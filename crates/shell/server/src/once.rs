//! Doing something once for each key: a retry finds it done.

use crate::{app::App, problem::Turned};
use kernel::{Aggregate, Id};
use store::{Key, Outcome, Recall, Tx};

/// What was done: to which stream, and the journal's number afterwards.
pub(crate) struct Done {
    stream: &'static str,
    id_bits: u128,
    number: u64,
}

impl Done {
    /// Something was done to `id`.
    pub(crate) const fn to<A: Aggregate>(id: Id<A::Kind>, number: u64) -> Self {
        Self { stream: A::STREAM, id_bits: id.bits(), number }
    }
}

impl App {
    /// Does `work` in one transaction, once for each key: the bits of the id it was done to.
    pub(crate) async fn once<F>(
        &self,
        name: &'static str,
        key: &Key,
        work: F,
    ) -> Result<u128, Turned>
    where
        F: AsyncFnOnce(&mut Tx) -> Result<Done, Turned>,
    {
        let now = self.now();
        self.store()
            .transact(name, async |tx| {
                match tx.recall(key).await? {
                    Recall::Answered(outcome) => return Ok(outcome.id_bits),
                    Recall::Misused => return Err(Turned::KeyReused),
                    Recall::Fresh => {}
                }
                let Done { stream, id_bits, number } = work(tx).await?;
                let reply = "{}".to_owned();
                let outcome = Outcome { stream: stream.to_owned(), id_bits, number, reply };
                tx.remember(key, &outcome, now).await?;
                Ok(id_bits)
            })
            .await
    }
}
