use super::difference;

#[test]
fn the_first_line_that_drifted_is_shown() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n").unwrap(), "line 2\n- b\n+ x");
    assert_eq!(difference("", "a\n").unwrap(), "line 1\n- (ends)\n+ a");
    assert!(difference("a\r\n", "a\n").is_some());
}
