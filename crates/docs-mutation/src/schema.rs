//! What a schema of the contract says of a member, read without the reader that is measured.

use std::collections::BTreeSet;

use estoppel_contract::{BASIS_KEY, Contract};
use serde_json::Value;

/// References upon references beyond this lead in a circle.
const REFERENCES_MAX: usize = 16;

/// Whether a member must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Always,
    Never,
    /// It depends on other members.
    Depends,
}

/// A schema and the contract whose models it refers to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema<'c> {
    contract: &'c Contract,
    /// As it stands where it is used: a reference, perhaps with keywords beside it.
    outer: &'c Value,
    /// What the reference leads to.
    value: &'c Value,
}

impl<'c> Schema<'c> {
    pub(crate) fn new(contract: &'c Contract, outer: &'c Value) -> Self {
        let mut value = outer;
        for _ in 0..REFERENCES_MAX {
            let target = model_name(value).and_then(|name| contract.model(name)).map(|model| &model.schema);
            let Some(next) = target.or_else(|| beside_null(value)) else { break };
            value = next;
        }
        Self { contract, outer, value }
    }

    fn at(&self, value: &'c Value) -> Self {
        Self::new(self.contract, value)
    }

    pub(crate) const fn value(&self) -> &'c Value {
        self.value
    }

    /// The model that it refers to.
    pub(crate) fn model(&self) -> Option<&'c str> {
        model_name(self.outer).or_else(|| model_name(beside_null(self.outer)?))
    }

    fn branches(&self) -> Vec<Self> {
        let lists = ["oneOf", "anyOf", "allOf"].iter().filter_map(|keyword| self.value.get(*keyword));
        lists.filter_map(Value::as_array).flatten().map(|branch| self.at(branch)).collect()
    }

    /// The member, with the schema that it has in the first form that has it.
    pub(crate) fn member(&self, name: &str) -> Option<Self> {
        let own = self.value.get("properties").and_then(|own| own.get(name));
        own.map(|own| self.at(own)).or_else(|| self.branches().iter().find_map(|branch| branch.member(name)))
    }

    /// The members that it can have in any form.
    pub(crate) fn names(&self) -> BTreeSet<&'c str> {
        let own = self.value.get("properties").and_then(Value::as_object);
        let mut names: BTreeSet<&str> = own.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        self.branches().iter().for_each(|branch| names.extend(branch.names()));
        names
    }

    /// What stands at a JSON pointer; items of arrays have numbers.
    pub(crate) fn inside(&self, pointer: &str) -> Option<Self> {
        pointer.split('/').skip(1).try_fold(*self, |schema, step| {
            schema.member(step).or_else(|| schema.items()).or_else(|| {
                let branches = schema.branches();
                branches.iter().find_map(Self::items)
            })
        })
    }

    pub(crate) fn items(&self) -> Option<Self> {
        self.value.get("items").map(|items| self.at(items))
    }

    pub(crate) fn need(&self, name: &str) -> Need {
        let listed = |part: &Value| {
            let required = part.get("required").and_then(Value::as_array);
            required.is_some_and(|required| required.iter().any(|known| known == name))
        };
        let forms = self.value.get("oneOf").and_then(Value::as_array);
        let all_ask = forms.is_some_and(|forms| {
            !forms.is_empty() && forms.iter().all(|form| self.at(form).need(name) == Need::Always)
        });
        if listed(self.value) || all_ask {
            return Need::Always;
        }
        let conditional = ["anyOf", "oneOf", "if", "then", "else", "dependentRequired"];
        let named =
            conditional.iter().filter_map(|keyword| self.value.get(*keyword)).any(|part| names(part, name));
        if named { Need::Depends } else { Need::Never }
    }

    /// The type, where it is one.
    pub(crate) fn type_name(&self) -> Option<&'c str> {
        match self.value.get("type") {
            Some(Value::String(name)) => Some(name),
            _ => None,
        }
    }

    /// The words of a closed list.
    pub(crate) fn words(&self) -> Option<Vec<&'c str>> {
        self.value.get("enum")?.as_array()?.iter().map(Value::as_str).collect()
    }

    /// A keyword, beside the reference or behind it.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'c Value> {
        self.outer.get(name).or_else(|| self.value.get(name))
    }

    /// Whether published documents state it: what the contract infers or decides they need not tell.
    pub(crate) fn is_documented(&self) -> bool {
        let basis = self.keyword(BASIS_KEY).and_then(Value::as_str);
        !matches!(basis, Some("ruled" | "inferred"))
    }
}

/// The name of the model that a schema refers to.
pub(crate) fn model_name(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

/// The only alternative to null.
fn beside_null(schema: &Value) -> Option<&Value> {
    let branches = schema.get("anyOf")?.as_array()?;
    let is_null = |branch: &&Value| branch.get("type").is_some_and(|name| name == "null");
    let mut others = branches.iter().filter(|branch| !is_null(branch));
    let only = others.next()?;
    (branches.len() == 2 && others.next().is_none()).then_some(only)
}

/// Whether a part of a schema asks for a member anywhere.
fn names(part: &Value, name: &str) -> bool {
    match part {
        Value::Array(parts) => parts.iter().any(|part| part == name || names(part, name)),
        Value::Object(parts) => {
            parts.iter().any(|(key, part)| key != "properties" && key != "enum" && names(part, name))
        }
        _ => false,
    }
}
