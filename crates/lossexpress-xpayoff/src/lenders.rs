//! Lenders: the search that finds their identifiers.

pub(crate) mod search_lenders;

use estoppel_generate::{LENDERS, lender_bits};
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use search_lenders::{FoundLenders, LenderSearchName, SearchLenders, SearchLendersQuery};

use crate::ids::LenderId;

/// A lender of the lender database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "xpayoff: Lenders", "x-basis" = "documented"),
    example = crate::examples::lender(),
)]
pub struct Lender {
    /// The UUID that LossExpress gives it.
    pub lender_id: LenderId,
    /// Its name in the lender database.
    pub lender_name: Text,
    /// Other names of this lender that the search knows.
    pub aliases: Vec<Text>,
    /// Whether the lender can quote payoffs by itself, without a call.
    pub integrated: bool,
}

impl Lender {
    /// The lender at this place of the database.
    pub(crate) fn at(place: usize) -> Option<Self> {
        let lender = LENDERS.get(place)?;
        Some(Self {
            lender_id: LenderId::from_bits(lender_bits(place)),
            lender_name: Text::from_static(lender.name),
            aliases: lender.aliases.iter().copied().map(Text::from_static).collect(),
            integrated: lender.integrated,
        })
    }

    /// The lender of the database with this identifier.
    pub(crate) fn with_id(id: LenderId) -> Option<Self> {
        let place = (0..LENDERS.len()).find(|place| LenderId::from_bits(lender_bits(*place)) == id)?;
        Self::at(place)
    }

    /// Every lender of the database, in its order.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..LENDERS.len()).filter_map(Self::at)
    }
}
