//! Controls of the APIs themselves: what a vendor does by other means than its API, such as opening an account.

use axum::{extract::Request, response::Response};
use estoppel_contract::{Contract, Method, Notice};
use estoppel_simulator::{Answer, Body, Outcome, RawCall, Simulation};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::{
    AdminError,
    request::{Chosen, bytes_of},
};
use crate::{advance::broke_off, gate, real_clock, vendor};

/// Lists the controls of an API.
pub(super) async fn list(chosen: Chosen) -> Result<Response, AdminError> {
    let (_, simulation) = api(&chosen)?;
    let contract = simulation.controls();
    let described: Vec<Value> = contract
        .operations
        .iter()
        .map(|operation| {
            let (name, api) = (&chosen.name, simulation.service().name);
            json!({
                "method": operation.spec.method,
                "path": format!("/__admin/sessions/{name}/{api}{}", operation.spec.path),
                "summary": operation.spec.summary,
                "description": operation.spec.description,
                "body": operation.body.as_ref().map(|body| contract.bundle(body)),
            })
        })
        .collect();
    let body = json!({"api": simulation.service().name, "controls": described});
    Ok(vendor::json(StatusCode::OK, &body))
}

/// Calls a control of an API.
pub(super) async fn call(chosen: Chosen, request: Request) -> Result<Response, AdminError> {
    let (place, simulation) = api(&chosen)?;
    only_read(&chosen, simulation, request.method())?;
    let (parts, body) = request.into_parts();
    let body = bytes_of(body, chosen.world.body_limit_bytes(place)).await?;
    let path = parts.uri.path();
    // `/__admin/sessions/{session}/{api}` is ours; it ends at the fifth slash.
    let prefix_length = path.match_indices('/').nth(4).map_or(path.len(), |(at, _)| at);
    let mut headers = parts.headers;
    // As with every control it does not matter what the caller says that the body is.
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let call =
        RawCall { method: parts.method, uri: parts.uri, prefix_length, headers, body: Body::Complete(body) };
    let answer = if call.body.is_long() {
        let done = gate::work(&chosen.world, move |world, state| {
            let real = real_clock::now();
            let answer = state.session.control(place, &call, real);
            world.poke(state, real);
            answer
        });
        done.await.map_err(|_| broke_off())?
    } else {
        chosen.world.act(|session, real| session.control(place, &call, real))
    };
    let answer = answer.ok_or_else(|| unknown(&chosen))?;
    let is_ours = matches!(answer.verdict.outcome, Outcome::Served | Outcome::Exhausted(_));
    if !is_ours {
        return Err(refused(&chosen, simulation, &answer));
    }
    let mut response = Response::new(axum::body::Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

/// Refuses a read that no control answers before it enters the journal: a read changes nothing.
fn only_read(chosen: &Chosen, simulation: &dyn Simulation, method: &http::Method) -> Result<(), AdminError> {
    let is_read = matches!(*method, http::Method::GET | http::Method::HEAD);
    let contract = simulation.controls();
    if !is_read || contract.operations.iter().any(|operation| operation.spec.method == Method::Get) {
        return Ok(());
    }
    let help = format!("GET /__admin/sessions/{}/{} lists its controls", chosen.name, contract.name());
    Err(AdminError::new(StatusCode::METHOD_NOT_ALLOWED, "no control of this API is read", help))
}

/// A "no" in the form of all controls.
fn refused(chosen: &Chosen, simulation: &dyn Simulation, answer: &Answer) -> AdminError {
    let contract = simulation.controls();
    let message = match (answer.verdict.violations.first(), notice(&contract, answer.verdict.outcome)) {
        (Some(first), _) => {
            let pointer = first.pointer.to_string();
            let place = if pointer.is_empty() { "the request" } else { pointer.as_str() };
            format!("{place}: expected {}, found {}", first.expected, first.actual)
        }
        (None, Some(notice)) => notice.message.to_owned(),
        (None, None) => "the control refuses".to_owned(),
    };
    let help = format!("GET /__admin/sessions/{}/{} lists its controls", chosen.name, contract.name());
    AdminError::new(answer.status, message, help)
}

fn notice(contract: &Contract, outcome: Outcome) -> Option<Notice> {
    let (Outcome::Refused(id) | Outcome::Faulty(id)) = outcome else { return None };
    contract.notices().into_iter().find(|notice| notice.id == id)
}

/// The API that the path names.
fn api(chosen: &Chosen) -> Result<(usize, &'static dyn Simulation), AdminError> {
    let mut apis = chosen.sessions.simulations().iter().copied().enumerate();
    let name = chosen.parameter("api");
    apis.find(|(_, api)| api.service().name == name).ok_or_else(|| unknown(chosen))
}

fn unknown(chosen: &Chosen) -> AdminError {
    let names: Vec<&str> = chosen.sessions.simulations().iter().map(|api| api.service().name).collect();
    AdminError::new(
        StatusCode::NOT_FOUND,
        "no control has this path",
        format!(
            "GET /__admin/openapi.json lists the controls; those of an API are below its name: {}",
            names.join(", ")
        ),
    )
}
