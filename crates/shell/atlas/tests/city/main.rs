//! The atlas against the public data of a real city.

mod folder;
mod tables;
