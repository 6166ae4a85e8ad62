//! From a loan's standing to what the API writes of it.

use estoppel_values::Text;
use jiff::civil::Date;

use super::{CreditStatus, EcoaCode, StatusArchive, Stoplight};
use crate::{
    loans::LoanRecord,
    odata::Metadata,
    servicing::{Ledger, Outlook, Standing, days_after, days_between, rounded},
    wire::{DateUnit, JsonText, Money},
};

/// Buckets of escrow, all empty: the ids are those of the document's tenant.
const ESCROW: &str = r#"{"1":0,"2":0,"3":0,"4":0,"6":0,"30":0,"31":0,"32":0,"33":0}"#;
/// Quirk: the document's second breakdown begins with a blank (customer-website: Loan Info).
const ESCROW_BALANCE: &str = r#" {"1":0,"2":0,"3":0,"4":0,"6":0,"30":0,"31":0,"32":0,"33":0}"#;

/// How a loan stands on a day. Amounts and days are computed (R91, R93, R120); what a tenant sets up is as in the document.
pub(crate) fn status_archive(
    record: &LoanRecord,
    ledger: &Ledger<'_>,
    day: Date,
    base_url: &str,
    dates: DateUnit,
) -> StatusArchive {
    let terms = &record.terms;
    let schedule = &record.schedule;
    let standing = Standing::on(day, terms, schedule, ledger);
    let payoff = standing.balance.payoff();
    let due_interest = standing.amount_due.min(standing.balance.interest);
    let due_principal = standing.amount_due.less(due_interest);
    let count = |days: i64| u64::try_from(days).unwrap_or_default();
    let age = days_between(terms.contract_date, day);
    let last_day = standing.last_payment.map_or(terms.contract_date, |(date, _)| date);
    let period_start = schedule.last_until(day).map_or(terms.contract_date, |due| due.date);
    let period_end = schedule.next_after(day).map_or(period_start, |due| days_after(due.date, -1));
    let outlook = Outlook::after(day, terms, schedule, ledger);
    let paid_off = standing.is_paid_off();
    let discount_on = |principal: Money| {
        let share = i128::from(record.discount.units()) * i128::from(principal.units());
        let cents = rounded(share, i128::from(terms.amount.units().max(1)));
        Money::of(i64::try_from(cents).unwrap_or_default())
    };
    StatusArchive {
        metadata: Metadata::of(base_url, "LoanStatusArchive", record.id, "Entity.StatusArchive"),
        id: record.id,
        loan_id: record.id,
        date: dates.day(day),
        follow_up_date: dates.none(),
        amount_due: standing.amount_due,
        due_interest,
        due_principal,
        due_discount: discount_on(due_principal),
        due_escrow: Money::ZERO,
        due_escrow_breakdown: JsonText::verbatim(ESCROW),
        due_fees: Money::ZERO,
        due_pni: due_interest.plus(due_principal),
        payoff_fees: Money::ZERO,
        delinquent_bucket: count((standing.days_past_due + 29) / 30),
        delinquent_bucket_balance: None,
        next_payment_date: standing.next.map(|due| dates.day(due.date)),
        next_payment_amount: standing.next.map_or(Money::ZERO, |due| due.amount),
        last_payment_date: standing.last_payment.map(|(date, _)| dates.day(date)),
        last_payment_amount: standing.last_payment.map_or(Money::ZERO, |(_, amount)| amount),
        principal_balance: standing.balance.principal,
        amount_past_due30: standing.past_due_30,
        days_past_due: count(standing.days_past_due),
        date_last_current: dates.day(standing.last_current),
        date_last_current30: None,
        payoff,
        perdiem: standing.per_diem,
        interest_accrued_today: standing.per_diem,
        available_credit: Money::ZERO,
        credit_limit: Money::ZERO,
        period_start: dates.day(period_start),
        period_end: dates.day(period_end),
        periods_remaining: outlook.periods,
        escrow_balance: Money::ZERO,
        escrow_balance_breakdown: JsonText::verbatim(ESCROW_BALANCE),
        discount_remaining: discount_on(standing.balance.principal),
        loan_status_id: if paid_off { 3 } else { 2 },
        loan_status_text: Text::from_static(if paid_off { "Paid Off" } else { "Open" }),
        loan_sub_status_id: if paid_off { 10 } else { 9 },
        loan_sub_status_text: Text::from_static(if paid_off {
            "Paid Off - Paid In Full"
        } else {
            "Open - Repaying"
        }),
        source_company_id: None,
        source_company_text: None,
        credit_status: if paid_off {
            CreditStatus::PaidOff
        } else {
            CreditStatus::past_due(standing.days_past_due)
        },
        loan_age: count(age),
        loan_recency: count(days_between(last_day, day)),
        last_human_activity: dates.day(last_day),
        stoplight: match standing.days_past_due {
            ..=0 => Stoplight::Green,
            1..=30 => Stoplight::Yellow,
            _ => Stoplight::Red,
        },
        final_payment_date: dates.day(outlook.final_date),
        final_payment_amount: outlook.final_amount,
        net_charge_off: Money::ZERO,
        first_delinquency_date: standing.lateness.first.map(|first| dates.day(first)),
        unique_delinquencies: standing.lateness.spells.into(),
        delinquency_percent: standing.delinquency(age),
        delinquent_days: count(standing.lateness.days),
        calced_ecoa: EcoaCode::Individual,
        calced_ecoa_co_buyer: EcoaCode::Nobody,
        custom_fields_breakdown: JsonText::verbatim(r#"{"15":"250.00"}"#),
        portfolio_breakdown: JsonText::verbatim(r#"["20"]"#),
        sub_portfolio_breakdown: JsonText::verbatim(r#"["10"]"#),
    }
}
