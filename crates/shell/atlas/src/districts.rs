//! Which district a point lies in.

use crate::{Boundary, osm::area_of};
use kernel::{Area, Point};

/// Districts by name, with their outlines. Outlines of one district count together, so that the
/// finely drawn 행정동 serve as well as the 자치구 they make up, and better than a coarse one: a
/// seventh of Gwanak's lamps lie outside its outline of 2013.
#[derive(Debug)]
pub struct Districts<'a> {
    names: Vec<&'a str>,
    /// An outline, the box around it, and the place of its district's name.
    outlines: Vec<(&'a Boundary, Area, usize)>,
}

impl<'a> Districts<'a> {
    /// The districts these outlines are of, each once, in the order given.
    pub fn of(outlines: impl IntoIterator<Item = &'a Boundary>) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut known = Vec::new();
        for outline in outlines {
            let points = outline.polygons.iter().flatten().flatten();
            let Some(area) = area_of(points.copied()) else { continue };
            let name = outline.district.as_deref().unwrap_or(&outline.name);
            let at = names.iter().position(|have| *have == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            known.push((outline, area, at));
        }
        Self { names, outlines: known }
    }

    /// Their names.
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// The place in [`Districts::names`] of the district a point lies in, if it lies in one.
    pub fn at(&self, point: Point) -> Option<usize> {
        self.outlines
            .iter()
            .find(|(outline, area, _)| area.contains(point) && outline.contains(point))
            .map(|(.., at)| *at)
    }

    /// The name of the district a point lies in.
    pub fn name_at(&self, point: Point) -> Option<&'a str> {
        self.names.get(self.at(point)?).copied()
    }
}

#[cfg(test)]
mod tests;
