//! How fast, how often, and whether that is enough: pure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::fixity::Round;

/// A service that just started has better things to do than to begin its first round.
const FIRST_ROUND_AFTER: TimeDelta = TimeDelta::minutes(1);
/// The cursor is kept about this often.
const STEP_SECONDS: u64 = 5;
/// Below this nothing is said of a whole archive from a part of it.
const ENOUGH_TO_TELL: f64 = 0.05;

/// The wait after `size_bytes` were read: however fast the disk is, the budget is never exceeded.
pub fn wait_after(size_bytes: u64, bytes_per_second: u64) -> Duration {
    let nanoseconds = u128::from(size_bytes) * 1_000_000_000 / u128::from(bytes_per_second.max(1));
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

/// Bytes to read before the cursor is kept.
pub fn step_bytes(bytes_per_second: u64) -> u64 {
    bytes_per_second.saturating_mul(STEP_SECONDS)
}

/// When the next round begins. Places keep their order, so each is looked at as often as rounds begin; one that takes
/// long begins its successor earlier by as much, so that an archive that grows is not late.
pub fn next_round(newest: Option<&Round>, days: u32, started: DateTime<Utc>) -> DateTime<Utc> {
    let Some(Round { begun_at, ended_at: Some(ended_at), .. }) = newest else {
        return started + FIRST_ROUND_AFTER;
    };
    let took = *ended_at - *begun_at;
    (*begun_at + TimeDelta::days(i64::from(days)) - took).max(*ended_at)
}

/// How many bytes a whole round reads, as far as the round under way or the one before it can tell.
pub fn expected_bytes(newest: &Round, complete: Option<&Round>) -> Option<u64> {
    let progress = progress(newest);
    if progress >= ENOUGH_TO_TELL {
        return Some((newest.checked.bytes as f64 / progress) as u64);
    }
    complete.map(|round| round.checked.bytes)
}

/// How much of a round is done, from 0 to 1.
pub fn progress(round: &Round) -> f64 {
    if round.ended_at.is_some() { 1.0 } else { round.place.as_ref().map_or(0.0, archive::Place::progress) }
}

/// Whether so many bytes can be read within so many days.
pub fn is_enough(bytes_per_second: u64, bytes: u64, days: u32) -> bool {
    u128::from(bytes_per_second) * u128::from(days) * 86_400 >= u128::from(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixity::Checked;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    fn round(ended_at: Option<i64>, place: &str, bytes: u64) -> Round {
        let checked = Checked { bytes, ..Checked::default() };
        let (id, begun_at, place) = (uuid::Uuid::nil(), at(0), place.parse().ok());
        Round { id, begun_at, ended_at: ended_at.map(at), place, checked }
    }

    #[test]
    fn the_waits_of_any_reading_add_up_to_the_budget() {
        for rate in [1, 7, 1000, 8_000_000, u64::MAX] {
            for blocks in [&[262_144_u64, 262_144, 17][..], &[1], &[0, 0], &[3_000_000]] {
                let waited: Duration = blocks.iter().map(|bytes| wait_after(*bytes, rate)).sum();
                let bytes: u64 = blocks.iter().sum();
                // At most a nanosecond a block is lost to rounding.
                let least = (bytes as f64 / rate as f64) - blocks.len() as f64 * 1e-9;
                assert!(waited.as_secs_f64() >= least * 0.999_999, "{rate} {blocks:?} {waited:?}");
            }
        }
        assert_eq!(wait_after(8_000_000, 8_000_000), Duration::from_secs(1));
        assert_eq!(wait_after(5, 0), Duration::from_secs(5), "no division by nothing");
    }

    #[test]
    fn every_place_has_its_turn_within_the_days() {
        let started = at(5);
        assert_eq!(next_round(None, 90, started), started + FIRST_ROUND_AFTER);
        assert_eq!(next_round(Some(&round(Some(1), "ff", 1)), 90, started), at(90 * 24 - 1));
        assert_eq!(next_round(Some(&round(Some(24 * 24), "ff", 1)), 90, started), at(66 * 24));
        assert_eq!(next_round(Some(&round(Some(80 * 24), "ff", 1)), 90, started), at(80 * 24), "at once");
        assert_eq!(next_round(Some(&round(Some(200 * 24), "ff", 1)), 90, started), at(200 * 24), "late");
    }

    #[test]
    fn a_budget_that_is_too_small_is_known_from_a_part_of_a_round() {
        assert!(is_enough(8_000_000, 62_000_000_000_000, 90));
        assert!(!is_enough(8_000_000, 63_000_000_000_000, 90));
        assert!(is_enough(u64::MAX, u64::MAX, u32::MAX));
        let before = round(Some(1), "ff", 700);
        assert_eq!(expected_bytes(&round(None, ".", 5), Some(&before)), Some(700));
        assert_eq!(expected_bytes(&round(None, ".", 5), None), None);
        let half = expected_bytes(&round(None, "80", 500), Some(&before)).unwrap();
        assert!((990..=1010).contains(&half), "{half}");
        assert_eq!(expected_bytes(&before, None), Some(700));
    }
}
