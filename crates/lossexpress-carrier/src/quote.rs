//! A claim's payoff data in the words of no vendor.

use estoppel_generate::date_of;
use estoppel_values::{Loss, LossKind, NormalizedQuote, PayoffQuote, PerDiem, PostalAddress};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::claims::{PayoffData, Remittance};

/// The members of payoff data, by which it is known where nothing else says what it is.
const MEMBERS: [&str; 6] =
    ["createdAt", "updatedAt", "payoffAmount", "perDiem", "validThroughDate", "remittanceInformation"];

/// The quote that payoff data brings, and what it cannot say (R57).
///
/// Takes a claim, alone or as Fetch Claim replies with it; the activity `payoff-data-added`; and payoff data alone.
/// `None` for anything else, and for payoff data without an amount. Source: carrier, Example Claim Object and
/// payoff-data-added.
pub fn normalize_quote(payload: &Value) -> Option<NormalizedQuote> {
    let members = payload.as_object()?;
    let is_alone = members.keys().all(|name| MEMBERS.contains(&name.as_str()));
    let data = if is_alone { payload } else { payoff_data(members)? };
    if !has_shape(data) {
        return None;
    }
    normalized(PayoffData::deserialize(data).ok()?)
}

/// The payoff data within a claim, a reply or an activity.
fn payoff_data(payload: &Map<String, Value>) -> Option<&Value> {
    if let Some(claim) = payload.get("claim").and_then(Value::as_object) {
        return payoff_data_of_claim(claim);
    }
    if payload.get("type").and_then(Value::as_str) == Some("payoff-data-added") {
        return payload.get("data");
    }
    payoff_data_of_claim(payload)
}

fn payoff_data_of_claim(claim: &Map<String, Value>) -> Option<&Value> {
    claim.get("claimId").and(claim.get("payoffData"))
}

/// Whether everything that ought to be an object is one: a typed parse also takes an array of its values.
fn has_shape(data: &Value) -> bool {
    let objects =
        ["", "/remittanceInformation", "/remittanceInformation/standard", "/remittanceInformation/overnight"];
    objects.into_iter().all(|place| data.pointer(place).is_none_or(Value::is_object))
}

fn normalized(data: PayoffData) -> Option<NormalizedQuote> {
    let mut losses = Vec::new();
    let mut lose = |field, kind, note| losses.push(Loss { field, kind, note });
    let absent = "this payoff data does not hold it";
    let amount = data.payoff_amount.into_option()?;
    if data.per_diem.is_absent() {
        lose("perDiem", LossKind::Absent, absent);
    }
    lose("quotedOn", LossKind::Unsayable, "its times are when the data was stored, not the day of the quote");
    let (kind, note) = match data.valid_through_date.as_option() {
        Some(_) => (LossKind::Narrowed, "the time of day is left out"),
        None => (LossKind::Absent, absent),
    };
    lose("goodThrough", kind, note);
    let information = data.remittance_information.into_option().unwrap_or_default();
    let standard = information.standard.into_option();
    let overnight = information.overnight.into_option();
    let payee_of = |remittance: &Option<Remittance>| {
        remittance.as_ref().and_then(|remittance| remittance.make_check_payable_to.as_option().cloned())
    };
    let (first, second) = (payee_of(&standard), payee_of(&overnight));
    match (&first, &second) {
        (None, None) => lose("payee", LossKind::Absent, absent),
        (Some(first), Some(second)) if first != second => {
            lose("payee", LossKind::Narrowed, "overnight mail has another payee, which is left out");
        }
        _ => {}
    }
    for (field, remittance) in [("standardMail", &standard), ("overnightMail", &overnight)] {
        match remittance {
            None => lose(field, LossKind::Absent, absent),
            Some(remittance) if remittance.attn.is_present() => {
                lose(field, LossKind::Narrowed, "the attention line is left out");
            }
            Some(_) => {}
        }
    }
    let quote = PayoffQuote {
        amount,
        per_diem: data.per_diem.into_option().map(PerDiem::Daily),
        quoted_on: None,
        good_through: data.valid_through_date.into_option().map(date_of),
        payee: first.or(second),
        standard_mail: standard.map(address),
        overnight_mail: overnight.map(address),
    };
    Some(NormalizedQuote { quote, losses })
}

fn address(remittance: Remittance) -> PostalAddress {
    PostalAddress {
        street_address: remittance.street_address,
        street_address2: remittance.street_address2,
        city: remittance.city,
        state: remittance.state,
        zip_code: remittance.zip_code,
    }
}

#[cfg(test)]
mod tests {
    use LossKind::{Absent, Narrowed, Unsayable};
    use serde_json::json;

    use super::*;

    fn data() -> Value {
        crate::examples::claim()["payoffData"].clone()
    }

    #[test]
    fn a_claim_an_activity_and_payoff_data_alone_give_one_quote() {
        let claim = crate::examples::claim();
        let of_claim = normalize_quote(&claim).unwrap();
        let shown = serde_json::to_value(&of_claim.quote).unwrap();
        let mail = json!({
            "streetAddress": "1000 Main Street", "streetAddress2": "Ste. 500", "city": "Dallas", "state": "TX",
            "zipCode": "75204",
        });
        let expected = json!({
            "amount": 10222.33, "perDiem": 2.3, "quotedOn": null, "goodThrough": "2021-01-18", "payee": "TEST LENDER",
            "standardMail": mail, "overnightMail": mail,
        });
        assert_eq!(shown, expected);
        for payload in [
            json!({"claim": claim}),
            json!({"type": "payoff-data-added", "claimId": claim["claimId"], "data": data()}),
            data(),
        ] {
            assert_eq!(normalize_quote(&payload).as_ref(), Some(&of_claim), "{payload}");
        }
    }

    /// What is lost of the example with some members replaced; null takes one out.
    fn check(changes: &Value, expected: Option<&[(&str, LossKind)]>) {
        let mut data = data();
        let members = data.as_object_mut().unwrap();
        members.extend(changes.as_object().unwrap().clone());
        members.retain(|_, value| !value.is_null());
        let lost = normalize_quote(&data)
            .map(|quote| quote.losses.iter().map(|loss| (loss.field, loss.kind)).collect::<Vec<_>>());
        assert_eq!(lost.as_deref(), expected, "{changes}");
    }

    #[test]
    fn what_is_missing_is_told() {
        let whole = [
            ("quotedOn", Unsayable),
            ("goodThrough", Narrowed),
            ("standardMail", Narrowed),
            ("overnightMail", Narrowed),
        ];
        check(&json!({}), Some(&whole));
        let bare = [
            ("perDiem", Absent),
            ("quotedOn", Unsayable),
            ("goodThrough", Absent),
            ("payee", Absent),
            ("standardMail", Absent),
            ("overnightMail", Absent),
        ];
        check(
            &json!({"perDiem": null, "validThroughDate": null, "remittanceInformation": null}),
            Some(&bare),
        );
        let two = json!({"standard": {"makeCheckPayableTo": "A"}, "overnight": {"makeCheckPayableTo": "B"}});
        let lost = [("quotedOn", Unsayable), ("goodThrough", Narrowed), ("payee", Narrowed)];
        check(&json!({"remittanceInformation": two}), Some(&lost));
    }

    #[test]
    fn what_is_no_payoff_data_is_none() {
        check(&json!({"payoffAmount": null}), None);
        check(&json!({"payoffAmount": "10222.33"}), None);
        check(&json!({"remittanceInformation": []}), None);
        check(&json!({"remittanceInformation": {"standard": ["TEST LENDER"]}}), None);
        // The webhook of a sibling API has an amount, and members of its own.
        check(&json!({"payoffId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f", "success": true}), None);
        let mut claim = crate::examples::claim();
        claim.as_object_mut().unwrap().remove("payoffData");
        for payload in [
            claim,
            json!({"type": "call-made", "data": data()}),
            json!({"type": "payoff-data-added", "data": {"perDiem": 2.3}}),
            json!({"claim": {}}),
            json!([data()]),
            json!(10222.33),
        ] {
            assert_eq!(normalize_quote(&payload), None, "{payload}");
        }
    }

    #[test]
    fn members_that_are_new_leave_a_claims_quote_as_it_is() {
        let mut claim = crate::examples::claim();
        let expected = normalize_quote(&claim);
        claim["payoffData"]["confidence"] = json!("high");
        assert_eq!(normalize_quote(&claim), expected);
    }
}
