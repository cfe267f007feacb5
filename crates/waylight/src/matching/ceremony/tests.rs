use super::*;
use tempfile::TempDir;

/// Three houses, each with a folder, and the table between them.
struct Table {
    folder: TempDir,
}

impl Table {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn dir(&self, holder: u8) -> PathBuf {
        self.folder.path().join(format!("holder-{holder}"))
    }

    fn file(&self, step: &str, holder: u8) -> PathBuf {
        self.folder.path().join(format!("{step}-{holder}.json"))
    }

    fn others(&self, step: &str, holder: u8) -> Vec<PathBuf> {
        (1..=3).filter(|other| *other != holder).map(|other| self.file(step, other)).collect()
    }

    fn begin(&self) {
        for holder in 1..=3 {
            step_begin(&self.dir(holder), holder, &self.file("begun", holder)).unwrap();
        }
    }

    fn hear(&self, holder: u8) -> Result<()> {
        let out = self.file("told", holder);
        step_hear(&self.dir(holder), &self.others("begun", holder), &out)
    }

    fn finish(&self, holder: u8) -> Result<()> {
        step_finish(&self.dir(holder), &self.others("told", holder))
    }
}

fn said(done: Result<()>) -> String {
    format!("{:#}", done.unwrap_err())
}

#[test]
fn three_houses_get_shares_of_one_key_and_steps_may_be_done_again() {
    let table = Table::new();
    table.begin();
    for holder in [1, 2, 3, 2] {
        table.hear(holder).unwrap();
    }
    for holder in 1..=3 {
        table.finish(holder).unwrap();
        assert!(!table.dir(holder).join(CEREMONY).exists(), "the seed is gone");
    }
    let keys = [1, 2, 3].map(|holder| share(&table.dir(holder)).unwrap().public());
    Holders::of(keys).unwrap();
    assert!(said(table.finish(1)).contains("is done"));
    let again = step_begin(&table.dir(1), 1, &table.file("begun", 1));
    assert!(said(again).contains("has a share already"));
}

#[test]
fn whoever_was_given_another_file_is_found_out() {
    let (table, false_table) = (Table::new(), Table::new());
    table.begin();
    false_table.begin();
    // Holder 1 hears another third holder than the second one does.
    let begun = [table.file("begun", 2), false_table.file("begun", 3)];
    step_hear(&table.dir(1), &begun, &table.file("told", 1)).unwrap();
    table.hear(2).unwrap();
    table.hear(3).unwrap();
    assert!(said(table.finish(2)).contains("ceremony_disagrees"));
    // And it can be mended: the right files, and all is well.
    table.hear(1).unwrap();
    for holder in 1..=3 {
        table.finish(holder).unwrap();
    }
}

#[test]
fn what_is_not_done_in_order_or_with_the_right_files_is_said() {
    let table = Table::new();
    assert!(said(table.hear(1)).contains("`holder begin` comes first"));
    assert!(said(step_begin(&table.dir(1), 4, &table.file("begun", 4))).contains("1, 2 or 3"));
    table.begin();
    assert!(said(table.finish(1)).contains("`holder hear` comes first"));
    let twice = [table.file("begun", 2), table.file("begun", 2)];
    let out = table.file("told", 1);
    assert!(said(step_hear(&table.dir(1), &twice, &out)).contains("is there twice"));
    let own = [table.file("begun", 1), table.file("begun", 2)];
    assert!(said(step_hear(&table.dir(1), &own, &out)).contains("is there twice"));
    let one = [table.file("begun", 2)];
    assert!(said(step_hear(&table.dir(1), &one, &out)).contains("holder_unknown"));
    let broken = [table.file("begun", 2), table.dir(1).join(CEREMONY)];
    assert!(said(step_hear(&table.dir(1), &broken, &out)).contains("no file that"));
    assert!(said(step_begin(&table.dir(1), 1, &out)).contains("under way"));
    for holder in 1..=3 {
        table.hear(holder).unwrap();
    }
    let half = [table.file("told", 2)];
    assert!(said(step_finish(&table.dir(1), &half)).contains("holder_unknown"));
    assert!(share(&table.dir(1)).is_err());
}

#[test]
fn a_changed_file_is_refused() {
    let table = Table::new();
    table.begin();
    let file = table.file("begun", 3);
    let mut begun: BegunFile = files::read(&file, "file").unwrap();
    begun.said.0[40] ^= 1;
    files::replace(&file, &files::json(&begun).unwrap()).unwrap();
    assert!(said(table.hear(1)).contains("fingerprint by telephone"));
}
