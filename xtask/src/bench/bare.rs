//! The yardstick: axum, one handler, fixed bytes.

use std::{fs, path::PathBuf};

use axum::{Router, body::Body, http::StatusCode, response::Response, routing::get};
use bytes::Bytes;
use clap::Args;
use estoppel_cli::{Exit, Failure};

/// Serve fixed bytes.
#[derive(Debug, Args)]
pub(crate) struct BareArgs {
    /// Address to listen on.
    #[arg(long)]
    listen: String,
    /// What `GET` returns with 200.
    #[arg(long)]
    get: PathBuf,
    /// What `POST` returns with 201, once it has read the body.
    #[arg(long)]
    post: PathBuf,
}

impl BareArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let read = |path: &PathBuf| {
            fs::read(path)
                .map(Bytes::from)
                .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
        };
        let (get_body, post_body) = (read(&self.get)?, read(&self.post)?);
        let fetch = move || std::future::ready(json(StatusCode::OK, get_body.clone()));
        let create = move |_read: Bytes| std::future::ready(json(StatusCode::CREATED, post_body.clone()));
        let router = Router::new().route("/{*path}", get(fetch).post(create));
        let failed = |error: std::io::Error| Failure::new(format!("bare server: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        runtime.block_on(async {
            use axum::serve::ListenerExt;
            let listener = tokio::net::TcpListener::bind(&self.listen).await.map_err(failed)?;
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            axum::serve(listener, router).await.map_err(failed)
        })?;
        Ok(Exit::Clean)
    }
}

fn json(status: StatusCode, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(
        axum::http::header::CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}
