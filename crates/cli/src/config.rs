//! `estoppel.toml`: what a project always wants. A flag wins over `ESTOPPEL_…`, which wins over the file.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use estoppel_contract::ReadingValue;
use estoppel_replay_server::Limit;
use estoppel_simulator::shown_url;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    Failure,
    input_file::{self, ByteLimit},
};

/// The file's name where no other is given.
const FILE: &str = "estoppel.toml";

/// The contents of `estoppel.toml`. Unknown keys are errors.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    /// Version of the file's form: 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Defaults of `estoppel replay`.
    #[serde(default)]
    pub(crate) replay: ReplayConfig,
    /// Endpoints for webhooks that every session of `estoppel replay` has from the start.
    #[serde(default)]
    pub(crate) webhooks: Vec<WebhookConfig>,
    /// Limits of `estoppel replay` by name; `GET /__admin/health` lists them.
    #[serde(default)]
    #[schemars(schema_with = "limits_schema")]
    pub(crate) limits: BTreeMap<String, LimitValue>,
    /// Readings by name; `estoppel contract show NAME --readings` lists them.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Word>")]
    pub(crate) readings: BTreeMap<String, ReadingValue>,
}

/// The value of a limit: a number, or one with a unit such as `64MiB` or `30s`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum LimitValue {
    /// A number.
    Number(u64),
    /// A number with a unit.
    Text(String),
}

impl fmt::Display for LimitValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// The limits by name, each with its meaning and its default.
fn limits_schema(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<LimitValue>();
    let properties: Map<String, Value> = Limit::ALL
        .iter()
        .map(|limit| {
            let schema = json!({
                "allOf": [value], "description": limit.meaning(), "default": limit.default_value(),
            });
            (limit.name().to_owned(), schema)
        })
        .collect();
    json_schema!({"type": "object", "additionalProperties": false, "properties": properties})
}

/// A word, or a number of milliseconds or bytes.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it only describes a reading's value to the schema")]
enum Word {
    Number(u64),
    Word(String),
}

/// Defaults of `estoppel replay`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ReplayConfig {
    /// Address to listen on, such as `127.0.0.1:8080`.
    pub(crate) listen: Option<String>,
    /// Seed of every session; without one each start draws another.
    pub(crate) seed: Option<u64>,
    /// `real`, or the timestamp at which every session's clock stands.
    pub(crate) clock: Option<String>,
    /// Base URL that callers use.
    pub(crate) public_url: Option<String>,
    /// Address that alone serves the admin API. The token for it is no key here: secrets are in `ESTOPPEL_ADMIN_TOKEN`.
    pub(crate) admin_listen: Option<String>,
    /// Whether every machine that reaches the listener may control the server, without a token.
    #[serde(default)]
    pub(crate) insecure_admin: bool,
    /// Further host names under which the admin API answers.
    #[serde(default)]
    pub(crate) allow_host: Vec<String>,
    /// Where webhooks may go besides this machine: hosts, HOST:PORT, or ranges such as `10.1.0.0/16`.
    #[serde(default)]
    pub(crate) allow_webhook_target: Vec<String>,
    /// Whether journals show personal data beyond this machine.
    #[serde(default)]
    pub(crate) show_personal: bool,
}

/// An endpoint for webhooks.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WebhookConfig {
    /// The API whose webhooks it gets.
    pub(crate) api: String,
    /// Where they are sent: http or https, without credentials.
    pub(crate) url: String,
    /// Headers that every request carries.
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
}

/// Shows no header value: it may be a secret.
impl fmt::Debug for WebhookConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "WebhookConfig({} {})", self.api, shown_url(&self.url))
    }
}

/// The published schema of `estoppel.toml`.
pub fn config_schema() -> String {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".to_owned(), "estoppel.toml".into());
    format!("{:#}\n", schema.to_value())
}

impl Config {
    /// Reads the file that is named, or `estoppel.toml` here if there is one.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self, Failure> {
        let path = match named {
            Some(path) => path.to_owned(),
            None if Path::new(FILE).exists() => PathBuf::from(FILE),
            None => return Ok(Self::default()),
        };
        let text = input_file::read_text(&path, ByteLimit::CONFIG)?;
        Self::parse(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| in_one_line(text, &error))?;
        if config.version != 1 {
            return Err(format!("version {} is not known: write `version = 1`", config.version));
        }
        Ok(config)
    }
}

/// `line 3, column 1, in sessions: unknown field …`. A value is not repeated: it may be a secret.
fn in_one_line(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().trim();
    let Some((before, after)) = error.span().and_then(|span| text.split_at_checked(span.start)) else {
        return message.to_owned();
    };
    let line = before.matches('\n').count() + 1;
    let head = before.rsplit('\n').next().unwrap_or_default();
    let column = head.chars().count() + 1;
    let rest = after.split('\n').next().unwrap_or_default();
    match format!("{head}{rest}").split_once('=') {
        Some((key, _)) => format!("line {line}, column {column}, in {}: {message}", key.trim()),
        None => format!("line {line}, column {column}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<usize, &str>) {
        match (Config::parse(text), expected) {
            (Ok(config), Ok(readings)) => assert_eq!(config.readings.len(), readings),
            (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
            (actual, expected) => panic!("{actual:?} is not {expected:?}"),
        }
    }

    #[test]
    fn unknown_keys_and_versions_are_errors() {
        check("version = 1\n[readings]\npage-size = \"clamp\"\nbody-limit = 4096\n", Ok(2));
        check("version = 1\n[limits]\nsessions = 5\nmemory = \"128MiB\"\n", Ok(0));
        check("version = 1\n[limits]\nsessions = -5\n", Err("sessions"));
        check("version = 2\n", Err("write `version = 1`"));
        check("version = 1\n[replay]\nport = 1\n", Err("port"));
        check("version = 1\n[[webhooks]]\napi = \"boats\"\nurl = \"http://127.0.0.1:9000\"\n", Ok(0));
        check("version = 1\n[[webhooks]]\napi = \"boats\"\n", Err("url"));
        check("version = 1\n[[webhooks]]\napi = \"boats\"\nurl = \"x\"\nkey = \"x\"\n", Err("key"));
        check("", Err("version"));
    }
}
