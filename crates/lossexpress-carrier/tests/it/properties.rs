//! Whatever callers do in whatever order: replies keep the contract, the feed keeps its order, the journal its state.

use std::{collections::BTreeMap, sync::LazyLock};

use estoppel_contract::{Checker, Contract};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// One thing that happens. Numbers choose among the claims and orders that there are.
#[derive(Clone, Debug)]
enum Happening {
    Create { test_vin: usize, lender: &'static str },
    On { claim: usize, method: &'static str, tail: &'static str, body: Option<Value> },
    Document { claim: usize, description: &'static str },
    Trigger { claim: usize, effect: usize },
    Wait { seconds: i64 },
}

fn happening() -> impl Strategy<Value = Happening> {
    let lender = prop_oneof![Just("Test Lender"), Just("CHCU"), Just("Bank of Nowhere")];
    let description =
        prop_oneof![Just("settlement breakdown"), Just("Valuation Report & settlement breakdown")];
    let on = prop_oneof![
        Just(("POST", "/payoff-request", None)),
        Just(("DELETE", "/payoff-request", None)),
        Just(("POST", "/letter-of-guarantee-request", None)),
        Just(("DELETE", "/letter-of-guarantee-request", None)),
        Just(("POST", "/orders", Some(json!({"types": ["Copy of Title"]})))),
        Just(("POST", "/orders", Some(json!({"types": "Copy of Title"})))),
        Just(("PUT", "", Some(json!({"odometer": 7, "lenderName": "Test Lender"})))),
        Just(("PUT", "", Some(json!({"odometer": null})))),
        Just(("GET", "", None)),
        Just(("POST", "/settlement-counter", Some(json!({"dispute": true, "reasonForDispute": "No."})))),
        Just(("POST", "/payoff-sent", Some(json!({"sentAt": "2021-01-08T22:03:09Z", "checkAmount": 1.25})))),
        Just(("POST", "/direct-messages", Some(json!({"message": ""})))),
    ];
    let claim = 0..4_usize;
    prop_oneof![
        2 => (any::<prop::sample::Index>(), lender)
            .prop_map(|(vin, lender)| Happening::Create { test_vin: vin.index(9), lender }),
        6 => (claim.clone(), on).prop_map(|(claim, (method, tail, body))| Happening::On { claim, method, tail, body }),
        2 => (claim.clone(), description).prop_map(|(claim, description)| Happening::Document { claim, description }),
        1 => (claim, 0..9_usize).prop_map(|(claim, effect)| Happening::Trigger { claim, effect }),
        1 => (0..5_000_i64).prop_map(|seconds| Happening::Wait { seconds }),
    ]
}

/// Made once: compiling schemas takes longer than a hundred happenings.
static REPLIES: LazyLock<Replies> = LazyLock::new(Replies::new);

/// The checkers of every reply, by operation.
struct Replies {
    contract: &'static Contract,
    checkers: BTreeMap<&'static str, Checker>,
    envelope: Checker,
}

impl Replies {
    fn new() -> Self {
        let contract = estoppel_lossexpress_carrier::simulation().contract();
        let replies = contract.operations.iter().filter_map(|operation| {
            let reply = operation.reply.as_ref()?;
            Some((operation.spec.id, contract.checker(reply).unwrap()))
        });
        let envelope = contract.checker(&contract.model("ErrorEnvelope").unwrap().schema).unwrap();
        Self { contract, checkers: replies.collect(), envelope }
    }

    /// Calls, and holds the reply to the contract.
    fn call(&self, sandbox: &mut Sandbox, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = sandbox.answer(method, path, body);
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        let id = answer.verdict.operation.unwrap();
        let status = answer.status.as_u16();
        let violations = if answer.status.is_success() {
            assert_eq!(status, self.contract.operation(id).unwrap().spec.status);
            self.checkers[id].check(&reply)
        } else {
            let declared = self.contract.notices().iter().any(|notice| notice.status == status);
            assert!(declared && status < 500, "{method} {path}: {status} {reply}");
            self.envelope.check(&reply)
        };
        assert_eq!(violations, [], "{method} {path}: {reply}");
        reply
    }
}

fn happen(replies: &Replies, sandbox: &mut Sandbox, claims: &mut Vec<String>, happening: &Happening) {
    let claim = |number: usize| match claims.get(number) {
        Some(claim) => claim.clone(),
        None => "c30ae9da-9222-4de5-81fe-fe1ac590fa0f".to_owned(),
    };
    match happening {
        Happening::Create { test_vin, lender } => {
            let mut body = crate::sandbox::new_claim();
            if let Some(test_vin) = replies.contract.service.test_values.get(*test_vin) {
                body["vin"] = test_vin.value.into();
            }
            body["lenderName"] = (*lender).into();
            let reply = replies.call(sandbox, "POST", "/claims", Some(&body));
            claims.push(reply["claimId"].as_str().unwrap().to_owned());
        }
        Happening::On { claim: number, method, tail, body } => {
            let path = format!("/claims/{}{tail}", claim(*number));
            replies.call(sandbox, method, &path, body.as_ref());
        }
        Happening::Document { claim: number, description } => {
            let body = json!({"document": "JVBERi0xLjQK", "description": description});
            replies.call(sandbox, "POST", &format!("/claims/documents/{}", claim(*number)), Some(&body));
        }
        Happening::Trigger { claim: number, effect } => {
            use estoppel_contract::Words;
            let effect = estoppel_lossexpress_carrier::activities::TriggerableActivityType::ALL[*effect];
            let path = format!("/activities/trigger-activity/{}?activityType={effect}", claim(*number));
            replies.call(sandbox, "POST", &path, None);
        }
        Happening::Wait { seconds } => drop(sandbox.advance(*seconds)),
    }
}

const FEED: &str = "/activities?createdAfter=2000-01-01T00:00:00Z&pageSize=500";

/// No effect comes before its cause.
fn assert_causal(feed: &Value) {
    let mut seen: Vec<(&Value, &str)> = Vec::new();
    let mut last = "";
    for activity in feed["results"].as_array().unwrap() {
        let at = activity["createdAt"].as_str().unwrap();
        assert!(last <= at, "{at} comes after {last}");
        last = at;
        let (claim, kind) = (&activity["claimId"], activity["type"].as_str().unwrap());
        let cause = match kind {
            "claim-created" => None,
            "letter-of-guarantee-added" | "letter-of-guarantee-request-cancelled" => {
                Some("letter-of-guarantee-request-created")
            }
            "order-cancelled" => Some("order-created"),
            "payoff-request-cancelled" => Some("payoff-request-created"),
            "settlement-counter-updated" => Some("settlement-counter-added"),
            _ => Some("claim-created"),
        };
        assert!(cause.is_none_or(|cause| seen.contains(&(claim, cause))), "{kind} has no cause");
        seen.push((claim, kind));
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_happens_the_contract_holds(happenings in prop::collection::vec(happening(), 1..40)) {
        let replies = &*REPLIES;
        let mut sandbox = Sandbox::new();
        let mut claims = Vec::new();
        for happening in &happenings {
            happen(replies, &mut sandbox, &mut claims, happening);
        }
        sandbox.advance(1);
        let mut replayed = sandbox.beside(sandbox.session.replay().unwrap());
        let feed = replies.call(&mut sandbox, "GET", FEED, None);
        assert_causal(&feed);
        assert_eq!(replies.call(&mut replayed, "GET", FEED, None), feed);
        for claim in &claims {
            let path = format!("/claims/{claim}");
            assert_eq!(sandbox.answer("GET", &path, None).body, replayed.answer("GET", &path, None).body);
        }
    }
}
