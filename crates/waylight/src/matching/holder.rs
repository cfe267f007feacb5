//! A holder: the ceremony, a service that answers blind questions, and the alarm.

mod cap;

use super::{
    ceremony,
    files::Alone,
    house::{self, No, Told, not_kept, on_disk},
};
use crate::say;
use anyhow::{Context, Result};
use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cap::{KeptCap, Place, Recent};
use clap::Subcommand;
use kernel::{Instant, Zone};
use matching::{holder::HolderKey, receipt::Kind, token};
use server::{Clock, NotRedeemed, Origin, RealClock, Redeemer};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use wire::{
    matching::{AskHolder, HolderAnswered},
    onestop::Exact,
};

/// What a holder does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// Ceremony, first: draw, and write what both other holders must get; prints its fingerprint
    Begin {
        /// This holder's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Which of the three holders this is: 1, 2 or 3
        #[arg(long, value_name = "N")]
        number: u8,
        /// Where to write the file for both others
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Ceremony, second: read both others' files, and write what is sealed for them; prints a
    /// fingerprint that must be the same at all three
    Hear {
        /// This holder's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// A file another holder's `begin` wrote; give it twice
        #[arg(long, value_name = "FILE", required = true)]
        begun: Vec<PathBuf>,
        /// Where to write the file for both others
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Ceremony, third: read what both others sealed; prints the three keys for the city's pack
    Finish {
        /// This holder's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// A file another holder's `hear` wrote; give it twice
        #[arg(long, value_name = "FILE", required = true)]
        told: Vec<PathBuf>,
    },
    /// Answer blind questions, at most 200 in any hour
    Serve {
        /// This holder's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Where to listen; loopback unless told otherwise
        #[arg(long, default_value = "127.0.0.1:8081")]
        listen: SocketAddr,
        /// Where the issuer answers: https://issuer.example.org
        #[arg(long, value_name = "https://…")]
        issuer: String,
        /// The issuer's `receipt_key`, compared by telephone
        #[arg(long, value_name = "KEY")]
        receipt_key: String,
        /// The city whose pages may ask: https://walk.example.org
        #[arg(long, value_name = "https://…")]
        city: String,
    },
    /// Say whether more was asked in an hour than a holder answers; exits with 1 if so
    Alarm {
        /// This holder's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Take the alarm back: somebody has looked
        #[arg(long)]
        seen: bool,
    },
}

pub(super) async fn run(verb: &Verb) -> Result<ExitCode> {
    match verb {
        Verb::Begin { dir, number, out } => ceremony::step_begin(dir, *number, out)?,
        Verb::Hear { dir, begun, out } => ceremony::step_hear(dir, begun, out)?,
        Verb::Finish { dir, told } => ceremony::step_finish(dir, told)?,
        Verb::Serve { dir, listen, issuer, receipt_key, city } => {
            let holder = Holder::open(dir, issuer, receipt_key)?;
            let routes = routes(holder, house::city(city)?);
            house::serve(Alone::serving(dir)?, *listen, routes).await?;
        }
        Verb::Alarm { dir, seen } => return alarm(dir, *seen),
    }
    Ok(ExitCode::SUCCESS)
}

fn alarm(dir: &Path, seen: bool) -> Result<ExitCode> {
    let cap = KeptCap::in_folder(dir);
    let Some(since) = (if seen { cap.quiet()? } else { cap.alarm()? }) else {
        say::line("quiet")?;
        return Ok(ExitCode::SUCCESS);
    };
    let since = Zone::named("UTC")?.wall(Instant::from_millis(since));
    if seen {
        say::line(format_args!("seen: it was raised at {since}Z"))?;
        return Ok(ExitCode::SUCCESS);
    }
    say::line(format_args!("raised at {since}Z: more was asked in an hour than a holder answers"))?;
    Ok(ExitCode::FAILURE)
}

/// A running holder. It knows times, and for an hour which blinded elements it answered.
pub(super) struct Holder {
    key: HolderKey,
    cap: KeptCap,
    recent: Recent,
    issuer: Redeemer,
}

impl Holder {
    fn open(dir: &Path, issuer: &str, receipt_key: &str) -> Result<Self> {
        let at = Origin::read(issuer).context(
            "--issuer is the issuer's origin: https://issuer.example.org, or http://127.0.0.1:port \
             on this machine",
        )?;
        let key = URL_SAFE_NO_PAD.decode(receipt_key).ok().and_then(|key| key.try_into().ok());
        let key: [u8; 32] = key.context("--receipt-key is no key: 43 letters")?;
        let whole = matching::receipt::check_public(&key);
        whole.map_err(|_point| anyhow::anyhow!("--receipt-key is no key of an issuer"))?;
        Ok(Self {
            key: ceremony::share(dir)?,
            cap: KeptCap::in_folder(dir),
            recent: Recent::default(),
            issuer: Redeemer::new(at, key),
        })
    }

    /// Takes a place of the hour, unless this very question has one.
    fn take(&self, blinded: &[u8; 32], now: i64) -> Result<(), No> {
        if self.recent.has(blinded, now) {
            return Ok(());
        }
        match self.cap.take(now).map_err(not_kept)? {
            Place::Taken => {
                self.recent.add(*blinded, now);
                Ok(())
            }
            Place::None { raised } => {
                if raised {
                    tracing::error!(
                        "more is asked in an hour than a holder answers: look who is given tokens, \
                         then `waylight matching holder alarm --seen`"
                    );
                }
                Err(No::of(matching::Refusal::TooManyThisHour))
            }
        }
    }
}

pub(super) fn routes(holder: Holder, city: axum::http::HeaderValue) -> Router {
    let routes = Router::new().route("/v1/answer", post(answer)).with_state(Arc::new(holder));
    house::for_pages_of(city, routes)
}

/// Answers a blinded question: the token first, so that what has none takes no place; then the count.
async fn answer(
    State(holder): State<Arc<Holder>>,
    Told(asked): Told<AskHolder>,
) -> Result<Json<HolderAnswered>, No> {
    let AskHolder { blinded, spending } = asked;
    token::check_blinded(&blinded.0).map_err(No::of)?;
    let redeemed = holder.issuer.redeem(Kind::Ask, &spending.0, &blinded.0).await;
    redeemed.map_err(|not| match not {
        NotRedeemed::TokenWrong => No::of(matching::Refusal::TokenWrong),
        NotRedeemed::TokenUsed => No::of(matching::Refusal::TokenUsed),
        NotRedeemed::IssuerAway => No(StatusCode::SERVICE_UNAVAILABLE, "matching.issuer_away"),
    })?;
    let now = RealClock.now().millis();
    on_disk(move || {
        holder.take(&blinded.0, now)?;
        let mut chance = super::files::chance().map_err(not_kept)?;
        let answer = holder.key.answer(&blinded.0, &mut chance).map_err(No::of)?.bytes();
        let answer = answer.try_into().map_err(|_length| No::NOT_KEPT)?;
        Ok(Json(HolderAnswered { answer: Exact(answer) }))
    })
    .await
}
