//! Sixteen bytes that name a thing, typed so that one is never taken for another. Names, never
//! authority. They are made by whoever makes the thing, from randomness.

/// Declares the ids.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub [u8; 16]);
        )*
    };
}

ids! {
    /// What one report becomes.
    CaseId;
    /// A team that takes reports, as the directory names it. Sixteen zero bytes are no team: in a
    /// consent they stand for herself.
    TeamId;
    /// One device of one member of a team.
    DeviceId;
    /// One file of the evidence.
    FileId;
    /// One referral from a team to another: random, and never a case's number.
    ReferralId;
}

impl TeamId {
    /// Where a consent names nobody else: she herself.
    pub const HERSELF: Self = Self([0; 16]);
}
