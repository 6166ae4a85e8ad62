//! `GET /lenders`

use std::{borrow::Cow, str::FromStr};

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use thiserror::Error;

use super::Lender;
use crate::XPayoff;

/// Search lenders.
#[derive(Debug)]
pub enum SearchLenders {}

impl Endpoint for SearchLenders {
    const SPEC: Spec = Spec {
        id: "searchLenders",
        method: Method::Get,
        path: "/lenders",
        summary: "Search the lender database by name.",
        description: "A lender is found where its name or one of its aliases contains the text, whatever the case \
            (R103). There is no list of all lenders. A lender that is not found can still be named by `lenderName` \
            when a payoff is asked for.",
        group: "Lenders",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("xpayoff", "Search Lenders"),
    };
    type Path = Nothing;
    type Query = SearchLendersQuery;
    type Body = Nothing;
    type Reply = FoundLenders;
    type Refusal = SearchLendersRefusal;
}

/// What to search by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchLendersQuery {
    /// Part of a name or alias, at least three characters long.
    pub name: LenderSearchName,
}

refusals! {
    /// Why nothing is searched.
    pub enum SearchLendersRefusal: Invalid {}
}

/// The lenders that match, in the order of the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "xpayoff: Search Lenders", "x-basis" = "example"),
    example = json!({"lenders": [crate::examples::lender()]}),
)]
pub struct FoundLenders {
    /// The lenders; empty where none matches.
    pub lenders: Vec<Lender>,
}

/// Text of at least three characters to search lenders by.
///
/// Source: xpayoff, Search Lenders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LenderSearchName(Text);

/// The text is too short to search by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected at least {LENGTH_MIN} characters")]
pub struct LenderSearchNameError;

/// The shortest text that is searched for, in characters.
const LENGTH_MIN: usize = 3;

impl FromStr for LenderSearchName {
    type Err = LenderSearchNameError;

    fn from_str(text: &str) -> Result<Self, LenderSearchNameError> {
        if text.chars().count() < LENGTH_MIN {
            return Err(LenderSearchNameError);
        }
        Ok(Self(Text::from(text)))
    }
}

impl<'de> Deserialize<'de> for LenderSearchName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        estoppel_contract::deserialize_text(deserializer, "at least three characters", str::parse)
    }
}

impl JsonSchema for LenderSearchName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "LenderSearchName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": LENGTH_MIN})
    }
}

impl LenderSearchName {
    /// Whether the text is part of the lender's name or of one of its aliases, in any case (R103).
    fn finds(&self, lender: &Lender) -> bool {
        let searched = self.0.to_lowercase();
        let mut names = std::iter::once(&lender.lender_name).chain(&lender.aliases);
        names.any(|name| name.to_lowercase().contains(&searched))
    }
}

pub(crate) fn search_lenders(
    _xpayoff: &mut XPayoff,
    call: Call<SearchLenders>,
) -> Result<FoundLenders, SearchLendersRefusal> {
    let lenders = Lender::all().filter(|lender| call.query.name.finds(lender)).collect();
    Ok(FoundLenders { lenders })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&[&str]>) {
        let name = name.parse::<LenderSearchName>().ok();
        let found = name.map(|name| {
            let found = Lender::all().filter(|lender| name.finds(lender));
            found.map(|lender| lender.lender_name.to_string()).collect::<Vec<_>>()
        });
        assert_eq!(found, expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect()));
    }

    #[test]
    fn names_and_aliases_are_searched_in_any_case() {
        check("test lend", Some(&["Test Lender"]));
        check("CHCU", Some(&["Cedar Hollow Credit Union"]));
        check("lake shore", Some(&["Lakeshore Federal Credit Union"]));
        check("redit uni", Some(&["Cedar Hollow Credit Union", "Lakeshore Federal Credit Union"]));
        check("zzz", Some(&[]));
        check("TE", None);
        check("éé", None);
        check("ééé", Some(&[]));
    }
}
