//! What is owed on a loan, day by day (R121).

use estoppel_generate::{Draw, Key, date_of};
use estoppel_values::{Timestamp, Usd, Vin};
use jiff::civil::Date;

/// A loan as its lender's quotes tell it: whoever asks again asks about the same one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loan<D> {
    /// Where everything that is told of the loan comes from.
    pub(crate) draw: D,
    /// The day of the principal: a per diem is owed for every day since.
    interest_from: Date,
}

/// Principal and interest, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Terms {
    principal: i64,
    per_diem: i64,
}

/// The least and the largest principal, in dollars.
const PRINCIPAL: (u64, u64) = (1_000, 40_000);

impl Loan<Key> {
    /// The loan on this vehicle, in any case of its VIN, from this lender.
    pub(crate) fn of(world: Key, vin: &Vin, lender_name: &str, started_at: Timestamp) -> Self {
        let vin = vin.as_str().to_ascii_uppercase();
        Self::new(world.entity("loan").field(&vin).field(lender_name), started_at)
    }
}

impl<D: Draw> Loan<D> {
    /// The loan of this draw, in a world that begins at `started_at`: its interest counts from the first day of that
    /// year, so that amounts stay near the principal whatever the year.
    pub(crate) fn new(draw: D, started_at: Timestamp) -> Self {
        Self { draw, interest_from: date_of(started_at).day().first_of_year() }
    }

    /// What each day adds.
    pub(crate) fn per_diem(&self) -> Usd {
        Usd::from_cents(self.terms().per_diem)
    }

    /// What is owed on the UTC day of `at`.
    pub(crate) fn amount(&self, at: Timestamp) -> Usd {
        let Terms { principal, per_diem } = self.terms();
        let since = date_of(at).day().since(self.interest_from);
        let days = since.map_or(0, |span| span.get_days().max(0));
        Usd::from_cents(principal.saturating_add(per_diem.saturating_mul(days.into())))
    }

    /// One loan in five has principal and per diem in whole dollars, so that the numbers of its quotes have no fraction
    /// on any day (R5).
    fn terms(&self) -> Terms {
        let cents = |name: &str, first: u64, last: u64| {
            i64::try_from(self.draw.field(name).between(first, last)).unwrap_or_default()
        };
        let (least, largest) = PRINCIPAL;
        if self.draw.field("is in whole dollars").chance(20) {
            Terms {
                principal: 100 * cents("payoff amount", least, largest),
                per_diem: 100 * cents("per diem", 1, 9),
            }
        } else {
            Terms {
                principal: cents("payoff amount", 100 * least, 100 * largest),
                per_diem: cents("per diem", 50, 999),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIN: &str = "1N4AL3AP8JC231503";

    fn loan(vin: &str, lender_name: &str, started_at: &str) -> Loan<Key> {
        Loan::of(Key::new(7), &vin.parse().unwrap(), lender_name, started_at.parse().unwrap())
    }

    fn owed(loan: &Loan<Key>, at: &str) -> Usd {
        loan.amount(at.parse().unwrap())
    }

    #[test]
    fn each_day_of_utc_adds_one_per_diem() {
        for number in 0..500 {
            let loan = Loan::new(Key::new(1).index(number), "2023-12-30T12:00:00Z".parse().unwrap());
            let day = |text: &str| owed(&loan, text).number().decimal();
            let per_diem = loan.per_diem().number().decimal();
            // Over the turn of a year, a leap day, and a whole year on.
            assert_eq!(day("2023-12-31T23:59:59.999Z") - day("2023-12-30T12:00:00Z"), per_diem);
            assert_eq!(day("2024-01-01T00:00:00Z") - day("2023-12-31T23:59:59.999Z"), per_diem);
            assert_eq!(day("2024-03-01T00:00:00Z") - day("2024-02-28T00:00:00Z"), per_diem + per_diem);
            let year = std::iter::repeat_n(per_diem, 366).sum();
            assert_eq!(day("2024-12-30T00:00:00Z") - day("2023-12-30T00:00:00Z"), year);
        }
    }

    #[test]
    fn amounts_stay_near_the_principal_in_any_year_and_are_never_below_it() {
        let range = Usd::from_cents(100_000)..=Usd::from_cents(4_000_000 + 366 * 999);
        for start in ["0001-06-01T00:00:00Z", "2019-12-31T00:00:00Z", "2035-12-31T23:00:00Z"] {
            for number in 0..500 {
                let loan = Loan::new(Key::new(1).index(number), start.parse().unwrap());
                assert!(range.contains(&owed(&loan, start)));
                assert_eq!(owed(&loan, "0001-01-01T00:00:00Z"), Usd::from_cents(loan.terms().principal));
            }
        }
        let of_year = |year: &str| owed(&loan(VIN, "Test Lender", year), year);
        assert_eq!(of_year("2019-03-04T00:00:00Z"), of_year("2035-03-04T00:00:00Z"));
    }

    #[test]
    fn vehicle_and_lender_make_the_loan() {
        let start = "2024-03-01T00:00:00Z";
        let terms = |vin: &str, lender: &str| loan(vin, lender, start).terms();
        assert_eq!(terms(VIN, "Test Lender"), terms("1n4al3ap8jc231503", "Test Lender"));
        assert_ne!(terms(VIN, "Test Lender"), terms(VIN, "Old Mill Savings Bank"));
        assert_ne!(terms(VIN, "Test Lender"), terms("1N4AL3AP8JC231504", "Test Lender"));
    }

    #[test]
    fn one_loan_in_five_is_in_whole_dollars_every_day() {
        let loans = (0..1_000)
            .map(|number| Loan::new(Key::new(1).index(number), "2024-01-01T00:00:00Z".parse().unwrap()));
        let whole = loans.filter(|loan| {
            ["2024-01-02T00:00:00Z", "2024-05-06T00:00:00Z", "2025-11-12T00:00:00Z"]
                .iter()
                .all(|at| owed(loan, at).number().decimal_places() == 0)
        });
        assert!((150..250).contains(&whole.count()));
    }
}
