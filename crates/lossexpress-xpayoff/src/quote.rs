//! The result of a payoff request in the words of no vendor.

use estoppel_contract::Optional;
use estoppel_generate::date_of;
use estoppel_values::{Loss, LossKind, NormalizedQuote, PayoffQuote, PerDiem, PostalAddress};
use serde::Deserialize;
use serde_json::Value;

use crate::results::{MailingAddress, PayoffResultBody};

/// The quote that a webhook's body brings, and what it cannot say (R57, R58).
///
/// `None` for anything else, for a payoff that could not be had, and for a body without an amount.
pub fn normalize_quote(payload: &Value) -> Option<NormalizedQuote> {
    if !payload.is_object() {
        return None;
    }
    let body = PayoffResultBody::deserialize(payload).ok()?;
    if !body.success {
        return None;
    }
    let mut losses = Vec::new();
    let mut lose = |field, kind, note| losses.push(Loss { field, kind, note });
    let absent = "this result does not hold it";
    let amount = body.payoff_amount.into_option()?;
    if body.per_diem.is_absent() {
        lose("perDiem", LossKind::Absent, absent);
    }
    lose("quotedOn", LossKind::Unsayable, "no member says for which day the amount was quoted");
    match body.valid_through_date {
        Optional::Present(_) => lose("goodThrough", LossKind::Narrowed, "the time of day is left out"),
        Optional::Absent => lose("goodThrough", LossKind::Absent, absent),
    }
    if body.check_payable_to.is_absent() {
        lose("payee", LossKind::Absent, absent);
    }
    for (field, address) in
        [("standardMail", &body.standard_mailing_address), ("overnightMail", &body.overnight_mailing_address)]
    {
        match address.as_option() {
            None => lose(field, LossKind::Absent, absent),
            Some(address) if address.attn.is_present() => {
                lose(field, LossKind::Narrowed, "the attention line is left out");
            }
            Some(_) => {}
        }
    }
    let quote = PayoffQuote {
        amount,
        per_diem: body.per_diem.into_option().map(PerDiem::Daily),
        quoted_on: None,
        good_through: body.valid_through_date.into_option().map(date_of),
        payee: body.check_payable_to.into_option(),
        standard_mail: body.standard_mailing_address.into_option().map(without_attention_line),
        overnight_mail: body.overnight_mailing_address.into_option().map(without_attention_line),
    };
    Some(NormalizedQuote { quote, losses })
}

fn without_attention_line(address: MailingAddress) -> PostalAddress {
    PostalAddress {
        street_address: address.street_address,
        street_address2: address.street_address2,
        city: address.city,
        state: address.state,
        zip_code: address.zip_code,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::examples;

    #[test]
    fn the_documented_body_is_a_quote() {
        let NormalizedQuote { quote, losses } = normalize_quote(&examples::quoted()).unwrap();
        assert_eq!(
            serde_json::to_value(quote).unwrap(),
            json!({
                "amount": 10222.33,
                "perDiem": 2.33,
                "quotedOn": null,
                "goodThrough": "2020-08-22",
                "payee": "Jane Doe",
                "standardMail": {
                    "streetAddress": "1000 Main Street", "streetAddress2": "Suite 900",
                    "city": "Dallas", "state": "TX", "zipCode": "75204",
                },
                "overnightMail": null,
            })
        );
        let told: Vec<_> = losses.iter().map(|loss| (loss.field, loss.kind)).collect();
        assert_eq!(
            told,
            [
                ("quotedOn", LossKind::Unsayable),
                ("goodThrough", LossKind::Narrowed),
                ("standardMail", LossKind::Narrowed),
                ("overnightMail", LossKind::Absent),
            ]
        );
    }

    /// A good-through day and losses.
    type Told<'t> = (Option<&'t str>, &'t [(&'t str, LossKind)]);

    /// What is told of the documented body with some members replaced; null takes one out.
    fn check(changes: &Value, expected: Option<Told<'_>>) {
        let mut body = examples::quoted();
        let members = body.as_object_mut().unwrap();
        members.extend(changes.as_object().unwrap().clone());
        members.retain(|_, value| !value.is_null());
        let actual = normalize_quote(&body).map(|normalized| {
            let losses: Vec<_> = normalized.losses.iter().map(|loss| (loss.field, loss.kind)).collect();
            (normalized.quote.good_through.map(|day| day.to_string()), losses)
        });
        let expected = expected.map(|(day, losses)| (day.map(str::to_owned), losses.to_vec()));
        assert_eq!(actual, expected, "{changes}");
    }

    #[test]
    fn what_is_missing_is_told_and_what_is_no_quote_is_none() {
        use LossKind::{Absent, Narrowed, Unsayable};
        let bare = json!({
            "perDiem": null, "validThroughDate": null, "checkPayableTo": null, "standardMailingAddress": null,
        });
        let losses = [
            ("perDiem", Absent),
            ("quotedOn", Unsayable),
            ("goodThrough", Absent),
            ("payee", Absent),
            ("standardMail", Absent),
            ("overnightMail", Absent),
        ];
        check(&bare, Some((None, &losses)));
        // The day is that of UTC, whatever the offset.
        let late = json!({
            "validThroughDate": "2020-08-21T22:00:00-05:00", "standardMailingAddress": {}, "overnightMailingAddress": {},
        });
        check(&late, Some((Some("2020-08-22"), &[("quotedOn", Unsayable), ("goodThrough", Narrowed)])));
        check(&json!({"success": false}), None);
        check(&json!({"payoffAmount": null}), None);
        check(&json!({"payoffAmount": "10222.33"}), None);
        check(&json!({"payoffId": null}), None);
        check(&json!({"standardMailingAddress": ["John Doe"]}), None);
        assert_eq!(normalize_quote(&json!([])), None);
        assert_eq!(normalize_quote(&examples::minimal()), None);
        assert_eq!(normalize_quote(&examples::failed()), None);
    }
}
