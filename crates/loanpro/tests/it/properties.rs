//! Whatever callers do in whatever order: replies keep the contract, loans add up, the journal replays to the state.

use std::{collections::BTreeMap, sync::LazyLock};

use estoppel_contract::{Checker, Contract};
use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::{
    loans::{assert_adds_up, cents},
    sandbox::Sandbox,
};

/// One thing that happens on one of the loans.
#[derive(Clone, Debug)]
enum Happening {
    Pay {
        loan: u64,
        cents: i64,
        extra: &'static str,
        days_back: i64,
        flag: u8,
    },
    PayOff {
        loan: u64,
    },
    Autopay {
        loan: u64,
        cents: i64,
        frequency: &'static str,
        periods: u64,
        adjusts: u8,
        amount_type: &'static str,
    },
    Open {
        dollars: i64,
        rate: i64,
        term: i64,
    },
    Read {
        path: &'static str,
    },
    Wait {
        days: i64,
    },
}

fn loan() -> impl Strategy<Value = u64> {
    9_118..9_124_u64
}

fn happening() -> impl Strategy<Value = Happening> {
    let extra = prop_oneof![
        Just("payment.extra.tx.principal"),
        Just("payment.extra.tx.principalonly"),
        Just("payment.extra.periods.next"),
        Just("payment.extra.nonsense"),
    ];
    let frequency = prop_oneof![Just("weekly"), Just("monthly"), Just("semiMonthly"), Just("single")];
    let amount_type = prop_oneof![Just("static"), Just("nextDue"), Just("pastDue"), Just("feesDue")];
    let path = prop_oneof![
        Just("Customers(751)?$expand=Loans/Payments,Loans/Autopays,PaymentAccounts,Phones,MailAddress"),
        Just("Customers(id=753)/Loans?$expand=StatusArchive,Transactions,LoanSetup,LoanSettings,Customers"),
        Just("Loans(9120)?$expand=StatusArchive,Customers/Phones"),
        Just("LoanStatusArchive?$top=7&$orderby=date%20desc"),
        Just("Loans(9122)/Transactions?$skip=3"),
        Just("Customers(754)/CreditScore"),
    ];
    prop_oneof![
        4 => (loan(), -100..400_000_i64, extra, -40..400_i64, 0..2_u8)
            .prop_map(|(loan, cents, extra, days_back, flag)| Happening::Pay { loan, cents, extra, days_back, flag }),
        1 => loan().prop_map(|loan| Happening::PayOff { loan }),
        2 => (loan(), 0..900_000_i64, frequency, 1..20_u64, 0..2_u8, amount_type).prop_map(
            |(loan, cents, frequency, periods, adjusts, amount_type)| Happening::Autopay {
                loan, cents, frequency, periods, adjusts, amount_type,
            }
        ),
        1 => (50..90_000_i64, -1..400_000_i64, 0..370_i64)
            .prop_map(|(dollars, rate, term)| Happening::Open { dollars, rate, term }),
        2 => path.prop_map(|path| Happening::Read { path }),
        2 => (0..200_i64).prop_map(|days| Happening::Wait { days }),
    ]
}

/// Made once: compiling schemas takes longer than a hundred happenings.
static REPLIES: LazyLock<Replies> = LazyLock::new(Replies::new);

struct Replies {
    contract: &'static Contract,
    checkers: BTreeMap<&'static str, Checker>,
    envelope: Checker,
}

impl Replies {
    fn new() -> Self {
        let contract = estoppel_loanpro::simulation().contract();
        let replies = contract.operations.iter().filter_map(|operation| {
            Some((operation.spec.id, contract.checker(operation.reply.as_ref()?).unwrap()))
        });
        let envelope = contract.checker(&contract.model("ErrorEnvelope").unwrap().schema).unwrap();
        Self { contract, checkers: replies.collect(), envelope }
    }

    /// Calls, and holds the reply to the contract.
    fn call(&self, sandbox: &mut Sandbox, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = sandbox.answer(method, &format!("/odata.svc/{path}"), body);
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        let id = answer.verdict.operation.unwrap();
        let status = answer.status.as_u16();
        let violations = if answer.status.is_success() {
            assert_eq!(status, self.contract.operation(id).unwrap().spec.status);
            self.checkers[id].check(&reply)
        } else {
            assert_eq!(status, 409, "{method} {path}: {reply}");
            self.envelope.check(&reply)
        };
        assert_eq!(violations, [], "{method} {path}: {reply}");
        reply
    }
}

fn happen(sandbox: &mut Sandbox, happening: &Happening) {
    let replies = &*REPLIES;
    match happening {
        Happening::Pay { loan, cents, extra, days_back, flag } => {
            let day = "2022-05-11".parse::<jiff::civil::Date>().unwrap();
            let day = day - jiff::Span::new().days(*days_back);
            let amount = format!(
                "{}{}.{:02}",
                if *cents < 0 { "-" } else { "" },
                cents.abs() / 100,
                cents.abs() % 100
            );
            let payment =
                json!({"amount": amount, "date": day.to_string(), "extra": extra, "payoffFlag": flag});
            let body = json!({"Payments": {"results": [payment]}});
            replies.call(sandbox, "PUT", &format!("Loans({loan})"), Some(&body));
        }
        Happening::PayOff { loan } => {
            let archive = replies.call(sandbox, "GET", &format!("LoanStatusArchive({loan})"), None);
            let body =
                json!({"Payments": {"results": [{"amount": archive["d"]["payoff"], "payoffPayment": true}]}});
            replies.call(sandbox, "PUT", &format!("Loans({loan})"), Some(&body));
        }
        Happening::Autopay { loan, cents, frequency, periods, adjusts, amount_type } => {
            let loan_reply = replies.call(
                sandbox,
                "GET",
                &format!("Loans({loan})?$expand=Customers/PaymentAccounts"),
                None,
            );
            let account = &loan_reply["d"]["Customers"]["results"][0]["PaymentAccounts"]["results"][0]["id"];
            let autopay = json!({
                "type": "autopay.type.recurring", "amount": *cents / 100, "recurringPeriods": periods,
                "recurringFrequency": format!("autopay.recurringFrequency.{frequency}"),
                "amountType": format!("autopay.amountType.{amount_type}"), "payoffAdjustment": adjusts,
                "primaryPaymentMethodId": if account.is_null() { &Value::Null } else { account },
                "applyDate": "2022-06-02", "processDate": "2022-06-01", "processDateTime": "2022-06-01 08:00:00",
            });
            let body = json!({"Autopays": {"results": [autopay]}});
            replies.call(sandbox, "PUT", &format!("Loans({loan})"), Some(&body));
        }
        Happening::Open { dollars, rate, term } => {
            let rate = format!("{}.{:04}", rate.max(&0) / 10_000, rate.max(&0) % 10_000);
            let terms = json!({"customerId": 751, "loanAmount": dollars, "loanRate": rate, "loanTerm": term});
            sandbox.control("/loans", &terms);
        }
        Happening::Read { path } => drop(replies.call(sandbox, "GET", path, None)),
        Happening::Wait { days } => drop(sandbox.advance_days(*days)),
    }
}

/// Every loan adds up today, its schedule adds up, and its payments lead from one balance to the next.
fn assert_all_add_up(sandbox: &mut Sandbox) {
    let replies = &*REPLIES;
    for customer in 751..=755 {
        let path =
            format!("Customers({customer})?$expand=Loans/LoanSetup,Loans/StatusArchive,Loans/Payments");
        let customer = replies.call(sandbox, "GET", &path, None);
        for loan in customer["d"]["Loans"]["results"].as_array().unwrap() {
            let setup = &loan["LoanSetup"];
            let archive = &loan["StatusArchive"]["results"][0];
            assert_adds_up(archive, setup);
            let runs: Value = serde_json::from_str(setup["tilPaymentSchedule"].as_str().unwrap()).unwrap();
            let sum: i64 = runs
                .as_array()
                .unwrap()
                .iter()
                .map(|run| run["count"].as_i64().unwrap() * cents_of_number(&run["payment"]))
                .sum();
            assert_eq!(sum, cents(&setup["tilTotalOfPayments"]), "{setup}");
            assert_eq!(sum - cents(&setup["loanAmount"]), cents(&setup["tilFinanceCharge"]), "{setup}");
            for payment in loan["Payments"]["results"].as_array().unwrap() {
                let paid = cents(&payment["paymentInterest"]) + cents(&payment["paymentPrincipal"]);
                assert_eq!(paid, cents(&payment["amount"]), "{payment}");
                assert_eq!(
                    cents(&payment["beforePayoff"]) - paid,
                    cents(&payment["afterPayoff"]),
                    "{payment}"
                );
            }
        }
    }
}

fn cents_of_number(number: &Value) -> i64 {
    let text = number.to_string();
    let (dollars, rest) = text.split_once('.').unwrap_or((&text, ""));
    format!("{dollars}{rest:0<2}").parse().unwrap()
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_happens_the_contract_holds(happenings in prop::collection::vec(happening(), 1..25)) {
        let mut sandbox = Sandbox::new();
        for happening in &happenings {
            happen(&mut sandbox, happening);
        }
        assert_all_add_up(&mut sandbox);
        let mut replayed = sandbox.beside(sandbox.session.replay().unwrap());
        for customer in 751..=755 {
            let path = format!(
                "/odata.svc/Customers({customer})?$expand=Loans/Payments,Loans/Autopays,Loans/StatusArchive"
            );
            assert_eq!(sandbox.answer("GET", &path, None).body, replayed.answer("GET", &path, None).body);
        }
    }
}
