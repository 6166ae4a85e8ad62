//! What a published document states, and where it contradicts itself or the contract.
//!
//! Front ends for Markdown, HTML and the flattened text of a page read a document into the same [`Facts`]:
//! operations, tables, examples, lists of words, each with its place. [`check`] asks every one of the [`rules`] and
//! gives [`Finding`]s, one for each cause. Reading never fails; what was read is counted, so that a caller can tell
//! “nothing is wrong” from “nothing was found”.
//!
//! ```
//! use estoppel_docs_check::{Document, check};
//! let page = "# Boats\n\n```json\n{\"name\": \"Argo\",}\n```\n";
//! let report = check(&[Document { name: "boats.md", bytes: page.as_bytes() }], None);
//! let finding = &report.findings[0];
//! assert_eq!((finding.rule, finding.place.line), ("DOC-JSON-INVALID", 4));
//! assert!(!report.read.is_nothing());
//! ```
//!
//! This crate knows no vendor and does no I/O.

mod baseline;
mod block;
mod column;
mod corpus;
mod described;
mod diagnostic;
mod document;
pub mod edition;
mod extract;
mod fact_sheet;
mod facts;
mod finding;
mod findings;
mod flattened;
mod heading;
mod html;
mod identifier;
mod include;
mod include_graph;
mod interner;
mod ledger;
mod lenient_json;
pub mod limits;
mod lists;
mod markdown;
mod name_variants;
mod names;
mod openapi;
mod page;
mod report;
mod rules;
mod schema_view;
mod selection;
mod spot;
mod subjects;
mod suppression;
mod text;
mod watch;
mod word_variants;

pub use baseline::{Baseline, baseline_schema};
pub use diagnostic::{FindingDiagnostic, Sources};
pub use document::{Document, Markup};
pub use extract::{extract, includes, source_text};
pub use fact_sheet::{fact_sheet, fact_sheet_schema};
pub use facts::{
    Announced, Announcement, BaseUrl, Bullets, CodeSample, Credential, CredentialPlace, ErrorCode, Example,
    Facts, Heading, Include, Limit, LimitKind, Link, Member, Mention, Notice, NoticeKind, Operation, Refusal,
    Reply, ReplyBody, Requiredness, Role, Row, Server, Signature, Status, Table, TableKind, TestValue,
    Webhook, Word, WordList,
};
pub use finding::{Finding, Place, Severity};
pub use include::{IncludeRefusal, RefusedInclude, refused_name};
pub use ledger::{Ambiguity, Ledger, LedgerPlace, LedgerReading, LedgerRuling, ledger, ledger_schema};
pub use lenient_json::{Fault, FaultKind};
pub use openapi::openapi;
pub use report::{Read, Report, check, check_with_refused, report_schema};
pub use rules::{Group, Rule, rules};
pub use selection::{Selector, rule, select};
pub use text::Span;
