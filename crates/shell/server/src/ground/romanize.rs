//! Korean names in Latin letters, so that an English screen says "Sillim Station" and not nothing.
//!
//! The Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8), with its
//! sound changes between syllables (신림 → Sillim, 종로 → Jongno) as place names use it. Registers
//! carry Korean names only; a name a register does spell in Latin letters is kept as it is.

const INITIAL: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const MEDIAL: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
/// A final before a consonant or at the end.
const CLOSED: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];
/// A final carried over to a following vowel.
const CARRIED: [&str; 28] = [
    "", "g", "kk", "ks", "n", "nj", "n", "d", "r", "lg", "lm", "lb", "ls", "lt", "lp", "r", "m",
    "b", "ps", "s", "ss", "ng", "j", "ch", "k", "t", "p", "",
];

const SILENT: usize = 11;
const RIEUL: usize = 5;

/// A Hangul syllable's initial, medial and final, as positions in the tables above.
pub(super) fn letters_of(syllable: char) -> Option<(usize, usize, usize)> {
    let at = (syllable as usize).checked_sub(0xAC00).filter(|at| *at < 11_172)?;
    Some((at / 588, at % 588 / 28, at % 28))
}

/// The end of one syllable and the beginning of the next, as they sound together.
fn joint(last: usize, next: Option<usize>) -> (&'static str, &'static str) {
    let closed = CLOSED[last];
    let Some(next) = next else { return (closed, "") };
    let begins = INITIAL[next];
    if next == SILENT {
        return (CARRIED[last], "");
    }
    match (closed, next) {
        ("k", 2 | 6) => ("ng", begins),
        ("t", 2 | 6) => ("n", begins),
        ("p", 2 | 6) => ("m", begins),
        ("k" | "ng", RIEUL) => ("ng", "n"),
        ("p" | "m", RIEUL) => ("m", "n"),
        ("t", RIEUL) => ("n", "n"),
        ("n" | "l", RIEUL) | ("l", 2) => ("l", "l"),
        _ => match (last, next) {
            (27 | 6 | 15, 0) => (if last == 27 { "" } else { closed }, "k"),
            (27 | 6 | 15, 3) => (if last == 27 { "" } else { closed }, "t"),
            (27 | 6 | 15, 12) => (if last == 27 { "" } else { closed }, "ch"),
            _ => (closed, begins),
        },
    }
}

/// Romanizes one run of text; what is not Hangul stays. Each word begins with a capital.
pub(super) fn romanized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins: &str = "";
    let mut word_starts = true;
    let mut rest = text.chars().peekable();
    let mut previous_was_hangul = false;
    while let Some(letter) = rest.next() {
        let Some((initial, medial, last)) = letters_of(letter) else {
            out.push(letter);
            word_starts = letter.is_whitespace() || "(.·/-".contains(letter);
            previous_was_hangul = false;
            continue;
        };
        let start = if previous_was_hangul { begins } else { INITIAL[initial] };
        let next = rest.peek().and_then(|letter| letters_of(*letter)).map(|parts| parts.0);
        let (ends, next_begins) = joint(last, next);
        let from = out.len();
        out.push_str(start);
        out.push_str(MEDIAL[medial]);
        out.push_str(ends);
        if word_starts && let Some(first) = out.get_mut(from..=from) {
            first.make_ascii_uppercase();
        }
        begins = next_begins;
        previous_was_hangul = true;
        word_starts = false;
    }
    out
}

/// Endings that have an English word or a customary spelling after the name.
const ENDINGS: [(&str, &str); 30] = [
    ("경찰서", " Police Station"),
    ("지구대", " Police District Unit"),
    ("파출소", " Police Box"),
    ("치안센터", " Police Center"),
    ("초등학교", " Elementary School"),
    ("중학교", " Middle School"),
    ("주민센터", " Community Center"),
    ("문화센터", " Culture Center"),
    ("보건소", " Health Center"),
    ("도서관", " Library"),
    ("우체국", " Post Office"),
    ("체육관", " Gymnasium"),
    ("아파트", " Apartments"),
    ("병원", " Hospital"),
    ("성당", " Catholic Church"),
    ("공원", " Park"),
    ("삼거리", " Three-way Junction"),
    ("사거리", " Crossroads"),
    ("시장입구", " Market Entrance"),
    ("입구", " Entrance"),
    ("시장", " Market"),
    ("구청역", "-gu Office Station"),
    ("시장역", " Market Station"),
    ("공원역", " Park Station"),
    ("병원역", " Hospital Station"),
    ("역", " Station"),
    ("구", "-gu"),
    ("동", "-dong"),
    ("로", "-ro"),
    ("길", "-gil"),
];

/// A register's Korean name for an English reader: `신림역` → `Sillim Station`.
pub fn in_english(name: &str) -> String {
    for (ending, english) in ENDINGS {
        if let Some(stem) = name.strip_suffix(ending)
            && stem.chars().filter(|letter| letters_of(*letter).is_some()).count() >= 2
        {
            return format!("{}{english}", romanized(stem));
        }
    }
    romanized(name)
}

#[cfg(test)]
mod tests;
