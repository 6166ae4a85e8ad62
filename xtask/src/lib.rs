//! cargo xtask: every estoppel command and the workspace's own.
