//! A call for help now: raised, seen by a person, closed with an outcome.
