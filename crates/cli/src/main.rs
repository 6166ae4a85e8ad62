//! The `estoppel` command.

use std::process::ExitCode;

/// It gives memory back that sessions held, which the allocator of the C library mostly keeps.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    estoppel_cli::main()
}
