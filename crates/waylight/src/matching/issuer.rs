//! The issuer: another house than any that helps her. It identifies people in person, gives each a code
//! for every identifier, and tokens for a code, blind; and says of a token whether it is good.

mod admitted;
mod spent;

use super::{
    files::{self, FORM},
    house::{self, No, Told, not_kept, on_disk},
};
use crate::say;
use admitted::{Admitted, People};
use anyhow::{Context, Result, anyhow};
use axum::{Json, Router, extract::State, http::HeaderValue, middleware, routing::post};
use clap::Subcommand;
use kernel::{Instant, Zone};
use matching::{
    receipt::{Kind, ReceiptKey},
    token::{self, Issuer},
};
use serde::{Deserialize, Serialize};
use server::{Clock, RealClock};
use spent::Spent;
use std::{
    io::Read,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use wire::{
    matching::{AskTokens, RedeemToken, TokenKind, TokenRedeemed, TokensGiven},
    onestop::Exact,
};
use zeroize::Zeroizing;

/// The file of secrets.
const KEYS: &str = "keys.json";
/// Letters and digits in what somebody is known by: a document's number has as many.
const KNOWN_BY_LEAST: usize = 8;

/// What the issuer does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make the issuer's keys; prints their public halves for the city's pack
    New {
        /// The issuer's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Print one-time codes for somebody who was identified in person, good for seven days. What she is
    /// known by comes on standard input: the number of her document, the same each time
    Admit {
        /// The issuer's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// A code for each identifier she wants to leave
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
        identifiers: u8,
    },
    /// Give tokens for codes, and say whether tokens are good
    Serve {
        /// The issuer's own folder
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Where to listen; loopback unless told otherwise
        #[arg(long, default_value = "127.0.0.1:8084")]
        listen: SocketAddr,
        /// The city whose pages may ask: https://walk.example.org
        #[arg(long, value_name = "https://…")]
        city: String,
    },
}

pub(super) async fn run(verb: &Verb, now: Instant) -> Result<()> {
    match verb {
        Verb::New { dir } => new(dir),
        Verb::Admit { dir, identifiers } => {
            let mut typed = Zeroizing::new(String::new());
            let mut input = std::io::stdin().lock().take(1_024);
            input.read_to_string(&mut typed).context("reading what she is known by")?;
            admit(dir, &typed, *identifiers, now)
        }
        Verb::Serve { dir, listen, city } => {
            let city = house::city(city)?;
            // Before anything in the folder is mended.
            let alone = files::Alone::serving(dir)?;
            let service = Service::open(dir)?;
            house::serve(alone, *listen, routes(service, city)).await
        }
    }
}

/// The secrets as they are kept. The seed of the people must never be lost or changed: with another one
/// everybody would be somebody else, and one woman two.
#[derive(Serialize, Deserialize)]
struct KeysFile {
    form: u8,
    ask: Exact<32>,
    leave: Exact<32>,
    people: Exact<32>,
    receipt: Exact<32>,
}

/// The same, to work with.
struct Keys {
    ask: Issuer,
    leave: Issuer,
    receipt: ReceiptKey,
}

impl Keys {
    fn read(dir: &Path) -> Result<Self> {
        let file = dir.join(KEYS);
        let kept: KeysFile = files::read(&file, "file of an issuer's keys")?;
        let damaged = |refusal| anyhow!("{} is damaged: {refusal}", file.display());
        Ok(Self {
            ask: Issuer::of(&kept.ask.0, &kept.people.0).map_err(damaged)?,
            leave: Issuer::of(&kept.leave.0, &kept.people.0).map_err(damaged)?,
            receipt: ReceiptKey::of(&kept.receipt.0).map_err(damaged)?,
        })
    }
}

fn new(dir: &Path) -> Result<()> {
    files::make_folder(dir)?;
    let mut chance = files::chance()?;
    let mut drawn = || token::draw_key(&mut chance).map_err(|_never| anyhow!("no key was drawn"));
    let kept = KeysFile {
        form: FORM,
        ask: Exact(*drawn()?),
        leave: Exact(*drawn()?),
        people: Exact(*files::drawn()?),
        receipt: Exact(*files::drawn()?),
    };
    files::write_new(&dir.join(KEYS), &files::json(&kept)?)?;
    let keys = Keys::read(dir)?;
    for (name, key) in [
        ("ask_key", keys.ask.public()),
        ("leave_key", keys.leave.public()),
        ("receipt_key", keys.receipt.public()),
    ] {
        say::line(format_args!("{name} = \"{}\"", files::letters(&key)))?;
    }
    Ok(())
}

/// One spelling of what somebody is known by, so that a hyphen makes nobody a second person.
fn known_by(typed: &str) -> Result<Zeroizing<String>> {
    let kept = typed.chars().filter(char::is_ascii_alphanumeric);
    let kept = Zeroizing::new(kept.map(|c| c.to_ascii_uppercase()).collect::<String>());
    anyhow::ensure!(
        kept.len() >= KNOWN_BY_LEAST && kept.bytes().any(|b| b.is_ascii_digit()),
        "write the number of her document on standard input: at least {KNOWN_BY_LEAST} letters and \
         digits, always of the same kind of document, or she is two people"
    );
    Ok(kept)
}

fn admit(dir: &Path, typed: &str, identifiers: u8, now: Instant) -> Result<()> {
    let person = Keys::read(dir)?.ask.person(known_by(typed)?.as_bytes());
    let person = person.map_err(|_never| anyhow!("no person was derived"))?;
    match People::in_folder(dir).admit(&person, identifiers.into(), now.millis())? {
        Admitted::Codes(codes) => codes.iter().try_for_each(say::line),
        Admitted::Full { left, free_at } => {
            let free = Zone::named("UTC")?.wall(Instant::from_millis(free_at));
            Err(anyhow!(
                "refused: a person may name five in ninety days. She has {left} left; one more from \
                 {free}Z on"
            ))
        }
    }
}

/// A running issuer.
struct Service {
    keys: Keys,
    people: People,
    asked: Spent,
    left: Spent,
}

impl Service {
    fn open(dir: &Path) -> Result<Self> {
        Ok(Self {
            keys: Keys::read(dir)?,
            people: People::in_folder(dir),
            asked: Spent::open(&dir.join("spent-ask"))?,
            left: Spent::open(&dir.join("spent-leave"))?,
        })
    }
}

fn routes(service: Service, city: HeaderValue) -> Router {
    let service = Arc::new(service);
    let pages = Router::new().route("/v1/tokens", post(tokens)).with_state(Arc::clone(&service));
    let services = Router::new()
        .route("/v1/redeem", post(redeem))
        .layer(middleware::from_fn(house::asked_by_no_page))
        .with_state(service);
    house::for_pages_of(city, pages).merge(services)
}

/// Tokens for a code, blind.
async fn tokens(
    State(service): State<Arc<Service>>,
    Told(asked): Told<AskTokens>,
) -> Result<Json<TokensGiven>, No> {
    let AskTokens { code, ask, leave } = asked;
    let code = Zeroizing::new(code);
    let now = RealClock.now().millis();
    on_disk(move || {
        // What is no question takes no code.
        for blinded in [&ask.0, &leave.0] {
            token::check_blinded(blinded).map_err(No::of)?;
        }
        let person = service.people.give(&code, (&ask.0, &leave.0), now)?;
        let mut chance = files::chance().map_err(not_kept)?;
        let mut blindly = |issuer: &Issuer, blinded: &[u8; 32]| {
            // It was counted with the code: both together are one identifier.
            let mut counted = token::Allowance::default();
            let issued = issuer.issue(&mut counted, blinded, now, &mut chance);
            issued.map(|issued| Exact(issued.bytes())).map_err(No::of)
        };
        Ok(Json(TokensGiven {
            person: Exact(person),
            ask: blindly(&service.keys.ask, &ask.0)?,
            leave: blindly(&service.keys.leave, &leave.0)?,
        }))
    })
    .await
}

/// Whether a token is good for a question, for a holder or for the web server.
async fn redeem(
    State(service): State<Arc<Service>>,
    Told(asked): Told<RedeemToken>,
) -> Result<Json<TokenRedeemed>, No> {
    on_disk(move || {
        let (issuer, spent, kind) = match asked.kind {
            TokenKind::Ask => (&service.keys.ask, &service.asked, Kind::Ask),
            TokenKind::Leave => (&service.keys.leave, &service.left, Kind::Leave),
        };
        spent.redeem(issuer, &asked.spending.0, &asked.question.0)?;
        let receipt = service.keys.receipt.receipt(kind, &asked.question.0);
        Ok(Json(TokenRedeemed { receipt: Exact(receipt) }))
    })
    .await
}

#[cfg(test)]
mod tests;
