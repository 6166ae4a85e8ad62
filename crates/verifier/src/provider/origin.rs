//! What an expectation rests on.

use estoppel_contract::{BASIS_KEY, Basis, Notice, Operation, SOURCE_KEY, WebhookDeclaration};
use serde_json::Value;

use super::applicable::resolved;

/// What an expectation rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) source: String,
    pub(super) basis: Basis,
}

impl Origin {
    /// What a refusal rests on.
    pub(super) fn of_notice(notice: &Notice) -> Self {
        Self { source: notice.source.to_string(), basis: notice.basis }
    }

    /// What an operation rests on.
    pub(super) fn of_operation(operation: &Operation) -> Self {
        Self { source: operation.spec.source.to_string(), basis: operation.spec.basis }
    }

    /// What a webhook rests on.
    pub(super) fn of_webhook(webhook: &WebhookDeclaration) -> Self {
        Self { source: webhook.spec.source.to_string(), basis: webhook.spec.basis }
    }

    /// What a place of a reply rests on: the innermost model or member on the way that says so.
    pub(super) fn of_place(operation: &Operation, schema: Option<&Value>, pointer: &str) -> Self {
        Self::of_operation(operation).at(schema, pointer)
    }

    /// What a place of this schema rests on, where the whole rests on `self`.
    pub(super) fn at(self, schema: Option<&Value>, pointer: &str) -> Self {
        let mut origin = self;
        let Some(root) = schema else { return origin };
        let mut place = root;
        origin.refine(root, place);
        for step in pointer.split('/').skip(1) {
            let schema = resolved(root, place);
            let member = schema.get("properties").and_then(|members| members.get(step));
            let Some(next) = member.or_else(|| schema.get("items")) else { break };
            place = next;
            origin.refine(root, place);
        }
        origin
    }

    fn refine(&mut self, root: &Value, place: &Value) {
        for schema in [resolved(root, place), place] {
            if let Some(source) = schema.get(SOURCE_KEY).and_then(Value::as_str) {
                source.clone_into(&mut self.source);
                let basis = schema.get(BASIS_KEY).and_then(Value::as_str);
                let all = [Basis::Documented, Basis::Example, Basis::Inferred, Basis::Ruled];
                let known = all.into_iter().find(|known| Some(known.as_str()) == basis);
                self.basis = known.unwrap_or(self.basis);
            }
        }
    }
}
