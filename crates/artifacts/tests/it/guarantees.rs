//! What a webhook guarantees is what the schema of its body requires.

use crate::ferries::{Boastful, contract, contract_with};

#[test]
fn a_webhook_that_guarantees_more_than_its_schema_has_no_files() {
    assert_eq!(contract().defects(), [""; 0]);
    let error = estoppel_artifacts::files(&contract_with::<Boastful>()).unwrap_err().to_string();
    assert_eq!(
        error,
        "the webhook `bookingResult` guarantees `bookingId`, `confirmed`, `ticket`, `ticket.deck`, and the schema of \
         its body requires `bookingId`, `confirmed`"
    );
}
