use super::*;
use crate::key::dice;
use rand::Rng;
use std::{fs, path::Path};

const FUZZ: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz");

/// What a fuzz target is, and all it is.
fn target(module: &str, name: &str) -> String {
    format!(
        "#![no_main]\n\nlibfuzzer_sys::fuzz_target!(|bytes: &[u8]| decoders::{module}::{name}(bytes));\n"
    )
}

/// Inputs beside each seed: cut, longer, and with some bytes exchanged.
fn nearby(seed: &[u8], rng: &mut impl Rng) -> Vec<Vec<u8>> {
    let mut all = vec![seed.to_vec(), [seed, &[0]].concat()];
    for _ in 0..4 {
        let mut other = seed.to_vec();
        for _ in 0..=rng.next_u32() % 3 {
            let at = rng.next_u32() as usize % other.len().max(1);
            if let Some(byte) = other.get_mut(at) {
                *byte = rng.next_u32() as u8;
            }
        }
        all.push(other);
    }
    all.push(seed[..seed.len() / 2].to_vec());
    all
}

#[test]
fn every_decoder_holds_over_its_seeds_and_what_lies_beside_them() {
    let mut rng = dice(1);
    for decoder in ALL {
        let seeds = (decoder.seeds)();
        assert!(seeds.len() >= 4, "{} has nothing to begin from", decoder.name);
        for seed in &seeds {
            assert!(seed.len() <= decoder.most_bytes, "{}: {} bytes", decoder.name, seed.len());
            for input in nearby(seed, &mut rng) {
                (decoder.run)(&input);
            }
        }
    }
}

#[test]
fn some_of_what_each_form_begins_from_is_taken() {
    let taken = |seeds: Vec<Vec<u8>>, read: fn(&[u8]) -> bool| {
        seeds.iter().filter(|seed| read(seed)).count() > 0
    };
    assert!(taken(seeds::consent(), |bytes| ::seal::consent::Consent::read(bytes).is_ok()));
    assert!(taken(seeds::event(), |bytes| ::seal::custody::Event::read(bytes).is_ok()));
    assert!(taken(seeds::head(), |bytes| ::seal::directory::Head::read(bytes).is_ok()));
    assert!(taken(seeds::entry(), |bytes| ::seal::directory::Entry::read(bytes).is_ok()));
    assert!(taken(seeds::manifest(), |bytes| ::seal::report::Manifest::read(bytes).is_ok()));
    assert!(taken(seeds::share(), |bytes| ::seal::recovery::Share::read(bytes).is_ok()));
    assert!(taken(seeds::wraps(), |bytes| ::seal::wrap::Wraps::of_joined(bytes).is_ok()));
    assert!(taken(seeds::key(), |bytes| ::seal::key::PublicKey::from_bytes(bytes).is_ok()));
    assert!(taken(seeds::answer(), |bytes| ::matching::holder::Answer::read(bytes).is_ok()));
    assert!(taken(seeds::words(), |bytes| {
        ::seal::words::Phrase::read(&String::from_utf8_lossy(bytes)).is_ok()
    }));
}

#[test]
fn every_decoder_has_a_fuzz_target_and_every_target_is_one() {
    let manifest = fs::read_to_string(Path::new(FUZZ).join("Cargo.toml")).unwrap();
    let folder = Path::new(FUZZ).join("fuzz_targets");
    for decoder in ALL {
        let text = fs::read_to_string(folder.join(format!("{}.rs", decoder.name))).unwrap();
        let modules = ["seal", "matching", "onestop", "wire"];
        assert!(modules.iter().any(|module| text == target(module, decoder.name)), "{text}");
        let line = format!("name = \"{0}\"\npath = \"fuzz_targets/{0}.rs\"\n", decoder.name);
        assert!(manifest.contains(&line), "fuzz/Cargo.toml lacks {}", decoder.name);
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), ALL.len());
    assert_eq!(manifest.matches("[[bin]]").count(), ALL.len());
}
