//! Is this server faithful to its contract?
