//! What a receiver is held to, and where it is not.

use estoppel_contract::{Contract, WebhookDeclaration};

use crate::{ReceiverError, Rule};

/// Rules that a receiver can only be held to once it accepts something.
pub(super) const FOR_ACCEPTING_RECEIVERS: [Rule; 24] = [
    Rule::DeliveryEarly,
    Rule::DeliveryDuplicate,
    Rule::DeliveryOrder,
    Rule::DeliveryConcurrent,
    Rule::DeliveryAfterRefusal,
    Rule::DeliveryConnection,
    Rule::DeliveryMethod,
    Rule::DeliveryMalformed,
    Rule::PayloadExample,
    Rule::PayloadComplete,
    Rule::PayloadMinimal,
    Rule::PayloadMemberAbsent,
    Rule::PayloadMemberUnknown,
    Rule::PayloadText,
    Rule::PayloadWholeNumber,
    Rule::PayloadFailure,
    Rule::PayloadWord,
    Rule::PayloadDelayed,
    Rule::SignatureMissing,
    Rule::SignatureWrong,
    Rule::SignatureTruncated,
    Rule::SignatureOtherBody,
    Rule::SignatureTampered,
    Rule::SignatureOtherKey,
];

/// Rules that only hold for deliveries that are signed.
pub(super) const FOR_SIGNED_DELIVERIES: [Rule; 12] = [
    Rule::SignatureMissing,
    Rule::SignatureWrong,
    Rule::SignatureTruncated,
    Rule::SignatureOtherBody,
    Rule::SignatureTampered,
    Rule::SignatureOtherKey,
    Rule::SignatureBytes,
    Rule::SignatureSuffix,
    Rule::SignatureCase,
    Rule::SignatureEncoding,
    Rule::SignatureKey,
    Rule::SignatureConstruction,
];

/// The webhooks to examine: the one with this id, or all of them.
pub(super) fn selected<'c>(
    contract: &'c Contract,
    id: Option<&str>,
) -> Result<Vec<&'c WebhookDeclaration>, ReceiverError> {
    let Some(id) = id else { return Ok(contract.webhooks.iter().collect()) };
    contract.webhook(id).map(|webhook| vec![webhook]).ok_or_else(|| {
        let known: Vec<&str> = contract.webhooks.iter().map(|webhook| webhook.spec.id).collect();
        ReceiverError::UnknownWebhook { id: id.to_owned(), known: known.join(", ") }
    })
}
