//! Who may do what to which: Cedar policies, schema, and the table they amount to.
