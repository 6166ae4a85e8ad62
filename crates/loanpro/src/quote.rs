//! A day of the archive as a payoff quote.

use estoppel_values::{Loss, LossKind, NormalizedQuote, Number, PayoffQuote, PerDiem, Usd};
use serde_json::Value;

use crate::{status_archives::StatusArchive, wire::Money};

/// What a quote of this API cannot say, in the order of the quote's fields.
const LOSSES: [Loss; 4] = [
    loss("goodThrough", "a day of the archive holds for its own day; later days add the per diem"),
    loss("payee", "the payoff is paid through the API, to no named payee"),
    loss("standardMail", "the payoff is paid through the API"),
    loss("overnightMail", "the payoff is paid through the API"),
];

const fn loss(field: &'static str, note: &'static str) -> Loss {
    Loss { field, kind: LossKind::Unsayable, note }
}

/// Reads a `StatusArchive`, by itself or under `d`, as a quote: `payoff`, `perdiem` and `date`.
///
/// `None` where the payload is nothing of the kind. The per diem is that of each later day (R57). Dates are read as
/// seconds (R90); one that the calendar does not hold is a loss.
pub fn normalize_quote(payload: &Value) -> Option<NormalizedQuote> {
    let archive: StatusArchive = serde_json::from_value(payload.get("d").unwrap_or(payload).clone()).ok()?;
    let dollars = |money: Money| Usd::from(Number::scaled(money.units(), 2));
    let quoted_on = archive.date.day();
    let quote = PayoffQuote {
        amount: dollars(archive.payoff),
        per_diem: Some(PerDiem::Daily(dollars(archive.perdiem))),
        quoted_on,
        good_through: None,
        payee: None,
        standard_mail: None,
        overnight_mail: None,
    };
    let undated = quoted_on.is_none().then_some(Loss {
        field: "quotedOn",
        kind: LossKind::Absent,
        note: "the calendar does not hold the date",
    });
    Some(NormalizedQuote { quote, losses: undated.into_iter().chain(LOSSES).collect() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::examples;

    #[test]
    fn the_documents_archive_is_a_quote() {
        for payload in [examples::status_archive(), json!({"d": examples::status_archive()})] {
            let NormalizedQuote { quote, losses } = normalize_quote(&payload).unwrap();
            assert_eq!(quote.amount.to_string(), "9018.44");
            assert_eq!(quote.amount_on("2022-05-21".parse().unwrap()).unwrap().to_string(), "9029.44");
            assert_eq!(quote.quoted_on.unwrap().to_string(), "2022-05-11");
            let lost: Vec<_> = losses.iter().map(|loss| loss.field).collect();
            assert_eq!(lost, ["goodThrough", "payee", "standardMail", "overnightMail"]);
        }
    }

    #[test]
    fn other_payloads_are_none() {
        for payload in [json!(null), json!({}), json!({"d": []}), examples::customer()] {
            assert_eq!(normalize_quote(&payload), None);
        }
    }
}
