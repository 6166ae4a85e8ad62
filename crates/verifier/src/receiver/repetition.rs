//! Valid deliveries that arrive twice, out of order, at the same time, slowly, or on one connection.

use std::{collections::BTreeMap, time::Duration};

use serde_json::json;
use tokio::task::JoinSet;

use super::{
    examiner::{Case, Examiner, GONE},
    letter::Letter,
    payload::{Payloads, insert},
    wire::Ending,
};
use crate::{Check, Rule};

/// Deliveries that are sent at the same time.
const AT_ONCE: usize = 8;

impl<P: FnMut(&Check)> Examiner<'_, P> {
    /// Sends valid deliveries in every way in which they may arrive.
    pub(super) async fn repeat(&mut self, payloads: &Payloads<'_>) {
        self.accept_duplicates(payloads).await;
        self.accept_out_of_order(payloads).await;
        if self.is_gone() {
            self.skip(&[Rule::DeliveryConcurrent, Rule::DeliveryConnection, Rule::DeliveryEarly], GONE);
            return;
        }
        self.accept_at_once(payloads).await;
        self.accept_on_one_connection(payloads).await;
        self.accept_slowly(payloads).await;
    }

    async fn accept_duplicates(&mut self, payloads: &Payloads<'_>) {
        let letter = self.letter(payloads, &payloads.base);
        for time in
            ["a delivery for the first time", "the same delivery again", "the same delivery once more"]
        {
            self.expect_accepted(&Case::new(Rule::DeliveryDuplicate, &letter, time)).await;
        }
    }

    /// Two requests with two deliveries each: the later one of each request arrives first.
    async fn accept_out_of_order(&mut self, payloads: &Payloads<'_>) {
        let minimal = payloads.minimal();
        let earlier = payloads.examples.get(1).unwrap_or(&minimal);
        if earlier == &payloads.base || !payloads.accepts(earlier) {
            self.skip(&[Rule::DeliveryOrder], "the contract gives no two different bodies for one request");
            return;
        }
        let example = payloads.request(&payloads.base);
        let (first, second) = (self.next_request(example), self.next_request(example));
        let letters = [
            ("the later delivery of one request", self.letter_about(payloads, &payloads.base, &first)),
            ("the later delivery of another request", self.letter_about(payloads, &payloads.base, &second)),
            ("the earlier delivery of the one", self.letter_about(payloads, earlier, &first)),
            ("the earlier delivery of the other", self.letter_about(payloads, earlier, &second)),
        ];
        for (what, letter) in &letters {
            self.expect_accepted(&Case::new(Rule::DeliveryOrder, letter, *what)).await;
        }
    }

    async fn accept_at_once(&mut self, payloads: &Payloads<'_>) {
        let letters: Vec<Letter> = (0..AT_ONCE).map(|_| self.letter(payloads, &payloads.base)).collect();
        let mut sent = JoinSet::new();
        for (place, letter) in letters.iter().enumerate() {
            let (wire, request) = (self.wire.clone(), self.signed(letter));
            sent.spawn(async move { (place, wire.send(&request).await) });
        }
        let mut endings = by_place(sent).await;
        for (place, letter) in letters.iter().enumerate() {
            let ending = endings.remove(&place).unwrap_or_else(broken_off);
            let (request, ending) = (self.signed(letter), self.note(ending));
            let what = format!("delivery {} of {AT_ONCE} at the same time", place + 1);
            self.judge_accepted(&Case::new(Rule::DeliveryConcurrent, letter, what), &request, &ending);
        }
    }

    async fn accept_on_one_connection(&mut self, payloads: &Payloads<'_>) {
        let whats = [
            Some("a delivery on a fresh connection"),
            Some("a delivery on the same connection"),
            None,
            Some("a delivery on the same connection, after one that was refused"),
        ];
        for what in whats {
            let letter = self.letter(payloads, &payloads.base);
            let request = match what {
                Some(_) => self.signed(&letter),
                None => self.request(&letter.with_body("{\"cut".into()), None),
            };
            let sent = self.wire.send_on_kept_connection(&request).await;
            let ending = self.note(sent);
            if let Some(what) = what {
                self.judge_accepted(&Case::new(Rule::DeliveryConnection, &letter, what), &request, &ending);
            }
        }
    }

    async fn accept_slowly(&mut self, payloads: &Payloads<'_>) {
        // Long enough for several packets, as a real body may be.
        let long = "x".repeat(4096);
        let body = insert(&payloads.base, "estoppelAddedLater", json!(long));
        let body = if payloads.accepts(&body) { body } else { payloads.base.clone() };
        let letter = self.letter(payloads, &body);
        let request = self.signed(&letter);
        let sent = self.wire.send_with_pause(&request, self.options.pause).await;
        let ending = self.note(sent);
        let case =
            Case::new(Rule::DeliveryEarly, &letter, "a delivery that pauses in the middle of its body");
        match &ending {
            Ending::Answered { status: 200..300, early: true, .. } => {
                let expected = "an answer after the whole body has arrived".to_owned();
                self.fail(&case, Rule::DeliveryEarly, &request, &ending, expected);
            }
            _ => {
                self.judge_accepted(&case, &request, &ending);
            }
        }
    }
}

/// An ending, and how long the answer took.
type Timed = (Ending, Duration);

/// What came of each task, by the place of its letter. A task that broke off gives nothing.
async fn by_place(mut tasks: JoinSet<(usize, Timed)>) -> BTreeMap<usize, Timed> {
    let mut endings = BTreeMap::new();
    while let Some(joined) = tasks.join_next().await {
        endings.extend(joined.ok());
    }
    endings
}

/// The ending of a delivery whose task broke off: nobody knows an answer, so that there is none.
fn broken_off() -> Timed {
    let reason = "what sent it broke off".to_owned();
    (Ending::NoReply { reason, unreachable: false }, Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_breaks_off_leaves_the_others_and_counts_as_no_answer() {
        let mut tasks = JoinSet::new();
        tasks.spawn(async { (0, (Ending::TimedOut, Duration::ZERO)) });
        tasks.spawn(std::future::pending()).abort();
        let endings = by_place(tasks).await;
        assert_eq!(endings.keys().collect::<Vec<_>>(), [&0]);
        assert!(matches!(broken_off().0, Ending::NoReply { unreachable: false, .. }));
    }
}
