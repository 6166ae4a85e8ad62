//! The server under attack: a process in 512 MB whose memory and words are watched.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use estoppel_cli::Failure;

use super::{outcome::Outcome, reply::Reply};
use crate::bench::{Stopwatch, free_address};

/// Memory that the server may have: its address space, and what was resident at most.
const MEMORY_MAX_KILOBYTES: u64 = 512 * 1024;
/// How long the server may take to its first reply.
const START_MAX: Duration = Duration::from_secs(20);
/// How long an answer may take.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// A server process. It ends with this value.
#[derive(Debug)]
pub(super) struct Target {
    child: Mutex<Child>,
    id: u32,
    pub(super) address: String,
    errors: PathBuf,
}

impl Target {
    /// Starts the server with its address space limited, and waits for its first reply.
    pub(super) fn start(estoppel: &str) -> Result<Self, Failure> {
        let address = free_address()?;
        let errors = std::env::temp_dir().join(format!("estoppel-attack-{}.stderr", std::process::id()));
        let written = fs::File::create(&errors);
        let written = written.map_err(|error| Failure::new(format!("{}: {error}", errors.display())))?;
        let script = format!("ulimit -v {MEMORY_MAX_KILOBYTES}; exec \"$0\" \"$@\"");
        let child = Command::new("sh")
            .args(["-c", &script, estoppel, "replay", "--listen", &address, "--seed", "1", "--threads", "2"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(written)
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start {estoppel}: {error}")))?;
        let target = Self { id: child.id(), child: Mutex::new(child), address, errors };
        let watch = Stopwatch::start();
        while watch.elapsed() < START_MAX && target.is_alive() {
            if target.call("GET", "/__admin/health", "", "").is_some() {
                return Ok(target);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let said = fs::read_to_string(&target.errors).unwrap_or_default();
        Err(Failure::new(format!("the server gave no reply: {}", said.trim())))
    }

    /// Whether the process that was started still runs.
    pub(super) fn is_alive(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.try_wait().is_ok_and(|ended| ended.is_none())
    }

    /// Opens a connection that waits no longer than an answer may take.
    pub(super) fn connect(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(ANSWER_MAX)).ok()?;
        stream.set_write_timeout(Some(ANSWER_MAX)).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(stream)
    }

    /// Sends bytes on a connection of their own, and reads until it is closed.
    pub(super) fn exchange(&self, bytes: &[u8]) -> Option<Reply> {
        let mut stream = self.connect()?;
        // What refuses early closes early: the answer counts.
        drop(stream.write_all(bytes));
        let mut answer = Vec::new();
        drop(stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer));
        Reply::parse(&answer)
    }

    /// One call on a connection of its own.
    pub(super) fn call(&self, method: &str, path: &str, headers: &str, body: &str) -> Option<Reply> {
        self.exchange(&self.request(method, path, headers, body))
    }

    /// The bytes of one call.
    pub(super) fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
        let length = if body.is_empty() && method == "GET" {
            String::new()
        } else {
            format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len())
        };
        let host = &self.address;
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{headers}{length}\r\n{body}"
        )
        .into_bytes()
    }

    /// The most memory that was resident, in kilobytes.
    fn peak_kilobytes(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// What holds over all scenarios: the process lives, nothing panicked, memory stayed below its limit.
    pub(super) fn finish(&self) -> Outcome {
        let mut outcome = Outcome::default().named("process");
        if !self.is_alive() {
            outcome.breach("the server ended");
        }
        match self.peak_kilobytes() {
            Some(peak) => {
                outcome.note = format!("{} MB at most", peak / 1024);
                if peak > MEMORY_MAX_KILOBYTES {
                    outcome
                        .breach(format!("{peak} kB were resident, and {MEMORY_MAX_KILOBYTES} are the limit"));
                }
            }
            None => "memory not known here".clone_into(&mut outcome.note),
        }
        let said = fs::read(&self.errors).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let panics =
            said.lines().filter(|line| line.contains("panicked") || line.contains("memory allocation"));
        for line in panics {
            outcome.breach(line.to_owned());
        }
        outcome.named("process")
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        drop(child.kill());
        drop(child.wait());
        drop(fs::remove_file(&self.errors));
    }
}
