//! Generated customers, loans and request bodies.
