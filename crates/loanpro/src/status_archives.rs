//! How loans stand, day by day.

mod rendered_archive;
mod status_archive;
mod vocabularies;

pub(crate) mod fetch_status_archive;
pub(crate) mod list_loan_status_archive;
pub(crate) mod list_status_archives;

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::odata::{Count, PageQuery};

pub use fetch_status_archive::FetchStatusArchive;
pub use list_loan_status_archive::ListLoanStatusArchive;
pub use list_status_archives::ListStatusArchives;
pub(crate) use list_status_archives::{Days, archive_page};
pub(crate) use rendered_archive::status_archive;
pub use status_archive::{StatusArchive, StatusArchiveData};
pub use vocabularies::{CreditStatus, EcoaCode, Stoplight};

/// Which days of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R80", "x-basis" = "ruled"))]
pub struct ArchiveQuery {
    /// Comparisons of `date` with days and of `loanId` with numbers, joined with `and` (R80).
    #[serde(rename = "$filter", default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub filter: Optional<Text>,
    /// `date`, or `date desc` for the latest day first.
    #[serde(rename = "$orderby", default, skip_serializing_if = "Optional::is_absent")]
    pub order: Optional<Text>,
    /// Rows of the page: 50 unless it is given. A page that would be longer is cut (R95).
    #[serde(rename = "$top", default, skip_serializing_if = "Optional::is_absent")]
    pub top: Optional<Count>,
    /// Rows before the page.
    #[serde(rename = "$skip", default, skip_serializing_if = "Optional::is_absent")]
    pub skip: Optional<Count>,
    /// Without a value: as many rows as a page can hold.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub nopaging: Optional<Text>,
}

impl ArchiveQuery {
    /// Which rows it asks for.
    pub(crate) fn page(&self) -> PageQuery {
        PageQuery { top: self.top, skip: self.skip, nopaging: self.nopaging.clone() }
    }
}
