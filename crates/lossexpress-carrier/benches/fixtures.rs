//! How many fixtures one core makes in a second, each written as one line of NDJSON.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run says so by stopping")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use estoppel_generate::FixtureRequest;

/// Fixtures of one measured run: many rounds of all stories.
const COUNT: u64 = 10_000;

fn fixtures(criterion: &mut Criterion) {
    let at = "2024-03-01T00:00:00Z".parse().unwrap();
    let request = FixtureRequest { seed: 7, at };
    let mut group = criterion.benchmark_group("fixtures");
    group.throughput(Throughput::Elements(COUNT));
    for kind in estoppel_lossexpress_carrier::fixture_kinds() {
        let mut out = Vec::new();
        group.bench_function(kind.name, |bencher| {
            bencher.iter(|| {
                out.clear();
                kind.write_lines(black_box(&request), 0..COUNT, &mut out).unwrap();
                out.len()
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = fixtures
}
criterion_main!(benches);
