//! Whether personal data is shown.

use crate::{PERSONAL_KEY, SENSITIVE_KEY};

/// Whether personal data is shown: what the contract marks with [`PERSONAL_KEY`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersonalData {
    /// It is masked.
    #[default]
    Masked,
    /// It is shown, as one needs it to debug.
    Shown,
}

impl PersonalData {
    /// The schema keywords of what is hidden. What is sensitive always is.
    pub(crate) const fn hidden_keys(self) -> &'static [&'static str] {
        match self {
            Self::Masked => &[SENSITIVE_KEY, PERSONAL_KEY],
            Self::Shown => &[SENSITIVE_KEY],
        }
    }
}
