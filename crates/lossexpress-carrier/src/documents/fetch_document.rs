//! `GET /documents/{documentId}`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, File, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{carrier::Carrier, ids::DocumentId};

/// Fetch the bytes of a document.
#[derive(Debug)]
pub enum FetchDocument {}

impl Endpoint for FetchDocument {
    const SPEC: Spec = Spec {
        id: "fetchDocument",
        method: Method::Get,
        path: "/documents/{documentId}",
        summary: "Fetch the bytes of a document.",
        description: "The bytes are those that were sent; nothing is converted (R47).",
        group: "Documents",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Inferred,
        source: Source::ruling("R47"),
    };
    type Path = DocumentPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = File;
    type Refusal = FetchDocumentRefusal;
}

/// Names a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentPath {
    /// The last part of a `documentUrl`.
    pub document_id: DocumentId,
}

refusals! {
    /// Why there is no document.
    pub enum FetchDocumentRefusal {
        /// No document has this id.
        NoSuchDocument = Notice {
            id: "no-such-document",
            status: 404,
            message: "Document not found.",
            when: "No document has this id.",
            basis: Basis::Ruled,
            source: Source::ruling("R47"),
        },
    }
}

pub(crate) fn fetch_document(
    carrier: &mut Carrier,
    call: Call<FetchDocument>,
) -> Result<File, FetchDocumentRefusal> {
    let document = carrier.document(call.path.document_id).ok_or(FetchDocumentRefusal::NoSuchDocument)?;
    Ok(File { content_type: document.content_type, bytes: document.bytes.to_vec() })
}
