//! Whatever happens to a session, its journal tells it.

use estoppel_simulator::{AttemptOutcome, DeliveryState, Session};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::ferry::{book_crossing, deliveries, session, start};

/// Something that is done to a session.
#[derive(Clone, Debug)]
enum Deed {
    Book(u8),
    Advance(u16),
    /// Takes so many parcels; the statuses of their replies, none for a time-out.
    Deliver(Vec<Option<u16>>),
    Redeliver(u8),
    Enable,
}

fn deed() -> impl Strategy<Value = Deed> {
    let status = prop::option::weighted(0.9, prop::sample::select(vec![200, 200, 500]));
    prop_oneof![
        4 => (0..4_u8).prop_map(Deed::Book),
        4 => (0..400_u16).prop_map(Deed::Advance),
        4 => prop::collection::vec(status, 0..20).prop_map(Deed::Deliver),
        1 => (0..60_u8).prop_map(Deed::Redeliver),
        1 => Just(Deed::Enable),
    ]
}

fn perform(session: &mut Session, deed: &Deed) {
    match deed {
        Deed::Book(number) => drop(book_crossing(session, &format!("crossing {number}"))),
        Deed::Advance(seconds) => {
            let to = session.now(start()) + SignedDuration::from_secs((*seconds).into());
            session.advance(to, start()).unwrap();
        }
        Deed::Deliver(statuses) => {
            let parcels = session.take_parcels(statuses.len(), start());
            for (parcel, status) in parcels.iter().zip(statuses) {
                let outcome = status.map_or(AttemptOutcome::TimedOut, AttemptOutcome::Status);
                session.settle(parcel.delivery, outcome, start());
            }
        }
        Deed::Redeliver(id) => drop(session.redeliver(u64::from(*id), start())),
        Deed::Enable => session.enable_webhooks(0, start()),
    }
}

proptest! {
    #[test]
    fn the_replay_of_the_journal_is_the_state(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut session = session();
        for deed in &deeds {
            perform(&mut session, deed);
        }
        let replayed = session.replay().unwrap();
        prop_assert_eq!(deliveries(&session), deliveries(&replayed));
        prop_assert_eq!(session.outbox().counters(), replayed.outbox().counters());
        prop_assert_eq!(session.next_due(), replayed.next_due());
        prop_assert_eq!(session.outbox().is_enabled("ferry"), replayed.outbox().is_enabled("ferry"));
    }

    #[test]
    fn every_delivery_is_accounted_for(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut session = session();
        for deed in &deeds {
            perform(&mut session, deed);
            let outbox = session.outbox();
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
