//! A call for help now. It is never refused, never counted, never waits for anything but the
//! journal itself.

pub mod desk;
pub mod private;
pub mod raise;
pub mod relay;
pub mod sender;
pub mod view;
