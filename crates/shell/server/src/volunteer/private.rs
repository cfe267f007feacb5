//! What is known of a helper: one sealed row, from the application to some time after she left.

use crate::{app::App, problem::Turned, roster};
use ::volunteer::Application;
use kernel::{DistrictCode, Id, Instant, Secret, Span, id};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Failure, Tx};

/// The kind of the row.
pub const APPLICANT: &str = "volunteer.applicant";
/// How long a row is kept for as long as nobody has left; a sealed row needs some date.
const SERVING: Span = Span::days(3_650);

/// Letters a name may have.
const NAME_LETTERS: usize = 40;
/// Digits and signs a phone number may have.
const PHONE_LETTERS: usize = 20;
/// Letters an applicant may write.
const WORDS_LETTERS: usize = 500;

/// Name, number and words. Has no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Applicant {
    /// What to call her or him.
    pub first_name: String,
    /// The number.
    pub phone: String,
    /// What she or he said.
    pub words: Option<String>,
}

impl Applicant {
    /// Takes what was typed.
    ///
    /// # Errors
    /// Names the field that is missing or too long.
    pub fn of(first_name: &str, phone: &str, words: Option<String>) -> Result<Self, Turned> {
        let wrong = |field: &str| Turned::NotUnderstood(Some(field.to_owned()));
        let needed = |text: &str, most: usize, field: &str| {
            let text = text.trim();
            let fits = !text.is_empty() && text.chars().count() <= most;
            if fits { Ok(text.to_owned()) } else { Err(wrong(field)) }
        };
        let words = words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        if words.as_ref().is_some_and(|words| words.chars().count() > WORDS_LETTERS) {
            return Err(wrong("words"));
        }
        Ok(Self {
            first_name: needed(first_name, NAME_LETTERS, "first_name")?,
            phone: needed(phone, PHONE_LETTERS, "phone")?,
            words,
        })
    }

    /// Keeps it sealed, for as long as she or he serves; a no and a leaving set an earlier date.
    pub async fn keep(&self, tx: &mut Tx, now: Instant) -> Result<Id<id::Private>, Failure> {
        let bytes = serde_json::to_vec(self).map_err(Failure::Unwritable)?;
        tx.private_put(APPLICANT, &Secret::new(bytes), now + SERVING).await
    }
}

/// What colleagues call each of a district's helpers, and how they are reached. Has no `Debug`.
#[derive(Default)]
pub struct Names(HashMap<Id<id::Person>, Applicant>);

impl Names {
    /// The first name; a dash for whom nobody has a name any more.
    pub fn first_name(&self, person: Id<id::Person>) -> String {
        self.0.get(&person).map_or_else(|| "—".to_owned(), |one| one.first_name.clone())
    }

    /// The number, if one was given.
    pub fn phone(&self, person: Id<id::Person>) -> Option<String> {
        self.0.get(&person).map(|one| one.phone.clone()).filter(|phone| !phone.is_empty())
    }
}

impl App {
    /// What is still known of an applicant.
    pub(crate) async fn applicant(
        &self,
        application: &Application,
    ) -> Result<Option<Applicant>, Failure> {
        let Some(row) = application.private else { return Ok(None) };
        let bytes = self.store().private_get(row, APPLICANT, self.now()).await?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(bytes.expose()).ok()))
    }

    /// The names of a district's helpers: from their applications, and from the seats of the teams
    /// the operator enlisted.
    pub(crate) async fn names(&self, district: &DistrictCode) -> Result<Names, Failure> {
        let mut names = Names::default();
        for (team, first_names) in self.seats().teams_in(district) {
            let members = self.store().load::<::volunteer::Team>(team).await?.state.members;
            for (person, first_name) in members.into_iter().flatten().zip(first_names) {
                let known = Applicant { first_name, ..Applicant::default() };
                names.0.insert(person, known);
            }
        }
        for listed in self.store().accepted_applications(district).await? {
            if let (Some(person), Some(known)) =
                (listed.state.person, self.applicant(&listed.state).await?)
            {
                names.0.insert(person, known);
            }
        }
        Ok(names)
    }

    /// The name and number of one helper, if anything is known.
    pub(crate) async fn known_of(
        &self,
        person: Id<id::Person>,
    ) -> Result<Option<Applicant>, Failure> {
        match self.store().application_of(person).await? {
            Some(listed) => self.applicant(&listed.state).await,
            None => Ok(None),
        }
    }

    /// A place in nobody's register by which asks to join a district are counted.
    pub(crate) fn join_place(district: &DistrictCode) -> Id<id::Place> {
        roster::id_of(&["join", district.as_str()])
    }
}
