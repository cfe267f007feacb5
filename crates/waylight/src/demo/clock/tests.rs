use super::*;

fn at(seconds: i64) -> Instant {
    Instant::from_millis(seconds * 1_000)
}

const NOTED: Noted = Noted {
    night: Instant::from_millis(5_000_000),
    machine: Instant::from_millis(1_000_000),
    speed: 10,
};

#[test]
fn a_crash_passes_in_the_night_at_the_night_s_own_speed() {
    assert_eq!(NOTED.resumed(at(1_003), None), at(5_030));
}

#[test]
fn a_demo_left_overnight_waits_where_it_was() {
    assert_eq!(NOTED.resumed(at(40_000), None), at(5_000));
}

#[test]
fn the_night_never_goes_back() {
    // The machine's clock was set back, or the journal knows of a later moment than the note.
    assert_eq!(NOTED.resumed(at(900), None), at(5_000));
    assert_eq!(NOTED.resumed(at(1_000), Some(at(5_004))), at(5_004));
    assert_eq!(NOTED.resumed(at(1_000), Some(at(4_000))), at(5_000));
}

#[test]
fn a_note_survives_being_written_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("night.json");
    assert_eq!(Noted::read(&path), None);
    NOTED.write(&path).unwrap();
    assert_eq!(Noted::read(&path), Some(NOTED));
    fs::write(&path, b"{\"night\":1").unwrap();
    assert_eq!(Noted::read(&path), None);
}
