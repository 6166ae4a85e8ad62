//! Whatever happens to a session, its journal tells it.

use estoppel_simulator::{AttemptOutcome, Delivery, DeliveryState, Progress, Session};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::ferry::{book_crossing_at, deliveries, session, start};

/// Something that is done to a session.
#[derive(Clone, Debug)]
enum Deed {
    Book(u8),
    Advance(u16),
    /// Takes so many parcels; the statuses of their replies, none for a time-out.
    Deliver(Vec<Option<u16>>),
    /// Moves the clock so many seconds; the statuses of the replies on the way, in turn.
    Travel(u16, Vec<Option<u16>>),
    /// Takes so many parcels, which stay under way.
    Take(u8),
    Redeliver(u8),
    Enable,
    /// Lets the clock run with the real one.
    Run,
    /// Stops the clock.
    Freeze,
    /// The real clock moves so many milliseconds, and the session fires what is due.
    Tick(u16),
}

fn deed() -> impl Strategy<Value = Deed> {
    let status = || prop::option::weighted(0.9, prop::sample::select(vec![200, 200, 500]));
    prop_oneof![
        4 => (0..4_u8).prop_map(Deed::Book),
        4 => (0..400_u16).prop_map(Deed::Advance),
        4 => prop::collection::vec(status(), 0..20).prop_map(Deed::Deliver),
        2 => (0..400_u16, prop::collection::vec(status(), 1..6))
            .prop_map(|(seconds, statuses)| Deed::Travel(seconds, statuses)),
        1 => (0..4_u8).prop_map(Deed::Take),
        1 => (0..60_u8).prop_map(Deed::Redeliver),
        1 => Just(Deed::Enable),
        2 => Just(Deed::Run),
        1 => Just(Deed::Freeze),
        4 => (0..6_000_u16).prop_map(Deed::Tick),
    ]
}

/// A session and the real clock beside it.
struct World {
    session: Session,
    real: Timestamp,
}

impl World {
    fn new() -> Self {
        Self { session: session(), real: start() }
    }

    fn perform(&mut self, deed: &Deed) {
        let Self { session, real } = self;
        match deed {
            Deed::Book(number) => drop(book_crossing_at(session, &format!("crossing {number}"), *real)),
            Deed::Advance(seconds) => {
                let to = session.now(*real) + SignedDuration::from_secs((*seconds).into());
                session.advance(to, *real).unwrap();
            }
            Deed::Deliver(statuses) => {
                let parcels = session.take_parcels(statuses.len(), *real);
                for (parcel, status) in parcels.iter().zip(statuses) {
                    session.settle(parcel.delivery, outcome(*status), *real);
                }
            }
            Deed::Travel(seconds, statuses) => travel(session, *real, *seconds, statuses),
            Deed::Take(count) => drop(session.take_parcels((*count).into(), *real)),
            Deed::Redeliver(id) => drop(session.redeliver(u64::from(*id), *real)),
            Deed::Enable => session.enable_webhooks(0, *real),
            Deed::Run => session.run(*real),
            Deed::Freeze => session.freeze(*real),
            Deed::Tick(milliseconds) => {
                *real += SignedDuration::from_millis((*milliseconds).into());
                session.tick(*real);
            }
        }
    }
}

fn outcome(status: Option<u16>) -> AttemptOutcome {
    status.map_or(AttemptOutcome::TimedOut, AttemptOutcome::Status)
}

/// Moves the clock as a server does; what was under way before ends on the way.
fn travel(session: &mut Session, real: Timestamp, seconds: u16, statuses: &[Option<u16>]) {
    let to = session.now(real) + SignedDuration::from_secs(seconds.into());
    let mut statuses = statuses.iter().cycle();
    while session.advance_towards(to, real).unwrap() == Progress::Delivering {
        session.take_parcels(usize::MAX, real);
        let is_under_way = |delivery: &&Delivery| delivery.state == DeliveryState::UnderWay;
        let under_way: Vec<u64> =
            session.outbox().deliveries().filter(is_under_way).map(|delivery| delivery.id).collect();
        for delivery in under_way {
            session.settle(delivery, outcome(statuses.next().copied().flatten()), real);
        }
    }
}

proptest! {
    #[test]
    fn the_replay_of_the_journal_is_the_state(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut world = World::new();
        for deed in &deeds {
            world.perform(deed);
        }
        let session = world.session;
        let replayed = session.replay().unwrap();
        prop_assert_eq!(deliveries(&session), deliveries(&replayed));
        prop_assert_eq!(session.outbox().counters(), replayed.outbox().counters());
        prop_assert_eq!(session.next_due(), replayed.next_due());
        prop_assert_eq!(session.outbox().is_enabled("ferry"), replayed.outbox().is_enabled("ferry"));
    }

    #[test]
    fn every_delivery_is_accounted_for(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut world = World::new();
        for deed in &deeds {
            world.perform(deed);
            let outbox = world.session.outbox();
            let count = |wanted: &[DeliveryState]| {
                let counted = outbox.deliveries().filter(|delivery| wanted.contains(&delivery.state));
                u64::try_from(counted.count()).unwrap()
            };
            let counters = outbox.counters();
            prop_assert_eq!(count(&[DeliveryState::Delivered]), counters.delivered);
            prop_assert_eq!(count(&[DeliveryState::Failed]), counters.failed);
            prop_assert_eq!(count(&[DeliveryState::Dropped]), counters.dropped);
            let open = count(&[DeliveryState::Waiting, DeliveryState::UnderWay]);
            prop_assert_eq!(open, u64::try_from(outbox.open()).unwrap());
            prop_assert!(outbox.under_way() <= 16);
        }
    }
}
