//! Measures dispatch on an instance of `bench-peers`:
//! `cargo run --release -p assign --example measure -- FILE.json [SECONDS] [SEED]`
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

use assign::rehearsal::{Instance, Options, offline, online};
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
        from_unserved: num("--fromun", t.from_unserved),
        blink: num("--blink", t.blink),
    };
    let start = Instant::now();
    let clock = || start.elapsed().as_secs_f64();
    let prices = Prices { empty: 10, wait: num("--wait", 1), left_out_s: num("--left", 4000) };
    let (mut s, mut e) = (0, 0.0);
    let files: Vec<String> = std::env::args().skip(1).take_while(|a| !a.starts_with("--")).collect();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("instance");
        let instance = Instance::read(&text).expect("instance");
        let begun = Instant::now();
        if arg("--online").is_some() {
            let budget = Budget::Rounds(num("--think", 1000));
            let tuning = Tuning { heat_s: [num("--hot", 60.0), num("--cold", 3.0)], ..tuning };
            let evening = online(&instance, prices, tuning, num("--seed", 1), budget, &clock);
            let j = &evening.judged;
            let mut d = evening.decisions_s.clone();
            d.sort_by(f64::total_cmp);
            let mean = j.waits_s.iter().sum::<i32>() as f64 / j.waits_s.len() as f64;
            println!("{} online served {} at once {} empty {:.1} wait {mean:.0} viol {} decision p50 {:.0} p99 {:.0} us {:.1} s", file.rsplit('/').next().unwrap(), j.served, evening.at_once,
                j.empty_m as f64 / 1e3, j.violations, d[d.len()/2]*1e6, d[d.len()*99/100]*1e6, begun.elapsed().as_secs_f64());
            if arg("--who").is_some() {
                let on: std::collections::BTreeSet<usize> = evening.visits.iter().flatten().map(|v| v.request).collect();
                let mut by: std::collections::BTreeMap<i32, [i32; 2]> = std::collections::BTreeMap::new();
                let mut hour: std::collections::BTreeMap<i32, [i32; 2]> = std::collections::BTreeMap::new();
                for (r, a) in instance.asked().iter().enumerate() {
                    let lead = (a.meet.from_s - instance.booked_s(r)) / 600;
                    by.entry(lead).or_default()[0] += 1;
                    by.entry(lead).or_default()[1] += i32::from(!on.contains(&r));
                    hour.entry(a.meet.from_s / 1200).or_default()[0] += 1;
                    hour.entry(a.meet.from_s / 1200).or_default()[1] += i32::from(!on.contains(&r));
                }
                println!("lead {by:?}\nhour {hour:?}");
            }
            s += j.served;
            e += j.empty_m as f64 / 1e3;
            continue;
        }
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
