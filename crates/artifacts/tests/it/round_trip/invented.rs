//! Contracts that nobody wrote: operations with any fields, and what a page tells of them.

use estoppel_contract::{
    Auth, Availability, Basis, Contract, Method, Model, Notice, Operation, PathTemplate, Source, Spec,
};
use proptest::{collection, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use super::round_trip;
use crate::ferries;

const NAMES: [&str; 12] = [
    "boatId",
    "harbourName",
    "sail_plan",
    "depth",
    "tonnage",
    "crewSize",
    "$top",
    "launchedAt",
    "isDocked",
    "owner",
    "berth2",
    "cargo-kind",
];

/// A type with what a page tells of it.
fn kind() -> impl Strategy<Value = Value> {
    let plain = select(vec![
        json!({"type": "string"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "integer"}),
        json!({"type": "number"}),
        json!({"type": "boolean"}),
        json!({"type": ["number", "string"]}),
        json!({"$ref": "#/$defs/Rig"}),
    ]);
    let items = plain.clone().prop_map(|items| json!({"type": "array", "items": items}));
    prop_oneof![4 => plain, 1 => items]
}

/// An object: its members, which of them are required, and defaults of some integers.
fn object(members_min: usize) -> impl Strategy<Value = Value> {
    let member = (kind(), any::<bool>(), proptest::option::of(0_u32..1000));
    collection::btree_map(select(NAMES.to_vec()), member, members_min..6).prop_map(|members| {
        let required: Vec<&str> =
            members.iter().filter(|(_, (_, required, _))| *required).map(|(name, _)| *name).collect();
        let properties: Map<String, Value> = members
            .iter()
            .map(|(name, (kind, _, default))| {
                let mut schema = kind.clone();
                schema["description"] = "What it is.".into();
                if let (Some(default), Some("integer")) = (default, kind.get("type").and_then(Value::as_str))
                {
                    schema["default"] = (*default).into();
                }
                ((*name).to_owned(), schema)
            })
            .collect();
        json!({"type": "object", "properties": properties, "required": required})
    })
}

/// One operation: method, parts of its path, query, body, status and refusals.
type Invented = (Method, Vec<&'static str>, Value, Option<Value>, u16, Vec<(u16, &'static str)>);

fn operation() -> impl Strategy<Value = Invented> {
    (
        select(Method::ALL.to_vec()),
        collection::vec(select(vec!["boats", "harbours", "{boatId}", "crew", "sails"]), 1..4),
        object(0),
        proptest::option::of(object(1)),
        select(vec![200_u16, 201, 202]),
        collection::vec(
            (select(vec![400_u16, 403, 404, 409]), select(vec!["It sank.", "No such boat"])),
            0..3,
        ),
    )
}

/// What a page needs for the whole run of the tests.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn contract(operations: Vec<Invented>) -> Contract {
    let mut contract = ferries::contract();
    let source = Source::document("ferries", "Boats");
    contract.models.push(Model {
        name: "Rig".to_owned(),
        schema: json!({"type": "string", "enum": ["sloop", "yawl", "ketch"], "description": "How it is rigged."}),
    });
    for (index, (method, mut parts, query, body, status, refusals)) in operations.into_iter().enumerate() {
        let parameter = parts.iter().position(|part| part.starts_with('{'));
        let mut seen = false;
        parts.retain(|part| !part.starts_with('{') || !std::mem::replace(&mut seen, true));
        // Each path begins with a word of its own, so that none hides another.
        let path = kept(format!("/invented{index}/{}", parts.join("/")));
        let boat = json!({"type": "string", "description": "Which boat."});
        let path_parameters = match parameter {
            Some(_) => json!({"type": "object", "properties": {"boatId": boat}, "required": ["boatId"]}),
            None => json!({"type": "object"}),
        };
        let body = body.filter(|_| method != Method::Get).map(|schema| {
            let name = format!("Invented{index}");
            contract.models.push(Model { name: name.clone(), schema });
            json!({"$ref": format!("#/$defs/{name}")})
        });
        let refusals = refusals.into_iter().enumerate().map(|(number, (status, message))| {
            let id = kept(format!("no-{index}-{number}"));
            let notice = Notice { id, status, message, when: "It is so.", basis: Basis::Documented, source };
            &*Box::leak(Box::new(notice))
        });
        contract.operations.push(Operation {
            spec: Spec {
                id: kept(format!("askForInvented{index}")),
                method,
                path,
                summary: "Asks for something.",
                description: "",
                group: "Invented",
                auth: Auth::Bearer,
                status,
                availability: Availability::Served,
                basis: Basis::Documented,
                source,
            },
            path: PathTemplate::new(path),
            path_parameters,
            query,
            body,
            reply: None,
            refusals: refusals.collect(),
        });
    }
    contract
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_invented_contracts_tell_what_they_state(operations in collection::vec(operation(), 1..4)) {
        round_trip(&contract(operations));
    }
}
