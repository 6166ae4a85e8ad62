//! The members of an object, as its schema lists them.

use std::fmt;

use serde_json::Value;

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member<'s> {
    /// Its name.
    pub(crate) name: &'s str,
    /// Its schema.
    pub(crate) schema: &'s Value,
    /// Whether it must be there.
    pub(crate) need: Need,
}

/// Whether a member must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It must.
    Always,
    /// It may be left out.
    Never,
    /// It must under this condition.
    If(String),
}

/// `Y`, `N`, or `Y if …`.
impl fmt::Display for Need {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => formatter.write_str("Y"),
            Self::Never => formatter.write_str("N"),
            Self::If(condition) => write!(formatter, "Y if {condition}"),
        }
    }
}

/// The members of the object that the schema describes, in the order in which it lists them.
pub(crate) fn members(schema: &Value) -> Vec<Member<'_>> {
    let properties = schema.get("properties").and_then(Value::as_object);
    let members = properties.into_iter().flatten();
    members.map(|(name, member)| Member { name, schema: member, need: need(schema, name) }).collect()
}

/// What a member is, in words; empty where the schema does not say.
pub(crate) fn description(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

/// The model that the schema refers to.
pub(crate) fn target(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

/// The words of a closed set.
pub(crate) fn words(schema: &Value) -> Option<Vec<&str>> {
    schema.get("enum")?.as_array()?.iter().map(Value::as_str).collect()
}

/// The member by which the alternatives of a schema are told apart, with the constant and model of each.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Discriminator<'s> {
    /// The member's name.
    pub(crate) member: &'s str,
    /// Its value in each alternative, and the alternative's model.
    pub(crate) models: Vec<(&'s str, &'s str)>,
}

/// The discriminator of a schema whose alternatives are all models; `model` finds a model's schema by name.
pub(crate) fn discriminator<'s>(
    schema: &'s Value,
    model: impl Fn(&str) -> Option<&'s Value>,
) -> Option<Discriminator<'s>> {
    let names: Vec<&str> = schema.get("oneOf")?.as_array()?.iter().map(target).collect::<Option<_>>()?;
    let first = model(names.first()?)?;
    members(first).into_iter().filter(|member| member.need == Need::Always).find_map(|member| {
        let constant = |name: &str| model(name)?.get("properties")?.get(member.name)?.get("const")?.as_str();
        let models = names.iter().map(|name| Some((constant(name)?, *name))).collect::<Option<_>>()?;
        Some(Discriminator { member: member.name, models })
    })
}

fn need(schema: &Value, name: &str) -> Need {
    if requires(schema, name) {
        return Need::Always;
    }
    let alternatives = schema.get("anyOf").and_then(Value::as_array);
    let alternatives: Vec<&str> = alternatives.into_iter().flatten().filter_map(only_requires).collect();
    if alternatives.contains(&name) {
        let others: Vec<String> =
            alternatives.iter().filter(|other| **other != name).map(|other| format!("`{other}`")).collect();
        return Need::If(format!("{} is absent", others.join(" and ")));
    }
    conditional_need(schema, name).map_or(Need::Never, Need::If)
}

fn requires(schema: &Value, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|known| known == name))
}

/// The one member that a schema asks for, if it asks for nothing else.
fn only_requires(schema: &Value) -> Option<&str> {
    let keywords = schema.as_object()?;
    let [only] = keywords.get("required")?.as_array()?.as_slice() else { return None };
    if keywords.len() == 1 { only.as_str() } else { None }
}

/// The constant of another member under which `then` asks for this one.
fn conditional_need(schema: &Value, name: &str) -> Option<String> {
    let condition = schema.get("if")?;
    if schema.get("then").is_some_and(|then| requires(then, name)) {
        let (other, held) = condition.get("properties")?.as_object()?.iter().next()?;
        return Some(format!("`{other}` is `{}`", held.get("const")?));
    }
    conditional_need(schema.get("else")?, name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(schema: &Value, expected: &[(&str, &str)]) {
        let found: Vec<_> =
            members(schema).into_iter().map(|member| (member.name, member.need.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(name, need)| (*name, (*need).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn members_are_needed_always_never_or_under_a_condition() {
        check(
            &json!({
                "properties": {"sail": {}, "oar": {}, "oars": {}, "mast": {}, "reason": {}, "crew": {}},
                "required": ["sail"],
                "anyOf": [{"required": ["oar"]}, {"required": ["oars"]}],
                "if": {"properties": {"sail": {"const": true}}},
                "then": {"required": ["mast"]},
                "else": {
                    "if": {"properties": {"sail": {"const": false}}},
                    "then": {"required": ["reason"]},
                },
            }),
            &[
                ("sail", "Y"),
                ("oar", "Y if `oars` is absent"),
                ("oars", "Y if `oar` is absent"),
                ("mast", "Y if `sail` is `true`"),
                ("reason", "Y if `sail` is `false`"),
                ("crew", "N"),
            ],
        );
    }

    #[test]
    fn alternatives_are_told_apart_by_a_constant() {
        let kind = |word: &str| json!({"properties": {"size": {}, "kind": {"const": word}}, "required": ["size", "kind"]});
        let (sloop, yawl) = (kind("sloop"), kind("yawl"));
        let model = |name: &str| if name == "Sloop" { Some(&sloop) } else { Some(&yawl) };
        let boat = json!({"oneOf": [{"$ref": "#/$defs/Sloop"}, {"$ref": "#/$defs/Yawl"}]});
        let found = discriminator(&boat, model).unwrap();
        assert_eq!(
            found,
            Discriminator { member: "kind", models: vec![("sloop", "Sloop"), ("yawl", "Yawl")] }
        );
        assert_eq!(discriminator(&json!({"oneOf": [{"type": "string"}]}), model), None);
    }
}
