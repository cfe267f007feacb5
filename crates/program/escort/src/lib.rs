//! A walk home: asked, seen, offered, accepted, met by mutual proof, home.
//!
//! Acknowledgement is the service: in every live state somebody owns the request or a deadline
//! runs that will find somebody. Nothing here knows names, phones, homes or positions.

pub mod command;
pub mod event;
pub mod night;
pub mod promise;
pub mod proof;
pub mod reason;
pub mod refusal;
pub mod request;
pub mod rules;
pub mod words;

pub use command::{Command, Lapse, When};
pub use event::Event;
pub use night::Night;
pub use promise::{Help, Outlook, Promise, Shortage, Unmet};
pub use reason::{
    CancelReason, Canceller, Channel, Confirmer, DeclineReason, StandDownReason, TurnedAwayReason,
};
pub use refusal::Refused;
pub use request::{Attention, Reach, Request, Stage};
pub use rules::{Rules, TeamsFrom};
