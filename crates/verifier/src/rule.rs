//! What a server or a receiver of webhooks is held to, rule by rule.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $id:literal,)+) => {
        /// One thing that a server or a receiver of webhooks is held to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// Its stable id, in kebab case.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => $id,)+
                }
            }

            /// What it says, in one line.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$rule => concat!($($doc),+).trim_start(),)+
                }
            }
        }
    };
}

rules! {
    /// Every call is answered, completely and in time.
    AnswerMissing = "answer-missing",

    /// A call that succeeds has the documented status.
    ReplyStatus = "reply-status",
    /// A reply is declared as the media type that it is.
    ReplyContentType = "reply-content-type",
    /// A reply that should be JSON is JSON.
    ReplyJson = "reply-json",
    /// A reply keeps its schema.
    ReplySchema = "reply-schema",
    /// A reply holds every member that it should.
    ReplyMemberMissing = "reply-member-missing",
    /// A reply holds no member that it should not: what is not known is absent, never null.
    ReplyMemberExtra = "reply-member-extra",
    /// A reply holds the values that follow from the calls before it.
    ReplyValue = "reply-value",
    /// A reply's arrays hold as many items as follow from the calls before it.
    ReplyCount = "reply-count",
    /// Whole numbers are written without a fraction.
    ReplyNumberForm = "reply-number-form",
    /// A URL in a reply leads back to the server, to the same place.
    ReplyLink = "reply-link",
    /// A file comes back byte for byte.
    ReplyBytes = "reply-bytes",
    /// What a story says of a reply holds.
    StoryState = "story-state",

    /// A call that is refused has the documented status.
    RefusalStatus = "refusal-status",
    /// A refusal has the fixed text.
    RefusalText = "refusal-text",
    /// A refusal of a faulty request names every fault, and nothing else, in order.
    RefusalValidation = "refusal-validation",
    /// A refusal has the documented envelope.
    RefusalEnvelope = "refusal-envelope",

    /// A call without a credential is refused.
    AuthMissing = "auth-missing",
    /// A call whose credential is not of the documented scheme is refused.
    AuthScheme = "auth-scheme",
    /// A call with a credential that was never given is refused.
    AuthUnknown = "auth-unknown-token",
    /// A call without a header that every call must carry beside its credential is refused.
    AuthHeaderMissing = "auth-header-missing",
    /// A path that exists refuses other methods.
    MethodNotAllowed = "method-not-allowed",
    /// `Allow` lists the methods of the path, all of them and no other.
    MethodAllow = "method-allow",
    /// A path that does not exist is refused.
    RouteUnknown = "route-unknown",
    /// An operation that is announced and not served answers as a path that does not exist.
    RouteAnnounced = "route-announced",
    /// A caller that does not accept JSON is refused.
    NotAcceptable = "not-acceptable",
    /// A body that is not declared as JSON is refused.
    ContentType = "content-type",
    /// A body that is not JSON is refused.
    BodyMalformed = "body-malformed",
    /// A call without the body that it needs is refused.
    BodyMissing = "body-missing",
    /// A body without a member that it needs is refused, and the refusal names it.
    BodyMemberMissing = "body-member-missing",
    /// A body without any member is refused, and the refusal names every member that it needs.
    BodyMembersMissing = "body-members-missing",
    /// A member of another type is refused, and the refusal names it.
    BodyMemberType = "body-member-type",
    /// A member that is null is refused, and the refusal names it.
    BodyMemberNull = "body-member-null",
    /// A member outside its vocabulary or format is refused, and the refusal names it.
    BodyMemberValue = "body-member-value",
    /// A member that the contract does not name is ignored.
    BodyMemberUnknown = "body-member-unknown",
    /// A parameter outside its type or format is refused, and the refusal names it.
    ParameterValue = "parameter-value",
    /// A call without a parameter that it needs is refused, and the refusal names it.
    ParameterMissing = "parameter-missing",

    /// A webhook arrives after the call that it follows from, within a while.
    WebhookMissing = "webhook-missing",
    /// Webhooks of one request arrive in the order of what they tell.
    WebhookOrder = "webhook-order",
    /// A webhook is one of those that the contract names.
    WebhookUnknown = "webhook-unknown",
    /// A webhook is sent as a POST that is declared as JSON.
    WebhookForm = "webhook-form",
    /// The body of a webhook is JSON.
    WebhookJson = "webhook-json",
    /// The body of a webhook holds every member that is guaranteed.
    WebhookGuarantee = "webhook-guarantee",
    /// The body of a webhook keeps its schema.
    WebhookSchema = "webhook-schema",
    /// The signature of a webhook holds over the exact bytes of its body.
    WebhookSignature = "webhook-signature",
    /// What a story says of a webhook holds.
    WebhookState = "webhook-state",

    /// A receiver answers every delivery.
    DeliveryUnanswered = "delivery-unanswered",
    /// A receiver answers within the time that the sender waits.
    DeliveryTimeout = "delivery-timeout",
    /// A receiver accepts a valid delivery.
    DeliveryRefused = "delivery-refused",
    /// A receiver accepts a delivery with a status that the sender takes as received.
    DeliveryStatus = "delivery-status",
    /// A receiver accepts a delivery only after all of it has arrived.
    DeliveryEarly = "delivery-answered-early",
    /// A receiver accepts the same delivery again.
    DeliveryDuplicate = "delivery-duplicate",
    /// A receiver accepts deliveries in whatever order they arrive.
    DeliveryOrder = "delivery-order",
    /// A receiver accepts several deliveries at the same time.
    DeliveryConcurrent = "delivery-concurrent",
    /// A receiver accepts a valid delivery after it has refused others.
    DeliveryAfterRefusal = "delivery-after-refusal",
    /// A receiver accepts deliveries one after the other on one connection.
    DeliveryConnection = "delivery-connection",
    /// A receiver refuses other methods than POST, and survives them.
    DeliveryMethod = "delivery-method",
    /// A receiver refuses a body that is no such document, and survives it.
    DeliveryMalformed = "delivery-malformed",

    /// A receiver accepts each documented example of a body.
    PayloadExample = "payload-example",
    /// A receiver accepts a body with every documented member.
    PayloadComplete = "payload-complete",
    /// A receiver accepts a body with nothing but the guaranteed members.
    PayloadMinimal = "payload-minimal",
    /// A receiver accepts a body without a member that is not guaranteed.
    PayloadMemberAbsent = "payload-member-absent",
    /// A receiver accepts a body with members that it does not know.
    PayloadMemberUnknown = "payload-member-unknown",
    /// A receiver accepts text beyond ASCII.
    PayloadText = "payload-text",
    /// A receiver accepts amounts that are whole numbers.
    PayloadWholeNumber = "payload-whole-number",
    /// A receiver accepts the news that something failed.
    PayloadFailure = "payload-failure",
    /// A receiver accepts every word of a closed vocabulary.
    PayloadWord = "payload-word",
    /// A receiver accepts a delivery that tells of a time long ago.
    PayloadDelayed = "payload-delayed",

    /// A receiver refuses a delivery without a signature.
    SignatureMissing = "signature-missing",
    /// A receiver refuses a delivery with a signature that is none of its body.
    SignatureWrong = "signature-wrong",
    /// A receiver refuses a delivery with only the beginning of its signature.
    SignatureTruncated = "signature-truncated",
    /// A receiver refuses a delivery with the signature of another delivery.
    SignatureOtherBody = "signature-other-body",
    /// A receiver refuses a delivery whose body was changed after it was signed.
    SignatureTampered = "signature-tampered",
    /// A receiver refuses a delivery that another key signed.
    SignatureOtherKey = "signature-other-key",
    /// A receiver checks the signature over the bytes as they arrive.
    SignatureBytes = "signature-bytes",
    /// A receiver checks the signature over body, separator and suffix.
    SignatureSuffix = "signature-suffix",
    /// A receiver takes the signature in the right case.
    SignatureCase = "signature-case",
    /// A receiver takes the signature in the right encoding.
    SignatureEncoding = "signature-encoding",
    /// A receiver checks the signature with the key's own text.
    SignatureKey = "signature-key",
    /// A receiver checks the signature as HMAC with SHA-256.
    SignatureConstruction = "signature-construction",
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
