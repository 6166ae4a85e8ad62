//! Spinwheel's quotes in the words of no vendor.

use estoppel_values::{Date, Loss, LossKind, NormalizedQuote, PayoffQuote, PerDiem, Usd};
use serde::Deserialize;
use serde_json::Value;

use crate::epoch::EpochMilliseconds;

/// The quote of a payload: the body of a webhook, an item of a poll, or an entry of `liabilityGroupPayoffQuotes`.
///
/// `None` for everything else, also for a refresh that runs or has failed. The amount is the same on every day through
/// payoffGoodThroughDate (R123). Quirk: the webhook holds its quote below
/// `data`, the other two hold it flat (spinwheel: Poll Student Loans Payoff Fetch Status).
pub fn normalize_quote(payload: &Value) -> Option<NormalizedQuote> {
    // All three name the group; no payload of another API does.
    payload.get("liabilityGroupId")?.as_str()?;
    let nested = payload.get("eventType").is_some();
    let quote = if nested { payload.get("data")? } else { payload };
    let amount: Usd = member(quote, "payoffAmount").ok()??;
    let good_through: Option<Date> = member(quote, "payoffGoodThroughDate").ok()?;
    let updated_on: Option<EpochMilliseconds> = member(quote, "updatedOn").ok()?;
    let lost = |field, kind, note| Loss { field, kind, note };
    let mut losses = Vec::new();
    // Without a last day there is nothing until which the amount could be flat.
    let per_diem = good_through.map(|_| PerDiem::Flat);
    if per_diem.is_none() {
        losses.push(lost("perDiem", LossKind::Unsayable, "no member tells what a day adds"));
    }
    losses.push(match updated_on {
        Some(_) => lost("quotedOn", LossKind::Narrowed, "updatedOn is an instant; its day in UTC is kept"),
        None => lost("quotedOn", LossKind::Absent, "updatedOn is missing"),
    });
    if good_through.is_none() {
        losses.push(lost("goodThrough", LossKind::Absent, "payoffGoodThroughDate is missing"));
    }
    losses.push(lost("payee", LossKind::Unsayable, "nobody is named to pay to"));
    losses.push(lost("standardMail", LossKind::Unsayable, "no address is given"));
    losses.push(lost("overnightMail", LossKind::Unsayable, "no address is given"));
    let quote = PayoffQuote {
        amount,
        per_diem,
        quoted_on: updated_on.map(EpochMilliseconds::date),
        good_through,
        payee: None,
        standard_mail: None,
        overnight_mail: None,
    };
    Some(NormalizedQuote { quote, losses })
}

/// A member, if it is there; an error where it is something else.
fn member<'v, T: Deserialize<'v>>(object: &'v Value, name: &str) -> Result<Option<T>, serde_json::Error> {
    object.get(name).map(T::deserialize).transpose()
}

#[cfg(test)]
mod tests {
    use estoppel_values::QuoteError;
    use serde_json::json;

    use super::*;
    use crate::examples;

    fn check(payload: &Value, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let normalized = normalize_quote(payload);
        let actual = normalized.as_ref().map(|NormalizedQuote { quote, .. }| {
            let day = |day: Option<Date>| day.map(|day| day.to_string());
            (quote.amount.to_string(), day(quote.quoted_on), day(quote.good_through))
        });
        let text = |text: &str| text.to_owned();
        let expected = expected.map(|(amount, quoted_on, good_through)| {
            (text(amount), quoted_on.map(text), good_through.map(text))
        });
        assert_eq!(actual, expected, "{payload}");
    }

    fn without(mut payload: Value, pointer: &str, member: &str) -> Value {
        payload.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(member);
        payload
    }

    #[test]
    fn all_three_forms_give_one_quote() {
        let quote = |amount| Some((amount, Some("2023-03-13"), Some("2023-03-23")));
        check(&examples::status_change(), quote("55000"));
        check(&examples::completed_item(), quote("55000"));
        check(&examples::quote(), quote("28041"));
        let of = |payload| normalize_quote(&payload);
        assert_eq!(of(examples::status_change()), of(examples::completed_item()));
    }

    #[test]
    fn the_amount_is_flat_until_the_good_through_date() {
        let quote = normalize_quote(&examples::quote()).unwrap().quote;
        let on = |day: &str| quote.amount_on(day.parse().unwrap()).map(|amount| amount.to_string());
        assert_eq!(on("2023-03-13").as_deref(), Ok("28041"));
        assert_eq!(on("2023-03-23").as_deref(), Ok("28041"));
        assert_eq!(on("2023-03-24"), Err(QuoteError::Expired("2023-03-23".parse().unwrap())));
        let bare = normalize_quote(&without(examples::quote(), "", "payoffGoodThroughDate")).unwrap().quote;
        assert_eq!(bare.amount_on("2023-03-14".parse().unwrap()), Err(QuoteError::Unknown("a per diem")));
    }

    #[test]
    fn what_is_missing_is_told() {
        check(&without(examples::quote(), "", "updatedOn"), Some(("28041", None, Some("2023-03-23"))));
        check(
            &without(examples::status_change(), "/data", "payoffGoodThroughDate"),
            Some(("55000", Some("2023-03-13"), None)),
        );
        let losses = |payload| -> Vec<_> {
            let losses = normalize_quote(&payload).unwrap().losses;
            losses.into_iter().map(|loss| (loss.field, loss.kind)).collect()
        };
        let always = [
            ("payee", LossKind::Unsayable),
            ("standardMail", LossKind::Unsayable),
            ("overnightMail", LossKind::Unsayable),
        ];
        let expected = |first: &[(&'static str, LossKind)]| [first, &always].concat();
        assert_eq!(losses(examples::quote()), expected(&[("quotedOn", LossKind::Narrowed)]));
        let bare = without(without(examples::quote(), "", "updatedOn"), "", "payoffGoodThroughDate");
        assert_eq!(
            losses(bare),
            expected(&[
                ("perDiem", LossKind::Unsayable),
                ("quotedOn", LossKind::Absent),
                ("goodThrough", LossKind::Absent),
            ])
        );
    }

    #[test]
    fn what_holds_no_quote_is_none() {
        check(&examples::failed_status_change(), None);
        check(&examples::running_item(), None);
        check(&examples::user(), None);
        check(&json!({"payoffAmount": 10222.33, "validThroughDate": "2021-01-18T00:00:00.000Z"}), None);
        check(&json!({"liabilityGroupId": "g", "payoffAmount": "12"}), None);
        check(&json!({"liabilityGroupId": "g", "payoffAmount": 12, "payoffGoodThroughDate": "soon"}), None);
        check(&json!({"liabilityGroupId": 7, "payoffAmount": 12}), None);
        check(&json!(null), None);
    }
}
