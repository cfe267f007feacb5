//! The only crate that knows SQL: journal, private rows, deadlines, projections.
