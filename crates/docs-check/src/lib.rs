//! What a published document states, and where it contradicts itself or the contract.

mod block;
mod column;
mod corpus;
mod described;
mod diagnostic;
mod document;
mod extract;
mod facts;
mod finding;
mod flattened;
mod heading;
mod identifier;
mod lenient_json;
mod markdown;
mod name_variants;
mod report;
mod rules;
mod schema_view;
mod text;
mod word_variants;

use corpus::Page;

pub use diagnostic::FindingDiagnostic;
pub use document::{Document, Markup};
pub use extract::extract;
pub use facts::{
    Announcement, ErrorCode, Example, Facts, Heading, Member, Notice, NoticeKind, Operation, Requiredness,
    Role, Row, Server, Status, Table, TableKind, TestValue, Word, WordList,
};
pub use finding::{Finding, Place, Severity};
pub use lenient_json::{Fault, FaultKind};
pub use report::{Read, Report, check};
pub use rules::{Group, Rule, rules};
pub use text::Span;
