//! How an API sends its webhooks, as the command line decides it.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use clap::Args;
use estoppel_contract::{Contract, DeliveryRules, Readings, Signing};
use estoppel_simulator::{DeliverySettings, Setup, Simulation};
use jiff::Timestamp;

use crate::{
    Failure,
    commands::{api, replay::readings, verify::parsed_header},
    input_file::{self, ByteLimit},
};

/// Which API sends, and with which key.
#[derive(Clone, Args)]
pub(crate) struct SenderSideArgs {
    /// The API that sends the webhooks.
    #[arg(long, value_name = "NAME")]
    pub(crate) api: String,
    /// The key that signs [default: that of a fresh session of the replay server].
    #[arg(long, env = "ESTOPPEL_WEBHOOK_KEY", hide_env_values = true)]
    key: Option<String>,
    /// A reading, as NAME=VALUE; may be given again.
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
}

/// Shows no key.
impl std::fmt::Debug for SenderSideArgs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SenderSideArgs({})", self.api)
    }
}

/// Headers of every delivery, besides those that the API sets.
#[derive(Clone, Args)]
pub(crate) struct HeaderArgs {
    /// A further header of every delivery, as 'NAME: VALUE'; may be given again.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
}

/// Shows no value: it may be a secret.
impl std::fmt::Debug for HeaderArgs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "HeaderArgs({})", self.headers.len())
    }
}

impl HeaderArgs {
    /// The headers, by name.
    pub(crate) fn pairs(&self) -> Result<Vec<(String, String)>, Failure> {
        self.headers.iter().map(|header| parsed_header(header)).collect()
    }
}

/// An API as a sender of webhooks.
#[derive(Clone)]
pub(crate) struct SenderSide {
    pub(crate) simulation: &'static dyn Simulation,
    pub(crate) contract: &'static Contract,
    pub(crate) rules: DeliveryRules,
    /// How its deliveries are signed and sent, with the key that was given.
    pub(crate) settings: DeliverySettings,
    pub(crate) readings: Readings,
}

impl SenderSideArgs {
    /// The API. Fails where it sends no webhooks.
    pub(crate) fn load(&self) -> Result<SenderSide, Failure> {
        let simulation = api(&self.api)?;
        let no_webhooks = || {
            let senders = estoppel_catalog::apis().into_iter().map(Simulation::service);
            let names: Vec<&str> =
                senders.filter(|service| service.deliveries.is_some()).map(|service| service.name).collect();
            Failure::new(format!("`{}` sends no webhooks; these do: {}", self.api, names.join(", ")))
        };
        let rules = simulation.service().deliveries.ok_or_else(no_webhooks)?;
        let readings = readings(BTreeMap::new(), &self.readings)?;
        let setup = Setup {
            seed: 1,
            readings: readings.clone(),
            base_url: Arc::from(""),
            started_at: Timestamp::UNIX_EPOCH,
        };
        let mut settings = simulation.start(&setup).delivery_settings();
        if let Some(key) = &self.key {
            settings.key = key.as_str().into();
        }
        Ok(SenderSide { simulation, contract: simulation.contract(), rules, settings, readings })
    }
}

impl SenderSide {
    /// How deliveries are signed. Fails where they are not.
    pub(crate) fn signing(&self) -> Result<Signing, Failure> {
        let name = self.contract.name();
        self.rules.signing.ok_or_else(|| Failure::new(format!("`{name}` does not sign its webhooks")))
    }

    /// The headers of a delivery: its type, its signature, and these.
    pub(crate) fn headers(
        &self,
        body: &[u8],
        suffix: Option<&str>,
        further: &[(String, String)],
    ) -> Result<Vec<(String, String)>, Failure> {
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        if let Some(signing) = self.rules.signing {
            let suffix = suffix.map(str::to_owned).or_else(|| signing.suffix_of(body));
            let suffix = suffix.ok_or_else(|| no_suffix(&signing))?;
            let signature = signing.sign(&self.settings.key, body, &suffix, self.settings.encoding);
            headers.push((signing.header.to_owned(), signature));
        }
        headers.extend_from_slice(further);
        Ok(headers)
    }
}

/// The body has no member that gives the suffix.
pub(crate) fn no_suffix(signing: &Signing) -> Failure {
    let members = signing.suffix.join("` nor `");
    Failure::new(format!("the body is no JSON object with `{members}`: say the suffix with --suffix"))
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read_body(file: &Path) -> Result<Vec<u8>, Failure> {
    input_file::read(file, ByteLimit::PAYLOAD)
}

/// A runtime for what waits on the network.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))
}
