//! Public tables and OpenStreetMap extracts, read with their dirt; vector tiles.
