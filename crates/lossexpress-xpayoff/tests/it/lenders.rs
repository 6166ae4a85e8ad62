//! The lender search.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, lender_id};

fn names(reply: &Value) -> Vec<&str> {
    reply["lenders"].as_array().unwrap().iter().map(|lender| lender["lenderName"].as_str().unwrap()).collect()
}

#[test]
fn lenders_are_found_by_name_and_alias() {
    let mut sandbox = Sandbox::new();
    let (status, reply) = sandbox.call("GET", "/lenders?name=test%20lender", None);
    let lender = json!({
        "lenderId": lender_id("Test Lender"), "lenderName": "Test Lender",
        "aliases": ["Test Lender Inc", "Test Lending"], "integrated": true,
    });
    assert_eq!((status, reply), (200, json!({"lenders": [lender]})));
    let found = |reply: (u16, Value)| names(&reply.1).join(", ");
    assert_eq!(found(sandbox.call("GET", "/lenders?name=chcu", None)), "Cedar Hollow Credit Union");
    assert_eq!(
        found(sandbox.call("GET", "/lenders?name=CREDIT+UNION", None)),
        "Cedar Hollow Credit Union, Lakeshore Federal Credit Union"
    );
    assert_eq!(sandbox.call("GET", "/lenders?name=nobody", None), (200, json!({"lenders": []})));
    assert_eq!(found(sandbox.call("GET", "/lenders?name=psf&page=2", None)), "Prairie State Financial");
}

#[test]
fn a_search_needs_three_characters() {
    let mut sandbox = Sandbox::new();
    let mut message = |query: &str| {
        let (status, reply) = sandbox.call("GET", &format!("/lenders{query}"), None);
        assert_eq!(status, 400, "{reply}");
        reply["validation"]["errors"][0].clone()
    };
    let told = |message: &str, kind: &str, constraint: &str| json!({"key": ["name"], "path": ["name"], "message": message, "type": kind, "constraint": constraint, "label": "name"});
    assert_eq!(message(""), told("name is required", "any", "required"));
    let short = told("name length must be at least 3 characters long", "string", "min");
    assert_eq!(message("?name="), short);
    assert_eq!(message("?name=te"), short);
    assert_eq!(message("?name=%C3%A9%C3%A9"), short);
    assert_eq!(message("?name=test&name=lender")["message"], "name must be a string");
    assert_eq!(sandbox.call("GET", "/lenders?name=%C3%A9%C3%A9%C3%A9", None).0, 200);
}
