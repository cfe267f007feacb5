//! The hierarchy on a graph other routers were measured on, given as arrays of little-endian
//! numbers: `cargo run --release -p route --example csr -- GRAPHPREFIX PAIRS`
//!
//! `GRAPHPREFIX.{first_out,head,len_mm,risk_mm}.u32` and `.{lon_e7,lat_e7}.i32` are an undirected
//! graph with each edge in both directions; `PAIRS.pairs.u32` and `PAIRS.havens.u32` the queries.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring program")]
#![expect(clippy::disallowed_methods, reason = "it reads the clock")]

use route::{Hierarchy, Searcher};
use std::hint::black_box;
use std::time::Instant;

fn numbers(path: &str) -> Vec<u32> {
    let bytes = std::fs::read(path).expect(path);
    bytes.chunks_exact(4).map(|c| u32::from_le_bytes(c.try_into().expect("four"))).collect()
}

struct Graph {
    at: Vec<[f32; 2]>,
    ends: Vec<[u32; 2]>,
    length: Vec<u32>,
    risk: Vec<u32>,
}

fn graph(prefix: &str) -> Graph {
    let of = |what: &str| numbers(&format!("{prefix}.{what}"));
    let (first, head) = (of("first_out.u32"), of("head.u32"));
    let (len, risk) = (of("len_mm.u32"), of("risk_mm.u32"));
    let (lon, lat) = (of("lon_e7.i32"), of("lat_e7.i32"));
    let shrink = (f64::from(lat[0] as i32) / 1e7).to_radians().cos();
    let flat = |(&x, &y): (&u32, &u32)| {
        [(f64::from(x as i32) * shrink / 100.0) as f32, (f64::from(y as i32) / 100.0) as f32]
    };
    let mut graph = Graph {
        at: lon.iter().zip(&lat).map(flat).collect(),
        ends: Vec::new(),
        length: Vec::new(),
        risk: Vec::new(),
    };
    for tail in 0..first.len() as u32 - 1 {
        for arc in first[tail as usize] as usize..first[tail as usize + 1] as usize {
            if tail < head[arc] {
                graph.ends.push([tail, head[arc]]);
                graph.length.push(len[arc]);
                graph.risk.push(risk[arc]);
            }
        }
    }
    graph
}

fn us<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1e6
}

/// Processor time so far, exact to a tick of the scheduler.
fn cpu_ms() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text.split_ascii_whitespace().next();
    first.and_then(|ns| ns.parse::<f64>().ok()).map_or(f64::NAN, |ns| ns / 1e6)
}

fn report(what: &str, mut us: Vec<f64>) {
    us.sort_by(f64::total_cmp);
    println!("{what}: p50 {:.1} us, p95 {:.1} us", us[us.len() / 2], us[us.len() * 95 / 100]);
}

fn updates(hierarchy: &Hierarchy, graph: &Graph) {
    let mut metric = hierarchy.customize(&graph.risk);
    for count in [10_usize, 1_000] {
        let mut all = Vec::new();
        for round in 0..20 {
            let edges: Vec<u32> = (0..count)
                .map(|i| ((i * 7_919 + round * 104_729) % graph.ends.len()) as u32)
                .collect();
            let mut doubled = graph.risk.clone();
            for &edge in &edges {
                doubled[edge as usize] = graph.risk[edge as usize] * 2;
            }
            all.push(us(|| hierarchy.update(&mut metric, &edges, |e| doubled[e as usize])));
            hierarchy.update(&mut metric, &edges, |e| graph.risk[e as usize]);
        }
        report(&format!("update {count}"), all);
    }
}

fn main() {
    let prefix = std::env::args().nth(1).expect("GRAPHPREFIX");
    let pairs = std::env::args().nth(2).expect("PAIRS");
    let graph = graph(&prefix);
    let start = Instant::now();
    let hierarchy = Hierarchy::of_graph(&graph.at, &graph.ends);
    println!(
        "{} vertices, {} edges; order and contract {:.2} s: {} shortcuts, height {}",
        graph.at.len(),
        graph.ends.len(),
        start.elapsed().as_secs_f64(),
        hierarchy.shortcut_count(),
        hierarchy.height()
    );
    let before = cpu_ms();
    for _ in 0..50 {
        black_box(hierarchy.customize(&graph.risk));
    }
    println!("customize 1: {:.2} ms of processor time", (cpu_ms() - before) / 50.0);
    report("customize 1", (0..20).map(|_| us(|| hierarchy.customize(&graph.risk))).collect());
    let four = |e: u32| {
        let (l, r) = (graph.length[e as usize], graph.risk[e as usize]);
        [l, r, l + r, l + 2 * r]
    };
    report("customize 4", (0..20).map(|_| us(|| hierarchy.customize_lanes(four))).collect());
    updates(&hierarchy, &graph);
    let metric = hierarchy.customize(&graph.risk);
    let mut searcher = Searcher::new();
    let pairs_of: Vec<u32> = numbers(&format!("{pairs}.pairs.u32"));
    let havens = numbers(&format!("{pairs}.havens.u32"));
    let mut distance = Vec::new();
    let mut path = Vec::new();
    let mut sum = 0_u64;
    for pair in pairs_of.chunks_exact(2) {
        let mut found = None;
        distance.push(us(|| {
            found = hierarchy.distance(&mut searcher, &metric, pair[0], pair[1]);
        }));
        sum += u64::from(found.expect("joined"));
        let weight = |e: u32| graph.risk[e as usize];
        path.push(us(|| hierarchy.path(&mut searcher, &metric, weight, pair[0], pair[1])));
    }
    report("distance", distance);
    report("path", path);
    println!("sum of distances {sum}");
    report(
        "pin 650",
        (0..20).map(|_| us(|| hierarchy.pin(&mut searcher, &metric, &havens))).collect(),
    );
    let targets = hierarchy.pin(&mut searcher, &metric, &havens);
    let mut row = Vec::new();
    let rows = pairs_of
        .chunks_exact(2)
        .take(300)
        .map(|p| us(|| hierarchy.distances(&mut searcher, &metric, p[0], &targets, &mut row)))
        .collect();
    report("1 -> 650", rows);
}
