//! Whatever callers do in whatever order: poll, webhook and user tell one story at every instant, replies keep the
//! contract, and the journal's replay is the state.

use std::{collections::BTreeMap, sync::LazyLock};

use estoppel_contract::{Checker, Contract};
use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::sandbox::{
    COMPLETING, FAILING, SECOND_GROUP, SECOND_USER, Sandbox, UNSUPPORTED, USER, body, request,
};

const USERS: [&str; 2] = [USER, SECOND_USER];
const GROUPS: [&str; 6] = [
    COMPLETING,
    FAILING,
    UNSUPPORTED,
    SECOND_GROUP,
    "20000000-0000-4000-8000-00000000b002",
    "nobody's group",
];

/// One thing that happens. Numbers choose among users, requests and groups.
#[derive(Clone, Debug)]
enum Happening {
    Refresh { user: usize, request: u64, groups: Vec<usize> },
    Choose { user: usize, group: usize, outcome: &'static str },
    Wait { milliseconds: i64 },
    Receive { status: u16 },
}

fn happening() -> impl Strategy<Value = Happening> {
    let groups = prop::collection::vec(0..GROUPS.len(), 0..4);
    let outcome = prop_oneof![Just("COMPLETED"), Just("FAILED")];
    let wait = prop_oneof![
        0..3_000_i64,
        Just(2_000_i64),
        Just(1_000_000),
        998_000..1_004_000_i64,
        0..200_000_000_i64,
    ];
    prop_oneof![
        4 => (0..2_usize, 0..6_u64, groups)
            .prop_map(|(user, request, groups)| Happening::Refresh { user, request, groups }),
        1 => (0..2_usize, 0..GROUPS.len(), outcome)
            .prop_map(|(user, group, outcome)| Happening::Choose { user, group, outcome }),
        4 => wait.prop_map(|milliseconds| Happening::Wait { milliseconds }),
        2 => prop_oneof![Just(200_u16), Just(503)].prop_map(|status| Happening::Receive { status }),
    ]
}

/// Made once: compiling schemas takes longer than a hundred happenings.
static REPLIES: LazyLock<Replies> = LazyLock::new(Replies::new);

/// The checkers of every reply, by operation, and of the webhook.
struct Replies {
    contract: &'static Contract,
    checkers: BTreeMap<&'static str, Checker>,
    envelope: Checker,
    webhook: Checker,
}

impl Replies {
    fn new() -> Self {
        let contract = estoppel_spinwheel::simulation().contract();
        let checkers = contract.operations.iter().map(|operation| {
            (operation.spec.id, contract.checker(operation.reply.as_ref().unwrap()).unwrap())
        });
        Self {
            contract,
            checkers: checkers.collect(),
            envelope: contract.checker(&contract.model("ErrorEnvelope").unwrap().schema).unwrap(),
            webhook: contract.checker(&contract.webhooks[0].payload).unwrap(),
        }
    }

    /// Calls, and holds the reply to the contract.
    fn call(&self, sandbox: &mut Sandbox, method: &str, path: &str, body: Option<&Value>) -> (bool, Value) {
        let answer = sandbox.answer(method, path, body);
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        let checker = if answer.status.is_success() {
            &self.checkers[answer.verdict.operation.unwrap()]
        } else {
            let status = answer.status.as_u16();
            let declared = self.contract.notices().iter().any(|notice| notice.status == status);
            assert!(declared && status < 500, "{method} {path}: {status} {reply}");
            &self.envelope
        };
        assert_eq!(checker.check(&reply), [], "{method} {path}: {reply}");
        (answer.status.is_success(), reply)
    }
}

/// What the caller knows: requests that were taken, and webhooks that came.
#[derive(Default)]
struct Known {
    taken: BTreeMap<(usize, u64), Value>,
    webhooks: Vec<Value>,
}

fn happen(sandbox: &mut Sandbox, known: &mut Known, happening: &Happening) {
    match happening {
        Happening::Refresh { user, request: number, groups } => {
            let groups: Vec<&str> = groups.iter().map(|group| GROUPS[*group]).collect();
            let path = format!("/v1/users/{}/liabilities/refresh", USERS[*user]);
            let asked = body(&request(*number), &groups);
            let (taken, reply) = REPLIES.call(sandbox, "POST", &path, Some(&asked));
            if taken {
                let first = known.taken.entry((*user, *number)).or_insert_with(|| reply.clone());
                assert_eq!(*first, reply, "the first answer is the answer");
            }
        }
        Happening::Choose { user, group, outcome } => {
            let group = GROUPS[*group].replace(' ', "%20");
            let path = format!("/users/{}/liability-groups/{group}/outcome", USERS[*user]);
            sandbox.control("PUT", &path, &json!({"outcome": outcome}));
        }
        Happening::Wait { milliseconds } => drop(sandbox.advance(*milliseconds)),
        Happening::Receive { status } => known.webhooks.extend(sandbox.receive(*status)),
    }
}

/// The items of every request that was taken, as polls show them now.
fn items(sandbox: &mut Sandbox, known: &Known) -> Vec<(String, Value)> {
    let mut items = Vec::new();
    for ((user, number), first) in &known.taken {
        let path = format!("/v1/users/{}/liabilities/refresh/{}", USERS[*user], request(*number));
        let (_, reply) = REPLIES.call(sandbox, "GET", &path, None);
        let polled = reply["data"].as_array().unwrap();
        assert_eq!(polled.len(), first["data"].as_array().unwrap().len());
        items.extend(polled.iter().map(|item| (request(*number), item.clone())));
    }
    items
}

/// Poll, webhook and user agree now.
fn assert_agreement(sandbox: &mut Sandbox, known: &Known) {
    let now = sandbox.now().as_millisecond();
    let items = items(sandbox, known);
    for (_, item) in &items {
        let ends_at = item["nextEligibleRefreshOn"].as_i64().unwrap() - 1_000_000;
        let status = item["refreshTransactionStatus"].as_str().unwrap();
        assert_eq!(status == "IN_PROGRESS", now < ends_at, "{item} at {now}");
        for member in ["payoffAmount", "payoffGoodThroughDate", "updatedOn"] {
            assert_eq!(item.get(member).is_some(), status == "COMPLETED", "{item}");
        }
        if status == "COMPLETED" {
            assert_eq!(item["updatedOn"], ends_at);
        }
    }
    for user in USERS {
        let (_, reply) = REPLIES.call(sandbox, "GET", &format!("/v1/users?userId={user}"), None);
        assert_user(&reply["data"], &items, now);
    }
}

/// The user's quotes and capabilities are what their refreshes left, and the amounts add up.
fn assert_user(user: &Value, items: &[(String, Value)], now: i64) {
    let summary = &user["studentLoanSummary"];
    let loans = user["studentLoans"].as_array().unwrap();
    assert_eq!(summary["noOfLoans"], loans.len());
    let outstanding = sum(loans, |loan| [&loan["balanceDetails"]["outstandingBalance"]]);
    assert_eq!(cents(&summary["currentOutstandingBalance"]), outstanding);
    let minimum = sum(loans, |loan| [&loan["statementSummary"]["minimumPaymentAmount"]]);
    assert_eq!(cents(&summary["minimumPaymentAmount"]), minimum);
    for loan in loans {
        let capability = &loan["capabilities"]["data"]["liabilityGroupPayoffQuote"];
        let of_group = |item: &&(String, Value)| item.1["liabilityGroupId"] == capability["liabilityGroupId"];
        let next =
            items.iter().filter(of_group).map(|(_, item)| item["nextEligibleRefreshOn"].as_i64()).max();
        let exhausted = next.flatten().is_some_and(|next| now < next);
        let reason = capability["description"].as_str();
        if reason == Some("INSTITUTION_NOT_SUPPORTED") {
            assert_eq!(next, None, "it is never refreshed");
        } else {
            assert_eq!(reason == Some("REFRESH_EXHAUSTED"), exhausted, "{capability} at {now}");
        }
        let details = &loan["balanceDetails"];
        assert!(cents(&details["originalLoanAmount"]) >= cents(&details["outstandingBalance"]), "{details}");
        assert_eq!(capability["availability"] == "SUPPORTED", reason.is_none(), "{capability}");
        assert_ne!(loan["creditor"]["institutionId"], capability["liabilityGroupId"]);
    }
    let quotes = summary["liabilityGroupPayoffQuotes"].as_array().unwrap();
    for quote in quotes {
        let group = &quote["liabilityGroupId"];
        let in_group = |loan: &&Value| {
            loan["capabilities"]["data"]["liabilityGroupPayoffQuote"]["liabilityGroupId"] == *group
        };
        let its: Vec<Value> = loans.iter().filter(in_group).cloned().collect();
        let last_day = quote["payoffGoodThroughDate"].as_str().unwrap();
        let payoff: i64 = its.iter().map(|loan| owed(loan, last_day)).sum();
        assert_eq!(cents(&quote["payoffAmount"]), payoff, "{quote}");
        let ids: Vec<&Value> = its.iter().map(|loan| &loan["studentLoanId"]).collect();
        assert_eq!(quote["studentLoanIds"].as_array().unwrap().iter().collect::<Vec<_>>(), ids);
        assert!(its.iter().all(|loan| loan["updatedOn"] == quote["updatedOn"]));
    }
    let completed =
        |item: &&Value| item["refreshTransactionStatus"] == "COMPLETED" && item["userId"] == user["userId"];
    for item in items.iter().map(|(_, item)| item).filter(completed) {
        let latest = quotes.iter().find(|quote| quote["liabilityGroupId"] == item["liabilityGroupId"]);
        let latest = latest.expect("a completed refresh leaves a quote");
        assert!(latest["updatedOn"].as_i64() >= item["updatedOn"].as_i64());
        if latest["updatedOn"] == item["updatedOn"] {
            for member in ["payoffAmount", "payoffGoodThroughDate", "studentLoanIds"] {
                assert_eq!(latest[member], item[member], "{latest}");
            }
        }
    }
}

/// What is owed on a loan on a day, in cents (R74).
fn owed(loan: &Value, day: &str) -> i64 {
    let details = &loan["balanceDetails"];
    let (balance, basis_points) = (cents(&details["outstandingBalance"]), cents(&details["interestRate"]));
    let date = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let paid = date(loan["statementSummary"]["lastPaymentDate"].as_str().unwrap());
    let days = i64::from((date(day) - paid).get_days().max(0));
    let year = 365 * 10_000;
    balance + (balance * basis_points * days + year / 2) / year
}

/// Every webhook says what the poll says, and there is one for each refresh that has ended.
fn assert_webhooks(sandbox: &mut Sandbox, known: &mut Known) {
    known.webhooks.extend(sandbox.receive(200));
    let items = items(sandbox, known);
    let mut ended = 0;
    for (request, item) in &items {
        let its =
            known.webhooks.iter().filter(|body| body["refreshTransactionId"] == item["refreshTransactionId"]);
        let its: Vec<&Value> = its.collect();
        let running = item["refreshTransactionStatus"] == "IN_PROGRESS";
        assert_eq!(its.len(), usize::from(!running), "{item}");
        for body in its {
            ended += 1;
            assert_eq!(REPLIES.webhook.check(body), [], "{body}");
            assert_eq!(body["extRequestId"], **request);
            for member in [
                "refreshTransactionStatus",
                "userId",
                "liabilityGroupId",
                "studentLoanIds",
                "nextEligibleRefreshOn",
                "liabilityType",
            ] {
                assert_eq!(body[member], item[member], "{member}: {body} {item}");
            }
            assert_eq!(body.get("data").is_some(), body["refreshTransactionStatus"] == "COMPLETED", "{body}");
            for member in ["payoffAmount", "payoffGoodThroughDate", "updatedOn"] {
                assert_eq!(body["data"][member], item[member], "{member}: {body} {item}");
            }
            assert_eq!(estoppel_spinwheel::normalize_quote(body), estoppel_spinwheel::normalize_quote(item));
        }
    }
    assert_eq!(known.webhooks.len(), ended);
}

fn cents(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (dollars, cents) = text.split_once('.').unwrap_or((&text, ""));
    assert!(cents.len() <= 2, "{text}");
    dollars.parse::<i64>().unwrap() * 100 + format!("{cents:0<2}").parse::<i64>().unwrap()
}

fn sum<const N: usize>(loans: &[Value], amounts: impl Fn(&Value) -> [&Value; N]) -> i64 {
    loans.iter().flat_map(|loan| amounts(loan).map(cents)).sum()
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_happens_all_views_agree(happenings in prop::collection::vec(happening(), 1..24)) {
        let mut sandbox = Sandbox::new();
        let mut known = Known::default();
        assert_agreement(&mut sandbox, &known);
        for happening in &happenings {
            happen(&mut sandbox, &mut known, happening);
            assert_agreement(&mut sandbox, &known);
        }
        let mut replayed = Sandbox { session: sandbox.session.replay().unwrap() };
        let now = |sandbox: &mut Sandbox| [sandbox.user(USER), sandbox.user(SECOND_USER)];
        assert_eq!(now(&mut replayed), now(&mut sandbox));
        assert_eq!(items(&mut replayed, &known), items(&mut sandbox, &known));
        assert_eq!(replayed.receive(200), sandbox.receive(200));
    }

    #[test]
    fn whatever_happens_the_webhooks_say_what_polls_say(
        happenings in prop::collection::vec(happening(), 1..24),
    ) {
        let mut sandbox = Sandbox::new();
        let mut known = Known::default();
        for happening in &happenings {
            happen(&mut sandbox, &mut known, happening);
            assert_webhooks(&mut sandbox, &mut known);
        }
    }
}
