//! What a browser of a center says and is told of shares of the center's key. No share is ever in it.

use super::{Bytes, Exact};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /api/onestop/shares`: whether the center's key can be given back, and whether it was.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Shares {
    /// The key whose shares count; null: none were made.
    pub made: Option<SharesMade>,
    /// Older keys, closed for that key.
    pub older: Vec<ClosedKey>,
    /// The key that came back last; null: none ever did.
    pub back: Option<KeyBack>,
}

/// That a key was shared out.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct SharesMade {
    /// Of the key.
    pub epoch: u32,
    /// The full hour.
    #[schema(value_type = i64)]
    pub made_at: Instant,
}

/// That a key came back.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct KeyBack {
    /// Of the key.
    pub epoch: u32,
    /// The full hour.
    #[schema(value_type = i64)]
    pub back_at: Instant,
}

/// A key of the center, closed.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ClosedKey {
    /// Of the key that is closed.
    pub epoch: u32,
    /// The wrap.
    #[schema(value_type = String)]
    pub wrap: Bytes,
}

/// `POST /api/onestop/shares`: three shares of the newest key were made, and two of them tried.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct MakeShares {
    /// Of the key.
    pub epoch: u32,
    /// The older keys that this device holds, closed for it.
    pub older: Vec<ClosedKey>,
}

/// `POST /api/onestop/team-key/back`: two shares gave the newest key back on this device.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct BringBack {
    /// One's own device.
    #[schema(value_type = String)]
    pub device: Exact<16>,
    /// Of the key that came back.
    pub epoch: u32,
    /// It, and the older ones, closed for that device.
    pub wraps: Vec<ClosedKey>,
}
