use super::*;

const OURS: Id<id::Team> = Id::from_bits(7);
const THEIRS: Id<id::Team> = Id::from_bits(8);

#[test]
fn a_team_is_concerned_by_its_own_walk_and_night_and_by_what_may_be_anybodys() {
    let rows = [
        (Touch::Anybody, true),
        (Touch::Nobody, false),
        (Touch::Team(OURS), true),
        (Touch::Team(THEIRS), false),
        (Touch::Walk([None, None]), false),
        (Touch::Walk([None, Some(OURS)]), true),
        (Touch::Walk([Some(OURS), Some(THEIRS)]), true),
        (Touch::Walk([Some(THEIRS), None]), false),
    ];
    for (touch, concerned) in rows {
        let mut touched = Touched::since(10);
        touched.remember(11, touch);
        assert_eq!(touched.concerns(OURS, 10), concerned, "{touch:?}");
        assert!(!touched.concerns(OURS, 11), "{touch:?} has been seen");
    }
}

#[test]
fn what_is_no_longer_remembered_may_have_concerned_anybody() {
    let mut touched = Touched::since(10);
    assert!(touched.concerns(OURS, 9));
    let last = 10 + REMEMBERED as u64;
    (11..=last).for_each(|number| touched.remember(number, Touch::Nobody));
    assert!(!touched.concerns(OURS, 10), "all of them are remembered");
    touched.remember(last + 1, Touch::Nobody);
    assert!(touched.concerns(OURS, 10), "the first has been forgotten");
    assert!(!touched.concerns(OURS, 11));
}
