//! All operations of one API, erased to data that tools can loop over.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    BASIS_KEY, Basis, Checker, DeliveryRules, Direction, Endpoint, Notice, PERSONAL_KEY, PathTemplate,
    PersonalData, Protocol, Reading, Refusal, Respond, Routes, Ruling, SENSITIVE_KEY, SOURCE_KEY, Schemas,
    Source, Spec, Story, Violation, Webhook, WebhookSpec, schema,
};

/// What is true of an API as a whole, besides its operations.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The name in commands, paths and folders, such as `carrier`.
    pub name: &'static str,
    /// The name that people use.
    pub title: &'static str,
    /// What it is for, as Markdown in our own words.
    pub description: &'static str,
    /// The edition of the documents that the contract holds it to.
    pub edition: &'static str,
    /// Base URLs that the documents give.
    pub servers: &'static [Server],
    /// How a caller proves who it is.
    pub authentication: Authentication,
    /// What becomes of a slash at the end of a path.
    pub trailing_slash: TrailingSlash,
    /// How its webhooks are sent, where it has any.
    pub deliveries: Option<DeliveryRules>,
    /// The documents.
    pub documents: &'static [Document],
    /// The rulings that the contract rests on.
    pub rulings: &'static [Ruling],
    /// The rulings that a user may decide otherwise.
    pub readings: &'static [Reading],
    /// Magic inputs.
    pub test_values: &'static [TestValue],
    /// Which notice each fault of the protocol gets.
    pub protocol: fn(&Protocol) -> Notice,
    /// The model of a refusal's body.
    pub error_model: &'static str,
    /// The body of a refusal.
    pub error: fn(&Notice, &[Violation]) -> Error,
}

/// The body of a refusal, in the vendor's shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The JSON document.
    pub body: Value,
}

/// A base URL that a document gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// Scheme, host and the path that all operations share, without a slash at the end.
    pub url: &'static str,
    /// What it is.
    pub description: &'static str,
}

/// How callers of an API prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Authentication {
    /// A fixed secret, sent as a bearer token.
    Secret {
        /// The secret of every fresh session.
        test_secret: &'static str,
        /// Further headers that every call carries.
        headers: &'static [CredentialHeader],
    },
    /// OAuth 2.0 client credentials: an operation gives the token that all others ask for.
    ClientCredentials {
        /// The operation that gives tokens.
        operation: &'static str,
        /// Member of its body that names the client.
        client_id: &'static str,
        /// Member of its body that holds the secret.
        secret: &'static str,
        /// Member of its reply that holds the token.
        token: &'static str,
        /// The client of every fresh session.
        test_client_id: &'static str,
        /// The secret of every fresh session.
        test_secret: &'static str,
    },
}

/// A header that every call carries beside its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialHeader {
    /// Its name.
    pub name: &'static str,
    /// Its value for every fresh session.
    pub test_value: &'static str,
    /// What it says, in our own words.
    pub description: &'static str,
}

/// What becomes of a slash at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TrailingSlash {
    /// The path with it is another path.
    Significant,
    /// It changes nothing.
    Ignored,
}

/// A published document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its name in sources.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// An input with a documented effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TestValue {
    /// The input.
    pub value: &'static str,
    /// Which field takes it.
    pub field: &'static str,
    /// What it sets off, in our own words.
    pub effect: &'static str,
    /// What shows the effect, such as an activity type.
    pub shows: &'static str,
}

/// One operation as data.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its declaration.
    pub spec: Spec,
    /// Its path.
    pub path: PathTemplate,
    /// Schema of the object of its path parameters.
    pub path_parameters: Value,
    /// Schema of the object of its query parameters.
    pub query: Value,
    /// Schema of its body, where it takes one.
    pub body: Option<Value>,
    /// Schema of its reply; `None` where the reply is raw bytes.
    pub reply: Option<Value>,
    /// Its documented refusals.
    pub refusals: Vec<&'static Notice>,
}

impl Operation {
    fn of<E: Endpoint>(schemas: &mut Schemas) -> Self {
        let body = schema::standalone::<E::Body>(Direction::Request);
        let path_parameters = schema::standalone::<E::Path>(Direction::Request);
        let query = schema::standalone::<E::Query>(Direction::Request);
        schemas.adopt(&path_parameters);
        schemas.adopt(&query);
        Self {
            spec: E::SPEC,
            path: PathTemplate::new(E::SPEC.path),
            path_parameters,
            query,
            body: (!schema::is_nothing(&body)).then(|| collected::<E::Body>(schemas)),
            reply: E::Reply::schema(schemas).map(schemars::Schema::to_value),
            refusals: E::Refusal::all(),
        }
    }

    /// The names of the query parameters.
    pub fn query_parameters(&self) -> impl Iterator<Item = &str> {
        let properties = self.query.get("properties").and_then(Value::as_object);
        properties.into_iter().flat_map(Map::keys).map(String::as_str)
    }
}

fn collected<T: JsonSchema>(schemas: &mut Schemas) -> Value {
    schemas.collect::<T>(Direction::Request).to_value()
}

/// A named schema of an API.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name, such as `Claim`.
    pub name: String,
    /// Its schema; other models are named as `#/$defs/…`.
    pub schema: Value,
}

/// One webhook as data.
#[derive(Clone, Debug)]
pub struct WebhookDeclaration {
    /// Its declaration.
    pub spec: WebhookSpec,
    /// Schema of its body.
    pub payload: Value,
}

/// What an API promises, as data.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What is true of the API as a whole.
    pub service: Service,
    /// Its operations, in documented order.
    pub operations: Vec<Operation>,
    /// Its webhooks, in documented order.
    pub webhooks: Vec<WebhookDeclaration>,
    /// Its models, by name.
    pub models: Vec<Model>,
    /// Stories that its operations tell together.
    pub stories: Vec<Story>,
    routes: Routes,
}

/// Collects the operations of an API.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    schemas: Schemas,
    operations: Vec<Operation>,
    webhooks: Vec<WebhookDeclaration>,
    sources: Vec<(String, Source, Basis)>,
}

impl Contract {
    /// A contract that `declare` fills, operation by operation.
    pub fn new(service: Service, stories: Vec<Story>, declare: impl FnOnce(&mut Declaration)) -> Self {
        let mut declaration = Declaration(Collected::default());
        declare(&mut declaration);
        let Collected { schemas, operations, webhooks, sources } = declaration.0;
        let mut models: Vec<Model> =
            schemas.into_definitions().into_iter().map(|(name, schema)| Model { name, schema }).collect();
        for (name, source, basis) in sources {
            let model = models.iter_mut().find(|model| model.name == name);
            if let Some(keywords) = model.and_then(|model| model.schema.as_object_mut()) {
                keywords.insert(SOURCE_KEY.to_owned(), source.to_string().into());
                keywords.insert(BASIS_KEY.to_owned(), basis.as_str().into());
            }
        }
        let routes = Routes::new(operations.iter().map(|operation| (operation.spec.method, operation.path)));
        Self { service, operations, webhooks, models, stories, routes }
    }

    /// The name of the API.
    pub fn name(&self) -> &'static str {
        self.service.name
    }

    /// Which operation a path leads to.
    pub fn routes(&self) -> &Routes {
        &self.routes
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.spec.id == id)
    }

    /// The webhook with this id.
    pub fn webhook(&self, id: &str) -> Option<&WebhookDeclaration> {
        self.webhooks.iter().find(|webhook| webhook.spec.id == id)
    }

    /// The model with this name.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }

    /// A schema that stands alone: with every model that it reaches.
    pub fn bundle(&self, schema: &Value) -> Value {
        let models: Map<String, Value> =
            self.models.iter().map(|model| (model.name.clone(), model.schema.clone())).collect();
        schema::bundle(schema, &models)
    }

    /// A checker for a schema of this contract.
    pub fn checker(&self, schema: &Value) -> Result<Checker, String> {
        Checker::new(self.bundle(schema))
    }

    /// The notices of the protocol's faults, each once.
    pub fn protocol_notices(&self) -> Vec<Notice> {
        Protocol::all().iter().map(|fault| (self.service.protocol)(fault)).collect()
    }

    /// The names of the members and parameters whose values may appear in logs, findings and recordings: those that
    /// the contract names and does not mark as sensitive, nor as personal where personal data is masked.
    pub fn showable_members(&self, personal_data: PersonalData) -> BTreeSet<String> {
        let (mut names, marked) = self.member_names(&personal_data.hidden_keys());
        names.retain(|name| !marked.contains(name));
        names
    }

    /// The names of the members whose values never appear in logs, findings or recordings.
    pub fn sensitive_members(&self) -> BTreeSet<String> {
        self.member_names(&[SENSITIVE_KEY]).1
    }

    /// The names of the members and parameters that hold personal data.
    pub fn personal_members(&self) -> BTreeSet<String> {
        self.member_names(&[PERSONAL_KEY]).1
    }

    /// The names of all members and parameters, and of those that one of these keywords marks.
    fn member_names(&self, keys: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut names = BTreeSet::new();
        let mut marked = BTreeSet::new();
        let mut open: Vec<&Value> = self.models.iter().map(|model| &model.schema).collect();
        open.extend(
            self.operations.iter().flat_map(|operation| [&operation.query, &operation.path_parameters]),
        );
        while let Some(schema) = open.pop() {
            if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
                names.extend(properties.keys().cloned());
                let own = properties.iter().filter(|(_, member)| is_marked(member, keys));
                marked.extend(own.map(|(name, _)| name.clone()));
            }
            match schema {
                Value::Object(members) => open.extend(members.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        (names, marked)
    }

    /// Every notice of the contract, each once, by id.
    pub fn notices(&self) -> Vec<Notice> {
        let own =
            self.operations.iter().flat_map(|operation| operation.refusals.iter().map(|notice| **notice));
        let mut notices: Vec<Notice> = self.protocol_notices().into_iter().chain(own).collect();
        notices.sort_by_key(|notice| notice.id);
        notices.dedup();
        notices
    }

    /// What is wrong with the declaration itself: paths that hide each other, ids and notices used twice.
    pub fn defects(&self) -> Vec<String> {
        let mut defects = Vec::new();
        let mut ids = BTreeSet::new();
        for (index, operation) in self.operations.iter().enumerate() {
            if !self.routes.reaches(index) {
                defects.push(format!("{}: its path cannot be told from another", operation.spec.id));
            }
            if !ids.insert(operation.spec.id) {
                defects.push(format!("{}: declared twice", operation.spec.id));
            }
        }
        for webhook in &self.webhooks {
            if !ids.insert(webhook.spec.id) {
                defects.push(format!("{}: declared twice", webhook.spec.id));
            }
        }
        if let Some(signing) = self.service.deliveries.and_then(|rules| rules.signing) {
            // The request of a delivery is what its signature ends with.
            let other = self.webhooks.iter().filter(|webhook| webhook.spec.request != signing.suffix);
            defects.extend(
                other.map(|webhook| format!("{}: its request is not what is signed", webhook.spec.id)),
            );
        }
        if self.webhooks.is_empty() == self.service.deliveries.is_some() {
            defects.push("webhooks and rules for their delivery go together".to_owned());
        }
        let notices = self.notices();
        for pair in notices.windows(2) {
            if let [first, second] = pair
                && first.id == second.id
            {
                defects.push(format!("{}: two notices with this id", first.id));
            }
        }
        defects
    }
}

/// Takes the operations of an API, one after the other.
#[derive(Debug)]
pub struct Declaration(Collected);

impl Declaration {
    /// Adds an operation.
    pub fn operation<E: Endpoint>(&mut self) {
        let operation = Operation::of::<E>(&mut self.0.schemas);
        self.0.operations.push(operation);
    }

    /// Adds a webhook.
    pub fn webhook<W: Webhook>(&mut self) {
        let payload = self.0.schemas.collect::<W::Payload>(Direction::Reply).to_value();
        self.0.webhooks.push(WebhookDeclaration { spec: W::SPEC, payload });
    }

    /// Adds a model that no operation names.
    pub fn model<T: JsonSchema>(&mut self, direction: Direction) {
        self.0.schemas.collect::<T>(direction);
    }

    /// Says where this API documents a model that it shares with other APIs.
    pub fn source<T: JsonSchema>(&mut self, source: Source, basis: Basis) {
        self.0.sources.push((T::schema_name().into_owned(), source, basis));
    }
}

/// Whether a keyword marks a member: itself, its items, or what it may be.
fn is_marked(member: &Value, keys: &[&str]) -> bool {
    let is_own = keys.iter().any(|key| member.get(key) == Some(&Value::Bool(true)));
    let items = member.get("items").into_iter();
    let choices = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| member.get(key)?.as_array()).flatten();
    is_own || items.chain(choices).any(|inner| is_marked(inner, keys))
}
