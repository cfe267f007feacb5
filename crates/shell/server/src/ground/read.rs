//! From the store's reference tables to the ground, read whole.

use super::{Crow, Ground, Thing};
use crate::Pack;
use atlas::{BaseMap, Date, Entry, Extract};
use environment::AssetKind;
use route::Weights;
use store::{Failure, Store};

/// Why the ground cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Failure),
    /// The pack's `[route]` table is no set of weights.
    #[error("the pack's [route] table: {0}")]
    Weights(#[from] toml::de::Error),
}

impl Ground {
    /// Reads what the imports brought. A row or an extract of a form this version does not know is
    /// left out and said so once: what can be shown is shown.
    ///
    /// # Errors
    /// [`Unreadable`], when the store fails or the pack's weights cannot be read.
    pub async fn read(store: &Store, pack: &Pack) -> Result<Self, Unreadable> {
        let weights: Weights = pack.route.clone().try_into()?;
        let mut things = Vec::new();
        let mut unknown = 0_u32;
        for kind in AssetKind::ALL {
            for asset in store.assets(kind).await? {
                match serde_json::from_str::<Entry>(&asset.row.payload) {
                    Ok(entry) => things.push(Thing {
                        key: asset.row.key,
                        checked_on: asset.row.checked_on.as_deref().and_then(Date::parse),
                        district: asset.row.district,
                        entry,
                    }),
                    Err(_other_form) => unknown += 1,
                }
            }
        }
        let mut extracts: Vec<Extract> = Vec::new();
        for kept in store.street_extracts().await? {
            match serde_json::from_slice(&kept.elements) {
                Ok(extract) => extracts.push(extract),
                Err(_other_form) => unknown += 1,
            }
        }
        if unknown > 0 {
            tracing::warn!(
                rows = unknown,
                "registers hold rows of a form not known here; import again"
            );
        }
        let crow = Crow {
            factor: pack.rules.server.crow_factor,
            pace_m_per_s: pack.rules.escort.walk_m_per_second.clamp(0.3, 3.0),
        };
        let lay = move || {
            let map = (!extracts.is_empty()).then(|| BaseMap::merge(extracts));
            Self::new(things, map.as_ref(), weights, crow)
        };
        // Seconds of work for a large city: not on a thread that answers requests.
        match tokio::task::spawn_blocking(lay).await {
            Ok(ground) => Ok(ground),
            Err(fault) => std::panic::resume_unwind(fault.into_panic()),
        }
    }
}
