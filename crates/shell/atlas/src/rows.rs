//! A table's text, split into rows that keep their line number and original text.

/// One row as it stood in the file.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// The line it began on, counted from 1.
    pub(crate) line: u32,
    /// Its text, without the line end.
    pub(crate) original: &'a str,
    /// Its fields, unquoted.
    pub(crate) fields: csv::StringRecord,
    /// A quotation was opened and swallowed further lines: only its first line is this row.
    pub(crate) open_quote: bool,
}

/// How often a swallowing quotation is cut open before quotation marks are taken literally: it
/// bounds the work on a file made of quotation marks.
const MOST_CUTS: usize = 200;

/// Splits a text at the delimiter its first line uses most. Quoted fields may hold delimiters and
/// line ends. A quotation left open must not swallow the rest of the file: a row that runs over
/// several lines with the wrong number of fields is cut after its first line.
pub(crate) fn split(text: &str) -> Vec<Record<'_>> {
    let delimiter = delimiter_of(text);
    let mut records: Vec<Record<'_>> = Vec::new();
    let (mut start, mut first_line, mut cuts) = (0usize, 1u32, 0usize);
    'reading: while start < text.len() {
        let part = text.get(start..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .quoting(cuts < MOST_CUTS)
            .from_reader(part.as_bytes());
        let mut fields = csv::StringRecord::new();
        while reader.read_record(&mut fields).unwrap_or(false) {
            let place = fields.position().map_or((0, 1), |p| (p.byte() as usize, p.line() as u32));
            let end = reader.position().byte() as usize;
            let raw = part.get(place.0..end).unwrap_or_default();
            let skipped = raw.len() - raw.trim_start_matches(['\n', '\r']).len();
            let line = first_line + place.1 - 1 + lines_in(raw.get(..skipped).unwrap_or_default());
            let original = raw.trim_matches(['\n', '\r']);
            let width = records.first().map(|head| head.fields.len());
            let cut = original.find('\n');
            if let Some(cut) = cut
                && cuts < MOST_CUTS
                && width.is_none_or(|width| width != fields.len())
            {
                let first = original.get(..cut).unwrap_or_default().trim_end_matches('\r');
                let fields = std::iter::once(first).collect();
                records.push(Record { line, original: first, fields, open_quote: true });
                start += place.0 + skipped + cut + 1;
                first_line = line + 1;
                cuts += 1;
                continue 'reading;
            }
            records.push(Record { line, original, fields: fields.clone(), open_quote: false });
        }
        break;
    }
    records
}

/// How many line ends a text holds.
fn lines_in(text: &str) -> u32 {
    text.bytes().filter(|&b| b == b'\n').count() as u32
}

/// The delimiter the first line that is not blank uses most.
pub(crate) fn delimiter_of(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| head.bytes().filter(|&b| b == delimiter).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|&d| count(d)).unwrap_or(b',')
}

#[cfg(test)]
mod tests;
