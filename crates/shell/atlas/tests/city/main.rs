//! The atlas against the public data of a real city.

mod damage;
mod folder;
mod streets;
mod tables;
