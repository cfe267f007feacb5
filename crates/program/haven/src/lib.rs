//! Patrol Houses: stores where a trained person is ready to help.
