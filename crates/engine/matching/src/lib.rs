//! How several who name the same person find each other through counsel, and nobody else learns of
//! it. SPEC.md is the truth; where this differs from it, this is wrong.
