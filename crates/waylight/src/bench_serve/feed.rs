//! Screens that are open meanwhile, each with its live feed, as a browser holds it.

use super::{child::Server, line::Line, phones::Phone, tally::Tally};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// As long a browser waits before it connects anew.
const AGAIN: Duration = Duration::from_secs(1);
/// Screens open one after the other, as people come to work: 5,000 of them within 15 s, so that what
/// each does every 15 s is spread over all of them.
const APART: Duration = Duration::from_millis(3);

/// The screens of all teams; they close when what is returned is dropped.
pub(super) fn of_teams(server: &Server, phones: &[Phone], tally: &Arc<Tally>) -> JoinSet<()> {
    let mut screens = JoinSet::new();
    for (phone, after) in phones.iter().zip(1_u32..) {
        if let Ok(line) = Line::to(server.at, Some(phone.pass.clone())) {
            let followed = follow(line, "/api/team/live".to_owned(), Arc::clone(tally));
            screens.spawn(async move {
                tokio::time::sleep(APART * after).await;
                followed.await;
            });
        }
    }
    screens
}

/// When all of so many screens are open.
pub(super) fn open_after(screens: usize) -> Duration {
    APART * u32::try_from(screens).unwrap_or(u32::MAX)
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
