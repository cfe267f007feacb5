//! Writes `vectors/*.json` anew: `cargo run -p seal --example seal_vectors`. What it writes is the same
//! every time; a test compares.

#[path = "../tests/vectors/make/mod.rs"]
mod make;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for section in make::all()? {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
        std::fs::write(format!("{folder}/{}.json", section.name), section.text())?;
    }
    Ok(())
}
