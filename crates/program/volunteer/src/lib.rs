//! The people who walk others home: standing, teams of two, duty.
