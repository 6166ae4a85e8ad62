//! Whom the replay server trusts, as flags and `estoppel.toml` decide it.

use std::{fmt, net::SocketAddr};

use clap::Args;
use estoppel_contract::PersonalData;
use estoppel_replay_server::{AdminExposure, AdminToken, Trust};

use crate::{Failure, config::ReplayConfig};

/// Whom the server trusts. By default nobody beyond this machine.
#[derive(Args)]
#[command(next_help_heading = "Trust")]
pub(crate) struct TrustArgs {
    /// What every call of the admin API has to carry, as `Authorization: Bearer TOKEN` or `x-estoppel-admin-token: TOKEN`:
    /// at least 16 characters. Where other machines reach the admin API it is needed.
    #[arg(long, env = "ESTOPPEL_ADMIN_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    admin_token: Option<String>,
    /// Address that alone serves the admin API, such as 127.0.0.1:8081; --listen then serves the APIs only.
    #[arg(long, env = "ESTOPPEL_ADMIN_LISTEN", value_name = "ADDRESS")]
    admin_listen: Option<String>,
    /// Let every machine that reaches the listener control the server, without a token.
    #[arg(long)]
    insecure_admin: bool,
    /// A further host name under which the admin API answers, such as `estoppel` in a network of containers; may be
    /// given again.
    #[arg(long = "allow-host", env = "ESTOPPEL_ALLOW_HOST", value_delimiter = ',', value_name = "NAME")]
    allow_hosts: Vec<String>,
    /// Where webhooks may go besides this machine, as HOST, HOST:PORT or a range such as 10.1.0.0/16; may be given again.
    /// `*` is everything public; no wildcard and no wide range opens private, link-local and metadata addresses, and no
    /// name opens the latter two.
    #[arg(
        long = "allow-webhook-target",
        env = "ESTOPPEL_ALLOW_WEBHOOK_TARGET",
        value_delimiter = ',',
        value_name = "TARGET"
    )]
    allow_webhook_targets: Vec<String>,
    #[command(flatten)]
    personal: PersonalArgs,
}

/// Whether personal data is shown.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct PersonalArgs {
    /// Show personal data, such as names and addresses, where others may look: beyond this machine and in reports.
    #[arg(long)]
    show_personal: bool,
}

impl PersonalArgs {
    /// What the flag says; otherwise personal data is masked.
    pub(crate) const fn personal_data(self) -> PersonalData {
        if self.show_personal { PersonalData::Shown } else { PersonalData::Masked }
    }
}

/// Shows no token.
impl fmt::Debug for TrustArgs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TrustArgs").field("admin_listen", &self.admin_listen).finish_non_exhaustive()
    }
}

impl TrustArgs {
    /// What the flags say, and the file where they say nothing. Lists of both are one.
    pub(crate) fn load(self, config: &ReplayConfig) -> Result<Trust, Failure> {
        let admin_listen = self.admin_listen.as_ref().or(config.admin_listen.as_ref());
        let admin_listen = admin_listen.map(|text| {
            text.parse::<SocketAddr>().map_err(|_| {
                let expected = "expected one such as 127.0.0.1:8081";
                Failure::new(format!("--admin-listen `{text}` is not an address: {expected}"))
            })
        });
        let is_insecure = self.insecure_admin || config.insecure_admin;
        let shows_personal = self.personal.show_personal || config.show_personal;
        Ok(Trust {
            admin_token: self.admin_token.as_deref().map(admin_token).transpose()?,
            admin_listen: admin_listen.transpose()?,
            admin_exposure: if is_insecure { AdminExposure::Insecure } else { AdminExposure::Protected },
            allowed_hosts: parsed("--allow-host", config.allow_host.iter().chain(&self.allow_hosts))?,
            personal_data: shows_personal.then_some(PersonalData::Shown),
            webhook_targets: parsed(
                "--allow-webhook-target",
                config.allow_webhook_target.iter().chain(&self.allow_webhook_targets),
            )?,
        })
    }
}

/// A token that a flag or the environment gives.
fn admin_token(text: &str) -> Result<AdminToken, Failure> {
    text.parse().map_err(|error| Failure::new(format!("--admin-token: {error}")))
}

/// The values of a flag that may be given again.
fn parsed<'t, T>(flag: &str, texts: impl Iterator<Item = &'t String>) -> Result<Vec<T>, Failure>
where
    T: std::str::FromStr<Err: fmt::Display>,
{
    texts.map(|text| text.parse().map_err(|error| Failure::new(format!("{flag}: {error}")))).collect()
}

/// Says that everybody may control the server; however quiet the rest is.
pub(super) fn warn(address: SocketAddr) {
    crate::err_text!(
        "estoppel: WARNING: --insecure-admin: every machine that reaches {address} controls this server, reads its \
         journals and sends webhooks from here. Give --admin-token TOKEN instead."
    );
}
