//! Measures dispatch on instances of `bench-peers`, as `waylight bench assign` does:
//! `cargo run --release -p assign --example measure -- FILE.json… [--seconds 2] [--seed 1]
//! [--rounds N] [--stop N] [--served-first] [--from-flow] [--online] [--think ROUNDS]`
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

use assign::rehearsal::{Figures, Instance, Options, Percentiles, Thinking, offline, online};
use assign::{Budget, Prices, Tuning};
use std::str::FromStr;
use std::time::Instant;

fn given(name: &str) -> bool {
    std::env::args().any(|arg| arg == name)
}

fn number<T: FromStr>(name: &str) -> Option<T> {
    std::env::args().skip_while(|arg| arg != name).nth(1)?.parse().ok()
}

fn tuning(like: Tuning) -> Tuning {
    let [hot, cold] = like.heat_s;
    Tuning {
        removed: number("--removed").unwrap_or(like.removed),
        string: number("--string").unwrap_or(like.string),
        heat_s: [number("--hot").unwrap_or(hot), number("--cold").unwrap_or(cold)],
        from_unserved: number("--from-unserved").unwrap_or(like.from_unserved),
        blink: number("--blink").unwrap_or(like.blink),
        regret: number("--regret").unwrap_or(like.regret),
    }
}

fn main() {
    let (mut served, mut empty_m, mut gap) = (0, 0, 0.0);
    let files: Vec<String> =
        std::env::args().skip(1).take_while(|arg| !arg.starts_with("--")).collect();
    let seed = number("--seed").unwrap_or(1);
    let default = Prices::default();
    let prices = Prices {
        wait: number("--wait").unwrap_or(default.wait),
        left_out_s: number("--left-out").unwrap_or(default.left_out_s),
        ..default
    };
    for file in &files {
        let start = Instant::now();
        let clock = || start.elapsed().as_secs_f64();
        let text = std::fs::read_to_string(file).expect("a file");
        let instance = Instance::read(&text).expect("an instance");
        let figures = if given("--online") {
            let budget = Budget::Rounds(number("--think").unwrap_or(300));
            let tuning = tuning(Tuning::between_arrivals());
            let evening =
                online(&instance, Thinking { budget, seed, prices, tuning, clock: &clock });
            let us = Percentiles::of(&evening.decisions_s);
            print!(
                "at once {} {:?} broken {} {us:?} ",
                evening.at_once, evening.refused, evening.broken
            );
            Figures::new(&instance, &evening.judged, evening.bound, clock())
        } else {
            let seconds = number("--seconds").unwrap_or(2.0);
            let budget = Budget::Seconds { seconds, clock: &clock };
            let budget = number("--rounds").map_or(budget, Budget::Rounds);
            let stop_at_served = number("--stop");
            let from_flow = given("--from-flow");
            let tuning = tuning(Tuning::default());
            let options = Options { budget, seed, stop_at_served, from_flow, prices, tuning };
            let done = offline(&instance, options);
            print!("rounds {} ", done.rounds);
            Figures::new(&instance, &done.judged, done.bound, clock())
        };
        let text = serde_json::to_string(&figures).expect("figures");
        println!("{} {text}", file.rsplit('/').next().unwrap_or_default());
        served += figures.served;
        empty_m += figures.empty_m;
        gap += figures.gap;
    }
    let count = files.len() as f64;
    let (served, empty_km) = (served as f64 / count, empty_m as f64 / 1e3 / count);
    println!("mean: served {served:.2}, {empty_km:.2} km empty, gap {:.4}", gap / count);
}
