//! Where the public data lies: beside the project.

use atlas::{City, Reading, Sheet, read};
use kernel::Area;
use std::path::PathBuf;

/// The box of Seoul, as the source list uses it.
pub const SEOUL: City<'static> =
    City::within(Area { south: 37.41, west: 126.76, north: 37.72, east: 127.19 });

fn root() -> PathBuf {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/data"));
    assert!(
        root.join("SOURCES.md").is_file(),
        "the public data is missing: these tests read ../shared/data beside the project"
    );
    root
}

/// The files of a folder, as `folder/name`, in order.
pub fn files(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|file| format!("{folder}/{}", file.unwrap().file_name().to_str().unwrap()))
        .collect();
    names.sort();
    names
}

/// The bytes of a file.
pub fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap()
}

/// A file that is a table.
pub fn sheet(path: &str) -> Sheet {
    match read(path, &bytes(path), None, &SEOUL) {
        Ok(Reading::Sheet(sheet)) => sheet,
        Ok(Reading::Extract(_)) => panic!("{path} is a map"),
        Err(refused) => panic!("{refused}"),
    }
}
