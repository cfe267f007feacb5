use super::{Cluster, run, text};
use crate::machine;
use std::path::Path;

/// Where PostgreSQL is not installed there is nothing to start: the suite's own step says so.
#[test]
fn a_cluster_answers_by_its_socket_and_leaves_nothing_behind() {
    let Some(programs) = machine::postgres() else { return };
    let cluster = Cluster::start().unwrap();
    let url = cluster.url();
    let ask = |programs: &Path| {
        let psql = programs.join("psql");
        run(&[text(&psql)?, "-c", "create table lamp (id integer)", &url])
    };
    ask(&programs).unwrap();
    assert!(ask(&programs).is_err(), "the table is there by now");
    let folder = cluster.folder.clone();
    assert!(folder.join("data").exists());
    drop(cluster);
    assert!(!folder.exists());
    assert!(ask(&programs).is_err());
}
