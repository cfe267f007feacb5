//! How many people come out at which station late at night, from a city's table of boardings and
//! alightings by the hour. Where there is no table every station has the same crowd.

use std::collections::BTreeMap;

/// Alightings between ten at night and midnight, by station name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ridership {
    come_out: BTreeMap<String, f64>,
}

/// The hours whose alightings count, as the columns of Seoul's table begin.
const HOURS: [&str; 2] = ["22시-", "23시-"];

/// A station's bare name: without `역` and without what stands in parentheses.
fn bare(name: &str) -> &str {
    let name = name.split('(').next().unwrap_or(name).trim();
    match name.strip_suffix('역') {
        Some("서울") | None => name,
        Some(stem) => stem,
    }
}

impl Ridership {
    /// Reads Seoul's table "호선별 역별 시간대별 승하차 인원" (EUC-KR): a row for each station and line,
    /// two columns for each hour. Rows that cannot be read are left out: a crowd is an estimate.
    pub fn parse(bytes: &[u8]) -> Self {
        let (text, _, _) = encoding_rs::EUC_KR.decode(bytes);
        let mut lines = text.lines();
        let Some(header) = lines.next() else { return Self::default() };
        let columns: Vec<&str> = cells(header).collect();
        let station = columns.iter().position(|name| name.contains("역명") || *name == "지하철역");
        let out: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, name)| {
                name.contains("하차") && HOURS.iter().any(|one| name.starts_with(one))
            })
            .map(|(at, _)| at)
            .collect();
        let mut come_out = BTreeMap::new();
        for line in lines {
            let row: Vec<&str> = cells(line).collect();
            let Some(name) = station.and_then(|at| row.get(at)) else { continue };
            let people = out.iter().filter_map(|at| row.get(*at)?.parse::<f64>().ok()).sum::<f64>();
            *come_out.entry(bare(name).to_owned()).or_default() += people;
        }
        Self { come_out }
    }

    /// How many stations are known.
    pub fn stations(&self) -> usize {
        self.come_out.len()
    }

    /// How many come out at a station; the average, if the table does not know it.
    pub fn at(&self, name: &str) -> f64 {
        let average = || {
            let sum: f64 = self.come_out.values().sum();
            if self.come_out.is_empty() { 1.0 } else { sum / self.come_out.len() as f64 }
        };
        self.come_out.get(bare(name)).copied().unwrap_or_else(average)
    }
}

/// The cells of a line; numbers may be written `"12,345"`.
fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.trim_end_matches('\r').split(',').map(|cell| cell.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests;
