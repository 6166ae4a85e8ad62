//! One claim with what the API does not show of it.

use std::sync::Arc;

use estoppel_contract::Optional;
use estoppel_generate::decode;
use estoppel_values::{Integer, Text, Timestamp, Vin};

use crate::{
    activities::ClaimUpdated,
    claims::{Claim, ClaimChanges, NewClaim, RenderedClaim, Vehicle},
    documents::DocumentTypes,
    ids::{ClaimId, OrderId},
    orders::Order,
    readings::OwnersRetainedKeys,
};

/// A claim with its requests, orders and counters.
#[derive(Clone, Debug)]
pub(crate) struct ClaimRecord {
    claim: Arc<RenderedClaim>,
    /// Where the payoff request stands.
    pub(crate) payoff_request: RequestState,
    /// Where the request for a letter of guarantee stands.
    pub(crate) letter_request: RequestState,
    /// The settlement counters that lenders have made.
    pub(crate) settlement_counters: u32,
    /// The orders, oldest first.
    pub(crate) orders: Vec<Order>,
}

/// Where a request on a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestState {
    /// There has never been one.
    Never,
    /// It is open.
    Open,
    /// It was cancelled or completed.
    Ended,
}

/// Who changed a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdatedBy {
    /// The carrier, over the API.
    Carrier,
    /// LossExpress.
    LossExpress,
}

impl ClaimRecord {
    /// A new claim.
    pub(crate) fn open(id: ClaimId, new: NewClaim, keys: OwnersRetainedKeys, now: jiff::Timestamp) -> Self {
        let new = new.into_members();
        let now = Timestamp::from_instant(now);
        let claim = Claim {
            account_number: new.account_number,
            adjuster_name: new.adjuster_name,
            adjuster_email_address: new.adjuster_email_address,
            adjuster_phone_number: new.adjuster_phone_number,
            cause_of_loss: new.cause_of_loss,
            claim_id: id,
            claim_number: new.claim_number,
            created_at: now,
            date_of_loss: new.date_of_loss,
            deductible: new.deductible,
            documents: Vec::new(),
            finance_type: new.finance_type,
            insurer_type: new.insurer_type,
            lender_name: new.lender_name,
            lender_id: Optional::Absent,
            letter_of_guarantee_request: Optional::Absent,
            odometer: new.odometer,
            owners_name: new.owners_name,
            owners_phone_number: new.owners_phone_number,
            owners_retained: keys.owners(new.owners_retained),
            owner_retained: keys.owner(new.owners_retained),
            owners_street_address: new.owners_street_address,
            payoff_data: Optional::Absent,
            settlement_amount: new.settlement_amount,
            title_remittance_address: new.title_remittance_address,
            updated_at: now,
            vehicle: vehicle_of(&new.vin),
            vehicle_location: new.vehicle_location,
            vin: new.vin,
        };
        Self {
            claim: Arc::new(RenderedClaim::from(claim)),
            payoff_request: RequestState::Never,
            letter_request: RequestState::Never,
            settlement_counters: 0,
            orders: Vec::new(),
        }
    }

    /// The claim as the API shows it.
    pub(crate) const fn claim(&self) -> &Arc<RenderedClaim> {
        &self.claim
    }

    /// The claim as the API shows it, without the record.
    pub(crate) fn into_claim(self) -> Claim {
        Arc::unwrap_or_clone(self.claim).into_claim()
    }

    /// The claim as the API shows it, to be changed.
    pub(crate) fn claim_mut(&mut self) -> &mut Claim {
        Arc::make_mut(&mut self.claim).change()
    }

    /// Changes the primary information and says what really changed.
    pub(crate) fn change(&mut self, changes: ClaimChanges, by: UpdatedBy) -> Option<ClaimUpdated> {
        let (update, previous) = changes.apply(self.claim_mut())?;
        let claim = self.claim_mut();
        if update.vin.is_present() {
            claim.vehicle = vehicle_of(&claim.vin);
        }
        Some(ClaimUpdated { update, previous, updated_by_loss_express: by == UpdatedBy::LossExpress })
    }

    /// Whether the documents are there that a payoff or a letter of guarantee needs.
    pub(crate) fn has_required_documents(&self, combined: crate::readings::CombinedDocuments) -> bool {
        DocumentTypes::of(&self.claim.documents).complete(combined)
    }

    /// The order with this id.
    pub(crate) fn order_mut(&mut self, id: OrderId) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.id == id)
    }

    /// Whether an order of this claim has this id.
    pub(crate) fn has_order(&self, id: OrderId) -> bool {
        self.orders.iter().any(|order| order.id == id)
    }
}

/// What a VIN tells of its vehicle.
fn vehicle_of(vin: &Vin) -> Optional<Vehicle> {
    let vehicle = decode(vin).map(|(line, year)| Vehicle {
        make: Text::from_static(line.make),
        model: Text::from_static(line.model),
        year: Integer::from(year),
    });
    vehicle.into()
}
