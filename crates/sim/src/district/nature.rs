//! The stream with its park and paths, the wooded hill, and the passage under a great street.

use super::ground::{SIDE_M, SUMMIT, Spot, VALLEY_HALF_M, WOODS_M, stream_x};
use super::names::Name;
use super::plan::{Class, Outline, Plan, Tags, Way, named, tag};
use super::streets::Grid;
use crate::chance::Chance;
use std::f64::consts::PI;

/// Metres from the middle of the stream to each of its paths.
const PATH_OFF_M: f64 = 22.0;
/// Metres between nodes of a path.
const PATH_STEP_M: f64 = 40.0;

/// Draws all of it.
pub(super) fn grow(plan: &mut Plan, grid: &Grid, seed: u64) {
    let mut chance = Chance::of(seed, "nature");
    let crossings = grid.crossings();
    stream(plan, (0.0, SIDE_M));
    let west = stream_path(plan, &crossings, -1.0, &mut chance);
    let east = stream_path(plan, &crossings, 1.0, &mut chance);
    footbridges(plan, &west, &east);
    woods(plan, &crossings, &mut chance);
    passage(plan, grid);
}

/// A line `off_m` metres east of the stream between two heights of the plane.
fn bank(off_m: f64, (low, high): (f64, f64), north: bool) -> Vec<Spot> {
    let paces = ((high - low) / PATH_STEP_M) as usize;
    let spots = (0..=paces).map(|pace| {
        let y = low + pace as f64 * PATH_STEP_M;
        Spot::new(stream_x(y) + off_m, y)
    });
    let mut spots: Vec<Spot> = spots.collect();
    if !north {
        spots.reverse();
    }
    spots
}

/// The stream with its bed and its park between two heights of the plane.
pub(super) fn stream(plan: &mut Plan, reach: (f64, f64)) {
    let stream = Name::new("미리내천", "Mirinaecheon Stream");
    let mut line = named(&stream);
    line.push(tag("waterway", "stream"));
    plan.lines.push(Outline { corners: bank(0.0, reach, false), tags: line });
    let bed: Vec<Spot> =
        bank(-8.0, reach, true).into_iter().chain(bank(8.0, reach, false)).collect();
    plan.outlines
        .push(Outline { corners: bed, tags: vec![tag("natural", "water"), tag("water", "river")] });
    let mut park = named(&Name::new("미리내천공원", "Mirinaecheon Park"));
    park.push(tag("leisure", "park"));
    let edge = VALLEY_HALF_M - 4.0;
    let green: Vec<Spot> =
        bank(-edge, reach, true).into_iter().chain(bank(edge, reach, false)).collect();
    plan.outlines.push(Outline { corners: green, tags: park });
}

/// A path along one bank, with a way up to the streets every 240 m or so. Bridges pass over it.
fn stream_path(plan: &mut Plan, crossings: &[usize], side: f64, chance: &mut Chance) -> Vec<usize> {
    let spots = bank(side * PATH_OFF_M, (0.0, SIDE_M), true);
    let nodes: Vec<usize> = spots.into_iter().map(|spot| plan.node(spot)).collect();
    let mut tags = vec![tag("highway", if side > 0.0 { "footway" } else { "path" })];
    tags.push(tag("surface", if side > 0.0 { "asphalt" } else { "compacted" }));
    let name = Name::new("미리내천 산책로", "Mirinaecheon Walk");
    plan.ways.push(Way { class: Class::Path, nodes: nodes.clone(), name: Some(name), tags });
    for at in (2..nodes.len()).step_by(6) {
        let Some(foot) = nodes.get(at).copied() else {
            continue;
        };
        let bank = plan.spot(foot);
        let own_side = |node: &&usize| {
            let spot = plan.spot(**node);
            (spot.x - stream_x(spot.y)) * side > VALLEY_HALF_M
        };
        let near: Vec<usize> = crossings.iter().filter(own_side).copied().collect();
        if let Some((top, away_m)) = plan.nearest(bank, &near).filter(|(_, away_m)| *away_m < 130.0)
        {
            let steps = chance.happens(0.5);
            let kind = if steps { "steps" } else { "footway" };
            let mut tags = vec![tag("highway", kind)];
            if steps {
                tags.push(tag("step_count", ((away_m / 3.0) as usize).to_string()));
            }
            let class = if steps { Class::Steps } else { Class::Path };
            plan.ways.push(Way { class, nodes: vec![foot, top], name: None, tags });
        }
    }
    nodes
}

fn footbridges(plan: &mut Plan, west: &[usize], east: &[usize]) {
    for at in [14, 33, 58] {
        if let (Some(left), Some(right)) = (west.get(at), east.get(at)) {
            let tags = vec![tag("highway", "footway"), tag("bridge", "yes"), tag("layer", "1")];
            let nodes = vec![*left, *right];
            plan.ways.push(Way { class: Class::Path, nodes, name: None, tags });
        }
    }
}

/// The hill: a wood with a summit and five paths down to where the streets end.
fn woods(plan: &mut Plan, crossings: &[usize], chance: &mut Chance) {
    let round: Vec<Spot> = (0..24)
        .map(|at| {
            let angle = f64::from(at) / 24.0 * 2.0 * PI;
            let reach = WOODS_M - 18.0 + chance.around(8.0);
            Spot::new(SUMMIT.x + reach * angle.cos(), SUMMIT.y + reach * angle.sin())
        })
        .collect();
    let mut tags = named(&Name::new("초롱산공원", "Chorongsan Park"));
    tags.push(tag("leisure", "park"));
    plan.outlines.push(Outline { corners: round, tags });
    let top = plan.node(SUMMIT);
    if let Some(node) = plan.nodes.get_mut(top) {
        node.tags.push(tag("natural", "peak"));
        node.tags.extend(named(&Name::new("초롱산", "Chorongsan")));
    }
    for spoke in 0..5 {
        let angle = f64::from(spoke) / 5.0 * 2.0 * PI + chance.around(0.3);
        let rim = Spot::new(
            SUMMIT.x + WOODS_M * 1.1 * angle.cos(),
            SUMMIT.y + WOODS_M * 1.1 * angle.sin(),
        );
        let Some((foot, _away)) = plan.nearest(rim, crossings) else {
            continue;
        };
        let mut nodes = vec![top];
        let end = plan.spot(foot);
        for share in [0.25, 0.5, 0.75] {
            let on = SUMMIT.toward(end, share);
            nodes.push(plan.node(on.beside(end, 0.0, chance.around(14.0))));
        }
        nodes.push(foot);
        let mut tags: Tags = vec![tag("highway", "path"), tag("surface", "ground")];
        if spoke % 2 == 0 {
            tags.push(tag("lit", "no"));
        }
        plan.ways.push(Way { class: Class::Path, nodes, name: None, tags });
    }
}

/// Steps down, a tunnel under the great street, steps up: it meets the street above nowhere.
fn passage(plan: &mut Plan, grid: &Grid) {
    let ends = (2..14).find_map(|column| {
        Some((grid.node(column, 15)?, grid.spot(column, 16), grid.node(column, 17)?))
    });
    let Some((south, middle, north)) = ends else {
        return;
    };
    let (low, high) = (plan.spot(south), plan.spot(north));
    let below = |toward: Spot| middle.beside(toward, 17.0, 4.0);
    let mouths = (plan.node(below(low)), plan.node(middle.beside(high, 17.0, -4.0)));
    let steps = |from, to| Way {
        class: Class::Steps,
        nodes: vec![from, to],
        name: None,
        tags: vec![tag("highway", "steps"), tag("step_count", "28")],
    };
    plan.ways.push(steps(south, mouths.0));
    plan.ways.push(Way {
        class: Class::Path,
        nodes: vec![mouths.0, mouths.1],
        name: Some(Name::new("버들지하보도", "Beodeul Underpass")),
        tags: vec![
            tag("highway", "footway"),
            tag("tunnel", "yes"),
            tag("layer", "-1"),
            tag("lit", "yes"),
        ],
    });
    plan.ways.push(steps(mouths.1, north));
}
