use crate::town::{Town, facts};
use crate::{HourBand, LampState, Network, Weights};
use std::sync::Arc;

fn network() -> Network {
    Network::new(Arc::new(Town::new(11, 7).streets()), facts(11, 20), Weights::default())
}

#[test]
fn a_lamp_that_goes_out_changes_only_streets_in_its_reach() {
    let mut network = network();
    let lamp = (0..160)
        .find(|&l| {
            let known = network.facts().lamps[l];
            let mut near = 0;
            network.streets().near(known.at, 25.0, |_, _, _| near += 1);
            known.state == LampState::Working && near > 0
        })
        .unwrap();
    let before = network.clone();
    let changed = network.set_lamp(lamp, LampState::Out);
    assert!(!changed.is_empty());
    let mut reached = Vec::new();
    let at = network.facts().lamps[lamp].at;
    network.streets().near(at, 25.0, |edge, _, _| reached.push(edge));
    for edge in 0..network.streets().edge_count() as u32 {
        let differs = before.light(edge) != network.light(edge);
        assert!(!differs || (reached.contains(&edge) && changed.contains(&edge)));
    }
    // darker means dearer at night and the same at noon
    for &edge in &changed {
        assert!(network.cost_mm(HourBand::Night, edge) >= before.cost_mm(HourBand::Night, edge));
        assert_eq!(network.cost_mm(HourBand::Day, edge), before.cost_mm(HourBand::Day, edge));
    }
    // repaired, everything is as before
    network.set_lamp(lamp, LampState::Working);
    for edge in 0..network.streets().edge_count() as u32 {
        assert_eq!(network.light(edge), before.light(edge));
        assert_eq!(network.cost_mm(HourBand::Night, edge), before.cost_mm(HourBand::Night, edge));
    }
}

#[test]
fn a_haven_that_opens_relieves_the_streets_beside_it() {
    let mut network = network();
    network.set_open_havens(&[false; 20]);
    let closed = network.clone();
    let changed = network.set_open_havens(&[true; 20]);
    assert!(!changed.is_empty());
    for &edge in &changed {
        assert!(network.cost_mm(HourBand::Night, edge) < closed.cost_mm(HourBand::Night, edge));
    }
    assert!(network.set_open_havens(&[true; 20]).is_empty(), "nothing changed, nothing to do");
}

#[test]
fn a_lamp_nobody_registered_changes_nothing() {
    assert!(network().set_lamp(9_999, LampState::Out).is_empty());
}
