//! Whether an answer is the right one.

use estoppel_contract::{Basis, Source, Success};
use estoppel_simulator::shown_url;

use super::Examiner;
use crate::{
    Check, Failure, Outcome, Rule,
    receiver::{
        dialect::rewritings,
        letter::Letter,
        wire::{Ending, Request},
    },
};

/// One thing that a receiver is held to.
#[derive(Clone, Debug)]
pub(in crate::receiver) struct Case<'l> {
    /// The rule that a wrong answer breaks.
    pub(in crate::receiver) rule: Rule,
    /// The webhook.
    pub(in crate::receiver) webhook: &'static str,
    /// What is sent, in a few words.
    pub(in crate::receiver) what: String,
    letter: &'l Letter,
}

impl<'l> Case<'l> {
    /// A case about this letter.
    pub(in crate::receiver) fn new(rule: Rule, letter: &'l Letter, what: impl Into<String>) -> Self {
        Self { rule, webhook: letter.webhook, what: what.into(), letter }
    }
}

impl<P: FnMut(&Check)> Examiner<'_, P> {
    /// Sends the letter as the API does and holds the receiver to accepting it.
    pub(in crate::receiver) async fn expect_accepted(&mut self, case: &Case<'_>) -> bool {
        if self.is_gone() {
            self.skip(&[case.rule], GONE);
            return false;
        }
        let request = self.signed(case.letter);
        let ending = self.send(&request).await;
        if let Ending::Answered { status: 400.., .. } = ending
            && let Some(wants) = self.wants_rewritten(case.letter).await
        {
            self.fail_in_a_wrong_way(case, Rule::SignatureBytes, &request, &ending, &wants);
            return true;
        }
        self.judge_accepted(case, &request, &ending)
    }

    /// In which style the receiver writes this body again before it checks the signature, if it does.
    async fn wants_rewritten(&mut self, letter: &Letter) -> Option<String> {
        let (signing, dialect) = (self.rules.signing?, self.dialect.clone()?);
        let mut tried = vec![self.signature(letter)?];
        for style in rewritings() {
            let signature =
                dialect.over(style).sign(&signing, &self.options.key, &letter.body, &letter.suffix);
            if tried.contains(&signature) {
                continue;
            }
            let request = self.request(letter, Some(&signature));
            tried.push(signature);
            if let Ending::Answered { status: 200..300, .. } = self.send(&request).await {
                return Some(format!("a signature of the body parsed and written again {style}"));
            }
        }
        None
    }

    /// Sends a request and holds the receiver to refusing it.
    pub(in crate::receiver) async fn expect_refused(&mut self, case: &Case<'_>, request: &Request) -> bool {
        if self.is_gone() {
            self.skip(&[case.rule], GONE);
            return false;
        }
        let ending = self.send(request).await;
        let (rule, actual) = match &ending {
            Ending::Answered { status, .. } if !(200..300).contains(status) => (None, None),
            Ending::NoReply { unreachable: false, .. } => (None, None),
            Ending::TimedOut => (Some(Rule::DeliveryTimeout), None),
            Ending::NoReply { .. } => (Some(Rule::DeliveryUnanswered), None),
            Ending::Answered { .. } => {
                (Some(case.rule), Some("any status that does not say it was accepted".to_owned()))
            }
        };
        match rule {
            None => self.checked(case, case.rule, Outcome::Passed),
            Some(rule) => {
                let expected = actual.unwrap_or_else(|| self.in_time());
                self.fail(case, rule, request, &ending, expected);
            }
        }
        rule.is_none()
    }

    /// Sends a request that is no delivery at all and holds the receiver to saying so.
    pub(in crate::receiver) async fn expect_turned_away(
        &mut self,
        case: &Case<'_>,
        request: &Request,
    ) -> bool {
        if self.is_gone() {
            self.skip(&[case.rule], GONE);
            return false;
        }
        let ending = self.send(request).await;
        let rule = match &ending {
            Ending::Answered { status: 400..500, .. } => None,
            Ending::TimedOut => Some(Rule::DeliveryTimeout),
            Ending::NoReply { unreachable: true, .. } => Some(Rule::DeliveryUnanswered),
            _ => Some(case.rule),
        };
        match rule {
            None => self.checked(case, case.rule, Outcome::Passed),
            Some(rule) => {
                let expected = "a status from 400 to 499: neither accepted nor broken by it".to_owned();
                self.fail(case, rule, request, &ending, expected);
            }
        }
        rule.is_none()
    }

    /// Notes whether an answer accepts. A status that was told once is not told again.
    pub(in crate::receiver) fn judge_accepted(
        &mut self,
        case: &Case<'_>,
        request: &Request,
        ending: &Ending,
    ) -> bool {
        let rule = match ending {
            Ending::Answered { status, .. }
                if self.rules.success.accepts(*status) || self.accepts_with == Some(*status) =>
            {
                self.checked(case, case.rule, Outcome::Passed);
                return true;
            }
            Ending::Answered { status: 200..400, .. } => Rule::DeliveryStatus,
            Ending::TimedOut => Rule::DeliveryTimeout,
            Ending::NoReply { unreachable: true, .. } => Rule::DeliveryUnanswered,
            Ending::Answered { .. } | Ending::NoReply { .. } => case.rule,
        };
        let expected = match ending {
            Ending::TimedOut => self.in_time(),
            _ => self.success(),
        };
        self.fail(case, rule, request, ending, expected);
        false
    }

    /// Notes that a receiver wants deliveries signed in a wrong way.
    pub(in crate::receiver) fn fail_in_a_wrong_way(
        &mut self,
        case: &Case<'_>,
        rule: Rule,
        request: &Request,
        ending: &Ending,
        wants: &str,
    ) {
        let expected = self.success();
        self.fail(case, rule, request, ending, expected);
        if let Some(failure) = self.report.failures.last_mut() {
            failure.actual = format!("{}; the receiver accepts {wants}", failure.actual);
        }
    }

    /// Notes a broken rule.
    pub(in crate::receiver) fn fail(
        &mut self,
        case: &Case<'_>,
        rule: Rule,
        request: &Request,
        ending: &Ending,
        expected: String,
    ) {
        let (source, basis) = self.origin(case, rule);
        let failure = Failure {
            rule,
            operation: Some(case.webhook.to_owned()),
            story: Some(case.what.clone()),
            step: None,
            change: None,
            pointer: None,
            expected,
            actual: self.told(ending),
            source,
            basis,
            curl: self.curl(request),
        };
        self.report.failures.push(failure);
        self.checked(case, rule, Outcome::Failed);
    }

    /// What an expectation rests on: the webhook for its bodies, the rules for deliveries for all else.
    fn origin(&self, case: &Case<'_>, rule: Rule) -> (String, Basis) {
        let basis = |source| match source {
            Source::Document(_) => Basis::Documented,
            Source::Ruling(_) => Basis::Ruled,
        };
        let source = match self.rules.signing {
            Some(signing) if rule.id().starts_with("signature-") => signing.source,
            _ if rule.id().starts_with("payload-") => {
                return (case.letter.source.to_string(), case.letter.basis);
            }
            _ => self.rules.source,
        };
        (source.to_string(), basis(source))
    }

    fn success(&self) -> String {
        match self.rules.success {
            Success::Exactly(status) => format!("status {status}"),
            Success::Any2xx => "a status from 200 to 299".to_owned(),
        }
    }

    fn in_time(&self) -> String {
        format!("an answer within {} ms", self.options.timeout.as_millis())
    }

    fn told(&self, ending: &Ending) -> String {
        match ending {
            Ending::Answered { status, body, .. } => {
                format!("status {status} with {}", self.redaction.body(body))
            }
            Ending::TimedOut => format!("no answer within {} ms", self.options.timeout.as_millis()),
            Ending::NoReply { reason, .. } => format!("no answer: {}", self.redaction.text(reason)),
        }
    }

    /// A command line that repeats the request. Bodies are invented, so they are shown as they are: otherwise their
    /// signature would not hold.
    fn curl(&self, request: &Request) -> String {
        let mut words = vec![format!("curl -sS -i -X {}", request.method)];
        // A query may be a secret too.
        let url = shown_url(&self.options.url);
        words.push(if url == self.options.url { quoted(&url) } else { "\"$URL\"".to_owned() });
        let is_given =
            |name: &str| self.options.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
        for (name, value) in &request.headers {
            let value = value.to_str().unwrap_or_default();
            // What was given may be a secret.
            words.push(if is_given(name.as_str()) {
                format!("-H \"{name}: ${}\"", name.as_str().replace('-', "_").to_uppercase())
            } else {
                format!("-H {}", quoted(&format!("{name}: {value}")))
            });
        }
        if !request.body.is_empty() {
            words.push(format!("--data-binary {}", quoted(&String::from_utf8_lossy(&request.body))));
        }
        words.join(" ")
    }
}

/// Why rules do not apply once there is no receiver any more.
pub(in crate::receiver) const GONE: &str = "the receiver no longer takes connections";

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
