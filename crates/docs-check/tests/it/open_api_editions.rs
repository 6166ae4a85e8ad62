//! Contracts against contracts: each kind of change of an OpenAPI document, in each direction.

#![expect(clippy::unwrap_used, reason = "a test may fail so")]

use estoppel_docs_check::{
    Document,
    edition::{Change, Edition, EditionError, compare},
};
use serde_json::{Value, json};

use crate::editions::mirrored;

/// A contract with one model in each direction, and one in all of them.
fn contract() -> Value {
    let object = |properties: Value, required: Value| json!({"type": "object", "properties": properties, "required": required});
    let body = |name: &str| json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Boats", "version": "1"},
        "servers": [{"url": "https://boats.example.com"}, {"url": "http://127.0.0.1:8080"}],
        "security": [{"bearer": []}],
        "paths": {
            "/boats/{boatId}": {
                "put": {
                    "operationId": "changeBoat",
                    "parameters": [
                        {"name": "boatId", "in": "path", "required": true, "schema": {"type": "string"}},
                        {"name": "force", "in": "query", "required": false, "schema": {"type": "boolean"}},
                    ],
                    "requestBody": body("NewBoat"),
                    "responses": {
                        "200": body("Boat"),
                        "404": {"content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/Error"},
                            "examples": {"no-such-boat": {"value": {"message": "Boat not found."}}},
                        }}},
                        "406": {"$ref": "#/components/responses/NotAcceptable"},
                    },
                },
            },
        },
        "webhooks": {"boatSunk": {"post": {
            "parameters": [{"name": "x-signature", "in": "header", "required": true, "schema": {"type": "string"}}],
            "requestBody": body("Event"),
        }}},
        "components": {
            "responses": {"NotAcceptable": {"description": "No."}},
            "schemas": {
                "NewBoat": object(
                    json!({
                        "name": {"type": "string", "maxLength": 20},
                        "rig": {"$ref": "#/components/schemas/Rig"},
                        "oars": {"type": "integer", "default": 2, "description": "How many oars it has"},
                    }),
                    json!(["name"]),
                ),
                "Boat": object(
                    json!({
                        "name": {"type": "string"},
                        "port": {"type": "string", "format": "uuid"},
                        "rig": {"$ref": "#/components/schemas/Rig"},
                        "next": {"$ref": "#/components/schemas/Boat"},
                        "sails": {"type": "array", "items": {"type": "string"}},
                    }),
                    json!(["name"]),
                ),
                "Event": object(json!({"boatId": {"type": "string"}, "depth": {"type": "number"}}), json!(["boatId"])),
                "Rig": {"type": "string", "enum": ["sloop", "yawl"]},
                "Error": object(json!({"message": {"type": "string"}}), json!([])),
            },
        },
    })
}

fn edition(contract: &Value) -> Result<Edition, EditionError> {
    let text = serde_json::to_string_pretty(contract).unwrap();
    Edition::of_open_api("boats", &Document { name: "openapi.json", bytes: text.as_bytes() })
}

fn changes(old: &Value, new: &Value) -> Vec<Change> {
    compare(&[edition(old).unwrap()], &[edition(new).unwrap()]).changes
}

/// What a change of the contract gives, as `tier RULE`, sorted.
fn check(change: impl Fn(&mut Value), expected: &[&str]) {
    let old = contract();
    let mut new = contract();
    change(&mut new);
    let found = changes(&old, &new);
    let mut told: Vec<String> =
        found.iter().map(|change| format!("{} {}", change.tier.as_str(), change.rule)).collect();
    told.sort();
    assert_eq!(told, expected, "{found:#?}");
    assert_eq!(changes(&new, &new), []);
    mirrored(&found, &changes(&new, &old), "a contract");
}

fn at<'v>(contract: &'v mut Value, pointer: &str) -> &'v mut Value {
    contract.pointer_mut(pointer).unwrap()
}

fn schema<'v>(contract: &'v mut Value, inside: &str) -> &'v mut Value {
    at(contract, &format!("/components/schemas/{inside}"))
}

fn remove(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().unwrap().remove(key).unwrap()
}

const OPERATION: &str = "/paths/~1boats~1{boatId}/put";

#[test]
fn words_and_order_are_no_change() {
    check(|_| {}, &[]);
    check(|new| *at(new, "/info/title") = "Other".into(), &[]);
    check(|new| schema(new, "Boat/properties/name")["description"] = "Its name.".into(), &[]);
    check(|new| schema(new, "Boat")["examples"] = json!([{"name": "Argo"}]), &[]);
    check(|new| *schema(new, "Rig/enum") = json!(["yawl", "sloop"]), &[]);
    // A model under another name is the same on the wire.
    check(
        |new| {
            let boat = remove(at(new, "/components/schemas"), "Event");
            at(new, "/components/schemas")["Happening"] = boat;
            let target = "/webhooks/boatSunk/post/requestBody/content/application~1json/schema/$ref";
            *at(new, target) = "#/components/schemas/Happening".into();
        },
        &[],
    );
}

#[test]
fn routes_and_hosts() {
    check(
        |new| *at(new, "/servers/0/url") = "https://new.example.com".into(),
        &["breaking DIFF-HOST-CHANGED"],
    );
    check(|new| drop(at(new, "/servers").as_array_mut().unwrap().pop()), &["breaking DIFF-HOST-REMOVED"]);
    check(
        |new| {
            let item = remove(at(new, "/paths"), "/boats/{boatId}");
            at(new, "/paths")["/boats/{id}"] = item;
            *at(new, "/paths/~1boats~1{id}/put/parameters/0/name") = "id".into();
        },
        &["documentation only DIFF-PATH-PARAMETER-RENAMED"],
    );
    check(
        |new| {
            let item = remove(at(new, "/paths"), "/boats/{boatId}");
            at(new, "/paths")["/fleet/{boatId}"] = item;
        },
        &["breaking DIFF-PATH-CHANGED"],
    );
    check(
        |new| {
            let put = remove(at(new, "/paths/~1boats~1{boatId}"), "put");
            at(new, "/paths/~1boats~1{boatId}")["patch"] = put;
        },
        &["breaking DIFF-METHOD-CHANGED"],
    );
    check(
        |new| at(new, "/paths")["/ports"] = json!({"get": {"responses": {}}}),
        &["safe DIFF-OPERATION-ADDED"],
    );
    check(|new| at(new, OPERATION)["deprecated"] = true.into(), &["dangerous DIFF-DEPRECATED"]);
    check(|new| at(new, OPERATION)["security"] = json!([]), &["safe DIFF-SECURITY-REMOVED"]);
    check(|new| at(new, OPERATION)["security"] = json!([{"key": []}]), &["breaking DIFF-SECURITY-CHANGED"]);
    check(|new| drop(remove(at(new, "/webhooks"), "boatSunk")), &["breaking DIFF-WEBHOOK-REMOVED"]);
}

#[test]
fn what_is_sent() {
    let property = |name: &'static str, value: Value| {
        move |new: &mut Value| schema(new, "NewBoat/properties")[name] = value.clone()
    };
    check(property("port", json!({"type": "string"})), &["safe DIFF-FIELD-ADDED"]);
    check(
        |new| {
            schema(new, "NewBoat/properties")["port"] = json!({"type": "string"});
            *schema(new, "NewBoat/required") = json!(["name", "port"]);
        },
        &["breaking DIFF-FIELD-ADDED-REQUIRED"],
    );
    check(|new| *schema(new, "NewBoat/required") = json!(["name", "rig"]), &["breaking DIFF-REQUIRED"]);
    check(|new| *schema(new, "NewBoat/required") = json!([]), &["safe DIFF-OPTIONAL"]);
    check(|new| drop(remove(schema(new, "NewBoat/properties"), "rig")), &["dangerous DIFF-FIELD-REMOVED"]);
    check(
        |new| {
            let oars = remove(schema(new, "NewBoat/properties"), "oars");
            schema(new, "NewBoat/properties")["sculls"] = oars;
        },
        &["breaking DIFF-FIELD-RENAMED"],
    );
    check(property("oars", json!({"type": "number", "default": 2})), &["safe DIFF-TYPE-WIDENED"]);
    check(property("oars", json!({"type": "string", "default": 2})), &["breaking DIFF-TYPE-CHANGED"]);
    check(property("oars", json!({"type": ["integer", "null"], "default": 2})), &["safe DIFF-NULL-ADDED"]);
    check(property("oars", json!({"type": "integer", "default": 4})), &["dangerous DIFF-DEFAULT-CHANGED"]);
    check(property("name", json!({"type": "string", "maxLength": 10})), &["breaking DIFF-LIMIT-NARROWED"]);
    check(property("name", json!({"type": "string"})), &["safe DIFF-LIMIT-WIDENED"]);
    check(
        property("name", json!({"type": "string", "maxLength": 20, "format": "email"})),
        &["breaking DIFF-FORMAT-ADDED"],
    );
    check(
        property("name", json!({"type": "string", "maxLength": 20, "pattern": "^A"})),
        &["dangerous DIFF-PATTERN-CHANGED"],
    );
    check(
        |new| schema(new, "NewBoat")["additionalProperties"] = false.into(),
        &["breaking DIFF-OBJECT-CLOSED"],
    );
    check(
        |new| schema(new, "NewBoat")["anyOf"] = json!([{"required": ["rig"]}, {"required": ["oars"]}]),
        &["breaking DIFF-CONDITION-ADDED", "breaking DIFF-CONDITION-ADDED"],
    );
    check(
        |new| *at(new, &format!("{OPERATION}/parameters/1/required")) = true.into(),
        &["breaking DIFF-REQUIRED"],
    );
    check(
        |new| drop(remove(at(new, OPERATION), "requestBody")),
        &[
            "dangerous DIFF-FIELD-REMOVED",
            "dangerous DIFF-FIELD-REMOVED",
            "dangerous DIFF-FIELD-REMOVED-REQUIRED",
        ],
    );
}

#[test]
fn what_is_received() {
    let property = |name: &'static str, value: Value| {
        move |new: &mut Value| schema(new, "Boat/properties")[name] = value.clone()
    };
    check(property("crew", json!({"type": "string"})), &["safe DIFF-FIELD-ADDED"]);
    check(|new| drop(remove(schema(new, "Boat/properties"), "port")), &["dangerous DIFF-FIELD-REMOVED"]);
    check(
        |new| {
            remove(schema(new, "Boat/properties"), "name");
            *schema(new, "Boat/required") = json!([]);
        },
        &["breaking DIFF-FIELD-REMOVED-REQUIRED"],
    );
    check(|new| *schema(new, "Boat/required") = json!([]), &["breaking DIFF-OPTIONAL"]);
    check(|new| *schema(new, "Boat/required") = json!(["name", "port"]), &["safe DIFF-REQUIRED"]);
    check(property("name", json!({"type": ["string", "null"]})), &["breaking DIFF-NULL-ADDED"]);
    check(property("name", json!({})), &["dangerous DIFF-TYPE-WIDENED"]);
    check(property("port", json!({"type": "string"})), &["dangerous DIFF-FORMAT-REMOVED"]);
    check(property("port", json!({"type": "string", "format": "date"})), &["breaking DIFF-FORMAT-CHANGED"]);
    check(
        property("sails", json!({"type": "array", "items": {"type": "number"}})),
        &["breaking DIFF-TYPE-CHANGED"],
    );
    check(
        |new| *at(new, &format!("{OPERATION}/responses/200")) = json!({"description": ""}),
        &["breaking DIFF-BODY-REMOVED"],
    );
    check(
        |new| {
            let reply = remove(at(new, &format!("{OPERATION}/responses")), "200");
            at(new, &format!("{OPERATION}/responses"))["201"] = reply;
        },
        &["breaking DIFF-STATUS-CHANGED"],
    );
    check(
        |new| at(new, &format!("{OPERATION}/responses"))["202"] = json!({"description": ""}),
        &["dangerous DIFF-STATUS-ADDED"],
    );
    check(
        |new| at(new, &format!("{OPERATION}/responses"))["409"] = json!({"description": ""}),
        &["dangerous DIFF-REFUSAL-ADDED"],
    );
    check(
        |new| {
            let refusal = remove(at(new, &format!("{OPERATION}/responses")), "404");
            at(new, &format!("{OPERATION}/responses"))["410"] = refusal;
        },
        &["breaking DIFF-REFUSAL-STATUS"],
    );
    let two =
        json!({"oneOf": [{"$ref": "#/components/schemas/Boat"}, {"$ref": "#/components/schemas/Event"}]});
    let schema_of_reply = format!("{OPERATION}/responses/200/content/application~1json/schema");
    check(|new| *at(new, &schema_of_reply) = two.clone(), &["dangerous DIFF-ALTERNATIVE-ADDED"]);
}

#[test]
fn what_the_client_is_called_with() {
    check(|new| schema(new, "Event/properties")["crew"] = json!({}), &["safe DIFF-FIELD-ADDED"]);
    check(
        |new| drop(remove(at(new, "/webhooks/boatSunk/post"), "parameters")),
        &["breaking DIFF-FIELD-REMOVED-REQUIRED"],
    );
    check(|new| *schema(new, "Event/required") = json!([]), &["breaking DIFF-OPTIONAL"]);
    check(
        |new| schema(new, "Event/properties/depth")["type"] = "string".into(),
        &["breaking DIFF-TYPE-CHANGED"],
    );
}

#[test]
fn what_travels_both_ways_is_judged_by_the_graver_one() {
    let old = contract();
    let mut new = contract();
    *schema(&mut new, "Rig/enum") = json!(["sloop", "yawl", "ketch"]);
    let found = changes(&old, &new);
    let [change] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        (change.rule, change.tier.as_str(), change.directions.len()),
        ("DIFF-WORD-ADDED", "dangerous", 2)
    );
    assert_eq!(
        change.new.as_ref().and_then(|site| site.pointer.as_deref()),
        Some("/components/schemas/Rig/enum")
    );
    *schema(&mut new, "Rig/enum") = json!(["sloop"]);
    let found = changes(&old, &new);
    assert_eq!((found[0].rule, found[0].tier.as_str(), found.len()), ("DIFF-WORD-REMOVED", "breaking", 1));
}

#[test]
fn apis_are_compared_by_name() {
    let of = |names: &[&str]| -> Vec<Edition> {
        let text = contract().to_string();
        let read = |name: &&str| {
            Edition::of_open_api(name, &Document { name: "openapi.json", bytes: text.as_bytes() }).unwrap()
        };
        names.iter().map(read).collect()
    };
    let rules = |old: &[&str], new: &[&str]| -> Vec<&str> {
        compare(&of(old), &of(new)).changes.into_iter().map(|change| change.rule).collect()
    };
    assert_eq!(rules(&["a", "b"], &["a", "b"]), [""; 0]);
    assert_eq!(rules(&["a", "b"], &["a"]), ["DIFF-API-REMOVED"]);
    assert_eq!(rules(&["a"], &["a", "b"]), ["DIFF-API-ADDED"]);
    // A single one is the same, whatever its folder is called.
    assert_eq!(rules(&["a"], &["b"]), [""; 0]);
}

#[test]
fn what_is_no_contract_says_why() {
    let read = |bytes: &[u8]| {
        let document = Document { name: "openapi.json", bytes };
        Edition::of_open_api("boats", &document).unwrap_err().to_string()
    };
    assert!(read(b"{").contains("not JSON"));
    assert!(read(b"[]").contains("has no member `openapi`"));
    assert!(read(br#"{"swagger": "2.0"}"#).contains("Swagger 2"));
    assert!(read(br#"{"openapi": "4.0.0"}"#).contains("its version is 4.0.0"));
    assert!(read(br#"{"openapi": "3.1.0"}"#).contains("nothing was found in boats"));
    assert!(read(&[0; 200]).contains("no text"));
    assert!(read("[".repeat(100_000).as_bytes()).contains("not JSON"));
    let huge = vec![b' '; estoppel_docs_check::edition::FILE_BYTES_MAX + 1];
    assert!(read(&huge).contains("has 33554433 bytes"));
    let document = Document { name: "page.md", bytes: &huge };
    assert!(
        Edition::of_documents("page", &[document]).unwrap_err().to_string().contains("has 33554433 bytes")
    );
}

#[test]
fn references_that_lead_in_circles_lead_nowhere() {
    let mut contract = contract();
    contract["components"]["schemas"]["Boat"] = json!({"$ref": "#/components/schemas/Event"});
    contract["components"]["schemas"]["Event"] = json!({"$ref": "#/components/schemas/Boat"});
    contract["components"]["schemas"]["Rig"] = json!({"allOf": [{"$ref": "#/components/schemas/Rig"}]});
    assert_eq!(changes(&contract, &contract), []);
    contract["paths"]["/a"] = json!({"$ref": "#/paths/~1a"});
    contract["paths"]["/b"] = json!({"get": {"responses": {"200": {"$ref": "#/nowhere"}}}});
    assert_eq!(changes(&contract, &contract), []);
}

/// A value as people write YAML: in lines and with as few quotation marks as can be.
fn yaml(value: &Value, indent: usize) -> String {
    let before = " ".repeat(indent);
    let inner = |value: &Value| match value {
        Value::Object(members) if !members.is_empty() => format!("\n{}", yaml(value, indent + 2)),
        Value::Array(items) if !items.is_empty() => format!("\n{}", yaml(value, indent + 2)),
        Value::String(text) if text.chars().all(|c| c.is_ascii_alphabetic() || " /.".contains(c)) => {
            format!(" {text}\n")
        }
        other => format!(" {other}\n"),
    };
    match value {
        Value::Object(members) => {
            let lines = members.iter().map(|(name, value)| format!("{before}{name}:{}", inner(value)));
            lines.collect::<Vec<_>>().concat()
        }
        Value::Array(items) => {
            let lines = items.iter().map(|item| format!("{before}-{}", inner(item)));
            lines.collect::<Vec<_>>().concat()
        }
        other => format!("{before}{other}\n"),
    }
}

fn yaml_edition(text: &str) -> Result<Edition, EditionError> {
    Edition::of_open_api("boats", &Document { name: "boats.yaml", bytes: text.as_bytes() })
}

#[test]
fn yaml_says_what_json_says() {
    let old = contract();
    let text = format!("# Boats\n{}", yaml(&old, 0));
    assert_eq!(compare(&[edition(&old).unwrap()], &[yaml_edition(&text).unwrap()]).changes, []);
    // The same change, in both forms and in 3.0.
    let mut new = contract();
    remove(schema(&mut new, "Boat/properties"), "sails");
    at(&mut new, "")["openapi"] = json!("3.0.3");
    let changed = yaml(&new, 0);
    let found = compare(&[yaml_edition(&text).unwrap()], &[yaml_edition(&changed).unwrap()]).changes;
    let told = |changes: &[Change]| {
        changes.iter().map(|change| (change.rule, change.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&found), told(&changes(&old, &new)));
    assert!(!found.is_empty());
    // The place of a change is the line of YAML that was there.
    let site = found[0].old.as_ref().unwrap();
    assert!(text.lines().nth(site.place.line - 1).unwrap().contains("sails"), "{site:?}");
}

#[test]
fn a_bound_that_is_left_out_is_written_in_two_ways() {
    let bounded = |schema: Value| {
        let mut new = contract();
        at(&mut new, "/components/schemas/Event/properties")["depth"] = schema;
        new
    };
    let before = bounded(json!({"type": "number", "maximum": 9, "exclusiveMaximum": true}));
    let after = bounded(json!({"type": "number", "exclusiveMaximum": 9}));
    assert_eq!(changes(&before, &after), []);
    assert_ne!(changes(&before, &bounded(json!({"type": "number", "maximum": 9}))), []);
}

#[test]
fn what_is_neither_json_nor_yaml_is_told() {
    let error = |text: &str| yaml_edition(text).map(drop).unwrap_err().to_string();
    assert!(error("a: [1").starts_with("boats.yaml is neither JSON nor YAML: "));
    assert!(error("just words").contains("it has no member `openapi`"));
    assert!(error("swagger: '2.0'\n").contains("Swagger 2"));
}
