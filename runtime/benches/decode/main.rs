//! Decoding: this runtime into generated types, beside serde's derive and `serde_json` into types
//! written by hand, on the same texts. Also encoding, where no budget is set.
//!
//! Criterion measures each side by itself; the table at the end takes the sides in turn, so that a
//! machine whose speed drifts does not favour one.
#![allow(
    missing_docs,
    clippy::struct_field_names,
    clippy::cast_possible_truncation
)]

mod derived;
mod texts;
/// Generated from `document.yaml`; a test of the generator holds it to that.
#[allow(dead_code, unreachable_pub, reason = "a whole file as it is emitted")]
#[rustfmt::skip]
mod types;

use std::hint::black_box;
use std::time::{Duration, Instant};

use clientsmith_runtime::json;
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};

/// How often the table at the end takes each side.
const TURNS: usize = 15;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let tokens = texts::page_of_tokens(10_000_000);
    let dashboards = texts::dashboards(1_000);
    let mut group = criterion.benchmark_group("tokens");
    let mut rows = Vec::new();
    rows.extend(sides::<types::Page, derived::Page>(
        &mut group, "tokens", &tokens,
    ));
    group.finish();
    let mut group = criterion.benchmark_group("dashboards");
    rows.extend(sides::<types::Dashboards, derived::Dashboards>(
        &mut group,
        "dashboards",
        &dashboards,
    ));
    group.finish();
    criterion.final_summary();
    println!("least of {TURNS} in turn     runtime      serde  runtime / serde in speed");
    for (name, runtime, serde) in rows {
        println!(
            "{name:<20} {:>8.1} ms {:>7.1} ms  {:.2}",
            runtime.as_secs_f64() * 1e3,
            serde.as_secs_f64() * 1e3,
            serde.as_secs_f64() / runtime.as_secs_f64()
        );
    }
}

type Row = (String, Duration, Duration);

fn sides<E, D>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, text: &str) -> [Row; 2]
where
    E: clientsmith_runtime::Json,
    D: serde::de::DeserializeOwned + serde::Serialize,
{
    let emitted: E = json::from_str(text).expect("the text is made for both sides");
    let derived: D = serde_json::from_str(text).expect("the text is made for both sides");
    assert_eq!(
        json::to_value(&emitted),
        serde_json::to_value(&derived).expect("values are JSON"),
        "both sides read the same"
    );
    let bytes = text.as_bytes();
    let read_runtime = || drop(black_box(json::from_slice::<E>(black_box(bytes))));
    let read_serde = || drop(black_box(serde_json::from_slice::<D>(black_box(bytes))));
    let write_runtime = || drop(black_box(json::to_vec(black_box(&emitted))));
    let write_serde = || drop(black_box(serde_json::to_vec(black_box(&derived))));
    group
        .sample_size(20)
        .throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read/runtime", |bench| bench.iter(read_runtime));
    group.bench_function("read/serde", |bench| bench.iter(read_serde));
    group.bench_function("write/runtime", |bench| bench.iter(write_runtime));
    group.bench_function("write/serde", |bench| bench.iter(write_serde));
    [
        in_turn(format!("{name}, read"), read_runtime, read_serde),
        in_turn(format!("{name}, write"), write_runtime, write_serde),
    ]
}

fn in_turn(name: String, runtime: impl Fn(), serde: impl Fn()) -> Row {
    let time = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut least = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        least.0 = least.0.min(time(&runtime));
        least.1 = least.1.min(time(&serde));
    }
    (name, least.0, least.1)
}
