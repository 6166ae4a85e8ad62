//! From terms to what the API writes of them.

use estoppel_values::{Number, Text};
use serde_json::json;

use super::{
    BeginEnd, BusinessDueDates, CalculationType, DaysInYear, DiscountCalculation, FeesPaidBy,
    FirstPeriodDays, InterestApplication, LateFeeCalculation, LateFeePercentBase, LateFeeType, LoanClass,
    LoanRateType, LoanRecord, LoanSetup, LoanType, NextDueDateCalculation, PaymentDateApplication,
    PaymentFrequency,
};
use crate::{
    odata::Metadata,
    servicing::Schedule,
    wire::{DateUnit, JsonText, Money, Rate, ZeroOne},
};

/// The terms of a loan. What follows from them is computed; everything else is as in the document's example.
pub(crate) fn loan_setup(record: &LoanRecord, base_url: &str, dates: DateUnit) -> LoanSetup {
    let (terms, schedule) = (&record.terms, &record.schedule);
    let (last, total) = (schedule.last(), schedule.total());
    LoanSetup {
        metadata: Metadata::of(base_url, "LoanSetup", record.setup_id, "Entity.LoanSetup"),
        id: record.setup_id,
        loan_id: record.id,
        mod_id: 0,
        active: ZeroOne::One,
        apr: schedule.apr,
        apr_force_single: ZeroOne::Zero,
        payment: schedule.level,
        orig_final_payment_date: last.map_or(dates.none(), |due| dates.day(due.date)),
        orig_final_payment_amount: last.map_or(Money::ZERO, |due| due.amount),
        til_finance_charge: total.less(terms.amount),
        til_total_of_payments: total,
        til_loan_amount: terms.amount,
        til_sales_price: total,
        til_payment_schedule: til_payment_schedule(schedule),
        regz_custom_enabled: ZeroOne::Zero,
        regz_apr: Rate::ZERO,
        regz_finance_charge: Money::ZERO,
        regz_amount_financed: Money::ZERO,
        regz_total_of_payments: Money::ZERO,
        loan_amount: terms.amount,
        discount: record.discount,
        underwriting: Money::ZERO,
        loan_rate: terms.rate,
        loan_rate_type: LoanRateType::Annually,
        loan_term: Rate::of(i64::from(terms.payments) * 10_000),
        money_factor: Text::from_static("0"),
        residual: Money::ZERO,
        contract_date: dates.day(terms.contract_date),
        first_payment_date: dates.day(terms.first_payment_date),
        schedule_round: Money::ZERO,
        amount_down: Money::ZERO,
        reserve: Money::ZERO,
        sales_price: Money::ZERO,
        gap: Money::ZERO,
        warranty: Money::ZERO,
        dealer_profit: Money::ZERO,
        taxes: Money::ZERO,
        credit_limit: Money::ZERO,
        reporting_credit_limit: Money::ZERO,
        loan_class: LoanClass::Consumer,
        loan_type: LoanType::Installment,
        discount_split: ZeroOne::One,
        payment_frequency: PaymentFrequency::Monthly,
        calc_type: CalculationType::SimpleInterest,
        days_in_year: DaysInYear::Actual,
        interest_application: InterestApplication::BetweenPeriods,
        beg_end: BeginEnd::End,
        first_period_days: FirstPeriodDays::Actual,
        first_day_interest: ZeroOne::One,
        discount_calc: DiscountCalculation::Rebalancing,
        diy_alt: ZeroOne::Zero,
        due_date_on_last_dom: ZeroOne::Zero,
        due_dates_on_business_days: BusinessDueDates::Disabled,
        days_in_period: Text::from_static("loan.daysinperiod.30"),
        round_decimals: 5,
        last_as_final: ZeroOne::One,
        ndd_calc: NextDueDateCalculation::Standard,
        end_interest: Text::default(),
        schedule_template: 0,
        curtailment_template: 0,
        fees_paid_by: FeesPaidBy::Period,
        use_interest_tiers: ZeroOne::Zero,
        calc_history_enabled: ZeroOne::Zero,
        calc_dates_enabled: ZeroOne::Zero,
        grace_days: 10,
        late_fee_type: LateFeeType::One,
        late_fee_amount: Money::of(3_000),
        late_fee_percent: Money::ZERO,
        late_fee_calc: LateFeeCalculation::Standard,
        late_fee_percent_base: LateFeePercentBase::Regular,
        roll_last_payment: ZeroOne::Zero,
        payment_date_app: PaymentDateApplication::Actual,
        suspend_forecast_to: None,
        is_setup_valid: true,
        usury_alert: None,
        max_interest_amount: None,
        finance_charge_as_mia: None,
    }
}

/// Runs of equal payments.
///
/// Quirk: the document's numbers have the tail of a binary fraction (297.47000000000003); these are exact.
fn til_payment_schedule(schedule: &Schedule) -> JsonText {
    let runs = schedule.dues().chunk_by(|left, right| left.amount == right.amount).filter_map(|run| {
        let first = run.first()?;
        let day = first.date;
        Some(json!({
            "count": run.len(),
            "payment": Number::scaled(first.amount.units(), 2),
            "startDate": format!("{:02}/{:02}/{:04}", day.month(), day.day(), day.year()),
        }))
    });
    JsonText::of(&runs.collect())
}
