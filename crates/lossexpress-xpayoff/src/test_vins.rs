//! Test VINs.

use estoppel_contract::TestValue;
use estoppel_values::Vin;

/// The documented test VINs. Each brings an automated quote, whatever the lender (R112).
pub(crate) const TEST_VINS: &[TestValue] = &[
    vin("1FTMF1CB6JKE12626"),
    vin("1N4AA5AP8EC474073"),
    vin("5FNYF4H46CB077722"),
    // Quirk: this one and the next fail the VIN check digit, so it is not examined (R36).
    vin("3LNHL2JC5CR800827"),
    vin("ZA9RU31B9XLA12448"),
];

const fn vin(value: &'static str) -> TestValue {
    TestValue {
        value,
        field: "vin",
        effect: "An automated payoff quote arrives by webhook.",
        shows: "payoffResult",
    }
}

/// Whether this VIN is a test VIN.
pub(crate) fn is_test_vin(vin: &Vin) -> bool {
    TEST_VINS.iter().any(|test_vin| test_vin.value.eq_ignore_ascii_case(vin.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(vin: &str, expected: bool) {
        assert_eq!(is_test_vin(&vin.parse().unwrap()), expected, "{vin}");
    }

    #[test]
    fn test_vins_are_known_in_any_case() {
        check("1FTMF1CB6JKE12626", true);
        check("za9ru31b9xla12448", true);
        check("1FTMF1CB6JKE12627", false);
    }
}
