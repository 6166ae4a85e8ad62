//! What we decided where the document is silent or disagrees with itself.

use estoppel_contract::Ruling;

/// Every ruling that the contract of the xPayoff API rests on.
pub(crate) const RULINGS: &[Ruling] = &[
    decide(
        "R3",
        "lenderId and lenderName are both called required, and described as alternatives.",
        "One is needed, and lenderId wins. lenderName alone needs the Fulfillment Center; without it, 400.",
        "lenderName is for a lender that is not in the database, and for the Fulfillment Center only.",
    ),
    decide(
        "R4",
        "How the signature is written.",
        "In lower-case hexadecimal, without a prefix, over the exact bytes that are sent.",
        "The only code sample among the vendor's public documents does so.",
    ),
    decide(
        "R5",
        "How numbers are written in the body that is signed, and in which order its members stand.",
        "As JSON.stringify writes them after a parse: shortest digits, nothing escaped needlessly; members in the order of the table.",
        "Receivers in JavaScript write the parsed body anew to check the signature.",
    ),
    decide(
        "R6",
        "What follows the colon in the string to sign where a body has no payoffId.",
        "packetId.",
        "Both are said to be the same identifier.",
    ),
    decide(
        "R7",
        "Which failures of webhooks count, and what goes with the webhooks.",
        "All but 200 count, by account; one exactly 15 minutes old no longer does. Open requests go with the webhooks and stay gone.",
        "The limits are stated for any account, for statuses other than 200, and with corresponding requests.",
    ),
    decide(
        "R8",
        "Whether a webhook that failed is sent again.",
        "It is not, unless a reading says so; then each failure counts.",
        "It is never mentioned, and would trip the limits by a single result.",
    ),
    decide(
        "R9",
        "What becomes of a payoff request while no webhook is enabled.",
        "400 with the plain envelope.",
        "Other conditions that are not met answer 400, and 403 is about access to routes.",
    ),
    decide(
        "R10",
        "How webhooks that were deactivated are enabled again.",
        "Outside the API, by the sandbox's administration; failures so far are then forgotten.",
        "Webhooks are said to be managed in the developer interface.",
    ),
    decide(
        "R12",
        "What a call with a missing or wrong API key gets.",
        "401 with the text Unauthorized. Keys do not expire.",
        "The error table explains 401 as a wrong key and gives no text.",
    ),
    decide(
        "R13",
        "The status of a success.",
        "200.",
        "None is named, and it is the server framework's default.",
    ),
    decide(
        "R16",
        "A known path with another method.",
        "405 with `Allow` and the error envelope.",
        "The error table lists 405, although the server framework would say 404.",
    ),
    decide(
        "R17",
        "What counts as asking for something other than JSON.",
        "An `Accept` that allows neither JSON nor anything gets 406, as JSON.",
        "The error table lists 406 for formats that are not JSON.",
    ),
    decide(
        "R18",
        "A body without a JSON content type.",
        "415 with the error envelope.",
        "It is the server framework's default; the error table has no row for it.",
    ),
    decide(
        "R19",
        "A body that is not JSON.",
        "400 with the server framework's text and without `validation`.",
        "No field can be named as the cause.",
    ),
    decide("R20", "The longest body.", "413 beyond 10 MiB.", "As in the vendor's other API."),
    decide(
        "R21",
        "Body members that no table lists.",
        "They are ignored, and named in a header of the reply.",
        "The vendor adds members over time; strictness would break clients that are ahead.",
    ),
    decide("R22", "Query parameters that no table lists.", "They are ignored.", "As for body members."),
    decide(
        "R23",
        "More than one fault in a request.",
        "All are listed; the message is that of the first.",
        "`errors` is an array.",
    ),
    decide(
        "R24",
        "`type` and `constraint` of faults other than a missing member.",
        "The two parts of the Joi code, such as string and guid.",
        "The one example is the Joi code any.required, split at the dot.",
    ),
    decide(
        "R36",
        "What a VIN must look like.",
        "17 letters and digits without I, O and Q, compared in any case; the check digit is not examined.",
        "Two of the five documented test VINs fail the check digit.",
    ),
    decide(
        "R53",
        "How an absent value looks.",
        "Its member is left out; null is never sent.",
        "Nothing but payoffId and success is promised to be in a body.",
    ),
    decide("R54", "Limits on the rate of calls.", "None; 429 is never given.", "None is documented."),
    decide(
        "R56",
        "Whether a message of the group about lenders that would not release information carries the group's heading.",
        "It does not: the message is the list item alone.",
        "The heading without its colon is a message of its own in the same list.",
    ),
    decide(
        "R57",
        "What a quote amounts to on a later day.",
        "Amount plus per diem for every day since the quote's day, through the good-through date.",
        "A per diem is what each day adds; after the date the quote no longer holds.",
    ),
    decide(
        "R58",
        "For which day a quote was made, and through which day it holds.",
        "The body does not say the first; the second is the UTC day of validThroughDate.",
        "The example gives midnight in UTC, which names a day; no member names the day of the quote.",
    ),
    decide(
        "R59",
        "Who answers a request whose lenderName alone is that of an integrated lender.",
        "The Fulfillment Center, as with any lender that is only named.",
        "A name is said to go into a queue for validation; the identifier is to be used whenever possible.",
    ),
    decide(
        "R100",
        "What cancelling without the Fulfillment Center gets.",
        "403.",
        "It is said to be available to subscribers only, and 403 is explained as no access to a route.",
    ),
    decide(
        "R101",
        "A lenderId that no lender has.",
        "404.",
        "404 is explained as information that cannot be found.",
    ),
    decide(
        "R102",
        "Cancelling a payoff request that nobody made, and an id that is no UUID.",
        "404 for the first; 400 with a validation error for the second.",
        "As for claims in the vendor's other API.",
    ),
    decide(
        "R103",
        "How the lender search compares, and in which order lenders come.",
        "Part of a name or alias, in any case, spaces as they are; in the order of the database.",
        "Aliases are said to match too, and the search is meant for people who type.",
    ),
    decide(
        "R104",
        "Cancelling a request that is over.",
        "200 again, and nothing changes: a request that was answered stays answered.",
        "As for payoff requests in the vendor's other API, where it is documented.",
    ),
    decide(
        "R105",
        "How a social security number is written.",
        "Nine digits, with or without hyphens, or the last four; anything else gets 400.",
        "Whole and last four are stated; later editions allow hyphens.",
    ),
    decide(
        "R106",
        "The type of vehicleMileage.",
        "A number or text.",
        "No type is stated; later editions say number.",
    ),
    decide(
        "R107",
        "The form of customerAddress, customerBirthdate, phone numbers and mail addresses.",
        "Any text.",
        "No form is stated, and refusing one would be stricter than the document.",
    ),
    decide(
        "R108",
        "Asking twice for the same payoff.",
        "Each call makes a request of its own, with its own result.",
        "The identifier is called unique for the request.",
    ),
    decide(
        "R109",
        "Who answers a payoff request, and when.",
        "An integrated lender after two seconds; for any other lender, the Fulfillment Center after two hours.",
        "Results come almost always within seconds, it says, which people on the phone cannot do.",
    ),
    decide(
        "R110",
        "Members for the Fulfillment Center only, without a subscription.",
        "They are ignored, lenderName alone excepted.",
        "They are optional, and describe the person who asks.",
    ),
    decide(
        "R111",
        "A lender that is not integrated, without the Fulfillment Center.",
        "The result is a failure without a message, after the time of an integrated lender.",
        "Nobody is there who could call, and only the Fulfillment Center's failures have listed messages.",
    ),
    decide(
        "R112",
        "What a test VIN brings with another lender.",
        "An automated quote, whatever the lender; the other rules for requests still hold.",
        "The table names the outcome by VIN alone.",
    ),
    decide(
        "R113",
        "How long a quote holds.",
        "Through midnight in UTC, ten days on.",
        "The vendor's other API shows that distance, and the example shows midnight.",
    ),
    decide(
        "R114",
        "How long a receiver may take.",
        "Ten seconds; then the webhook counts as failed.",
        "It is not stated.",
    ),
    decide(
        "R115",
        "How a tester chooses results.",
        "By controls outside the API. They deliver a chosen result at once, but never for a cancelled or deactivated request.",
        "At this edition no test input brings a failure.",
    ),
    decide(
        "R116",
        "Whether a lender that was only named is found by the search afterwards.",
        "It is not.",
        "It is said to be added if possible, by people, at no stated time.",
    ),
    decide(
        "R117",
        "What becomes of open requests when the last webhook is removed by hand.",
        "They go on; a result that comes while no webhook is enabled is lost.",
        "Only deactivation is said to take requests with it.",
    ),
    decide(
        "R118",
        "The scheme of the Authorization header.",
        "Bearer, in any case.",
        "RFC 7235 compares schemes so.",
    ),
    decide(
        "R119",
        "Which payoff requests fail.",
        "One in four at the Fulfillment Center, for a reason that fits; at an integrated lender only ones without either number.",
        "Some lenders need account or social security number; only the Fulfillment Center's messages are listed.",
    ),
    decide(
        "R121",
        "What the quotes of two requests for the same loan have in common.",
        "VIN and lender make the loan. Its per diem stays; its amount grows by it each UTC day from January 1 of the session's first year.",
        "A caller who asks again must get a quote that agrees with the first.",
    ),
];

const fn decide(id: &'static str, gap: &'static str, ruling: &'static str, reason: &'static str) -> Ruling {
    Ruling { id, gap, ruling, reason }
}
