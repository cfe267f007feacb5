//! Cutting lines and rings to a tile's square.

use super::Spot;

/// The parts of a line within the square from `low` to `high` (Liang–Barsky, piece by piece).
pub(super) fn line(line: &[Spot], low: f64, high: f64) -> Vec<Vec<Spot>> {
    let mut parts: Vec<Vec<Spot>> = Vec::new();
    let mut open = false;
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let Some((from, to, whole)) = within(*a, *b, low, high) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open => part.push(to),
            _ => parts.push(vec![from, to]),
        }
        open = whole;
    }
    parts
}

/// The part of one straight piece within the square, and whether it reaches the piece's end.
fn within(a: Spot, b: Spot, low: f64, high: f64) -> Option<(Spot, Spot, bool)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let step = b[axis] - a[axis];
        for (side, gap) in [(-step, a[axis] - low), (step, high - a[axis])] {
            if side == 0.0 {
                if gap < 0.0 {
                    return None;
                }
            } else if side < 0.0 {
                enter = enter.max(gap / side);
            } else {
                leave = leave.min(gap / side);
            }
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    let from = if enter > 0.0 { at(enter) } else { a };
    Some(if leave < 1.0 { (from, at(leave), false) } else { (from, b, true) })
}

/// The part of a closed ring within the square (Sutherland–Hodgman), still closed by its ends.
pub(super) fn ring(ring: &[Spot], low: f64, high: f64) -> Vec<Spot> {
    let mut kept = ring.to_vec();
    for axis in 0..2 {
        for (bound, sign) in [(low, 1.0), (high, -1.0)] {
            let inside = |spot: &Spot| (spot[axis] - bound) * sign >= 0.0;
            let mut cut: Vec<Spot> = Vec::with_capacity(kept.len() + 4);
            let before = kept.iter().skip(kept.len().saturating_sub(1)).chain(kept.iter());
            for (a, b) in before.zip(kept.iter()) {
                if inside(a) != inside(b) {
                    let t = (bound - a[axis]) / (b[axis] - a[axis]);
                    let mut edge = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
                    edge[axis] = bound;
                    cut.push(edge);
                }
                if inside(b) {
                    cut.push(*b);
                }
            }
            kept = cut;
        }
    }
    kept
}

/// Twice the area a ring turns round: positive when it turns right on the screen (south is down).
pub(super) fn turn(ring: &[Spot]) -> f64 {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// Drops bends that stray less than `tolerance` from a straight line (Douglas–Peucker). The ends
/// stay; a closed ring keeps at least its farthest corner.
pub(super) fn simplify(line: &[Spot], tolerance: f64) -> Vec<Spot> {
    let mut keep = vec![false; line.len()];
    let mut open = vec![(0, line.len().saturating_sub(1))];
    for end in [0, line.len().saturating_sub(1)] {
        if let Some(end) = keep.get_mut(end) {
            *end = true;
        }
    }
    while let Some((from, to)) = open.pop() {
        let far = (from + 1..to)
            .map(|at| (distance(line[at], line[from], line[to]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((stray, at)) = far
            && stray > tolerance
        {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(spot, _)| *spot).collect()
}

/// How far a place is from a straight piece.
fn distance(p: Spot, a: Spot, b: Spot) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p[0] - a[0] - dx * t).hypot(p[1] - a[1] - dy * t)
}

/// Turns rings of the even–odd rule into drawing order: each outer ring turning right, followed by
/// its holes turning left. A ring within an odd number of others is a hole.
pub(super) fn in_drawing_order(mut rings: Vec<Vec<Spot>>) -> Vec<Vec<Spot>> {
    if let [only] = rings.as_mut_slice() {
        if turn(only) < 0.0 {
            only.reverse();
        }
        return rings;
    }
    let around: Vec<Vec<usize>> = rings
        .iter()
        .enumerate()
        .map(|(at, ring)| {
            let first = ring.first().copied().unwrap_or_default();
            (0..rings.len()).filter(|other| *other != at && holds(&rings[*other], first)).collect()
        })
        .collect();
    let mut order: Vec<usize> = Vec::with_capacity(rings.len());
    for (at, outside) in around.iter().enumerate() {
        if outside.len().is_multiple_of(2) {
            order.push(at);
            let depth = outside.len() + 1;
            order.extend(
                (0..rings.len())
                    .filter(|hole| around[*hole].len() == depth && around[*hole].contains(&at)),
            );
        }
    }
    order
        .into_iter()
        .map(|at| {
            let mut ring = std::mem::take(&mut rings[at]);
            if (turn(&ring) < 0.0) == around[at].len().is_multiple_of(2) {
                ring.reverse();
            }
            ring
        })
        .collect()
}

/// Whether a place lies inside a ring.
fn holds(ring: &[Spot], place: Spot) -> bool {
    let mut inside = false;
    for (a, b) in ring.iter().zip(ring.iter().skip(1)) {
        if (a[1] > place[1]) != (b[1] > place[1])
            && place[0] < (b[0] - a[0]) * (place[1] - a[1]) / (b[1] - a[1]) + a[0]
        {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests;
