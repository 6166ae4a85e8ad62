//! What stands beside operations and holds no values: notices, signatures, credentials, test values.

use std::collections::BTreeSet;

use super::{
    answers,
    drafts::{Draft, Drafts},
};
use crate::{
    NoticeKind,
    edition::{
        change::Direction,
        rules::{self, ChangeRule},
        surface::{At, Named, Notice, Signature, plain},
    },
};

/// Compares fences that are never closed.
pub(super) fn fences(drafts: &mut Drafts<'_>) {
    let (old, new) = (&drafts.old.open_fences, &drafts.new.open_fences);
    let file = |fences: &'_ [At]| fences.iter().map(|at| at.file).collect::<Vec<_>>();
    let (before, after) = (file(old), file(new));
    for at in new.iter().filter(|at| !before.contains(&at.file)) {
        let message = "the fence is never closed, and swallows what follows";
        let draft = Draft::new(&rules::FENCE_OPENED, Direction::Sent, "a fence").told(message);
        drafts.add(draft.at(None, Some(at.clone())));
    }
    for at in old.iter().filter(|at| !after.contains(&at.file)) {
        let draft = Draft::new(&rules::FENCE_CLOSED, Direction::Sent, "a fence");
        drafts.add(draft.told("the fence that swallowed what follows is closed").at(Some(at.clone()), None));
    }
}

/// Compares everything that holds no values.
pub(super) fn compare(drafts: &mut Drafts<'_>) {
    let (old, new) = (drafts.old, drafts.new);
    let sides = (old.refusals.as_slice(), new.refusals.as_slice());
    answers::refusals(drafts, sides, (&At::default(), &At::default()), "every operation", None);
    subjects(drafts);
    named(
        drafts,
        (&old.test_values, &new.test_values),
        "test value",
        (&rules::TEST_VALUE_REMOVED, &rules::TEST_VALUE_ADDED),
    );
    credentials(drafts);
    signatures(drafts);
}

/// Notices that stand at no operation, by what they are about.
fn subjects(drafts: &mut Drafts<'_>) {
    let (old, new) = (drafts.old, drafts.new);
    let subjects: BTreeSet<String> =
        old.notices.iter().chain(&new.notices).map(|notice| plain(&notice.subject)).collect();
    for subject in subjects {
        let of = |notices: &[Notice]| -> Vec<Notice> {
            notices.iter().filter(|notice| plain(&notice.subject) == subject).cloned().collect()
        };
        let (before, after) = (of(&old.notices), of(&new.notices));
        let name = after.first().or(before.first()).map_or(String::new(), |notice| notice.subject.clone());
        let name = if name.is_empty() { "the page".to_owned() } else { format!("“{name}”") };
        notices(drafts, (&before, &after), (&At::default(), &At::default()), &name, None);
    }
}

/// Compares notices about one thing.
pub(super) fn notices(
    drafts: &mut Drafts<'_>,
    (old, new): (&[Notice], &[Notice]),
    (old_at, new_at): (&At, &At),
    subject: &str,
    route: Option<&(String, String)>,
) {
    // Whether a call needs credentials is compared with the credentials.
    for kind in [NoticeKind::NotAvailable, NoticeKind::Deprecated, NoticeKind::Restricted] {
        let find = |notices: &[Notice]| notices.iter().find(|notice| notice.kind == kind).cloned();
        let (added, removed, words): (&'static ChangeRule, &'static ChangeRule, &str) = match kind {
            NoticeKind::NotAvailable => {
                (&rules::UNAVAILABLE_ADDED, &rules::UNAVAILABLE_REMOVED, "not available")
            }
            NoticeKind::Deprecated => (&rules::DEPRECATED_ADDED, &rules::DEPRECATED_REMOVED, "deprecated"),
            NoticeKind::Restricted => {
                (&rules::RESTRICTED_ADDED, &rules::RESTRICTED_REMOVED, "only for some callers")
            }
            NoticeKind::Open => continue,
        };
        let draft = match (find(old), find(new)) {
            (None, Some(notice)) => Draft::new(added, Direction::Sent, subject)
                .told(format!("{subject} is now said to be {words}"))
                .at(Some(old_at.clone()), Some(notice.at)),
            (Some(notice), None) => Draft::new(removed, Direction::Sent, subject)
                .told(format!("{subject} is no longer said to be {words}"))
                .at(Some(notice.at), Some(new_at.clone())),
            _ => continue,
        };
        drafts.add(draft.on(route));
    }
}

fn named(
    drafts: &mut Drafts<'_>,
    (old, new): (&[Named], &[Named]),
    what: &str,
    (removed, added): (&'static ChangeRule, &'static ChangeRule),
) {
    let names = |list: &[Named]| list.iter().map(|one| one.name.clone()).collect::<BTreeSet<_>>();
    let (before, after) = (names(old), names(new));
    for one in old.iter().filter(|one| !after.contains(&one.name)) {
        let draft = Draft::new(removed, Direction::Sent, format!("the {what} {}", one.name));
        let draft = draft.told(format!("the {what} {} is gone", one.name)).at(Some(one.at.clone()), None);
        drafts.add(draft.keyed(format!("{what} {}", one.name)));
    }
    for one in new.iter().filter(|one| !before.contains(&one.name)) {
        let draft = Draft::new(added, Direction::Sent, format!("the {what} {}", one.name));
        let draft = draft.told(format!("the {what} {} is new", one.name)).at(None, Some(one.at.clone()));
        drafts.add(draft.keyed(format!("{what} {}", one.name)));
    }
}

/// Headers that calls carry to be let in.
fn credentials(drafts: &mut Drafts<'_>) {
    let (old, new) = (drafts.old, drafts.new);
    let only = |one: &'_ [Named], other: &[Named]| -> Vec<Named> {
        let mut only: Vec<Named> = Vec::new();
        for named in one {
            let known = |list: &[Named]| list.iter().any(|seen| seen.name == named.name);
            if !known(other) && !known(&only) {
                only.push(named.clone());
            }
        }
        only
    };
    let gone = only(&old.credentials, &new.credentials);
    let fresh = only(&new.credentials, &old.credentials);
    if let ([before], [after]) = (gone.as_slice(), fresh.as_slice()) {
        let draft = Draft::new(&rules::SECURITY_CHANGED, Direction::Sent, "the credentials");
        let message = format!("calls carried `{}`, and carry `{}`", before.name, after.name);
        drafts.add(draft.told(message).at(Some(before.at.clone()), Some(after.at.clone())));
        return;
    }
    for one in gone {
        let draft = Draft::new(&rules::SECURITY_REMOVED, Direction::Sent, "the credentials");
        let draft = draft.told(format!("calls no longer carry `{}`", one.name)).at(Some(one.at), None);
        drafts.add(draft.keyed(format!("credential {}", one.name)));
    }
    for one in fresh {
        let draft = Draft::new(&rules::SECURITY_ADDED, Direction::Sent, "the credentials");
        let draft = draft.told(format!("calls carry `{}` now", one.name)).at(None, Some(one.at));
        drafts.add(draft.keyed(format!("credential {}", one.name)));
    }
}

/// The name of a hash or an encoding, however it is spelled: `HMAC-SHA-256` and `SHA256` are one.
fn method(told: &str) -> String {
    let letters: String = told.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let letters = letters.strip_prefix("hmac").unwrap_or(&letters);
    if letters.starts_with("hex") { "hex".to_owned() } else { letters.to_owned() }
}

fn signatures(drafts: &mut Drafts<'_>) {
    let (old, new) = (drafts.old, drafts.new);
    let told = |signature: &Signature| {
        let parts = signature.parts.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        if parts.is_empty() { signature.header.clone() } else { format!("{} ({parts})", signature.header) }
    };
    if let ([before], [after]) = (old.signatures.as_slice(), new.signatures.as_slice()) {
        let parts = before.parts.iter().zip(&after.parts);
        // What one edition does not tell is not known to differ.
        let other = |(one, other): (&Option<String>, &Option<String>)| match (one, other) {
            (Some(one), Some(other)) => method(one) != method(other),
            _ => false,
        };
        if before.header != after.header || parts.into_iter().any(other) {
            let draft = Draft::new(&rules::SIGNATURE_CHANGED, Direction::Called, "the signature");
            let message = format!("the signature was {}, and is {}", told(before), told(after));
            drafts.add(draft.told(message).at(Some(before.at.clone()), Some(after.at.clone())));
        }
        return;
    }
    for one in
        old.signatures.iter().filter(|one| !new.signatures.iter().any(|other| other.header == one.header))
    {
        let draft = Draft::new(&rules::SIGNATURE_REMOVED, Direction::Called, "the signature");
        let draft = draft.told(format!("the signature {} is gone", told(one))).at(Some(one.at.clone()), None);
        drafts.add(draft.keyed(format!("signature {}", one.header)));
    }
    for one in
        new.signatures.iter().filter(|one| !old.signatures.iter().any(|other| other.header == one.header))
    {
        let draft = Draft::new(&rules::SIGNATURE_ADDED, Direction::Called, "the signature");
        let draft = draft.told(format!("the signature {} is new", told(one))).at(None, Some(one.at.clone()));
        drafts.add(draft.keyed(format!("signature {}", one.header)));
    }
}
