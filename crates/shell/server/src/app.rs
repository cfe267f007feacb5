//! The one handle everything is called on, and how it is put together.

use crate::{
    Config, Failure, Pack,
    asks::Asks,
    auth::{Seats, bearer::BearerKey, denial::Denials, together::Door},
    clock::Clock,
    config::Demo,
    desk::handover,
    escort::plan::Planner,
    ground::{Ground, Search},
    health::SelfTest,
    loops::Places,
    matching::Matching,
    night::{self, Night},
    onestop::Onestop,
    session::Ceremonies,
};
use access::Access;
use arc_swap::{ArcSwap, Guard};
use bus::{Bus, Heard};
use kernel::{DistrictCode, Id, Instant, Point, Secret, Span, id};
use std::sync::{Arc, OnceLock};
use store::Store;
use tokio::sync::{Mutex, RwLock, watch};
use webauthn_rs::Webauthn;

/// A running city. Cheap to clone; every clone is the same.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    config: Config,
    store: Store,
    clock: Arc<dyn Clock>,
    bus: Bus,
    bearer: BearerKey,
    pin_key: Secret<[u8; 32]>,
    request_key: Secret<[u8; 32]>,
    asks: Asks<id::Place>,
    /// Numbers typed to take an alarm back.
    pub(crate) pins: Asks<id::Alarm>,
    access: &'static Access,
    pub(crate) outbox: notify::Channel,
    ground: ArcSwap<Ground>,
    seats: Seats,
    pub(crate) night: RwLock<Night>,
    pub(crate) planner: Mutex<Planner>,
    pub(crate) webauthn: Option<Webauthn>,
    pub(crate) ceremonies: Ceremonies,
    pub(crate) self_test: SelfTest,
    pub(crate) played: crate::demo::Played,
    pub(crate) denials: Denials,
    pub(crate) places: Places,
    pub(crate) door: Door,
    pub(crate) onestop: Onestop,
    pub(crate) matching: Option<Matching>,
}

/// Why a server cannot be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotBuilt {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Failure),
    /// The policies are no policies: somebody has changed their files.
    #[error(transparent)]
    Access(#[from] access::Failure),
    /// What was imported cannot be read.
    #[error(transparent)]
    Ground(#[from] crate::ground::Unreadable),
    /// The public origin is no `http` or `https` origin.
    #[error("{origin:?} is no origin: write it like https://walk.example.org")]
    Origin {
        /// What was given.
        origin: String,
    },
}

/// The policies are the same for every city: read and checked once.
fn policies() -> Result<&'static Access, access::Failure> {
    static READ: OnceLock<Access> = OnceLock::new();
    match READ.get() {
        Some(read) => Ok(read),
        None => Access::new().map(|read| READ.get_or_init(|| read)),
    }
}

impl App {
    /// Puts a city together: reads its seats, what is going on and what has been imported. The
    /// store belongs to the pack's city; the clock is the one everything runs by.
    ///
    /// # Errors
    /// [`NotBuilt`].
    pub async fn build(
        config: Config,
        store: Store,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NotBuilt> {
        let ground = Ground::read(&store, &config.pack).await?;
        Self::build_on(Arc::new(ground), config, store, clock).await
    }

    /// The same on a ground that has been read before: another life of the same city.
    ///
    /// # Errors
    /// [`NotBuilt`].
    pub async fn build_on(
        ground: Arc<Ground>,
        config: Config,
        store: Store,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NotBuilt> {
        let webauthn = crate::session::webauthn(&config)?;
        let limits = &config.pack.rules.server;
        let asks = Asks::new(limits.asks_per_place, limits.ask_again_seconds);
        let desks: Vec<_> =
            config.pack.districts.iter().map(|one| handover::watch_of(&one.code)).collect();
        let app = Self {
            inner: Arc::new(Inner {
                bearer: BearerKey::new(store.keys().derive("bearer tokens")),
                pin_key: store.keys().derive("alarm pins"),
                request_key: store.keys().derive("idempotent requests"),
                asks,
                pins: Asks::new(crate::alarm::PINS_AT_ONCE, crate::alarm::PIN_AGAIN_SECONDS),
                access: policies()?,
                outbox: notify::Channel::FileSink(config.outbox.clone()),
                ground: ArcSwap::new(ground),
                seats: Seats::default(),
                night: RwLock::new(night::begin(&store, &desks, clock.now()).await?),
                planner: Mutex::default(),
                webauthn,
                ceremonies: Ceremonies::default(),
                self_test: SelfTest::default(),
                played: crate::demo::Played::default(),
                denials: Denials::default(),
                places: Places::default(),
                door: Door::default(),
                onestop: Onestop::new(store.keys())?,
                matching: config.pack.onestop.matching.as_deref().map(Matching::new),
                bus: Bus::default(),
                config,
                store,
                clock,
            }),
        };
        app.seats().load(app.store(), app.now()).await?;
        app.keep_rules().await?;
        Ok(app)
    }

    /// Stands on another ground from now on; requests under way keep theirs.
    pub fn stand_on(&self, ground: Ground) {
        self.inner.ground.store(Arc::new(ground));
    }

    /// Waits for running transactions and closes the store: the last thing at shutdown.
    pub async fn close_store(&self) {
        self.store().close().await;
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }
    pub(crate) fn pack(&self) -> &Pack {
        &self.inner.config.pack
    }
    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }
    pub(crate) fn demo(&self) -> Option<&Demo> {
        self.inner.config.demo.as_ref()
    }
    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }
    pub(crate) fn clock(&self) -> &dyn Clock {
        self.inner.clock.as_ref()
    }
    pub(crate) fn now(&self) -> Instant {
        self.inner.clock.now()
    }
    pub(crate) fn bus(&self) -> &Bus {
        &self.inner.bus
    }
    pub(crate) fn bearer(&self) -> &BearerKey {
        &self.inner.bearer
    }
    pub(crate) fn pin_key(&self) -> &Secret<[u8; 32]> {
        &self.inner.pin_key
    }
    pub(crate) fn access(&self) -> &Access {
        self.inner.access
    }
    pub(crate) fn request_key(&self) -> &Secret<[u8; 32]> {
        &self.inner.request_key
    }
    pub(crate) fn asks(&self) -> &Asks<id::Place> {
        &self.inner.asks
    }
    pub(crate) fn seats(&self) -> &Seats {
        &self.inner.seats
    }
    pub(crate) fn ground(&self) -> Guard<Arc<Ground>> {
        self.inner.ground.load()
    }
    pub(crate) fn public_origin(&self) -> &str {
        &self.inner.config.public_origin
    }
    pub(crate) fn secure(&self) -> bool {
        self.public_origin().starts_with("https://")
    }
    pub(crate) fn doorbell(&self) -> watch::Receiver<u64> {
        self.store().head()
    }
    pub(crate) fn footsteps(&self) -> watch::Receiver<u64> {
        self.bus().footsteps()
    }

    /// Where a team was last heard, unless that is too long ago to say anything.
    pub(crate) fn position(&self, team: Id<id::Team>) -> Option<Heard> {
        let kept = Span::minutes(self.pack().rules.server.position_kept_minutes.into());
        self.bus().position(team).filter(|heard| self.now().since(heard.heard_at) <= kept)
    }

    /// Whose desk a place belongs to.
    pub(crate) fn district_of_place(&self, place: Id<id::Place>) -> DistrictCode {
        let ground = self.ground();
        let named = ground.places.get(place).and_then(|spot| spot.district.as_ref());
        self.pack().district_of(named.map(DistrictCode::as_str)).clone()
    }

    /// Whose desk a point belongs to: that of the nearest place whose district is known. Nobody
    /// has to be exact here: what the wrong desk hears it hands over, what nobody hears travels.
    pub(crate) fn district_at(&self, at: Option<Point>) -> DistrictCode {
        const LOOKED_AT: usize = 5;
        let ground = self.ground();
        let near = at.map(|at| Search { near: Some(at), limit: LOOKED_AT, ..Search::default() });
        let named = near.and_then(|near| {
            let found = ground.places.find(&near);
            found.into_iter().find_map(|found| found.spot.district.clone())
        });
        self.pack().district_of(named.as_ref().map(DistrictCode::as_str)).clone()
    }

    /// 256 random bits as text, for tokens and ceremonies.
    pub(crate) fn random_token() -> Result<String, Failure> {
        let high = store::new_id::<id::Session>()?.bits().to_be_bytes();
        let low = store::new_id::<id::Session>()?.bits().to_be_bytes();
        Ok(crate::auth::bearer::base64url(&[high, low].concat()))
    }
}
