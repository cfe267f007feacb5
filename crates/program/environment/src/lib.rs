//! Registers of what stands in the street: lamps, cameras, bells, stations, stores.
//!
//! The rows themselves are reference tables; the journal keeps one event per import, which says
//! what the file held, so that nobody mistakes missing rows for darkness.

pub mod asset;
pub mod defect;
pub mod register;
pub mod rules;

pub use asset::{AssetKind, Freshness, LampState};
pub use defect::Defect;
pub use register::{Register, RegisterKind};
pub use rules::Rules;
