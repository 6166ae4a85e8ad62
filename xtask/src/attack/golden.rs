//! Calls whose answers never change: a fresh session, a fixed seed, a clock that stands.

use super::{calls, outcome::Outcome, target::Target};

/// The answers, in the order of the calls.
#[derive(Debug, Default)]
pub(super) struct Recording {
    answers: Vec<(String, String)>,
}

impl Recording {
    /// Calls every operation once, with an example of its body. The session has one name each time, for its URLs are in the answers.
    pub(super) fn take(target: &Target) -> Self {
        let session = "golden";
        let new =
            format!("{{\"name\": \"{session}\", \"seed\": 42, \"clock\": \"2021-01-08T22:03:09.598Z\"}}");
        let mut answers = Vec::new();
        let mut note = |name: String, reply: Option<super::reply::Reply>| {
            let answer = reply.map_or_else(|| "no answer".to_owned(), |reply| reply.essence());
            answers.push((name, answer));
        };
        note("create".to_owned(), target.call("POST", "/__admin/sessions", "", &new));
        for call in calls::all(target, session) {
            let path: String = call.path.replace(['{', '}'], "");
            let body = call.body.map_or(String::new(), |body| body.to_string());
            let body = if call.method == "GET" { "" } else { body.as_str() };
            note(format!("{} {path}", call.method), target.call(&call.method, &path, &call.headers, body));
        }
        target.call("DELETE", &format!("/__admin/sessions/{session}"), "", "");
        Self { answers }
    }
}

/// Whether the answers are the same, byte for byte.
pub(super) fn compare(before: &Recording, after: &Recording) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.sent = u64::try_from(before.answers.len() + after.answers.len()).unwrap_or_default();
    if before.answers.len() != after.answers.len() {
        outcome.breach("another number of calls was answered");
    }
    let mut good = 0;
    for ((name, before), (_, after)) in before.answers.iter().zip(&after.answers) {
        good += usize::from(before.starts_with('2'));
        if before != after {
            let shown = |text: &str| text.chars().take(160).collect::<String>();
            outcome.breach(format!("{name}: before {} / after {}", shown(before), shown(after)));
        }
    }
    if good == 0 {
        outcome.breach("no golden call succeeds");
    }
    outcome.note = format!("{} calls twice, {good} of them succeed", before.answers.len());
    outcome.named("golden-calls")
}
