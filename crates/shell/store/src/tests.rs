//! Unit tests live beside the contract suite in tests/.
