//! What a user may choose instead of what we decided.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A ruling that a user may decide otherwise, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Its name in `estoppel.toml`, flags and session requests, in kebab case.
    pub name: &'static str,
    /// The ruling that it varies.
    pub ruling: &'static str,
    /// What the choice decides.
    pub summary: &'static str,
    /// What may be chosen.
    pub setting: Setting,
}

/// What may be chosen for a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Setting {
    /// One of these words; the first is the default.
    Choice(&'static [(&'static str, &'static str)]),
    /// A span of time, in milliseconds.
    Milliseconds {
        /// Unless it is chosen.
        default: u64,
        /// The shortest.
        min: u64,
        /// The longest.
        max: u64,
    },
    /// A size, in bytes.
    Bytes {
        /// Unless it is chosen.
        default: u64,
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
}

impl Setting {
    /// What holds unless a user chooses.
    pub fn default_value(&self) -> ReadingValue {
        match self {
            Self::Choice(choices) => {
                ReadingValue::Word(choices.first().map_or("", |(word, _)| *word).to_owned())
            }
            Self::Milliseconds { default, .. } | Self::Bytes { default, .. } => {
                ReadingValue::Number(*default)
            }
        }
    }
}

/// A chosen value: a word, or a number of milliseconds or bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a word or a number of milliseconds or bytes")]
pub enum ReadingValue {
    /// Milliseconds or bytes.
    Number(u64),
    /// One of the words of a choice.
    Word(String),
}

impl fmt::Display for ReadingValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Word(word) => formatter.write_str(word),
        }
    }
}

/// Why a choice of readings cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadingError {
    /// No API has a reading of this name.
    #[error("unknown reading `{name}`: expected one of {known}")]
    Unknown {
        /// The name given.
        name: String,
        /// The names that exist.
        known: String,
    },
    /// The value is not one that the reading takes.
    #[error("reading `{name}` does not take `{value}`: expected {expected}")]
    Value {
        /// The reading.
        name: String,
        /// The value given.
        value: String,
        /// What it takes.
        expected: String,
    },
}

/// The readings of a session: what was chosen, and the default of everything else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    chosen: BTreeMap<&'static str, ReadingValue>,
}

impl Readings {
    /// Checks `choices` against the readings that exist.
    pub fn choose(
        known: &[&'static Reading],
        choices: &BTreeMap<String, ReadingValue>,
    ) -> Result<Self, ReadingError> {
        let mut chosen = BTreeMap::new();
        for (name, value) in choices {
            let Some(reading) = known.iter().find(|reading| reading.name == name) else {
                let known: Vec<_> = known.iter().map(|reading| format!("`{}`", reading.name)).collect();
                return Err(ReadingError::Unknown { name: name.clone(), known: known.join(", ") });
            };
            chosen.insert(reading.name, reading.accept(value)?);
        }
        Ok(Self { chosen })
    }

    /// The word in force for a choice.
    pub fn word(&self, reading: &'static Reading) -> String {
        self.value(reading).to_string()
    }

    /// The number in force for a span of time or a size.
    pub fn number(&self, reading: &'static Reading) -> u64 {
        match self.value(reading) {
            ReadingValue::Number(number) => number,
            ReadingValue::Word(_) => 0,
        }
    }

    /// Whether `word` is in force for a choice.
    pub fn is(&self, reading: &'static Reading, word: &str) -> bool {
        matches!(self.value(reading), ReadingValue::Word(value) if value == word)
    }

    /// Whatever is in force.
    pub fn value(&self, reading: &'static Reading) -> ReadingValue {
        self.chosen.get(reading.name).cloned().unwrap_or_else(|| reading.setting.default_value())
    }

    /// What was chosen, without the defaults.
    pub fn chosen(&self) -> &BTreeMap<&'static str, ReadingValue> {
        &self.chosen
    }
}

impl Reading {
    /// Takes a value, given as it is or as text.
    fn accept(&self, value: &ReadingValue) -> Result<ReadingValue, ReadingError> {
        let refuse = |expected: String| ReadingError::Value {
            name: self.name.to_owned(),
            value: value.to_string(),
            expected,
        };
        match self.setting {
            Setting::Choice(choices) => {
                let word = value.to_string();
                if choices.iter().any(|(choice, _)| *choice == word) {
                    return Ok(ReadingValue::Word(word));
                }
                let words: Vec<_> = choices.iter().map(|(choice, _)| format!("`{choice}`")).collect();
                Err(refuse(format!("one of {}", words.join(", "))))
            }
            Setting::Milliseconds { min, max, .. } => {
                within(value, min, max).ok_or_else(|| refuse(format!("milliseconds between {min} and {max}")))
            }
            Setting::Bytes { min, max, .. } => {
                within(value, min, max).ok_or_else(|| refuse(format!("bytes between {min} and {max}")))
            }
        }
    }
}

fn within(value: &ReadingValue, min: u64, max: u64) -> Option<ReadingValue> {
    let number = match value {
        ReadingValue::Number(number) => *number,
        ReadingValue::Word(word) => word.parse().ok()?,
    };
    (min..=max).contains(&number).then_some(ReadingValue::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Reading = Reading {
        name: "page-size",
        ruling: "R31",
        summary: "",
        setting: Setting::Choice(&[("refuse", ""), ("clamp", "")]),
    };
    const LIMIT: Reading = Reading {
        name: "body-limit",
        ruling: "R20",
        summary: "",
        setting: Setting::Bytes { default: 10, min: 1, max: 20 },
    };

    fn check(choices: &[(&str, &str)], expected: Result<(&str, u64), &str>) {
        let choices =
            choices.iter().map(|(name, word)| ((*name).to_owned(), ReadingValue::Word((*word).to_owned())));
        let actual = Readings::choose(&[&PAGE, &LIMIT], &choices.collect());
        match (actual, expected) {
            (Ok(readings), Ok((word, number))) => {
                assert_eq!((readings.word(&PAGE).as_str(), readings.number(&LIMIT)), (word, number));
            }
            (Err(error), Err(text)) => assert!(error.to_string().contains(text), "{error}"),
            (actual, expected) => panic!("{actual:?} is not {expected:?}"),
        }
    }

    #[test]
    fn choices_are_checked_and_defaults_hold() {
        check(&[], Ok(("refuse", 10)));
        check(&[("page-size", "clamp"), ("body-limit", "20")], Ok(("clamp", 20)));
        check(&[("page-size", "maybe")], Err("expected one of `refuse`, `clamp`"));
        check(&[("body-limit", "21")], Err("bytes between 1 and 20"));
        check(&[("body", "21")], Err("unknown reading `body`"));
    }
}
