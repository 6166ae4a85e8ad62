//! Servers as child processes, each on a core of its own.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use estoppel_cli::Failure;

use super::stopwatch::Stopwatch;

/// A server process. It ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    address: String,
    /// From the start of the process to its first reply.
    pub(crate) first_reply: Duration,
}

/// How long a server may take to its first reply.
const START_MAX: Duration = Duration::from_secs(10);

impl Server {
    /// Starts a program on a core and waits for its first reply to `GET path`.
    pub(crate) fn start(core: u32, program: &str, arguments: &[&str], path: &str) -> Result<Self, Failure> {
        let address = free_address()?;
        let watch = Stopwatch::start();
        let mut child = on_core(core, program)
            .args(arguments)
            .args(["--listen", &address])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("cannot start {program}: {error}")))?;
        while watch.elapsed() < START_MAX {
            if request(
                &address,
                &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
            )
            .is_ok()
            {
                return Ok(Self { child, address, first_reply: watch.elapsed() });
            }
            std::thread::sleep(Duration::from_micros(200));
        }
        drop(child.kill());
        Err(Failure::new(format!("{program} gave no reply within {START_MAX:?}")))
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Resident memory, in kilobytes.
    pub(crate) fn resident_kilobytes(&self) -> Result<u64, Failure> {
        let path = format!("/proc/{}/status", self.child.id());
        let status =
            std::fs::read_to_string(&path).map_err(|error| Failure::new(format!("{path}: {error}")))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()).and_then(|text| text.parse().ok());
        number.ok_or_else(|| Failure::new(format!("{path} tells no VmRSS")))
    }

    /// Sends a request with a body and returns the body of the reply.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<String, Failure> {
        let text = http_request(method, path, headers, body)
            .replace("host: localhost\r\n", "host: localhost\r\nconnection: close\r\n");
        let reply = request(&self.address, &text)
            .map_err(|error| Failure::new(format!("{method} {path}: {error}")))?;
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
        if !head.starts_with("HTTP/1.1 2") {
            return Err(Failure::new(format!(
                "{method} {path}: {} {body}",
                head.lines().next().unwrap_or_default()
            )));
        }
        Ok(body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A request of HTTP/1.1, head and body.
pub(crate) fn http_request(method: &str, path: &str, headers: &str, body: &str) -> String {
    let length = if body.is_empty() {
        String::new()
    } else {
        format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len())
    };
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}{length}\r\n{body}")
}

/// A program that runs on one core, where `taskset` is there to say so.
pub(crate) fn on_core(core: u32, program: &str) -> Command {
    let has_taskset = Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok();
    if !has_taskset {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string(), program]);
    command
}

/// An address of this machine on which nobody listens.
pub(crate) fn free_address() -> Result<String, Failure> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.to_string()).map_err(|error| Failure::new(format!("no free port: {error}")))
}

fn request(address: &str, text: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(text.as_bytes())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    if reply.is_empty() {
        return Err(std::io::Error::other("no reply"));
    }
    Ok(reply)
}
