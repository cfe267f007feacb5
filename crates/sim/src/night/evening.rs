//! One-stop's evening of the demo: three centers get their keys, three invented women write to two of
//! them, one is answered and referred to the third, one takes a consent back. Over the same interface as the pages, and sealed as
//! the pages seal; it happens once in a city's life.

mod center;
mod referral;
mod she;
mod told;

use super::Scene;
use super::phone::Trouble;
use center::{Center, Opened};
use kernel::{Instant, Span};
use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::{
    Refusal,
    compartment::Kind,
    mailbox::Salt,
    words::{Language, Phrase},
};
use she::She;
use std::sync::Arc;
use told::Told;
use wire::demo::DemoNight;
use wire::onestop::{Directory, Exact};
use wire::session::Role;

/// What is read at a center by default: everything but the figures.
const WHOLE: [Kind; 9] = [
    Kind::Contact,
    Kind::Identity,
    Kind::Incident,
    Kind::Perpetrator,
    Kind::Health,
    Kind::Safety,
    Kind::Notes,
    Kind::Message,
    Kind::Casework,
];
/// What she lets a hospital read.
const FOR_THE_HOSPITAL: [Kind; 3] = [Kind::Contact, Kind::Incident, Kind::Health];

/// Seven words of each invented person who has any, in Korean. They grow from the demo's seed and
/// protect nothing.
pub struct Words {
    /// Of the counseling center's caseworker.
    pub counseling: String,
    /// Of the hospital's.
    pub hospital: String,
    /// Of whoever answers at the legal aid office.
    pub legal: String,
    /// Of whoever hears at the police what the law makes centers tell.
    pub police: String,
    /// Of whoever counts.
    pub figures: String,
    /// Of the three mailboxes.
    pub reports: [String; 3],
}

impl Words {
    /// Those of a seed.
    pub fn of(seed: u64) -> Self {
        let [counseling, hospital, first, second, third, legal, police, figures] =
            phrases(seed).map(|phrase| phrase.text(Language::Korean).to_string());
        let reports = [first, second, third];
        Self { counseling, hospital, legal, police, figures, reports }
    }
}

fn phrases(seed: u64) -> [Phrase; 8] {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    std::array::from_fn(|_| Phrase::draw(&mut rng))
}

/// What a no of the seal is here: our own mistake, since everybody means well.
pub(super) fn sealed<T>(result: Result<T, Refusal>) -> Result<T, Trouble> {
    result.map_err(|refusal| Trouble::Garbled(refusal.code().to_owned()))
}

/// The full hour a moment lies in, UTC milliseconds.
pub(super) fn hour(at: Instant) -> u64 {
    let hour = Span::hours(1).as_millis();
    u64::try_from(at.millis() - at.millis().rem_euclid(hour)).unwrap_or_default()
}

/// The first caseworker of the counseling center and of the hospital, and whoever is at the legal aid
/// office, at the police and where figures are counted, if the demo has a network.
pub(crate) fn parts(night: &DemoNight) -> Option<[String; 5]> {
    let first = |role: Role, of: &str| {
        let ends = format!("-{of}-1");
        let mut parts = night.parts.iter().filter(|part| part.role == role);
        parts.find(|part| part.part.ends_with(&ends)).map(|part| part.part.clone())
    };
    Some([
        first(Role::Caseworker, "counseling")?,
        first(Role::Caseworker, "hospital")?,
        first(Role::ServicePartner, "legal")?,
        first(Role::ServicePartner, "police")?,
        first(Role::ServicePartner, "figures")?,
    ])
}

/// Lets the evening happen. The night goes on without it if it comes to nothing.
pub(crate) async fn live(scene: Arc<Scene>, parts: [String; 5]) {
    if let Err(trouble) = Box::pin(happen(&scene, &parts)).await {
        tracing::warn!(%trouble, "one-stop's evening came to nothing");
    }
}

/// If the counseling center has no key yet.
async fn happen(scene: &Scene, parts: &[String; 5]) -> Result<(), Trouble> {
    let phone = scene.phone("directory");
    let directory: Directory = phone.get("/api/onestop/directory").await?;
    let Exact(salt) = directory.salt;
    let salt = Salt(salt);
    let mut rng =
        ChaCha20Rng::seed_from_u64(scene.seed ^ scene.watch.now().millis().unsigned_abs());
    let [counseling_words, hospital_words, first, second, third, more @ ..] = phrases(scene.seed);
    let [legal_words, police_words, figures_words] = more;
    let [counseling_part, hospital_part, legal_part, police_part, figures_part] = parts;
    let Some(counseling) =
        Center::found(scene, counseling_part, &counseling_words, salt, &mut rng).await?
    else {
        return Ok(());
    };
    let hospital = Center::found(scene, hospital_part, &hospital_words, salt, &mut rng).await?;
    let legal = Center::found(scene, legal_part, &legal_words, salt, &mut rng).await?;
    // What the law makes centers tell, and lines for the figures, can be closed for these from now on.
    for (part, words) in [(police_part, &police_words), (figures_part, &figures_words)] {
        Center::found(scene, part, words, salt, &mut rng).await?;
    }
    referral::say([Some(&counseling), hospital.as_ref(), legal.as_ref()]).await?;
    let directory: Directory = phone.get("/api/onestop/directory").await?;
    let (reads, medical) = (&counseling.key, hospital.as_ref().map(|hospital| &hospital.key));

    let mut answered = She::new(scene, "first", &first, salt)?;
    answered.report(&Told::stairs(), &[(reads, &WHOLE)], &directory, &mut rng).await?;
    let mut waits = She::new(scene, "second", &second, salt)?;
    let chosen: Vec<_> = [(reads, &WHOLE[..])]
        .into_iter()
        .chain(medical.map(|key| (key, &FOR_THE_HOSPITAL[..])))
        .collect();
    waits.report(&Told::tonight(), &chosen, &directory, &mut rng).await?;
    let mut took_back = She::new(scene, "third", &third, salt)?;
    took_back.report(&Told::pictures(), &chosen, &directory, &mut rng).await?;

    let inbox = counseling.inbox().await?;
    let hers = inbox.into_iter().find(|one: &Opened| one.manifest.case == answered.case);
    if let Some(opened) = hers {
        counseling.answer(&opened, told::ANSWER, &mut rng).await?;
        answered.write(told::THANKS, &mut rng).await?;
        if let Some(legal) = &legal {
            let (both, hers) = ((&counseling, legal), (&answered, &opened));
            referral::happen(both, hers, scene.watch.now(), &mut rng).await?;
        }
    }
    took_back.take_back(1, &mut rng).await
}
