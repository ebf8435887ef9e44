//! The contact clock: when a child and its caseworker talked, and when they shall talk again.

use chrono::{Days, NaiveDate};

/// Where the clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// The last time they talked.
    pub last: Option<NaiveDate>,
    /// The last day on which they shall talk again.
    pub due: NaiveDate,
}

impl Contact {
    /// `held` are the days they talked, `since` the day the child got its caseworker, and `days` the longest pause.
    pub fn new(held: impl IntoIterator<Item = NaiveDate>, since: NaiveDate, days: u32) -> Self {
        let last = held.into_iter().max();
        let due = last.unwrap_or(since).checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
        Self { last, due }
    }

    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due < today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_runs_from_the_last_talk() {
        let contact = Contact::new([day("2026-11-04"), day("2026-08-01")], day("2021-01-01"), 90);
        assert_eq!((contact.last, contact.due), (Some(day("2026-11-04")), day("2027-02-02")));
        assert!(!contact.is_late(day("2027-02-02")) && contact.is_late(day("2027-02-03")));
    }

    #[test]
    fn before_the_first_talk_it_runs_from_the_day_the_caseworker_came() {
        let contact = Contact::new([], day("2026-11-01"), 90);
        assert_eq!((contact.last, contact.due), (None, day("2027-01-30")));
    }
}
