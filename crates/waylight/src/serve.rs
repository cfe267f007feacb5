//! `waylight serve`: one city, until it is told to stop.

use crate::cli::Serve;
use crate::{say, state::StateDir};
use anyhow::{Context, Result};
use server::{App, Clock, Config, RealClock};
use std::fs;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long open connections may take to end.
const LET_GO: Duration = Duration::from_secs(3);

pub(crate) async fn run(serve: &Serve) -> Result<()> {
    let state = StateDir::from(&serve.state);
    let text = fs::read_to_string(&serve.pack).context(serve.pack.display().to_string())?;
    let pack = state.remember(&text)?;
    let duty_phones = state.duty_phones(&pack)?;
    for district in pack.districts.iter().filter(|one| !duty_phones.contains_key(&one.code)) {
        tracing::warn!(district = %district.code, "no duty contact: write one into duty.toml");
    }
    let store = state.open(&pack).await?;
    let (listener, address) = listen(serve.listen).await?;
    let config = Config {
        pack,
        public_origin: serve.origin.clone().unwrap_or_else(|| format!("http://{address}")),
        outbox: state.file("outbox.jsonl"),
        duty_phones,
        demo: None,
    };
    let app = App::build(config, store.clone(), Arc::new(RealClock)).await?;
    say::line(format_args!("listening http://{address}"))?;
    until(app, listener, store, Arc::new(RealClock), stopped()).await
}

/// A listening socket and the address it really has.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let listener =
        TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves until `stop`, then lets requests and followers finish and signs where the journal is.
pub(crate) async fn until(
    app: App,
    listener: TcpListener,
    store: store::Store,
    clock: Arc<dyn Clock>,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let followers = app.spawn_followers();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    // One router for all connections: handed over as it is, axum would copy every route for each
    // of them, 380 KB for each phone.
    let shared = tower::make::Shared::new(app.router());
    let serving = axum::serve(listener, shared).with_graceful_shutdown(async {
        // A sender dropped early stops the server as well.
        let _told = ended.await;
    });
    let mut serving = tokio::spawn(async move { serving.await });
    tokio::select! {
        served = &mut serving => served??,
        () = stop => {
            // Live feeds never end by themselves: whoever still listens is let go after a while.
            let _gone = end.send(());
            if tokio::time::timeout(LET_GO, &mut serving).await.is_err() {
                serving.abort();
            }
        }
    }
    followers.stop().await;
    store.checkpoint(clock.now()).await?;
    store.close().await;
    Ok(())
}

/// Completes at Ctrl-C or SIGTERM.
pub(crate) async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        // Without a handler SIGTERM ends the process by itself: nothing acknowledged is lost.
        return std::future::pending().await;
    };
    tokio::select! {
        _signal = terminated.recv() => {}
        _interrupted = tokio::signal::ctrl_c() => {}
    }
}
