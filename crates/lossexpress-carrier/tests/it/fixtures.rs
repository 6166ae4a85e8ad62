//! Generated fixtures: valid, coherent, safe, and the same for ever.

mod causality;
mod live;
mod safety;
mod shrinking;

use std::ops::Range;

use estoppel_contract::Checker;
use estoppel_generate::{FixtureKind, FixtureRequest, GENERATOR_VERSION};
use estoppel_lossexpress_carrier::{
    activities::Activity,
    claims::{Claim, NewClaim, UpdateClaimBody},
    direct_messages::DirectMessage,
    documents::NewDocument,
    fixture_kinds,
    orders::NewOrders,
    payments::SentPayment,
    settlement_counters::CounterAnswer,
    simulation,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

const AT: &str = "2024-03-01T06:07:08.009Z";

fn kind(name: &str) -> &'static FixtureKind {
    fixture_kinds().iter().find(|kind| kind.name == name).unwrap()
}

fn request(seed: u64) -> FixtureRequest {
    FixtureRequest { seed, at: AT.parse().unwrap() }
}

fn lines(kind: &FixtureKind, seed: u64, range: Range<u64>) -> String {
    let mut out = Vec::new();
    kind.write_lines(&request(seed), range, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn documents(name: &str, seed: u64, range: Range<u64>) -> Vec<Value> {
    lines(kind(name), seed, range).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn checker(kind: &FixtureKind) -> Checker {
    let contract = simulation().contract();
    contract.checker(&contract.model(kind.model).unwrap().schema).unwrap()
}

fn rewritten<T: DeserializeOwned + Serialize>(line: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(line).unwrap()).unwrap()
}

/// Reads a fixture as the type of its kind and writes it again.
fn read_and_written(kind: &FixtureKind, line: &str) -> String {
    match kind.name {
        "claim" => rewritten::<Claim>(line),
        "activity" => rewritten::<Activity>(line),
        "new-claim" => rewritten::<NewClaim>(line),
        "claim-update" => rewritten::<UpdateClaimBody>(line),
        "new-document" => rewritten::<NewDocument>(line),
        "direct-message" => rewritten::<DirectMessage>(line),
        "new-orders" => rewritten::<NewOrders>(line),
        "payment" => rewritten::<SentPayment>(line),
        "counter-answer" => rewritten::<CounterAnswer>(line),
        other => unreachable!("no type is known for {other}"),
    }
}

#[test]
fn every_fixture_keeps_its_schema_and_is_read_and_written_as_it_is() {
    for kind in fixture_kinds() {
        let checker = checker(kind);
        for (seed, start) in [(0, 0), (7, 1_000_000), (u64::MAX, u64::MAX / 2)] {
            for line in lines(kind, seed, start..start + 2000).lines() {
                let document: Value = serde_json::from_str(line).unwrap();
                assert!(checker.accepts(&document), "{}: {line}: {:?}", kind.name, checker.check(&document));
                if checker.schema().get("properties").is_some() {
                    assert_eq!(checker.undeclared_members(&document), [""; 0], "{}: {line}", kind.name);
                }
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
            ("claim", 1_448_063_614_746_398_585),
            ("activity", 10_871_088_014_916_597_256),
            ("new-claim", 17_363_038_516_616_176_796),
            ("claim-update", 5_528_879_574_797_752_385),
            ("new-document", 10_825_207_246_860_154_195),
            ("direct-message", 3_394_748_506_045_892_045),
            ("new-orders", 5_995_393_467_692_563_298),
            ("payment", 14_762_231_266_312_720_799),
            ("counter-answer", 2_909_754_407_372_129_891),
        ]
    );
}

#[test]
fn a_quoted_claim_is_frozen_in_full() {
    insta::assert_snapshot!(lines(kind("claim"), 7, 8..9), @r#"{"accountNumber":"4750775563","causeOfLoss":"Single-Vehicle Collision","claimId":"85c1c7ef-13df-4ca2-aa7d-4cbd6577a344","claimNumber":"DW-9937115955","createdAt":"2024-02-21T04:38:20.182Z","dateOfLoss":"2024-01-27","deductible":600,"documents":[{"createdAt":"2024-02-21T07:27:32.674Z","updatedAt":"2024-02-21T07:27:32.674Z","documentUrl":"https://xapi.lossexpress.com/documents/ddf6ba03-c746-447c-a7d6-5ff276796833","type":"settlement breakdown & valuation report"}],"financeType":"Retail","insurerType":"Third Party","lenderName":"Bluebonnet Auto Finance","lenderId":"7b486b95-6b87-466b-a78c-53d6791bdaca","odometer":182946,"ownersName":"Helene Macejkovic","ownersPhoneNumber":"+18035550178","ownersRetained":false,"ownerRetained":false,"ownersStreetAddress":"13810 Estoppel Avenue Columbia SC 29201","payoffData":{"createdAt":"2024-02-21T20:39:49.364Z","updatedAt":"2024-02-21T20:39:49.364Z","payoffAmount":14999.76,"perDiem":8.54,"validThroughDate":"2024-03-04T00:00:00.000Z","remittanceInformation":{"standard":{"makeCheckPayableTo":"Bluebonnet Auto Finance","attn":"Total Loss Department","streetAddress":"P.O. Box 6881","city":"Fargo","state":"ND","zipCode":"58102"},"overnight":{"makeCheckPayableTo":"Bluebonnet Auto Finance","attn":"Total Loss Department","streetAddress":"4003 Practice Street","streetAddress2":"Ste. 902","city":"Fargo","state":"ND","zipCode":"58102"}}},"settlementAmount":47571,"titleRemittanceAddress":"13754 Practice Street Lansing MI 48933","updatedAt":"2024-02-21T20:39:49.364Z","vehicle":{"make":"Toyota","model":"Camry","year":2017},"vin":"4T1BF1FK6HB990802"}"#);
}

proptest::proptest! {
    #[test]
    fn a_fixture_is_the_same_in_whatever_range_it_is_made(
        seed: u64, start in 0..u64::MAX / 2, before in 0..50_u64, after in 0..50_u64,
    ) {
        for kind in fixture_kinds() {
            let alone = lines(kind, seed, start + before..start + before + 1);
            let among = lines(kind, seed, start..start + before + after + 1);
            let place = usize::try_from(before).unwrap();
            proptest::prop_assert_eq!(among.lines().nth(place), alone.lines().next());
        }
    }
}

#[test]
fn seeds_and_anchors_give_other_worlds() {
    let claims = kind("claim");
    assert_ne!(lines(claims, 1, 0..1), lines(claims, 2, 0..1));
    let (mut early, mut late) = (Vec::new(), Vec::new());
    claims.write_lines(&request(1), 0..1, &mut early).unwrap();
    let at = "2025-03-01T06:07:08.009Z".parse().unwrap();
    claims.write_lines(&FixtureRequest { seed: 1, at }, 0..1, &mut late).unwrap();
    let members = |bytes: &[u8]| serde_json::from_slice::<serde_json::Map<String, Value>>(bytes).unwrap();
    let (early, late) = (members(&early), members(&late));
    let moved: Vec<&String> = early.keys().filter(|key| early[*key] != late[*key]).collect();
    assert_eq!(moved, ["createdAt", "dateOfLoss", "updatedAt"]);
}
