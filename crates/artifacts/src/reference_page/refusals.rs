//! What the API says no with.

use estoppel_contract::{Contract, Notice, Operation, Protocol};

use super::Markdown;
use crate::{
    ArtifactError,
    examples::{self, Examples},
};

/// A refusal of more operations than this is shown with those of the protocol.
const OWN_MAX: usize = 2;

/// The refusals of one operation, with an example of those that few others have.
pub(super) fn describe_own(page: &mut Markdown, contract: &Contract, operation: &Operation) {
    let notices: Vec<Notice> = operation.refusals.iter().map(|notice| **notice).collect();
    table(page, &notices);
    for notice in notices.iter().filter(|notice| is_own(contract, notice)) {
        page.example(&caption(notice), &(contract.service.error)(notice, &[]).body);
    }
}

/// Every refusal, with an example of those that no operation shows.
pub(super) fn describe(
    page: &mut Markdown,
    contract: &Contract,
    examples: &Examples,
) -> Result<(), ArtifactError> {
    page.heading(1, "Refusals");
    page.paragraph(
        "Besides the refusals in its own table, an operation can answer with any of these that fits the call.",
    );
    let mut notices: Vec<Notice> =
        contract.notices().into_iter().filter(|notice| !is_own(contract, notice)).collect();
    notices.sort_by_key(|notice| (notice.status, notice.id));
    table(page, &notices);
    let invalid = (contract.service.protocol)(&Protocol::Invalid(Vec::new()));
    // A member that a body lacks shows most of a refusal.
    let with_body = contract.operations.iter().find(|operation| operation.body.is_some());
    for notice in &notices {
        let violations = match with_body.or_else(|| contract.operations.first()) {
            Some(operation) if notice.id == invalid.id => {
                examples::violations(contract, operation, examples)?
            }
            _ => Vec::new(),
        };
        page.example(&caption(notice), &(contract.service.error)(notice, &violations).body);
    }
    Ok(())
}

fn caption(notice: &Notice) -> String {
    format!("Example refusal {}, status {}", notice.id, notice.status)
}

fn is_own(contract: &Contract, notice: &Notice) -> bool {
    let refused = contract.operations.iter().filter(|operation| operation.refusals.contains(&notice)).count();
    (1..=OWN_MAX).contains(&refused)
}

fn table(page: &mut Markdown, notices: &[Notice]) {
    let rows = notices.iter().map(|notice| {
        [
            format!("`{}`", notice.id),
            notice.status.to_string(),
            notice.message.to_owned(),
            notice.when.to_owned(),
            format!("{} ({})", notice.source, notice.basis),
        ]
    });
    page.table(["Id", "Status", "Message", "When", "Source"], rows);
}
