//! What a published document states, and where it contradicts itself or the contract.
