//! The closed vocabularies of a claim.

use estoppel_contract::vocabulary;

vocabulary! {
    /// What caused a loss.
    #![source("carrier: Claims")]
    #![basis("documented")]
    pub enum CauseOfLoss {
        /// One vehicle collided.
        SingleVehicleCollision = "Single-Vehicle Collision",
        /// Several vehicles collided.
        MultiVehicleCollision = "Multi-Vehicle Collision",
        /// Wind or hail.
        WindHail = "Wind/Hail",
        /// Fire.
        Fire = "Fire",
        /// Flood.
        Flood = "Flood",
        /// Vandalism.
        Vandalism = "Vandalism",
        /// Theft.
        Theft = "Theft",
        /// Anything else.
        Other = "Other",
    }
}

vocabulary! {
    /// Whether a vehicle is bought or leased.
    #![source("carrier: Claims")]
    #![basis("documented")]
    pub enum FinanceType {
        /// Bought with a loan.
        Retail = "Retail",
        /// Leased.
        Lease = "Lease",
    }
}

vocabulary! {
    /// Whose insurer the carrier is.
    #![source("carrier: Claims")]
    #![basis("documented")]
    pub enum InsurerType {
        /// The owner's.
        FirstParty = "First Party",
        /// The other party's.
        ThirdParty = "Third Party",
    }
}
