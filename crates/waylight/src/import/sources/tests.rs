use super::*;

#[test]
fn a_star_stands_for_any_letters_korean_ones_too() {
    assert!(matches("*.csv", "가로등.csv"));
    assert!(matches("서울_*_보안등_*.csv", "서울_관악구_보안등_2019.csv"));
    assert!(matches("a*", "a"));
    assert!(!matches("*.csv", "가로등.csv.bak"));
    assert!(!matches("가로등.csv", "가로등.CSV"));
}

#[test]
fn a_pack_s_files_come_in_its_order_and_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lights")).unwrap();
    for name in ["b.csv", "a.csv", "c.json"] {
        fs::write(folder.path().join("lights").join(name), b"x").unwrap();
    }
    let sources = ["lights/c.json", "lights/*.csv", "lights/a.csv"].map(str::to_owned);
    let names: Vec<String> =
        listed(&sources, folder.path()).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["lights/c.json", "lights/a.csv", "lights/b.csv"]);
}

#[test]
fn a_pack_that_lists_what_is_not_there_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let said = listed(&["lamps.csv".to_owned()], folder.path()).unwrap_err().to_string();
    assert!(said.contains("lamps.csv"), "{said}");
}
