use super::split;

fn fields(text: &str) -> Vec<(u32, Vec<String>)> {
    split(text)
        .into_iter()
        .map(|record| (record.line, record.fields.iter().map(str::to_owned).collect()))
        .collect()
}

#[test]
fn rows_keep_their_line_and_their_original_text() {
    let text = "a,b\r\n1,\"x, y\"\r\n\r\n3,z";
    let rows = split(text);
    let seen: Vec<(u32, &str)> = rows.iter().map(|r| (r.line, r.original)).collect();
    assert_eq!(seen, [(1, "a,b"), (2, "1,\"x, y\""), (4, "3,z")]);
    assert_eq!(&rows[1].fields[1], "x, y");
}

#[test]
fn a_field_may_hold_a_line_end_when_the_row_has_its_right_width() {
    let rows = fields("a,b\n1,\"x\ny\"\n2,z\n");
    assert_eq!(rows[1], (2, vec!["1".into(), "x\ny".into()]));
    assert_eq!(rows[2].0, 4);
}

#[test]
fn a_quotation_left_open_costs_one_row_not_the_rest_of_the_file() {
    let rows = split("a,b,c\n1,\"oops,3\n4,5,6\n7,8,9\n");
    assert_eq!(rows.len(), 4);
    assert!(rows[1].open_quote);
    assert_eq!(rows[1].original, "1,\"oops,3");
    assert_eq!((rows[2].line, rows[2].original), (3, "4,5,6"));
    assert_eq!((rows[3].line, rows[3].original), (4, "7,8,9"));
}

#[test]
fn a_file_of_quotation_marks_ends() {
    let text = "a,b\n".to_owned() + &"\"x,\"\"\n".repeat(5_000);
    assert!(split(&text).len() > 200);
}

#[test]
fn tabs_and_semicolons_divide_when_the_heading_uses_them() {
    assert_eq!(fields("a\tb\n1,5\t2\n")[1].1, ["1,5", "2"]);
    assert_eq!(fields("a;b\n1;2\n")[1].1, ["1", "2"]);
}
