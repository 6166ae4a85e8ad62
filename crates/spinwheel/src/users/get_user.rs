//! `GET /v1/users`

use estoppel_contract::{
    Auth, Basis, Endpoint, Invalid, JsonPointer, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::User;
use crate::{
    errors::{Status, UserRefusal, fault},
    ids::{ExtUserId, UserId},
    spinwheel::Spinwheel,
};

/// Get a user.
#[derive(Debug)]
pub enum GetUser {}

impl Endpoint for GetUser {
    const SPEC: Spec = Spec {
        id: "getUser",
        method: Method::Get,
        path: "/v1/users",
        summary: "Get a user with their student loans, capabilities and latest payoff quotes.",
        description: "Asked for by `userId`, `extUserId` or both; with neither the request is refused, and with both \
            they must name the same user (R77). Look at `capabilities` before asking for a quote, and at the quotes \
            that are there: a refresh is needed only where they are not recent.",
        group: "Users",
        auth: Auth::Bearer,
        status: 200,
        availability: estoppel_contract::Availability::Served,
        basis: Basis::Documented,
        source: Source::document("spinwheel", "Get User (Updated Response)"),
    };
    type Path = Nothing;
    type Query = GetUserQuery;
    type Body = Nothing;
    type Reply = UserReply;
    type Refusal = GetUserRefusal;
}

/// Which user: one of the two is needed, and if both are there they name the same user (R77).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("anyOf" = [{"required": ["userId"]}, {"required": ["extUserId"]}]))]
pub struct GetUserQuery {
    /// The user's id in Spinwheel.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub user_id: Optional<UserId>,
    /// The user's id in the caller's own books (R77).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub ext_user_id: Optional<ExtUserId>,
}

refusals! {
    /// Why no user is shown.
    pub enum GetUserRefusal: UserRefusal | Invalid {}
}

/// The user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "spinwheel: Get User (Updated Response)", "x-basis" = "example"),
    example = json!({"status": {"code": 200, "desc": "success"}, "data": crate::examples::user()}),
)]
pub struct UserReply {
    /// How the call ended.
    pub status: Status,
    /// The user.
    pub data: User,
}

pub(crate) fn get_user(spinwheel: &mut Spinwheel, call: Call<GetUser>) -> Result<UserReply, GetUserRefusal> {
    let GetUserQuery { user_id, ext_user_id } = call.query;
    let (user_id, ext_user_id) = (user_id.into_option(), ext_user_id.into_option());
    let found = match (user_id, ext_user_id) {
        // The schema refuses this before; a parse that does not look at it would not.
        (None, None) => {
            return Err(fault(JsonPointer::member("userId"), "required", "a value", "nothing").into());
        }
        (Some(user_id), _) => spinwheel.user(user_id)?,
        (None, Some(ext_user_id)) => spinwheel.user_by_ext_id(ext_user_id)?,
    };
    if ext_user_id.is_some_and(|ext_user_id| ext_user_id != found.ext_user_id) {
        return Err(UserRefusal::NoSuchUser.into());
    }
    Ok(UserReply { status: Status::success(), data: found.show(call.now) })
}
