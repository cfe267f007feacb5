//! Live feeds: a view, told again whenever it has changed, whole or by what has changed in it. The
//! event's id is the journal number the view is true at; nothing is replayed, since every feed
//! begins with the whole view.

use crate::{app::App, problem::Turned};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, stream};
use kernel::{Id, id};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{convert::Infallible, future::Future, time::Duration};
use tokio::sync::watch;

/// News within this time travels together.
const COALESCE: Duration = Duration::from_millis(100);
/// A proxy closes what says nothing for long.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Nobody wants to see every step of a team.
const FOOTSTEPS: Duration = Duration::from_secs(1);

/// A view with the journal number it is true at.
pub struct Seen<T> {
    /// The number.
    pub number: u64,
    /// The view.
    pub view: T,
}

/// What one open feed remembers.
struct Feed<F, N> {
    look: F,
    news: N,
    bell: watch::Receiver<u64>,
    footsteps: Option<watch::Receiver<u64>>,
    /// Of a team's screen: what cannot concern it wakes nobody.
    only: Option<(App, Id<id::Team>)>,
    /// The journal number of the last look.
    number: u64,
    begun: bool,
    over: bool,
}

/// A feed of what `look` sees, told now and whenever the journal has grown and the view with it.
/// `footsteps`: also when a team has moved, at most once a second. It ends when `look` refuses:
/// the session is over, the walk is forgotten.
pub fn feed<T, F, L>(
    app: &App,
    footsteps: bool,
    look: F,
) -> Sse<impl Stream<Item = Told> + use<T, F, L>>
where
    T: Serialize + Send + 'static,
    F: Fn() -> L + Send + Sync + 'static,
    L: Future<Output = Result<Seen<T>, Turned>> + Send,
{
    let mut told = None;
    let rings = Rings { footsteps, only: None };
    open(app, rings, look, move |seen: Seen<T>| whole(&mut told, &seen))
}

/// The same for the screen of one team: it is looked at when something has happened that can
/// concern it. Hundreds of them are open all night, and most of what happens is other people's.
pub fn feed_of_team<T, F, L>(
    app: &App,
    team: Id<id::Team>,
    look: F,
) -> Sse<impl Stream<Item = Told> + use<T, F, L>>
where
    T: Serialize + Send + 'static,
    F: Fn() -> L + Send + Sync + 'static,
    L: Future<Output = Result<Seen<T>, Turned>> + Send,
{
    let mut told = None;
    let rings = Rings { footsteps: false, only: Some(team) };
    open(app, rings, look, move |seen: Seen<T>| whole(&mut told, &seen))
}

/// What makes a feed look again.
#[derive(Clone, Copy)]
struct Rings {
    /// Also that a team has moved.
    footsteps: bool,
    /// Nothing but what can concern this team.
    only: Option<Id<id::Team>>,
}

/// The same by changes: the whole view first, then, as events `change`, what `change` makes of the
/// view told before and the one seen now; nothing if it makes nothing.
pub fn feed_of_changes<T, C, F, L>(
    app: &App,
    look: F,
    change: fn(&T, &T) -> Option<C>,
) -> Sse<impl Stream<Item = Told> + use<T, C, F, L>>
where
    T: Serialize + Send + 'static,
    C: Serialize + 'static,
    F: Fn() -> L + Send + Sync + 'static,
    L: Future<Output = Result<Seen<T>, Turned>> + Send,
{
    let mut told: Option<T> = None;
    let rings = Rings { footsteps: true, only: None };
    open(app, rings, look, move |seen: Seen<T>| {
        let event = match &told {
            None => Event::default().data(serde_json::to_string(&seen.view).ok()?),
            Some(told) => {
                let change = change(told, &seen.view)?;
                Event::default().event("change").data(serde_json::to_string(&change).ok()?)
            }
        };
        told = Some(seen.view);
        Some(event.id(seen.number.to_string()))
    })
}

fn open<T, F, L, N>(
    app: &App,
    rings: Rings,
    look: F,
    news: N,
) -> Sse<impl Stream<Item = Told> + use<T, F, L, N>>
where
    T: Send + 'static,
    F: Fn() -> L + Send + Sync + 'static,
    L: Future<Output = Result<Seen<T>, Turned>> + Send,
    N: FnMut(Seen<T>) -> Option<Event> + Send + 'static,
{
    let feed = Feed {
        look,
        news,
        bell: app.doorbell(),
        footsteps: rings.footsteps.then(|| app.footsteps()),
        only: rings.only.map(|team| (app.clone(), team)),
        number: 0,
        begun: false,
        over: false,
    };
    let events = stream::unfold(feed, |mut feed| async move {
        loop {
            if feed.over {
                return None;
            }
            if feed.begun {
                feed.wait().await;
            }
            feed.begun = true;
            // Copied out at once: a commit waits for what is borrowed.
            feed.number = *feed.bell.borrow_and_update();
            if let Some(steps) = &mut feed.footsteps {
                steps.mark_unchanged();
            }
            match (feed.look)().await {
                Ok(seen) => {
                    if let Some(event) = (feed.news)(seen) {
                        return Some((Ok(event), feed));
                    }
                }
                // The database may be away for a moment: the phone keeps what it has.
                Err(Turned::Failed(failure)) => {
                    tracing::warn!(%failure, "a feed could not look");
                    tokio::time::sleep(FOOTSTEPS).await;
                }
                Err(_refused) => {
                    feed.over = true;
                    return Some((Ok(Event::default().event("over").data("{}")), feed));
                }
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// One event of a feed.
pub type Told = Result<Event, Infallible>;

impl<F, N> Feed<F, N> {
    async fn wait(&mut self) {
        // Looked at again now and then even if nothing rings: a session may have been ended.
        let _quiet = tokio::time::timeout(KEEP_ALIVE, async {
            loop {
                self.rung().await;
                if self.over || self.concerned().await {
                    return;
                }
            }
        })
        .await;
    }

    async fn rung(&mut self) {
        match &mut self.footsteps {
            None => {
                // The bell lives as long as the server; if it is gone so are we.
                self.over = self.bell.changed().await.is_err();
                tokio::time::sleep(COALESCE).await;
            }
            Some(steps) => tokio::select! {
                rung = self.bell.changed() => {
                    self.over = rung.is_err();
                    tokio::time::sleep(COALESCE).await;
                }
                () = async {
                    let _moved = steps.changed().await;
                    tokio::time::sleep(FOOTSTEPS).await;
                } => {}
            },
        }
    }

    /// Whether what has happened since the last look can concern this reader.
    async fn concerned(&mut self) -> bool {
        let Some((app, team)) = &self.only else { return true };
        // What cannot be read now the look itself will say.
        let Ok(night) = app.night().await else { return true };
        let concerned = night.concerns(*team, self.number);
        if !concerned {
            self.number = night.number;
        }
        concerned
    }
}

/// The whole view, if it has changed since it was told last.
fn whole<T: Serialize>(told: &mut Option<[u8; 32]>, seen: &Seen<T>) -> Option<Event> {
    let mut body = serde_json::to_value(&seen.view).ok()?;
    let text = body.to_string();
    // The number and the clock move on without anything having changed for this reader.
    if let Some(fields) = body.as_object_mut() {
        fields.remove("number");
        fields.remove("now");
    }
    let digest: [u8; 32] = Sha256::digest(body.to_string().as_bytes()).into();
    if *told == Some(digest) {
        return None;
    }
    *told = Some(digest);
    Some(Event::default().id(seen.number.to_string()).data(text))
}
