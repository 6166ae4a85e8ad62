//! What it means that a field must be there, or need not.

use crate::edition::{
    rules::{self, ChangeRule},
    surface::{Need, plain},
};

/// The kind of change from one need to another; none where they say the same.
pub(super) fn changed(old: &Need, new: &Need) -> Option<&'static ChangeRule> {
    use Need::{Conditional, Optional, Required, Unstated};
    Some(match (old, new) {
        (Conditional(old), Conditional(new)) if plain(old) != plain(new) => &rules::CONDITION_CHANGED,
        (Unstated, Unstated)
        | (Optional, Optional)
        | (Required, Required)
        | (Conditional(_), Conditional(_)) => {
            return None;
        }
        (Optional, Required) => &rules::REQUIRED_ADDED,
        (Required, Optional) => &rules::REQUIRED_REMOVED,
        (Optional, Conditional(_)) => &rules::CONDITION_ADDED,
        (Conditional(_), Optional) => &rules::CONDITION_REMOVED,
        (Conditional(_), Required) => &rules::CONDITION_TIGHTENED,
        (Required, Conditional(_)) => &rules::CONDITION_LOOSENED,
        (Unstated, Required | Conditional(_)) => &rules::REQUIRED_STATED,
        (Required | Conditional(_), Unstated) => &rules::REQUIRED_UNSTATED,
        (Unstated, Optional) => &rules::OPTIONAL_STATED,
        (Optional, Unstated) => &rules::OPTIONAL_UNSTATED,
    })
}

/// The kind of change that a new field with this need is.
pub(super) const fn added(need: &Need) -> &'static ChangeRule {
    match need {
        Need::Optional => &rules::FIELD_ADDED,
        Need::Required => &rules::FIELD_ADDED_REQUIRED,
        Need::Unstated | Need::Conditional(_) => &rules::FIELD_ADDED_UNSTATED,
    }
}

/// The kind of change that the loss of a field with this need is.
pub(super) const fn removed(need: &Need) -> &'static ChangeRule {
    match need {
        Need::Optional => &rules::FIELD_REMOVED,
        Need::Required => &rules::FIELD_REMOVED_REQUIRED,
        Need::Unstated | Need::Conditional(_) => &rules::FIELD_REMOVED_UNSTATED,
    }
}

/// The need in a few words.
pub(super) fn told(need: &Need) -> String {
    match need {
        Need::Unstated => "not said to be required or optional".to_owned(),
        Need::Optional => "optional".to_owned(),
        Need::Conditional(condition) => format!("required under a condition ({condition})"),
        Need::Required => "required".to_owned(),
    }
}
