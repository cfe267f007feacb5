use super::Guard;
use std::{path::Path, process::Command, time::Duration};

fn alive(pid: &str) -> bool {
    Command::new("kill").args(["-0", pid]).output().is_ok_and(|done| done.status.success())
}

fn eventually(holds: impl Fn() -> bool) -> bool {
    (0..500).any(|_try| {
        std::thread::sleep(Duration::from_millis(10));
        holds()
    })
}

#[test]
fn a_server_ends_with_its_guard_and_its_folder_goes() {
    let folder = std::env::temp_dir().join(format!("waylight-guard-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let log = folder.with_extension("log");
    let script = "echo $$; exec sleep 1000";
    let mut guard = Guard::start(&["sh", "-c", script], "TERM", &log, Some(&folder)).unwrap();
    let said = |log: &Path| std::fs::read_to_string(log).unwrap().trim().to_owned();
    assert!(eventually(|| !said(&log).is_empty()));
    let pid = said(&log);
    assert!(alive(&pid) && !guard.ended());
    drop(guard);
    assert!(!alive(&pid) && !folder.exists());
    std::fs::remove_file(&log).unwrap();
}

#[test]
fn a_server_that_ends_by_itself_is_noticed() {
    let log = std::env::temp_dir().join(format!("waylight-guard-{}.short", std::process::id()));
    let mut guard = Guard::start(&["true"], "TERM", &log, None).unwrap();
    assert!((0..500).any(|_try| {
        std::thread::sleep(Duration::from_millis(10));
        guard.ended()
    }));
    std::fs::remove_file(&log).unwrap();
}
