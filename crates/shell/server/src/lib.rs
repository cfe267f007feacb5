//! The HTTP service: surfaces per audience, verbs per word, followers of the journal.
