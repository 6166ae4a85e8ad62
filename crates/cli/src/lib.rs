//! The estoppel command.
