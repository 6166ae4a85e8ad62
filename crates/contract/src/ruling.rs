//! What we decided where the documents are silent or disagree.

use serde::Serialize;

/// A decision of ours where the documents are silent or disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ruling {
    /// Its id, such as `R39`; ids are never used twice.
    pub id: &'static str,
    /// Which question it answers.
    pub question: Question,
    /// The things of which the question is asked; none where it is asked of the API as a whole.
    pub about: &'static [Topic],
    /// What is unclear.
    pub gap: &'static str,
    /// What we decided.
    pub ruling: &'static str,
    /// Why.
    pub reason: &'static str,
}

impl Ruling {
    /// The decision with this id: the question that it answers and of what, what is unclear, what we decided, and why.
    pub const fn new(
        id: &'static str,
        question: Question,
        about: &'static [Topic],
        gap: &'static str,
        ruling: &'static str,
        reason: &'static str,
    ) -> Self {
        Self { id, question, about, gap, ruling, reason }
    }
}

/// What documents can leave open, so that a ruling answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Question {
    /// How something is written: which of several names, which order of words, capitals or not.
    Spelling,
    /// Which members an object has.
    Members,
    /// Which words a value can be.
    Words,
    /// What must be sent.
    Required,
    /// Type, unit and form of a value.
    Form,
    /// Status and body of a success.
    Success,
    /// When a refusal is given, and its status and body.
    Refusal,
    /// Which host answers.
    Host,
    /// Which paths there are.
    Path,
    /// How a caller proves who it is.
    Authentication,
    /// How webhooks are signed.
    Signature,
    /// Whether an operation is served at all.
    Availability,
    /// What happens over time or between calls, which no single statement of a document can contradict.
    Behaviour,
}

/// Something that a question is asked of, by the name that the contract or the documents have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// A member or parameter of the contract.
    Field(&'static str),
    /// An operation or webhook of the contract, by its id.
    Operation(&'static str),
    /// A word that a value of the contract can be.
    Word(&'static str),
    /// A text that the documents have and the contract has not: a host, a path, a member that is never sent.
    Documented(&'static str),
}

impl Topic {
    /// The name, id or text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field(name) | Self::Operation(name) | Self::Word(name) | Self::Documented(name) => name,
        }
    }
}
