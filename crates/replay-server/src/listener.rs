//! Accepts connections, as many as there is room for.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};

use crate::{
    connection::{Answers, Connections},
    limits::{Limit, Limits},
    refusal,
    shutdown::{Stage, Unfinished},
    usage::Usage,
};

/// Connections that are being refused at once at most; more are closed without a word.
const REFUSING_MAX: usize = 64;

/// How long a refused client has to read why, in real time.
const REFUSING_WAIT: Duration = Duration::from_secs(1);

/// How long it is waited after the system refused a connection, in real time: at first, and at most.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// Says what an operator should know.
pub(crate) type Warn = fn(&str);

/// A server's connections, and who may still come in.
pub(crate) struct Listener<A> {
    connections: Arc<Connections<A>>,
    usage: Arc<Usage>,
    refusing: Arc<Semaphore>,
    unfinished: Arc<Unfinished>,
    stage: watch::Receiver<Stage>,
    warn: Warn,
}

impl<A: Answers> Listener<A> {
    pub(crate) fn new(
        answers: A,
        limits: &Limits,
        usage: Arc<Usage>,
        unfinished: Arc<Unfinished>,
        stage: watch::Receiver<Stage>,
        warn: Warn,
    ) -> Self {
        Self {
            connections: Arc::new(Connections::new(answers, limits, Arc::clone(&usage.bodies))),
            usage,
            refusing: Arc::new(Semaphore::new(REFUSING_MAX)),
            unfinished,
            stage,
            warn,
        }
    }

    /// Accepts connections until `stop` is ready.
    pub(crate) async fn accept(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let (mut back_off, mut has_warned) = (BACK_OFF.0, false);
        loop {
            let accepted = tokio::select! {
                biased;
                () = stop.as_mut() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    back_off = BACK_OFF.0;
                    self.admit(stream);
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    if !has_warned {
                        has_warned = true;
                        (self.warn)(&format!(
                            "cannot accept connections: {error}; raise the limit of open files (`ulimit -n`), or \
                             lower --limit {}",
                            Limit::Connections
                        ));
                    }
                    tokio::select! {
                        biased;
                        () = stop.as_mut() => return,
                        () = tokio::time::sleep(back_off) => {}
                    }
                    back_off = (back_off * 2).min(BACK_OFF.1);
                }
            }
        }
    }

    fn admit(&self, stream: TcpStream) {
        if let Some(permit) = self.usage.open_connection() {
            let (stage, unfinished) = (self.stage.clone(), Arc::clone(&self.unfinished));
            tokio::spawn(Arc::clone(&self.connections).serve(stream, stage, unfinished, permit));
            return;
        }
        let Ok(permit) = Arc::clone(&self.refusing).try_acquire_owned() else { return };
        let refusal = refusal::too_many_connections(self.usage.connections_max());
        tokio::spawn(async move {
            drop(tokio::time::timeout(REFUSING_WAIT, refuse(stream, &refusal)).await);
            drop(permit);
        });
    }
}

/// Says why a connection is refused, and reads until the client closes: a reset could overtake the words.
async fn refuse(mut stream: TcpStream, refusal: &[u8]) -> io::Result<()> {
    stream.write_all(refusal).await?;
    stream.shutdown().await?;
    let mut dropped = [0; 1024];
    while stream.read(&mut dropped).await? > 0 {}
    Ok(())
}

/// Whether only the connection that was to be accepted is lost.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    )
}
