//! What has been exercised of a contract so far.

use std::collections::BTreeSet;

use estoppel_contract::{Availability, Contract, Operation, Protocol};

use super::{applicable::applicable, inbox::Inbox};
use crate::{Coverage, CoverageItem, CoverageKind, OperationCoverage, Rule};

/// What has been exercised of a contract so far.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    successes: BTreeSet<&'static str>,
    refusals: BTreeSet<(&'static str, &'static str)>,
    rules: BTreeSet<(&'static str, Rule)>,
    /// Ids of notices that came back, of any operation.
    notices: BTreeSet<&'static str>,
    webhooks: BTreeSet<&'static str>,
}

impl Ledger {
    /// An operation succeeded.
    pub(super) fn success(&mut self, operation: &'static str) {
        self.successes.insert(operation);
    }

    /// An operation, or the protocol before it, refused.
    pub(super) fn refusal(&mut self, operation: &'static str, notice: &'static str) {
        self.refusals.insert((operation, notice));
        self.notices.insert(notice);
    }

    /// A rule of the protocol was tried on an operation.
    pub(super) fn rule(&mut self, operation: &'static str, rule: Rule) {
        self.rules.insert((operation, rule));
    }

    /// A webhook arrived that a story waits for.
    pub(super) fn webhook(&mut self, webhook: &'static str) {
        self.webhooks.insert(webhook);
    }

    /// Which webhooks arrived, and which did not and why.
    pub(super) fn webhooks(&self, contract: &Contract, inbox: Option<&dyn Inbox>) -> Vec<CoverageItem> {
        let why_not = if inbox.is_some() { NO_ARRIVAL } else { NO_INBOX };
        let ids = contract.webhooks.iter().map(|webhook| webhook.spec.id);
        ids.map(|id| item(CoverageKind::Webhook, id, self.webhooks.contains(id), why_not)).collect()
    }

    /// What was exercised of these operations, and what was not and why.
    pub(super) fn coverage(&self, contract: &Contract, selected: impl Fn(&str) -> bool) -> Coverage {
        let operations = contract.operations.iter().filter(|operation| selected(operation.spec.id));
        Coverage {
            operations: operations.map(|operation| self.operation(contract, operation)).collect(),
            webhooks: Vec::new(),
            protocol: Protocol::all().iter().map(|fault| self.protocol(contract, fault)).collect(),
        }
    }

    fn operation(&self, contract: &Contract, operation: &Operation) -> OperationCoverage {
        let id = operation.spec.id;
        let mut items = Vec::new();
        if let Availability::Announced { reading } = operation.spec.availability {
            let announced = self.rules.contains(&(id, Rule::RouteAnnounced));
            items.push(item(CoverageKind::Protocol, Rule::RouteAnnounced.id(), announced, NO_STORY));
            let why = format!("announced: not served until the reading `{reading}` turns it on");
            items.push(item(CoverageKind::Success, SUCCESS, self.successes.contains(id), &why));
            items.extend(operation.refusals.iter().map(|notice| {
                let exercised = self.refusals.contains(&(id, notice.id));
                item(CoverageKind::Refusal, notice.id, exercised, &why)
            }));
        } else {
            items.push(item(CoverageKind::Success, SUCCESS, self.successes.contains(id), NO_STORY));
            items.extend(operation.refusals.iter().map(|notice| {
                let exercised = self.refusals.contains(&(id, notice.id));
                item(CoverageKind::Refusal, notice.id, exercised, NO_STORY)
            }));
            items.extend(applicable(contract, operation).into_iter().map(|rule| {
                let exercised = self.rules.contains(&(id, rule));
                item(CoverageKind::Protocol, rule.id(), exercised, NO_CALL)
            }));
        }
        OperationCoverage { operation: id.to_owned(), items }
    }

    fn protocol(&self, contract: &Contract, fault: &Protocol) -> CoverageItem {
        let notice = (contract.service.protocol)(fault);
        let why_not = match fault {
            Protocol::CredentialExpired => "a token would have to outlive its lifetime",
            Protocol::BodyTooLarge => "a body longer than the server's limit would have to be sent",
            Protocol::Internal => "no call is known that makes a server fail",
            _ => NO_CALL,
        };
        item(CoverageKind::Protocol, notice.id, self.notices.contains(notice.id), why_not)
    }
}

const SUCCESS: &str = "success";
const NO_STORY: &str = "no story that was played reaches it";
const NO_INBOX: &str = "there is nowhere to receive it";
const NO_ARRIVAL: &str = "none arrived that a story waits for";
const NO_CALL: &str = "no story that was played has a call to try it on";

fn item(kind: CoverageKind, id: &str, exercised: bool, why_not: &str) -> CoverageItem {
    let why_not = (!exercised).then(|| why_not.to_owned());
    CoverageItem { kind, id: id.to_owned(), exercised, why_not }
}
