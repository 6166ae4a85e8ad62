//! Keyed, coherent and safe values.
