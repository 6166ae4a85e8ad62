//! The front end for OpenAPI 3 documents and JSON Schemas.

mod needs;
mod places;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Direction, Edition, EditionError,
    documents::text_of,
    surface::{
        At, Field, Model, Named, Need, Node, NodeId, Notice, Operation, Origin, Refusal, Reply, Surface,
        Webhook,
    },
};
use crate::{Document, NoticeKind, text::Text};
use places::Places;
use schemas::{Schemas, escaped};

const EXPECTED: &str = "no operation, webhook or schema";
/// References that lead to references beyond this lead nowhere.
const REFERENCES_MAX: usize = 32;
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads an edition from an OpenAPI document.
pub(super) fn read(name: &str, document: &Document<'_>) -> Result<Edition, EditionError> {
    let (text, root) = parse(document)?;
    let invalid =
        |reason: &str| EditionError::NotOpenApi { file: document.name.to_owned(), reason: reason.to_owned() };
    let version = match (root.get("openapi").and_then(Value::as_str), root.get("swagger")) {
        (Some(version), _) => version,
        (None, Some(_)) => return Err(invalid("it is a Swagger 2 document")),
        (None, None) => return Err(invalid("it has no member `openapi`")),
    };
    if !version.starts_with("3.") {
        return Err(invalid(&format!("its version is {version}")));
    }
    let places = Places::of(&text);
    let surface = Reader::new(&root, &places).document();
    if surface.is_empty() {
        return Err(EditionError::Nothing { name: name.to_owned(), expected: EXPECTED });
    }
    Ok(Edition { name: name.to_owned(), files: vec![(document.name.to_owned(), text)], surface })
}

/// Reads an edition from schemas, each of which stands alone.
pub(super) fn read_schemas(name: &str, documents: &[Document<'_>]) -> Result<Edition, EditionError> {
    let mut surface = Surface { origin: Origin::Schemas, ..Surface::default() };
    let mut files = Vec::new();
    for (file, document) in documents.iter().enumerate() {
        let (text, root) = parse(document)?;
        let titled = root.get("title").and_then(Value::as_str).unwrap_or(document.name).to_owned();
        let places = Places::of(&text);
        let at = places.at(file, "");
        let mut schemas = Schemas::new(&root, &places, file, surface);
        let node = schemas.node("");
        surface = schemas.finish();
        // Nobody says which way a schema on its own travels: each way counts.
        let directions = BTreeSet::from([Direction::Sent, Direction::Received]);
        surface.models.push(Model { name: titled, node, directions, at });
        files.push((document.name.to_owned(), text));
    }
    if surface.is_empty() {
        return Err(EditionError::Nothing { name: name.to_owned(), expected: EXPECTED });
    }
    Ok(Edition { name: name.to_owned(), files, surface })
}

fn parse(document: &Document<'_>) -> Result<(Text<'static>, Value), EditionError> {
    let text = text_of(document)?;
    let root = serde_json::from_str(text.as_str())
        .map_err(|source| EditionError::NotJson { file: document.name.to_owned(), source })?;
    Ok((text, root))
}

/// Reads one OpenAPI document.
struct Reader<'d> {
    root: &'d Value,
    places: &'d Places,
    schemas: Schemas<'d>,
}

impl<'d> Reader<'d> {
    fn new(root: &'d Value, places: &'d Places) -> Self {
        let surface = Surface { origin: Origin::Schemas, ..Surface::default() };
        Self { root, places, schemas: Schemas::new(root, places, 0, surface) }
    }

    fn at(&self, pointer: &str) -> At {
        self.places.at(0, pointer)
    }

    fn document(mut self) -> Surface {
        for (index, server) in list(self.root.get("servers")).enumerate() {
            if let Some(url) = server.get("url").and_then(Value::as_str) {
                let at = self.at(&format!("/servers/{index}/url"));
                let name = url.trim_end_matches('/').to_owned();
                self.schemas.surface.hosts.push(Named { name, at });
            }
        }
        for (index, value) in list(self.root.get("x-test-values")).enumerate() {
            if let Some(word) = value.get("value").and_then(Value::as_str) {
                let at = self.at(&format!("/x-test-values/{index}/value"));
                self.schemas.surface.test_values.push(Named { name: word.to_owned(), at });
            }
        }
        for (path, item) in members(self.root.get("paths")) {
            let pointer = format!("/paths/{}", escaped(path));
            let (pointer, item) = self.target(&pointer, item);
            let shared = format!("{pointer}/parameters");
            for (method, operation) in
                members(Some(item)).filter(|(name, _)| METHODS.contains(&name.as_str()))
            {
                let pointer = format!("{pointer}/{method}");
                let operation =
                    self.operation(path, method, operation, &pointer, (&shared, item.get("parameters")));
                self.schemas.surface.operations.push(operation);
            }
        }
        for (name, item) in members(self.root.get("webhooks")) {
            let pointer = format!("/webhooks/{}", escaped(name));
            let (pointer, item) = self.target(&pointer, item);
            let called = members(Some(item)).find(|(method, _)| METHODS.contains(&method.as_str()));
            let body = called.and_then(|(method, operation)| {
                self.body(operation.get("requestBody")?, &format!("{pointer}/{method}/requestBody"))
            });
            let at = self.at(&pointer);
            let headers = self.headers(called, &pointer, &at);
            let webhook = Webhook { name: name.clone(), headers: Some(headers), body, at };
            self.schemas.surface.webhooks.push(webhook);
        }
        let unused = self.schemas.surface.operations.is_empty() && self.schemas.surface.webhooks.is_empty();
        if unused {
            self.components();
        }
        self.schemas.finish()
    }

    /// The headers of a webhook.
    fn headers(&mut self, called: Option<(&String, &'d Value)>, pointer: &str, at: &At) -> NodeId {
        let empty = Node { at: at.clone(), ..Node::default() };
        let mut parameters = BTreeMap::from([("header", self.schemas.surface.add(empty))]);
        if let Some((method, operation)) = called {
            for (index, parameter) in list(operation.get("parameters")).enumerate() {
                let pointer = format!("{pointer}/{method}/parameters/{index}");
                self.parameter(&pointer, parameter, &mut parameters);
            }
        }
        parameters.get("header").copied().unwrap_or_default()
    }

    /// Schemas of a document that has nothing else.
    fn components(&mut self) {
        let schemas = self.root.get("components").and_then(|components| components.get("schemas"));
        for (name, _) in members(schemas) {
            let pointer = format!("/components/schemas/{}", escaped(name));
            let at = self.at(&pointer);
            let node = self.schemas.node(&pointer);
            let directions = BTreeSet::from([Direction::Sent, Direction::Received]);
            self.schemas.surface.models.push(Model { name: name.clone(), node, directions, at });
        }
    }

    /// What a reference leads to, and where that stands.
    fn target(&self, pointer: &str, value: &'d Value) -> (String, &'d Value) {
        let (mut pointer, mut value) = (pointer.to_owned(), value);
        for _ in 0..REFERENCES_MAX {
            let target =
                value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            let Some((target, found)) = target.and_then(|target| Some((target, self.root.pointer(target)?)))
            else {
                break;
            };
            target.clone_into(&mut pointer);
            value = found;
        }
        (pointer, value)
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        operation: &'d Value,
        pointer: &str,
        (shared_pointer, shared): (&str, Option<&'d Value>),
    ) -> Operation {
        let at = self.at(pointer);
        let mut parameters: BTreeMap<&'static str, NodeId> = BTreeMap::new();
        let own_pointer = format!("{pointer}/parameters");
        for (pointer, listed) in
            [(shared_pointer, shared), (own_pointer.as_str(), operation.get("parameters"))]
        {
            for (index, parameter) in list(listed).enumerate() {
                self.parameter(&format!("{pointer}/{index}"), parameter, &mut parameters);
            }
        }
        let request =
            operation.get("requestBody").and_then(|body| self.body(body, &format!("{pointer}/requestBody")));
        let mut made = Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            name: operation.get("operationId").and_then(Value::as_str).map(str::to_owned),
            host: None,
            security: Some(security(operation.get("security").or(self.root.get("security")))),
            parameters,
            request,
            replies: Vec::new(),
            refusals: Vec::new(),
            notices: Vec::new(),
            at,
        };
        self.responses(operation, pointer, &mut made);
        self.notices(operation, pointer, &mut made);
        made
    }

    fn parameter(
        &mut self,
        pointer: &str,
        value: &'d Value,
        parameters: &mut BTreeMap<&'static str, NodeId>,
    ) {
        let (pointer, value) = self.target(pointer, value);
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let (Some(name), Some(place)) = (text("name"), text("in")) else { return };
        let Some(place) = ["path", "query", "header", "cookie"].into_iter().find(|known| *known == place)
        else {
            return;
        };
        let at = self.at(&pointer);
        let group = *parameters
            .entry(place)
            .or_insert_with(|| self.schemas.surface.add(Node { at: at.clone(), ..Node::default() }));
        let node = match value.get("schema") {
            Some(_) => self.schemas.node(&format!("{pointer}/schema")),
            None => self.schemas.surface.add(Node { at: at.clone(), ..Node::default() }),
        };
        let required = value.get("required").and_then(Value::as_bool) == Some(true);
        let default = value.get("schema").and_then(|schema| schema.get("default")).map(Value::to_string);
        let deprecated = value.get("deprecated").and_then(Value::as_bool) == Some(true);
        let field = Field {
            node,
            need: if required { Need::Required } else { Need::Optional },
            default,
            description: text("description").map(str::to_owned),
            deprecated: deprecated.then(|| at.clone()),
            listed: true,
            at,
        };
        if let Some(group) = self.schemas.surface.nodes.get_mut(group) {
            group.fields.insert(name.to_owned(), field);
        }
    }

    /// The schema of a body: of its JSON, or of what else it has.
    fn body(&mut self, value: &'d Value, pointer: &str) -> Option<NodeId> {
        let (pointer, value) = self.target(pointer, value);
        let content = value.get("content")?.as_object()?;
        let json = content.iter().find(|(media, _)| media.contains("json")).or_else(|| content.iter().next());
        let (media, described) = json?;
        described.get("schema")?;
        Some(self.schemas.node(&format!("{pointer}/content/{}/schema", escaped(media))))
    }

    fn responses(&mut self, operation: &'d Value, pointer: &str, made: &mut Operation) {
        for (status, response) in members(operation.get("responses")) {
            let pointer = format!("{pointer}/responses/{}", escaped(status));
            let (pointer, response) = self.target(&pointer, response);
            let at = self.at(&pointer);
            let Ok(code) = status.parse::<u16>() else { continue };
            let body = self.body(response, &pointer);
            if code < 400 {
                made.replies.push(Reply { status: Some(code), body, at });
                continue;
            }
            let content = response.get("content").and_then(Value::as_object);
            let media = content.into_iter().flatten();
            let examples =
                media.filter_map(|(media, described)| Some((media, described.get("examples")?.as_object()?)));
            let mut named = false;
            for (media, examples) in examples {
                for (id, example) in examples {
                    named = true;
                    let message = example.get("value").and_then(|value| value.get("message")?.as_str());
                    let pointer = format!("{pointer}/content/{}/examples/{}", escaped(media), escaped(id));
                    made.refusals.push(Refusal {
                        status: code,
                        id: Some(id.clone()),
                        message: message.map(str::to_owned),
                        body,
                        at: self.at(&pointer),
                    });
                }
            }
            if !named {
                made.refusals.push(Refusal { status: code, id: None, message: None, body, at });
            }
        }
    }

    fn notices(&self, operation: &Value, pointer: &str, made: &mut Operation) {
        let mut add = |kind: NoticeKind, member: &str| {
            let at = self.at(&format!("{pointer}/{member}"));
            made.notices.push(Notice { kind, subject: String::new(), at });
        };
        if operation.get("deprecated").and_then(Value::as_bool) == Some(true) {
            add(NoticeKind::Deprecated, "deprecated");
        }
        if operation.get("x-availability").is_some_and(|told| told != "served") {
            add(NoticeKind::NotAvailable, "x-availability");
        }
    }
}

/// A security requirement as one text; empty where none is needed.
fn security(requirement: Option<&Value>) -> String {
    let mut alternatives: Vec<String> = list(requirement)
        .map(|alternative| {
            let mut schemes: Vec<String> = members(Some(alternative)).map(|(name, _)| name.clone()).collect();
            schemes.sort();
            schemes.join(" and ")
        })
        .collect();
    alternatives.sort();
    alternatives.join(" or ")
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}
