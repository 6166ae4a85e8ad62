//! `POST /claims/documents/{claimId}`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{StoredDocument, stored_document::DocumentError};
use crate::{
    activities::{ActivityData, DocumentAdded},
    carrier::Carrier,
    claims::ClaimPath,
    errors::{ClaimRefusal, fault},
};

/// Add a document to a claim.
#[derive(Debug)]
pub enum AddDocument {}

impl Endpoint for AddDocument {
    const SPEC: Spec = Spec {
        id: "addDocument",
        method: Method::Post,
        path: "/claims/documents/{claimId}",
        summary: "Add a document to a claim.",
        description: "Takes pdf, jpeg, tiff, gif and png, told by their first bytes (R46). `document-added` appears in the activity feed, and `GET` of `documentUrl` gives the bytes back.",
        group: "Documents",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Add Document to Claim"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = NewDocument;
    type Reply = AddedDocument;
    type Refusal = AddDocumentRefusal;
}

/// A document and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "carrier: Add Document to Claim", "x-basis" = "inferred"),
    example = json!({"document": "JVBERi0xLjQK", "description": "settlement breakdown"}),
)]
pub struct NewDocument {
    /// The file in base64, without a `data:` prefix: pdf, jpeg, tiff, gif or png.
    #[schemars(extend("contentEncoding" = "base64"))]
    pub document: Text,
    /// Its type: one of the standard types or any other text; compared in lower case (R2, R46).
    pub description: Text,
}

/// Where the document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Add Document to Claim", "x-basis" = "example"),
    example = json!({"documentUrl": "https://xapi.lossexpress.com/documents/c30ae9da-9222-4de5-81fe-fe1ac590fa0f"}),
)]
pub struct AddedDocument {
    /// Where the document's bytes are.
    #[schemars(extend("format" = "uri"))]
    pub document_url: Text,
}

refusals! {
    /// Why a document is not added.
    pub enum AddDocumentRefusal: ClaimRefusal | Invalid {}
}

/// Decodes what stands in a member; a fault names the member.
pub(crate) fn decode_document(member: &str, base64: &str) -> Result<StoredDocument, Invalid> {
    StoredDocument::decode(base64).map_err(|error| match error {
        DocumentError::NotBase64 => fault(member, "base64", error.to_string()),
        DocumentError::UnknownFormat => fault(member, "contentMediaType", "a pdf, jpeg, tiff, gif or png"),
    })
}

pub(crate) fn add_document(
    carrier: &mut Carrier,
    call: Call<AddDocument>,
) -> Result<AddedDocument, AddDocumentRefusal> {
    let claim_id = call.path.claim_id;
    carrier.visible_claim(claim_id)?;
    let document = decode_document("document", &call.body.document)?;
    let document_type = Text::from(call.body.description.trim().to_lowercase());
    let document_url = carrier.attach(claim_id, document_type.clone(), document, call.now)?;
    let data = DocumentAdded { r#type: document_type, document_url: document_url.clone() };
    carrier.record(claim_id, call.now, ActivityData::DocumentAdded(Box::new(data)))?;
    Ok(AddedDocument { document_url })
}
