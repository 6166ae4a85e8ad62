//! LoanPro: the calls of a customer website.
