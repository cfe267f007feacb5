//! The house the simulated city's server lives in: a state folder, a ground, a clock. It can be
//! opened again and again, as after a kill.

use axum::Router;
use kernel::Secret;
use server::ground::Ground;
use server::{App, Config, Demo, DemoClock, DutyPhones, Pack, SteppedClock};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::{Failure, Keys, Location, Store};

/// What the pages of the simulated city say they come from.
pub(super) const ORIGIN: &str = "http://localhost";
/// How long a new server waits for the old one's last commit to let go of the folder.
const PATIENCE: Duration = Duration::from_millis(2);
/// How often it tries.
const TRIES: u32 = 5_000;

/// A server as it runs.
#[derive(Clone)]
pub(super) struct Open {
    pub(super) app: App,
    pub(super) store: Store,
    pub(super) router: Router,
}

/// Why the house cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotBuilt {
    #[error(transparent)]
    Store(#[from] Failure),
    #[error(transparent)]
    Server(#[from] server::NotBuilt),
}

/// The house.
pub(super) struct House {
    config: Config,
    dir: PathBuf,
    ground: Arc<Ground>,
    clock: Arc<SteppedClock>,
    proxy: fn(Router) -> Router,
}

impl House {
    /// On this folder and ground, by this clock; `pass` opens seats to simulated people, who reach
    /// it through `proxy`.
    pub(super) fn new(
        pack: Pack,
        dir: PathBuf,
        ground: Arc<Ground>,
        clock: Arc<SteppedClock>,
        (pass, proxy): (&str, fn(Router) -> Router),
    ) -> Self {
        let demo_clock = DemoClock::starting(server::Clock::now(clock.as_ref()), 1);
        let config = Config {
            pack,
            public_origin: ORIGIN.to_owned(),
            outbox: dir.join("outbox.jsonl"),
            duty_phones: DutyPhones::new(),
            demo: Some(Demo {
                clock: Arc::new(demo_clock),
                pass: pass.to_owned(),
                // Nobody witnesses anything in a simulated city: its pack has no centers.
                witnesses: [Secret::new([0; 32]), Secret::new([0; 32])],
                key_words: BTreeMap::new(),
            }),
        };
        Self { config, dir, ground, clock, proxy }
    }

    pub(super) fn pack(&self) -> &Pack {
        &self.config.pack
    }

    pub(super) fn ground(&self) -> &Ground {
        &self.ground
    }

    /// A server on what is stored.
    pub(super) async fn open(&self) -> Result<Open, NotBuilt> {
        let store = self.store().await?;
        let clock = Arc::clone(&self.clock) as Arc<dyn server::Clock>;
        let ground = Arc::clone(&self.ground);
        let app = App::build_on(ground, self.config.clone(), store.clone(), clock).await?;
        let router = (self.proxy)(app.router());
        Ok(Open { app, store, router })
    }

    async fn store(&self) -> Result<Store, Failure> {
        let mut tries = 0;
        loop {
            let keys = Keys::open_or_create(&self.dir)?;
            let location = Location::Sqlite(self.dir.clone());
            match Store::open(location, keys, self.config.pack.code.as_str()).await {
                Err(Failure::InUse { .. }) if tries < TRIES => tries += 1,
                opened => return opened,
            }
            tokio::time::sleep(PATIENCE).await;
        }
    }
}
