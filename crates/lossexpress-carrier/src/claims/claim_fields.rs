//! The primary information of a claim: what a carrier can send when it creates or updates one.
//!
//! The list stands once. From it come the body of Create Claim, the body of Update Claim, and what the activity feed
//! tells of both.

use estoppel_contract::Optional;
use estoppel_values::{Date, Number, Sensitive, Text, Usd, Vin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CauseOfLoss, Claim, FinanceType, InsurerType, Vehicle};
use crate::ids::LenderId;

macro_rules! claim_fields {
    (
        required { $($(#[$required_meta:meta])+ $required:ident: $required_type:ty,)+ }
        optional { $($(#[$optional_meta:meta])+ $optional:ident: $optional_type:ty,)+ }
    ) => {
        /// What a carrier sends to create a claim.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub(crate) struct NewClaimMembers {
            $($(#[$required_meta])+ pub(crate) $required: $required_type,)+
            $($(#[$optional_meta])+
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub(crate) $optional: Optional<$optional_type>,)+
            /// Whether the owner keeps the vehicle.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub(crate) owners_retained: Optional<bool>,
            /// The same as `ownersRetained`, as the examples spell it (R1).
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            #[schemars(extend("x-source" = "R1", "x-basis" = "ruled"))]
            pub(crate) owner_retained: Optional<bool>,
            /// The lender's phone number.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub(crate) lender_phone_number: Optional<Text>,
            /// The lender's address.
            #[serde(
                default,
                skip_serializing_if = "Optional::is_absent",
                deserialize_with = "estoppel_contract::optional_object"
            )]
            pub(crate) lender_address: Optional<estoppel_values::PostalAddress>,
        }

        /// Part of a claim's primary information: a change, or what stood there before it.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        #[schemars(
            extend("x-source" = "carrier: Update Claim", "x-basis" = "documented"),
            example = serde_json::json!({"accountNumber": "TEST-AN1"}),
        )]
        pub struct ClaimChanges {
            $($(#[$required_meta])+
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub $required: Optional<$required_type>,)+
            $($(#[$optional_meta])+
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub $optional: Optional<$optional_type>,)+
            /// Whether the owner keeps the vehicle.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub owners_retained: Optional<bool>,
            /// The same as `ownersRetained`, as the examples spell it (R1).
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            #[schemars(extend("x-source" = "R1", "x-basis" = "ruled"))]
            pub owner_retained: Optional<bool>,
        }

        impl ClaimChanges {
            /// Changes the claim and returns what really changed: the new values and those before them.
            pub(crate) fn apply(self, claim: &mut Claim) -> Option<(Self, Self)> {
                let mut update = Self::default();
                let mut previous = Self::default();
                $(if let Optional::Present(value) = self.$required
                    && value != claim.$required
                {
                    update.$required = value.clone().into();
                    previous.$required = std::mem::replace(&mut claim.$required, value).into();
                })+
                $(if let Optional::Present(value) = self.$optional
                    && Some(&value) != claim.$optional.as_option()
                {
                    update.$optional = value.clone().into();
                    previous.$optional = std::mem::replace(&mut claim.$optional, value.into());
                })+
                let retained = claim.owners_retained.as_option().or(claim.owner_retained.as_option()).copied();
                if let Optional::Present(value) = self.owners_retained
                    && Some(value) != retained
                {
                    let [owners, owner] = [claim.owners_retained.is_present(), claim.owner_retained.is_present()];
                    let spelled = |written: bool, value: Option<bool>| value.filter(|_| written).into();
                    (update.owners_retained, previous.owners_retained) =
                        (spelled(owners, Some(value)), spelled(owners, retained));
                    (update.owner_retained, previous.owner_retained) =
                        (spelled(owner, Some(value)), spelled(owner, retained));
                    claim.owners_retained = update.owners_retained;
                    claim.owner_retained = update.owner_retained;
                }
                (update != Self::default()).then_some((update, previous))
            }
        }

        /// What the feed tells of a new claim: everything that was sent, and what is known of the vehicle.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        #[schemars(extend("x-source" = "carrier: claim-created", "x-basis" = "example"))]
        pub struct ClaimCreated {
            $($(#[$required_meta])+
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub $required: Optional<$required_type>,)+
            $($(#[$optional_meta])+
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub $optional: Optional<$optional_type>,)+
            /// The same as `ownerRetained`, as the tables spell it (R1).
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            #[schemars(extend("x-source" = "R1", "x-basis" = "ruled"))]
            pub owners_retained: Optional<bool>,
            /// Whether the owner keeps the vehicle, as the example spells it.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub owner_retained: Optional<bool>,
            /// The lender in the lender database, if it is there.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub lender_id: Optional<LenderId>,
            /// Make, model and year, if the VIN tells them.
            #[serde(default, skip_serializing_if = "Optional::is_absent")]
            pub vehicle: Optional<Vehicle>,
        }

        impl ClaimCreated {
            /// What the feed tells of this claim. Some carriers keep the account number out of it.
            pub(crate) fn of(claim: &Claim, account_numbers: AccountNumbers) -> Self {
                let mut created = Self {
                    $($required: claim.$required.clone().into(),)+
                    $($optional: claim.$optional.clone(),)+
                    owners_retained: claim.owners_retained,
                    owner_retained: claim.owner_retained,
                    lender_id: claim.lender_id,
                    vehicle: claim.vehicle.clone(),
                };
                if account_numbers == AccountNumbers::Withheld {
                    created.account_number = Optional::Absent;
                }
                created
            }
        }
    };
}

/// Whether `claim-created` carries the account number (R55).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountNumbers {
    /// It does.
    Shown,
    /// The carrier's configuration keeps it out.
    Withheld,
}

claim_fields! {
    required {
        /// The customer's account number for the loan.
        account_number: Sensitive,
        /// What caused the loss.
        cause_of_loss: CauseOfLoss,
        /// The carrier's own number for the claim.
        claim_number: Text,
        /// The day of the loss.
        date_of_loss: Date,
        /// The deductible, in US dollars.
        deductible: Usd,
        /// Whether the vehicle is bought or leased.
        finance_type: FinanceType,
        /// Whose insurer the carrier is.
        insurer_type: InsurerType,
        /// The lender's name.
        lender_name: Text,
        /// The vehicle's mileage.
        odometer: Number,
        /// The vehicle owner's name.
        #[schemars(extend("x-personal" = true))]
        owners_name: Text,
        /// The vehicle owner's phone number.
        #[schemars(extend("x-personal" = true))]
        owners_phone_number: Text,
        /// The vehicle owner's full address.
        #[schemars(extend("x-personal" = true))]
        owners_street_address: Text,
        /// The settlement, in US dollars.
        settlement_amount: Usd,
        /// The full address to which the title goes.
        #[schemars(extend("x-personal" = true))]
        title_remittance_address: Text,
        /// The vehicle identification number.
        vin: Vin,
    }
    optional {
        /// The primary adjuster's name.
        #[schemars(extend("x-personal" = true))]
        adjuster_name: Text,
        /// The primary adjuster's email address.
        #[schemars(extend("x-personal" = true))]
        adjuster_email_address: Text,
        /// The primary adjuster's phone number.
        #[schemars(extend("x-personal" = true))]
        adjuster_phone_number: Text,
        /// The full address where the vehicle is, if it is not where the title goes.
        #[schemars(extend("x-personal" = true))]
        vehicle_location: Text,
    }
}
