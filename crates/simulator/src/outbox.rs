//! What a session sends: endpoints, deliveries in their order, and what becomes of them.
//!
//! Deliveries of one request to one endpoint stand in a *lane*: each waits for the one before it. Lanes do not wait
//! for each other. Nothing here sends: a server takes [`Parcel`]s and tells how each attempt ended.

mod delivery;
mod failures;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::Bound,
    sync::Arc,
};

use bytes::Bytes;
use estoppel_contract::DeliveryRules;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use thiserror::Error;

pub use delivery::{
    Attempt, AttemptOutcome, Cause, Delivery, DeliveryState, Endpoint, EndpointState, NewEndpoint, Parcel,
};
use failures::Failures;

use crate::{DeliverySettings, Message, SessionLimits};

/// Deliveries that are under way to one endpoint at most.
const UNDER_WAY_MAX: usize = 16;

/// Why an outbox does not do what it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OutboxError {
    /// There is no such endpoint.
    #[error("there is no webhook endpoint {0}")]
    NoSuchEndpoint(u64),
    /// There is no such delivery, or it is so old that it is no longer kept.
    #[error("there is no delivery {0}")]
    NoSuchDelivery(u64),
    /// The endpoint that it goes to is gone or deactivated.
    #[error("the webhook endpoint of delivery {0} is not enabled")]
    NotEnabled(u64),
    /// The API has no endpoint that is enabled.
    #[error("no webhook endpoint of `{0}` is enabled")]
    NoEndpoint(&'static str),
    /// There are as many endpoints as a session holds.
    #[error("the limit `session-endpoints` is reached: {0}")]
    TooManyEndpoints(usize),
    /// The endpoint's URL and headers do not fit beside the bodies that are to be delivered.
    #[error("the limit `delivery-bytes` is reached: {0}")]
    NoRoom(usize),
}

/// How much an outbox holds at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutboxLimits {
    /// Endpoints.
    pub(crate) endpoints: usize,
    /// Deliveries that wait or are under way, and as many again that are finished. What comes up beyond them is given up
    /// at once, so that a receiver that never answers does not fill the memory.
    pub(crate) deliveries: usize,
    /// Bytes of the bodies and requests of all deliveries, and of the URLs and headers of endpoints. Finished deliveries
    /// make room for others.
    pub(crate) bytes: usize,
}

impl From<SessionLimits> for OutboxLimits {
    fn from(limits: SessionLimits) -> Self {
        let SessionLimits { endpoints_max, deliveries_max, delivery_bytes_max, .. } = limits;
        Self { endpoints: endpoints_max, deliveries: deliveries_max, bytes: delivery_bytes_max }
    }
}

/// How many deliveries there have been, whatever is still kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryCounters {
    /// Deliveries that a receiver took.
    pub delivered: u64,
    /// Deliveries that failed and are not tried again.
    pub failed: u64,
    /// Deliveries that were given up: their endpoint was deactivated or removed, or too many waited.
    pub dropped: u64,
    /// Messages that no endpoint was there for.
    pub undeliverable: u64,
}

/// How the API of a delivery wants it judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judgement<'s> {
    pub(crate) rules: &'s DeliveryRules,
    pub(crate) settings: &'s DeliverySettings,
}

/// What an attempt's end has done.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) webhook: &'static str,
    pub(crate) request: Arc<str>,
    pub(crate) state: DeliveryState,
    /// Why the webhooks of the API are deactivated, if they now are.
    pub(crate) deactivated: Option<String>,
}

/// What a session sends.
#[derive(Clone, Debug)]
pub struct Outbox {
    limits: OutboxLimits,
    endpoints: BTreeMap<u64, Endpoint>,
    deliveries: BTreeMap<u64, Delivery>,
    lanes: BTreeMap<(u64, Arc<str>), VecDeque<u64>>,
    /// The first delivery of each lane, by endpoint and time, unless it is under way.
    ready: BTreeMap<u64, BTreeSet<(Timestamp, u64)>>,
    under_way: BTreeMap<u64, usize>,
    finished: VecDeque<u64>,
    /// Bytes that are kept of all deliveries and endpoints.
    bytes: usize,
    failures: BTreeMap<&'static str, Failures>,
    counters: DeliveryCounters,
    last_id: u64,
}

impl Outbox {
    /// An outbox that holds nothing yet.
    pub(crate) fn new(limits: OutboxLimits) -> Self {
        Self {
            limits,
            endpoints: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            lanes: BTreeMap::new(),
            ready: BTreeMap::new(),
            under_way: BTreeMap::new(),
            finished: VecDeque::new(),
            bytes: 0,
            failures: BTreeMap::new(),
            counters: DeliveryCounters::default(),
            last_id: 0,
        }
    }

    /// Every endpoint, oldest first.
    pub fn endpoints(&self) -> impl Iterator<Item = &Endpoint> {
        self.endpoints.values()
    }

    /// The deliveries that are kept, oldest first.
    pub fn deliveries(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries.values()
    }

    /// The deliveries that are kept and come after the one with this id, oldest first.
    pub fn deliveries_after(&self, id: u64) -> impl Iterator<Item = &Delivery> {
        self.deliveries.range((Bound::Excluded(id), Bound::Unbounded)).map(|(_, delivery)| delivery)
    }

    /// The deliveries that are kept and come before the one with this id, newest first.
    pub fn deliveries_before(&self, id: u64) -> impl Iterator<Item = &Delivery> {
        self.deliveries.range(..id).rev().map(|(_, delivery)| delivery)
    }

    /// Bytes that are kept of bodies, requests and endpoints.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The delivery with this id.
    pub fn delivery(&self, id: u64) -> Option<&Delivery> {
        self.deliveries.get(&id)
    }

    /// The counters.
    pub const fn counters(&self) -> DeliveryCounters {
        self.counters
    }

    /// Whether the API has an endpoint that is served.
    pub fn is_enabled(&self, api: &str) -> bool {
        self.endpoints.values().any(|endpoint| endpoint.api == api && endpoint.is_enabled())
    }

    /// How many deliveries are under way.
    pub fn under_way(&self) -> usize {
        self.under_way.values().sum()
    }

    /// How many deliveries wait or are under way.
    pub fn open(&self) -> usize {
        // A delivery that is kept is either open or finished.
        self.deliveries.len() - self.finished.len()
    }

    /// How many deliveries should have been made by `now` and are not settled.
    pub fn overdue(&self, now: Timestamp) -> usize {
        if self.open() == 0 {
            return 0;
        }
        let is_overdue = |delivery: &&Delivery| match delivery.state {
            DeliveryState::Waiting => delivery.due_at <= now,
            DeliveryState::UnderWay => true,
            DeliveryState::Delivered | DeliveryState::Failed | DeliveryState::Dropped => false,
        };
        self.deliveries.values().filter(is_overdue).count()
    }

    /// When the next delivery is due that can be taken: its endpoint has room for it.
    pub fn next_takeable(&self) -> Option<Timestamp> {
        let with_room = self.ready.iter().filter(|(endpoint, _)| self.has_room(**endpoint));
        with_room.filter_map(|(_, ready)| ready.first().map(|(at, _)| *at)).min()
    }

    fn has_room(&self, endpoint: u64) -> bool {
        self.under_way.get(&endpoint).copied().unwrap_or_default() < UNDER_WAY_MAX
    }

    /// A number that no delivery has: the next one that is made may get it.
    pub const fn unused_id(&self) -> u64 {
        self.last_id.saturating_add(1)
    }

    /// When the next delivery is due that nothing but time holds back.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.ready.values().filter_map(|ready| ready.first().map(|(at, _)| *at)).min()
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds an endpoint.
    pub(crate) fn register(&mut self, new: NewEndpoint, now: Timestamp) -> Result<u64, OutboxError> {
        if self.endpoints.len() >= self.limits.endpoints {
            return Err(OutboxError::TooManyEndpoints(self.limits.endpoints));
        }
        let NewEndpoint { api, url, headers } = new;
        let id = self.last_id + 1;
        let endpoint = Endpoint { id, api, url, headers, created_at: now, state: EndpointState::Enabled };
        if !self.make_room(endpoint.bytes()) {
            return Err(OutboxError::NoRoom(self.limits.bytes));
        }
        self.last_id = id;
        self.bytes += endpoint.bytes();
        self.endpoints.insert(id, endpoint);
        Ok(id)
    }

    /// Removes an endpoint and gives up what was to go there.
    pub(crate) fn remove(&mut self, id: u64) -> Result<Endpoint, OutboxError> {
        let removed = self.endpoints.remove(&id).ok_or(OutboxError::NoSuchEndpoint(id))?;
        self.bytes -= removed.bytes();
        self.drop_waiting(id);
        Ok(removed)
    }

    /// Serves every endpoint of an API again; failures so far are forgotten.
    pub(crate) fn enable(&mut self, api: &str) {
        for endpoint in self.endpoints.values_mut().filter(|endpoint| endpoint.api == api) {
            endpoint.state = EndpointState::Enabled;
        }
        self.failures.remove(api);
    }

    /// Takes a message: one delivery to each endpoint of its API.
    pub(crate) fn accept(
        &mut self,
        api: &'static str,
        message: &Message,
        cause: Cause,
        now: Timestamp,
    ) -> Vec<u64> {
        let served = |endpoint: &&Endpoint| endpoint.api == api && endpoint.is_enabled();
        let endpoints: Vec<u64> =
            self.endpoints.values().filter(served).map(|endpoint| endpoint.id).collect();
        if endpoints.is_empty() {
            self.counters.undeliverable += 1;
        }
        endpoints.into_iter().map(|endpoint| self.enqueue(api, message, endpoint, cause, now)).collect()
    }

    /// Sends a delivery once more, as a delivery of its own.
    pub(crate) fn redeliver(&mut self, id: u64, now: Timestamp) -> Result<u64, OutboxError> {
        let delivery = self.deliveries.get(&id).ok_or(OutboxError::NoSuchDelivery(id))?;
        let (api, endpoint) = (delivery.api, delivery.endpoint);
        if !self.endpoints.get(&endpoint).is_some_and(Endpoint::is_enabled) {
            return Err(OutboxError::NotEnabled(id));
        }
        let message = Message {
            webhook: delivery.webhook,
            request: Arc::clone(&delivery.request),
            body: Bytes::clone(&delivery.body),
        };
        Ok(self.enqueue(api, &message, endpoint, Cause::Redelivered(id), now))
    }

    fn enqueue(
        &mut self,
        api: &'static str,
        message: &Message,
        endpoint: u64,
        cause: Cause,
        now: Timestamp,
    ) -> u64 {
        let id = self.next_id();
        let delivery = Delivery {
            id,
            api,
            webhook: message.webhook,
            endpoint,
            request: Arc::clone(&message.request),
            body: Bytes::clone(&message.body),
            cause,
            created_at: now,
            due_at: now,
            state: DeliveryState::Waiting,
            attempts: Vec::new(),
            signature: None,
        };
        if !self.make_room(delivery.bytes()) {
            self.counters.dropped += 1;
            return id;
        }
        self.bytes += delivery.bytes();
        if self.open() >= self.limits.deliveries {
            self.deliveries.insert(id, Delivery { state: DeliveryState::Dropped, ..delivery });
            self.counters.dropped += 1;
            self.keep(id);
            return id;
        }
        let lane = self.lanes.entry((endpoint, Arc::clone(&message.request))).or_default();
        lane.push_back(id);
        if lane.len() == 1 {
            self.ready.entry(endpoint).or_default().insert((now, id));
        }
        self.deliveries.insert(id, delivery);
        id
    }

    /// Takes a delivery that is due for an endpoint with room, the longest waiting first, and marks it as under way.
    pub(crate) fn take(&mut self, now: Timestamp) -> Option<(&mut Delivery, &Endpoint)> {
        let due = self.ready.iter().filter_map(|(endpoint, ready)| {
            let (at, id) = *ready.first()?;
            (at <= now && self.has_room(*endpoint)).then_some((at, id, *endpoint))
        });
        let (at, id, endpoint) = due.min()?;
        self.send_off(endpoint, at, id);
        Some((self.deliveries.get_mut(&id)?, self.endpoints.get(&endpoint)?))
    }

    /// Marks deliveries as under way that a journal says were taken.
    pub(crate) fn take_again(&mut self, deliveries: &[u64]) {
        for id in deliveries {
            let Some(delivery) = self.deliveries.get(id) else { continue };
            self.send_off(delivery.endpoint, delivery.due_at, *id);
        }
    }

    fn send_off(&mut self, endpoint: u64, at: Timestamp, id: u64) {
        self.not_ready(endpoint, at, id);
        *self.under_way.entry(endpoint).or_default() += 1;
        if let Some(delivery) = self.deliveries.get_mut(&id) {
            delivery.state = DeliveryState::UnderWay;
        }
    }

    fn not_ready(&mut self, endpoint: u64, at: Timestamp, id: u64) {
        if let Some(ready) = self.ready.get_mut(&endpoint) {
            ready.remove(&(at, id));
            if ready.is_empty() {
                self.ready.remove(&endpoint);
            }
        }
    }

    /// Notes how an attempt ended. `None` where the delivery is not under way.
    pub(crate) fn settle(
        &mut self,
        id: u64,
        outcome: AttemptOutcome,
        now: Timestamp,
        judgement: Judgement<'_>,
    ) -> Option<Settled> {
        let delivery = self.deliveries.get_mut(&id)?;
        if delivery.state != DeliveryState::UnderWay {
            return None;
        }
        let endpoint = delivery.endpoint;
        match self.under_way.get_mut(&endpoint) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.under_way.remove(&endpoint)),
        }
        let received = outcome.is_received(judgement.rules.success);
        delivery.attempts.push(Attempt { at: now, outcome });
        let tried = u32::try_from(delivery.attempts.len()).unwrap_or(u32::MAX);
        let enabled = self.endpoints.get(&endpoint).is_some_and(Endpoint::is_enabled);
        let tries_again = !received && enabled && tried <= judgement.settings.retries;
        if tries_again {
            let delay =
                SignedDuration::try_from(judgement.settings.retry_delay).unwrap_or(SignedDuration::MAX);
            delivery.due_at = now.checked_add(delay).unwrap_or(Timestamp::MAX);
            delivery.state = DeliveryState::Waiting;
            self.ready.entry(endpoint).or_default().insert((delivery.due_at, id));
        } else {
            delivery.state = if received { DeliveryState::Delivered } else { DeliveryState::Failed };
            self.counters.delivered += u64::from(received);
            self.counters.failed += u64::from(!received);
        }
        let (api, webhook, state) = (delivery.api, delivery.webhook, delivery.state);
        let lane = (endpoint, Arc::clone(&delivery.request));
        if !tries_again {
            self.finish(id, &lane, now);
        }
        let deactivated = if enabled {
            let failures = self.failures.entry(api).or_default();
            failures.note(received, now, judgement.rules.limits)
        } else {
            None
        };
        if let Some(reason) = &deactivated {
            self.deactivate(api, reason, now);
        }
        Some(Settled { webhook, request: lane.1, state, deactivated })
    }

    /// Takes a delivery out of its lane and lets the next one go.
    fn finish(&mut self, id: u64, key: &(u64, Arc<str>), now: Timestamp) {
        if let Some(lane) = self.lanes.get_mut(key) {
            // It is the first, unless it was given up.
            if lane.front() == Some(&id) {
                lane.pop_front();
            } else {
                lane.retain(|waiting| *waiting != id);
            }
            match lane.front().copied() {
                None => drop(self.lanes.remove(key)),
                Some(next) => {
                    if let Some(next) = self.deliveries.get_mut(&next)
                        && next.state == DeliveryState::Waiting
                    {
                        next.due_at = next.due_at.max(now);
                        let ready = self.ready.entry(key.0).or_default();
                        ready.insert((next.due_at, next.id));
                    }
                }
            }
        }
        self.keep(id);
    }

    /// Keeps a finished delivery, and drops the oldest where there are too many.
    fn keep(&mut self, id: u64) {
        self.finished.push_back(id);
        while self.finished.len() > self.limits.deliveries {
            self.forget_oldest();
        }
    }

    /// Makes room for so many bytes; finished deliveries are forgotten for it, the oldest first. Says whether there is
    /// room.
    fn make_room(&mut self, bytes: usize) -> bool {
        if bytes > self.limits.bytes {
            return false;
        }
        while self.bytes > self.limits.bytes - bytes {
            if !self.forget_oldest() {
                return false;
            }
        }
        true
    }

    /// Forgets the delivery that finished first; says whether there was one.
    fn forget_oldest(&mut self) -> bool {
        let Some(oldest) = self.finished.pop_front() else { return false };
        self.bytes -= self.deliveries.remove(&oldest).map_or(0, |delivery| delivery.bytes());
        true
    }

    fn deactivate(&mut self, api: &str, reason: &str, now: Timestamp) {
        let endpoints: Vec<u64> =
            self.endpoints.values().filter(|endpoint| endpoint.api == api).map(|found| found.id).collect();
        for id in endpoints {
            if let Some(endpoint) = self.endpoints.get_mut(&id) {
                endpoint.state = EndpointState::Deactivated { at: now, reason: reason.to_owned() };
            }
            self.drop_waiting(id);
        }
        self.failures.remove(api);
    }

    /// Gives up every delivery that waits for this endpoint.
    fn drop_waiting(&mut self, endpoint: u64) {
        self.ready.remove(&endpoint);
        let mut dropped = Vec::new();
        for ((_, _), lane) in self.lanes.iter_mut().filter(|((to, _), _)| *to == endpoint) {
            lane.retain(|id| match self.deliveries.get_mut(id) {
                Some(delivery) if delivery.state == DeliveryState::Waiting => {
                    delivery.state = DeliveryState::Dropped;
                    dropped.push(*id);
                    false
                }
                _ => true,
            });
        }
        self.lanes.retain(|_, lane| !lane.is_empty());
        self.counters.dropped += u64::try_from(dropped.len()).unwrap_or_default();
        for id in dropped {
            self.keep(id);
        }
    }

    /// A copy in which nothing is under way: what is under way here waits there, unless its endpoint is gone or
    /// deactivated; then it is given up.
    pub(crate) fn forked(&self) -> Self {
        let mut fork = self.clone();
        let mut gone = BTreeSet::new();
        fork.under_way.clear();
        for delivery in fork.deliveries.values_mut() {
            if delivery.state == DeliveryState::UnderWay {
                delivery.state = DeliveryState::Waiting;
                fork.ready.entry(delivery.endpoint).or_default().insert((delivery.due_at, delivery.id));
                if !fork.endpoints.get(&delivery.endpoint).is_some_and(Endpoint::is_enabled) {
                    gone.insert(delivery.endpoint);
                }
            }
        }
        for endpoint in gone {
            fork.drop_waiting(endpoint);
        }
        fork
    }
}
