//! One event of the feed, and the list of all types of them.

use std::borrow::Cow;

use estoppel_contract::{Optional, Words, vocabulary};
use estoppel_values::{Text, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer, de, ser::SerializeStruct};
use serde_json::{Value, json};

use super::data::{
    AccountNumberViewed, CallMade, ClaimUpdated, DirectMessageAdded, DocumentAdded, DocumentLink,
    LenderAliasVerified, LetterOfGuaranteeRequested, NewLenderVerified, NoData, OrderCancelled, OrderCreated,
    OrderFulfilled, OrderUpdated, PaymentSent, SettlementCounterAdded, SettlementCounterUpdated,
};
use crate::{
    claims::{ClaimCreated, PayoffData},
    ids::{ActivityId, ClaimId},
};

/// One event of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Names the event.
    pub activity_id: ActivityId,
    /// When it happened.
    pub created_at: Timestamp,
    /// The claim that it happened on.
    pub claim_id: ClaimId,
    /// The carrier's own number for the claim.
    pub claim_number: Text,
    /// The vendor API's number for the claim; sent only under the reading `external-id` (R52).
    pub external_id: Optional<Text>,
    /// Its type, and what it tells.
    pub data: ActivityData,
}

macro_rules! activity_types {
    ($($(#[doc = $doc:literal])+ $type:ident($data:ty) = $word:literal,)+) => {
        vocabulary! {
            /// The type of an activity.
            #![source("carrier: List of Types")]
            #![basis("documented")]
            pub enum ActivityType {
                $($(#[doc = $doc])+ $type = $word,)+
            }
        }

        /// What an activity tells, by its type.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ActivityData {
            $($(#[doc = $doc])+ $type(Box<$data>),)+
        }

        impl ActivityData {
            /// The type.
            pub const fn activity_type(&self) -> ActivityType {
                match self {
                    $(Self::$type(_) => ActivityType::$type,)+
                }
            }

            fn from_json(activity_type: ActivityType, data: Value) -> Result<Self, serde_json::Error> {
                match activity_type {
                    $(ActivityType::$type => serde_json::from_value(data).map(Self::$type),)+
                }
            }
        }

        impl Serialize for ActivityData {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$type(data) => data.serialize(serializer),)+
                }
            }
        }

        /// Of each type: its name in Rust, what it tells, and the schema of its data.
        fn data_schemas(
            generator: &mut SchemaGenerator,
        ) -> Vec<(ActivityType, &'static str, &'static str, Schema)> {
            vec![$((
                ActivityType::$type,
                stringify!($type),
                concat!($($doc),+),
                generator.subschema_for::<$data>(),
            ),)+]
        }
    };
}

activity_types! {
    /// Someone looked at the account number.
    AccountNumberViewed(AccountNumberViewed) = "account-number-viewed",
    /// LossExpress called the lender.
    CallMade(CallMade) = "call-made",
    /// A carrier created the claim.
    ClaimCreated(ClaimCreated) = "claim-created",
    /// The claim's primary information changed.
    ClaimUpdated(ClaimUpdated) = "claim-updated",
    /// Someone wrote a direct message.
    DirectMessageAdded(DirectMessageAdded) = "direct-message-added",
    /// A document was added.
    DocumentAdded(DocumentAdded) = "document-added",
    /// LossExpress sent a document to the lender.
    DocumentSentToLender(DocumentLink) = "document-sent-to-lender",
    /// A letter of guarantee was added.
    LetterOfGuaranteeAdded(DocumentLink) = "letter-of-guarantee-added",
    /// A letter of guarantee was asked for.
    LetterOfGuaranteeRequestCreated(LetterOfGuaranteeRequested) = "letter-of-guarantee-request-created",
    /// The request for a letter of guarantee was cancelled.
    LetterOfGuaranteeRequestCancelled(NoData) = "letter-of-guarantee-request-cancelled",
    /// The lender turned out to be another name of one in the database.
    LenderAliasVerified(LenderAliasVerified) = "lender-alias-verified",
    /// The lender is new to the database.
    NewLenderVerified(NewLenderVerified) = "new-lender-verified",
    /// An order was created.
    OrderCreated(OrderCreated) = "order-created",
    /// An order was cancelled.
    OrderCancelled(OrderCancelled) = "order-cancelled",
    /// An order was fulfilled.
    OrderFulfilled(OrderFulfilled) = "order-fulfilled",
    /// An order was updated.
    OrderUpdated(OrderUpdated) = "order-updated",
    /// Payment was sent.
    PaymentSent(PaymentSent) = "payment-sent",
    /// Payoff information was added; it may come in parts.
    PayoffDataAdded(PayoffData) = "payoff-data-added",
    /// A payoff was asked for.
    PayoffRequestCreated(NoData) = "payoff-request-created",
    /// The payoff request was cancelled.
    PayoffRequestCancelled(NoData) = "payoff-request-cancelled",
    /// The lender countered the settlement.
    SettlementCounterAdded(SettlementCounterAdded) = "settlement-counter-added",
    /// The carrier accepted or disputed the counter.
    SettlementCounterUpdated(SettlementCounterUpdated) = "settlement-counter-updated",
}

vocabulary! {
    /// A type of activity that a carrier can trigger while it tests.
    #![source("carrier: Trigger Activities (Testing)")]
    #![basis("documented")]
    pub enum TriggerableActivityType {
        /// LossExpress writes a direct message.
        DirectMessageAdded = "direct-message-added",
        /// LossExpress sends a document to the lender.
        DocumentSentToLender = "document-sent-to-lender",
        /// A letter of guarantee arrives.
        LetterOfGuaranteeAdded = "letter-of-guarantee-added",
        /// Payoff information arrives.
        PayoffDataAdded = "payoff-data-added",
        /// LossExpress changes the claim.
        ClaimUpdated = "claim-updated",
        /// LossExpress calls the lender.
        CallMade = "call-made",
        /// LossExpress adds a document.
        DocumentAdded = "document-added",
        /// The lender counters the settlement.
        SettlementCounterAdded = "settlement-counter-added",
        /// The payoff request is cancelled.
        PayoffRequestCancelled = "payoff-request-cancelled",
    }
}

impl Serialize for Activity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let external = usize::from(self.external_id.is_present());
        let mut activity = serializer.serialize_struct("Activity", 6 + external)?;
        activity.serialize_field("activityId", &self.activity_id)?;
        activity.serialize_field("createdAt", &self.created_at)?;
        activity.serialize_field("claimId", &self.claim_id)?;
        activity.serialize_field("type", &self.data.activity_type())?;
        activity.serialize_field("claimNumber", &self.claim_number)?;
        if self.external_id.is_present() {
            activity.serialize_field("externalId", &self.external_id)?;
        }
        activity.serialize_field("data", &self.data)?;
        activity.end()
    }
}

impl<'de> Deserialize<'de> for Activity {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Envelope {
            activity_id: ActivityId,
            created_at: Timestamp,
            claim_id: ClaimId,
            r#type: ActivityType,
            claim_number: Text,
            #[serde(default)]
            external_id: Optional<Text>,
            data: Value,
        }

        let envelope = Envelope::deserialize(deserializer)?;
        Ok(Self {
            activity_id: envelope.activity_id,
            created_at: envelope.created_at,
            claim_id: envelope.claim_id,
            claim_number: envelope.claim_number,
            external_id: envelope.external_id,
            data: ActivityData::from_json(envelope.r#type, envelope.data).map_err(de::Error::custom)?,
        })
    }
}

/// One of 22 objects that differ in `type` and `data`.
impl JsonSchema for Activity {
    fn schema_name() -> Cow<'static, str> {
        "Activity".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::Activity").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let variants: Vec<Value> = data_schemas(generator)
            .into_iter()
            .map(|(activity_type, name, description, data)| {
                let name = format!("{name}Activity");
                let schema = schema_of_type(generator, activity_type, description.trim(), &data);
                generator.definitions_mut().insert(name.clone(), schema);
                json!({"$ref": format!("#/$defs/{name}")})
            })
            .collect();
        json_schema!({
            "description": "One event of the feed.",
            "oneOf": variants,
            "x-source": "carrier: Activities",
            "x-basis": "documented",
            "examples": super::examples::examples(ActivityType::DirectMessageAdded),
        })
    }
}

/// The schema of activities of one type.
fn schema_of_type(
    generator: &mut SchemaGenerator,
    activity_type: ActivityType,
    description: &str,
    data: &Schema,
) -> Value {
    let word = activity_type.as_str();
    let described = |mut schema: Schema, description: &str| {
        schema.insert("description".to_owned(), description.into());
        schema
    };
    json!({
        "description": description,
        "type": "object",
        "properties": {
            "activityId": described(generator.subschema_for::<ActivityId>(), "Names the event."),
            "createdAt": described(generator.subschema_for::<Timestamp>(), "When it happened."),
            "claimId": described(generator.subschema_for::<ClaimId>(), "The claim that it happened on."),
            "type": {"description": "The type of the activity.", "type": "string", "const": word},
            "claimNumber": described(generator.subschema_for::<Text>(), "The carrier's own number for the claim."),
            "externalId": {
                "description": "The vendor API's number for the claim; only under the reading `external-id` (R52).",
                "type": "string", "x-source": "R52", "x-basis": "ruled",
            },
            "data": described(data.clone(), "What it tells."),
        },
        "required": ["activityId", "createdAt", "claimId", "type", "claimNumber", "data"],
        "x-source": format!("carrier: {word}"),
        "x-basis": "documented",
        "examples": super::examples::examples(activity_type),
    })
}
