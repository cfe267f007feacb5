//! The city that does not exist: a dense Korean district invented from a seed in the same files a
//! real city publishes, and people who live a night in it through the same HTTP interface as the
//! screens. Nobody here is real, and everything says so.

pub mod chance;
pub mod city;
pub mod district;
pub mod night;
