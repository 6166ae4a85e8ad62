//! Endpoints for the webhooks of a session: add, list, remove, serve again, fire.

use std::collections::BTreeMap;

use axum::response::Response;
use estoppel_contract::Contract;
use estoppel_simulator::{
    Endpoint, EndpointState, Message, NewEndpoint, OutboxError, Session, WebhookError, shown_url,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json, value::RawValue};

use super::{
    AdminError,
    clock::written,
    request::{Asked, Chosen},
};
use crate::{EndpointFault, example, new_endpoint, sessions::Sessions, target_policy::TargetFault, vendor};

/// An endpoint to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    /// The API whose webhooks it gets.
    api: String,
    /// Where they are sent: http or https, without credentials.
    url: String,
    /// Headers that every request carries.
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl NewWebhook {
    /// The endpoint, if everything about it fits.
    pub(super) fn check(self, sessions: &Sessions) -> Result<NewEndpoint, AdminError> {
        let new =
            new_endpoint(sessions.simulations(), &self.api, &self.url, self.headers).map_err(|fault| {
                let help = match &fault {
                    EndpointFault::NoSuchApi { .. } => "give one of the APIs that send webhooks",
                    EndpointFault::Url(_) => "give an absolute URL that this server can reach",
                    EndpointFault::Header { .. } => "leave it out, or write it as HTTP does",
                    EndpointFault::TooMany(_) => "remove one that is not needed",
                };
                AdminError::new(StatusCode::BAD_REQUEST, fault.to_string(), help)
            })?;
        match sessions.policies().targets.check(&new) {
            Ok(()) => Ok(new),
            Err(fault) => Err(not_allowed(&fault)),
        }
    }
}

/// A target that the server is not started with.
fn not_allowed(fault: &TargetFault) -> AdminError {
    let target = fault.target();
    let help = format!(
        "send to this machine, or start the server with --allow-webhook-target {target} or, for every port, \
         --allow-webhook-target {}",
        target.host
    );
    AdminError::new(StatusCode::FORBIDDEN, fault.to_string(), help)
}

/// The API whose endpoints are served again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Enable {
    /// The API.
    api: String,
}

/// A webhook that is fired by hand.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fire {
    /// The API.
    api: String,
    /// The webhook, by its id; by default the one whose event the body names, or else the first.
    webhook: Option<String>,
    /// The body, sent as it is written here; by default the webhook's first example, with a fresh request.
    #[schemars(with = "Option<Map<String, Value>>")]
    body: Option<Box<RawValue>>,
}

pub(super) async fn register(chosen: Chosen, Asked(new): Asked<NewWebhook>) -> Result<Response, AdminError> {
    let new = new.check(&chosen.sessions)?;
    let described = chosen.world.act(|session, real| {
        let id = session.register_webhook(new, real)?;
        Ok::<_, WebhookError>(session.outbox().endpoints().find(|endpoint| endpoint.id == id).map(describe))
    });
    Ok(vendor::json(StatusCode::CREATED, &described.map_err(|error| refuse(&error))?.into()))
}

pub(super) async fn list(chosen: Chosen) -> Response {
    let endpoints = chosen.world.act(|session, _| endpoints(session, |_| true));
    vendor::json(StatusCode::OK, &json!({"webhooks": endpoints}))
}

pub(super) async fn remove(chosen: Chosen) -> Result<Response, AdminError> {
    let id = chosen.number("id")?;
    let removed =
        chosen.world.act(|session, real| session.remove_webhook(id, real)).map_err(|error| refuse(&error))?;
    Ok(vendor::json(StatusCode::OK, &json!({"deleted": removed.id})))
}

pub(super) async fn enable(chosen: Chosen, Asked(asked): Asked<Enable>) -> Result<Response, AdminError> {
    let endpoints = chosen.world.act(|session, real| {
        let api = session.webhook_api(&asked.api)?;
        session.enable_webhooks(api, real);
        Ok::<_, WebhookError>(endpoints(session, |endpoint| endpoint.api == asked.api))
    });
    let endpoints = endpoints.map_err(|error| refuse(&error))?;
    if endpoints.is_empty() {
        return Err(no_endpoint(&asked.api));
    }
    Ok(vendor::json(StatusCode::OK, &json!({"webhooks": endpoints})))
}

pub(super) async fn fire(chosen: Chosen, Asked(asked): Asked<Fire>) -> Result<Response, AdminError> {
    let place =
        chosen.world.act(|session, _| session.webhook_api(&asked.api)).map_err(|error| refuse(&error))?;
    let simulation = chosen.sessions.simulations().get(place);
    let contract =
        simulation.map(|simulation| simulation.contract()).ok_or_else(|| no_endpoint(&asked.api))?;
    let webhook = webhook(contract, &asked)?;
    let deliveries = chosen.world.act(|session, real| {
        let body = match &asked.body {
            Some(body) => body.get().as_bytes().to_vec(),
            None => example::body(contract, webhook, session.options().seed, session.outbox().unused_id())
                .ok_or_else(|| {
                    AdminError::new(
                        StatusCode::CONFLICT,
                        format!("the contract has no example of `{}`", webhook.spec.id),
                        "give a `body`",
                    )
                })?,
        };
        let request = example::request_of(contract, webhook, &body);
        let message = Message { webhook: webhook.spec.id, request: request.into(), body: body.into() };
        session.fire_webhook(place, message, real).map_err(|error| refuse(&error))
    })?;
    Ok(vendor::json(StatusCode::CREATED, &json!({"deliveries": deliveries})))
}

/// The webhook that is meant.
fn webhook<'c>(
    contract: &'c Contract,
    asked: &Fire,
) -> Result<&'c estoppel_contract::WebhookDeclaration, AdminError> {
    let refuse = |message: String, help: &str| AdminError::new(StatusCode::BAD_REQUEST, message, help);
    let body: Option<Map<String, Value>> = match &asked.body {
        Some(body) => Some(
            serde_json::from_str(body.get())
                .map_err(|_| refuse("`body` is no JSON object".to_owned(), "{\"body\": {}}"))?,
        ),
        None => None,
    };
    if let Some(id) = &asked.webhook {
        return contract.webhook(id).ok_or_else(|| {
            let known: Vec<&str> = contract.webhooks.iter().map(|webhook| webhook.spec.id).collect();
            let id: String = id.chars().take(64).collect();
            refuse(format!("`{}` has no webhook `{id}`", contract.name()), &known.join(", "))
        });
    }
    let named = contract.webhooks.iter().find(|webhook| {
        let value = |(member, event)| Some(body.as_ref()?.get(member)?.as_str()? == event);
        webhook.spec.event.and_then(value).unwrap_or_default()
    });
    named.or_else(|| contract.webhooks.first()).ok_or_else(|| no_endpoint(&asked.api))
}

fn endpoints(session: &Session, is_wanted: impl Fn(&Endpoint) -> bool) -> Vec<Value> {
    session.outbox().endpoints().filter(|endpoint| is_wanted(endpoint)).map(describe).collect()
}

/// An endpoint as the controls show it: without the values of its headers.
fn describe(endpoint: &Endpoint) -> Value {
    let headers: Vec<&str> = endpoint.headers.iter().map(|(name, _)| name.as_str()).collect();
    let mut described = json!({
        "id": endpoint.id,
        "api": endpoint.api,
        "url": shown_url(&endpoint.url),
        "headers": headers,
        "createdAt": written(endpoint.created_at),
        "state": "enabled",
    });
    if let (EndpointState::Deactivated { at, reason }, Some(members)) =
        (&endpoint.state, described.as_object_mut())
    {
        members.insert("state".to_owned(), "deactivated".into());
        members.insert("deactivatedAt".to_owned(), written(*at).into());
        members.insert("reason".to_owned(), reason.as_str().into());
    }
    described
}

fn no_endpoint(api: &str) -> AdminError {
    let api: String = api.chars().take(64).collect();
    AdminError::new(
        StatusCode::CONFLICT,
        format!("no webhook endpoint of `{api}` is there"),
        "add one: POST …/webhooks {\"api\": …, \"url\": …}",
    )
}

/// What a session refuses, as a control says it.
pub(super) fn refuse(error: &WebhookError) -> AdminError {
    let (status, help) = match error {
        WebhookError::NoSuchApi { .. } => {
            (StatusCode::BAD_REQUEST, "give one of the APIs that send webhooks")
        }
        WebhookError::Outbox(error) => match error {
            OutboxError::NoSuchEndpoint(_) => (StatusCode::NOT_FOUND, "GET …/webhooks lists them"),
            OutboxError::NoSuchDelivery(_) => {
                (StatusCode::NOT_FOUND, "GET …/webhooks/deliveries lists those that are kept")
            }
            OutboxError::NotEnabled(_) => {
                (StatusCode::CONFLICT, "serve it again: POST …/webhooks/enable {\"api\": …}")
            }
            OutboxError::NoEndpoint(_) => (
                StatusCode::CONFLICT,
                "add one: POST …/webhooks {\"api\": …, \"url\": …}, or serve it again: POST …/webhooks/enable",
            ),
            OutboxError::TooManyEndpoints(_) => (
                StatusCode::INSUFFICIENT_STORAGE,
                "remove one: DELETE …/webhooks/{id}, or raise it with --limit session-endpoints=NUMBER or under \
                 [limits] in estoppel.toml",
            ),
            OutboxError::NoRoom(_) => (
                StatusCode::INSUFFICIENT_STORAGE,
                "give a shorter URL and fewer headers, or raise it with --limit delivery-bytes=BYTES or under [limits] \
                 in estoppel.toml",
            ),
        },
    };
    AdminError::new(status, error.to_string(), help)
}
