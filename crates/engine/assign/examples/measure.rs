//! Measures dispatch on an instance of `bench-peers`:
//! `cargo run --release -p assign --example measure -- FILE.json [SECONDS] [SEED]`
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

use assign::rehearsal::{Instance, Options, offline};
use assign::{Budget, Prices, Tuning};
use std::time::Instant;

fn arg(name: &str) -> Option<String> {
    let mut args = std::env::args();
    args.find(|a| a == name)?;
    args.next()
}
fn num<T: std::str::FromStr>(name: &str, or: T) -> T {
    arg(name).and_then(|t| t.parse().ok()).unwrap_or(or)
}

fn main() {
    let seconds = num("--seconds", 2.0);
    let t = Tuning::default();
    let tuning = Tuning {
        removed: num("--removed", t.removed),
        string: num("--string", t.string),
        heat_s: [num("--hot", t.heat_s[0]), num("--cold", t.heat_s[1])],
        left_out_s: num("--left", t.left_out_s),
        from_unserved: num("--fromun", t.from_unserved),
        blink: num("--blink", t.blink),
    };
    let start = Instant::now();
    let clock = || start.elapsed().as_secs_f64();
    let prices = Prices { empty: 10, wait: num("--wait", 1) };
    let (mut s, mut e) = (0, 0.0);
    let files: Vec<String> = std::env::args().skip(1).take_while(|a| !a.starts_with("--")).collect();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("instance");
        let instance = Instance::read(&text).expect("instance");
        let begun = Instant::now();
        let done = offline(
            &instance,
            Options {
                budget: match arg("--rounds").and_then(|t| t.parse().ok()) {
                    Some(rounds) => Budget::Rounds(rounds),
                    None => Budget::Seconds { seconds, clock: &clock },
                },
                seed: num("--seed", 1),
                stop_at_served: arg("--stop").and_then(|t| t.parse().ok()),
                prices,
                flow_start: arg("--flow").is_some(),
                tuning,
            },
        );
        let j = &done.judged;
        let mean = j.waits_s.iter().sum::<i32>() as f64 / j.waits_s.len() as f64;
        println!(
            "{} bound {:?} served {} empty {:.1} km wait {mean:.0} violations {} rounds {} {:.2} s",
            file.rsplit('/').next().unwrap(), done.bound, j.served, j.empty_m as f64 / 1e3, j.violations, done.rounds, begun.elapsed().as_secs_f64()
        );
        s += j.served;
        e += j.empty_m as f64 / 1e3;
    }
    let n = files.len() as f64;
    println!("mean served {:.2} empty {:.2}", s as f64 / n, e / n);
}
