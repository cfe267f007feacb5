//! Who may reach what: one router per audience, laid over one another, with everything that holds
//! for all of them around it.

use crate::{
    alarm, app::App, auth::origin, city, demo, desk, environment, escort, haven, headers, health,
    matching, onestop, pages, patrol, problem, problem::Turned, route, seat, session, tiles,
    volunteer,
};
use ::onestop::rules::{MOVE_BYTES, REQUEST_BYTES};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
};
use std::{any::Any, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The largest body anything here needs: an alarm with all its places is under 8 KiB, a passkey
/// under 16.
const BODY_BYTES: usize = 32 * 1_024;
/// Longer than this nobody waits; feeds answer at once and then go on.
const PATIENCE: Duration = Duration::from_secs(15);
/// A report is 412 KB at least. From a bad connection that takes a while, and it must arrive.
const SENDING: Duration = Duration::from_mins(2);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Waylight",
        description = "The interface of the screens. Moments are UTC milliseconds; every write carries \
                   an Idempotency-Key; errors are application/problem+json."
    ),
    components(schemas(wire::desk::change::BoardChange))
)]
struct Document;

/// What everybody may ask without signing in.
fn everybody() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(city::city))
        .routes(routes!(environment::places))
        .routes(routes!(route::options))
        .routes(routes!(haven::near::near))
        .routes(routes!(health::health))
        .routes(routes!(tiles::tile))
        .routes(routes!(session::session, session::sign_out))
        .routes(routes!(session::enroll))
        .routes(routes!(session::enroll_finish))
        .routes(routes!(session::passkey_start))
        .routes(routes!(session::passkey_finish))
        .routes(routes!(onestop::directory::keys))
        .routes(routes!(onestop::directory::directory))
        .routes(routes!(onestop::directory::challenge))
        .routes(routes!(onestop::rules::rules))
        .routes(routes!(onestop::mailbox::open))
        .routes(routes!(onestop::mailbox::delete))
        .routes(routes!(onestop::evidence::begin_own))
        .routes(routes!(onestop::evidence::state_own))
        .routes(routes!(onestop::custody::note_own))
        .routes(routes!(onestop::head::head))
        .routes(routes!(onestop::head::witness))
        .routes(routes!(onestop::referral::end))
        .routes(routes!(onestop::service::list))
        .routes(routes!(matching::houses::houses))
        .routes(routes!(matching::entry::leave))
        .routes(routes!(matching::entry::withdraw))
}

/// What everybody may send that is long: reports, and what is written to them.
fn everybody_sends() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(onestop::report::report))
        .routes(routes!(onestop::mailbox::write))
        .routes(routes!(onestop::evidence::part_own))
        .routes(routes!(onestop::evidence::get_own))
        .routes(routes!(onestop::evidence::delete))
        .routes(routes!(onestop::custody::find_own))
}

/// A caseworker of a center of the one-stop network.
fn caseworker() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(onestop::desk::desk))
        .routes(routes!(onestop::desk::knocks))
        .routes(routes!(onestop::desk::answered))
        .routes(routes!(onestop::keys::device))
        .routes(routes!(onestop::keys::team_key))
        .routes(routes!(onestop::keys::share_key))
        .routes(routes!(onestop::case::find))
        .routes(routes!(onestop::evidence::begin))
        .routes(routes!(onestop::evidence::state))
        .routes(routes!(onestop::custody::note_for))
        .routes(routes!(onestop::referral::list))
        .routes(routes!(onestop::service::say))
        .routes(routes!(onestop::ledger::ledger))
        .routes(routes!(onestop::ledger::reserve))
        .routes(routes!(onestop::shares::shares))
}

/// What a caseworker sends that is long.
fn caseworker_sends() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(onestop::case::write))
        .routes(routes!(onestop::evidence::part))
        .routes(routes!(onestop::evidence::get))
        .routes(routes!(onestop::custody::find))
        .routes(routes!(onestop::referral::send))
        .routes(routes!(onestop::referral::write))
        .routes(routes!(onestop::referral::move_on))
        .routes(routes!(onestop::shares::make))
        .routes(routes!(onestop::shares::bring_back))
}

/// What moves a whole case at once, sent by her or by a caseworker.
fn moves() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(onestop::mailbox::withdraw))
        .routes(routes!(onestop::mailbox::give))
        .routes(routes!(onestop::case::move_on))
}

/// The requester of a walk, and whoever raises an alarm.
fn requester() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(escort::quote::quote))
        .routes(routes!(escort::ask::request))
        .routes(routes!(escort::see::request))
        .routes(routes!(escort::see::live))
        .routes(routes!(escort::give_up::cancel))
        .routes(routes!(alarm::raise::trouble))
        .routes(routes!(alarm::raise::raise))
        .routes(routes!(alarm::sender::look))
        .routes(routes!(alarm::sender::live))
        .routes(routes!(alarm::sender::retract))
        .routes(routes!(alarm::sender::add_locations))
        .routes(routes!(alarm::sender::regrade))
}

/// A district's desk.
fn dispatcher() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(desk::board))
        .routes(routes!(desk::live))
        .routes(routes!(desk::handover::handover))
        .routes(routes!(desk::handover::take_over))
        .routes(routes!(desk::handover::leave_note))
        .routes(routes!(desk::handover::put_away))
        .routes(routes!(escort::ask::call))
        .routes(routes!(escort::see::for_desk))
        .routes(routes!(escort::see::see))
        .routes(routes!(escort::desk::teams))
        .routes(routes!(escort::desk::offer))
        .routes(routes!(escort::desk::hand_over))
        .routes(routes!(escort::desk::take_over))
        .routes(routes!(alarm::desk::look))
        .routes(routes!(alarm::desk::acknowledge))
        .routes(routes!(alarm::desk::close))
        .routes(routes!(volunteer::watch::acknowledge))
        .routes(routes!(volunteer::watch::close))
        .routes(routes!(patrol::sighting::acknowledge))
        .routes(routes!(patrol::sighting::close))
}

/// A supervisor of all districts.
fn supervisor() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(desk::city::city))
        .routes(routes!(desk::city::live))
        .routes(routes!(desk::city::district))
}

/// Whoever asks to join, and a helper on her own phone.
fn helper() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(volunteer::apply::apply))
        .routes(routes!(volunteer::apply::look))
        .routes(routes!(volunteer::apply::withdraw))
        .routes(routes!(volunteer::own::page))
        .routes(routes!(volunteer::own::hours, volunteer::papers::hours))
        .routes(routes!(volunteer::own::sign_up))
        .routes(routes!(volunteer::own::step_back))
        .routes(routes!(volunteer::own::offer_swap))
        .routes(routes!(volunteer::own::keep))
        .routes(routes!(volunteer::own::mute))
        .routes(routes!(volunteer::take::take))
        .routes(routes!(volunteer::check_in::check_in))
        .routes(routes!(volunteer::watch::way_home))
        .routes(routes!(volunteer::watch::own_well))
        .routes(routes!(volunteer::watch::own_home))
}

/// The programme manager of a district.
fn manager() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(volunteer::crew::crew))
        .routes(routes!(volunteer::crew::live))
        .routes(routes!(volunteer::answer::invite))
        .routes(routes!(volunteer::answer::interviewed))
        .routes(routes!(volunteer::answer::accept))
        .routes(routes!(volunteer::answer::decline))
        .routes(routes!(volunteer::papers::papers))
        .routes(routes!(volunteer::papers::suspend))
        .routes(routes!(volunteer::papers::reinstate))
        .routes(routes!(volunteer::papers::leave))
        .routes(routes!(volunteer::papers::statement))
        .routes(routes!(volunteer::papers::debrief))
        .routes(routes!(volunteer::night::open))
        .routes(routes!(volunteer::night::proposal))
        .routes(routes!(volunteer::night::make_team))
        .routes(routes!(volunteer::night::part))
        .routes(routes!(volunteer::night::absent))
        .routes(routes!(volunteer::night::call_off))
        .routes(routes!(patrol::beat::list, patrol::beat::draw))
        .routes(routes!(patrol::beat::retire))
        .routes(routes!(environment::defects::list))
        .routes(routes!(environment::defects::close))
}

/// A patrol on its phone.
fn patrol() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(patrol::screen::patrol))
        .routes(routes!(patrol::round::start))
        .routes(routes!(patrol::round::end))
        .routes(routes!(patrol::sighting::note))
        .routes(routes!(patrol::sighting::hand_over))
}

/// Whoever signs in with a passkey, about seats: her own, and those she looks after.
fn keeper() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session::role::take))
        .routes(routes!(session::confirm::start))
        .routes(routes!(session::confirm::finish))
        .routes(routes!(seat::list::list, seat::change::open))
        .routes(routes!(seat::list::live))
        .routes(routes!(seat::end::session))
        .routes(routes!(seat::end::seat))
        .routes(routes!(seat::pair::pair))
        .routes(routes!(seat::change::roles))
        .routes(routes!(seat::change::close))
}

/// A team on its phone.
fn team() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(volunteer::team))
        .routes(routes!(volunteer::live))
        .routes(routes!(volunteer::duty))
        .routes(routes!(volunteer::position))
        .routes(routes!(volunteer::mute::mute))
        .routes(routes!(volunteer::load::load))
        .routes(routes!(volunteer::watch::start))
        .routes(routes!(volunteer::watch::well))
        .routes(routes!(volunteer::watch::end))
        .routes(routes!(volunteer::no_go::note))
        .routes(routes!(volunteer::no_go::lift))
        .routes(routes!(escort::walk_up::walk_up))
        .routes(routes!(escort::step::accept))
        .routes(routes!(escort::step::decline))
        .routes(routes!(escort::step::set_off))
        .routes(routes!(escort::step::arrive))
        .routes(routes!(escort::step::meet))
        .routes(routes!(escort::step::walk))
        .routes(routes!(escort::step::home))
        .routes(routes!(escort::step::stand_down))
}

/// A store's till.
fn till() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(haven::till::till))
        .routes(routes!(haven::till::live))
        .routes(routes!(haven::till::shift))
        .routes(routes!(haven::till::drill))
}

/// The invented night.
fn invented() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(demo::night))
        .routes(routes!(demo::sign_in))
        .routes(routes!(demo::confirm))
        .routes(routes!(demo::clock, demo::set_clock))
}

fn all(with_demo: bool) -> OpenApiRouter<App> {
    let surfaces = OpenApiRouter::with_openapi(Document::openapi())
        .merge(everybody())
        .merge(requester())
        .merge(dispatcher())
        .merge(supervisor())
        .merge(keeper())
        .merge(team())
        .merge(helper())
        .merge(manager())
        .merge(patrol())
        .merge(till())
        .merge(caseworker());
    let surfaces = if with_demo { surfaces.merge(invented()) } else { surfaces };
    let sending = everybody_sends().merge(caseworker_sends());
    within(surfaces, BODY_BYTES, PATIENCE)
        .merge(within(sending, REQUEST_BYTES, SENDING))
        .merge(within(moves(), MOVE_BYTES, SENDING))
}

/// Routes whose bodies may be so large and whose answers may take so long.
fn within(routes: OpenApiRouter<App>, bytes: usize, patience: Duration) -> OpenApiRouter<App> {
    routes
        .layer(DefaultBodyLimit::max(bytes))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, patience))
}

/// The OpenAPI document as JSON, with the demo's paths: the screens know them too.
pub fn openapi() -> String {
    all(true).to_openapi().to_pretty_json().unwrap_or_default()
}

impl App {
    /// Everything this server answers.
    pub fn router(&self) -> Router {
        let (router, document) = all(self.demo().is_some()).split_for_parts();
        let document = document.to_json().unwrap_or_default();
        let openapi = move || async move {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], document)
        };
        router
            .route("/api/openapi.json", axum::routing::get(openapi))
            .fallback(pages::page)
            .layer(DefaultBodyLimit::max(BODY_BYTES))
            .layer(TimeoutLayer::with_status_code(
                axum::http::StatusCode::GATEWAY_TIMEOUT,
                PATIENCE,
            ))
            .layer(middleware::from_fn_with_state(self.clone(), origin::check))
            .layer(CatchPanicLayer::custom(fault))
            .layer(CompressionLayer::new())
            .layer(middleware::from_fn_with_state(self.clone(), problem::write))
            .layer(middleware::from_fn_with_state(self.clone(), headers::add))
            .with_state(self.clone())
    }
}

/// We were wrong. What was said is not repeated: it may be about a person.
fn fault(_said: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Turned::Fault.into_response()
}
