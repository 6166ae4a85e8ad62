//! Sessions: create, list, show, reset, fork, delete.

use std::{collections::BTreeMap, sync::Arc};

use axum::{extract::State, response::Response};
use estoppel_contract::ReadingValue;
use estoppel_simulator::{Clock, Session, SessionOptions};
use http::{Method, StatusCode};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json, value::RawValue};

use super::{
    AdminError,
    page::{self, Page},
    request::{Asked, Chosen, Selected, admit},
    webhooks::NewWebhook,
};
use crate::{
    EndpointFault, Limit,
    advance::broke_off,
    background, gate, real_clock,
    sessions::{NotAdded, Sessions},
    vendor,
};

/// How a new session differs from the default one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewSession {
    /// Its name: letters, digits, hyphens, underscores and dots.
    name: String,
    /// Where all its identifiers and invented values come from.
    seed: Option<u64>,
    /// `real`, or a timestamp at which the clock stands.
    clock: Option<String>,
    /// Readings by name.
    #[serde(default)]
    #[schemars(with = "Map<String, Value>")]
    readings: BTreeMap<String, ReadingValue>,
    /// Endpoints for webhooks that it has from the start.
    webhooks: Option<Vec<NewWebhook>>,
}

/// The copy of a session.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fork {
    /// Its name.
    name: String,
}

/// Which sessions to list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Selection {
    /// At most this many.
    limit: Option<usize>,
    /// Only those whose names come after this one.
    after: Option<String>,
}

/// Sessions of a page.
#[derive(Serialize)]
struct Listed {
    sessions: Vec<Box<RawValue>>,
    count: usize,
    next: Option<Next>,
}

/// The parameter that asks for the next page.
#[derive(Serialize)]
struct Next {
    after: String,
}

pub(super) async fn list(
    State(sessions): State<Arc<Sessions>>,
    Selected(selection): Selected<Selection>,
) -> Result<Response, AdminError> {
    let count = page::count(selection.limit)?;
    let worlds = sessions.after(selection.after.as_deref(), count + 1);
    let mut page = Page::new(sessions.limits());
    let mut last = None;
    for world in worlds.iter().take(count) {
        // None of them is held while another is described.
        let (name, described) = {
            let state = world.lock();
            (state.session.options().name.clone(), describe(&sessions, &state.session))
        };
        if !page.push(&described) {
            break;
        }
        last = Some(name);
    }
    let next = last.filter(|_| page.len() < worlds.len()).map(|after| Next { after });
    Ok(page::reply(&Listed { sessions: page.items(), count: sessions.count(), next }))
}

pub(super) async fn create(
    State(sessions): State<Arc<Sessions>>,
    Asked(new): Asked<NewSession>,
) -> Result<Response, AdminError> {
    check_name(&new.name)?;
    admit(&sessions, &Method::POST)?;
    sessions.check_new(&new.name).map_err(|error| refuse(&new.name, error))?;
    let template = sessions.template();
    let clock = match new.clock.as_deref() {
        None => template.clock,
        Some("real") => Clock::Running(jiff::SignedDuration::ZERO),
        Some(text) => Clock::Frozen(text.parse::<Timestamp>().map_err(|_| {
            AdminError::new(
                StatusCode::BAD_REQUEST,
                "`clock` is neither `real` nor a timestamp",
                "a timestamp is written 2021-01-08T22:03:09.598Z",
            )
        })?),
    };
    let readings = {
        let chosen = template.readings.chosen().iter();
        let mut readings: BTreeMap<String, ReadingValue> =
            chosen.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        readings.extend(new.readings);
        SessionOptions::choose_readings(sessions.simulations(), &readings).map_err(|error| {
            AdminError::new(
                StatusCode::BAD_REQUEST,
                error.to_string(),
                "estoppel contract show NAME --readings lists them",
            )
        })?
    };
    let webhooks = match new.webhooks {
        None => template.webhooks.clone(),
        Some(new) => {
            new.into_iter().map(|new| new.check(&sessions)).collect::<Result<Vec<_>, AdminError>>()?
        }
    };
    let asked = webhooks.len();
    let options = SessionOptions {
        webhooks,
        base_url: sessions.base_url(&new.name),
        name: new.name,
        seed: new.seed.unwrap_or(template.seed),
        clock,
        readings,
        limits: template.limits,
    };
    let session = Session::new(sessions.simulations(), options, real_clock::now());
    let taken = session.outbox().endpoints().count();
    if taken < asked {
        let fault = EndpointFault::TooMany(taken);
        return Err(AdminError::new(StatusCode::BAD_REQUEST, fault.to_string(), "give fewer `webhooks`"));
    }
    add(&sessions, session)
}

pub(super) async fn show(chosen: Chosen) -> Response {
    let described = chosen.world.act(|session, _| describe(&chosen.sessions, session));
    vendor::json(StatusCode::OK, &described)
}

pub(super) async fn delete(chosen: Chosen) -> Result<Response, AdminError> {
    if !chosen.sessions.remove(&chosen.name) {
        return Err(AdminError::new(
            StatusCode::CONFLICT,
            "the default session stays",
            "reset it: POST /__admin/sessions/default/reset",
        ));
    }
    Ok(vendor::json(StatusCode::OK, &json!({"deleted": chosen.name})))
}

pub(super) async fn reset(chosen: Chosen) -> Result<Response, AdminError> {
    let sessions = Arc::clone(&chosen.sessions);
    let done = gate::work(&chosen.world, move |world, state| {
        let was = sessions.reset(world, state, real_clock::now());
        (was, describe(&sessions, &state.session))
    });
    let (was, described) = done.await.map_err(|_| broke_off())?;
    background::dispose(was);
    Ok(vendor::json(StatusCode::OK, &described))
}

pub(super) async fn fork(chosen: Chosen, Asked(Fork { name }): Asked<Fork>) -> Result<Response, AdminError> {
    check_name(&name)?;
    chosen.sessions.check_new(&name).map_err(|error| refuse(&name, error))?;
    let base_url = chosen.sessions.base_url(&name);
    let forked = gate::work(&chosen.world, |_, state| state.session.fork(name, base_url));
    add(&chosen.sessions, forked.await.map_err(|_| broke_off())?)
}

fn add(sessions: &Sessions, session: Session) -> Result<Response, AdminError> {
    let described = describe(sessions, &session);
    let name = session.options().name.clone();
    sessions.add(session).map_err(|error| refuse(&name, error))?;
    Ok(vendor::json(StatusCode::CREATED, &described))
}

/// Seconds after which a caller may try again where there are too many sessions.
const RETRY_AFTER_SECONDS: u16 = 60;

/// Why there is no new session of this name.
fn refuse(name: &str, error: NotAdded) -> AdminError {
    match error {
        NotAdded::Taken => AdminError::new(
            StatusCode::CONFLICT,
            format!("there is a session named `{name}`"),
            "choose another name, or reset or delete that one",
        ),
        NotAdded::TooMany(_) => AdminError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            error.to_string(),
            "delete sessions that are not needed, or raise it with --limit sessions=NUMBER or under [limits] in \
             estoppel.toml",
        )
        .over(Limit::Sessions, RETRY_AFTER_SECONDS),
    }
}

/// A name that can stand in a path.
fn check_name(name: &str) -> Result<(), AdminError> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphanumeric());
    if starts_well && name.len() <= 64 && name.chars().all(allowed) {
        return Ok(());
    }
    Err(AdminError::new(
        StatusCode::BAD_REQUEST,
        "`name` does not fit",
        "a name has 1 to 64 letters, digits, hyphens, underscores and dots, and begins with a letter or digit",
    ))
}

/// A session as the controls show it.
fn describe(sessions: &Sessions, session: &Session) -> Value {
    let options = session.options();
    let urls: Map<String, Value> = sessions
        .simulations()
        .iter()
        .map(|api| {
            (api.service().name.to_owned(), format!("{}/{}", options.base_url, api.service().name).into())
        })
        .collect();
    let mut described = super::clock::describe(session, real_clock::now());
    if let Some(members) = described.as_object_mut() {
        members.insert("name".to_owned(), options.name.clone().into());
        members.insert("seed".to_owned(), options.seed.into());
        members.insert("readings".to_owned(), json!(options.readings.chosen()));
        members.insert("urls".to_owned(), urls.into());
        members.insert("calls".to_owned(), session.journal().counters().calls.into());
        members.sort_keys();
    }
    described
}
