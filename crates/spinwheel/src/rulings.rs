//! What we decided where the document is silent or disagrees with itself.

use estoppel_contract::{
    Question, Ruling,
    Topic::{Field, Operation},
};

/// Every ruling that the contract of the Spinwheel API rests on.
pub(crate) const RULINGS: &[Ruling] = &[
    Ruling::new(
        "R60",
        Question::Form,
        &[Field("userId")],
        "userId stands in quotes in some places of the document and without them in others.",
        "A UUID in a string, everywhere.",
        "Two of four places say so, and it is a segment of paths.",
    ),
    Ruling::new(
        "R61",
        Question::Refusal,
        &[],
        "What the error is when a group is asked for that is not SUPPORTED, and what errors look like.",
        "400 with `status` and a message of type ERROR, whatever the caller has read before. The same for a group that \
            is not the user's, without telling whether another user has it.",
        "A server cannot know what was confirmed; third-party clients of the vendor know this shape.",
    ),
    Ruling::new(
        "R62",
        Question::Behaviour,
        &[Field("nextEligibleRefreshOn")],
        "A refresh before nextEligibleRefreshOn.",
        "The same 400; until then the group is NOT_SUPPORTED with REFRESH_EXHAUSTED in Get User. From that millisecond \
            on it is SUPPORTED again.",
        "Public lists of the vendor's reasons have this word.",
    ),
    Ruling::new(
        "R63",
        Question::Behaviour,
        &[Field("nextEligibleRefreshOn")],
        "How long a group may not be refreshed again.",
        "1000 seconds from the end of its refresh; another span by reading.",
        "In the examples nextEligibleRefreshOn lies exactly 1 000 000 ms after updatedOn.",
    ),
    Ruling::new(
        "R64",
        Question::Behaviour,
        &[Field("extRequestId")],
        "An extRequestId that was used before.",
        "The same body gets the answer that it got then, also later; another body gets 400.",
        "It is called unique, and a retry must be safe.",
    ),
    Ruling::new(
        "R65",
        Question::Refusal,
        &[Operation("pollStudentLoansPayoffFetchStatus")],
        "Polling an unknown request.",
        "404 in the same envelope.",
        "Nothing is there.",
    ),
    Ruling::new(
        "R66",
        Question::Members,
        &[Operation("pollStudentLoansPayoffFetchStatus")],
        "What a poll shows of a refresh that is running or has failed.",
        "The item with its status and without the three members of a quote.",
        "They have no meaning without a quote.",
    ),
    Ruling::new(
        "R67",
        Question::Behaviour,
        &[Operation("liabilityGroupPayoffQuoteStatusChange")],
        "How many webhooks a request with several groups gives.",
        "One for each group.",
        "Its body holds a single group.",
    ),
    Ruling::new(
        "R68",
        Question::Members,
        &[Field("data")],
        "`data` of a webhook about a failure.",
        "It is absent.",
        "There is no value to give.",
    ),
    Ruling::new(
        "R69",
        Question::Members,
        &[Operation("getUser")],
        "Get User is said to hold quotes of single loans too.",
        "It holds none.",
        "No member is named for them.",
    ),
    Ruling::new(
        "R70",
        Question::Form,
        &[Field("updatedOn"), Field("createdOn"), Field("nextEligibleRefreshOn")],
        "The unit of epoch timestamps.",
        "Milliseconds.",
        "They have thirteen digits.",
    ),
    Ruling::new(
        "R71",
        Question::Refusal,
        &[Field("studentLoans"), Field("capabilities"), Field("liabilityGroupId")],
        "Groups named twice, an empty studentLoans or capabilities, a missing liabilityGroupId, an unknown capability.",
        "400 that names the place.",
        "liabilityGroupId is said to be required; the rest asks for nothing or twice.",
    ),
    Ruling::new(
        "R72",
        Question::Signature,
        &[],
        "Signing and repetition of webhooks.",
        "They are not signed; endpoints may have fixed headers. Any 2xx is success. What fails is not sent again, or \
            three times by reading.",
        "Only configurable headers are known publicly.",
    ),
    Ruling::new(
        "R73",
        Question::Members,
        &[
            Field("profile"),
            Field("creditReports"),
            Field("payments"),
            Field("liabilityProfile"),
            Field("statementSummary"),
            Field("balanceDetails"),
            Field("creditor"),
        ],
        "What is in profile, creditReports, payments, liabilityProfile, statementSummary, balanceDetails and creditor.",
        "Members of ours, all of them optional; creditReports is an empty array and payments an empty object.",
        "The document leaves them out; amounts must still be there to add up.",
    ),
    Ruling::new(
        "R74",
        Question::Behaviour,
        &[Field("payoffAmount")],
        "How payoffAmount is calculated.",
        "The sum over the group's loans of outstandingBalance and the interest up to and including \
            payoffGoodThroughDate. Interest of a loan is outstandingBalance × interestRate / 100 × days / 365, rounded \
            to the cent with half a cent up, where days counts from lastPaymentDate to that day; for accruedInterest, \
            to the UTC day of updatedOn. A completed refresh updates the group's loans.",
        "An amount that is good through a day pays all off on that day; simple daily interest is the rule for student loans.",
    ),
    Ruling::new(
        "R75",
        Question::Behaviour,
        &[Field("payoffGoodThroughDate")],
        "How long a quote holds, and which day payoffGoodThroughDate names.",
        "Ten days: the UTC day of updatedOn plus that span, whatever the time zone of anyone; another span by reading. \
            A quote stays in Get User after its last day.",
        "A date without a zone must not slip; the vendor calls the quotes of Get User the latest ones.",
    ),
    Ruling::new(
        "R76",
        Question::Behaviour,
        &[Field("nextEligibleRefreshOn")],
        "How long a refresh runs, and when nextEligibleRefreshOn is known.",
        "2 seconds, or another span by reading. nextEligibleRefreshOn is fixed when the refresh begins, stays the same \
            in every answer and webhook about it, and lies behind its end, also where it fails.",
        "The answer to the trigger holds it already; so no group is refreshed twice at once.",
    ),
    Ruling::new(
        "R77",
        Question::Required,
        &[Field("extUserId")],
        "Which users there are, and how Get User finds them.",
        "By userId, extUserId or both; neither gives 400; unknown ids and ids of different users give 404. Two \
            invented users are there from the start, because the examples show placeholders only.",
        "Third-party clients of the vendor use both parameters.",
    ),
    Ruling::new(
        "R78",
        Question::Behaviour,
        &[Operation("triggerStudentLoansPayoffFetch"), Field("extRequestId")],
        "A request of which one group cannot be refreshed; whose an extRequestId is.",
        "Nothing is begun, and the extRequestId stays free. It is looked up among the user's own requests, after the \
            body was found valid and before its groups are looked at.",
        "The answer has no place for a refusal of one group; two users are never in each other's way.",
    ),
    Ruling::new(
        "R79",
        Question::Behaviour,
        &[],
        "Faults of the protocol, unknown members, a slash at the end of a path, and the texts of errors.",
        "The usual status codes in the same envelope: 401, 404, 405 with `Allow`, 406, 413 beyond 1 MiB, 415. Unknown \
            members and parameters are ignored, members by reading; so is the slash. Texts are ours.",
        "The document shows no error at all.",
    ),
    Ruling::new(
        "R123",
        Question::Behaviour,
        &[Field("payoffAmount"), Field("payoffGoodThroughDate")],
        "What a quote amounts to on a day between that of updatedOn and payoffGoodThroughDate.",
        "Its payoffAmount, on every day through that date. Afterwards there is no amount, and without the date none for \
            a day other than that of updatedOn.",
        "One amount stands beside one last day, and no member tells what a day adds.",
    ),
];
