//! HTTP: listening, the layers around every request, and an orderly stop.

use std::io;
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::middleware::{DefaultHeaders, from_fn};
use actix_web::web::{Data, FormConfig, PathConfig, PayloadConfig, QueryConfig};
use actix_web::{App as HttpApp, HttpServer, dev::Server};
use tokio::sync::watch;

use crate::app::App;
use crate::http::hear_out::hear_out;
use crate::http::pages::offline::marked;
use crate::http::pages::{again, problems_as_pages};
use crate::http::service::Ready;
use crate::http::unknown_query;
use crate::problem::Problem;
use crate::{jobs, readings, routes};

/// A stop waits this long for what is under way.
const STOP_SECONDS: u64 = 30;

/// Serves `app` on `listener` until SIGTERM or SIGINT. `prepare` runs beside it; `/readyz` says no until it is done.
pub async fn serve<F>(app: App, listener: TcpListener, with_jobs: bool, prepare: F) -> Result<(), ServeError>
where
    F: Future<Output = Result<(), ServeError>>,
{
    let ready = Data::new(Ready::default());
    let server = server(&app, &ready, listener)?;
    let handle = server.handle();
    let serving = tokio::spawn(server);
    if let Err(error) = prepare.await {
        handle.stop(false).await;
        return Err(error);
    }
    let (stop, stopped) = watch::channel(false);
    let worker = with_jobs.then(|| tokio::spawn(jobs::work(app.clone(), stopped)));
    ready.0.store(true, Ordering::Release);
    tracing::info!(listen = %app.config.listen, "serving");
    serving.await.map_err(io::Error::other)??;
    let _ = stop.send(true);
    if let Some(worker) = worker {
        worker.await.map_err(io::Error::other)??;
        // What was read today is sealed before the lights go out.
        let last = app.clone().reconnected().await.map_err(Problem::from)?;
        readings::seal_batches(&last, true).await?;
        last.db.close().await.map_err(Problem::from)?;
    }
    Ok(app.db.close().await.map_err(Problem::from)?)
}

/// Works in the background only, until SIGTERM or SIGINT.
pub async fn work(app: App) -> Result<(), ServeError> {
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(app.clone(), stopped));
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    let _ = stop.send(true);
    worker.await.map_err(io::Error::other)??;
    Ok(app.db.close().await.map_err(Problem::from)?)
}

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Problem(#[from] Problem),
    #[error("{0}")]
    Demo(#[from] crate::demo::DemoError),
}

fn server(app: &App, ready: &Data<Ready>, listener: TcpListener) -> io::Result<Server> {
    let data = Data::new(app.clone());
    let ready = ready.clone();
    let json_bytes = app.config.limits.json_bytes;
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(data.clone())
            .app_data(ready.clone())
            .app_data(PayloadConfig::new(json_bytes))
            .app_data(FormConfig::default().limit(64 * 1024).error_handler(|error, _| malformed(&error)))
            .app_data(QueryConfig::default().error_handler(|_, _| unknown_query().into()))
            .app_data(PathConfig::default().error_handler(|_, _| Problem::NotFound.into()))
            .wrap(from_fn(again))
            .wrap(from_fn(problems_as_pages))
            .wrap(from_fn(marked))
            .wrap(from_fn(hear_out))
            .wrap(
                DefaultHeaders::new()
                    .add(("Cache-Control", "private, no-store"))
                    .add(("X-Content-Type-Options", "nosniff"))
                    .add(("Referrer-Policy", "same-origin"))
                    .add(("X-Robots-Tag", "noindex, nofollow"))
                    .add(("Cross-Origin-Opener-Policy", "same-origin"))
                    .add(("Cross-Origin-Resource-Policy", "same-origin")),
            )
            .configure(routes::routes)
    });
    Ok(server
        .tcp_nodelay(true)
        .shutdown_timeout(STOP_SECONDS)
        .client_request_timeout(Duration::from_secs(30))
        .workers(std::thread::available_parallelism().map_or(2, std::num::NonZero::get))
        .listen(listener)?
        .run())
}

fn malformed(error: &actix_web::error::UrlencodedError) -> actix_web::Error {
    Problem::MalformedBody(error.to_string()).into()
}
