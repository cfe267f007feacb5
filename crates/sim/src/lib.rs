//! A seeded district and the people who live a night in it.
