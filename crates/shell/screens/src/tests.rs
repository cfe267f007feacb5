use super::*;

#[test]
fn every_screen_opens_by_its_name_with_or_without_a_slash() {
    for screen in ["/", "/desk", "/team", "/haven", "/away", "/desk/"] {
        let page = file(screen).unwrap_or_else(|| panic!("{screen} is missing"));
        assert_eq!(page.mime, "text/html; charset=utf-8", "{screen}");
        assert!(!page.immutable, "{screen} changes with every release");
        assert!(page.bytes.starts_with(b"<!doctype html>"), "{screen}");
    }
}

#[test]
fn nothing_of_a_report_may_be_kept_on_the_device() {
    if is_stub() {
        return;
    }
    let written = file("/report").unwrap();
    assert!(written.unkept && !written.immutable);
    let text = String::from_utf8_lossy(&written.bytes);
    let script = text.split('"').find(|part| part.starts_with("/unkept/")).unwrap();
    assert!(file(script).unwrap().unkept, "{script}");
    assert!(!file("/").unwrap().unkept);
}

#[test]
fn what_does_not_exist_is_not_answered_with_another_page() {
    assert!(file("/nothing").is_none());
    assert!(file("/assets/nothing.js").is_none());
    assert!(file("/../Cargo.toml").is_none());
}

#[test]
fn a_compressed_copy_is_not_a_page_of_its_own() {
    assert!(file("/index.html.gz").is_none());
}

#[test]
fn an_etag_is_quoted_and_follows_the_bytes() {
    let home = file("/").unwrap();
    let away = file("/away").unwrap();
    assert_eq!(home.etag.len(), 34);
    assert!(home.etag.starts_with('"') && home.etag.ends_with('"'));
    assert_eq!(home.etag == away.etag, home.bytes == away.bytes);
}

#[test]
fn texts_are_compressed_at_build_time() {
    if is_stub() {
        return;
    }
    let home = file("/").unwrap();
    let packed = home.gzip.unwrap();
    assert!(packed.starts_with(&[0x1f, 0x8b]));
    assert!(packed.len() < home.bytes.len());
}
