//! Figures, their bounds and medians.

use estoppel_cli::{Exit, Failure, out_line};

/// Prints figures and counts those that miss their bound.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    missed: usize,
}

impl Figures {
    pub(crate) fn at_most(&mut self, name: &str, value: f64, bound: f64) {
        self.tell(name, value, "at most", bound, value <= bound);
    }

    pub(crate) fn at_least(&mut self, name: &str, value: f64, bound: f64) {
        self.tell(name, value, "at least", bound, value >= bound);
    }

    /// How the run ends: with findings if a figure missed its bound.
    pub(crate) const fn exit(&self) -> Exit {
        if self.missed == 0 { Exit::Clean } else { Exit::Findings }
    }

    fn tell(&mut self, name: &str, value: f64, relation: &str, bound: f64, holds: bool) {
        self.missed += usize::from(!holds);
        let verdict = if holds { "ok" } else { "MISSED" };
        out_line!("{verdict:<6} {name}: {value:.2} ({relation} {bound})");
    }
}

/// The median of so many measurements.
pub(crate) fn median(
    times: usize,
    mut measure: impl FnMut() -> Result<f64, Failure>,
) -> Result<f64, Failure> {
    let mut values = Vec::with_capacity(times);
    for _ in 0..times.max(1) {
        values.push(measure()?);
    }
    Ok(middle(&mut values))
}

/// The value in the middle.
pub(crate) fn middle(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "counts of kilobytes and microseconds are far below 2^52")]
pub(crate) const fn as_f64(value: u64) -> f64 {
    value as f64
}
