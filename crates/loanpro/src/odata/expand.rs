//! `$expand`: which entities and lists come along.

use std::borrow::Cow;

use estoppel_contract::{Invalid, JsonPointer, Segment, Violation, Words};
use estoppel_values::{Text, deserialize_text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{customers::CustomerNavigation, loans::LoanNavigation};

/// The value of `$expand`: names of navigation properties, with commas between them and `/` for those of what they
/// lead to, such as `PrimaryAddress,Loans/LoanSetup` (customer-website: Customer Info).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Expand(Text);

impl Expand {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Longest `$expand`, in bytes (R94).
const LENGTH_MAX: usize = 2_000;

impl<'de> Deserialize<'de> for Expand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "names of navigation properties", |text| {
            Ok::<_, std::convert::Infallible>(Self(text.into()))
        })
    }
}

impl JsonSchema for Expand {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Expand".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

/// What a navigation property leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Customer,
    Loan,
    /// An entity without navigation properties.
    Leaf,
}

/// The properties that are expanded, and those of what they lead to. All of them exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paths(Vec<(&'static str, Self)>);

impl Paths {
    /// Those of a customer.
    pub(crate) fn of_customer(expand: &Expand) -> Result<Self, Invalid> {
        Self::parse(&expand.0, Target::Customer)
    }

    /// Those of a loan.
    pub(crate) fn of_loan(expand: &Expand) -> Result<Self, Invalid> {
        Self::parse(&expand.0, Target::Loan)
    }

    /// Those of an entity without navigation properties: there are none.
    pub(crate) fn of_leaf(expand: &Expand) -> Result<Self, Invalid> {
        Self::parse(&expand.0, Target::Leaf)
    }

    /// What is expanded of the property with this name, if it is expanded itself.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, below)| below)
    }

    fn parse(text: &str, root: Target) -> Result<Self, Invalid> {
        if text.len() > LENGTH_MAX {
            return Err(fault(format!("at most {LENGTH_MAX} characters"), text));
        }
        let mut paths = Self::default();
        for path in text.split(',').map(str::trim).filter(|path| !path.is_empty()) {
            paths.insert(path, root, &[root]).map_err(|expected| fault(expected, path))?;
        }
        Ok(paths)
    }

    /// Adds a path below a property whose way to it leads over these.
    fn insert(&mut self, path: &str, from: Target, seen: &[Target]) -> Result<(), String> {
        let (name, rest) = path.split_once('/').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let (name, to) = step(from, name.trim())?;
        if to != Target::Leaf && seen.contains(&to) {
            return Err(format!("no way back over `{name}` to what the path has been at"));
        }
        let known = self.0.iter().position(|(known, _)| *known == name);
        let mut below = known.map(|place| self.0.swap_remove(place).1).unwrap_or_default();
        if let Some(rest) = rest {
            below.insert(rest, to, &[seen, &[to]].concat())?;
        }
        self.0.push((name, below));
        Ok(())
    }
}

fn fault(expected: String, given: &str) -> Invalid {
    let pointer: JsonPointer = std::iter::once(Segment::Key("$expand".to_owned())).collect();
    Invalid(vec![Violation::new(pointer, "enum", expected, &Value::from(given))])
}

/// Where this property leads, or which names there are.
fn step(from: Target, name: &str) -> Result<(&'static str, Target), String> {
    let customer = |property: CustomerNavigation| match property {
        CustomerNavigation::Loans => Target::Loan,
        _ => Target::Leaf,
    };
    let loan = |property: LoanNavigation| match property {
        LoanNavigation::Customers => Target::Customer,
        _ => Target::Leaf,
    };
    let found = match from {
        Target::Customer => {
            CustomerNavigation::from_word(name).map(|found| (found.as_str(), customer(found)))
        }
        Target::Loan => LoanNavigation::from_word(name).map(|found| (found.as_str(), loan(found))),
        Target::Leaf => None,
    };
    found.ok_or_else(|| match from {
        Target::Customer => format!("one of {} instead of `{name}`", words::<CustomerNavigation>()),
        Target::Loan => format!("one of {} instead of `{name}`", words::<LoanNavigation>()),
        Target::Leaf => format!("nothing to expand where `{name}` stands"),
    })
}

fn words<W: Words>() -> String {
    W::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[&str]>) {
        let paths = Paths::of_customer(&Expand(text.into()));
        assert_eq!(paths.is_ok(), expected.is_some(), "{text}");
        for path in expected.into_iter().flatten() {
            let mut place = paths.as_ref().ok();
            for name in path.split('/') {
                place = place.and_then(|paths| paths.get(name));
            }
            assert!(place.is_some(), "{text}: {path}");
        }
    }

    #[test]
    fn a_refusal_names_the_segment() {
        let check = |text: &str, expected: &str| {
            let Invalid(violations) = Paths::of_customer(&Expand(text.into())).unwrap_err();
            let told = violations.first().map(|violation| violation.expected.clone());
            assert!(told.as_ref().is_some_and(|told| told.contains(expected)), "{text}: {told:?}");
        };
        check("Phones/Pets", "nothing to expand where `Pets` stands");
        check("Loans/Customers", "no way back over `Customers`");
        check("phones", "Notes instead of `phones`");
        check("Loans/Pets", "Payments instead of `Pets`");
    }

    #[test]
    fn paths_exist_or_are_refused() {
        check("", Some(&[]));
        check("Phones", Some(&["Phones"]));
        check("PrimaryAddress, Phones ,Loans", Some(&["PrimaryAddress", "Phones", "Loans"]));
        check("Loans/LoanSetup,Loans,Loans/Payments", Some(&["Loans/LoanSetup", "Loans/Payments"]));
        check("phones", None);
        check("LoanSetup", None);
        check("Phones/Phones", None);
        check("Loans/Customers", None);
        check("Loans/", None);
        check(&["Loans"; 1000].join("/"), None);
        check(&"Phones,".repeat(1000), None);
    }
}
