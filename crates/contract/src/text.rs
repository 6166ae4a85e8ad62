//! Values that are written as text.

use std::fmt;

use serde::{Deserializer, de};

/// Whether a text has the form of an RFC 3339 timestamp: four-digit year, hyphens, `T`, colons, and a zone that is
/// `Z` or hours and minutes.
fn has_timestamp_form(text: &str) -> bool {
    let text = text.as_bytes();
    let fits = |form: &[u8], text: &[u8]| {
        form.len() == text.len()
            && form.iter().zip(text).all(|(form, byte)| match form {
                b'0' => byte.is_ascii_digit(),
                b'T' | b'Z' => byte.eq_ignore_ascii_case(form),
                b'+' => matches!(byte, b'+' | b'-'),
                other => other == byte,
            })
    };
    let Some((seconds, rest)) = text.split_at_checked(19) else { return false };
    let zone = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            fraction.get(digits..).unwrap_or_default()
        }
        _ => rest,
    };
    fits(b"0000-00-00T00:00:00", seconds) && (fits(b"Z", zone) || fits(b"+00:00", zone))
}

/// The instant that an RFC 3339 timestamp names. The last day of the year 9999, which stands for "forever", is cut to
/// the last instant that there is.
pub fn parse_timestamp(text: &str) -> Option<jiff::Timestamp> {
    if !has_timestamp_form(text) {
        return None;
    }
    text.parse().ok().or_else(|| {
        let civil: jiff::civil::DateTime = text.get(..19)?.parse().ok()?;
        (civil.year() == 9999).then_some(jiff::Timestamp::MAX)
    })
}

/// Decodes a value from a JSON string, and from nothing else, without copying it.
pub fn deserialize_text<'de, D, T, E>(
    deserializer: D,
    expected: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
{
    struct Visitor<'e, P>(&'e str, P);

    impl<T, E: fmt::Display, P: Fn(&str) -> Result<T, E>> de::Visitor<'_> for Visitor<'_, P> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.0)
        }

        fn visit_str<F: de::Error>(self, text: &str) -> Result<T, F> {
            (self.1)(text).map_err(F::custom)
        }
    }

    deserializer.deserialize_str(Visitor(expected, parse))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(has_timestamp_form(text), expected, "{text}");
    }

    #[test]
    fn timestamps_have_one_form() {
        check("2021-01-08T22:03:09.598Z", true);
        check("2021-01-08t22:03:09z", true);
        check("2021-01-08T22:03:09.5-05:00", true);
        check("2021-01-08T22:03:09", false);
        check("2021-01-08T22:03:09.Z", false);
        check("2021-01-08 22:03:09Z", false);
        check("20210108T220309.59812Z", false);
        check("-000044-03-15T00:00:00Z", false);
        check("2021-01-08T22:03:09+05", false);
        check("2021-01-08T22:03:09Z[UTC]", false);
        check("é021-01-08T22:03:0Z", false);
    }
}
