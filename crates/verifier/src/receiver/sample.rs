//! Bodies to try a receiver with.

use estoppel_contract::Contract;

use super::{
    ReceiverError,
    payload::{Payloads, invented_request, written},
};

/// Which request a sample is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleRequest<'r> {
    /// The one that the contract shows.
    AsShown,
    /// The one with this identifier.
    Named(&'r str),
    /// An invented one: another for each number.
    Numbered(u64),
}

/// A body of a webhook: the first example of the contract, or one made from its schema, as the API writes it.
///
/// Fails where there is no such webhook, or its schema describes no object.
pub fn sample_body(
    contract: &Contract,
    webhook: &str,
    request: SampleRequest<'_>,
) -> Result<Vec<u8>, ReceiverError> {
    let declaration = contract.webhook(webhook).ok_or_else(|| ReceiverError::UnknownWebhook {
        id: webhook.to_owned(),
        known: contract.webhooks.iter().map(|known| known.spec.id).collect::<Vec<_>>().join(", "),
    })?;
    let no_body = |reason| ReceiverError::NoBody { webhook: webhook.to_owned(), reason };
    let payloads = Payloads::of(contract, declaration).map_err(no_body)?;
    let name = match request {
        SampleRequest::AsShown => return Ok(written(&payloads.base)),
        SampleRequest::Named(name) => name.to_owned(),
        SampleRequest::Numbered(number) => invented_request(payloads.request(&payloads.base), 0, number),
    };
    Ok(written(&payloads.for_request(&payloads.base, &name)))
}
