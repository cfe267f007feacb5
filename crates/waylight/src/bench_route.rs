//! `waylight bench route`: what routing takes on one map, measured on this machine.
//!
//! The map is read as an import reads it; places are put on streets as a citizen's are; every time
//! includes snapping, and for ways also the explanation and the line. What the city would know
//! (lamps, cameras, havens) is laid on the map from the seed, so that explaining costs what it
//! costs in a real district. Havens and pairs come from the seed too.

use anyhow::{Context, Result, bail};
use kernel::{Area, Point};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use route::{
    Facts, Fixture, HavenDoor, Hierarchy, HourBand, Lamp, LampState, Measure, Network, Searcher,
    Streets, WayName, Weights,
};
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The whole earth: a benchmark's map may lie anywhere.
const EARTH: Area = Area { south: -90.0, west: -180.0, north: 90.0, east: 180.0 };
const BAND: HourBand = HourBand::Night;
const HAVENS: usize = 650;
/// Havens, dispatch targets and one-to-many starts measured: enough for a steady 95th percentile.
const TABLE_STARTS: usize = 300;

/// Measures and prints: one JSON object, or a line per figure.
pub(crate) fn run(map: &Path, pairs: usize, seed: u64, json: bool) -> Result<()> {
    let measured = measure(map, pairs, seed)?;
    if json {
        return crate::say::json(&measured);
    }
    for (name, value) in measured.as_object().into_iter().flatten() {
        crate::say::line(format_args!("{name:<24} {value}"))?;
    }
    Ok(())
}

/// All figures: microseconds where the name ends in `_us`, medians and 95th percentiles.
pub(crate) fn measure(map: &Path, pairs: usize, seed: u64) -> Result<Value> {
    if pairs == 0 {
        bail!("no pairs, nothing to measure");
    }
    let mut random = SmallRng::seed_from_u64(seed);
    let (streets, import_s) = timed(|| import(map));
    let streets = Arc::new(streets?);
    let facts = facts(&streets, &mut random);
    let (mut network, weigh_s) =
        timed(|| Network::new(Arc::clone(&streets), facts, Weights::default()));
    let pairs = pairs_of(&streets, pairs, &mut random)?;
    let mut searcher = Searcher::new();
    let mut route = |network: &Network, (p, q): (Point, Point)| {
        network.way_home(&mut searcher, p, q, BAND, WayName::Fast).is_ok()
    };
    let search_us = percentiles(&pairs, |&pair| route(&network, pair));
    let mut options = {
        let mut searcher = Searcher::new();
        move |network: &Network, (p, q): (Point, Point)| {
            network.ways_home(&mut searcher, p, q, BAND).map_or(0, |ways| ways.len())
        }
    };
    let search_options_us = percentiles(&pairs, |&pair| options(&network, pair));
    let (hierarchy, order_s) = timed(|| Hierarchy::new(&streets));
    let hierarchy = Arc::new(hierarchy);
    let [customize_ms, customize_cpu_ms, customize_4_ms, update_10_ms] =
        customizing(&network, &hierarchy, &mut random);
    let ((), customize_all_s) = timed(|| network.customize(Arc::clone(&hierarchy)));
    let route_us = percentiles(&pairs, |&pair| route(&network, pair));
    let options_us = percentiles(&pairs, |&pair| options(&network, pair));
    let shown: usize = pairs.iter().map(|&pair| options(&network, pair)).sum();
    let [havens_650_us, pin_650_us, havens_650_once_us, nearest_3_us] = havens(&network, &pairs)?;
    let lamp_out_us = lamps_out(&mut network);
    Ok(json!({
        "nodes": streets.junction_count(),
        "edges": streets.edge_count(),
        "import_s": import_s,
        "rss_mb": rss_mb(),
        "route_us": route_us,
        "options_us": options_us,
        "havens_650_us": havens_650_us,
        "customize_ms": customize_ms,
        "update_10_ms": update_10_ms,
        "length_km": streets.length_mm() as f64 / 1e6,
        "pairs": pairs.len(),
        "seed": seed,
        "options_shown": shown as f64 / pairs.len() as f64,
        "route_search_us": search_us,
        "options_search_us": search_options_us,
        "pin_650_us": pin_650_us,
        "havens_650_once_us": havens_650_once_us,
        "nearest_3_us": nearest_3_us,
        "lamp_out_us": lamp_out_us,
        "weigh_s": weigh_s,
        "order_s": order_s,
        "customize_cpu_ms": customize_cpu_ms,
        "customize_4_ms": customize_4_ms,
        "customize_all_s": customize_all_s,
        "shortcuts": hierarchy.shortcut_count(),
    }))
}

fn import(map: &Path) -> Result<Streets> {
    let bytes = std::fs::read(map).with_context(|| format!("reading {}", map.display()))?;
    let name = map.display().to_string();
    match atlas::read(&name, &bytes, None, &atlas::City::within(EARTH))? {
        atlas::Reading::Extract(extract) => Ok(atlas::BaseMap::merge(vec![extract]).streets()),
        atlas::Reading::Sheet(_) => bail!("{name} is a table, not a map of streets"),
    }
}

/// The clock is read here and nowhere else in this file.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
}

/// Median and 95th percentile of the time each item takes, microseconds.
fn percentiles<T, R>(items: &[T], mut work: impl FnMut(&T) -> R) -> Value {
    for item in items.iter().take(20) {
        black_box(work(item));
    }
    let us: Vec<f64> = items.iter().map(|item| timed(|| black_box(work(item))).1 * 1e6).collect();
    let [p50, p95] = [50, 95].map(|percent| percentile(&us, percent));
    json!({ "p50": p50, "p95": p95 })
}

fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    (sorted.get(at).copied().unwrap_or(f64::NAN) * 100.0).round() / 100.0
}

fn somewhere(streets: &Streets, random: &mut SmallRng) -> u32 {
    random.random_range(0..streets.junction_count() as u32)
}

/// Pairs of junctions of the longest island, 0.5 to 3 km apart in a straight line.
fn pairs_of(streets: &Streets, count: usize, random: &mut SmallRng) -> Result<Vec<(Point, Point)>> {
    let mut pairs = Vec::with_capacity(count);
    for _ in 0..count.saturating_mul(10_000) {
        let (a, b) = (somewhere(streets, random), somewhere(streets, random));
        let (p, q) = (streets.junction_at(a), streets.junction_at(b));
        let joined = streets.island_of(a) == 0 && streets.island_of(b) == 0;
        if joined && (500.0..=3_000.0).contains(&p.distance_m(q)) {
            pairs.push((p, q));
            if pairs.len() == count {
                return Ok(pairs);
            }
        }
    }
    bail!("the map is too small: no {count} pairs of junctions lie 0.5 to 3 km apart")
}

/// As many lamps as there are junctions to three, a camera to ten lamps, and 650 havens.
fn facts(streets: &Streets, random: &mut SmallRng) -> Facts {
    let mut facts = Facts::default();
    if streets.junction_count() == 0 {
        return facts;
    }
    for lamp in 0..streets.junction_count() / 3 {
        let at = streets.junction_at(somewhere(streets, random));
        facts.lamps.push(Lamp { at, state: LampState::Working, checked: None });
        if lamp.is_multiple_of(10) {
            facts.cameras.push(Fixture { at, checked: None });
        }
    }
    for _ in 0..HAVENS {
        let mut at = somewhere(streets, random);
        while streets.island_of(at) != 0 {
            at = somewhere(streets, random);
        }
        facts.havens.push(HavenDoor { at: streets.junction_at(at), open: true, checked: None });
    }
    facts
}

/// One metric (median, and mean of processor time), four at once, ten edges changed in one;
/// milliseconds.
fn customizing(
    network: &Network,
    hierarchy: &Hierarchy,
    random: &mut SmallRng,
) -> [Option<f64>; 4] {
    const ROUNDS: usize = 41;
    let count = network.streets().edge_count() as u32;
    let night: Vec<u32> = (0..count).map(|edge| network.cost_mm(BAND, edge)).collect();
    let median = |ms: Vec<f64>| Some((percentile(&ms, 50) * 1e3).round() / 1e3);
    let before = cpu_ms();
    let one =
        (0..ROUNDS).map(|_| timed(|| black_box(hierarchy.customize(&night))).1 * 1e3).collect();
    let cpu = cpu_ms().zip(before).map(|(after, before)| (after - before) / ROUNDS as f64);
    let four = (0..11)
        .map(|_| {
            let lanes = |edge: u32| HourBand::ALL.map(|band| network.cost_mm(band, edge));
            timed(|| black_box(hierarchy.customize_lanes(lanes))).1 * 1e3
        })
        .collect();
    let mut metric = hierarchy.customize(&night);
    let mut ten = Vec::new();
    for _ in 0..101 {
        let changed: Vec<u32> = (0..10).map(|_| random.random_range(0..count)).collect();
        let mut doubled = night.clone();
        for &edge in &changed {
            doubled[edge as usize] = night[edge as usize].saturating_mul(2);
        }
        let us = timed(|| hierarchy.update(&mut metric, &changed, |e| doubled[e as usize])).1 * 1e6;
        ten.push(us);
        hierarchy.update(&mut metric, &changed, |edge| night[edge as usize]);
    }
    [median(one), cpu, median(four), Some(percentile(&ten, 50) / 1e3)]
}

/// From one place to 650 havens prepared; preparing them; the same unprepared; the three nearest of those that are open.
fn havens(network: &Network, pairs: &[(Point, Point)]) -> Result<[Value; 4]> {
    let mut searcher = Searcher::new();
    let places: Vec<_> =
        (0..HAVENS as u32).filter_map(|haven| network.haven_place(haven).copied()).collect();
    let measure = Measure::Cost(BAND);
    let pin = percentiles(&[(); 11], |()| network.pin(&mut searcher, &places, measure).is_some());
    let pinned = network.pin(&mut searcher, &places, measure).context("no hierarchy")?;
    let starts = &pairs[..pairs.len().min(TABLE_STARTS)];
    let reach_m = network.weights().choice.snap_m;
    let table = percentiles(starts, |&(from, _)| {
        let place = network.streets().snap(from, reach_m);
        place.map_or(0, |place| network.table_row(&mut searcher, &place, &pinned).len())
    });
    let nearest = percentiles(pairs, |&(from, _)| {
        network.nearest_havens(&mut searcher, from, BAND, 3, |haven| haven % 2 == 0).is_ok()
    });
    let once = percentiles(starts, |&(from, _)| {
        let place = network.streets().snap(from, reach_m);
        place.map_or(0, |p| network.distances(&mut searcher, &p, &places, measure).len())
    });
    Ok([table, pin, once, nearest])
}

/// A lamp goes out: its streets weighed again, every metric of every band taken with it.
fn lamps_out(network: &mut Network) -> Value {
    let step = (network.facts().lamps.len() / 100).max(1);
    let lamps: Vec<usize> = (0..network.facts().lamps.len()).step_by(step).collect();
    let us: Vec<f64> = lamps
        .iter()
        .map(|&lamp| timed(|| network.set_lamp(lamp, LampState::Out)).1 * 1e6)
        .collect();
    json!({ "p50": percentile(&us, 50), "p95": percentile(&us, 95) })
}

/// Processor time of this thread so far, milliseconds; `None` where the system does not tell.
/// Exact to a tick of the scheduler, so only a mean over many rounds means something.
fn cpu_ms() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = text.split_ascii_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e6)
}

/// What this process holds in memory, megabytes; null where the system does not tell.
fn rss_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u64 = line.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1_024)
}
