use super::{Format, format_of};
use crate::RefusedCode;

#[test]
fn formats_are_told_from_their_first_bytes() {
    let cases: [(&[u8], Format); 6] = [
        (b"<?xml version='1.0'?>\n<!-- map --><osm version=\"0.6\">", Format::OsmXml),
        (b"<?xml version='1.0'?><graphml xmlns=\"x\">", Format::GraphMl),
        (b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c", Format::OsmPbf),
        (b"\xef\xbb\xbf {\"a\":1}", Format::Json),
        (b"[1]", Format::Json),
        (b"a,b\n1,2\n", Format::Table),
    ];
    for (bytes, format) in cases {
        assert_eq!(format_of("f", bytes).unwrap(), format);
    }
}

#[test]
fn a_file_that_is_something_else_is_told_what_it_is() {
    let cases: [(&[u8], RefusedCode, &str); 7] = [
        (b"", RefusedCode::Empty, "empty"),
        (b" \r\n ", RefusedCode::Empty, "empty"),
        (b"<!DOCTYPE html><html><title>404", RefusedCode::HtmlPage, "HTML page"),
        (b"version https://git-lfs.github.com/spec/v1\n", RefusedCode::LfsPointer, "Git LFS"),
        (b"PK\x03\x04....", RefusedCode::OtherFormat, "ZIP"),
        (b"SQLite format 3\0....", RefusedCode::OtherFormat, "SQLite"),
        (b"<?xml version='1.0'?><gpx>", RefusedCode::UnknownXml, "<gpx>"),
    ];
    for (bytes, code, sentence) in cases {
        let refused = format_of("f.csv", bytes).unwrap_err();
        assert_eq!(refused.code, code);
        assert!(refused.to_string().contains(sentence), "{refused}");
    }
}
