//! Takes any bytes as a payload: it is checked against every model, read as a quote of every API, and its signature is
//! judged.

#![no_main]

use estoppel_contract::Checker;
use estoppel_verifier::signature::{SignatureVerdict, SignedBody};
use libfuzzer_sys::fuzz_target;

thread_local! {
    /// A checker for each model of each API.
    static CHECKERS: Vec<Checker> = estoppel_catalog::apis()
        .iter()
        .flat_map(|api| &api.contract().models)
        .filter_map(|model| Checker::new(model.schema.clone()).ok())
        .collect();
}

fuzz_target!(|bytes: &[u8]| {
    // The first line is the header of a signature, the rest a body.
    let cut = bytes.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let (header, body) = bytes.split_at(cut);
    for api in estoppel_catalog::apis() {
        let service = api.service();
        if let Some(signing) = service.deliveries.and_then(|rules| rules.signing) {
            let signed = SignedBody {
                signing: &signing,
                encoding: estoppel_contract::SignatureEncoding::LowerHex,
                key: "key",
                body,
                header: Some(header),
                suffix: None,
            };
            let holds = signed.judge() == SignatureVerdict::Holds;
            let is_expected = signed.expected().is_some_and(|expected| expected.as_bytes() == header);
            assert_eq!(holds, is_expected);
        }
    }
    let Ok(value) = serde_json::from_slice(body) else { return };
    for api in estoppel_catalog::apis() {
        drop(estoppel_catalog::normalize_quote(api.service().name, &value));
    }
    CHECKERS.with(|checkers| checkers.iter().for_each(|checker| drop(checker.check(&value))));
});
