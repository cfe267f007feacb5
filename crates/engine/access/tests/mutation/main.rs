//! Every line of the policies is needed: whatever is taken out of them, the schema refuses what is
//! left or the table turns. `cargo xtask mutate-policies` prints which cells.

#[cfg(test)]
mod policies;
