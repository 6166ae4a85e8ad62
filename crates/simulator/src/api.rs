//! The operations of an API with what they do.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use estoppel_contract::{
    Auth, Authentication, Availability, Basis, Bounded, Contract, Declaration, Encoded, Endpoint, Method,
    Notice, PathMatch, PathTemplate, Protocol, Respond, Routes, Service, Spec, Story, TrailingSlash,
    Violation, Webhook,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;

mod decode;

use decode::{Decoders, serve};

use crate::{
    Answer, Behaviour, Call, DeliverySettings, Event, Holding, Message, Outcome, Policy, RawCall, Room,
    Running, Setup, Simulation, Verdict, WebhookChange, budget::Exhausted, negotiation,
};

/// The operations of an API with what they do: its table of contents.
pub struct Api<S> {
    service: Service,
    operations: Operations<S>,
    controls: Operations<S>,
    declarations: Vec<fn(&mut Declaration)>,
    control_declarations: Vec<fn(&mut Declaration)>,
    stories: fn() -> Vec<Story>,
    contract: OnceLock<Contract>,
}

/// What an operation does: it changes the state and replies, or it refuses.
pub type Handler<S, E> = fn(&mut S, Call<E>) -> Result<<E as Endpoint>::Reply, <E as Endpoint>::Refusal>;

/// Operations and which of them a path leads to.
struct Operations<S> {
    list: Vec<Operation<S>>,
    routes: OnceLock<Routes>,
}

impl<S> Default for Operations<S> {
    fn default() -> Self {
        Self { list: Vec::new(), routes: OnceLock::new() }
    }
}

impl<S> Operations<S> {
    fn routes(&self) -> &Routes {
        self.routes.get_or_init(|| {
            let specs = self.list.iter().map(|operation| operation.spec);
            Routes::new(specs.map(|spec| (spec.method, PathTemplate::new(spec.path))))
        })
    }
}

struct Operation<S> {
    spec: Spec,
    /// The headers of its success, where that is JSON. Copying them is cheaper than making them.
    headers: HeaderMap,
    replies_json: bool,
    growth: Growth,
    serve: Box<Serve<S>>,
}

/// Whether an operation may add something to the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growth {
    /// It only reads or removes, or it issues tokens, of which a state keeps a fixed number.
    Never,
    /// It may.
    Possible,
}

impl Growth {
    fn of(spec: &Spec, service: &Service) -> Self {
        let issues_tokens = match service.authentication {
            Authentication::ClientCredentials { operation, .. } => operation == spec.id,
            Authentication::Secret { .. } => false,
        };
        match spec.method {
            Method::Get | Method::Delete => Self::Never,
            _ if issues_tokens => Self::Never,
            _ => Self::Possible,
        }
    }
}

type Serve<S> =
    dyn Fn(&mut S, &RawCall, &PathMatch<'_, '_>, Conditions<'_>) -> Result<Served, Fault> + Send + Sync;

/// A success, encoded.
struct Served {
    encoded: Encoded,
    ignored: Bounded<String>,
}

/// What an operation is served under.
#[derive(Clone, Copy)]
struct Conditions<'c> {
    now: Timestamp,
    base_url: &'c Arc<str>,
    room: Room,
}

/// A "no".
enum Fault {
    Protocol(Protocol),
    Invalid(Bounded<Violation>),
    Refused(&'static Notice),
    /// The session has no room for what this operation may add.
    Exhausted(&'static str, Exhausted),
}

impl From<Protocol> for Fault {
    fn from(fault: Protocol) -> Self {
        Self::Protocol(fault)
    }
}

impl<S: Behaviour> Api<S> {
    /// An API without operations.
    pub fn new(service: Service) -> Self {
        Self {
            service,
            operations: Operations::default(),
            controls: Operations::default(),
            declarations: Vec::new(),
            control_declarations: Vec::new(),
            stories: Vec::new,
            contract: OnceLock::new(),
        }
    }

    /// Adds an operation and what it does.
    #[must_use]
    pub fn operation<E: Endpoint>(mut self, handler: Handler<S, E>) -> Self {
        self.declarations.push(Declaration::operation::<E>);
        self.operations.list.push(Operation::new::<E>(handler, Growth::of(&E::SPEC, &self.service)));
        self
    }

    /// Adds a control and what it does: something that the vendor does by other means than this API, such as opening
    /// an account. It is no part of the contract.
    #[must_use]
    pub fn control<E: Endpoint>(mut self, handler: Handler<S, E>) -> Self {
        self.control_declarations.push(Declaration::operation::<E>);
        self.controls.list.push(Operation::new::<E>(handler, Growth::of(&E::SPEC, &self.service)));
        self
    }

    /// Declares a webhook.
    #[must_use]
    pub fn webhook<W: Webhook>(mut self) -> Self {
        self.declarations.push(Declaration::webhook::<W>);
        self
    }

    /// Declares what no operation names: further models.
    #[must_use]
    pub fn declare(mut self, declare: fn(&mut Declaration)) -> Self {
        self.declarations.push(declare);
        self
    }

    /// Sets the stories that the operations tell together.
    #[must_use]
    pub fn stories(mut self, stories: fn() -> Vec<Story>) -> Self {
        self.stories = stories;
        self
    }

    fn answer(
        &self,
        operations: &Operations<S>,
        state: &mut S,
        call: &RawCall,
        conditions: Conditions<'_>,
    ) -> Answer {
        let method = if call.method == http::Method::HEAD { "GET" } else { call.method.as_str() };
        let path = self.significant(call.path());
        let found = operations.routes().at(&path);
        let is_served = |index: usize| {
            operations.list.get(index).is_some_and(|operation| match operation.spec.availability {
                Availability::Served => true,
                Availability::Announced { reading } => state.is_on(reading),
            })
        };
        let Some(path) = found else {
            return self.unmatched(operations.routes(), method, call, Protocol::UnknownRoute, &[]);
        };
        let operation = path.operation(method).filter(|index| is_served(*index));
        let Some(operation) = operation.and_then(|index| operations.list.get(index)) else {
            let allowed = path.methods(is_served);
            let fault = if allowed.is_empty() { Protocol::UnknownRoute } else { Protocol::MethodNotAllowed };
            return self.unmatched(operations.routes(), method, call, fault, &allowed);
        };
        match operation.serve(state, call, &path, conditions) {
            Ok(served) => operation.reply(served),
            Err(fault) => self.refuse(Some(&operation.spec), fault),
        }
    }

    /// A path without what does not matter: a slash at its end where it is ignored, and percent-encoding of what a path
    /// may hold as it is.
    fn significant<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let path = match (self.service.trailing_slash, path.strip_suffix('/')) {
            (TrailingSlash::Ignored, Some(shorter)) if !shorter.is_empty() => shorter,
            _ => path,
        };
        if path.contains('%') { Cow::Owned(plain(path)) } else { Cow::Borrowed(path) }
    }

    /// A call that no operation takes: with the methods that the path allows, if it is known at all.
    fn unmatched(
        &self,
        routes: &Routes,
        method: &str,
        call: &RawCall,
        fault: Protocol,
        allowed: &[Method],
    ) -> Answer {
        let mut answer = self.refuse(None, Fault::Protocol(fault));
        let allowed = allowed.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
        if let (false, Ok(value)) = (allowed.is_empty(), HeaderValue::from_str(&allowed)) {
            answer.headers.insert(header::ALLOW, value);
        }
        answer.verdict.nearest = routes.nearest(method, call.path(), 3);
        answer
    }

    fn refuse(&self, spec: Option<&Spec>, fault: Fault) -> Answer {
        let (fault, omitted) = match fault {
            Fault::Exhausted(operation, exhausted) => return exhausted.answer(operation),
            Fault::Refused(notice) => {
                return self.refusal(spec, notice, Outcome::Refused(notice.id), Bounded::default());
            }
            Fault::Protocol(fault) => (fault, 0),
            Fault::Invalid(violations) => (Protocol::Invalid(violations.first), violations.omitted),
        };
        let notice = (self.service.protocol)(&fault);
        let first = match fault {
            Protocol::Invalid(violations) => violations,
            _ => Vec::new(),
        };
        self.refusal(spec, &notice, Outcome::Faulty(notice.id), Bounded { first, omitted })
    }

    fn refusal(
        &self,
        spec: Option<&Spec>,
        notice: &Notice,
        outcome: Outcome,
        violations: Bounded<Violation>,
    ) -> Answer {
        let body = (self.service.error)(notice, &violations.first).body.to_string();
        let operation = spec.map(|spec| spec.id);
        let mut headers = headers(JSON, operation, notice.basis);
        if let Ok(source) = HeaderValue::from_str(&notice.source.to_string()) {
            headers.insert(SOURCE, source);
        }
        Answer {
            status: StatusCode::from_u16(notice.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers,
            body: Bytes::from(body),
            verdict: Verdict {
                operation,
                outcome,
                violations: violations.first,
                violations_omitted: violations.omitted,
                ignored: Vec::new(),
                ignored_omitted: 0,
                nearest: Vec::new(),
            },
        }
    }
}

/// A path in which letters, digits and the signs that a segment may hold (RFC 3986, `pchar`) stand for themselves.
fn plain(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        plain.push_str(before);
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let sign = code.map(char::from);
        let stands = |sign: &char| sign.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(*sign);
        if let Some(sign) = sign.filter(stands) {
            plain.push(sign);
            rest = after.get(2..).unwrap_or_default();
        } else {
            plain.push('%');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

/// Names that a header holds at most.
const NAMES_MAX: usize = 20;
/// Longest name that a header shows whole, in characters.
const NAME_LENGTH_MAX: usize = 64;

/// Names as a header can hold them: visible ASCII, and not too many.
fn shown_names(names: &Bounded<String>) -> String {
    let shown = names.first.iter().take(NAMES_MAX).map(|name| {
        let start: String = name.chars().take(NAME_LENGTH_MAX).collect();
        percent_encoding::utf8_percent_encode(&start, percent_encoding::CONTROLS).to_string()
    });
    let mut shown = shown.collect::<Vec<_>>().join(", ");
    if let Some(more) = names.total().checked_sub(NAMES_MAX).filter(|more| *more > 0) {
        shown = format!("{shown}, ... ({more} more)");
    }
    shown
}

/// The content type of JSON replies.
const JSON: &str = "application/json; charset=utf-8";

const OPERATION: HeaderName = HeaderName::from_static("x-estoppel-operation");
const BASIS: HeaderName = HeaderName::from_static("x-estoppel-basis");
const SOURCE: HeaderName = HeaderName::from_static("x-estoppel-source");
const IGNORED: HeaderName = HeaderName::from_static("x-estoppel-ignored");

fn headers(content_type: &'static str, operation: Option<&'static str>, basis: Basis) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(operation) = operation {
        headers.insert(OPERATION, HeaderValue::from_static(operation));
    }
    headers.insert(BASIS, HeaderValue::from_static(basis.as_str()));
    headers
}

impl<S: Behaviour> Operation<S> {
    fn new<E: Endpoint>(handler: Handler<S, E>, growth: Growth) -> Self {
        let source = HeaderValue::from_str(&E::SPEC.source.to_string());
        let mut headers = headers(JSON, Some(E::SPEC.id), E::SPEC.basis);
        headers.insert(SOURCE, source.unwrap_or_else(|_| HeaderValue::from_static("")));
        let decoders = Decoders::<E>::default();
        Self {
            spec: E::SPEC,
            replies_json: E::Reply::IS_JSON,
            growth,
            headers,
            serve: Box::new(move |state, call, path, conditions| {
                serve::<S, E>(&decoders, state, call, path, conditions, handler)
            }),
        }
    }

    /// Authorization, negotiation and room, then the operation itself.
    fn serve(
        &self,
        state: &mut S,
        call: &RawCall,
        path: &PathMatch<'_, '_>,
        conditions: Conditions<'_>,
    ) -> Result<Served, Fault> {
        if self.spec.auth == Auth::Bearer {
            state.authorize(call, conditions.now)?;
        }
        if self.replies_json && !negotiation::accepts_json(call.header_lines(&header::ACCEPT)) {
            return Err(Protocol::NotAcceptable.into());
        }
        if self.growth == Growth::Possible {
            conditions.room.check(call).map_err(|exhausted| Fault::Exhausted(self.spec.id, exhausted))?;
        }
        (self.serve)(state, call, path, conditions)
    }

    fn reply(&self, served: Served) -> Answer {
        let mut headers = self.headers.clone();
        if served.encoded.content_type != JSON {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(served.encoded.content_type));
        }
        if !served.ignored.is_empty()
            && let Ok(names) = HeaderValue::from_str(&shown_names(&served.ignored))
        {
            headers.insert(IGNORED, names);
        }
        Answer {
            status: StatusCode::from_u16(self.spec.status).unwrap_or(StatusCode::OK),
            headers,
            body: Bytes::from(served.encoded.body),
            verdict: Verdict {
                ignored_omitted: served.ignored.omitted,
                ..Verdict::served(self.spec.id, served.ignored.first)
            },
        }
    }
}

impl<S: Behaviour> Simulation for Api<S> {
    fn service(&self) -> &Service {
        &self.service
    }

    fn contract(&self) -> &Contract {
        self.contract.get_or_init(|| {
            Contract::new(self.service, (self.stories)(), |declaration| {
                self.declarations.iter().for_each(|declare| declare(declaration));
            })
        })
    }

    fn controls(&self) -> Contract {
        let service = Service { deliveries: None, ..self.service };
        Contract::new(service, Vec::new(), |declaration| {
            self.control_declarations.iter().for_each(|declare| declare(declaration));
        })
    }

    fn start(&'static self, setup: &Setup) -> Box<dyn Running> {
        let (base_url, state) = (Arc::clone(&setup.base_url), S::start(setup));
        let planted = state.holding();
        Box::new(RunningApi { api: self, base_url, state, planted, body_bytes: 0 })
    }
}

impl<S> fmt::Debug for Api<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Api({}, {} operations)", self.service.name, self.operations.list.len())
    }
}

struct RunningApi<S: 'static> {
    api: &'static Api<S>,
    base_url: Arc<str>,
    state: S,
    /// What a fresh session holds; it does not count.
    planted: Holding,
    /// Bytes of the bodies that left records.
    body_bytes: usize,
}

impl<S: Behaviour> RunningApi<S> {
    /// Answers a call of one of these operations. Where it leaves records, its body counts as held: what the records
    /// hold is never more than that by much.
    fn answer(&mut self, operations: &Operations<S>, call: &RawCall, now: Timestamp, room: Room) -> Answer {
        let held = self.state.holding().records;
        let conditions = Conditions { now, base_url: &self.base_url, room };
        let answer = self.api.answer(operations, &mut self.state, call, conditions);
        if self.state.holding().records > held {
            self.body_bytes += call.body.bytes().map_or(0, Bytes::len);
        }
        answer
    }
}

impl<S: Behaviour> Running for RunningApi<S> {
    fn call(&mut self, call: &RawCall, now: Timestamp, room: Room) -> Answer {
        self.answer(&self.api.operations, call, now, room)
    }

    fn holding(&self) -> Holding {
        let held = self.state.holding();
        Holding {
            records: held.records.saturating_sub(self.planted.records),
            bytes: held.bytes.saturating_sub(self.planted.bytes).saturating_add(self.body_bytes),
            timers: held.timers.saturating_sub(self.planted.timers),
        }
    }

    fn policy(&self) -> Policy {
        self.state.policy()
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.state.next_due()
    }

    fn fire_next(&mut self) -> Option<Event> {
        self.state.fire_next()
    }

    fn control(&mut self, call: &RawCall, now: Timestamp, room: Room) -> Answer {
        self.answer(&self.api.controls, call, now, room)
    }

    fn take_messages(&mut self) -> Vec<Message> {
        self.state.take_messages()
    }

    fn delivery_settings(&self) -> DeliverySettings {
        self.state.delivery_settings()
    }

    fn webhooks_changed(&mut self, change: WebhookChange, now: Timestamp) {
        self.state.webhooks_changed(change, now);
    }

    fn fork(&self, base_url: Arc<str>) -> Box<dyn Running> {
        let mut state = self.state.clone();
        state.move_to(Arc::clone(&base_url));
        Box::new(Self { api: self.api, base_url, state, planted: self.planted, body_bytes: self.body_bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_may_hold_stands_for_itself() {
        for (path, expected) in [
            ("/Loans%289118%29", "/Loans(9118)"),
            ("/%4Coans(%69d=1)", "/Loans(id=1)"),
            ("/a%2Fb%20c", "/a%2Fb%20c"),
            ("/%", "/%"),
            ("/%2", "/%2"),
            ("/%zz%é", "/%zz%é"),
        ] {
            assert_eq!(plain(path), expected);
        }
    }
}
