//! Quotes of every API in one form: nothing is rounded, no day moves, and the algebra holds.

use std::{collections::BTreeSet, sync::LazyLock};

use estoppel_catalog::{apis, fixture_kinds, normalize_quote};
use estoppel_generate::FixtureRequest;
use estoppel_values::{Date, NormalizedQuote, PerDiem, QuoteError, Usd};
use serde_json::Value;

/// Fixtures of each kind that are looked at.
const COUNT: u64 = 60;

/// A quote in a generated payload: its API, the payload as text, and the quote.
type Quoted = (&'static str, String, NormalizedQuote);

static QUOTES: LazyLock<Vec<Quoted>> = LazyLock::new(quotes);

fn quotes() -> Vec<Quoted> {
    let request = FixtureRequest { seed: 7, at: "2026-11-21T12:00:00.000Z".parse().unwrap() };
    let mut quotes = Vec::new();
    for api in apis() {
        let name = api.service().name;
        for kind in fixture_kinds(name).unwrap() {
            for index in 0..COUNT {
                let mut text = Vec::new();
                (kind.write)(&request, index, &mut text).unwrap();
                let payload: Value = serde_json::from_slice(&text).unwrap();
                if let Some(quote) = normalize_quote(name, &payload) {
                    quotes.push((name, String::from_utf8(text).unwrap(), quote));
                }
            }
        }
    }
    quotes
}

fn later(day: Date, days: i64) -> Date {
    Date::from(day.day().checked_add(jiff::Span::new().days(days)).unwrap())
}

#[test]
fn every_api_quotes() {
    let quoting: BTreeSet<&str> = QUOTES.iter().map(|(api, _, _)| *api).collect();
    let all: BTreeSet<&str> = apis().iter().map(|api| api.service().name).collect();
    assert_eq!(quoting, all);
}

#[test]
fn amounts_are_those_of_the_payload_to_the_digit() {
    for (api, payload, NormalizedQuote { quote, .. }) in &*QUOTES {
        let daily = match quote.per_diem {
            Some(PerDiem::Daily(dollars)) => Some(dollars),
            Some(PerDiem::Flat) | None => None,
        };
        for amount in std::iter::once(quote.amount).chain(daily) {
            // A decimal string keeps its zeros; a JSON number has none.
            let digits = amount.to_string();
            let as_number =
                payload.contains(&format!(":{digits},")) || payload.contains(&format!(":{digits}}}"));
            let as_text = payload.contains(&format!("\"{amount:.2}\""))
                || payload
                    .split('"')
                    .any(|text| text.parse::<f64>().is_ok() && trimmed(text) == trimmed(&digits));
            assert!(as_number || as_text, "{api}: {digits} is not in {payload}");
        }
    }
}

fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[test]
fn days_are_those_of_the_payload() {
    let mut seen = 0;
    for (api, payload, NormalizedQuote { quote, .. }) in &*QUOTES {
        if let Some(last) = quote.good_through {
            assert!(payload.contains(&last.to_string()), "{api}: {last} is not in {payload}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn each_day_costs_one_per_diem_until_the_quote_expires() {
    let (mut grown, mut flat) = (0, 0);
    for (_, _, NormalizedQuote { quote, .. }) in &*QUOTES {
        if let Some(last) = quote.good_through {
            assert_eq!(quote.amount_on(later(last, 1)), Err(QuoteError::Expired(last)));
        }
        let Some(first) = quote.quoted_on else { continue };
        if quote.good_through.is_some_and(|last| last < first) {
            continue;
        }
        assert_eq!(quote.amount_on(first), Ok(quote.amount));
        assert_eq!(quote.amount_on(later(first, -1)), Err(QuoteError::NotYet(first)));
        let Some(per_diem) = quote.per_diem else { continue };
        let mut expected: Usd = quote.amount;
        for days in 1..40 {
            if let PerDiem::Daily(dollars) = per_diem {
                expected = expected.plus_days(dollars, 1).unwrap();
            }
            match quote.amount_on(later(first, days)) {
                Ok(amount) => {
                    assert_eq!(amount, expected);
                    *(if per_diem == PerDiem::Flat { &mut flat } else { &mut grown }) += 1;
                }
                Err(error) => assert_eq!(Some(error), quote.good_through.map(QuoteError::Expired)),
            }
        }
    }
    assert!(grown > 100 && flat > 100, "{grown} {flat}");
}

#[test]
fn what_is_missing_is_accounted_for() {
    for (api, payload, normalized) in &*QUOTES {
        let fields = serde_json::json!(normalized.quote);
        for (field, value) in fields.as_object().unwrap() {
            let lost = normalized.losses.iter().any(|loss| loss.field == field);
            assert!(lost || !value.is_null(), "{api}: {field} is missing without a word in {payload}");
        }
    }
}
