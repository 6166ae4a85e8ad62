//! Which question a finding leaves open, and which ruling of the contract answers it.
//!
//! A ruling answers a finding if both are about the same question, and the finding names a topic of the ruling; a
//! ruling without topics answers the question for the API as a whole. The one that shares most wins, and where two
//! are as near as each other, none is told: a wrong answer is worse than none.

use std::cmp::Reverse;

use estoppel_contract::{Contract, Question, Ruling, Topic};

use crate::{Announced, Finding, Group, Report, described, rule};

/// What a finding opens for readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// Nothing: it is a slip that no reader takes in two ways.
    Nothing,
    /// A question, where it is one that rulings answer.
    Question(Option<Question>),
}

/// What a finding opens.
pub(super) fn opened(finding: &Finding, report: &Report) -> Opened {
    let Some(rule) = rule(finding.rule) else { return Opened::Nothing };
    if matches!(rule.group, Group::Form | Group::Examples | Group::Documents) {
        return Opened::Nothing;
    }
    Opened::Question(match finding.rule {
        "DOC-TYPO"
        | "DOC-COLUMN"
        | "DOC-LINK"
        | "DOC-BASE-URL"
        | "DOC-PROPER-NAME"
        | "DOC-VIN-CHECK-DIGIT"
        | "DOC-REQUEST-UNSHOWN" => return Opened::Nothing,
        "DOC-NAME-VARIANT" | "DOC-NAME-SHORTENED" | "DOC-TEMPLATE-NAME" | "DOC-WORD-SPELLING"
        | "DOC-WORD-CASE" => Some(Question::Spelling),
        "DOC-TABLE-EXAMPLE" | "DOC-FIELDS" | "DOC-CREATE-UPDATE" | "DOC-OBJECT-UNDESCRIBED" => {
            Some(Question::Members)
        }
        "DOC-WORD-OUTSIDE" | "DOC-WORDS" | "DOC-ITEM-TWICE" | "DOC-LIST-DIFFERS" => Some(Question::Words),
        "DOC-REQUIREDNESS" | "DOC-REQUIREDNESS-UNSTATED" | "DOC-REQUIRED-IF" | "DOC-BODY-METHOD" => {
            Some(Question::Required)
        }
        "DOC-TYPE" | "DOC-AMOUNT" | "DOC-DATE-FORMAT" | "DOC-KEY-TYPE" | "DOC-TIMESTAMP-UNIT"
        | "DOC-FLAG" | "DOC-CELL-MISSING" | "DOC-EXAMPLE-CELL" => Some(Question::Form),
        "DOC-REPLY-MISSING" | "DOC-STATUS-UNSTATED" | "DOC-STATUS" => Some(Question::Success),
        "DOC-ERROR-MISSING" | "DOC-ERROR-CODES" | "DOC-REFUSAL" | "DOC-AUTH-WORDS" => Some(Question::Refusal),
        "DOC-HOST" | "DOC-HOST-MISSING" => Some(Question::Host),
        "DOC-OPERATION-UNKNOWN" | "DOC-OPERATION-UNDOCUMENTED" | "DOC-PATH-OVERLAP" | "DOC-PATH-ORDER" => {
            Some(Question::Path)
        }
        "DOC-AUTH-MISSING" => Some(Question::Authentication),
        "DOC-SIGNATURE" => Some(Question::Signature),
        "DOC-AVAILABILITY" => Some(Question::Availability),
        "DOC-LIST-MISSING" => announced(finding, report),
        _ => None,
    })
}

/// What a list would have told that does not follow its announcement.
fn announced(finding: &Finding, report: &Report) -> Option<Question> {
    match report.subjects.announced_at(&finding.place)? {
        Announced::Address => Some(Question::Path),
        Announced::Conditions => Some(Question::Required),
        Announced::Other => None,
    }
}

/// The ruling that is about what a finding is about.
pub(super) fn answer<'c>(
    contract: &'c Contract,
    question: Question,
    finding: &Finding,
    report: &Report,
) -> Option<&'c Ruling> {
    let named = Named::of(finding, report, contract);
    let rulings = contract.service.rulings.iter().filter(|ruling| ruling.question == question);
    let near = rulings.filter_map(|ruling| Some((named.shared_with(ruling)?, ruling)));
    let mut best: Option<(Nearness, &Ruling)> = None;
    let mut tie = false;
    for (nearness, ruling) in near {
        let order = best.map(|(known, _)| nearness.cmp(&known));
        tie = order == Some(std::cmp::Ordering::Equal) || (tie && order == Some(std::cmp::Ordering::Less));
        if order.is_none_or(std::cmp::Ordering::is_gt) {
            best = Some((nearness, ruling));
        }
    }
    best.filter(|_| !tie).map(|(_, ruling)| ruling)
}

/// How near a ruling is to a finding: topics that the finding names, topics that its places belong to, and topics
/// that it does not share.
type Nearness = (usize, usize, Reverse<usize>);

/// What a finding names.
struct Named<'f> {
    /// Its message and what it is about.
    texts: [&'f str; 2],
    /// Operations that its message names.
    operations: Vec<&'static str>,
    /// The operation that all its places belong to.
    around: Option<&'static str>,
}

impl<'f> Named<'f> {
    fn of(finding: &'f Finding, report: &Report, contract: &Contract) -> Self {
        let texts = [finding.message.as_str(), finding.cause.as_str()];
        let spoken = |operation: &&estoppel_contract::Operation| {
            let shape = described::shape(operation.path.as_str());
            texts.iter().any(|text| {
                let words: Vec<&str> = text.split_whitespace().collect();
                words.windows(2).any(|pair| match pair {
                    [method, path] => {
                        let path = path.trim_end_matches([',', '.', ';', ':']);
                        *method == operation.spec.method.as_str() && described::shape(path) == shape
                    }
                    _ => false,
                })
            })
        };
        let operations = contract.operations.iter().filter(spoken).map(|operation| operation.spec.id);
        let mut places = std::iter::once(&finding.place).chain(&finding.occurrences);
        let first = places.next().and_then(|place| report.subjects.operation_at(place));
        let around = first
            .filter(|first| places.all(|place| report.subjects.operation_at(place).as_ref() == Some(first)));
        Self { texts, operations: operations.collect(), around }
    }

    /// How near a ruling is, if it is about something that is named, or about the API as a whole. Where only one of
    /// many names is shared, the finding is about something else.
    fn shared_with(&self, ruling: &Ruling) -> Option<Nearness> {
        let named = ruling.about.iter().filter(|topic| self.names(**topic)).count();
        let around = ruling.about.iter().filter(|topic| {
            matches!(topic, Topic::Operation(id) if self.around == Some(*id)) && !self.names(**topic)
        });
        let around = around.count();
        let shared = named + around;
        let most = shared > 0 && shared * 2 >= self.quoted().count();
        (most || ruling.about.is_empty()).then(|| (named, around, Reverse(ruling.about.len() - shared)))
    }

    fn names(&self, topic: Topic) -> bool {
        match topic {
            Topic::Operation(id) => self.operations.contains(&id) || self.quotes(id),
            Topic::Field(name) | Topic::Word(name) => self.quotes(name),
            Topic::Documented(text) => self.texts.iter().any(|said| says(said, text)),
        }
    }

    /// Whether a name stands between backticks, as it is or at the end of a JSON pointer, or is what it is all about.
    fn quotes(&self, name: &str) -> bool {
        let [_, cause] = self.texts;
        self.quoted().any(|quoted| quoted == name || quoted.rsplit('/').next() == Some(name)) || cause == name
    }

    /// What stands between backticks in the message.
    fn quoted(&self) -> impl Iterator<Item = &str> {
        let [message, _] = self.texts;
        message.split('`').skip(1).step_by(2)
    }
}

/// Whether a text has these words, and not only as a part of others.
fn says(said: &str, words: &str) -> bool {
    said.match_indices(words).any(|(start, found)| {
        let joined = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let before = said.get(..start).and_then(|before| before.chars().next_back());
        let after = said.get(start + found.len()..).and_then(|after| after.chars().next());
        !joined(before) && !joined(after)
    })
}
