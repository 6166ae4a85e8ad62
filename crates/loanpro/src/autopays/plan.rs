//! When an autopay pays.

use jiff::{Timestamp, civil, tz::TimeZone};

use super::{AutopayType, NewAutopay, RecurringDate, RecurringFrequency};
use crate::servicing::{days_after, days_between, months_after};

/// The moments at which an autopay pays, counted from zero (R99).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    process: civil::DateTime,
    apply: civil::Date,
    step: Step,
    periods: u32,
    /// Which of the two days recurs; the other keeps its distance in days.
    recurring: RecurringDate,
    last_day_of_month: bool,
}

/// From one payment to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(u32),
    Months(u32),
}

/// What is wrong with the days of an autopay: the member at fault and what it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlanFault {
    pub(crate) member: &'static str,
    pub(crate) expected: &'static str,
}

/// Most payments of one autopay.
const PERIODS_MAX: i64 = 600;

impl Plan {
    /// The plan of an autopay.
    pub(crate) fn of(new: &NewAutopay) -> Result<Self, PlanFault> {
        let fault = |member, expected| PlanFault { member, expected };
        let process =
            new.process_date_time.civil().ok_or(fault("processDateTime", "a day of the calendar"))?;
        let process_day = new.process_date.day().ok_or(fault("processDate", "a day of the calendar"))?;
        let apply = new.apply_date.day().ok_or(fault("applyDate", "a day of the calendar"))?;
        if process.date() != process_day {
            return Err(fault("processDateTime", "the day of processDate"));
        }
        let frequency = new.recurring_frequency.unwrap_or(RecurringFrequency::Monthly);
        let step = step(frequency, new)?;
        let is_single = new.r#type.unwrap_or(AutopayType::Single) == AutopayType::Single
            || frequency == RecurringFrequency::Single;
        let periods = new.recurring_periods.as_option().map_or(1, |periods| periods.get());
        if !(1..=PERIODS_MAX).contains(&periods) {
            return Err(fault("recurringPeriods", "between 1 and 600"));
        }
        Ok(Self {
            process,
            apply,
            step,
            periods: if is_single { 1 } else { u32::try_from(periods).unwrap_or(1) },
            recurring: new.recurring_date_option.unwrap_or(RecurringDate::ProcessDate),
            last_day_of_month: new.last_day_of_month_enabled.unwrap_or_default().get().is_one(),
        })
    }

    /// A plan that pays every month, so many times.
    pub(crate) const fn monthly(process: civil::DateTime, apply: civil::Date, periods: u32) -> Self {
        let recurring = RecurringDate::ProcessDate;
        Self { process, apply, step: Step::Months(1), periods, recurring, last_day_of_month: false }
    }

    /// The instant of the payment at this place, and the day from which on it counts; `None` after the last one.
    pub(crate) fn at(&self, place: u32) -> Option<(Timestamp, civil::Date)> {
        if place >= self.periods {
            return None;
        }
        let distance = days_between(self.process.date(), self.apply);
        let (process, apply) = match self.recurring {
            RecurringDate::ProcessDate => {
                let day = self.recurred(self.process.date(), place);
                (day, days_after(day, distance))
            }
            RecurringDate::ApplyDate => {
                let day = self.recurred(self.apply, place);
                (days_after(day, -distance), day)
            }
        };
        let instant = process.to_datetime(self.process.time()).to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some((instant, apply))
    }

    /// The first place whose instant is not before `now`.
    pub(crate) fn first_from(&self, now: Timestamp) -> Option<u32> {
        (0..self.periods).find(|place| self.at(*place).is_some_and(|(at, _)| at >= now))
    }

    fn recurred(&self, first: civil::Date, place: u32) -> civil::Date {
        let day = match self.step {
            Step::Days(days) => days_after(first, i64::from(days) * i64::from(place)),
            Step::Months(months) => months_after(first, months.saturating_mul(place)),
        };
        if self.last_day_of_month { day.last_of_month() } else { day }
    }
}

fn step(frequency: RecurringFrequency, new: &NewAutopay) -> Result<Step, PlanFault> {
    Ok(match frequency {
        RecurringFrequency::Monthly | RecurringFrequency::Single => Step::Months(1),
        RecurringFrequency::Quarterly => Step::Months(3),
        RecurringFrequency::Semiannually => Step::Months(6),
        RecurringFrequency::Annually => Step::Months(12),
        RecurringFrequency::Weekly => Step::Days(7),
        RecurringFrequency::BiWeekly => Step::Days(14),
        RecurringFrequency::SemiMonthly => Step::Days(15),
        RecurringFrequency::Custom => {
            let days = new.days_in_period.as_option().and_then(|days| days.parse().ok());
            let days = days.filter(|days| (1..=366).contains(days));
            Step::Days(days.ok_or(PlanFault { member: "daysInPeriod", expected: "between 1 and 366 days" })?)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::examples;

    fn plan(changes: &Value) -> Result<Plan, PlanFault> {
        let mut new = examples::new_autopay();
        new.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        Plan::of(&serde_json::from_value(new).unwrap())
    }

    fn check(changes: &Value, places: &[(&str, &str)]) {
        let plan = plan(changes).unwrap();
        let actual: Vec<(String, String)> = (0..600)
            .map_while(|place| plan.at(place))
            .map(|(at, apply)| (at.to_string(), apply.to_string()))
            .collect();
        let expected: Vec<(String, String)> =
            places.iter().map(|(at, apply)| ((*at).to_owned(), (*apply).to_owned())).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn payments_recur_from_their_first_day_on() {
        check(
            &json!({"recurringPeriods": "2"}),
            &[("2016-09-17T22:00:00Z", "2016-09-18"), ("2016-10-17T22:00:00Z", "2016-10-18")],
        );
        check(&json!({"type": "autopay.type.single"}), &[("2016-09-17T22:00:00Z", "2016-09-18")]);
        let end_of_month = json!({
            "applyDate": "2016-10-31", "processDate": "2016-10-30", "processDateTime": "2016-10-30",
            "recurringDateOption": "autopay.recurringDate.applyDate", "recurringPeriods": 2,
        });
        check(
            &end_of_month,
            &[("2016-10-30T00:00:00Z", "2016-10-31"), ("2016-11-29T00:00:00Z", "2016-11-30")],
        );
        let custom = json!({
            "recurringFrequency": "autopay.recurringFrequency.custom", "daysInPeriod": "10", "recurringPeriods": 2,
        });
        check(&custom, &[("2016-09-17T22:00:00Z", "2016-09-18"), ("2016-09-27T22:00:00Z", "2016-09-28")]);
    }

    #[test]
    fn plans_that_cannot_be_are_refused() {
        let check = |changes: &Value, member: &str| assert_eq!(plan(changes).unwrap_err().member, member);
        check(&json!({"processDateTime": "2016-09-18 22:00:00"}), "processDateTime");
        check(&json!({"applyDate": "2015-02-29 00:00:00"}), "applyDate");
        check(&json!({"recurringPeriods": 0}), "recurringPeriods");
        check(&json!({"recurringFrequency": "autopay.recurringFrequency.custom"}), "daysInPeriod");
    }
}
