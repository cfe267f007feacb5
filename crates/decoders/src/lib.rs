//! Every place of one-stop where bytes or text come in from outside, each as a function of bytes. What
//! does not hold panics: that is how a fuzzer sees it, and how the test beside this does.
//!
//! They ask for more than that nothing breaks. What is read is written again as the same bytes; what is
//! refused has a code that the specification knows; what was closed, signed or shared here is opened as
//! what it was or not at all, whatever was done to it on the way.
#![expect(clippy::missing_panics_doc, reason = "every one of them panics on what does not hold")]

mod cut;
mod key;
pub mod matching;
pub mod onestop;
pub mod seal;
pub mod seeds;
#[cfg(test)]
mod tests;
pub mod wire;

/// One decoder.
#[derive(Clone, Copy)]
pub struct Decoder {
    /// Its name, which is its fuzz target's.
    pub name: &'static str,
    /// What a fuzzer calls.
    pub run: fn(&[u8]),
    /// What it may begin from, made of the test vectors and of what the house itself writes.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// The longest input that is worth trying, in bytes.
    pub most_bytes: usize,
}

/// Declares the decoders by their modules and names.
macro_rules! decoders {
    ($($module:ident::$name:ident < $most:literal,)*) => {
        /// All of them.
        pub const ALL: &[Decoder] = &[$(Decoder {
            name: stringify!($name),
            run: $module::$name,
            seeds: seeds::$name,
            most_bytes: $most,
        }),*];
    };
}

decoders! {
    seal::words < 512,
    seal::consent < 256,
    seal::event < 256,
    seal::head < 256,
    seal::entry < 2_048,
    seal::manifest < 4_096,
    seal::share < 512,
    seal::wraps < 12_288,
    seal::key < 2_048,
    seal::knock < 2_048,
    seal::content < 1_024,
    seal::file < 1_024,
    seal::proof < 4_096,
    seal::signature < 512,
    matching::identifier < 512,
    matching::answer < 512,
    matching::ceremony < 512,
    matching::left < 4_096,
    matching::token < 512,
    onestop::report < 512,
    onestop::note < 512,
    onestop::log < 8_192,
    onestop::letter < 4_096,
    onestop::session < 512,
    wire::text < 1_024,
    wire::bodies < 4_096,
}
