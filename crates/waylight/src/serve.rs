//! `waylight serve`: one city, until it is told to stop.

use crate::cli::Serve;
use crate::{say, state::StateDir};
use anyhow::{Context, Result};
use server::{App, Config, RealClock};
use std::fs;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

pub(crate) async fn run(serve: &Serve) -> Result<()> {
    let state = StateDir::from(&serve.state);
    let text = fs::read_to_string(&serve.pack).context(serve.pack.display().to_string())?;
    let pack = state.remember(&text)?;
    let store = state.open(&pack).await?;
    let (listener, address) = listen(serve.listen).await?;
    let config = Config {
        pack,
        public_origin: serve.origin.clone().unwrap_or_else(|| format!("http://{address}")),
        outbox: state.file("outbox.jsonl"),
        duty_phone: None,
        demo: None,
    };
    let app = App::build(config, store.clone(), Arc::new(RealClock)).await?;
    say::line(format_args!("listening http://{address}"))?;
    until(app, listener, store, stopped()).await
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
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let followers = app.spawn_followers();
    app.serve(listener, stop).await?;
    followers.stop().await;
    store.checkpoint(app.now()).await?;
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
