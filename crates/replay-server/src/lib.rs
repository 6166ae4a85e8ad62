//! The replay server: HTTP in front of the simulator.
