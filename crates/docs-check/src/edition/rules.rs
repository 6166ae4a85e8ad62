//! Every kind of change: its id, how grave it is in each direction, and why.

use serde::Serialize;

use super::Direction;

/// How grave a change is for those who use the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Nothing changes but the document.
    DocumentationOnly,
    /// What worked goes on working.
    Safe,
    /// What worked can fail, depending on how it was written.
    Dangerous,
    /// What worked fails.
    Breaking,
}

impl Tier {
    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentationOnly => "documentation only",
            Self::Safe => "safe",
            Self::Dangerous => "dangerous",
            Self::Breaking => "breaking",
        }
    }
}

/// How grave a kind of change is in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The tier.
    pub tier: Tier,
    /// Why, in one sentence without full stop.
    pub why: &'static str,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ChangeRule {
    /// Its stable id, such as `DIFF-FIELD-REMOVED`.
    pub id: &'static str,
    /// The kind that it is when the editions change places.
    pub mirror: &'static str,
    /// What changes, in one sentence without full stop.
    pub summary: &'static str,
    sent: Verdict,
    received: Verdict,
    called: Verdict,
}

impl ChangeRule {
    /// How grave it is for values that travel so.
    pub const fn verdict(&self, direction: Direction) -> Verdict {
        match direction {
            Direction::Sent => self.sent,
            Direction::Received => self.received,
            Direction::Called => self.called,
        }
    }

    /// The kind, its mirror and its verdicts as Markdown.
    pub fn explanation(&self) -> String {
        let verdicts = [
            ("What a client sends", self.sent),
            ("What a client receives", self.received),
            ("What a client is called with", self.called),
        ];
        let told = if verdicts.iter().all(|(_, verdict)| *verdict == self.sent) {
            format!("- {}, because {}.\n", self.sent.tier.as_str(), self.sent.why)
        } else {
            let line = |(what, verdict): &(&str, Verdict)| {
                format!("- {what}: {}, because {}.\n", verdict.tier.as_str(), verdict.why)
            };
            verdicts.iter().map(line).collect()
        };
        let mirror = if self.mirror == self.id {
            String::new()
        } else {
            format!("\nThe other way round it is {}.\n", self.mirror)
        };
        format!("{}.\n\n{told}{mirror}", self.summary)
    }
}

/// Every kind of change, by group.
pub fn rules() -> &'static [&'static ChangeRule] {
    ALL
}

const fn verdict(tier: Tier, why: &'static str) -> Verdict {
    Verdict { tier, why }
}

macro_rules! rules {
    ($($name:ident $id:literal <-> $mirror:literal, $summary:literal: $(always $tier:ident $why:literal)? $(
        sent $sent:ident $why_sent:literal,
        received $received:ident $why_received:literal,
        called $called:ident $why_called:literal
    )?;)+) => {
        $(
            pub(crate) static $name: ChangeRule = ChangeRule {
                id: $id,
                mirror: $mirror,
                summary: $summary,
                $(
                    sent: verdict(Tier::$tier, $why),
                    received: verdict(Tier::$tier, $why),
                    called: verdict(Tier::$tier, $why),
                )?
                $(
                    sent: verdict(Tier::$sent, $why_sent),
                    received: verdict(Tier::$received, $why_received),
                    called: verdict(Tier::$called, $why_called),
                )?
            };
        )+
        static ALL: &[&ChangeRule] = &[$(&$name),+];
    };
}

rules! {
    API_ADDED "DIFF-API-ADDED" <-> "DIFF-API-REMOVED", "A whole API is new":
        always Safe "nobody calls it yet";
    API_REMOVED "DIFF-API-REMOVED" <-> "DIFF-API-ADDED", "A whole API is gone":
        always Breaking "every call to it fails";
    SWITCHED_OFF "DIFF-SWITCHED-OFF" <-> "DIFF-SWITCHED-ON", "What was stated now stands inside an HTML comment":
        always Breaking "nothing that stands there is promised any more, though the text is still in the file";
    SWITCHED_ON "DIFF-SWITCHED-ON" <-> "DIFF-SWITCHED-OFF", "What stood inside an HTML comment is now stated":
        always Safe "nobody could rely on it before";
    FENCE_OPENED "DIFF-FENCE-UNCLOSED" <-> "DIFF-FENCE-CLOSED", "A fence is no longer closed, and swallows what follows":
        always DocumentationOnly "readers see the rest of the page as code; it is compared as if the fence were closed";
    FENCE_CLOSED "DIFF-FENCE-CLOSED" <-> "DIFF-FENCE-UNCLOSED", "A fence that swallowed what follows is closed":
        always DocumentationOnly "readers see the rest of the page again";

    HOST_CHANGED "DIFF-HOST-CHANGED" <-> "DIFF-HOST-CHANGED", "A host is another one":
        always Breaking "calls go to the old host until every client is configured anew";
    HOST_ADDED "DIFF-HOST-ADDED" <-> "DIFF-HOST-REMOVED", "A host is named in addition":
        always Safe "the known hosts go on answering";
    HOST_REMOVED "DIFF-HOST-REMOVED" <-> "DIFF-HOST-ADDED", "A host is no longer named":
        always Breaking "calls to it are no longer promised an answer";
    HOST_NAMED "DIFF-HOST-NAMED" <-> "DIFF-HOST-NAMED", "A stand-in for a host becomes a host, or the other way round":
        always DocumentationOnly "no call goes to a stand-in";

    OPERATION_ADDED "DIFF-OPERATION-ADDED" <-> "DIFF-OPERATION-REMOVED", "An operation is new":
        always Safe "nobody calls it yet";
    OPERATION_REMOVED "DIFF-OPERATION-REMOVED" <-> "DIFF-OPERATION-ADDED", "An operation is gone":
        always Breaking "calls to it fail";
    METHOD_CHANGED "DIFF-METHOD-CHANGED" <-> "DIFF-METHOD-CHANGED", "An operation has another method":
        always Breaking "calls with the old method fail";
    PATH_CHANGED "DIFF-PATH-CHANGED" <-> "DIFF-PATH-CHANGED", "An operation has another path":
        always Breaking "calls to the old path fail";
    PATH_PARAMETER_RENAMED "DIFF-PATH-PARAMETER-RENAMED" <-> "DIFF-PATH-PARAMETER-RENAMED", "A parameter of a path has another name":
        always DocumentationOnly "the name of a parameter never stands in a URL";
    SECURITY_CHANGED "DIFF-SECURITY-CHANGED" <-> "DIFF-SECURITY-CHANGED", "Calls are let in by other credentials":
        always Breaking "calls with the old credentials are refused";
    SECURITY_ADDED "DIFF-SECURITY-ADDED" <-> "DIFF-SECURITY-REMOVED", "Calls need credentials that they did not need":
        always Breaking "calls without credentials are refused";
    SECURITY_REMOVED "DIFF-SECURITY-REMOVED" <-> "DIFF-SECURITY-ADDED", "Calls no longer need credentials":
        always Safe "credentials that are sent all the same do no harm";

    STATUS_CHANGED "DIFF-STATUS-CHANGED" <-> "DIFF-STATUS-CHANGED", "A success has another status":
        always Breaking "a client that waits for the old status takes the success for a failure";
    STATUS_ADDED "DIFF-STATUS-ADDED" <-> "DIFF-STATUS-REMOVED", "There is another success status beside the known ones":
        always Dangerous "a client that waits for a known status takes this success for a failure";
    STATUS_REMOVED "DIFF-STATUS-REMOVED" <-> "DIFF-STATUS-ADDED", "One of several success statuses is gone":
        always Safe "the others are known";
    STATUS_STATED "DIFF-STATUS-STATED" <-> "DIFF-STATUS-UNSTATED", "The status of a success is now told":
        always DocumentationOnly "it was answered before";
    STATUS_UNSTATED "DIFF-STATUS-UNSTATED" <-> "DIFF-STATUS-STATED", "The status of a success is no longer told":
        always DocumentationOnly "it is still answered";
    REFUSAL_ADDED "DIFF-REFUSAL-ADDED" <-> "DIFF-REFUSAL-REMOVED", "There is a new refusal":
        always Dangerous "a client meets an answer that it does not know";
    REFUSAL_REMOVED "DIFF-REFUSAL-REMOVED" <-> "DIFF-REFUSAL-ADDED", "A refusal is gone":
        always Safe "nothing is left to be handled";
    REFUSAL_STATUS "DIFF-REFUSAL-STATUS" <-> "DIFF-REFUSAL-STATUS", "A refusal has another status":
        always Breaking "a client that branches on the old status misses it";

    UNAVAILABLE_ADDED "DIFF-NOT-AVAILABLE" <-> "DIFF-AVAILABLE", "An operation is said to be not available":
        always Breaking "calls to it fail";
    UNAVAILABLE_REMOVED "DIFF-AVAILABLE" <-> "DIFF-NOT-AVAILABLE", "An operation is no longer said to be not available":
        always Safe "nobody could call it before";
    DEPRECATED_ADDED "DIFF-DEPRECATED" <-> "DIFF-NOT-DEPRECATED", "Something is now deprecated":
        always Dangerous "it works, and will be gone one day";
    DEPRECATED_REMOVED "DIFF-NOT-DEPRECATED" <-> "DIFF-DEPRECATED", "Something is no longer deprecated":
        always Safe "it stays";
    RESTRICTED_ADDED "DIFF-RESTRICTED" <-> "DIFF-NOT-RESTRICTED", "Only some callers may use it now":
        always Dangerous "callers outside the circle are refused";
    RESTRICTED_REMOVED "DIFF-NOT-RESTRICTED" <-> "DIFF-RESTRICTED", "Every caller may use it now":
        always Safe "those who could use it still can";

    WEBHOOK_ADDED "DIFF-WEBHOOK-ADDED" <-> "DIFF-WEBHOOK-REMOVED", "A webhook is new":
        always Dangerous "a receiver is called with something that it does not know";
    WEBHOOK_REMOVED "DIFF-WEBHOOK-REMOVED" <-> "DIFF-WEBHOOK-ADDED", "A webhook is gone":
        always Breaking "a receiver waits for calls that never come";
    WEBHOOK_RENAMED "DIFF-WEBHOOK-RENAMED" <-> "DIFF-WEBHOOK-RENAMED", "A webhook has another name":
        always Breaking "a receiver that tells calls apart by the old name misses it";
    SIGNATURE_ADDED "DIFF-SIGNATURE-ADDED" <-> "DIFF-SIGNATURE-REMOVED", "What is sent is signed":
        always Safe "a receiver may leave the signature unread";
    SIGNATURE_REMOVED "DIFF-SIGNATURE-REMOVED" <-> "DIFF-SIGNATURE-ADDED", "What is sent is no longer signed":
        always Breaking "a receiver that checks signatures refuses every call";
    SIGNATURE_CHANGED "DIFF-SIGNATURE-CHANGED" <-> "DIFF-SIGNATURE-CHANGED", "What is sent is signed in another way":
        always Breaking "a receiver that checks signatures refuses every call";

    MODEL_ADDED "DIFF-MODEL-ADDED" <-> "DIFF-MODEL-REMOVED", "An object or list is described that was not":
        always Safe "nobody relies on it yet";
    MODEL_REMOVED "DIFF-MODEL-REMOVED" <-> "DIFF-MODEL-ADDED", "An object or list is no longer described":
        always Dangerous "what it described is no longer promised";
    BODY_ADDED "DIFF-BODY-ADDED" <-> "DIFF-BODY-REMOVED", "There is a body where there was none":
        sent Dangerous "a call without it can be refused",
        received Safe "a client may leave it unread",
        called Safe "a receiver may leave it unread";
    BODY_REMOVED "DIFF-BODY-REMOVED" <-> "DIFF-BODY-ADDED", "There is no body where there was one":
        sent Dangerous "what is sent is ignored or refused",
        received Breaking "a client that reads it finds nothing",
        called Breaking "a receiver that reads it finds nothing";

    BODY_STATED "DIFF-BODY-STATED" <-> "DIFF-BODY-UNSTATED", "A body is described that was not":
        always DocumentationOnly "documents tell what was so before";
    BODY_UNSTATED "DIFF-BODY-UNSTATED" <-> "DIFF-BODY-STATED", "A body is no longer described":
        always Dangerous "what it held is no longer promised";

    FIELD_ADDED "DIFF-FIELD-ADDED" <-> "DIFF-FIELD-REMOVED", "There is a new optional field":
        sent Safe "it may be left out",
        received Safe "a client may leave it unread",
        called Safe "a receiver may leave it unread";
    FIELD_REMOVED "DIFF-FIELD-REMOVED" <-> "DIFF-FIELD-ADDED", "An optional field is gone":
        sent Dangerous "what is sent in it is ignored or refused",
        received Dangerous "a client that hoped for it never finds it again",
        called Dangerous "a receiver that hoped for it never finds it again";
    FIELD_ADDED_REQUIRED "DIFF-FIELD-ADDED-REQUIRED" <-> "DIFF-FIELD-REMOVED-REQUIRED", "There is a new field that must be there":
        sent Breaking "calls without it are refused",
        received Safe "a client may leave it unread",
        called Safe "a receiver may leave it unread";
    FIELD_REMOVED_REQUIRED "DIFF-FIELD-REMOVED-REQUIRED" <-> "DIFF-FIELD-ADDED-REQUIRED", "A field that had to be there is gone":
        sent Dangerous "what is sent in it is ignored or refused",
        received Breaking "it was promised, and a client that reads it finds nothing",
        called Breaking "it was promised, and a receiver that reads it finds nothing";
    FIELD_ADDED_UNSTATED "DIFF-FIELD-ADDED-UNSTATED" <-> "DIFF-FIELD-REMOVED-UNSTATED", "There is a new field, not said to be optional":
        sent Dangerous "calls without it can be refused",
        received Safe "a client may leave it unread",
        called Safe "a receiver may leave it unread";
    FIELD_REMOVED_UNSTATED "DIFF-FIELD-REMOVED-UNSTATED" <-> "DIFF-FIELD-ADDED-UNSTATED", "A field that was not said to be optional is gone":
        sent Dangerous "what is sent in it is ignored or refused",
        received Breaking "a client that reads it finds nothing",
        called Breaking "a receiver that reads it finds nothing";
    FIELD_RENAMED "DIFF-FIELD-RENAMED" <-> "DIFF-FIELD-RENAMED", "A field has another name":
        sent Breaking "what is sent under the old name is not read",
        received Breaking "a client that reads the old name finds nothing",
        called Breaking "a receiver that reads the old name finds nothing";

    REQUIRED_ADDED "DIFF-REQUIRED" <-> "DIFF-OPTIONAL", "An optional field must now be there":
        sent Breaking "calls that leave it out are refused",
        received Safe "it is promised now",
        called Safe "it is promised now";
    REQUIRED_REMOVED "DIFF-OPTIONAL" <-> "DIFF-REQUIRED", "A field that had to be there may now be missing":
        sent Safe "calls that carry it go on working",
        received Breaking "a guarantee is gone: a client that reads it can find nothing",
        called Breaking "a guarantee is gone: a receiver that reads it can find nothing";
    CONDITION_ADDED "DIFF-CONDITION-ADDED" <-> "DIFF-CONDITION-REMOVED", "An optional field must now be there under a condition":
        sent Breaking "calls that meet the condition and leave it out are refused",
        received Safe "more is promised than before",
        called Safe "more is promised than before";
    CONDITION_REMOVED "DIFF-CONDITION-REMOVED" <-> "DIFF-CONDITION-ADDED", "A field that had to be there under a condition may now be missing":
        sent Safe "calls that carry it go on working",
        received Breaking "a guarantee is gone: under the condition too it can be missing",
        called Breaking "a guarantee is gone: under the condition too it can be missing";
    CONDITION_TIGHTENED "DIFF-CONDITION-TIGHTENED" <-> "DIFF-CONDITION-LOOSENED", "A field that had to be there under a condition must now always be":
        sent Breaking "calls that did not meet the condition and leave it out are refused",
        received Safe "more is promised than before",
        called Safe "more is promised than before";
    CONDITION_LOOSENED "DIFF-CONDITION-LOOSENED" <-> "DIFF-CONDITION-TIGHTENED", "A field that always had to be there must only be under a condition":
        sent Safe "calls that carry it go on working",
        received Breaking "a guarantee is gone: outside the condition it can be missing",
        called Breaking "a guarantee is gone: outside the condition it can be missing";
    CONDITION_CHANGED "DIFF-CONDITION-CHANGED" <-> "DIFF-CONDITION-CHANGED", "A field must be there under another condition":
        sent Dangerous "calls that leave it out can meet the new condition",
        received Dangerous "it can be missing where it was promised",
        called Dangerous "it can be missing where it was promised";
    REQUIRED_STATED "DIFF-REQUIRED-STATED" <-> "DIFF-REQUIRED-UNSTATED", "It is now said that a field must be there, where nothing was said":
        sent Dangerous "calls that leave it out can be refused",
        received Safe "it is promised now",
        called Safe "it is promised now";
    REQUIRED_UNSTATED "DIFF-REQUIRED-UNSTATED" <-> "DIFF-REQUIRED-STATED", "It is no longer said that a field must be there":
        sent DocumentationOnly "calls that carry it go on working",
        received Dangerous "a guarantee is no longer given",
        called Dangerous "a guarantee is no longer given";
    OPTIONAL_STATED "DIFF-OPTIONAL-STATED" <-> "DIFF-OPTIONAL-UNSTATED", "It is now said that a field may be missing, where nothing was said":
        sent DocumentationOnly "calls that carry it go on working",
        received Dangerous "a client that took it for granted can find nothing",
        called Dangerous "a receiver that took it for granted can find nothing";
    OPTIONAL_UNSTATED "DIFF-OPTIONAL-UNSTATED" <-> "DIFF-OPTIONAL-STATED", "It is no longer said that a field may be missing":
        sent Dangerous "it is open whether calls may still leave it out",
        received DocumentationOnly "clients that expect it to be missing go on working",
        called DocumentationOnly "receivers that expect it to be missing go on working";

    DEFAULT_CHANGED "DIFF-DEFAULT-CHANGED" <-> "DIFF-DEFAULT-CHANGED", "Another value stands for what is left out":
        sent Dangerous "calls that leave it out mean something else now",
        received Dangerous "what is missing means something else now",
        called Dangerous "what is missing means something else now";
    DEFAULT_ADDED "DIFF-DEFAULT-ADDED" <-> "DIFF-DEFAULT-REMOVED", "A value is named for what is left out":
        always DocumentationOnly "what is left out meant something before";
    DEFAULT_REMOVED "DIFF-DEFAULT-REMOVED" <-> "DIFF-DEFAULT-ADDED", "No value is named any more for what is left out":
        sent Dangerous "it is open what calls that leave it out mean",
        received DocumentationOnly "what is there means what it meant",
        called DocumentationOnly "what is there means what it meant";

    TYPE_CHANGED "DIFF-TYPE-CHANGED" <-> "DIFF-TYPE-CHANGED", "A value has another type":
        sent Breaking "values of the old type are refused",
        received Breaking "a client that reads the old type fails",
        called Breaking "a receiver that reads the old type fails";
    TYPE_WIDENED "DIFF-TYPE-WIDENED" <-> "DIFF-TYPE-NARROWED", "A value can have more types":
        sent Safe "values of the old type are still taken",
        received Dangerous "a client meets values that it does not expect",
        called Dangerous "a receiver meets values that it does not expect";
    TYPE_NARROWED "DIFF-TYPE-NARROWED" <-> "DIFF-TYPE-WIDENED", "A value can have fewer types":
        sent Breaking "values that were taken are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    NULL_ADDED "DIFF-NULL-ADDED" <-> "DIFF-NULL-REMOVED", "A value can be null":
        sent Safe "values that are not null are still taken",
        received Breaking "a client that reads a value finds null",
        called Breaking "a receiver that reads a value finds null";
    NULL_REMOVED "DIFF-NULL-REMOVED" <-> "DIFF-NULL-ADDED", "A value can no longer be null":
        sent Breaking "calls with null are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    FORMAT_CHANGED "DIFF-FORMAT-CHANGED" <-> "DIFF-FORMAT-CHANGED", "A value is written in another form":
        sent Breaking "values in the old form are refused",
        received Breaking "a client that reads the old form fails",
        called Breaking "a receiver that reads the old form fails";
    FORMAT_ADDED "DIFF-FORMAT-ADDED" <-> "DIFF-FORMAT-REMOVED", "A value must keep to a form":
        sent Breaking "values in other forms are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    FORMAT_REMOVED "DIFF-FORMAT-REMOVED" <-> "DIFF-FORMAT-ADDED", "A value need not keep to a form":
        sent Safe "values in the old form are still taken",
        received Dangerous "a client that reads the old form meets others",
        called Dangerous "a receiver that reads the old form meets others";
    FORMAT_STATED "DIFF-FORMAT-STATED" <-> "DIFF-FORMAT-UNSTATED", "The form of a value is now told":
        always DocumentationOnly "documents tell what was so before";
    FORMAT_UNSTATED "DIFF-FORMAT-UNSTATED" <-> "DIFF-FORMAT-STATED", "The form of a value is no longer told":
        always DocumentationOnly "the form stays what it was";

    WORD_ADDED "DIFF-WORD-ADDED" <-> "DIFF-WORD-REMOVED", "A closed list has a new word":
        sent Safe "the known words are still taken",
        received Dangerous "a client meets a word that it does not know",
        called Dangerous "a receiver meets a word that it does not know";
    WORD_REMOVED "DIFF-WORD-REMOVED" <-> "DIFF-WORD-ADDED", "A word of a closed list is gone":
        sent Breaking "calls with the word are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    WORD_RENAMED "DIFF-WORD-RENAMED" <-> "DIFF-WORD-RENAMED", "A word of a closed list is spelled otherwise":
        sent Breaking "calls with the old word are refused",
        received Breaking "a client that compares with the old word misses it",
        called Breaking "a receiver that compares with the old word misses it";
    WORDS_CLOSED "DIFF-WORDS-CLOSED" <-> "DIFF-WORDS-OPENED", "A value can only be a word of a list":
        sent Breaking "values outside the list are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    WORDS_OPENED "DIFF-WORDS-OPENED" <-> "DIFF-WORDS-CLOSED", "The words that a value can be are no longer listed":
        sent Safe "the known words are still taken",
        received Dangerous "a client meets values that it does not know",
        called Dangerous "a receiver meets values that it does not know";
    LIMIT_NARROWED "DIFF-LIMIT-NARROWED" <-> "DIFF-LIMIT-WIDENED", "A limit leaves less room":
        sent Breaking "values beyond the new limit are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    LIMIT_WIDENED "DIFF-LIMIT-WIDENED" <-> "DIFF-LIMIT-NARROWED", "A limit leaves more room":
        sent Safe "values within the old limit are still taken",
        received Dangerous "values come that were not possible before",
        called Dangerous "values come that were not possible before";
    PATTERN_CHANGED "DIFF-PATTERN-CHANGED" <-> "DIFF-PATTERN-CHANGED", "A text must match another pattern":
        always Dangerous "texts that matched before may no longer match";
    ALTERNATIVE_ADDED "DIFF-ALTERNATIVE-ADDED" <-> "DIFF-ALTERNATIVE-REMOVED", "An object can look in another way":
        sent Safe "the known ways are still taken",
        received Dangerous "a client meets an object that it does not know",
        called Dangerous "a receiver meets an object that it does not know";
    ALTERNATIVE_REMOVED "DIFF-ALTERNATIVE-REMOVED" <-> "DIFF-ALTERNATIVE-ADDED", "An object can no longer look in one of its ways":
        sent Breaking "objects that look so are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    OBJECT_CLOSED "DIFF-OBJECT-CLOSED" <-> "DIFF-OBJECT-OPENED", "Fields that are not listed are forbidden":
        sent Breaking "calls with other fields are refused",
        received Safe "what comes was possible before",
        called Safe "what comes was possible before";
    OBJECT_OPENED "DIFF-OBJECT-OPENED" <-> "DIFF-OBJECT-CLOSED", "Fields that are not listed are allowed":
        sent Safe "calls without other fields go on working",
        received Dangerous "a client that allows no other field fails",
        called Dangerous "a receiver that allows no other field fails";
    TEST_VALUE_ADDED "DIFF-TEST-VALUE-ADDED" <-> "DIFF-TEST-VALUE-REMOVED", "There is a new test value":
        always Safe "no test uses it yet";
    TEST_VALUE_REMOVED "DIFF-TEST-VALUE-REMOVED" <-> "DIFF-TEST-VALUE-ADDED", "A test value is gone":
        always Dangerous "tests that use it no longer set off what they expect";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &ChangeRule) {
        let mirror = rules().iter().find(|other| other.id == rule.mirror).unwrap();
        assert_eq!(mirror.mirror, rule.id);
        assert!(rule.id.starts_with("DIFF-") && !rule.summary.ends_with('.'), "{}", rule.id);
        for direction in [Direction::Sent, Direction::Received, Direction::Called] {
            let why = rule.verdict(direction).why;
            assert!(!why.is_empty() && !why.ends_with('.'), "{}: {why}", rule.id);
        }
        assert!(rule.explanation().contains(rule.summary));
    }

    #[test]
    fn every_kind_explains_itself_and_has_a_mirror() {
        for rule in rules() {
            check(rule);
        }
        let mut ids: Vec<_> = rules().iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rules().len());
    }
}
