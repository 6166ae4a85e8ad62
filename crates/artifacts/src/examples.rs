//! The examples of an API: those that its models declare, and those that stand inside them.

use std::collections::BTreeMap;

use estoppel_contract::{Contract, JsonPointer, Notice, Operation, Violation};
use serde_json::{Map, Value};

use crate::{
    ArtifactError,
    member::{self, Need, members},
};

/// Values that are remembered of members of one name.
const SEEN_MAX: usize = 8;

/// Examples by model. A model that declares none borrows the fullest that stands inside another model's.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    models: BTreeMap<String, Vec<Value>>,
    /// The first values seen of each member, by name.
    members: BTreeMap<String, Vec<Value>>,
}

impl Examples {
    /// The examples of a contract.
    ///
    /// Fails if one breaks its schema.
    pub(crate) fn of(contract: &Contract) -> Result<Self, ArtifactError> {
        let mut examples = Self::default();
        for model in &contract.models {
            let mut declared = declared(&model.schema).to_vec();
            if model.name == contract.service.error_model {
                declared = own_refusals(contract, declared);
            }
            for example in &declared {
                check(contract, &model.name, &model.schema, example)?;
            }
            if !declared.is_empty() {
                examples.models.insert(model.name.clone(), declared);
            }
        }
        let mut borrowed = BTreeMap::new();
        for model in &contract.models {
            for example in declared(&model.schema) {
                examples.visit(contract, &model.schema, example, &mut borrowed)?;
            }
        }
        for (name, example) in borrowed {
            examples.models.entry(name).or_insert_with(|| vec![example]);
        }
        for model in &contract.models {
            if let Some(word) = member::words(&model.schema).and_then(|words| words.first().copied()) {
                examples.models.entry(model.name.clone()).or_insert_with(|| vec![word.into()]);
            }
        }
        Ok(examples)
    }

    /// The examples of a model.
    pub(crate) fn of_model(&self, name: &str) -> &[Value] {
        self.models.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first example of the model that a schema refers to.
    pub(crate) fn of_schema(&self, schema: &Value) -> Option<&Value> {
        self.of_model(member::target(schema)?).first()
    }

    /// A value that a parameter can have: its own example, or one taken from a member of the same name, as it is or as
    /// text.
    pub(crate) fn of_parameter(
        &self,
        contract: &Contract,
        name: &str,
        schema: &Value,
    ) -> Result<Option<Value>, ArtifactError> {
        if let Some(example) = self.of_schema(schema) {
            return Ok(Some(example.clone()));
        }
        if let Some(example) = declared(schema).first() {
            check(contract, name, schema, example)?;
            return Ok(Some(example.clone()));
        }
        let checker = checker(contract, name, schema)?;
        let seen = self.members.get(name).map(Vec::as_slice).unwrap_or_default();
        let scalars = seen.iter().filter(|value| value.is_number() || value.is_boolean());
        let as_text = scalars.map(|value| Value::String(value.to_string()));
        Ok(seen.iter().cloned().chain(as_text).find(|value| checker.accepts(value)))
    }

    /// Remembers what stands inside an example.
    fn visit(
        &mut self,
        contract: &Contract,
        schema: &Value,
        value: &Value,
        borrowed: &mut BTreeMap<String, Value>,
    ) -> Result<(), ArtifactError> {
        if let Some(model) = member::target(schema).and_then(|name| contract.model(name)) {
            let fuller = |known: &Value| value.to_string().len() > known.to_string().len();
            if borrowed.get(&model.name).is_none_or(fuller) {
                borrowed.insert(model.name.clone(), value.clone());
            }
            return self.visit(contract, &model.schema, value, borrowed);
        }
        for member in members(schema) {
            if let Some(inside) = value.get(member.name) {
                let seen = self.members.entry(member.name.to_owned()).or_default();
                if seen.len() < SEEN_MAX && !seen.contains(inside) {
                    seen.push(inside.clone());
                }
                self.visit(contract, member.schema, inside, borrowed)?;
            }
        }
        if let Some(items) = schema.get("items") {
            for item in value.as_array().into_iter().flatten() {
                self.visit(contract, items, item, borrowed)?;
            }
        }
        for alternative in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
            if checker(contract, "an alternative", alternative)?.accepts(value) {
                self.visit(contract, alternative, value, borrowed)?;
            }
        }
        Ok(())
    }
}

/// The examples of a refusal's body without those that this API cannot give, as an envelope has them that other APIs
/// share: they look like its own refusals and are none. Its first refusal stands for them.
fn own_refusals(contract: &Contract, mut declared: Vec<Value>) -> Vec<Value> {
    let body = |notice: &Notice| (contract.service.error)(notice, &[]).body;
    let notices = contract.notices();
    let bodies: Vec<Value> = notices.iter().map(body).collect();
    let alike = |left: &Value, right: &Value| {
        let keys =
            |value: &Value| value.as_object().map(|members| members.keys().cloned().collect::<Vec<_>>());
        keys(left) == keys(right)
    };
    let before = declared.len();
    declared.retain(|example| bodies.contains(example) || !bodies.iter().any(|body| alike(body, example)));
    if declared.len() < before {
        let refused = contract.operations.iter().flat_map(|operation| operation.refusals.iter().copied());
        declared.splice(0..0, refused.chain(&notices).next().map(body));
    }
    declared
}

/// A way in which a call of the operation can break its schemas: a member that its body lacks, or a parameter that
/// is not what it must be. `None` where no schema can be broken.
pub(crate) fn violations(
    contract: &Contract,
    operation: &Operation,
    examples: &Examples,
) -> Result<Vec<Violation>, ArtifactError> {
    let id = operation.spec.id;
    if let Some(body) = &operation.body
        && let Some(model) = member::target(body).and_then(|name| contract.model(name))
        && let Some(example) = examples.of_schema(body).and_then(Value::as_object)
    {
        let checker = checker(contract, id, body)?;
        return Ok(checker.check(&Value::Object(broken(&model.schema, example))));
    }
    for parameters in [&operation.path_parameters, &operation.query] {
        let checker = checker(contract, id, parameters)?;
        for member in members(parameters) {
            let mut violations = checker.check(&serde_json::json!({member.name: "?"}));
            violations.retain(|violation| violation.pointer == JsonPointer::member(member.name));
            if !violations.is_empty() {
                return Ok(violations);
            }
        }
    }
    Ok(Vec::new())
}

/// An example without its first needed member, or with null in its first.
fn broken(schema: &Value, example: &Map<String, Value>) -> Map<String, Value> {
    let mut broken = example.clone();
    let all = members(schema);
    match all.iter().find(|member| member.need == Need::Always) {
        Some(needed) => drop(broken.shift_remove(needed.name)),
        None => {
            if let Some(first) = all.first() {
                broken.insert(first.name.to_owned(), Value::Null);
            }
        }
    }
    broken
}

/// Fails if an example breaks its schema.
pub(crate) fn check(
    contract: &Contract,
    subject: &str,
    schema: &Value,
    example: &Value,
) -> Result<(), ArtifactError> {
    let violation = checker(contract, subject, schema)?.check(example).into_iter().next();
    violation
        .map_or(Ok(()), |violation| Err(ArtifactError::Example { subject: subject.to_owned(), violation }))
}

fn checker(
    contract: &Contract,
    subject: &str,
    schema: &Value,
) -> Result<estoppel_contract::Checker, ArtifactError> {
    contract.checker(schema).map_err(|message| ArtifactError::Schema { subject: subject.to_owned(), message })
}

/// The examples that stand in a schema.
pub(crate) fn declared(schema: &Value) -> &[Value] {
    schema.get("examples").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
