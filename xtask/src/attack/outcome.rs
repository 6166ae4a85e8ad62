//! What a scenario came to.

use std::collections::BTreeMap;

use super::reply::Reply;

/// Breaches of one scenario that are listed; more are counted.
const BREACHES_MAX: usize = 5;

/// What a scenario came to: how much it sent, what was answered, and what must not have happened.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) name: &'static str,
    /// Requests, or what stands for them.
    pub(super) sent: u64,
    /// Answers by hundreds of their status; 0 is a connection without an answer.
    answers: BTreeMap<u16, u64>,
    /// Answers that name a limit.
    refused: u64,
    /// A figure or a word that the table shows.
    pub(super) note: String,
    /// What must not have happened.
    pub(super) breaches: Vec<String>,
    more_breaches: usize,
}

impl Outcome {
    pub(super) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        if self.more_breaches > 0 {
            self.breaches.push(format!("and {} more", self.more_breaches));
            self.more_breaches = 0;
        }
        self
    }

    pub(super) fn breach(&mut self, what: impl Into<String>) {
        if self.breaches.len() < BREACHES_MAX {
            self.breaches.push(what.into());
        } else {
            self.more_breaches += 1;
        }
    }

    /// Counts an answer. A 5xx that names no limit is a breach.
    pub(super) fn count(&mut self, what: &str, reply: Option<&Reply>) {
        self.sent += 1;
        let status = reply.map_or(0, |reply| reply.status);
        *self.answers.entry(status / 100).or_default() += 1;
        let Some(reply) = reply else { return };
        if reply.names_limit() {
            self.refused += 1;
        } else if status >= 500 {
            let body: String = reply.body.chars().take(200).collect();
            self.breach(format!("{what}: {status} {body}"));
        }
    }

    /// Its line of the table.
    pub(super) fn line(&self) -> String {
        let answers: Vec<String> = self
            .answers
            .iter()
            .map(
                |(class, count)| {
                    if *class == 0 { format!("none {count}") } else { format!("{class}xx {count}") }
                },
            )
            .collect();
        let verdict = if self.breaches.is_empty() { "ok" } else { "BREACH" };
        let name = self.name;
        format!(
            "{verdict:<7}{name:<21}{:>8} sent  {:<44} {:>6} by limit  {}",
            self.sent,
            answers.join(", "),
            self.refused,
            self.note
        )
    }
}
