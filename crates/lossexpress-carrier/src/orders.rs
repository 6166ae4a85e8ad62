//! Orders: documents and facts that LossExpress gets from a lender.

pub(crate) mod cancel_orders;
pub(crate) mod create_orders;
pub(crate) mod fetch_order_types;

use estoppel_contract::vocabulary;

use crate::ids::OrderId;

pub use cancel_orders::{CancelOrders, OrdersToCancel};
pub use create_orders::{CreateOrders, CreatedOrder, CreatedOrders, NewOrders};
pub use fetch_order_types::{FetchOrderTypes, OrderTypes};

vocabulary! {
    /// What can be ordered. The list is ours (R48): the documents give none.
    #![source("R48")]
    #![basis("ruled")]
    pub enum OrderType {
        /// Bill of sale.
        BillOfSale = "Bill of Sale",
        /// Copy of the title.
        CopyOfTitle = "Copy of Title",
        /// Instalment contract.
        InstallmentContract = "Installment Contract",
        /// Letter that releases the lien.
        LienReleaseLetter = "Lien Release Letter",
        /// Letter that two names are one person's.
        OneAndTheSameLetter = "One and the Same Letter",
        /// History of payments.
        PaymentHistory = "Payment History",
        /// Status of a payment.
        PaymentStatus = "Payment Status",
        /// Affidavit of repossession.
        RepoAffidavit = "Repo Affidavit",
        /// Status of the title.
        TitleStatus = "Title Status",
    }
}

/// An order on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Names the order.
    pub(crate) id: OrderId,
    /// Whether it was cancelled.
    pub(crate) state: OrderState,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderState {
    /// It is open.
    Open,
    /// It was cancelled.
    Cancelled,
}

impl Order {
    /// Cancels the order; says whether it was open.
    pub(crate) fn cancel(&mut self) -> bool {
        let was_open = self.state == OrderState::Open;
        self.state = OrderState::Cancelled;
        was_open
    }
}
