//! The LossExpress Carrier API.
