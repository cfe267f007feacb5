//! The built web screens, embedded in the binary.
