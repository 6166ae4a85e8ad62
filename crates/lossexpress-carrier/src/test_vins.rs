//! Test VINs, and what LossExpress and lenders do in earnest.

use estoppel_contract::{Optional, TestValue, Words};
use estoppel_values::{Integer, Text, Timestamp, Usd, Vin};
use jiff::{SignedDuration, civil::Time, tz::TimeZone};

use crate::{
    activities::{
        ActivityData, CallMade, DirectMessageAdded, DocumentAdded, DocumentLink, LetterOfGuaranteeRequested,
        NoData, SettlementCounterAdded, TriggerableActivityType,
    },
    carrier::Carrier,
    claim_record::{RequestState, UpdatedBy},
    claims::{ClaimChanges, LetterOfGuaranteeRequest, PayoffData, Remittance, RemittanceInformation},
    documents::StoredDocument,
    errors::ClaimRefusal,
    ids::{ActivityId, ClaimId},
};

/// The documented test VINs and what each sets off.
pub(crate) const TEST_VINS: &[TestValue] = &[
    vin("JHMGE8H35DC074448", "LossExpress writes a direct message.", "direct-message-added"),
    vin("JHMGE8H35DC075558", "Payoff information arrives.", "payoff-data-added"),
    vin("JHMGE8H35DC076668", "LossExpress changes the claim.", "claim-updated"),
    vin("1GCHC29U62E142306", "LossExpress calls the lender.", "call-made"),
    vin("1GCHC29U62E147776", "LossExpress adds a document.", "document-added"),
    vin("JHMFA36246S006140", "LossExpress sends a document to the lender.", "document-sent-to-lender"),
    vin("JN1CV6AP7CM621670", "A letter of guarantee arrives.", "letter-of-guarantee-added"),
    vin("1FAHP3EN7BW114135", "The lender counters the settlement.", "settlement-counter-added"),
];

const fn vin(value: &'static str, effect: &'static str, shows: &'static str) -> TestValue {
    TestValue { value, field: "vin", effect, shows }
}

/// What this VIN sets off, if it is a test VIN.
pub(crate) fn effect_of(vin: &Vin) -> Option<TriggerableActivityType> {
    let test_vin = TEST_VINS.iter().find(|test_vin| test_vin.value.eq_ignore_ascii_case(vin.as_str()))?;
    TriggerableActivityType::from_word(test_vin.shows)
}

/// Does to a claim what LossExpress or a lender would do, and puts it into the feed.
pub(crate) fn emulate(
    carrier: &mut Carrier,
    id: ClaimId,
    effect: TriggerableActivityType,
    now: jiff::Timestamp,
) -> Result<ActivityId, ClaimRefusal> {
    use TriggerableActivityType as Effect;
    let data = match effect {
        Effect::DirectMessageAdded => ActivityData::DirectMessageAdded(Box::new(DirectMessageAdded {
            sent_by_loss_express: true,
            message: Text::from_static("Please check the settlement amount against the documents."),
            sent_by: Optional::Absent,
            action_required: true,
        })),
        Effect::CallMade => {
            let minutes = u32::try_from(carrier.next_invention().between(2, 45)).unwrap_or(2);
            ActivityData::CallMade(Box::new(CallMade { call_length: Integer::from(minutes) }))
        }
        Effect::ClaimUpdated => return correct_account_number(carrier, id, now),
        Effect::PayoffDataAdded => quote_payoff(carrier, id, now)?,
        Effect::DocumentAdded => add_document(carrier, id, now)?,
        Effect::DocumentSentToLender => {
            let document_url = sendable_document(carrier, id)?;
            ActivityData::DocumentSentToLender(Box::new(DocumentLink { document_url }))
        }
        Effect::LetterOfGuaranteeAdded => guarantee(carrier, id, now)?,
        Effect::SettlementCounterAdded => {
            carrier.touched_claim(id, now)?.settlement_counters += 1;
            let document_url = carrier.store(StoredDocument::placeholder("settlement counter"));
            ActivityData::SettlementCounterAdded(Box::new(SettlementCounterAdded {
                description: Text::from_static("Options of the vehicle are missing from the valuation."),
                document_url: document_url.into(),
            }))
        }
        Effect::PayoffRequestCancelled => {
            // What is cancelled was asked for, if need be at the same time.
            if carrier.visible_claim(id)?.payoff_request != RequestState::Open {
                carrier.record(id, now, ActivityData::PayoffRequestCreated(Box::new(NoData {})))?;
            }
            carrier.touched_claim(id, now)?.payoff_request = RequestState::Ended;
            ActivityData::PayoffRequestCancelled(Box::new(NoData {}))
        }
    };
    carrier.record(id, now, data)
}

/// LossExpress corrects the account number, the documented example of a change of its own.
fn correct_account_number(
    carrier: &mut Carrier,
    id: ClaimId,
    now: jiff::Timestamp,
) -> Result<ActivityId, ClaimRefusal> {
    let corrected = format!("{:010}", carrier.next_invention().below(10_000_000_000));
    let changes = ClaimChanges {
        account_number: Optional::Present(Text::from(corrected).into()),
        ..ClaimChanges::default()
    };
    let updated =
        carrier.apply_changes(id, changes, UpdatedBy::LossExpress)?.ok_or(ClaimRefusal::NoSuchClaim)?;
    carrier.record(id, now, ActivityData::ClaimUpdated(Box::new(updated)))
}

/// The lender quotes: the amount holds through ten days from now, and an open payoff request is answered.
fn quote_payoff(
    carrier: &mut Carrier,
    id: ClaimId,
    now: jiff::Timestamp,
) -> Result<ActivityData, ClaimRefusal> {
    let key = carrier.next_invention();
    let cents = |name: &str, first, last| {
        Usd::from_cents(i64::try_from(key.field(name).between(first, last)).unwrap_or_default())
    };
    let record = carrier.touched_claim(id, now)?;
    if record.payoff_request == RequestState::Open {
        record.payoff_request = RequestState::Ended;
    }
    let remittance = Remittance {
        make_check_payable_to: record.claim().lender_name.clone().into(),
        attn: Text::from_static("Total Loss Department").into(),
        street_address: Text::from_static("1000 Main Street").into(),
        street_address2: Text::from_static("Ste. 500").into(),
        city: Text::from_static("Dallas").into(),
        state: Text::from_static("TX").into(),
        zip_code: Text::from_static("75204").into(),
    };
    let payoff = PayoffData {
        created_at: Optional::Absent,
        updated_at: Optional::Absent,
        payoff_amount: cents("payoffAmount", 100_000, 4_000_000).into(),
        per_diem: cents("perDiem", 50, 999).into(),
        valid_through_date: ten_days_on(now).into(),
        remittance_information: RemittanceInformation {
            standard: remittance.clone().into(),
            overnight: remittance.into(),
        }
        .into(),
    };
    let at = Timestamp::from_instant(now);
    let claim = record.claim_mut();
    let first_added = claim.payoff_data.as_option().and_then(|known| known.created_at.as_option().copied());
    claim.payoff_data = Optional::Present(Box::new(PayoffData {
        created_at: first_added.unwrap_or(at).into(),
        updated_at: at.into(),
        ..payoff.clone()
    }));
    Ok(ActivityData::PayoffDataAdded(Box::new(payoff)))
}

/// Midnight ten days on, in UTC: the distance that the documented example has.
fn ten_days_on(now: jiff::Timestamp) -> Timestamp {
    let later = now.checked_add(SignedDuration::from_hours(240)).unwrap_or(now);
    let day = later.to_zoned(TimeZone::UTC).date();
    let midnight = day.to_datetime(Time::midnight()).to_zoned(TimeZone::UTC);
    Timestamp::from_instant(midnight.map_or(later, |midnight| midnight.timestamp()))
}

fn add_document(
    carrier: &mut Carrier,
    id: ClaimId,
    now: jiff::Timestamp,
) -> Result<ActivityData, ClaimRefusal> {
    let document_type = Text::from_static("valuation report");
    let document = StoredDocument::placeholder(&document_type);
    let document_url = carrier.attach(id, document_type.clone(), document, now)?;
    Ok(ActivityData::DocumentAdded(Box::new(DocumentAdded { r#type: document_type, document_url })))
}

/// The newest document of the claim, or one that LossExpress made itself.
fn sendable_document(carrier: &mut Carrier, id: ClaimId) -> Result<Text, ClaimRefusal> {
    let newest = carrier.visible_claim(id)?.claim().documents.last();
    match newest.map(|document| document.document_url.clone()) {
        Some(document_url) => Ok(document_url),
        None => Ok(carrier.store(StoredDocument::placeholder("request to the lender"))),
    }
}

/// A letter of guarantee arrives. Where nobody asked for one, a request is created with it.
fn guarantee(carrier: &mut Carrier, id: ClaimId, now: jiff::Timestamp) -> Result<ActivityData, ClaimRefusal> {
    let record = carrier.visible_claim(id)?;
    if record.letter_request != RequestState::Open {
        let data = LetterOfGuaranteeRequested { estimated_response_time: Optional::Absent };
        carrier.record(id, now, ActivityData::LetterOfGuaranteeRequestCreated(Box::new(data)))?;
        carrier.touched_claim(id, now)?.claim_mut().letter_of_guarantee_request = Optional::Absent;
    }
    let document_url = carrier.store(StoredDocument::placeholder("letter of guarantee"));
    let at = Timestamp::from_instant(now);
    let record = carrier.touched_claim(id, now)?;
    record.letter_request = RequestState::Ended;
    let request = &mut record.claim_mut().letter_of_guarantee_request;
    let created_at = request.as_option().map_or(at, |request| request.created_at);
    *request = Optional::Present(LetterOfGuaranteeRequest {
        created_at,
        updated_at: at,
        document_url: document_url.clone().into(),
    });
    Ok(ActivityData::LetterOfGuaranteeAdded(Box::new(DocumentLink { document_url })))
}
