//! What we decided where the document is silent.

use estoppel_contract::Ruling;

/// Every ruling that the contract of the LoanPro API rests on.
pub(crate) const RULINGS: &[Ruling] = &[
    decide(
        "R57",
        "What a quote amounts to on a later day.",
        "The payoff of a day of the archive plus its per diem for every day since. No last day is known.",
        "A per diem is what each day adds; a later payment makes a new payoff.",
    ),
    decide(
        "R80",
        "The URLs of the document are lost; other pages list the archive in three ways.",
        "`LoanStatusArchive(id)` is today's record. `LoanStatusArchive` and `Loans(id)/StatusArchive` list one record a day since the contract date, by `$filter` of at most 2000 characters: `date` with eq, gt, ge, lt or le, `loanId` or `id` with eq, joined with `and`.",
        "The example is a single entity whose id is that of the loan; lists by date are shown elsewhere.",
    ),
    decide(
        "R81",
        "Keys are written in two ways.",
        "`Customers(751)` and `Customers(id=751)` are the same.",
        "The first is how calls are written, the second stands in the URIs of replies.",
    ),
    decide(
        "R82",
        "What an unknown id gets.",
        "409 with the OData error body.",
        "The response codes name 409 for missing and invalid ids, and 404 for endpoints only.",
    ),
    decide(
        "R83",
        "What missing or wrong headers get.",
        "401 without OData's envelope, for `Authorization` and `Autopal-Instance-ID` alike. The scheme has to be Bearer, in any case.",
        "The response codes name 401 for headers.",
    ),
    decide(
        "R84",
        "What an unknown name in `$expand` gets.",
        "409 with the OData error body, as everything else that breaks the schema of a request.",
        "Typing errors within an endpoint are told to be 409.",
    ),
    decide(
        "R85",
        "Numbers are written as numbers and as strings.",
        "Replies write each as the document does; requests may write either.",
        "Public samples mix both.",
    ),
    decide(
        "R86",
        "Truth is written as 0 and 1, and as true and false.",
        "Requests may write 0 or 1, true or false, \"0\" or \"1\".",
        "Public samples mix them.",
    ),
    decide(
        "R87",
        "No reply to PUT is shown.",
        "200 with the loan, its nested objects not expanded.",
        "It is told to be 200 and not to give the id of what was created.",
    ),
    decide(
        "R88",
        "`__metadata.uri` is empty in the document.",
        "The absolute URL of the entity where the caller reaches the API.",
        "Elsewhere it is absolute.",
    ),
    decide(
        "R89",
        "What makes a payment log-only.",
        "`selectedProcessor` 0 or absent, or `__logOnly`; whatever `__processorName` says.",
        "The payload that only logs is told apart by them.",
    ),
    decide(
        "R90",
        "What the number in a date counts.",
        "Seconds, which may be negative; a reading writes milliseconds.",
        "The example's days only make sense in seconds. A client that divides by a thousand is found by trying both.",
    ),
    decide(
        "R91",
        "How interest is counted.",
        "Simple interest on the principal: principal × rate × days / 365, rounded to cents half up; the per diem is that of one day. A payoff is principal and unpaid interest, counted from the contract date or the last payment to its day. A year has 365 days, also a leap year.",
        "The example's per diem follows: 8902.04 × 4.5 % / 365 = 1.10. Its payoff follows from no shown figure.",
    ),
    decide(
        "R92",
        "How the payment schedule follows from the terms.",
        "The level payment is that of equal months, rounded to cents. The last one takes what is left when every period's interest is its days at the yearly rate / 365, rounded to five decimals of a percent, cut to tenths of a cent. The annual percentage rate is the rate at which the payments, month by month, are worth what was lent.",
        "It gives the example's 35 × 297.47 + 296.86 = 10708.31 and its 4.4966 percent; `roundDecimals` is 5.",
    ),
    decide(
        "R93",
        "How a loan stands on a day.",
        "A payment pays interest, then principal, in the order of its date. It settles scheduled payments that are due and the next one; with `payment.extra.periods.next` also later ones; with a `principalonly` word it pays principal only and settles none. A scheduled payment is past due from the next day on; after the last one everything is due. There are no fees, no escrow and no charge-offs; a discount is earned in step with the principal, and what is left of it is rounded to cents half up. The numbers of statuses are the example's for an open loan, 3 and 10 for one that is paid off.",
        "It keeps the relations of the example: duePni, delinquencyPercent, loanAge, loanRecency. The example's own due amounts come from a history that is not shown.",
    ),
    decide(
        "R94",
        "What is within an entity.",
        "An expanded list is an object with `results` that holds all rows; an expanded StatusArchive holds today's. `$expand` has at most 2000 characters and leads to no kind of entity twice. Every day of an archive has the loan's id, as in the example.",
        "Requests write nested lists so. A path that returns to where it was would grow without end.",
    ),
    decide(
        "R95",
        "How lists are paged.",
        "`$top` rows after `$skip`; 50 unless it is given; `nopaging` and `$top` give 1000 at most. `__next` is there while rows are left. Other options are ignored, but `$filter`, `$orderby=date` and `$expand` where an operation names them.",
        "Default and options are told elsewhere; the bound keeps every reply finite.",
    ),
    decide(
        "R96",
        "Members of most nested objects are not shown.",
        "Telephones, addresses, payment profiles, payments, transactions, autopays, loans and settings have the members that public pages name, as far as they say something here. Objects that nothing is known of are empty lists, or null.",
        "A link that is handed out has to lead somewhere, and nothing is made up about what is not known.",
    ),
    decide(
        "R97",
        "Which payments are taken.",
        "`amount` has to be there, in whole cents; `date` is today unless it is given, and not before the contract date. A payment in the past or the future counts from its date on. A payment that makes the loan overpaid on any day is refused; one with `payoffFlag` or `payoffPayment` has to be the payoff. A payment that is processed needs a payment profile of the loan's customer. Inactive payments are kept and do not count. A loan holds 1000 payments. Lists are not empty.",
        "Missing ids and mismatched payloads are told to be 409; a balance below nothing makes no sense.",
    ),
    decide(
        "R98",
        "What surrounds the operations.",
        "A fresh session holds customer 751 with loan 9118 and four invented pairs, each customer as old as the loan, aged relative to the session's start and the same whatever its seed; controls open more. Refusals carry the HTTP status as `code`; faults of HTTP itself (405, 406, 413, 415) have the same body. What is no JSON, or not the JSON that is asked for, is a mismatched payload: 409. Members that nobody named are ignored.",
        "A customer website needs customers. Public pages show both bodies, with other codes.",
    ),
    decide(
        "R99",
        "How autopays pay.",
        "`applyDate`, `processDate` and `processDateTime` have to be there, and a profile of the loan's customer; the loan's `autopayEnabled` has to be 1. Payments are processed at `processDateTime` in UTC and count from the apply date, which keeps its distance. `recurringPeriods` counts all payments, at most 600; those whose time has passed are left out. `multiple` and `recurringMatch` are as `recurring`, semi-monthly is fifteen days. With `processCurrent` 0 nothing is paid while nothing is past due. A payment beyond the payoff is cut to it, or fails where `payoffAdjustment` is 0; a failed one is not tried again. A loan holds 100 autopays. Members that say nothing here are kept.",
        "All three dates are told to be required, and so is the setting. The rest is the plainest reading of the names.",
    ),
    decide(
        "R120",
        "How the final payment and the periods until it follow from a loan that is being paid.",
        "From the balance of the day on, every scheduled payment is made on its due date, less what is paid of it already, and pays interest to the cent (R91), then principal; one that would be more than what is owed is the final one, and at the end of the schedule all that is left is. What is past due is not made up before. `periodsRemaining` counts the due dates after the day until then; `finalPaymentDate` and `finalPaymentAmount` are of that payment. Of a loan that is paid off they are its last payment's day, 0.00 and no period; after the end of the schedule, its last day, the payoff and no period. Interest is that of payoffs, so that a loan which is paid as scheduled ends some cents apart from its terms (R92).",
        "The example's final payment, 4974.78, is far more than the 296.86 of its terms: it follows, within a dollar, from the balance when what is past due is left to the end.",
    ),
    decide(
        "R122",
        "Which words a list has, where the document's examples show one or some of them.",
        "The words of the examples, and the others that public pages and client libraries of the vendor name for the same list. Credit statuses are the account statuses of Metro 2, the form of credit bureaus, under the example's prefix.",
        "A list of one word says too little to build on. The meanings of the words are read from their names.",
    ),
    decide(
        "R126",
        "What `__metadata.uri` of nested entities leads to; the document shows no call for them.",
        "Addresses, telephones, payment profiles, terms, settings, payments, transactions and autopays are fetched by their own ids, each alone and with no options. An id that nothing of the set has gets 409, a set that there is not 404. A transaction's id is its loan's id and four digits: 0000 for the origination, then the scheduled payments, from 1000 on the payments in the order in which they were created.",
        "A link that is handed out has to lead somewhere, and to the same thing later (R82, R96).",
    ),
    decide(
        "R127",
        "How an autopay that was created is shown, and which of its members are checked.",
        "With every member that creates one, as it was given and typed as in the example, days as all days of replies; the process and apply dates are those of the next payment. A member that was not given has the value that it decides by (`processCurrent` 1, `lastDayOfMonthEnabled` 0, `processTime` the hour of `processDateTime`), or is null where it decides nothing. An `amount`, also one that is not used, is in whole cents and not less than nothing; `processTime` is between 0 and 23.",
        "What is kept has to be seen. A payment of less than nothing and a 25th hour make no sense.",
    ),
];

const fn decide(id: &'static str, gap: &'static str, ruling: &'static str, reason: &'static str) -> Ruling {
    Ruling { id, gap, ruling, reason }
}
