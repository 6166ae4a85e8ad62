//! The list of APIs.
