//! One way in which a server is not faithful.

use std::fmt;

use estoppel_contract::Basis;
use serde::Serialize;

use crate::Rule;

/// One way in which a server is not faithful. It shows no secret: sensitive members and tokens are hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The rule that is broken.
    pub rule: Rule,
    /// The operation that was called; absent where no operation was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The story that was played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The step of the story, from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// What was done to the call, where it was not sent as it stands in the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// The JSON pointer to the offending place of the reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// What should have come back.
    pub expected: String,
    /// What came back.
    pub actual: String,
    /// The place in a document, or the ruling, that the expectation rests on.
    pub source: String,
    /// How we know.
    pub basis: Basis,
    /// A command line that repeats the call. `$TOKEN` stands for the token.
    pub curl: String,
}

impl Failure {
    /// Where it was found, in one line: `claim-life, step 3`.
    pub fn place(&self) -> String {
        let story = self.story.as_deref().unwrap_or("the API as a whole");
        let step = self.step.map(|step| format!(", step {step}")).unwrap_or_default();
        let change = self.change.as_ref().map(|change| format!(", {change}")).unwrap_or_default();
        format!("{story}{step}{change}")
    }
}

/// A block of lines: rule, place, expected, actual, source, and a command line that repeats the call.
impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.operation {
            Some(operation) => writeln!(formatter, "{}: {operation}: {}", self.rule, self.rule.summary())?,
            None => writeln!(formatter, "{}: {}", self.rule, self.rule.summary())?,
        }
        writeln!(formatter, "  in        {}", self.place())?;
        if let Some(pointer) = &self.pointer {
            writeln!(
                formatter,
                "  at        {}",
                if pointer.is_empty() { "the whole reply" } else { pointer }
            )?;
        }
        writeln!(formatter, "  expected  {}", self.expected)?;
        writeln!(formatter, "  actual    {}", self.actual)?;
        writeln!(formatter, "  source    {} ({})", self.source, self.basis)?;
        write!(formatter, "  {}", self.curl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_reads_as_a_block_of_lines() {
        let failure = Failure {
            rule: Rule::ReplyValue,
            operation: Some("fetchThing".to_owned()),
            story: Some("things".to_owned()),
            step: Some(3),
            change: None,
            pointer: Some("/thing/size".to_owned()),
            expected: "2".to_owned(),
            actual: "3".to_owned(),
            source: "things: Fetch Thing".to_owned(),
            basis: Basis::Example,
            curl: "curl -sS -i 'http://127.0.0.1:8080/things' -H \"Authorization: Bearer $TOKEN\"".to_owned(),
        };
        let expected = "\
reply-value: fetchThing: A reply holds the values that follow from the calls before it.
  in        things, step 3
  at        /thing/size
  expected  2
  actual    3
  source    things: Fetch Thing (example)
  curl -sS -i 'http://127.0.0.1:8080/things' -H \"Authorization: Bearer $TOKEN\"";
        assert_eq!(failure.to_string(), expected);
        let json = serde_json::to_value(&failure).unwrap_or_default();
        assert_eq!(json.get("rule"), Some(&"reply-value".into()));
        assert_eq!(json.get("change"), None);
    }
}
