//! The scenes of the drill.

mod losses;

use std::time::Duration;

use estoppel_contract::FailureLimit;
use estoppel_simulator::{AttemptOutcome, shown_url};
use jiff::{SignedDuration, Timestamp};

use losses::tell_losses;

use super::{
    gate::{Gate, Passage},
    stage::Stage,
};
use crate::{Exit, Failure, commands::webhook::sender_side::SenderSide, out_line};

/// Requests beyond the limit: to see what becomes of what is not yet delivered, and of what is not yet answered.
const BEYOND: u32 = 2;

/// A drill with one receiver.
pub(super) struct Drill {
    pub(super) side: SenderSide,
    pub(super) receiver: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) gate: Gate,
    pub(super) quiet: bool,
}

/// A request that is made at a time, and what becomes of its delivery.
#[derive(Clone, Copy, Debug)]
struct Planned {
    /// When it is made, from the plan's beginning.
    at: SignedDuration,
    passage: Passage,
}

/// What came of a plan.
#[derive(Clone, Copy, Debug, Default)]
struct Played {
    /// Deliveries that failed at the gate.
    failed: u32,
    /// Deliveries that the receiver took.
    taken: u32,
    /// Deliveries that the receiver did not take.
    not_taken: u32,
}

impl Drill {
    /// Plays every limit, with failures at the gate. It is clean where the receiver takes everything that reaches it.
    pub(super) async fn rehearse(&self) -> Result<Exit, Failure> {
        let name = self.side.contract.name();
        let receiver = shown_url(&self.receiver);
        say(&format!("Drill of `{name}` with {receiver}: failures are made before they reach it"));
        let mut all_taken = true;
        for limit in self.side.rules.limits {
            all_taken &= match *limit {
                FailureLimit::InARow(failures) => self.in_a_row(failures).await?,
                FailureLimit::Within { failures, span } => {
                    self.within(failures, span).await? && self.spread(failures, span).await?
                }
            };
        }
        Ok(if all_taken { Exit::Clean } else { Exit::Findings })
    }

    /// Lets the receiver answer everything itself, as often as the longest limit asks for.
    pub(super) async fn live(&self) -> Result<Exit, Failure> {
        let counts = self.side.rules.limits.iter().map(|limit| match limit {
            FailureLimit::InARow(failures) | FailureLimit::Within { failures, .. } => *failures,
        });
        let count = counts.max().unwrap_or(1);
        let (name, receiver) = (self.side.contract.name(), shown_url(&self.receiver));
        say(&format!("Drill of `{name}` with {receiver}: it answers itself"));
        let mut stage = Stage::set(&self.side, &self.receiver, &self.headers, 1)?;
        let played = self.play(&mut stage, &plan(count, SignedDuration::ZERO, Passage::Through)).await?;
        let Played { taken, not_taken, .. } = played;
        say(&format!("{taken} deliveries taken, {not_taken} not"));
        if stage.deactivated().is_some() {
            tell_losses(&mut stage)?;
        } else {
            say("  the webhook is still enabled");
        }
        Ok(if not_taken == 0 { Exit::Clean } else { Exit::Findings })
    }

    /// So many failures in a row deactivate, and one fewer does not.
    async fn in_a_row(&self, failures: u32) -> Result<bool, Failure> {
        head(&format!("{failures} failures in a row"));
        let mut stage = Stage::set(&self.side, &self.receiver, &self.headers, 1)?;
        let begin = stage.now();
        let first = self.play(&mut stage, &plan(1, SignedDuration::ZERO, Passage::Through)).await?;
        if first.taken == 0 {
            say("the receiver does not take the first delivery, so there is nothing to lose");
            return Ok(false);
        }
        let mut planned = plan(failures.saturating_add(BEYOND), SignedDuration::ZERO, Passage::Failing);
        // What is asked for while the others are on their way is still open when they fail.
        let way = stage.now().duration_since(begin);
        let later = Planned { at: way / 2, passage: Passage::Failing };
        planned.extend((0..BEYOND).map(|_| later));
        let played = self.play(&mut stage, &planned).await?;
        if stage.deactivated().is_none() {
            say("  the webhook is still enabled");
            return Ok(played.not_taken == 0);
        }
        tell_losses(&mut stage)?;
        self.come_back(&mut stage).await
    }

    /// So many failures within the span deactivate, even with successes between them.
    async fn within(&self, failures: u32, span: Duration) -> Result<bool, Failure> {
        let minutes = span.as_secs() / 60;
        head(&format!("{failures} failures within {minutes} minutes, with successes between them"));
        let mut stage = Stage::set(&self.side, &self.receiver, &self.headers, 2)?;
        let gap = signed(span / failures.saturating_mul(2).max(1));
        let played = self.play(&mut stage, &self.now_and_then(failures, gap)).await?;
        if stage.deactivated().is_some() {
            tell_losses(&mut stage)?;
        } else {
            say("  the webhook is still enabled");
        }
        Ok(played.not_taken == 0)
    }

    /// The same failures over the whole span deactivate nothing: the first is too old when the last one comes.
    async fn spread(&self, failures: u32, span: Duration) -> Result<bool, Failure> {
        let minutes = span.as_secs() / 60;
        head(&format!("The same {failures} failures, the last one {minutes} minutes after the first"));
        let mut stage = Stage::set(&self.side, &self.receiver, &self.headers, 3)?;
        let gap = signed(span / failures.saturating_sub(1).max(1));
        let played = self.play(&mut stage, &self.now_and_then(failures, gap)).await?;
        say(&match stage.deactivated() {
            None => "  the webhook is still enabled".to_owned(),
            Some(reason) => format!("  deactivated: {reason}"),
        });
        Ok(played.not_taken == 0)
    }

    /// So many failures, this far apart, with a success before too many stand in a row.
    fn now_and_then(&self, failures: u32, gap: SignedDuration) -> Vec<Planned> {
        let in_a_row = self.side.rules.limits.iter().filter_map(|limit| match limit {
            FailureLimit::InARow(failures) => Some(*failures),
            FailureLimit::Within { .. } => None,
        });
        let in_a_row_max = in_a_row.min().unwrap_or(u32::MAX).saturating_sub(1).max(1);
        let mut planned = Vec::new();
        for number in 0..failures {
            let at = gap * i32::try_from(number).unwrap_or(i32::MAX);
            if number > 0 && number.is_multiple_of(in_a_row_max) {
                planned.push(Planned { at: at - gap / 2, passage: Passage::Through });
            }
            planned.push(Planned { at, passage: Passage::Failing });
        }
        planned
    }

    /// Makes the requests of a plan and delivers what comes of them, in the order of their times, until all is
    /// delivered or the webhook is deactivated.
    async fn play(&self, stage: &mut Stage<'_>, planned: &[Planned]) -> Result<Played, Failure> {
        let begin = stage.now();
        let mut asks = planned.iter().peekable();
        let mut played = Played::default();
        while stage.deactivated().is_none() {
            let ask_at = asks.peek().map(|ask| begin.checked_add(ask.at).unwrap_or(Timestamp::MAX));
            match (ask_at, stage.next_due()) {
                (Some(at), due) if due.is_none_or(|due| at < due) => {
                    stage.advance(at)?;
                    let passage = asks.next().map_or(Passage::Through, |ask| ask.passage);
                    let request = stage.ask_successfully(passage)?;
                    self.note(stage, &format!("{} makes {request}", stage.asking_operation()));
                }
                (_, Some(due)) => {
                    stage.advance(due.max(stage.now()))?;
                    self.deliver(stage, &mut played).await?;
                }
                (_, None) => break,
            }
        }
        Ok(played)
    }

    /// Delivers what is due, one after the other.
    async fn deliver(&self, stage: &mut Stage<'_>, played: &mut Played) -> Result<(), Failure> {
        while let Some(parcel) = stage.take() {
            let (what, passage) = stage.about(parcel.delivery);
            let outcome = self.gate.pass(&parcel, passage).await;
            let received = outcome.is_received(self.side.rules.success);
            let place = match passage {
                Passage::Through => "the receiver",
                Passage::Failing => "the gate",
            };
            let told = outcome.to_string();
            stage.settle(parcel.delivery, outcome.clone());
            match (passage, received) {
                (Passage::Failing, _) => played.failed += 1,
                (Passage::Through, true) => played.taken += 1,
                (Passage::Through, false) => played.not_taken += 1,
            }
            let consequence = match stage.deactivated() {
                None => "the webhook is enabled".to_owned(),
                Some(reason) => format!("the webhook is DEACTIVATED: {reason}"),
            };
            let number = match passage {
                Passage::Failing => format!("failure {}, ", played.failed),
                Passage::Through if received => String::new(),
                Passage::Through => format!("failure {}, ", played.not_taken),
            };
            self.note(stage, &format!("{what}: {told} from {place}; {number}{consequence}"));
            match outcome {
                AttemptOutcome::NoReply(reason)
                    if played.taken + played.failed == 0 && played.not_taken == 1 =>
                {
                    let receiver = shown_url(&self.receiver);
                    return Err(Failure::new(format!("nothing answers at {receiver}: {reason}")));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A line with the time of the session's clock.
    fn note(&self, stage: &Stage<'_>, line: &str) {
        if !self.quiet {
            let seconds = stage.elapsed().as_secs();
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            out_line!("  {hours:02}:{minutes:02}:{:02}  {line}", seconds % 60);
        }
    }
}

/// So many requests at one time.
fn plan(count: u32, at: SignedDuration, passage: Passage) -> Vec<Planned> {
    (0..count).map(|_| Planned { at, passage }).collect()
}

fn signed(span: Duration) -> SignedDuration {
    SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX)
}

fn say(line: &str) {
    out_line!("{line}");
}

/// What comes next.
fn head(line: &str) {
    out_line!();
    say(line);
}
