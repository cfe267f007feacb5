//! Chance from a seed. Every part of the invented city draws from its own stream, named by a
//! word, so that one more bench in the park does not move every lamp in town.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

/// A named stream of chance. The same seed and name give the same draws on every machine.
#[derive(Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream called `name` of this seed.
    pub fn of(seed: u64, name: &str) -> Self {
        // FNV-1a over the name: stable across compilers, which `std::hash` does not promise.
        let named = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(ChaCha8Rng::seed_from_u64(seed ^ named))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in 0.0 up to, not including, 1.0.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from `low` up to, not including, `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A number from −`reach` to `reach`.
    pub fn around(&mut self, reach: f64) -> f64 {
        self.between(-reach, reach)
    }

    /// Whether something with this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.unit() * limit as f64) as usize).min(limit.saturating_sub(1))
    }

    /// One of the choices, if there is one.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// A waiting time in seconds with this mean: rare events that know nothing of each other.
    pub fn waiting_s(&mut self, mean_s: f64) -> f64 {
        -mean_s * (1.0 - self.unit()).ln()
    }

    /// The choices in an order of their own.
    pub fn shuffled<T>(&mut self, mut choices: Vec<T>) -> Vec<T> {
        for last in (1..choices.len()).rev() {
            let other = self.below(last + 1);
            choices.swap(last, other);
        }
        choices
    }
}

#[cfg(test)]
mod tests;
