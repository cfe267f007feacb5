//! A call for help now. It is never refused, never counted, never waits for anything but the
//! journal itself.

pub mod desk;
pub mod private;
pub mod raise;
pub mod relay;
pub mod sender;
pub mod view;

/// Numbers that may be typed at once to take one alarm back: more than a shaking hand needs.
pub(crate) const PINS_AT_ONCE: u16 = 5;
/// Seconds after which one more may be typed. All ten thousand then take over a day; the alarm is
/// open all the while, and whoever is locked out of nothing waits ten seconds.
pub(crate) const PIN_AGAIN_SECONDS: u16 = 10;
