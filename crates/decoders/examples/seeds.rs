//! Writes what the fuzzers begin from, a folder for each decoder: `cargo run -p decoders --example seeds --
//! fuzz/corpus`. With `--names`: each decoder and the longest input that is worth trying, `name:bytes`.
#![expect(clippy::print_stdout, reason = "a script reads the names")]

use std::{fs, path::Path};

fn main() -> std::io::Result<()> {
    let into = std::env::args().nth(1).unwrap_or_else(|| "fuzz/corpus".to_owned());
    for decoder in decoders::ALL {
        if into == "--names" {
            println!("{}:{}", decoder.name, decoder.most_bytes);
            continue;
        }
        let folder = Path::new(&into).join(decoder.name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in (decoder.seeds)().into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{at}")), seed)?;
        }
    }
    Ok(())
}
