//! What a deactivation costs, and what it takes to come back.

use estoppel_simulator::DeliveryState;
use jiff::{SignedDuration, Timestamp};

use super::{Drill, Passage, SignedDuration as Span, plan, say};
use crate::{Failure, commands::webhook::drill::stage::Stage};

/// How far the clock moves to see whether anything still comes.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(24);

/// Says what became of every request that was not delivered, whether new ones can be made, and whether anything still comes.
pub(super) fn tell_losses(stage: &mut Stage<'_>) -> Result<(), Failure> {
    if let Some(reason) = stage.deactivated() {
        say(&format!("  deactivated: {reason}"));
    }
    let (delivered, failed, dropped) = (
        stage.deliveries_in(DeliveryState::Delivered),
        stage.deliveries_in(DeliveryState::Failed),
        stage.deliveries_in(DeliveryState::Dropped),
    );
    say(&format!("  deliveries: {delivered} delivered, {failed} failed, {dropped} dropped; not received:"));
    for loss in stage.losses() {
        say(&format!("    {loss}"));
    }
    let answer = stage.ask()?;
    say(&format!("  {} is now answered with {}", stage.asking_operation(), shown(&answer)));
    let before = stage.deliveries();
    let later = stage.now().checked_add(AFTERWARDS).unwrap_or(Timestamp::MAX);
    stage.advance(later)?;
    let more = stage.deliveries() - before;
    say(&format!("  {} hours later: {more} further deliveries", AFTERWARDS.as_hours()));
    Ok(())
}

impl Drill {
    /// Serves the webhook again and makes another request; says what has come back, and what has not.
    pub(super) async fn come_back(&self, stage: &mut Stage<'_>) -> Result<bool, Failure> {
        let lost = stage.lost();
        stage.enable();
        say("  the webhook is enabled again, where it is managed");
        let before = stage.sent().len();
        let mut played = self.play(stage, &plan(1, Span::ZERO, Passage::Through)).await?;
        let later = stage.now().checked_add(AFTERWARDS).unwrap_or(Timestamp::MAX);
        stage.advance(later)?;
        self.deliver(stage, &mut played).await?;
        let came = Came::of(stage.sent().get(before..).unwrap_or_default(), stage.newest(), &lost);
        say(&format!("  {} hours later: {}", AFTERWARDS.as_hours(), came.told(lost.len())));
        let still_lost = stage.lost();
        say("  to come back: let the receiver answer as it should, enable the webhook, and ask again for:");
        for name in lost.iter().filter(|name| still_lost.contains(name)) {
            say(&format!("    {name}"));
        }
        Ok(played.not_taken == 0 && came.new == 1)
    }
}

/// How many deliveries went out after the webhook was enabled again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Came {
    /// Of the request that was made after it.
    new: usize,
    /// Of requests whose result was lost.
    lost: usize,
    /// Of all other requests.
    other: usize,
}

impl Came {
    /// Counts deliveries by the names of their requests.
    fn of(sent: &[String], newest: Option<&str>, lost_names: &[String]) -> Self {
        let new = sent.iter().filter(|name| Some(name.as_str()) == newest).count();
        let lost = sent.iter().filter(|name| lost_names.contains(name)).count();
        Self { new, lost, other: sent.len().saturating_sub(new + lost) }
    }

    /// The counts in one line.
    fn told(self, requests_lost: usize) -> String {
        let Self { new, lost, other } = self;
        let others = if other == 0 { String::new() } else { format!(", {other} of other requests") };
        let noun = if new == 1 { "delivery" } else { "deliveries" };
        format!("{new} {noun} of the new request, {lost} of the {requests_lost} lost ones{others}")
    }
}

/// A refusal or reply in one line.
fn shown(answer: &estoppel_simulator::Answer) -> String {
    let body = String::from_utf8_lossy(&answer.body);
    format!("{} {}", answer.status.as_u16(), body.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &[&str], expected: &str) {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let lost = names(&["a", "b"]);
        assert_eq!(Came::of(&names(sent), Some("new"), &lost).told(lost.len()), expected, "{sent:?}");
    }

    #[test]
    fn what_comes_is_counted_by_its_request() {
        check(&["new"], "1 delivery of the new request, 0 of the 2 lost ones");
        check(&[], "0 deliveries of the new request, 0 of the 2 lost ones");
        check(&["a", "new", "a"], "1 delivery of the new request, 2 of the 2 lost ones");
        check(
            &["new", "c", "new"],
            "2 deliveries of the new request, 0 of the 2 lost ones, 1 of other requests",
        );
    }
}
