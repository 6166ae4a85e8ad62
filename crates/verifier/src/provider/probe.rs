//! Calls with one thing wrong.

use bytes::Bytes;
use estoppel_contract::{Contract, JsonPointer, Method, Protocol, Segment};
use serde_json::{Map, Value, json};

use super::{
    applicable::{NOT_VALID, applicable, bad_parameters, credential_headers, properties, required, resolved},
    call::{Call, ForeignUrl, Proof, Request},
};
use crate::Rule;

/// A call with one thing wrong, which must be refused.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    pub(super) rule: Rule,
    /// What is wrong, in a few words.
    pub(super) name: String,
    change: Change,
    /// The fault that the contract sees in it.
    pub(super) fault: Protocol,
}

/// What is done to a call that would succeed.
#[derive(Clone, Debug)]
enum Change {
    Credential(Credential),
    NoHeader(&'static str),
    Method(&'static str),
    Path(String),
    Accept(&'static str),
    ContentType(Option<&'static str>),
    RawBody(&'static str),
    Body(Value),
    Parameter(String, Option<&'static str>),
}

/// A credential that is not good.
#[derive(Clone, Copy, Debug)]
enum Credential {
    None,
    OtherScheme,
    TokenAlone,
    Unknown,
}

impl Probe {
    fn new(rule: Rule, name: impl Into<String>, change: Change, fault: Protocol) -> Self {
        Self { rule, name: name.into(), change, fault }
    }

    /// The request, for a server at `base_url`, with this proof.
    pub(super) fn request(
        &self,
        call: &Call<'_>,
        base_url: &str,
        proof: &Proof,
    ) -> Result<Request, ForeignUrl> {
        let mut call = call.clone();
        match &self.change {
            Change::Body(body) => call.body = Some(body.clone()),
            Change::Parameter(name, value) => {
                call.parameters.retain(|(known, _)| known != name);
                let operation = call.operation;
                let in_path = operation.path.parameters().find(|known| known == name);
                let name = in_path.or_else(|| operation.query_parameters().find(|known| known == name));
                if let (Some(value), Some(name)) = (value, name) {
                    call.parameters.push((name, (*value).to_owned()));
                }
            }
            _ => {}
        }
        let mut request = call.request(base_url, proof)?;
        match &self.change {
            Change::Credential(credential) => {
                request.authorization = match credential {
                    Credential::None => None,
                    Credential::OtherScheme => Some("Basic bm90OnZhbGlk".to_owned()),
                    Credential::TokenAlone => proof.token.clone(),
                    Credential::Unknown => Some("Bearer never-issued".to_owned()),
                };
            }
            Change::NoHeader(name) => {
                request.credential_headers.retain(|header| !header.name.eq_ignore_ascii_case(name));
            }
            Change::Method(method) => request.method = method,
            Change::Path(path) => request.target.clone_from(path),
            Change::Accept(accept) => request.accept = Some(accept),
            Change::ContentType(content_type) => request.content_type = *content_type,
            Change::RawBody(body) => request.body = Bytes::from_static(body.as_bytes()),
            Change::Body(_) | Change::Parameter(..) => {}
        }
        Ok(request)
    }
}

/// Every way to make this call, which is about to succeed, wrong in one thing.
///
/// `call` is as the simulator gets it; what is wrong does not depend on the world.
pub(super) fn probes(contract: &Contract, call: &Call<'_>) -> Vec<Probe> {
    let operation = call.operation;
    let mut probes = Vec::new();
    for rule in applicable(contract, operation) {
        match rule {
            Rule::AuthMissing => probes.push(Probe::new(
                rule,
                "without Authorization",
                Change::Credential(Credential::None),
                Protocol::Unauthorized,
            )),
            Rule::AuthScheme => probes.extend(
                [
                    ("with another scheme", Credential::OtherScheme),
                    ("with the token alone", Credential::TokenAlone),
                ]
                .map(|(name, credential)| {
                    Probe::new(rule, name, Change::Credential(credential), Protocol::Unauthorized)
                }),
            ),
            Rule::AuthUnknown => probes.push(Probe::new(
                rule,
                "with a token that was never issued",
                Change::Credential(Credential::Unknown),
                Protocol::Unauthorized,
            )),
            Rule::AuthHeaderMissing => probes.extend(credential_headers(contract).iter().map(|header| {
                let told = format!("without {}", header.name);
                Probe::new(rule, told, Change::NoHeader(header.name), Protocol::Unauthorized)
            })),
            Rule::MethodNotAllowed => probes.extend(method_probes(contract, call)),
            Rule::NotAcceptable => probes.push(Probe::new(
                rule,
                "accepting text/html",
                Change::Accept("text/html"),
                Protocol::NotAcceptable,
            )),
            Rule::ParameterValue => {
                let names = bad_parameters(&operation.path_parameters).into_iter();
                let names = names.chain(bad_parameters(&operation.query));
                probes.extend(names.map(|name| {
                    let told = format!("with {NOT_VALID:?} for {name}");
                    let change = Change::Parameter(name, Some(NOT_VALID));
                    Probe::new(rule, told, change, Protocol::Invalid(Vec::new()))
                }));
            }
            Rule::ParameterMissing => probes.extend(required(&operation.query).into_iter().map(|name| {
                let told = format!("without {name}");
                Probe::new(rule, told, Change::Parameter(name, None), Protocol::Invalid(Vec::new()))
            })),
            _ => {}
        }
    }
    if operation.body.is_some() {
        probes.extend(body_probes(contract, call));
    }
    probes
}

/// Calls of paths that do not exist.
pub(super) fn route_probes(contract: &Contract) -> Vec<Probe> {
    let paths = ["/no-such-path", "/no-such-path/below/it", "/"];
    let unknown = paths.into_iter().filter(|path| contract.routes().at(path).is_none());
    unknown
        .map(|path| {
            let change = Change::Path(path.to_owned());
            Probe::new(Rule::RouteUnknown, format!("at {path}"), change, Protocol::UnknownRoute)
        })
        .collect()
}

fn method_probes(contract: &Contract, call: &Call<'_>) -> Vec<Probe> {
    let template = call.operation.path;
    let served = |method: &str| {
        contract
            .operations
            .iter()
            .any(|operation| operation.path == template && operation.spec.method.as_str() == method)
    };
    let methods = Method::ALL.map(Method::as_str).into_iter().chain(["PATCH"]);
    methods
        .filter(|method| !served(method))
        .map(|method| {
            let told = format!("with {method}");
            Probe::new(Rule::MethodNotAllowed, told, Change::Method(method), Protocol::MethodNotAllowed)
        })
        .collect()
}

fn body_probes(contract: &Contract, call: &Call<'_>) -> Vec<Probe> {
    let (Some(schema), Some(body)) = (&call.operation.body, &call.body) else { return Vec::new() };
    let invalid = || Protocol::Invalid(Vec::new());
    let type_of = |value| Change::ContentType(value);
    let mut probes = vec![
        Probe::new(
            Rule::ContentType,
            "with the body as text/plain",
            type_of(Some("text/plain")),
            Protocol::UnsupportedMediaType,
        ),
        Probe::new(
            Rule::ContentType,
            "with a body of no type",
            type_of(None),
            Protocol::UnsupportedMediaType,
        ),
        Probe::new(
            Rule::BodyMalformed,
            "with half a body",
            Change::RawBody("{\"half\":"),
            Protocol::MalformedBody,
        ),
        Probe::new(
            Rule::BodyMissing,
            "with an empty body",
            Change::RawBody(""),
            if call.operation.spec.method == Method::Delete { invalid() } else { Protocol::MalformedBody },
        ),
    ];
    let Ok(checker) = contract.checker(schema) else { return probes };
    let root = checker.schema().clone();
    let refused = |changed: &Value| !checker.accepts(changed);
    if refused(&json!({})) {
        probes.push(Probe::new(
            Rule::BodyMembersMissing,
            "with an empty object",
            Change::Body(json!({})),
            invalid(),
        ));
    }
    for wrong in wrong_members(&root, &root, body, &JsonPointer::root()) {
        let Some(changed) = wrong.applied(body).filter(|changed| refused(changed)) else { continue };
        let told = format!("with {} {}", wrong.pointer, wrong.told);
        probes.push(Probe::new(wrong.rule, told, Change::Body(changed), invalid()));
    }
    probes
}

/// A member that is made wrong.
struct WrongMember {
    rule: Rule,
    pointer: JsonPointer,
    told: &'static str,
    value: Option<Value>,
}

impl WrongMember {
    fn applied(&self, body: &Value) -> Option<Value> {
        let mut changed = body.clone();
        let (last, parents) = self.pointer.segments().split_last()?;
        let mut parent = &mut changed;
        for segment in parents {
            parent = parent.get_mut(segment.to_string())?;
        }
        let members = parent.as_object_mut()?;
        match &self.value {
            Some(value) => drop(members.insert(last.to_string(), value.clone())),
            None => drop(members.remove(&last.to_string())?),
        }
        Some(changed)
    }
}

/// Every member that can be made wrong, at any depth of the objects that the body holds.
fn wrong_members(root: &Value, schema: &Value, body: &Value, at: &JsonPointer) -> Vec<WrongMember> {
    let mut wrong = Vec::new();
    let empty = Map::new();
    let present = body.as_object().unwrap_or(&empty);
    for (name, member) in properties(root, schema).into_iter().flatten() {
        let pointer = at.clone().child(Segment::Key(name.clone()));
        let mut push =
            |rule, told, value| wrong.push(WrongMember { rule, pointer: pointer.clone(), told, value });
        push(Rule::BodyMemberMissing, "left out", None);
        push(Rule::BodyMemberNull, "null", Some(Value::Null));
        push(Rule::BodyMemberType, "a boolean", Some(json!(true)));
        push(Rule::BodyMemberType, "an object", Some(json!({"unexpected": 1})));
        push(Rule::BodyMemberType, "an array", Some(json!([12])));
        push(Rule::BodyMemberType, "a number", Some(json!(12.5)));
        let declared = resolved(root, member).get("type").and_then(Value::as_str);
        let of = |kind| if declared == Some(kind) { Rule::BodyMemberValue } else { Rule::BodyMemberType };
        push(of("string"), "\"not-valid\"", Some(json!(NOT_VALID)));
        push(of("array"), "[\"not-valid\"]", Some(json!([NOT_VALID])));
        if let Some(inner) = present.get(name).filter(|inner| inner.is_object()) {
            wrong.extend(wrong_members(root, member, inner, &pointer));
        }
    }
    wrong
}
