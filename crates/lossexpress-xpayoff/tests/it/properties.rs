//! Whatever callers, receivers and testers do in whatever order: replies and webhooks keep the contract, requests that
//! are over stay silent, the journal keeps the state.

use std::{collections::BTreeMap, sync::LazyLock};

use estoppel_contract::{Checker, Contract};
use estoppel_simulator::{AttemptOutcome, Parcel};
use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::sandbox::{OK, Sandbox, by_name, lender_id, new_request, signed_body, start};

/// One thing that happens. Numbers choose among the requests that there are.
#[derive(Clone, Debug)]
enum Happening {
    Ask(Value),
    Cancel(usize),
    Choose(usize, Value),
    Search(&'static str),
    Wait { seconds: i64, outcome: AttemptOutcome },
    Register,
    Remove,
    Enable,
}

fn happening() -> impl Strategy<Value = Happening> {
    let ask = prop_oneof![
        Just(json!({})),
        Just(by_name()),
        Just(json!({"vin": "5FNYF4H46CB077722"})),
        Just(json!({"lenderId": lender_id("Old Mill Savings Bank"), "accountNumber": null})),
        Just(json!({"accountNumber": null})),
        Just(json!({"lenderId": "00000000-0000-4000-8000-000000000404"})),
        Just(json!({"vin": null, "entityName": 7})),
    ];
    let chosen = prop_oneof![
        Just(json!({"success": true})),
        Just(json!({"success": false, "members": "promised"})),
        Just(json!({"success": false, "errorMessage": "…"})),
        Just(json!({"success": 1})),
    ];
    let outcome = prop_oneof![
        2 => Just(OK),
        2 => Just(AttemptOutcome::Status(503)),
        1 => Just(AttemptOutcome::TimedOut),
    ];
    prop_oneof![
        6 => ask.prop_map(Happening::Ask),
        2 => (0..6_usize).prop_map(Happening::Cancel),
        1 => (0..6_usize, chosen).prop_map(|(request, chosen)| Happening::Choose(request, chosen)),
        1 => prop_oneof![Just("bank"), Just("x"), Just("zzz")].prop_map(Happening::Search),
        5 => (0..9_000_i64, outcome).prop_map(|(seconds, outcome)| Happening::Wait { seconds, outcome }),
        1 => Just(Happening::Register),
        1 => Just(Happening::Remove),
        1 => Just(Happening::Enable),
    ]
}

/// Made once: compiling schemas takes longer than a hundred happenings.
static CHECKERS: LazyLock<Checkers> = LazyLock::new(Checkers::new);

/// The checkers of every reply, by operation, and of the webhook.
struct Checkers {
    contract: &'static Contract,
    replies: BTreeMap<&'static str, Checker>,
    envelope: Checker,
    webhook: Checker,
}

impl Checkers {
    fn new() -> Self {
        let contract = estoppel_lossexpress_xpayoff::simulation().contract();
        let replies = contract.operations.iter().map(|operation| {
            (operation.spec.id, contract.checker(operation.reply.as_ref().unwrap()).unwrap())
        });
        Self {
            contract,
            replies: replies.collect(),
            envelope: contract.checker(&contract.model("ErrorEnvelope").unwrap().schema).unwrap(),
            webhook: contract.checker(&contract.webhooks[0].payload).unwrap(),
        }
    }

    /// Calls, and holds the reply to the contract.
    fn call(&self, sandbox: &mut Sandbox, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = sandbox.answer(method, path, body);
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        let status = answer.status.as_u16();
        let checker = if answer.status.is_success() {
            &self.replies[answer.verdict.operation.unwrap()]
        } else {
            let declared = self.contract.notices().iter().any(|notice| notice.status == status);
            assert!(declared && status < 500, "{method} {path}: {status} {reply}");
            &self.envelope
        };
        assert_eq!(checker.check(&reply), [], "{method} {path}: {reply}");
        reply
    }

    /// Holds a webhook to the contract; says whose it is.
    fn arrived(&self, parcel: &Parcel) -> String {
        let body = signed_body(parcel);
        assert_eq!(self.webhook.check(&body), [], "{body}");
        assert_eq!(self.webhook.undeclared_members(&body), [""; 0]);
        body["payoffId"].as_str().unwrap().to_owned()
    }
}

const NOBODYS_ID: &str = "c30ae9da-9222-4de5-81fe-fe1ac590fa0f";

fn happen(checkers: &Checkers, sandbox: &mut Sandbox, requests: &mut Vec<String>, happening: &Happening) {
    let request = |number: usize| requests.get(number).cloned().unwrap_or_else(|| NOBODYS_ID.to_owned());
    match happening {
        Happening::Ask(changes) => {
            let reply = checkers.call(sandbox, "POST", "/payoff", Some(&new_request(changes)));
            requests.extend(reply["payoffId"].as_str().map(str::to_owned));
        }
        Happening::Cancel(number) => {
            checkers.call(sandbox, "DELETE", &format!("/payoff/{}", request(*number)), None);
        }
        Happening::Choose(number, chosen) => {
            let path = format!("/payoff/{}/result", request(*number));
            let (status, _) = sandbox.control("POST", &path, Some(chosen));
            assert!(status < 500);
        }
        Happening::Search(name) => {
            checkers.call(sandbox, "GET", &format!("/lenders?name={name}"), None);
        }
        Happening::Wait { seconds, outcome } => {
            let over: Vec<String> = requests
                .iter()
                .filter(|id| ["cancelled", "deactivated"].contains(&sandbox.state(id).as_str()))
                .cloned()
                .collect();
            for parcel in sandbox.advance(*seconds, outcome) {
                let id = checkers.arrived(&parcel);
                assert!(requests.contains(&id));
                assert!(!over.contains(&id), "{id} is over and sends something");
            }
        }
        Happening::Register => drop(sandbox.register()),
        Happening::Remove => {
            let last = sandbox.session.outbox().endpoints().last().map(|endpoint| endpoint.id);
            if let Some(id) = last {
                sandbox.session.remove_webhook(id, start()).unwrap();
            }
        }
        Happening::Enable => sandbox.session.enable_webhooks(0, start()),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_happens_the_contract_holds(happenings in prop::collection::vec(happening(), 1..40)) {
        let checkers = &*CHECKERS;
        let mut sandbox = Sandbox::new();
        let mut requests = Vec::new();
        for happening in &happenings {
            // What a chosen result set off arrives before anything else happens.
            happen(checkers, &mut sandbox, &mut requests, happening);
            for parcel in sandbox.receive(&OK) {
                checkers.arrived(&parcel);
            }
        }
        let mut replayed = Sandbox { session: sandbox.session.replay().unwrap() };
        for id in &requests {
            let path = format!("/payoff/{id}");
            assert_eq!(sandbox.control("GET", &path, None), replayed.control("GET", &path, None));
        }
        let told = |sandbox: &Sandbox| {
            let deliveries = sandbox.session.outbox().deliveries();
            deliveries.map(|delivery| format!("{delivery:?} {:?}", delivery.body)).collect::<Vec<_>>()
        };
        assert_eq!(told(&sandbox), told(&replayed));
    }
}
