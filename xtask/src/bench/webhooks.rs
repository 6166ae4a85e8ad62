//! Deliveries against a bare reqwest loop, and the advance of a clock past many timers.

use std::fs;

use clap::Args;
use estoppel_cli::{Exit, Failure, out_line};
use serde_json::{Value, json};

use super::{
    figures::{Figures, as_f64, median, middle},
    http::{new_claim, parse},
    programs::{Programs, build},
    server::{Server, on_core},
    sink::Arrivals,
    stopwatch::Stopwatch,
};

/// Measure webhooks and timers.
#[derive(Debug, Args)]
pub(crate) struct WebhooksArgs {
    /// Rounds; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Deliveries, and timers.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// Measure what has been built already.
    #[arg(long)]
    no_build: bool,
}

/// Deliveries that a session has under way to one endpoint at most; the bare loop sends as many at a time.
const CONCURRENCY: u64 = 16;
/// Least share of the bare loop's deliveries per second, in percent.
const SHARE_MIN_PERCENT: f64 = 70.0;
/// Longest advance by a year past all timers, in seconds, request and reply included.
const ADVANCE_MAX_SECONDS: f64 = 1.0;
/// Most memory when idle, in kilobytes.
const RESIDENT_MAX_KILOBYTES: u64 = 30_000;

impl WebhooksArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        if !self.no_build {
            build()?;
        }
        let programs = Programs::new();
        let mut figures = Figures::default();
        let server = programs.estoppel(0)?;
        std::thread::sleep(std::time::Duration::from_millis(200));
        let resident = as_f64(server.resident_kilobytes()?);
        figures.at_most("resident memory when idle, kB", resident, as_f64(RESIDENT_MAX_KILOBYTES));
        drop(server);
        let (mut bare, mut own) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            let sink = Server::start(1, &programs.own, &["bench", "sink"], "/health")?;
            let (body, seconds) = self.deliver(&programs, &sink)?;
            own.push(as_f64(self.count) / seconds);
            bare.push(as_f64(self.count) / self.send(&programs, &sink, &body)?);
        }
        let (bare, own) = (middle(&mut bare), middle(&mut own));
        out_line!("deliveries: bare reqwest loop {bare:.0}/s, replay server {own:.0}/s");
        figures.at_least("deliveries, % of a bare reqwest loop", own / bare * 100.0, SHARE_MIN_PERCENT);
        let advance = median(self.rounds, || self.pass_timers(&programs))?;
        let name = format!("advance by a year past {} timers, s", self.count);
        figures.at_most(&name, advance, ADVANCE_MAX_SECONDS);
        Ok(figures.exit())
    }

    /// Lets results of payoffs come due all at once; gives a body and how many seconds it took to deliver them.
    fn deliver(&self, programs: &Programs, sink: &Server) -> Result<(String, f64), Failure> {
        let server = programs.estoppel(0)?;
        let url = format!("http://{}/hook", sink.address());
        let session = json!({
            "name": "bench",
            "clock": "2021-01-08T22:03:09.598Z",
            "webhooks": [{"api": "xpayoff", "url": url}],
        });
        server.call("POST", "/__admin/sessions", "", &session.to_string())?;
        let payoff = json!({
            "vin": "1FTMF1CB6JKE12626", "entityName": "Test Insurance", "lenderName": "Test Lender",
        });
        let bearer = "authorization: Bearer xpayoff-test-key\r\n";
        let payoff = payoff.to_string();
        for _ in 0..self.count {
            server.call("POST", "/sessions/bench/xpayoff/payoff", bearer, &payoff)?;
        }
        server.call("POST", "/__admin/sessions/bench/clock/advance", "", r#"{"by":"PT1M"}"#)?;
        let seconds = self.seconds_of(sink)?;
        let listed = server.call("GET", "/__admin/sessions/bench/webhooks/deliveries?limit=1", "", "")?;
        let listed = parse(&listed)?;
        let delivered = listed.pointer("/counters/delivered").and_then(Value::as_u64);
        if delivered != Some(self.count) {
            return Err(Failure::new(format!("{delivered:?} of {} were delivered", self.count)));
        }
        let body = listed.pointer("/deliveries/0/body").and_then(Value::as_str).unwrap_or_default();
        Ok((body.to_owned(), seconds))
    }

    /// Sends the same body as often with reqwest alone; gives how many seconds it took.
    fn send(&self, programs: &Programs, sink: &Server, body: &str) -> Result<f64, Failure> {
        let file = std::env::temp_dir().join(format!("estoppel-bench-{}-body.json", std::process::id()));
        fs::write(&file, body).map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        let output = on_core(0, &programs.own)
            .args(["bench", "sender", "--to", &format!("http://{}/hook", sink.address())])
            .args(["--count", &self.count.to_string(), "--concurrency", &CONCURRENCY.to_string()])
            .arg("--body")
            .arg(&file)
            .output()
            .map_err(|error| Failure::new(format!("cannot start the sender: {error}")))?;
        drop(fs::remove_file(&file));
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Failure::new(format!("the sender failed: {said}")));
        }
        self.seconds_of(sink)
    }

    /// How long it took from the first arrival to the last.
    fn seconds_of(&self, sink: &Server) -> Result<f64, Failure> {
        let arrivals = sink.call("GET", "/arrivals", "", "")?;
        let arrivals: Arrivals =
            serde_json::from_str(&arrivals).map_err(|error| Failure::new(error.to_string()))?;
        if arrivals.count != self.count {
            return Err(Failure::new(format!("{} of {} arrived", arrivals.count, self.count)));
        }
        Ok(arrivals.seconds)
    }

    /// Opens claims whose lenders have to be looked into, and moves the clock by a year.
    fn pass_timers(&self, programs: &Programs) -> Result<f64, Failure> {
        let server = programs.estoppel(0)?;
        let session = json!({"name": "bench", "clock": "2021-01-08T22:03:09.598Z"});
        server.call("POST", "/__admin/sessions", "", &session.to_string())?;
        let credentials = r#"{"clientId":"carrier-test","secret":"carrier-test-secret"}"#;
        let issued = parse(&server.call("POST", "/sessions/bench/carrier/oauth/token", "", credentials)?)?;
        let token = issued.get("access_token").and_then(Value::as_str).unwrap_or_default();
        let bearer = format!("authorization: Bearer {token}\r\n");
        let mut claim = new_claim();
        if let Some(lender) = claim.get_mut("lenderName") {
            *lender = json!("Larch Test Finance 7");
        }
        let claim = claim.to_string();
        for _ in 0..self.count {
            server.call("POST", "/sessions/bench/carrier/claims", &bearer, &claim)?;
        }
        let watch = Stopwatch::start();
        let reply = server.call("POST", "/__admin/sessions/bench/clock/advance", "", r#"{"by":"P1Y"}"#)?;
        let seconds = watch.elapsed().as_secs_f64();
        let fired = parse(&reply)?.get("events").and_then(Value::as_array).map(Vec::len);
        if fired.and_then(|fired| u64::try_from(fired).ok()) != Some(self.count) {
            return Err(Failure::new(format!("{fired:?} of {} timers fired", self.count)));
        }
        Ok(seconds)
    }
}
