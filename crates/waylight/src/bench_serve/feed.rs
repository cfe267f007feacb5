//! Screens that are open meanwhile, each with its live feed, as a browser holds it.

use super::{child::Server, line::Line, phones::Phone, tally::Tally};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// As long a browser waits before it connects anew.
const AGAIN: Duration = Duration::from_secs(1);

/// The screens of all teams; they close when what is returned is dropped.
pub(super) fn of_teams(server: &Server, phones: &[Phone], tally: &Arc<Tally>) -> JoinSet<()> {
    let mut screens = JoinSet::new();
    for phone in phones {
        if let Ok(line) = Line::to(server.at, Some(phone.pass.clone())) {
            screens.spawn(follow(line, "/api/team/live".to_owned(), Arc::clone(tally)));
        }
    }
    screens
}

/// Listens until it is dropped; a feed that breaks off is opened again.
pub(super) async fn follow(mut line: Line, path: String, tally: Arc<Tally>) {
    loop {
        match line.listen(&path).await {
            Ok(response) if response.status().is_success() => {
                tally.feed_opened();
                let mut body = response.into_body();
                while let Some(Ok(frame)) = body.frame().await {
                    // A line of nothing keeps the connection alive and tells nothing.
                    if frame.data_ref().is_some_and(|said| !said.starts_with(b":")) {
                        tally.feed_event();
                    }
                }
                tally.error("feed", "broke off");
            }
            Ok(response) => tally.error("feed", response.status().as_str()),
            Err(unreached) => tally.error("feed", &unreached.to_string()),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
