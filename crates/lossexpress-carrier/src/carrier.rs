//! The simulated state of the Carrier API.

use std::{collections::BTreeMap, sync::Arc};

use estoppel_contract::{Optional, Protocol};
use estoppel_generate::{Key, LENDERS, LenderMatch, find_lender, lender_bits, lender_name_bits};
use estoppel_simulator::{Behaviour, Event, Holding, Policy, RawCall, Setup, Table};
use estoppel_values::{Text, Timestamp};
use serde_json::json;

use crate::{
    activities::{ActivityData, ActivityType, TriggerableActivityType},
    claim_record::ClaimRecord,
    claims::{Claim, ClaimChanges, ClaimCreated, Document, NewClaim, RenderedClaim},
    documents::StoredDocument,
    errors::ClaimRefusal,
    feed::Feed,
    ids::{ActivityId, ClaimId, DocumentId, LenderId, OrderId},
    oauth::Tokens,
    readings::CarrierReadings,
    test_vins,
};

/// The state of the Carrier API in one session.
///
/// Invariants: the feed is in the order of its times; every claim, document and order that an activity names exists;
/// `lenderId` is there if and only if the lender is in the database.
#[derive(Clone, Debug)]
pub struct Carrier {
    key: Key,
    pub(crate) readings: CarrierReadings,
    base_url: Arc<str>,
    pub(crate) tokens: Tokens,
    claims: Table<ClaimId, Box<ClaimRecord>>,
    documents: Table<DocumentId, StoredDocument>,
    feed: Feed,
    timers: BTreeMap<(jiff::Timestamp, u64), Timer>,
    next_number: u64,
}

/// Something that happens later.
#[derive(Clone, Debug)]
enum Timer {
    /// A test VIN takes effect.
    TestVin(ClaimId, TriggerableActivityType),
    /// LossExpress has looked into this lender's name, if the claim still has it.
    LenderVerified(ClaimId, Text),
}

/// The claim that stands for everything outside the test phase, in every session (R15).
pub(crate) const PRODUCTION_CLAIM_ID: &str = "00000000-0000-4000-8000-000000000403";

impl Behaviour for Carrier {
    fn start(setup: &Setup) -> Self {
        Self {
            key: Key::new(setup.seed).entity("carrier"),
            readings: CarrierReadings::new(&setup.readings),
            base_url: Arc::clone(&setup.base_url),
            tokens: Tokens::default(),
            claims: Table::default(),
            documents: Table::default(),
            feed: Feed::default(),
            timers: BTreeMap::new(),
            next_number: 0,
        }
    }

    fn authorize(&self, call: &RawCall, now: jiff::Timestamp) -> Result<(), Protocol> {
        self.tokens.check(call.bearer(), now)
    }

    fn policy(&self) -> Policy {
        self.readings.policy
    }

    fn is_on(&self, reading: &str) -> bool {
        reading == crate::readings::REFRESH.name && self.readings.refresh_is_on
    }

    /// Orders, counters and whatever else a claim gathers are told in the feed, and counted there. Tokens are not counted:
    /// a fixed number is kept.
    fn holding(&self) -> Holding {
        Holding {
            records: self.claims.len() + self.documents.len() + self.feed.len(),
            bytes: 0,
            timers: self.timers.len(),
        }
    }

    fn next_due(&self) -> Option<jiff::Timestamp> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    fn move_to(&mut self, base_url: Arc<str>) {
        self.base_url = base_url;
    }

    fn fire_next(&mut self) -> Option<Event> {
        let ((at, _), timer) = self.timers.pop_first()?;
        let (kind, claim_id) = match timer {
            Timer::TestVin(claim_id, effect) => {
                test_vins::emulate(self, claim_id, effect, at).ok()?;
                (effect.to_string(), claim_id)
            }
            Timer::LenderVerified(claim_id, name) => {
                (self.verify_lender(claim_id, &name, at)?.to_string(), claim_id)
            }
        };
        Some(Event { at, api: crate::SERVICE_NAME, kind, detail: json!({"claimId": claim_id}).into() })
    }
}

impl Carrier {
    /// The key of the next thing of this kind; no two things share one.
    fn next_key(&mut self, kind: &str) -> Key {
        self.next_number += 1;
        self.key.entity(kind).index(self.next_number)
    }

    /// A fresh identifier for an order.
    pub(crate) fn next_order_id(&mut self) -> OrderId {
        OrderId::from_bits(self.next_key("order").wide_bits())
    }

    /// A key for values that are made up on the way.
    pub(crate) fn next_invention(&mut self) -> Key {
        self.next_key("invention")
    }

    /// A fresh secret for a token.
    pub(crate) fn next_token(&mut self) -> String {
        format!("{:032x}", self.next_key("token").wide_bits())
    }

    /// The activity feed.
    pub(crate) const fn feed(&self) -> &Feed {
        &self.feed
    }

    /// The claim with this id, if a caller that tests may see it.
    pub(crate) fn visible_claim(&self, id: ClaimId) -> Result<&ClaimRecord, ClaimRefusal> {
        match self.claims.get(&id) {
            Some(claim) => Ok(claim),
            None if is_production(id) => Err(ClaimRefusal::NotDuringTesting),
            None => Err(ClaimRefusal::NoSuchClaim),
        }
    }

    /// The claim with this id, to be changed; `updatedAt` moves.
    pub(crate) fn touched_claim(
        &mut self,
        id: ClaimId,
        now: jiff::Timestamp,
    ) -> Result<&mut ClaimRecord, ClaimRefusal> {
        match self.claims.get_mut(&id) {
            Some(record) => {
                record.claim_mut().updated_at = Timestamp::from_instant(now);
                Ok(record)
            }
            None if is_production(id) => Err(ClaimRefusal::NotDuringTesting),
            None => Err(ClaimRefusal::NoSuchClaim),
        }
    }

    /// Every claim that a caller may see, oldest first.
    pub(crate) fn visible_claims(&self) -> impl Iterator<Item = &Arc<RenderedClaim>> {
        self.claims.values().map(|record| record.claim())
    }

    /// Opens a claim, tells the feed, and sets off what its VIN and its lender's name set off.
    pub(crate) fn open_claim(&mut self, new: NewClaim, now: jiff::Timestamp) -> ClaimId {
        let id = ClaimId::from_bits(self.next_key("claim").wide_bits());
        let mut record = ClaimRecord::open(id, new, self.readings.owners_retained, now);
        let lender = find_lender(&record.claim().lender_name);
        if let LenderMatch::Known(place) = lender {
            record.claim_mut().lender_id = LenderId::from_bits(lender_bits(place)).into();
        }
        let created = ClaimCreated::of(record.claim(), self.readings.account_numbers);
        let effect = test_vins::effect_of(&record.claim().vin);
        let claim_number = record.claim().claim_number.clone();
        let lender_name = record.claim().lender_name.clone();
        self.claims.insert(id, Box::new(record));
        self.append(id, claim_number, now, ActivityData::ClaimCreated(Box::new(created)));
        if let Some(effect) = effect {
            self.schedule(now, self.readings.test_vin_delay, Timer::TestVin(id, effect));
        }
        if !matches!(lender, LenderMatch::Known(_)) {
            self.schedule(
                now,
                self.readings.lender_verification_delay,
                Timer::LenderVerified(id, lender_name),
            );
        }
        id
    }

    /// Changes a claim for its carrier and tells the feed what really changed.
    pub(crate) fn change_claim(
        &mut self,
        id: ClaimId,
        changes: ClaimChanges,
        now: jiff::Timestamp,
    ) -> Result<Claim, ClaimRefusal> {
        let renames_lender = changes.lender_name.is_present();
        if let Some(updated) = self.apply_changes(id, changes, crate::claim_record::UpdatedBy::Carrier)? {
            self.record(id, now, ActivityData::ClaimUpdated(Box::new(updated)))?;
            if renames_lender {
                self.look_up_lender(id, now)?;
            }
        }
        Ok(Claim::clone(self.visible_claim(id)?.claim()))
    }

    /// Changes a claim and says what really changed.
    pub(crate) fn apply_changes(
        &mut self,
        id: ClaimId,
        changes: ClaimChanges,
        by: crate::claim_record::UpdatedBy,
    ) -> Result<Option<crate::activities::ClaimUpdated>, ClaimRefusal> {
        let record = self.claims.get_mut(&id).ok_or(ClaimRefusal::NoSuchClaim)?;
        Ok(record.change(changes, by))
    }

    /// Cancels an order of a claim; says whether it was open.
    pub(crate) fn cancel_order(&mut self, claim: ClaimId, order: OrderId) -> bool {
        let order = self.claims.get_mut(&claim).and_then(|record| record.order_mut(order));
        order.is_some_and(crate::orders::Order::cancel)
    }

    /// Puts an activity of a claim into the feed; the claim counts as updated.
    pub(crate) fn record(
        &mut self,
        id: ClaimId,
        now: jiff::Timestamp,
        data: ActivityData,
    ) -> Result<ActivityId, ClaimRefusal> {
        let claim_number = self.touched_claim(id, now)?.claim().claim_number.clone();
        Ok(self.append(id, claim_number, now, data))
    }

    fn append(
        &mut self,
        claim_id: ClaimId,
        claim_number: Text,
        now: jiff::Timestamp,
        data: ActivityData,
    ) -> ActivityId {
        let activity_id = ActivityId::from_bits(self.next_key("activity").wide_bits());
        let external_id = if self.readings.external_ids {
            Optional::Present(claim_number.clone())
        } else {
            Optional::Absent
        };
        self.feed.append(crate::activities::Activity {
            activity_id,
            created_at: Timestamp::from_instant(now),
            claim_id,
            claim_number,
            external_id,
            data,
        });
        activity_id
    }

    /// Keeps a document's bytes and says where they are.
    pub(crate) fn store(&mut self, document: StoredDocument) -> Text {
        let id = DocumentId::from_bits(self.next_key("document").wide_bits());
        self.documents.insert(id, document);
        Text::from(format!("{}/documents/{id}", self.base_url))
    }

    /// Keeps a document's bytes, puts it on a claim and says where it is.
    pub(crate) fn attach(
        &mut self,
        id: ClaimId,
        document_type: Text,
        document: StoredDocument,
        now: jiff::Timestamp,
    ) -> Result<Text, ClaimRefusal> {
        self.visible_claim(id)?;
        let document_url = self.store(document);
        let at = Timestamp::from_instant(now);
        self.touched_claim(id, now)?.claim_mut().documents.push(Document {
            created_at: at,
            updated_at: at,
            document_url: document_url.clone(),
            r#type: document_type,
        });
        Ok(document_url)
    }

    /// The bytes of a document.
    pub(crate) fn document(&self, id: DocumentId) -> Option<&StoredDocument> {
        self.documents.get(&id)
    }

    fn schedule(&mut self, now: jiff::Timestamp, after: jiff::SignedDuration, timer: Timer) {
        self.next_number += 1;
        let at = now.checked_add(after).unwrap_or(now);
        self.timers.insert((at, self.next_number), timer);
    }

    /// Sets `lenderId` anew after the lender's name changed (R51).
    fn look_up_lender(&mut self, id: ClaimId, now: jiff::Timestamp) -> Result<(), ClaimRefusal> {
        let claim = self.touched_claim(id, now)?.claim_mut();
        match find_lender(&claim.lender_name) {
            LenderMatch::Known(place) => {
                claim.lender_id = LenderId::from_bits(lender_bits(place)).into();
            }
            LenderMatch::Alias(_) | LenderMatch::Unknown => {
                claim.lender_id = Optional::Absent;
                let name = claim.lender_name.clone();
                self.schedule(now, self.readings.lender_verification_delay, Timer::LenderVerified(id, name));
            }
        }
        Ok(())
    }

    /// Enters a claim's lender into the database, or finds it there under another name.
    fn verify_lender(&mut self, id: ClaimId, name: &str, now: jiff::Timestamp) -> Option<ActivityType> {
        let claim = self.visible_claim(id).ok()?.claim();
        if claim.lender_id.is_present() || claim.lender_name.as_str() != name {
            return None;
        }
        let under_this_name = LenderId::from_bits(lender_name_bits(&claim.lender_name));
        let data = match find_lender(&claim.lender_name) {
            LenderMatch::Known(place) | LenderMatch::Alias(place) => {
                let lender_id = LenderId::from_bits(lender_bits(place));
                let lender_name =
                    LENDERS.get(place).map_or(Text::default(), |lender| Text::from_static(lender.name));
                self.touched_claim(id, now).ok()?.claim_mut().lender_id = lender_id.into();
                ActivityData::LenderAliasVerified(Box::new(crate::activities::LenderAliasVerified {
                    previous_lender_id: under_this_name,
                    lender_id,
                    lender_name,
                }))
            }
            LenderMatch::Unknown => {
                let lender_name = claim.lender_name.clone();
                self.touched_claim(id, now).ok()?.claim_mut().lender_id = under_this_name.into();
                ActivityData::NewLenderVerified(Box::new(crate::activities::NewLenderVerified {
                    lender_id: under_this_name,
                    lender_name,
                }))
            }
        };
        let activity_type = data.activity_type();
        self.record(id, now, data).ok()?;
        Some(activity_type)
    }
}

fn is_production(id: ClaimId) -> bool {
    PRODUCTION_CLAIM_ID.parse() == Ok(id)
}
