use super::Assignment;
use crate::dice::Dice;
use proptest::prelude::*;

/// The cheapest assignment of all rows, every one tried; `None` if there is none.
fn tried(
    rows: &[Vec<(usize, i64)>],
    columns: usize,
    room: usize,
    taken: &mut [usize],
) -> Option<i64> {
    let Some((row, rest)) = rows.split_first() else { return Some(0) };
    let mut best: Option<i64> = None;
    for &(column, cost) in row {
        let holds = if column + 1 == columns { room } else { 1 };
        if taken[column] < holds {
            taken[column] += 1;
            if let Some(more) = tried(rest, columns, room, taken) {
                best = Some(best.map_or(cost + more, |b| b.min(cost + more)));
            }
            taken[column] -= 1;
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn no_other_assignment_is_cheaper(seed in 0_u64..1_000_000) {
        let mut dice = Dice::new(seed);
        let (columns, room) = (5, 2);
        let mut rows: Vec<Vec<(usize, i64)>> = vec![Vec::new(); 6];
        for row in &mut rows {
            let columns = (0..columns).filter(|_| dice.chance(700)).collect::<Vec<_>>();
            row.extend(columns.into_iter().map(|column| (column, dice.below(50) as i64)));
        }
        let told = tried(&rows, columns, room, &mut [0; 5]);
        let mut assignment = Assignment::new(columns, room);
        for row in &rows {
            for &(column, cost) in row {
                assignment.offer(column, cost);
            }
            assignment.end_row();
        }
        let given = assignment.solve();
        let mut held = [0; 5];
        let mut cost = Some(0);
        for (row, column) in rows.iter().zip(&given) {
            let arc = column.and_then(|c| row.iter().find(|&&(to, _)| to == c as usize));
            cost = cost.zip(arc).map(|(sum, &(_, cost))| sum + cost);
            if let Some(column) = column {
                held[*column as usize] += 1;
            }
        }
        prop_assert!(held[..4].iter().all(|&h| h <= 1) && held[4] <= room);
        prop_assert_eq!(cost, told);
    }
}
