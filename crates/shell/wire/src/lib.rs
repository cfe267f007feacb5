//! The public contract: request and response bodies, views named for their reader.
