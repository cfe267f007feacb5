use super::*;

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

#[test]
fn only_our_own_pages_may_write_with_a_cookie() {
    let origin = "https://walk.example.org";
    let cases: &[(&[(&str, &str)], bool)] = &[
        (&[("origin", "https://walk.example.org")], true),
        (&[("origin", "https://walk.example.org.evil.example")], false),
        (&[("origin", "http://walk.example.org")], false),
        (&[("origin", "null")], false),
        (&[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")], false),
        (&[("sec-fetch-site", "same-origin"), ("cookie", "session=x")], true),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("cookie", "session=x")], false),
        (&[], true),
    ];
    for (sent, expected) in cases {
        assert_eq!(ours(&headers(sent), origin), *expected, "{sent:?}");
    }
}
