//! Values that two or more APIs share.
