//! What centers can do now, as they say it themselves.

use super::Exact;
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Declares words of the interface, which are kept as such.
macro_rules! words {
    ($(#[$of:meta])* $name:ident { $($(#[$doc:meta])* $word:ident = $text:literal,)* }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $word,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$word),*];

            /// As it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $text,)* }
            }

            /// The word that is written so, if there is one.
            pub fn of_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.name() == name)
            }
        }
    };
}

words! {
    /// What a center can do.
    Capability {
        /// Listening and advice.
        Counseling = "counseling",
        /// Somebody who goes along.
        GoingAlong = "going_along",
        /// Treatment at any hour.
        EmergencyMedicine = "emergency_medicine",
        /// Securing evidence on the body with the kit.
        ForensicKit = "forensic_kit",
        /// A female doctor is there.
        FemaleDoctor = "female_doctor",
        /// Emergency contraception.
        EmergencyContraception = "emergency_contraception",
        /// Treatment of trauma.
        Trauma = "trauma",
        /// Advice on rights.
        LegalAdvice = "legal_advice",
        /// A lawyer who stands by her.
        Lawyer = "lawyer",
        /// A place to stay.
        SafeStay = "safe_stay",
        /// A place to stay with children.
        StayWithChildren = "stay_with_children",
        /// Having images taken off the net.
        ImageRemoval = "image_removal",
        /// Taking a report to the police.
        PoliceReport = "police_report",
        /// Protection of children.
        ChildProtection = "child_protection",
    }
}

words! {
    /// How somebody gets in and is understood.
    ServiceAccess {
        /// Without steps.
        StepFree = "step_free",
        /// Korean sign language.
        SignLanguage = "sign_language",
        /// Interpreters by telephone.
        PhoneInterpreter = "phone_interpreter",
        /// Children may come along.
        ChildrenWelcome = "children_welcome",
        /// At any hour.
        AnyHour = "any_hour",
    }
}

/// `POST /api/onestop/service`: what one's own center can do now, in the place of what it said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SayService {
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// Languages that are spoken there: two-letter codes of ISO 639-1.
    pub languages: Vec<String>,
    /// How somebody gets in and is understood.
    pub access: Vec<ServiceAccess>,
    /// Beds that are free; null for a center without any.
    pub beds_free: Option<u16>,
}

/// What a center can do, and since when that holds.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ServiceNow {
    /// Which center.
    #[schema(value_type = String)]
    pub center: Exact<16>,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// Languages that are spoken there.
    pub languages: Vec<String>,
    /// How somebody gets in and is understood.
    pub access: Vec<ServiceAccess>,
    /// Beds that are free; null for a center without any, and once what it said is stale.
    pub beds_free: Option<u16>,
    /// The full hour it said so.
    #[schema(value_type = i64)]
    pub said_at: Instant,
    /// When it is too old to go by.
    #[schema(value_type = i64)]
    pub stale_at: Instant,
    /// Whether it is.
    pub stale: bool,
}

/// `GET /api/onestop/services`: a center that never said anything is not in it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Services {
    /// What each said last.
    pub services: Vec<ServiceNow>,
}

#[cfg(test)]
mod tests;
