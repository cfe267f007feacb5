//! Patrols: beats a programme manager draws, rounds two people walk, and what they notice.

pub mod beat;
pub mod private;
pub(crate) mod relay;
pub mod round;
pub mod screen;
pub mod sighting;
