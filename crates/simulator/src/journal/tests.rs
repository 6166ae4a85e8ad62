//! Records decode to what was encoded, and the ring keeps its limits.

use std::sync::Arc;

use bytes::Bytes;
use estoppel_contract::{JsonPointer, Method as Verb, PathTemplate, Segment, Violation};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use proptest::prelude::*;

use super::{record::DraftInput, *};
use crate::{AttemptOutcome, Body, Message, NewEndpoint};

const NAMES: [&str; 5] = ["", "carrier", "createClaim", "unknown-route", "/claims/{claimId}"];

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES.to_vec())
}

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes::from)
}

fn time() -> impl Strategy<Value = Timestamp> {
    (-200_000_000_000..200_000_000_000_i64, -999_999_999..999_999_999_i32).prop_map(
        |(seconds, nanoseconds)| {
            Timestamp::from_duration(jiff::SignedDuration::new(seconds, nanoseconds)).unwrap()
        },
    )
}

fn uri() -> impl Strategy<Value = Uri> {
    prop::sample::select(vec![
        "/",
        "/claims?x=%20&y",
        "*",
        "https://api.example.com/a/b?c",
        "http://[::1]:80/",
        "example.com:443",
        "/%zz/é",
    ])
    .prop_map(|text| text.parse().unwrap())
}

fn headers() -> impl Strategy<Value = HeaderMap> {
    let value = prop::collection::vec(prop_oneof![0x20..0x7f_u8, 0x80..=0xff_u8], 0..20);
    let name = prop::sample::select(vec!["accept", "authorization", "x-own", "cookie"]);
    prop::collection::vec((name, value, any::<bool>()), 0..8).prop_map(|lines| {
        let lines = lines.into_iter().map(|(name, value, is_sensitive)| {
            let mut value = HeaderValue::from_bytes(&value).unwrap();
            value.set_sensitive(is_sensitive);
            (HeaderName::from_static(name), value)
        });
        // `extend` replaces what it finds; the lines of one name belong together.
        lines.fold(HeaderMap::new(), |mut headers, (name, value)| {
            headers.append(name, value);
            headers
        })
    })
}

fn call() -> impl Strategy<Value = Box<RawCall>> {
    let method = prop::sample::select(vec![Method::GET, Method::CONNECT, "BREW".parse().unwrap()]);
    let body = prop_oneof![bytes().prop_map(Body::Complete), Just(Body::TooLarge), Just(Body::Unread)];
    (method, uri(), 0..40_usize, headers(), body).prop_map(|(method, uri, prefix_length, headers, body)| {
        Box::new(RawCall { method, uri, prefix_length, headers, body })
    })
}

fn input() -> impl Strategy<Value = Input> {
    let outcome = prop_oneof![
        any::<u16>().prop_map(AttemptOutcome::Status),
        Just(AttemptOutcome::TimedOut),
        any::<String>().prop_map(AttemptOutcome::NoReply),
    ];
    let lines = prop::collection::vec((any::<String>(), any::<String>()), 0..4);
    prop_oneof![
        call().prop_map(Input::Call),
        call().prop_map(Input::Control),
        time().prop_map(Input::Advance),
        (name(), any::<String>(), lines).prop_map(|(api, url, headers)| Input::Register(NewEndpoint {
            api,
            url,
            headers
        })),
        any::<u64>().prop_map(Input::Remove),
        Just(Input::Enable),
        (name(), any::<String>(), bytes()).prop_map(|(webhook, request, body)| {
            Input::Fire(Message { webhook, request: Arc::from(request), body })
        }),
        any::<u64>().prop_map(Input::Redeliver),
        prop::collection::vec(any::<u64>(), 0..20).prop_map(Input::Taken),
        (any::<u64>(), outcome).prop_map(|(id, outcome)| Input::Settled(id, outcome)),
    ]
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let outcome = prop_oneof![
        Just(Outcome::Served),
        name().prop_map(Outcome::Refused),
        name().prop_map(Outcome::Faulty),
        name().prop_map(Outcome::Exhausted),
    ];
    let segment =
        prop_oneof![any::<String>().prop_map(Segment::Key), any::<usize>().prop_map(Segment::Index),];
    let violation =
        (prop::collection::vec(segment, 0..4), any::<[String; 3]>()).prop_map(|(segments, texts)| {
            let [keyword, expected, actual] = texts;
            Violation { pointer: JsonPointer::from_iter(segments), keyword, expected, actual }
        });
    let nearest = (prop::sample::select(Verb::ALL.to_vec()), name().prop_map(PathTemplate::new));
    (
        (prop::option::of(name()), outcome),
        (prop::collection::vec(violation, 0..4), any::<usize>()),
        (prop::collection::vec(any::<String>(), 0..4), any::<usize>()),
        prop::collection::vec(nearest, 0..3),
    )
        .prop_map(|((operation, outcome), violations, ignored, nearest)| Verdict {
            operation,
            outcome,
            violations: violations.0,
            violations_omitted: violations.1,
            ignored: ignored.0,
            ignored_omitted: ignored.1,
            nearest,
        })
}

fn entry() -> impl Strategy<Value = Entry> {
    let answer = prop::option::of((100..600_u16, bytes()));
    (any::<u64>(), time(), name(), input(), answer, prop::option::of(verdict())).prop_map(
        |(sequence, at, api, input, answer, verdict)| {
            let answer = answer.map(|(status, body)| (StatusCode::from_u16(status).unwrap(), body));
            Entry { sequence, at, api, input, answer, verdict }
        },
    )
}

fn draft(entry: &Entry) -> Draft<'_> {
    let answer = entry.answer.as_ref().map(|(status, body)| (*status, body.as_ref()));
    let input = DraftInput::Other(&entry.input);
    Draft { at: entry.at, api: entry.api, input, answer, verdict: entry.verdict.as_ref() }
}

fn record(entry: &Entry, names: &mut Names) -> Vec<u8> {
    let mut length = Length::default();
    draft(entry).write(names, &mut length);
    let length = length.0 + Header::BYTES;
    let mut record = Vec::new();
    Header { length, sequence: entry.sequence, is_breach: false }.write(&mut record);
    draft(entry).write(names, &mut record);
    assert_eq!(record.len(), length);
    record
}

proptest! {
    #[test]
    fn an_entry_is_read_as_it_was_written(entry in entry()) {
        let mut names = Names::default();
        let record = record(&entry, &mut names);
        prop_assert_eq!(decode::decode(&record, &names.list()), Some(entry));
    }

    #[test]
    fn bytes_that_are_no_record_are_refused_without_panic(
        entry in entry(), length in 0..400_usize, place in 0..400_usize, byte in any::<u8>(),
    ) {
        let mut names = Names::default();
        let mut record = record(&entry, &mut names);
        let cut = record.get(..length.min(record.len() - 1)).unwrap();
        prop_assert_eq!(decode::decode(cut, &names.list()), None);
        if let Some(changed) = record.get_mut(place) {
            *changed = byte;
        }
        drop(decode::decode(&record, &names.list()));
    }

    #[test]
    fn the_ring_keeps_its_limits_and_the_newest_entries(
        entries_max in 0..60_usize, bytes_max in 0..200_000_usize,
        sizes in prop::collection::vec(prop_oneof![8 => 0..300_usize, 2 => 0..40_000_usize, 1 => 60_000..250_000_usize], 0..300),
    ) {
        let mut journal = Journal::new(JournalLimits { entries_max, bytes_max });
        for (number, size) in sizes.iter().enumerate() {
            let message = Message { webhook: "w", request: "r".into(), body: Bytes::from(vec![b'x'; *size]) };
            journal.append(Timestamp::UNIX_EPOCH, "carrier", &Input::Fire(message));
            prop_assert!(journal.bytes_held() <= bytes_max);
            prop_assert!(journal.kept() <= entries_max);
            prop_assert_eq!(journal.dropped() + journal.kept() as u64, number as u64 + 1);
            let is_kept = journal.entries().any(|entry| entry.sequence == number as u64);
            prop_assert!(is_kept || entries_max == 0 || size + 64 > bytes_max);
        }
        let kept: Vec<Entry> = journal.entries().collect();
        prop_assert_eq!(kept.len(), journal.kept());
        prop_assert!(kept.is_sorted_by(|one, next| one.sequence < next.sequence));
        for entry in &kept {
            let Input::Fire(message) = &entry.input else { panic!("{entry:?}") };
            let place = usize::try_from(entry.sequence).unwrap();
            prop_assert_eq!(message.body.len(), sizes[place]);
        }
        check_excerpts(&journal, &kept)?;
    }
}

/// Pages in either direction give every entry once.
fn check_excerpts(journal: &Journal, kept: &[Entry]) -> Result<(), TestCaseError> {
    for order in [Order::Ascending, Order::Descending] {
        let mut selection = Selection {
            after: None,
            before: None,
            order,
            wanted: Wanted::All,
            entries_max: 7,
            bytes_max: 10_000,
        };
        let mut found = Vec::new();
        loop {
            let excerpt = journal.excerpt(&selection);
            found.extend(excerpt.entries());
            let Some(resume) = excerpt.resume else { break };
            match order {
                Order::Ascending => selection.after = Some(resume),
                Order::Descending => selection.before = Some(resume),
            }
        }
        if order == Order::Descending {
            found.reverse();
        }
        prop_assert_eq!(found, kept);
    }
    Ok(())
}

fn served(journal: &mut Journal, number: u64, ignored: Vec<String>, body_bytes: usize) {
    let mut call = RawCall::new(Method::POST, Uri::from_static("/claims"));
    call.body = Body::Complete(Bytes::from(vec![b'x'; body_bytes]));
    let verdict = Verdict::served("createClaim", ignored);
    let answer = Answer { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::new(), verdict };
    journal.append_call(Timestamp::from_second(number.cast_signed()).unwrap(), "carrier", &call, &answer);
}

fn check(limits: JournalLimits, body_bytes: usize, expected_kept: std::ops::Range<usize>) {
    let mut journal = Journal::new(limits);
    assert_eq!(journal.bytes_held(), 0, "an idle journal holds nothing");
    for number in 0..1_000 {
        let ignored = if number == 3 || number == 995 { vec!["x".to_owned()] } else { Vec::new() };
        served(&mut journal, number, ignored, body_bytes);
    }
    assert!(expected_kept.contains(&journal.kept()), "{}", journal.kept());
    assert_eq!(journal.dropped() + journal.kept() as u64, 1_000);
    assert!(journal.bytes_held() <= limits.bytes_max);
    assert_eq!((journal.counters().calls, journal.counters().operations["createClaim"]), (1_000, 1_000));
    assert_eq!(journal.breaches(), 2);
    assert_eq!(journal.entries().last().map(|entry| entry.sequence), Some(999));
    let breaches = journal.excerpt(&Selection {
        after: None,
        before: None,
        order: Order::Descending,
        wanted: Wanted::Breaches,
        entries_max: 1,
        bytes_max: 1,
    });
    let kept = journal.kept() >= 5;
    let found: Vec<u64> = breaches.entries().map(|entry| entry.sequence).collect();
    assert_eq!(found, if kept { vec![995] } else { Vec::new() });
    assert_eq!(journal.breach_entries().last().map(|entry| entry.sequence), kept.then_some(995));
}

#[test]
fn a_long_run_stays_bounded_and_counters_stay_exact() {
    check(JournalLimits { entries_max: 2_000, bytes_max: 1_000_000 }, 10, 1_000..1_001);
    check(JournalLimits { entries_max: 10, bytes_max: 1_000_000 }, 10, 10..11);
    check(JournalLimits { entries_max: 2_000, bytes_max: 16_384 }, 10, 150..300);
    check(JournalLimits { entries_max: 2_000, bytes_max: 16_384 }, 12_000, 1..2);
}

#[test]
fn memory_is_not_allocated_anew_once_the_ring_is_full() {
    let mut journal = Journal::new(JournalLimits { entries_max: 4_096, bytes_max: 1_000_000 });
    (0..10_000).for_each(|number| served(&mut journal, number, Vec::new(), 300));
    let held = journal.bytes_held();
    assert!(held > 800_000, "{held}");
    (0..10_000).for_each(|number| {
        served(&mut journal, number, Vec::new(), 300);
        assert_eq!(journal.bytes_held(), held);
    });
}
