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
        let before = stage.deliveries();
        let played = self.play(stage, &plan(1, Span::ZERO, Passage::Through)).await?;
        let later = stage.now().checked_add(AFTERWARDS).unwrap_or(Timestamp::MAX);
        stage.advance(later)?;
        let came = stage.deliveries() - before;
        say(&format!(
            "  {} hours later: {came} delivery, of the new request; of {} lost ones none came",
            AFTERWARDS.as_hours(),
            lost.len()
        ));
        say("  to come back: let the receiver answer as it should, enable the webhook, and ask again for:");
        for name in lost {
            say(&format!("    {name}"));
        }
        Ok(played.taken == 1 && came == 1)
    }
}

/// A refusal or reply in one line.
fn shown(answer: &estoppel_simulator::Answer) -> String {
    let body = String::from_utf8_lossy(&answer.body);
    format!("{} {}", answer.status.as_u16(), body.trim())
}
