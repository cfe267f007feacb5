//! The ledger of what was told of all women together. Only a center that counts may read it or
//! release anything; everybody else is answered as if there were none.

use crate::{
    app::App,
    asked::{Answer, Told},
    auth::Caseworker,
    pack::Service,
    problem::Turned,
};
use ::onestop::{
    ledger::{Asked, Period, Release, Reserved, reserve as decide},
    rules::kept_time,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use store::KeptRelease;
use wire::{
    onestop::{Exact, Ledger, ReleaseItem, ReserveRelease, TableSpends},
    problem::Problem,
};

/// What was released, and what is left.
#[utoipa::path(get, path = "/api/onestop/ledger", tag = "onestop",
    responses((status = 200, body = Ledger), (status = "4XX", body = Problem)))]
pub async fn ledger(State(app): State<App>, worker: Caseworker) -> Answer<Ledger> {
    app.may_count(&worker)?;
    let figures = &app.pack().onestop.figures;
    let spends = figures.tables.iter().map(|table| TableSpends {
        table: table.key.clone(),
        epsilon_thousandths: table.epsilon_thousandths,
    });
    Ok(Json(Ledger {
        yearly_epsilon_thousandths: figures.yearly_epsilon_thousandths,
        small_below_people: figures.small_below_people,
        spends: spends.collect(),
        releases: app.store().releases().await?.into_iter().map(item).collect(),
    }))
}

/// Release a table of a period, of exactly these lines: once.
#[utoipa::path(post, path = "/api/onestop/ledger/reserve", tag = "onestop",
    request_body = ReserveRelease,
    responses((status = 201, body = ReleaseItem), (status = 200, body = ReleaseItem),
        (status = "4XX", body = Problem)))]
pub async fn reserve(
    State(app): State<App>,
    worker: Caseworker,
    Told(asked): Told<ReserveRelease>,
) -> Result<impl IntoResponse, Turned> {
    app.may_count(&worker)?;
    let ReserveRelease { table, period, digest } = asked;
    let figures = &app.pack().onestop.figures;
    let period: Period =
        period.parse().map_err(|_form| Turned::NotUnderstood(Some("period".to_owned())))?;
    let listed =
        figures.tables.iter().find(|one| one.key == table).ok_or(Turned::NoSuchThing)?.counted();
    let now = app.now();
    let today = app.pack().zone.local(now);
    let asked = Asked { period, digest: digest.0 };
    let (status, kept) = app
        .store()
        .transact("onestop::reserve", async |tx| {
            let written = period.to_string();
            let kept = tx.release(&table, &written).await?;
            let before = kept.as_ref().map(known);
            let spent = tx.epsilon_spent(period.year()).await?;
            let year = (spent, figures.yearly_epsilon_thousandths);
            match (decide(&asked, listed, before.as_ref(), year, today)?, kept) {
                (Reserved::Now { epsilon_thousandths }, _) => {
                    let release = KeptRelease {
                        table,
                        period: written,
                        year: period.year(),
                        digest: asked.digest,
                        epsilon_thousandths,
                        reserved_at: kept_time(now),
                    };
                    tx.release_put(&release).await?;
                    Ok((StatusCode::CREATED, release))
                }
                (Reserved::Before, Some(kept)) => Ok((StatusCode::OK, kept)),
                // Nothing was kept before and it is said that something was.
                (Reserved::Before, None) => Err(Turned::Fault),
            }
        })
        .await?;
    Ok((status, Json(item(kept))))
}

fn known(kept: &KeptRelease) -> Release {
    Release {
        table: kept.table.clone(),
        period: kept.period.clone(),
        digest: kept.digest,
        epsilon_thousandths: kept.epsilon_thousandths,
        reserved_at: kept.reserved_at,
    }
}

fn item(kept: KeptRelease) -> ReleaseItem {
    ReleaseItem {
        table: kept.table,
        period: kept.period,
        digest: Exact(kept.digest),
        epsilon_thousandths: kept.epsilon_thousandths,
        reserved_at: kept.reserved_at,
    }
}

impl App {
    /// Whether a caseworker may count: whether hers is a center that does.
    ///
    /// # Errors
    /// [`Turned::NoSuchThing`] for anybody else: a center that helps has nothing to count.
    fn may_count(&self, worker: &Caseworker) -> Result<(), Turned> {
        self.may_refer(worker)?;
        let counts = self.own_center(worker.center)?.service == Service::Figures;
        if counts { Ok(()) } else { Err(Turned::NoSuchThing) }
    }
}
