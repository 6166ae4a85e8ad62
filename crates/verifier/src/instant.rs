//! How an API writes instants, as its schemas say.

use std::collections::BTreeSet;

use estoppel_contract::{Contract, INSTANT_KEY};
use jiff::Timestamp;
use serde_json::{Value, json};

/// How an instant is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum InstantForm {
    /// Text as RFC 3339 has it, with milliseconds, in UTC.
    Rfc3339,
    /// The number of milliseconds since the start of 1970.
    EpochMilliseconds,
    /// Text with a number since the start of 1970 between two others.
    Affixed {
        /// What stands before the number.
        prefix: String,
        /// What stands after it.
        suffix: String,
        /// What the number counts.
        unit: EpochUnit,
    },
}

/// What a number since the start of 1970 counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EpochUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// An instant as RFC 3339 has it: `d` is a digit of base 10.
const RFC_3339: &str = "dddd-dd-ddTdd:dd:dd.dddZ";

impl InstantForm {
    /// The form that a schema says by its keyword for instants, or else by its format.
    pub(crate) fn of(keyword: Option<&Value>, format: Option<&str>) -> Option<Self> {
        match keyword {
            None => (format == Some("date-time")).then_some(Self::Rfc3339),
            Some(Value::String(word)) => match word.as_str() {
                "rfc3339" => Some(Self::Rfc3339),
                "epoch-milliseconds" => Some(Self::EpochMilliseconds),
                _ => None,
            },
            Some(affixes) => {
                let text = |name: &str| affixes.get(name).and_then(Value::as_str);
                let unit = match text("unit")? {
                    "seconds" => EpochUnit::Seconds,
                    "milliseconds" => EpochUnit::Milliseconds,
                    _ => return None,
                };
                Some(Self::Affixed {
                    prefix: text("prefix")?.to_owned(),
                    suffix: text("suffix")?.to_owned(),
                    unit,
                })
            }
        }
    }

    /// The forms of a contract: those of all its schemas, and RFC 3339, which protocols write where no schema says so.
    pub(crate) fn all(contract: &Contract) -> BTreeSet<Self> {
        let mut forms = BTreeSet::from([Self::Rfc3339]);
        let mut open: Vec<&Value> = contract.models.iter().map(|model| &model.schema).collect();
        for operation in &contract.operations {
            open.extend([&operation.query, &operation.path_parameters]);
        }
        while let Some(schema) = open.pop() {
            forms.extend(schema.get(INSTANT_KEY).and_then(|keyword| Self::of(Some(keyword), None)));
            match schema {
                Value::Object(members) => open.extend(members.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        forms
    }

    /// The instant at the start of a text, if there is one in this form. A mere number is none: it may mean anything.
    pub(crate) fn start<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Rfc3339 => shaped(text, RFC_3339),
            Self::EpochMilliseconds => None,
            // Without anything around it, it is a mere number as well.
            Self::Affixed { prefix, suffix, .. } if prefix.is_empty() || suffix.is_empty() => None,
            Self::Affixed { prefix, suffix, .. } => {
                let number = text.strip_prefix(prefix.as_str())?;
                let digits = number.strip_prefix('-').unwrap_or(number);
                let rest = digits.trim_start_matches(|character: char| character.is_ascii_digit());
                let after = rest.strip_prefix(suffix.as_str()).filter(|_| rest.len() < digits.len())?;
                text.get(..text.len() - after.len())
            }
        }
    }

    /// The second since the start of 1970 that this text means, if it is in this form.
    pub(crate) fn second_of(&self, text: &str) -> Option<i64> {
        match self {
            Self::Rfc3339 => text.parse::<Timestamp>().ok().map(Timestamp::as_second),
            Self::EpochMilliseconds => None,
            Self::Affixed { prefix, suffix, unit } => {
                let number: i64 =
                    text.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?.parse().ok()?;
                Some(match unit {
                    EpochUnit::Seconds => number,
                    EpochUnit::Milliseconds => number.div_euclid(1_000),
                })
            }
        }
    }

    /// An instant in this form.
    pub(crate) fn write(&self, instant: Timestamp) -> Value {
        match self {
            Self::Rfc3339 => json!(format!("{instant:.3}")),
            Self::EpochMilliseconds => json!(instant.as_millisecond()),
            Self::Affixed { prefix, suffix, unit } => {
                let number = match unit {
                    EpochUnit::Seconds => instant.as_second(),
                    EpochUnit::Milliseconds => instant.as_millisecond(),
                };
                json!(format!("{prefix}{number}{suffix}"))
            }
        }
    }
}

/// The start of the text, if it has this shape: `h` is a digit of base 16 in lower case, `d` one of base 10.
pub(crate) fn shaped<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let start = text.get(..shape.len())?;
    let fits = start.bytes().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
        b'h' => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    });
    fits.then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(keyword: &Value) -> Option<InstantForm> {
        InstantForm::of(Some(keyword), None)
    }

    /// Checks what a form writes and that it is known again where it stands in text.
    fn check(form: Option<InstantForm>, expected: &Value) {
        let form = form.unwrap();
        let written = form.write(Timestamp::from_second(1_000_000_000).unwrap());
        assert_eq!(&written, expected);
        if let Some(text) = written.as_str() {
            assert_eq!(form.start(&format!("{text}, and more")), Some(text));
            assert_eq!(form.start(&text[1..]), None);
            assert_eq!(form.start(&text[..text.len() - 1]), None);
        }
    }

    #[test]
    fn instants_are_written_as_the_schema_says_and_known_again() {
        let rfc3339 = json!("2001-09-09T01:46:40.000Z");
        check(form(&json!("rfc3339")), &rfc3339);
        check(InstantForm::of(None, Some("date-time")), &rfc3339);
        check(form(&json!("epoch-milliseconds")), &json!(1_000_000_000_000_i64));
        let affixed = |unit: &str| form(&json!({"prefix": "at(", "suffix": ")", "unit": unit}));
        check(affixed("seconds"), &json!("at(1000000000)"));
        check(affixed("milliseconds"), &json!("at(1000000000000)"));
        let seconds = affixed("seconds").unwrap();
        assert_eq!(seconds.start("at(-1)"), Some("at(-1)"));
        assert_eq!(seconds.start("at()"), None);
        assert_eq!(seconds.start("at(-)"), None);
        assert_eq!(seconds.start("at(1 )"), None);
    }

    #[test]
    fn what_names_no_form_is_none() {
        assert_eq!(InstantForm::of(None, Some("date")), None);
        assert_eq!(InstantForm::of(None, None), None);
        for keyword in
            [json!("date"), json!({"prefix": "a", "suffix": "b"}), json!({"unit": "seconds"}), json!(1)]
        {
            assert_eq!(form(&keyword), None, "{keyword}");
        }
        let bare = form(&json!({"prefix": "", "suffix": "", "unit": "seconds"})).unwrap();
        assert_eq!(bare.start("12"), None);
    }
}
