//! A call as it arrives at the session.

use bytes::Bytes;
use estoppel_simulator::{Body, RawCall};
use serde_json::Value;

use crate::Failure;

/// A call with this target, these headers, and a JSON body where there is one.
pub(super) fn raw_call(
    method: &str,
    target: &str,
    body: Option<&Value>,
    headers: &[(&'static str, String)],
) -> Result<RawCall, Failure> {
    let failed = |what: &str| Failure::new(format!("{method} {target}: {what} cannot be sent"));
    let method = method.parse().map_err(|_| failed("its method"))?;
    let mut call = RawCall::new(method, target.parse().map_err(|_| failed("its target"))?);
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().map_err(|_| failed("a header"))?;
        call.headers.insert(name, value.parse().map_err(|_| failed("a header"))?);
    }
    if let Some(body) = body {
        call.headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        call.body = Body::Complete(Bytes::from(body.to_string()));
    }
    Ok(call)
}
