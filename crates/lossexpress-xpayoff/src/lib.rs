//! The LossExpress xPayoff API.
