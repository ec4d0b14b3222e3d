//! Decoding: this runtime beside serde's derive and `serde_json`, on the same texts, into equally
//! typed values. Also encoding, where no budget is set.
#![allow(
    missing_docs,
    clippy::struct_field_names,
    clippy::cast_possible_truncation
)]

mod derived;
mod emitted;
mod texts;

use std::hint::black_box;

use clientsmith_runtime::json;
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let tokens = texts::page_of_tokens(10_000_000);
    let mut group = criterion.benchmark_group("tokens");
    sides::<emitted::Page, derived::Page>(&mut group, &tokens);
    group.finish();
    let dashboards = texts::dashboards(1_000);
    let mut group = criterion.benchmark_group("dashboards");
    sides::<emitted::Dashboards, derived::Dashboards>(&mut group, &dashboards);
    group.finish();
    criterion.final_summary();
}

fn sides<E, D>(group: &mut BenchmarkGroup<'_, WallTime>, text: &str)
where
    E: json::Json,
    D: serde::de::DeserializeOwned + serde::Serialize,
{
    let emitted: E = json::from_str(text).expect("the text is made for both sides");
    let derived: D = serde_json::from_str(text).expect("the text is made for both sides");
    assert_eq!(
        json::to_value(&emitted),
        serde_json::to_value(&derived).expect("values are JSON"),
        "both sides read the same"
    );
    group
        .sample_size(20)
        .throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("runtime", |bench| {
        bench.iter(|| json::from_slice::<E>(black_box(text.as_bytes())));
    });
    group.bench_function("serde", |bench| {
        bench.iter(|| serde_json::from_slice::<D>(black_box(text.as_bytes())));
    });
    group.bench_function("write/runtime", |bench| {
        bench.iter(|| json::to_vec(black_box(&emitted)));
    });
    group.bench_function("write/serde", |bench| {
        bench.iter(|| serde_json::to_vec(black_box(&derived)));
    });
}
