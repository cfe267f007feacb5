use super::*;
use seal::{custody::leaf, id::DeviceId, secret::Seed, sign::Signer};

const NOW: Instant = Instant::from_millis(1_795_000_000_000);

fn signer(seed: u8) -> Signer {
    Signer::of(&Seed::from_bytes(&[seed; 32]).unwrap())
}

fn event(seq: u64, action: Action) -> Event {
    Event {
        seq,
        leaf: leaf(&[1; 16], &[2; 32]),
        action,
        team: TeamId::HERSELF,
        device: Event::HERS,
        at: seal_time(NOW.rounded_to_hour()),
        reason_hash: [0; 32],
    }
}

fn note(event: &Event) -> Note {
    let her = signer(1);
    let signature = event.sign(&her).unwrap().to_vec();
    let by = (TeamId::HERSELF, Author::Herself, &her.public());
    Note::read(event.bytes().unwrap(), signature, by, NOW).ok().unwrap()
}

#[test]
fn a_note_is_of_who_signed_it_and_of_this_hour() {
    let (her, device) = (signer(1), DeviceId([7; 16]));
    let hers = event(1, Action::Received);
    let read = |event: &Event, by: &Signer, as_whom: (TeamId, Author), now| {
        let signature = event.sign(by).unwrap().to_vec();
        let by = (as_whom.0, as_whom.1, &by.public());
        Note::read(event.bytes().unwrap(), signature, by, now).map(drop)
    };
    let herself = (TeamId::HERSELF, Author::Herself);
    let broken = Err(Refusal::Seal(seal::Refusal::FormBroken));
    assert_eq!(read(&hers, &her, herself, NOW), Ok(()));
    assert_eq!(read(&hers, &her, herself, NOW + Span::hours(1)), Ok(()));
    assert_eq!(read(&hers, &her, herself, NOW + Span::hours(2)), broken);
    assert_eq!(read(&hers, &her, herself, NOW - Span::hours(1)), broken);
    let worker = (TeamId([4; 16]), Author::Device(device));
    assert_eq!(read(&hers, &her, worker, NOW), broken, "another's name");
    let theirs = Event { team: worker.0, device, ..hers };
    assert_eq!(read(&theirs, &her, worker, NOW), Ok(()));
    assert_eq!(read(&theirs, &her, herself, NOW), broken);
    let signature = hers.sign(&signer(2)).unwrap().to_vec();
    let by = (TeamId::HERSELF, Author::Herself, &her.public());
    let wrong = Note::read(hers.bytes().unwrap(), signature, by, NOW).map(drop);
    assert_eq!(wrong, Err(Refusal::Seal(seal::Refusal::SignatureWrong)));
}

#[test]
fn what_may_be_noted_after_what() {
    let whole = Past { last: None, whole: true };
    let first = note(&event(1, Action::Received));
    assert_eq!(first.append(&Past::default()), Err(Refusal::NotNoted), "parts are missing");
    assert_eq!(first.append(&whole), Ok(Receipt::New));
    assert_eq!(note(&event(2, Action::Received)).append(&whole), Err(Refusal::VersionGap));
    assert_eq!(note(&event(1, Action::Opened)).append(&whole), Err(Refusal::NotNoted));
    let received = event(1, Action::Received).bytes().unwrap();
    let came = Past { last: Some(&received), whole: true };
    assert_eq!(first.append(&came), Ok(Receipt::Same));
    assert_eq!(note(&event(1, Action::Opened)).append(&came), Err(Refusal::VersionTaken));
    assert_eq!(note(&event(2, Action::Opened)).append(&came), Ok(Receipt::New));
    assert_eq!(note(&event(3, Action::Opened)).append(&came), Err(Refusal::VersionGap));
    assert_eq!(note(&event(2, Action::Received)).append(&came), Err(Refusal::VersionTaken));
    let deleted = event(2, Action::Deleted).bytes().unwrap();
    let gone = Past { last: Some(&deleted), whole: false };
    assert_eq!(note(&event(3, Action::Opened)).append(&gone), Err(Refusal::VersionTaken));
    assert_eq!(note(&event(2, Action::Deleted)).append(&gone), Ok(Receipt::Same));
}

fn rows(count: u64) -> Vec<(u64, Vec<u8>)> {
    (0..count).map(|place| (place, vec![place as u8; 114])).collect()
}

fn over(rows: &[(u64, Vec<u8>)]) -> Tree {
    Tree::over(rows.iter().map(|(place, event)| (*place, event.as_slice())))
}

/// The root that own rows and the rest add up to: slow, and by the definition.
fn added_up(part: Range<u64>, rows: &[(u64, Vec<u8>)], own: &[u64], rest: &[Rest]) -> Option<Hash> {
    let count = part.end - part.start;
    let given = rest.iter().find(|one| (one.from, one.count) == (part.start, count));
    if let Some(given) = given {
        return Some(given.hash);
    }
    if count == 1 {
        let row = rows.iter().find(|(place, _)| *place == part.start && own.contains(place));
        return row.map(|(_, event)| merkle::leaf(event));
    }
    let middle = part.start + (1 << (count - 1).ilog2());
    let left = added_up(part.start..middle, rows, own, rest)?;
    let right = added_up(middle..part.end, rows, own, rest)?;
    // Two leaves are one more than a node of two: the tree's own rule, by its smallest case.
    Some(node(&left, &right))
}

fn node(left: &Hash, right: &Hash) -> Hash {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new_with_prefix([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

#[test]
fn own_rows_and_the_rest_add_up_to_the_root() {
    for count in 1..=33 {
        let rows = rows(count);
        let tree = over(&rows);
        for own in [vec![], vec![0], vec![count - 1], vec![count / 2, count / 3]] {
            let rest = tree.rest(count, &own);
            assert_eq!(added_up(0..count, &rows, &own, &rest), tree.root(count), "{count} {own:?}");
            let shown = rest.iter().map(|one| one.count).sum::<u64>();
            let mut own = own;
            own.dedup();
            assert_eq!(shown + own.len() as u64, count);
        }
    }
}

#[test]
fn a_row_that_is_gone_leaves_its_place_empty_and_nothing_is_signed_over_it() {
    let mut rows = rows(9);
    let head = over(&rows).next_head(None, NOW).unwrap().unwrap();
    assert_eq!((head.size, head.at), (9, seal_time(NOW.rounded_to_hour())));
    assert_eq!(over(&rows).next_head(Some(&head), NOW), Ok(None), "nothing has come");
    rows.push((9, vec![9; 114]));
    let next = over(&rows).next_head(Some(&head), NOW + Span::hours(1)).unwrap().unwrap();
    assert_eq!(next.size, 10);
    let mut gone = rows.clone();
    gone.remove(4);
    assert_eq!(over(&gone).next_head(Some(&head), NOW), Err(Changed::Gone(4)));
    assert_eq!(over(&gone).root(9), None);
    let rest = over(&gone).rest(9, &[7]);
    assert!(rest.iter().all(|one| !(one.from..one.from + one.count).contains(&4)));
    assert_eq!(rest.iter().map(|one| one.count).sum::<u64>(), 7, "all others are shown");
    let mut changed = rows.clone();
    changed[2].1[50] ^= 1;
    assert_eq!(over(&changed).next_head(Some(&head), NOW), Err(Changed::Before(9)));
    rows.truncate(8);
    assert_eq!(over(&rows).next_head(Some(&head), NOW), Err(Changed::Gone(8)), "the end is cut");
    assert_eq!(over(&rows).rest(9, &[]).iter().map(|one| one.count).sum::<u64>(), 8);
}
