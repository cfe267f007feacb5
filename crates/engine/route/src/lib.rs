//! Walking routes at night: street graph, night cost, exact search, one-to-many, trade-off choice.
