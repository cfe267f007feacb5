//! Messages to phones, in neutral words; a file sink by default.
