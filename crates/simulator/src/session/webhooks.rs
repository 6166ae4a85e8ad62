//! The webhooks of a session: endpoints, deliveries, and what their ends do to an API.

use estoppel_contract::{DeliveryRules, Signing};
use jiff::Timestamp;
use serde_json::json;
use thiserror::Error;

use super::Session;
use crate::{
    AttemptEnd, AttemptOutcome, Cause, DeliverySettings, DeliveryState, Detail, Endpoint, Event, Input,
    Message, NewEndpoint, Outbox, OutboxError, Parcel, WebhookChange, outbox::Judgement,
};

/// Why a session does not do what it is asked about webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// No API of the session has this name, or it sends no webhooks.
    #[error("`{api}` sends no webhooks; these do: {known}")]
    NoSuchApi {
        /// The name given.
        api: String,
        /// The APIs that send webhooks.
        known: String,
    },
    /// The outbox refuses.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

impl Session {
    /// What it sends.
    pub const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The place of an API that sends webhooks.
    pub fn webhook_api(&self, name: &str) -> Result<usize, WebhookError> {
        let sends = |place: &usize| self.rules(*place).is_some();
        let places = || (0..self.simulations.len()).filter(sends);
        let named = |place: &usize| self.api_name(*place) == name;
        places().find(named).ok_or_else(|| WebhookError::NoSuchApi {
            api: name.chars().take(64).collect(),
            known: places().map(|place| self.api_name(place)).collect::<Vec<_>>().join(", "),
        })
    }

    fn api_name(&self, place: usize) -> &'static str {
        self.simulations.get(place).map_or("", |simulation| simulation.service().name)
    }

    fn rules(&self, place: usize) -> Option<DeliveryRules> {
        self.simulations.get(place)?.service().deliveries
    }

    fn place_of(&self, api: &str) -> Option<usize> {
        self.simulations.iter().position(|simulation| simulation.service().name == api)
    }

    /// How the webhooks of the API at this place are signed and sent.
    pub fn delivery_settings(&self, api: usize) -> DeliverySettings {
        self.apis.get(api).map(|running| running.delivery_settings()).unwrap_or_default()
    }

    /// Adds an endpoint; says its number.
    pub fn register_webhook(&mut self, new: NewEndpoint, real: Timestamp) -> Result<u64, WebhookError> {
        let now = self.settle_time(real);
        let id = self.add_endpoint(new.clone(), now)?;
        self.journal.append(now, new.api, &Input::Register(new));
        Ok(id)
    }

    pub(super) fn add_endpoint(&mut self, new: NewEndpoint, now: Timestamp) -> Result<u64, WebhookError> {
        let place = self.webhook_api(new.api)?;
        let id = self.outbox.register(new, now)?;
        self.tell(place, WebhookChange::Enabled, now);
        Ok(id)
    }

    /// Removes an endpoint; what still waits for it is given up.
    pub fn remove_webhook(&mut self, id: u64, real: Timestamp) -> Result<Endpoint, WebhookError> {
        let now = self.settle_time(real);
        let removed = self.outbox.remove(id)?;
        if let Some(place) = self.place_of(removed.api).filter(|_| !self.outbox.is_enabled(removed.api)) {
            self.tell(place, WebhookChange::Removed, now);
        }
        self.journal.append(now, removed.api, &Input::Remove(id));
        Ok(removed)
    }

    /// Serves the endpoints of an API again; its failures so far are forgotten.
    pub fn enable_webhooks(&mut self, api: usize, real: Timestamp) {
        let now = self.settle_time(real);
        let name = self.api_name(api);
        self.outbox.enable(name);
        if self.outbox.is_enabled(name) {
            self.tell(api, WebhookChange::Enabled, now);
        }
        self.journal.append(now, name, &Input::Enable);
    }

    /// Sends a message that no call or timer set off; says the numbers of its deliveries.
    pub fn fire_webhook(
        &mut self,
        api: usize,
        message: Message,
        real: Timestamp,
    ) -> Result<Vec<u64>, WebhookError> {
        let now = self.settle_time(real);
        let name = self.api_name(api);
        if !self.outbox.is_enabled(name) {
            return Err(OutboxError::NoEndpoint(name).into());
        }
        let deliveries = self.outbox.accept(name, &message, Cause::Fired, now);
        self.journal.append(now, name, &Input::Fire(message));
        Ok(deliveries)
    }

    /// Sends a delivery once more, as a delivery of its own; says its number.
    pub fn redeliver(&mut self, id: u64, real: Timestamp) -> Result<u64, WebhookError> {
        let now = self.settle_time(real);
        let again = self.outbox.redeliver(id, now)?;
        self.journal.append(now, "", &Input::Redeliver(id));
        Ok(again)
    }

    /// Takes what is due to be sent, at most `count`. Each parcel has to be settled.
    pub fn take_parcels(&mut self, count: usize, real: Timestamp) -> Vec<Parcel> {
        let now = self.now(real);
        let mut parcels = Vec::new();
        while parcels.len() < count {
            let Some((delivery, endpoint)) = self.outbox.take(now) else { break };
            let place = self.simulations.iter().position(|api| api.service().name == delivery.api);
            let rules = place.and_then(|place| self.simulations.get(place)?.service().deliveries);
            let settings = place.and_then(|place| self.apis.get(place)).map(|api| api.delivery_settings());
            let settings = settings.unwrap_or_default();
            let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
            let signing: Option<Signing> = rules.and_then(|rules| rules.signing);
            if let Some(signing) = signing {
                let key = &settings.key;
                let signature = signing.sign(key, &delivery.body, &delivery.request, settings.encoding);
                delivery.signature = Some(signature.clone());
                headers.push((signing.header.to_owned(), signature));
            }
            headers.extend(endpoint.headers.iter().cloned());
            parcels.push(Parcel {
                delivery: delivery.id,
                endpoint: endpoint.id,
                url: endpoint.url.clone(),
                headers,
                body: delivery.body.clone(),
                timeout: settings.timeout,
            });
        }
        if !parcels.is_empty() {
            let taken = parcels.iter().map(|parcel| parcel.delivery).collect();
            self.journal.append(now, "", &Input::Taken(taken));
        }
        parcels
    }

    /// Notes how an attempt ended, and does what follows from it.
    pub fn settle(&mut self, delivery: u64, outcome: AttemptOutcome, real: Timestamp) {
        let now = self.settle_time(real);
        let Some(api) = self.outbox.delivery(delivery).map(|delivery| delivery.api) else { return };
        let Some(place) = self.place_of(api) else { return };
        let (Some(rules), settings) = (self.rules(place), self.delivery_settings(place)) else { return };
        let judgement = Judgement { rules: &rules, settings: &settings };
        let Some(settled) = self.outbox.settle(delivery, outcome.clone(), now, judgement) else { return };
        self.journal.append(now, api, &Input::Settled(delivery, outcome.clone()));
        if self.happened.is_some() {
            let delivered = settled.state == DeliveryState::Delivered;
            let kind = if delivered { "webhook-delivered" } else { "webhook-failed" };
            let (webhook, request) = (settled.webhook, settled.request);
            let detail = Detail::Attempt(AttemptEnd { delivery, webhook, request, outcome });
            self.happened([Event { at: now, api, kind: kind.to_owned(), detail }]);
        }
        if let Some(reason) = settled.deactivated {
            let (kind, detail) = ("webhooks-deactivated".to_owned(), json!({"reason": reason}).into());
            self.happened([Event { at: now, api, kind, detail }]);
            self.tell(place, WebhookChange::Deactivated, now);
        }
    }

    /// Tells an API what has become of its endpoints.
    fn tell(&mut self, place: usize, change: WebhookChange, now: Timestamp) {
        if let Some(api) = self.apis.get_mut(place) {
            api.webhooks_changed(change, now);
        }
        self.collect(place, now);
    }
}
