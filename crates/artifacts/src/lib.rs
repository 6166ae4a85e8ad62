//! JSON Schemas, OpenAPI documents and reference pages from a contract.
