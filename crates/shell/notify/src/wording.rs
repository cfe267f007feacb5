//! The texts, from the catalogues of `lang/`. All matters of one recipient read alike on a lock
//! screen: what it is about is told by the screen that is opened.

use fluent_bundle::{FluentBundle, FluentResource};
use kernel::Language;

/// What a message is about. Never shown; it only chooses the text and names the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A team has been offered a walk.
    Offer,
    /// Something the team was on has changed or ended.
    Change,
    /// A walk asked for has not been looked at by any desk.
    WalkUnseen,
    /// An alarm has not been looked at by any desk.
    AlarmUnseen,
    /// Nobody looks for a helper who has not been heard of.
    WatchUnseen,
}

impl Matter {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Offer, Self::Change, Self::WalkUnseen, Self::AlarmUnseen, Self::WatchUnseen];

    /// The stable name, part of the message's id.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Change => "change",
            Self::WalkUnseen => "walk-unseen",
            Self::AlarmUnseen => "alarm-unseen",
            Self::WatchUnseen => "watch-unseen",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Offer | Self::Change => "notify-team",
            Self::WalkUnseen | Self::AlarmUnseen | Self::WatchUnseen => "notify-duty",
        }
    }
}

const KO: &str = include_str!("../../../../lang/ko/notify.ftl");
const EN: &str = include_str!("../../../../lang/en/notify.ftl");

/// The text of a matter in a language. A catalogue that lacks it (a test forbids that) gives the
/// name of the service alone: a message that says "look" must still go out.
pub fn wording(matter: Matter, language: Language) -> String {
    from_catalogue(matter.key(), language).unwrap_or_else(|| "Waylight".to_owned())
}

fn from_catalogue(key: &str, language: Language) -> Option<String> {
    let text = match language {
        Language::Ko => KO,
        Language::En => EN,
    };
    // A catalogue with one broken entry still gives all others.
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = FluentBundle::new(vec![language.tag().parse().ok()?]);
    bundle.add_resource(resource).ok()?;
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests;
