//! What we decided where the documents are silent or disagree.

use estoppel_contract::Ruling;

/// Every ruling that the contract of the Carrier API rests on.
pub(crate) const RULINGS: &[Ruling] = &[
    decide(
        "R1",
        "Tables say ownersRetained, examples say ownerRetained.",
        "Requests may use either; with both, they must agree. Replies and activities carry both.",
        "A client written against either spelling must work.",
    ),
    decide(
        "R2",
        "The combined document type stands in two orders, and case is not mentioned.",
        "Types are compared in lower case, trimmed, with the parts around `&` sorted, and echoed in lower case as sent.",
        "The documents use both orders; later editions ignore case.",
    ),
    decide(
        "R11",
        "The reply to a token request and a token's lifetime are not shown.",
        "200 with access_token, token_type and expires_in; 24 hours; a wrong pair gets 401.",
        "The flow is called standard OAuth 2.0, whose names these are.",
    ),
    decide(
        "R12",
        "Only an expired token has a fixed error text.",
        "Expired, missing and malformed tokens get 401; all but the expired one with the text Unauthorized.",
        "The documented text tells of expiry and of nothing else.",
    ),
    decide(
        "R13",
        "Few operations name their success status, and one shows no reply.",
        "200, but 201 for a new claim; where no reply is shown, it is that of similar operations.",
        "Only creating a claim names 201, and 200 is the server framework's default.",
    ),
    decide(
        "R14",
        "An unknown or malformed claim id.",
        "404 for an unknown id; 400 with a validation error for what is no UUID.",
        "404 is explained as information that cannot be found.",
    ),
    decide(
        "R15",
        "When 403 is given during the test phase.",
        "For claims that the starting data marks as production.",
        "It is the only cause that the documents show.",
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
    decide(
        "R20",
        "The longest body.",
        "413 beyond 10 MiB.",
        "Documents travel in base64, for which the server framework's default of 1 MiB is too short.",
    ),
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
        "R25",
        "What the 30 minutes of createdAfter count from.",
        "From createdBefore, given or not.",
        "Otherwise an old createdBefore would always give nothing.",
    ),
    decide(
        "R26",
        "What requestUrl holds.",
        "An absolute URL with the bounds that were used.",
        "It is said to replay the request exactly.",
    ),
    decide(
        "R27",
        "The order of the feed.",
        "Oldest first; at the same instant, in the order in which things happened.",
        "Pages stay stable, and activityId can go on from any of them.",
    ),
    decide(
        "R28",
        "Whether bounds are part of the window.",
        "They are not.",
        "The words are before and after.",
    ),
    decide(
        "R29",
        "What activityId starts with.",
        "With that activity itself, whatever its age; an unknown one gets 404.",
        "The feed is said to start from the activity.",
    ),
    decide(
        "R30",
        "activityId together with createdBefore.",
        "400 with a validation error.",
        "Only one of the two may be given; no text is shown.",
    ),
    decide(
        "R31",
        "A pageSize above 500 or below 1, a negative pageNumber.",
        "400 with a validation error.",
        "A maximum is stated, and no correction of what exceeds it.",
    ),
    decide(
        "R32",
        "A page beyond the last.",
        "200 without results and with the true totals.",
        "It is usual, and no error is documented.",
    ),
    decide(
        "R33",
        "An unknown word in `types`.",
        "400 that names the word.",
        "Ignoring it would hide slips of spelling.",
    ),
    decide(
        "R34",
        "The reply to a triggered activity.",
        "200 with success and activityId; 400 for a type that cannot be triggered; the claim must exist.",
        "Nothing is shown; this is the least that a test needs.",
    ),
    decide(
        "R35",
        "When a test VIN takes effect.",
        "One second after the claim is created, and never on updates.",
        "The documents speak of creating claims with these VINs.",
    ),
    decide(
        "R36",
        "What a VIN must look like.",
        "17 letters and digits without I, O and Q, compared in any case; the check digit is not examined.",
        "Three of the documented test VINs fail the check digit.",
    ),
    decide(
        "R37",
        "A search without parameters, or with both.",
        "400 with none; with both, a claim must match both; whole values in any case.",
        "A search is not meant to list everything.",
    ),
    decide(
        "R38",
        "Which documents a payoff or a letter of guarantee needs.",
        "Both single ones, or a combined one where the carrier allows it, as it does by default.",
        "It unites what the two documents say.",
    ),
    decide(
        "R39",
        "A second request while one is open.",
        "The same reply and no new activity; once the first has ended, a new one opens.",
        "Cancelling is idempotent, so creating is too.",
    ),
    decide(
        "R40",
        "Cancelling twice.",
        "200 again, without a second activity.",
        "Cancelling what has ended is documented to be no error.",
    ),
    decide(
        "R41",
        "A refresh route that is described and called not currently available.",
        "404 until a reading turns it on.",
        "At the time of these documents the route did not answer.",
    ),
    decide("R42", "Two host names.", "The API answers to both.", "One is the earlier name of the other."),
    decide(
        "R43",
        "The type of settlementBreakdown.",
        "A document in base64, stored as a settlement breakdown; the activity links to it, and there is no second activity.",
        "Accepting is said to take a new settlement breakdown.",
    ),
    decide(
        "R44",
        "A counter's answer with both or neither of its members.",
        "400 if the needed one is missing; the other one is ignored.",
        "Each member is required under its own condition only.",
    ),
    decide(
        "R45",
        "checkAmount is called an integer, payoffs have cents.",
        "US dollars with at most two decimal places.",
        "A payoff with cents must be payable.",
    ),
    decide(
        "R46",
        "A document that is not base64, or of another format or type.",
        "400 for bad base64 and for formats other than the listed ones, told by the first bytes; any type is taken, in lower case.",
        "Only the formats are listed as closed.",
    ),
    decide(
        "R47",
        "What answers at a documentUrl.",
        "The sandbox itself, with the same credentials and the bytes that were sent.",
        "The sandbox does not convert documents to PDF, as a sibling API says that it does.",
    ),
    decide(
        "R48",
        "Which order types there are.",
        "Nine names that the vendor's public documents use; others get 400.",
        "The documents show only that there is a list.",
    ),
    decide(
        "R49",
        "Cancelling orders that are unknown, foreign or done.",
        "404 for an unknown or foreign one, and none is cancelled; one that is done is no error.",
        "As for payoff requests.",
    ),
    decide(
        "R50",
        "DELETE with a required body.",
        "The body is read; without one, 400.",
        "The table requires it, unusual as it is.",
    ),
    decide(
        "R51",
        "A claim with a lender that is not in the database.",
        "It has no lenderId until the lender is verified, as a new one or as another name of a known one.",
        "lenderId is documented to be there only for lenders of the database.",
    ),
    decide(
        "R52",
        "externalId in two examples.",
        "It is never taken, and sent only where a reading says so.",
        "It belongs to a sibling API for vendors.",
    ),
    decide(
        "R53",
        "How an absent value looks.",
        "Its member is left out; null is never sent.",
        "What was not sent is said not to appear.",
    ),
    decide("R54", "Limits on the rate of calls.", "None; 429 is never given.", "None is documented."),
    decide(
        "R55",
        "Which carriers keep account numbers out of claim-created.",
        "The sandbox's carrier does not, unless a reading says so; other activities carry what changed.",
        "It is stated as a choice of each carrier, for that activity.",
    ),
    decide(
        "R57",
        "What a quote amounts to on a later day.",
        "Amount plus per diem for every day since the quote's day, through the good-through date.",
        "A per diem is what each day adds; after the date the quote no longer holds.",
    ),
];

const fn decide(id: &'static str, gap: &'static str, ruling: &'static str, reason: &'static str) -> Ruling {
    Ruling { id, gap, ruling, reason }
}
