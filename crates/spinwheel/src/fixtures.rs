//! x
use estoppel_generate::FixtureKind;
/// x
pub fn fixture_kinds() -> &'static [FixtureKind] {
    &[]
}
