//! What we decided alike for every LossExpress API: how it treats calls, where its documents are silent.

use estoppel_contract::{
    Question, Ruling,
    Topic::{Documented, Field},
};

/// A known path with another method.
pub const R16: Ruling = Ruling::new(
    "R16",
    Question::Refusal,
    &[Documented("405")],
    "A known path with another method.",
    "405 with `Allow` and the error envelope.",
    "The error table lists 405, although the server framework would say 404.",
);

/// What counts as asking for something other than JSON.
pub const R17: Ruling = Ruling::new(
    "R17",
    Question::Refusal,
    &[Documented("406")],
    "What counts as asking for something other than JSON.",
    "An `Accept` that allows neither JSON nor anything gets 406, as JSON.",
    "The error table lists 406 for formats that are not JSON.",
);

/// A body without a JSON content type.
pub const R18: Ruling = Ruling::new(
    "R18",
    Question::Refusal,
    &[Documented("415")],
    "A body without a JSON content type.",
    "415 with the error envelope.",
    "It is the server framework's default; the error table has no row for it.",
);

/// A body that is not JSON.
pub const R19: Ruling = Ruling::new(
    "R19",
    Question::Refusal,
    &[Documented("400")],
    "A body that is not JSON.",
    "400 with the server framework's text and without `validation`.",
    "No field can be named as the cause.",
);

/// Body members that no table lists.
pub const R21: Ruling = Ruling::new(
    "R21",
    Question::Behaviour,
    &[],
    "Body members that no table lists.",
    "They are ignored, and named in a header of the reply.",
    "The vendor adds members over time; strictness would break clients that are ahead.",
);

/// Query parameters that no table lists.
pub const R22: Ruling = Ruling::new(
    "R22",
    Question::Behaviour,
    &[],
    "Query parameters that no table lists.",
    "They are ignored.",
    "As for body members.",
);

/// More than one fault in a request.
pub const R23: Ruling = Ruling::new(
    "R23",
    Question::Refusal,
    &[Field("errors")],
    "More than one fault in a request.",
    "All are listed; the message is that of the first.",
    "`errors` is an array.",
);

/// `type` and `constraint` of faults other than a missing member.
pub const R24: Ruling = Ruling::new(
    "R24",
    Question::Words,
    &[Field("type"), Field("constraint")],
    "`type` and `constraint` of faults other than a missing member.",
    "The two parts of the Joi code, such as string and guid.",
    "The one example is the Joi code any.required, split at the dot.",
);

/// Limits on the rate of calls.
pub const R54: Ruling = Ruling::new(
    "R54",
    Question::Refusal,
    &[Documented("429")],
    "Limits on the rate of calls.",
    "None; 429 is never given.",
    "None is documented.",
);

/// What a quote amounts to on a later day.
pub const R57: Ruling = Ruling::new(
    "R57",
    Question::Behaviour,
    &[Field("payoffAmount"), Field("perDiem")],
    "What a quote amounts to on a later day.",
    "Amount plus per diem for every day since the quote's day, through the good-through date.",
    "A per diem is what each day adds; after the date the quote no longer holds.",
);
