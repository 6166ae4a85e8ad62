//! An autopay's day has come.

use estoppel_simulator::Event;
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

use crate::{
    autopays::{AmountType, AutopayRecord, AutopayStatus},
    loanpro::LoanPro,
    loans::LoanRecord,
    payment_entry::{Entry, PaymentFault, enter},
    payments::NewPayment,
    wire::Money,
};

/// Makes the payment of an autopay, and sets the timer for its next one.
pub(crate) fn pay(state: &mut LoanPro, loan_id: u64, autopay_id: u64, at: Timestamp) -> Option<Event> {
    let mut loan = state.loan(loan_id).ok()?.clone();
    let place = loan.autopays.iter().position(|autopay| autopay.id == autopay_id)?;
    let autopay = loan.autopays.get(place)?.clone();
    let (_, apply) = autopay.plan.at(autopay.next)?;
    let payment_id = state.next_id();
    let date = apply.max(loan.terms.contract_date);
    let outcome = attempt(&mut loan, &autopay, payment_id, date, at);
    let next = autopay.plan.at(autopay.next + 1);
    let record = loan.autopays.get_mut(place)?;
    record.next += 1;
    record.status = match (&outcome, next) {
        (_, Some(_)) => AutopayStatus::Pending,
        (Err(_), None) => AutopayStatus::Failed,
        (Ok(_), None) => AutopayStatus::Completed,
    };
    state.replace_loan(loan);
    state.schedule(loan_id, autopay_id, next.map(|(at, _)| at));
    let (kind, more) = match outcome {
        Ok(Some(amount)) => ("autopay-processed", json!({"paymentId": payment_id, "amount": amount})),
        Ok(None) => ("autopay-skipped", json!({})),
        Err(fault) => ("autopay-failed", json!({"reason": fault.told()})),
    };
    Some(Event {
        at,
        api: crate::SERVICE_NAME,
        kind: kind.to_owned(),
        detail: detail(loan_id, autopay_id, more).into(),
    })
}

fn detail(loan_id: u64, autopay_id: u64, more: Value) -> Value {
    let mut detail = json!({"loanId": loan_id, "autopayId": autopay_id});
    if let (Some(members), Value::Object(more)) = (detail.as_object_mut(), more) {
        members.extend(more);
    }
    detail
}

/// Pays, unless there is nothing to pay.
fn attempt(
    loan: &mut LoanRecord,
    autopay: &AutopayRecord,
    payment_id: u64,
    date: Date,
    at: Timestamp,
) -> Result<Option<Money>, PaymentFault> {
    let standing = loan.standing(date);
    let payoff = standing.balance.payoff();
    let next = standing.next.map_or(Money::ZERO, |due| due.amount);
    let wanted = match autopay.sent.amount_type.unwrap_or(AmountType::Static) {
        AmountType::Static => autopay.amount(),
        AmountType::FeesDue => Money::ZERO,
        AmountType::NextDue => standing.amount_due.plus(next),
        AmountType::PastDue | AmountType::PastDuePrincipalAndInterest => standing.amount_due,
    };
    let amount = if autopay.adjusts_to_payoff() { wanted.min(payoff) } else { wanted };
    let waits_for_dues = autopay.sent.process_current.as_option().is_some_and(|flag| !flag.get().is_one());
    let is_current = standing.amount_due == Money::ZERO;
    if amount == Money::ZERO || payoff == Money::ZERO || (waits_for_dues && is_current) {
        return Ok(None);
    }
    let sent = NewPayment {
        selected_processor: autopay.sent.ba_processor,
        extra: autopay.extra().into(),
        info: autopay.sent.name.clone(),
        payment_type_id: autopay.sent.payment_type,
        payment_account_id: autopay.sent.primary_payment_method_id,
        ..NewPayment::of(amount.into())
    };
    let entry = Entry { id: payment_id, amount, date, autopay_id: Some(autopay.id), created: at };
    enter(loan, entry, sent)?;
    Ok(Some(amount))
}
