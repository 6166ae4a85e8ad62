//! Signatures with each usual mistake.

use estoppel_contract::{Source, hmac_sha256};

use super::*;

const SIGNING: Signing = Signing {
    header: "x-boat-signature",
    separator: ":",
    suffix: &["requestId", "packetId"],
    encoding_reading: None,
    source: Source::ruling("B4"),
};

const KEY: &str = "boat-key";
const BODY: &str = r#"{"requestId":"r-1","packetId":"p-2","price":10222,"place":"Köln / Rhein"}"#;

fn signed<'a>(key: &'a str, header: Option<&'a str>) -> SignedBody<'a> {
    SignedBody {
        signing: &SIGNING,
        encoding: SignatureEncoding::LowerHex,
        key,
        body: BODY.as_bytes(),
        header: header.map(str::as_bytes),
        suffix: None,
    }
}

/// The signature of body, `:` and suffix, as a signer with this key makes it.
fn hex(key: &str, message: &str) -> String {
    SignatureEncoding::LowerHex.encode(&hmac_sha256(key, &[message.as_bytes()]))
}

fn right() -> String {
    hex(KEY, &format!("{BODY}:r-1"))
}

fn diagnosis(key: &str, header: Option<&str>) -> SignatureDiagnosis {
    match signed(key, header).judge() {
        SignatureVerdict::Broken(diagnosis) => diagnosis,
        SignatureVerdict::Holds => panic!("it holds: {header:?}"),
    }
}

fn check(header: Option<&str>, ids: &[&str], part: &str) {
    let diagnosis = diagnosis(KEY, header);
    let found: Vec<&str> = diagnosis.mistakes.iter().map(Mistake::id).collect();
    let said: Vec<String> = diagnosis.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(found, ids, "{said:?}");
    assert!(said.join("; ").contains(part), "{said:?} has no {part:?}");
}

#[test]
fn the_right_signature_holds_and_no_other_writing_of_it() {
    assert_eq!(signed(KEY, Some(&right())).judge(), SignatureVerdict::Holds);
    let with_suffix = hex(KEY, &format!("{BODY}:p-2"));
    let other = SignedBody { suffix: Some("p-2"), ..signed(KEY, Some(&with_suffix)) };
    assert_eq!(other.judge(), SignatureVerdict::Holds);
    assert_eq!(signed(KEY, None).expected(), Some(right()));
}

#[test]
fn a_header_that_is_missing_or_empty_is_told() {
    check(None, &["header-missing"], "no signature header");
    check(Some(""), &["header-empty"], "empty");
    check(Some("  "), &["header-empty"], "empty");
}

#[test]
fn the_writing_of_the_digest_is_told() {
    let right = right();
    let digest = hmac_sha256(KEY, &[format!("{BODY}:r-1").as_bytes()]);
    let base64 = SignatureEncoding::Base64.encode(&digest);
    check(
        Some(&right.to_uppercase()),
        &["upper-case"],
        "written in upper-case hexadecimal, expected lower-case",
    );
    check(Some(&base64), &["encoding"], "written in base64, expected");
    check(Some(base64.trim_end_matches('=')), &["encoding"], "base64 without padding");
    // The message is chosen so that its signature has a character in which the alphabets differ.
    assert!(base64.contains(['+', '/']), "{base64}");
    check(Some(&base64.replace('+', "-").replace('/', "_")), &["encoding"], "url-safe base64");
    check(Some(&format!("sha256={right}")), &["header-prefixed"], "`sha256=` stands before");
    check(Some(&format!("t=1,v1={right}")), &["header-prefixed"], "`t=1,v1=` stands before");
    check(Some(&format!("sha256={base64}")), &["header-prefixed", "encoding"], "base64");
    check(Some(&format!("\"{right}\"")), &["header-surrounded"], "quotes");
    check(Some(&format!(" {right}\n")), &["header-surrounded"], "blanks");
    check(Some(&right[..40]), &["truncated"], "cut off after 40 characters");
    check(Some(&right[..41]), &["truncated"], "cut off after 41 characters");
    check(Some(&base64[..21]), &["encoding", "truncated"], "base64");
}

#[test]
fn the_body_that_was_signed_is_told() {
    let of = |body: &str| hex(KEY, &format!("{body}:r-1"));
    let sorted = r#"{"packetId":"p-2","place":"Köln / Rhein","price":10222,"requestId":"r-1"}"#;
    check(Some(&of(sorted)), &["body-rewritten"], "without blanks, its members sorted by name,");
    let python = "{\"requestId\": \"r-1\", \"packetId\": \"p-2\", \"price\": 10222, \"place\": \"K\\u00f6ln / Rhein\"}";
    check(
        Some(&of(python)),
        &["body-rewritten"],
        "a blank after each comma and colon, characters beyond ASCII",
    );
    check(Some(&of(&BODY.replace("10222", "10222.0"))), &["body-rewritten"], "10222.0, not 10222");
    check(Some(&of(&BODY.replace('/', "\\/"))), &["body-rewritten"], "`/` escaped");
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(BODY).unwrap()).unwrap();
    check(Some(&of(&pretty)), &["body-rewritten"], "lines indented by 2 blanks");
    check(Some(&of(&format!("{BODY}\n"))), &["body-rewritten"], "a line feed added");
    check(Some(&of("")), &["body-rewritten"], "an empty body");
}

#[test]
fn a_body_that_was_saved_with_blanks_is_told() {
    let saved = BODY.replace(",\"price\"", ", \"price\"");
    let header = right();
    let given = SignedBody { body: saved.as_bytes(), ..signed(KEY, Some(&header)) };
    let SignatureVerdict::Broken(diagnosis) = given.judge() else { panic!() };
    assert_eq!(diagnosis.mistakes.iter().map(Mistake::id).collect::<Vec<_>>(), ["body-rewritten"]);
    let difference = diagnosis.body_difference.unwrap();
    assert_eq!(difference.to_string(), "at byte 36: 0x20, expected `\"` (0x22)");
    assert_eq!(&saved.as_bytes()[36..37], b" ");
}

#[test]
fn what_was_signed_besides_the_body_is_told() {
    let of = |message: String| hex(KEY, &message);
    check(Some(&of(BODY.to_owned())), &["suffix-missing"], "the body alone");
    check(Some(&of(format!("{BODY}:"))), &["suffix-missing"], "without a suffix");
    check(Some(&of(format!("{BODY}:p-2"))), &["suffix-wrong"], "`packetId`");
    check(Some(&of(format!("{BODY}.r-1"))), &["separator"], "\".\" between");
    check(Some(&of(format!("{BODY}r-1"))), &["separator"], "no separator");
    check(Some(&of(format!("r-1:{BODY}"))), &["suffix-wrong"], "before the body");
    check(Some(&of(format!("{BODY}:\"r-1\""))), &["suffix-wrong"], "quotes");
}

#[test]
fn keys_and_constructions_are_told() {
    let message = format!("{BODY}:r-1");
    check(Some(&hex("boat-key\n", &message)), &["key-form"], "line feed at its end");
    check(Some(&hex("\"boat-key\"", &message)), &["key-form"], "double quotes");
    check(Some(&hex("Bearer boat-key", &message)), &["key-form"], "begins with `Bearer `");
    check(Some(&hex(&message, KEY)), &["key-and-message-swapped"], "changed places");
    let unkeyed = Construction::Unkeyed.digest(b"", message.as_bytes());
    check(Some(&SignatureEncoding::LowerHex.encode(&unkeyed)), &["unkeyed"], "without the key");
    let unkeyed = Construction::Unkeyed.digest(b"", BODY.as_bytes());
    check(
        Some(&SignatureEncoding::LowerHex.encode(&unkeyed)),
        &["unkeyed", "suffix-missing"],
        "the body alone",
    );
    for given in ["boat-key\n", "'boat-key'", "Bearer boat-key", " boat-key"] {
        let found = diagnosis(given, Some(&right()));
        assert_eq!(found.mistakes.len(), 1, "{given:?}: {found:?}");
        assert_eq!(found.mistakes[0].id(), "key-form", "{given:?}");
        assert!(found.mistakes[0].fix().starts_with("give the key without"), "{given:?}");
    }
}

#[test]
fn another_key_cannot_be_told_from_another_body_and_no_key_is_shown() {
    let other = hex("some other key", &format!("{BODY}:r-1"));
    check(Some(&other), &["unexplained"], "a digest cannot tell which");
    check(Some("no signature at all"), &["no-digest"], "19 characters, expected 64 of lower-case");
    check(Some("1f3a"), &["no-digest"], "4 characters");
    let found = diagnosis(KEY, Some(&other));
    let difference = found.header_difference.unwrap();
    let place = difference.offset_bytes;
    assert_eq!(difference.given, Some(other.as_bytes()[place]));
    assert_eq!(difference.expected, Some(right().as_bytes()[place]));
    let shown = format!("{:?} {found:?} {}", signed(KEY, None), serde_json::to_string(&found).unwrap());
    assert!(!shown.contains(KEY), "{shown}");
}

#[test]
fn a_search_that_is_spent_says_so_and_ends() {
    let ids = |header: &str, hashed_max_bytes| match signed(KEY, Some(header)).judge_hashing(hashed_max_bytes)
    {
        SignatureVerdict::Broken(found) => found.mistakes.iter().map(Mistake::id).collect::<Vec<_>>(),
        SignatureVerdict::Holds => panic!("it holds"),
    };
    let other = hex("some other key", &format!("{BODY}:r-1"));
    for spent in [0, BODY.len(), BODY.len() * 20] {
        assert_eq!(ids(&other, spent), ["not-all-tried"], "{spent}");
    }
    assert_eq!(ids(&other, search::HASHED_MAX_BYTES), ["unexplained"]);
    // Even the shortest message, after the one that spends it, is not tried: an empty body and its suffix.
    let of_empty = hex(KEY, ":r-1");
    assert_eq!(ids(&of_empty, BODY.len()), ["not-all-tried"]);
    assert_eq!(ids(&of_empty, BODY.len() * 5), ["body-rewritten"]);
}

#[test]
fn a_body_without_the_suffix_is_told_and_any_bytes_are_judged() {
    let judge =
        |body: &[u8], header: &[u8]| SignedBody { body, header: Some(header), ..signed(KEY, None) }.judge();
    let SignatureVerdict::Broken(found) = judge(b"not JSON", right().as_bytes()) else { panic!() };
    assert_eq!(found.mistakes, [Mistake::SuffixUnknown]);
    assert_eq!(found.header_difference, None);
    let SignatureVerdict::Broken(found) = judge(b"not JSON", hex(KEY, "not JSON").as_bytes()) else {
        panic!()
    };
    assert_eq!(found.mistakes.iter().map(Mistake::id).collect::<Vec<_>>(), ["suffix-missing"]);
    for header in [&b"\xff\xfe"[..], b"=", b"====", b":", b"\xc3\xa9=", b"sha256=", b"a"] {
        assert!(matches!(judge(b"[1,{}]", header), SignatureVerdict::Broken(_)));
        assert!(matches!(judge(b"", header), SignatureVerdict::Broken(_)));
    }
}
