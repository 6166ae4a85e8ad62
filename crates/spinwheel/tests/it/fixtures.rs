//! Generated fixtures: valid, coherent, safe, and the same for ever.

use std::ops::Range;

use estoppel_contract::Checker;
use estoppel_generate::{FixtureKind, FixtureRequest, GENERATOR_VERSION, Generate, Generated, PLACES};
use estoppel_spinwheel::{
    fixture_kinds,
    liabilities::{BegunRefreshReply, NewRefresh, PayoffQuoteStatusChange, RefreshItem},
    normalize_quote, simulation,
    users::User,
};
use proptest::test_runner::{Config, TestError, TestRunner};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

const AT: &str = "2024-03-01T06:07:08.009Z";
const AT_MS: i64 = 1_709_273_228_009;

fn kind(name: &str) -> &'static FixtureKind {
    fixture_kinds().iter().find(|kind| kind.name == name).unwrap()
}

fn lines(kind: &FixtureKind, seed: u64, range: Range<u64>) -> String {
    let mut out = Vec::new();
    let request = FixtureRequest { seed, at: AT.parse().unwrap() };
    kind.write_lines(&request, range, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn documents(name: &str, seed: u64, range: Range<u64>) -> Vec<Value> {
    lines(kind(name), seed, range).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn checker(model: &str) -> Checker {
    let contract = simulation().contract();
    contract.checker(&contract.model(model).unwrap().schema).unwrap()
}

fn rewritten<T: DeserializeOwned + Serialize>(line: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(line).unwrap()).unwrap()
}

/// Reads a fixture as the type of its kind and writes it again.
fn read_and_written(kind: &FixtureKind, line: &str) -> String {
    match kind.name {
        "user" => rewritten::<User>(line),
        "refresh-request" => rewritten::<NewRefresh>(line),
        "refresh-reply" => rewritten::<BegunRefreshReply>(line),
        "refresh-item" => rewritten::<RefreshItem>(line),
        "payoff-quote-status-change" => rewritten::<PayoffQuoteStatusChange>(line),
        other => unreachable!("no type is known for {other}"),
    }
}

#[test]
fn every_fixture_keeps_its_schema_and_is_read_and_written_as_it_is() {
    for kind in fixture_kinds() {
        let checker = checker(kind.model);
        for (seed, start) in [(0, 0), (7, 1_000_000), (u64::MAX, u64::MAX / 2)] {
            for line in lines(kind, seed, start..start + 1000).lines() {
                let document: Value = serde_json::from_str(line).unwrap();
                assert!(checker.accepts(&document), "{}: {line}: {:?}", kind.name, checker.check(&document));
                assert_eq!(checker.undeclared_members(&document), [""; 0], "{}: {line}", kind.name);
                assert_eq!(read_and_written(kind, line), line);
            }
        }
    }
}

#[test]
fn bytes_are_frozen_by_the_generator_version() {
    let actual: Vec<(&str, u64)> = fixture_kinds()
        .iter()
        .map(|kind| (kind.name, rapidhash::v3::rapidhash_v3(lines(kind, 7, 0..1000).as_bytes())))
        .collect();
    assert_eq!(GENERATOR_VERSION, 1);
    assert_eq!(
        actual,
        [
            ("user", 9_517_575_903_810_941_930),
            ("refresh-request", 13_123_641_686_391_671_673),
            ("refresh-reply", 16_092_903_519_509_432_198),
            ("refresh-item", 5_088_267_043_187_711_420),
            ("payoff-quote-status-change", 13_688_879_074_396_436_878)
        ]
    );
}

#[test]
fn a_user_is_frozen_in_full() {
    insta::assert_snapshot!(lines(kind("user"), 7, 4..5), @r#"{"userId":"ab7490ce-0266-4292-98d2-3bfda24ec3ca","extUserId":"aa817df1-1f57-4280-a185-64c9d4078a23","profile":{"firstName":"Kara","lastName":"Wilkinson","emailAddress":"kara.wilkinson@example.org","phoneNumber":"+14055550132","address":{"streetAddress":"15561 Placeholder Way","city":"Oklahoma City","state":"OK","zipCode":"73102"}},"creditReports":[],"studentLoanSummary":{"noOfLoans":3,"currentOutstandingBalance":41629.14,"minimumPaymentAmount":462.54,"updatedOn":1706823586025,"liabilityGroupPayoffQuotes":[{"studentLoanIds":["23449b57-3c75-4731-b523-7b815e1b4334"],"liabilityGroupId":"a2d81fc9-b902-44fa-936c-5523327f7af6","payoffAmount":5874.15,"payoffGoodThroughDate":"2024-02-11","updatedOn":1706823586025},{"studentLoanIds":["a6ef791e-1d36-4b02-8dce-a20593729df5"],"liabilityGroupId":"d0add365-8d47-4aa1-ab0f-1c1767b4ce9b","payoffAmount":12031.46,"payoffGoodThroughDate":"2024-02-11","updatedOn":1706823586025},{"studentLoanIds":["d7002126-cdca-4853-a95e-8eac3850dbd1"],"liabilityGroupId":"e34431fe-ae8a-436f-bf71-a39c2fef935a","payoffAmount":23856.71,"payoffGoodThroughDate":"2024-02-11","updatedOn":1706823586025}]},"studentLoans":[{"studentLoanId":"23449b57-3c75-4731-b523-7b815e1b4334","liabilityProfile":{"accountNumber":"3804684159","openedOn":"2009-07-06"},"statementSummary":{"minimumPaymentAmount":65.09,"dueDate":"2024-02-26","lastPaymentDate":"2024-01-27"},"balanceDetails":{"originalLoanAmount":22407.78,"outstandingBalance":5858.36,"accruedInterest":5.26,"interestRate":6.56},"creditor":{"institutionId":"92b54dec-7285-4f91-a8ac-e4882431a833","name":"Lanternlight Student Loans"},"capabilities":{"payments":{},"data":{"liabilityGroupPayoffQuote":{"availability":"SUPPORTED","liabilityGroupId":"a2d81fc9-b902-44fa-936c-5523327f7af6"}}},"updatedOn":1706823586025,"createdOn":1695759974983},{"studentLoanId":"a6ef791e-1d36-4b02-8dce-a20593729df5","liabilityProfile":{"accountNumber":"1337986381","openedOn":"2008-08-08"},"statementSummary":{"minimumPaymentAmount":133.37,"dueDate":"2024-02-15","lastPaymentDate":"2024-01-16"},"balanceDetails":{"originalLoanAmount":16552.53,"outstandingBalance":12003.5,"accruedInterest":17.21,"interestRate":3.27},"creditor":{"institutionId":"822b362a-96f9-4223-8b79-9e5d7bfddda8","name":"Northquad Education Finance"},"capabilities":{"payments":{},"data":{"liabilityGroupPayoffQuote":{"availability":"SUPPORTED","liabilityGroupId":"d0add365-8d47-4aa1-ab0f-1c1767b4ce9b"}}},"updatedOn":1706823586025,"createdOn":1695759974983},{"studentLoanId":"d7002126-cdca-4853-a95e-8eac3850dbd1","liabilityProfile":{"accountNumber":"1301173214","openedOn":"2007-05-11"},"statementSummary":{"minimumPaymentAmount":264.08,"dueDate":"2024-02-23","lastPaymentDate":"2024-01-24"},"balanceDetails":{"originalLoanAmount":42490.05,"outstandingBalance":23767.28,"accruedInterest":39.75,"interestRate":7.63},"creditor":{"institutionId":"86ae6427-d221-4cba-9473-e43974e92405","name":"Mortarboard Loan Services"},"capabilities":{"payments":{},"data":{"liabilityGroupPayoffQuote":{"availability":"SUPPORTED","liabilityGroupId":"e34431fe-ae8a-436f-bf71-a39c2fef935a"}}},"updatedOn":1706823586025,"createdOn":1695759974983}]}"#);
}

proptest::proptest! {
    #[test]
    fn a_fixture_is_the_same_in_whatever_range_it_is_made(
        seed: u64, start in 0..u64::MAX / 2, before in 0..20_u64, after in 0..20_u64,
    ) {
        for kind in fixture_kinds() {
            let alone = lines(kind, seed, start + before..start + before + 1);
            let among = lines(kind, seed, start..start + before + after + 1);
            let place = usize::try_from(before).unwrap();
            proptest::prop_assert_eq!(among.lines().nth(place), alone.lines().next());
        }
    }
}

/// Fixtures of one index are about one refresh.
#[test]
fn fixtures_of_an_index_agree() {
    let of = |name: &str| documents(name, 3, 0..1000);
    let (users, requests, replies) = (of("user"), of("refresh-request"), of("refresh-reply"));
    let (items, webhooks) = (of("refresh-item"), of("payoff-quote-status-change"));
    for index in 0..1000 {
        let [user, request, reply, item, webhook] =
            [&users[index], &requests[index], &replies[index]["data"], &items[index], &webhooks[index]];
        let asked =
            request["studentLoans"].as_array().unwrap().iter().map(|group| &group["liabilityGroupId"]);
        let begun = reply.as_array().unwrap();
        assert!(asked.eq(begun.iter().map(|item| &item["liabilityGroupId"])), "{request} {reply}");
        assert!(begun.iter().all(|item| item["refreshTransactionStatus"] == "IN_PROGRESS"));
        let first = begun.iter().find(|begun| begun["refreshTransactionId"] == item["refreshTransactionId"]);
        assert_eq!(first.unwrap()["liabilityGroupId"], item["liabilityGroupId"]);
        assert_eq!(webhook["extRequestId"], request["extRequestId"]);
        for member in ["refreshTransactionId", "refreshTransactionStatus", "nextEligibleRefreshOn", "userId"]
        {
            assert_eq!(webhook[member], item[member]);
        }
        assert_eq!(normalize_quote(webhook), normalize_quote(item));
        let quotes = user["studentLoanSummary"]["liabilityGroupPayoffQuotes"].as_array().unwrap();
        let quote = quotes.iter().find(|quote| quote["liabilityGroupId"] == item["liabilityGroupId"]);
        assert_eq!(quote.is_some(), item["refreshTransactionStatus"] == "COMPLETED");
        assert_eq!(quote.and_then(normalize_quote), normalize_quote(item));
        for loan in user["studentLoans"].as_array().unwrap() {
            let capability = &loan["capabilities"]["data"]["liabilityGroupPayoffQuote"];
            if capability["liabilityGroupId"] == item["liabilityGroupId"] {
                let exhausted = AT_MS < item["nextEligibleRefreshOn"].as_i64().unwrap();
                assert_eq!(capability["description"] == "REFRESH_EXHAUSTED", exhausted, "{user}");
            }
            let amount = |member: &str| loan["balanceDetails"][member].as_f64().unwrap();
            assert!(amount("originalLoanAmount") >= amount("outstandingBalance"), "{loan}");
            assert!(loan["createdOn"].as_i64() < loan["updatedOn"].as_i64());
            assert!(loan["updatedOn"].as_i64() <= Some(AT_MS));
        }
    }
}

#[test]
fn users_come_in_every_state_and_reach_nobody() {
    let users = documents("user", 5, 0..1000);
    let texts: Vec<String> = users.iter().map(ToString::to_string).collect();
    for word in [
        "\"SUPPORTED\"",
        "REFRESH_EXHAUSTED",
        "INSTITUTION_DISABLED",
        "ACCOUNT_TERMINATED",
        "\"liabilityGroupPayoffQuotes\":[]",
        "\"liabilityGroupPayoffQuotes\":[{",
    ] {
        assert!(texts.iter().any(|text| text.contains(word)), "{word}");
    }
    for user in &users {
        let profile = &user["profile"];
        let mail = profile["emailAddress"].as_str().unwrap();
        assert!(mail.ends_with("@example.com") || mail.ends_with("@example.org"), "{mail}");
        let phone = profile["phoneNumber"].as_str().unwrap();
        assert!(phone.len() == 12 && phone[5..].starts_with("55501"), "{phone}");
        let address = &profile["address"];
        assert!(PLACES.iter().any(|place| {
            place.city == address["city"]
                && place.state == address["state"]
                && place.zip_code == address["zipCode"]
        }));
    }
}

/// What a property that does not hold shrinks to.
fn counterexample<T: Generate + std::fmt::Debug>(holds: impl Fn(&T) -> bool) -> T {
    let config = Config { failure_persistence: None, cases: 2000, ..Config::default() };
    let outcome = TestRunner::new(config).run(&Generated::at(AT.parse().unwrap()), |value| {
        proptest::prop_assert!(holds(&value));
        Ok(())
    });
    match outcome {
        Err(TestError::Fail(_, value)) => value,
        other => unreachable!("expected a failure, not {other:?}"),
    }
}

#[test]
fn counterexamples_differ_from_the_simplest_in_what_matters() {
    let text = |value: &dyn Fn() -> Value| value().to_string();
    let simplest = counterexample(|_: &RefreshItem| false);
    let failed = counterexample(|item: &RefreshItem| item.payoff_amount.is_present());
    assert!(text(&|| serde_json::json!(simplest)).contains("COMPLETED"));
    let (mut expected, actual) = (serde_json::json!(simplest), serde_json::json!(failed));
    let members = expected.as_object_mut().unwrap();
    for member in ["payoffAmount", "payoffGoodThroughDate", "updatedOn"] {
        members.remove(member);
    }
    members["refreshTransactionStatus"] = "FAILED".into();
    assert_eq!(actual, expected);
    let user = counterexample(|user: &User| user.student_loans.len() < 2);
    assert_eq!(user.student_loans.len(), 2);
}
