//! The simulated state of the Spinwheel API.

use std::{collections::BTreeMap, sync::Arc};

use estoppel_contract::Protocol;
use estoppel_generate::Key;
use estoppel_simulator::{
    Behaviour, DeliverySettings, Event, Holding, Message, Policy, RawCall, Setup, Table,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    errors::UserRefusal,
    ids::{ExtRequestId, ExtUserId, LiabilityGroupId, RefreshTransactionId, UserId, WebhookId},
    liabilities::{
        BegunRefresh, FinalRefreshStatus, LiabilityGroupPayoffQuoteStatusChange, NewRefresh,
        PayoffQuoteStatusChange, RefreshRecord,
    },
    readings::SpinwheelReadings,
    seeds,
    users::{GroupRecord, UserRecord},
};

/// The state of the Spinwheel API in one session.
///
/// Invariants: every id names one thing; a group whose refresh is in progress has a timer that ends it, and is not
/// eligible before; the latest quote of a group is that of its latest completed refresh, and the sum of its loans.
#[derive(Clone, Debug)]
pub struct Spinwheel {
    key: Key,
    readings: SpinwheelReadings,
    users: Table<UserId, UserRecord>,
    user_ids: Table<ExtUserId, UserId>,
    group_owners: Table<LiabilityGroupId, UserId>,
    /// How many loans all groups have.
    loans: usize,
    refreshes: Table<(UserId, ExtRequestId), RefreshRecord>,
    timers: BTreeMap<(Timestamp, u64), RefreshEnd>,
    messages: Vec<Message>,
    next_number: u64,
}

/// The refresh of one group ends.
#[derive(Clone, Copy, Debug)]
struct RefreshEnd {
    user_id: UserId,
    ext_request_id: ExtRequestId,
    /// The place of the group in its request.
    place: usize,
}

impl Behaviour for Spinwheel {
    fn start(setup: &Setup) -> Self {
        let mut spinwheel = Self {
            key: Key::new(setup.seed).entity(crate::SERVICE_NAME),
            readings: SpinwheelReadings::new(&setup.readings),
            users: Table::default(),
            user_ids: Table::default(),
            group_owners: Table::default(),
            loans: 0,
            refreshes: Table::default(),
            timers: BTreeMap::new(),
            messages: Vec::new(),
            next_number: 0,
        };
        for user in seeds::users(setup.started_at) {
            spinwheel.add_user(user);
        }
        spinwheel
    }

    fn authorize(&self, call: &RawCall, _now: Timestamp) -> Result<(), Protocol> {
        if call.bearer() == Some(crate::TEST_SECRET) { Ok(()) } else { Err(Protocol::Unauthorized) }
    }

    fn policy(&self) -> Policy {
        self.readings.policy
    }

    fn is_on(&self, _reading: &str) -> bool {
        false
    }

    fn holding(&self) -> Holding {
        let records = self.users.len() + self.group_owners.len() + self.loans + self.refreshes.len();
        Holding { records, bytes: 0, timers: self.timers.len() }
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let ((at, _), end) = self.timers.pop_first()?;
        self.end_refresh(end, at)
    }

    fn move_to(&mut self, _base_url: Arc<str>) {}

    fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.messages)
    }

    fn delivery_settings(&self) -> DeliverySettings {
        DeliverySettings { retries: self.readings.webhook_retries, ..DeliverySettings::default() }
    }
}

impl Spinwheel {
    /// The key of the next thing of this kind; no two things share one.
    pub(crate) fn next_key(&mut self, kind: &str) -> Key {
        self.next_number += 1;
        self.key.entity(kind).index(self.next_number)
    }

    /// The user with this id.
    pub(crate) fn user(&self, user_id: UserId) -> Result<&UserRecord, UserRefusal> {
        self.users.get(&user_id).ok_or(UserRefusal::NoSuchUser)
    }

    /// The user with this id in the caller's own books.
    pub(crate) fn user_by_ext_id(&self, ext_user_id: ExtUserId) -> Result<&UserRecord, UserRefusal> {
        let user_id = self.user_ids.get(&ext_user_id).ok_or(UserRefusal::NoSuchUser)?;
        self.user(*user_id)
    }

    /// The group of a user, to be changed.
    pub(crate) fn group_mut(&mut self, user_id: UserId, id: &LiabilityGroupId) -> Option<&mut GroupRecord> {
        self.users.get_mut(&user_id)?.group_mut(id)
    }

    /// Whether one of the ids of a new user names something else already.
    pub(crate) fn knows(&self, user: &UserRecord) -> bool {
        self.users.contains_key(&user.user_id)
            || self.user_ids.contains_key(&user.ext_user_id)
            || user.groups.iter().any(|group| self.group_owners.contains_key(&group.id))
    }

    /// Adds a user whose ids are new.
    pub(crate) fn add_user(&mut self, user: UserRecord) {
        self.user_ids.insert(user.ext_user_id, user.user_id);
        for group in &user.groups {
            self.loans += group.loans.len();
            self.group_owners.insert(group.id.clone(), user.user_id);
        }
        self.users.insert(user.user_id, user);
    }

    /// The refresh request of a user with this id. Ids of different users are different ids (R78).
    pub(crate) fn refresh(&self, user_id: UserId, id: ExtRequestId) -> Option<&RefreshRecord> {
        self.refreshes.get(&(user_id, id))
    }

    /// Begins to refresh groups that the user has and that are eligible (R63, R76).
    pub(crate) fn begin_refresh(
        &mut self,
        user_id: UserId,
        request: NewRefresh,
        now: Timestamp,
    ) -> Vec<BegunRefresh> {
        let later = |at: Timestamp, by: SignedDuration| at.checked_add(by).unwrap_or(Timestamp::MAX);
        let ends_at = later(now, self.readings.refresh_duration);
        let next = later(ends_at, self.readings.refresh_window);
        let mut items = Vec::with_capacity(request.student_loans.len());
        for wanted in &*request.student_loans {
            let transaction = self.next_key("refresh transaction");
            let number = self.next_number;
            let transaction_id = RefreshTransactionId::from_bits(transaction.wide_bits());
            let Some(group) = self.group_mut(user_id, &wanted.liability_group_id) else { continue };
            group.next_eligible_refresh_on = Some(next);
            let item = BegunRefresh::new(user_id, group, transaction_id, next);
            let end = RefreshEnd { user_id, ext_request_id: request.ext_request_id, place: items.len() };
            self.timers.insert((ends_at, number), end);
            items.push(item);
        }
        let key = (user_id, request.ext_request_id);
        self.refreshes.insert(key, RefreshRecord::new(request, items.clone()));
        items
    }

    /// Ends the refresh of a group: poll, Get User and webhook change together.
    fn end_refresh(&mut self, end: RefreshEnd, at: Timestamp) -> Option<Event> {
        let webhook_id = WebhookId::from_bits(self.next_key("webhook").wide_bits());
        let good_for = self.readings.good_through;
        let refresh = self.refreshes.get_mut(&(end.user_id, end.ext_request_id))?;
        let item = refresh.items.get_mut(end.place)?;
        let group = self.users.get_mut(&end.user_id)?.group_mut(&item.liability_group_id)?;
        let quote = group.end_refresh(at, good_for);
        item.end(quote);
        let payload = PayoffQuoteStatusChange::of(item, webhook_id, end.ext_request_id, quote);
        let detail = json!({
            "userId": end.user_id,
            "liabilityGroupId": item.liability_group_id,
            "refreshTransactionId": item.refresh_transaction_id,
        });
        let kind = match payload.refresh_transaction_status {
            FinalRefreshStatus::Completed => "refresh-completed",
            FinalRefreshStatus::Failed => "refresh-failed",
        };
        let request = end.ext_request_id.to_string();
        self.messages.push(Message::new::<LiabilityGroupPayoffQuoteStatusChange>(&payload, request));
        Some(Event { at, api: crate::SERVICE_NAME, kind: kind.to_owned(), detail: detail.into() })
    }
}
