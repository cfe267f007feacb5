//! Doorbells and last-known positions, in process; nothing that must last.
