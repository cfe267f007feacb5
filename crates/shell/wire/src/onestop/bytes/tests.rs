use super::*;

fn said(text: &str) -> Option<Vec<u8>> {
    serde_json::from_value::<Bytes>(serde_json::json!(text)).ok().map(|bytes| bytes.0)
}

#[test]
fn every_length_is_written_and_read_back() {
    for length in 0..70_u8 {
        let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(37) ^ 0xa5).collect();
        let text = serde_json::to_value(Bytes(bytes.clone())).unwrap();
        let text = text.as_str().unwrap();
        assert_eq!(text.len(), (usize::from(length) * 4).div_ceil(3));
        assert_eq!(said(text), Some(bytes));
    }
    assert_eq!(said("_-8"), Some(vec![0xff, 0xef]));
}

#[test]
fn a_byte_string_has_one_spelling() {
    for wrong in ["A", "AAAAA", "AB", "AAB", "AA==", "AA=", "+/8", "A A", "\u{d55c}"] {
        assert_eq!(said(wrong), None, "{wrong:?}");
    }
}

#[test]
fn another_length_is_not_understood() {
    let exact = |text: &str| serde_json::from_value::<Exact<2>>(serde_json::json!(text)).ok();
    assert!(exact("AAA").is_some_and(|bytes| bytes.0 == [0, 0]));
    assert!(exact("AA").is_none() && exact("AAAA").is_none());
}
