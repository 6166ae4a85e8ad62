//! The memory of long responses that clients have not taken yet.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::StatusCode;
use http_body::Body as _;
use http_body_util::BodyExt;

use crate::{
    body_budget::{BodyBudget, Share, Streams},
    limits::{Limit, Limits},
    refusal, vendor,
};

/// Longest response that is not counted, in bytes: the number of connections and streams bounds those.
const SHORT_MAX_BYTES: u64 = 4 * 1024;

/// The bytes of a response. They are counted until the connection has written the last of them, or is closed.
struct Untaken {
    bytes: Bytes,
    share: Share,
}

impl AsRef<[u8]> for Untaken {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Untaken {
    fn drop(&mut self) {
        self.share.give_back(self.bytes.len());
    }
}

/// The response, counted if it is long. Where there is no room for it, the answer is 503: what the call did is done.
pub(crate) async fn counted(response: Response, budget: &Arc<BodyBudget>, limits: &Limits) -> Response {
    if response.body().size_hint().exact().is_some_and(|bytes| bytes <= SHORT_MAX_BYTES) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else {
        let help = "this is a defect: please report it";
        return vendor::error(StatusCode::INTERNAL_SERVER_ERROR, "the response broke off", help);
    };
    let (bytes, share) = (body.to_bytes(), Share::new(Arc::clone(budget)));
    if !share.take(bytes.len(), Streams::One) {
        let (limit, max) = (Limit::ResponseMemory, limits.get(Limit::ResponseMemory));
        let help = "read the responses that are on their way, ask for a shorter page";
        return refusal::response(StatusCode::SERVICE_UNAVAILABLE, limit, max, help);
    }
    Response::from_parts(parts, Body::from(Bytes::from_owner(Untaken { bytes, share })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn long_responses_are_counted_until_they_are_taken() {
        let (budget, limits) = (Arc::new(BodyBudget::new(10_000)), Limits::default());
        let respond = async |bytes: usize| {
            let response = Response::new(Body::from(vec![b'x'; bytes]));
            counted(response, &budget, &limits).await
        };
        let short = respond(4_096).await;
        assert_eq!((short.status(), budget.held()), (StatusCode::OK, 0));
        let long = respond(9_000).await;
        assert_eq!((long.status(), budget.held()), (StatusCode::OK, 9_000));
        assert_eq!(respond(5_000).await.status(), StatusCode::SERVICE_UNAVAILABLE);
        let taken = long.into_body().collect().await.unwrap().to_bytes();
        assert_eq!((taken.len(), budget.held()), (9_000, 9_000));
        drop(taken);
        assert_eq!(budget.held(), 0);
        assert_eq!(respond(5_000).await.status(), StatusCode::OK);
    }
}
