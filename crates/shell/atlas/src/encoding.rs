//! What the bytes are written in: UTF-8, EUC-KR or its Windows superset CP949.

use serde::{Deserialize, Serialize};

/// The encoding a table was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 without a mark; plain ASCII counts as this.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-8 with a byte order mark.
    #[serde(rename = "UTF-8 BOM")]
    Utf8Bom,
    /// UTF-16, told by its byte order mark.
    #[serde(rename = "UTF-16")]
    Utf16,
    /// EUC-KR: only characters of KS X 1001.
    #[serde(rename = "EUC-KR")]
    EucKr,
    /// CP949: characters EUC-KR does not have (the 8,822 further syllables of Windows).
    #[serde(rename = "CP949")]
    Cp949,
}

/// A text and the encoding it was found in.
#[derive(Debug)]
pub(crate) struct Text {
    /// The decoded text, without its byte order mark. U+FFFD stands where bytes were destroyed.
    pub(crate) text: String,
    /// What the bytes were written in.
    pub(crate) encoding: Encoding,
}

/// Decodes bytes. Never fails: damaged places become U+FFFD, and the rows that hold one are told
/// apart later. Of two damaged readings the one with less damage is taken.
pub(crate) fn decode(bytes: &[u8]) -> Text {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Text {
            text: String::from_utf8_lossy(rest).into_owned(),
            encoding: Encoding::Utf8Bom,
        };
    }
    for (mark, encoding) in
        [(b"\xff\xfe", encoding_rs::UTF_16LE), (b"\xfe\xff", encoding_rs::UTF_16BE)]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, _damaged) = encoding.decode_without_bom_handling(rest);
            return Text { text: text.into_owned(), encoding: Encoding::Utf16 };
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Text { text: text.to_owned(), encoding: Encoding::Utf8 };
    }
    // The Encoding Standard's "EUC-KR" is the CP949 superset.
    let (korean, damaged) = encoding_rs::EUC_KR.decode_without_bom_handling(bytes);
    let korean = korean.into_owned();
    if damaged {
        let utf8 = String::from_utf8_lossy(bytes);
        if marks(&utf8) <= marks(&korean) {
            return Text { text: utf8.into_owned(), encoding: Encoding::Utf8 };
        }
    }
    let encoding = if within_ks_x_1001(bytes) { Encoding::EucKr } else { Encoding::Cp949 };
    Text { text: korean, encoding }
}

/// How many replacement marks a decoding left.
fn marks(text: &str) -> usize {
    text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count()
}

/// Whether every two-byte character has both bytes in A1–FE, where KS X 1001 lies. CP949 puts
/// its own syllables at lead bytes from 81 or trail bytes below A1.
fn within_ks_x_1001(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x80 {
            continue;
        }
        let trail = rest.next().copied().unwrap_or(0xff);
        if lead < 0xa1 || !(0xa1..=0xfe).contains(&trail) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
