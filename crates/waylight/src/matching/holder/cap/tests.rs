use super::*;

#[test]
fn two_hundred_in_an_hour_over_restarts_and_an_alarm_that_stays_until_it_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let of = || KeptCap::in_folder(dir.path());
    for at in 0..PER_HOUR as i64 {
        assert_eq!(of().take(1_000 + at).unwrap(), Place::Taken);
    }
    assert_eq!(of().alarm().unwrap(), None);
    assert_eq!(of().take(2_000).unwrap(), Place::None { raised: true });
    assert_eq!(of().take(3_000).unwrap(), Place::None { raised: false });
    assert_eq!(of().take(1_000 + HOUR_MS).unwrap(), Place::Taken, "an hour after the first");
    assert_eq!(of().alarm().unwrap(), Some(2_000), "until somebody looks");
    assert_eq!(of().quiet().unwrap(), Some(2_000));
    assert_eq!(of().alarm().unwrap(), None);
    assert_eq!(of().take(1_000 + HOUR_MS).unwrap(), Place::None { raised: true });
}

#[test]
fn a_damaged_count_is_no_new_hour() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(ANSWERED), "{").unwrap();
    assert!(KeptCap::in_folder(dir.path()).take(1_000).is_err());
}

#[test]
fn the_same_question_is_known_for_an_hour() {
    let recent = Recent::default();
    recent.add([1; 32], 0);
    assert!(recent.has(&[1; 32], HOUR_MS - 1) && !recent.has(&[2; 32], 1));
    assert!(!recent.has(&[1; 32], HOUR_MS));
    for at in 0..500_u16 {
        let mut blinded = [0; 32];
        blinded[..2].copy_from_slice(&at.to_be_bytes());
        recent.add(blinded, 0);
    }
    assert_eq!(recent.0.lock().unwrap().len(), PER_HOUR);
}
