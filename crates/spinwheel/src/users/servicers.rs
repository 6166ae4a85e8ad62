//! Invented institutions that service student loans. None of them exists.

use estoppel_contract::Optional;
use estoppel_generate::Key;
use estoppel_values::Text;

use super::Creditor;
use crate::ids::InstitutionId;

/// Their names.
pub(crate) const SERVICERS: &[&str] = &[
    "Test Student Servicing",
    "Lanternlight Student Loans",
    "Quill and Quad Lending",
    "Northquad Education Finance",
    "Mortarboard Loan Services",
    "Ivygate Student Servicing",
];

/// The institution with this name: the same id in every session.
pub(crate) fn creditor(name: impl Into<Text>) -> Creditor {
    let name = name.into();
    let bits = Key::new(0).entity("institution").field(&name).wide_bits();
    Creditor { institution_id: InstitutionId::from_bits(bits).into(), name: Optional::Present(name) }
}
