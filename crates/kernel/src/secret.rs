//! Values that must never be printed: names, phones, addresses, tokens, keys.

/// Holds a value that has no `Debug`, `Display` or `Serialize`, so that no log line, error or
/// snapshot can carry it by accident. It leaves only by [`Secret::expose`], which reads as what
/// it is at the place where it is called.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }
    /// The value, for the one purpose it was kept for.
    pub const fn expose(&self) -> &T {
        &self.0
    }
    /// The value itself, given up.
    pub fn into_inner(self) -> T {
        self.0
    }
}
