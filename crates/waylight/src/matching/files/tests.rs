use super::*;

#[test]
fn a_secret_is_never_written_over_and_a_state_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("secret");
    write_new(&file, &[1; 32]).unwrap();
    assert!(write_new(&file, &[2; 32]).is_err());
    assert_eq!(fs::read(&file).unwrap(), [1; 32]);
    replace(&file, b"{}").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"{}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn what_does_not_read_is_not_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("entries.json");
    fs::write(&file, "{\"canary\":7}").unwrap();
    let error = format!("{:#}", read::<Vec<u8>>(&file, "file of entries").unwrap_err());
    assert!(error.contains("no file of entries") && !error.contains("canary"), "{error}");
    assert!(read_if::<u8>(&dir.path().join("none"), "number").unwrap().is_none());
}

#[test]
fn one_folder_has_one_service() {
    let dir = tempfile::tempdir().unwrap();
    let first = Alone::serving(dir.path()).unwrap();
    assert!(Alone::serving(dir.path()).is_err());
    drop(first);
    Alone::serving(dir.path()).unwrap();
    assert!(Alone::in_folder(&dir.path().join("none")).is_err());
}

#[test]
fn a_fingerprint_tells_parts_apart() {
    let one = fingerprint("a", &[b"bc", b"d"]);
    assert_eq!(one.len(), 8 * 4 + 7);
    for other in [fingerprint("a", &[b"b", b"cd"]), fingerprint("b", &[b"bc", b"d"])] {
        assert_ne!(one, other);
    }
}
