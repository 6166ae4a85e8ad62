//! The replay server against a bare axum server, both on one core, with load from the other.

use std::{fs, time::Duration};

use clap::Args;
use estoppel_cli::{Exit, Failure, out_line};
use serde_json::{Value, json};

use super::{
    figures::{Figures, as_f64, median, middle},
    load::Load,
    machine::machine,
    programs::{Programs, build},
    server::{Server, http_request, on_core},
    stopwatch::Stopwatch,
};

/// Measure the replay server.
#[derive(Debug, Args)]
pub(crate) struct HttpArgs {
    /// Rounds; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How long each load lasts, in milliseconds.
    #[arg(long, default_value_t = 2_000)]
    milliseconds: u64,
    /// Measure what has been built already.
    #[arg(long)]
    no_build: bool,
}

/// Least share of the bare server's requests per second, in percent: for `GET` and for `POST`.
const SHARE_MIN_PERCENT: [f64; 2] = [70.0, 40.0];
/// Longest time from the start of the process to its first reply.
const FIRST_REPLY_MAX: Duration = Duration::from_millis(20);
/// Most memory when idle, in kilobytes.
const RESIDENT_MAX_KILOBYTES: u64 = 25_000;
/// Longest time of a reset, request and reply included.
const RESET_MAX: Duration = Duration::from_millis(1);
/// Longest time of 99 in 100 replies, in microseconds.
const P99_MAX_MICROSECONDS: u64 = 1_500;
/// How long each load lasts that fills the journal, in milliseconds.
const FILL_MILLISECONDS: u64 = 200;
/// Such loads at most.
const FILLS_MAX: usize = 100;

impl HttpArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        if !self.no_build {
            build()?;
        }
        let programs = Programs::new();
        let mut figures = Figures::default();
        out_line!("on {}", machine()?);
        let start = median(self.rounds * 2, || {
            programs.estoppel(0).map(|server| server.first_reply.as_secs_f64() * 1e3)
        })?;
        figures.at_most("first reply, ms after process start", start, FIRST_REPLY_MAX.as_secs_f64() * 1e3);
        let server = programs.estoppel(0)?;
        std::thread::sleep(Duration::from_millis(200));
        let resident = server.resident_kilobytes()?;
        figures.at_most("resident memory when idle, kB", as_f64(resident), as_f64(RESIDENT_MAX_KILOBYTES));
        let sandbox = Sandbox::prepare(&server)?;
        let reset = median(self.rounds * 4, || {
            let watch = Stopwatch::start();
            server.call("POST", "/__admin/sessions/reset-me/reset", "", "")?;
            Ok(watch.elapsed().as_secs_f64() * 1e3)
        })?;
        figures.at_most("reset of a session over HTTP, ms", reset, RESET_MAX.as_secs_f64() * 1e3);
        drop(server);
        for (place, name) in ["GET a claim", "POST a claim"].into_iter().enumerate() {
            self.compare(&programs, &sandbox, place, name, &mut figures)?;
        }
        Ok(figures.exit())
    }

    /// Loads the bare server and the replay server in turn and compares the medians.
    fn compare(
        &self,
        programs: &Programs,
        sandbox: &Sandbox,
        place: usize,
        name: &str,
        figures: &mut Figures,
    ) -> Result<(), Failure> {
        let (mut bare_rates, mut own_rates, mut p99) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            let bare = bare(programs, sandbox)?;
            let request = sandbox.requests.get(place).map_or("", String::as_str);
            bare_rates.push(load(programs, &bare, request, self.milliseconds)?.requests_per_second);
            drop(bare);
            let server = programs.estoppel(0)?;
            let fresh = Sandbox::prepare(&server)?;
            let request = fresh.requests.get(place).map_or("", String::as_str);
            fill_journal(programs, &server, request)?;
            let load = load(programs, &server, request, self.milliseconds)?;
            own_rates.push(load.requests_per_second);
            p99.push(as_f64(load.p99_microseconds));
        }
        let (bare, own) = (middle(&mut bare_rates), middle(&mut own_rates));
        out_line!("{name}: bare axum {bare:.0}/s, replay server {own:.0}/s");
        let share_min = SHARE_MIN_PERCENT.get(place).copied().unwrap_or_default();
        figures.at_least(&format!("{name}, % of bare axum"), own / bare * 100.0, share_min);
        figures.at_most(&format!("{name}, p99 in µs"), middle(&mut p99), as_f64(P99_MAX_MICROSECONDS));
        Ok(())
    }
}

/// Sends a request until the journal of the default session drops what is oldest: from then on it is as it stays.
fn fill_journal(programs: &Programs, server: &Server, request: &str) -> Result<(), Failure> {
    for _ in 0..FILLS_MAX {
        load(programs, server, request, FILL_MILLISECONDS)?;
        let journal = parse(&server.call("GET", "/__admin/sessions/default/journal?limit=0", "", "")?)?;
        if journal.get("dropped").and_then(Value::as_u64).is_some_and(|dropped| dropped > 0) {
            return Ok(());
        }
    }
    Err(Failure::new("the journal drops nothing: it would be measured before it is full"))
}

/// Loads a server with one request for so long.
fn load(programs: &Programs, server: &Server, request: &str, milliseconds: u64) -> Result<Load, Failure> {
    let file = std::env::temp_dir().join(format!("estoppel-bench-{}.http", std::process::id()));
    fs::write(&file, request).map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
    let output = on_core(1, &programs.own)
        .args(["bench", "load", "--to", server.address(), "--milliseconds", &milliseconds.to_string()])
        .arg("--request")
        .arg(&file)
        .output()
        .map_err(|error| Failure::new(format!("cannot start the load: {error}")))?;
    drop(fs::remove_file(&file));
    let load: Load = serde_json::from_slice(&output.stdout)
        .map_err(|_| Failure::new(format!("the load failed: {}", String::from_utf8_lossy(&output.stderr))))?;
    if load.errors > 0 {
        return Err(Failure::new(format!("{} connections of the load failed", load.errors)));
    }
    Ok(load)
}

/// The bare server, which answers what the replay server answers.
fn bare(programs: &Programs, sandbox: &Sandbox) -> Result<Server, Failure> {
    let file = |name: &str, text: &str| -> Result<String, Failure> {
        let path = std::env::temp_dir().join(format!("estoppel-bench-{}-{name}", std::process::id()));
        fs::write(&path, text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        Ok(path.display().to_string())
    };
    let (get, post) = (file("get.json", &sandbox.claim)?, file("post.json", &sandbox.created)?);
    Server::start(0, &programs.own, &["bench", "bare", "--get", &get, "--post", &post], "/health")
}

/// A server that holds a claim, and the requests that are sent to it.
struct Sandbox {
    requests: Vec<String>,
    claim: String,
    created: String,
}

impl Sandbox {
    /// Makes a claim with documents, payoff data and a letter of guarantee: a reply of about 1.9 kB.
    fn prepare(server: &Server) -> Result<Self, Failure> {
        server.call("POST", "/__admin/sessions", "", r#"{"name":"reset-me"}"#)?;
        let credentials = r#"{"clientId":"carrier-test","secret":"carrier-test-secret"}"#;
        let issued: Value = parse(&server.call("POST", "/carrier/oauth/token", "", credentials)?)?;
        let token = issued.get("access_token").and_then(Value::as_str).unwrap_or_default();
        let bearer = format!("authorization: Bearer {token}\r\n");
        let body = new_claim().to_string();
        let created = server.call("POST", "/carrier/claims", &bearer, &body)?;
        let id = parse(&created)?.get("claimId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let path = format!("/carrier/claims/{id}");
        for effect in ["document-added", "payoff-data-added", "letter-of-guarantee-added"] {
            let trigger = format!("/carrier/activities/trigger-activity/{id}?activityType={effect}");
            server.call("POST", &trigger, &bearer, "")?;
        }
        let claim = server.call("GET", &path, &bearer, "")?;
        let requests = vec![
            http_request("GET", &path, &bearer, ""),
            http_request("POST", "/carrier/claims", &bearer, &body),
        ];
        Ok(Self { requests, claim, created })
    }
}

pub(super) fn parse(text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::new(format!("a reply is not JSON: {error}")))
}

pub(super) fn new_claim() -> Value {
    json!({
        "accountNumber": "4400012345", "adjusterName": "Ada Adjuster", "adjusterEmailAddress": "ada@example.com",
        "adjusterPhoneNumber": "+12125550134", "causeOfLoss": "Multi-Vehicle Collision", "claimNumber": "BENCH-1",
        "dateOfLoss": "2020-10-20", "deductible": 400, "financeType": "Retail", "insurerType": "First Party",
        "lenderName": "Test Lender", "lenderPhoneNumber": "+12125550144", "odometer": 39993,
        "ownersName": "Olive Owner", "ownersPhoneNumber": "+12125550154", "ownersRetained": false,
        "ownersStreetAddress": "12200 Test Avenue Dallas TX 75204", "settlementAmount": 15553.25,
        "titleRemittanceAddress": "1000 Main Street Dallas TX 75204",
        "vehicleLocation": "1200 Main Street Dallas TX 75204", "vin": "1N4AL3AP8JC231503",
    })
}
