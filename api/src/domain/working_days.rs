//! Danish working days, for deadlines.
//!
//! Days off are Saturdays, Sundays and the public holidays. Days on which offices are closed by custom or agreement
//! (5 June, 24 and 31 December) count as working days: a deadline computed here is never later than the one in the law.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// The last year in which Store Bededag was a holiday (act no. 214 of 06/03/2023).
const LAST_STORE_BEDEDAG: i32 = 2023;

/// True where nobody is at work.
pub fn is_day_off(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || is_holiday(day)
}

/// The day on which as many working days have passed; the day itself does not count.
pub fn after_working_days(from: NaiveDate, count: u32) -> NaiveDate {
    from.iter_days()
        .skip(1)
        .filter(|day| !is_day_off(*day))
        .nth(count.saturating_sub(1) as usize)
        .unwrap_or(from)
}

/// The last working day within so many days; never the day itself, where there is another one.
pub fn within_days(from: NaiveDate, count: u32) -> NaiveDate {
    last_working_day(from, from.checked_add_days(Days::new(u64::from(count))))
}

/// The last working day within so many months.
pub fn within_months(from: NaiveDate, count: u32) -> NaiveDate {
    last_working_day(from, from.checked_add_months(Months::new(count)))
}

/// A deadline on a day off is moved to the working day before: on the day itself nobody is there to keep it.
fn last_working_day(from: NaiveDate, until: Option<NaiveDate>) -> NaiveDate {
    let until = until.unwrap_or(NaiveDate::MAX);
    let before = std::iter::successors(Some(until), NaiveDate::pred_opt);
    before.take_while(|day| *day > from).find(|day| !is_day_off(*day)).unwrap_or(until)
}

fn is_holiday(day: NaiveDate) -> bool {
    if matches!((day.month(), day.day()), (1, 1) | (12, 25) | (12, 26)) {
        return true;
    }
    let Ok(easter) = computus::gregorian_naive(day.year()) else { return false };
    match day.signed_duration_since(easter).num_days() {
        // Thursday and Friday before Easter, Easter, Ascension, Whitsun.
        -3 | -2 | 0 | 1 | 39 | 49 | 50 => true,
        26 => day.year() <= LAST_STORE_BEDEDAG,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// As the calendars of those years print them.
    #[test]
    fn the_holidays_are_those_of_the_calendar() {
        let of = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(move |day| day.year() == year);
            days.filter(|day| is_holiday(*day)).map(|day| day.format("%m-%d").to_string()).collect::<Vec<_>>()
        };
        let known = "01-01 04-02 04-03 04-05 04-06 05-14 05-24 05-25 12-25 12-26";
        assert_eq!(of(2026).join(" "), known);
        let known = "01-01 03-25 03-26 03-28 03-29 05-06 05-16 05-17 12-25 12-26";
        assert_eq!(of(2027).join(" "), known);
        let known = "01-01 04-06 04-07 04-09 04-10 05-05 05-18 05-28 05-29 12-25 12-26";
        assert_eq!(of(2023).join(" "), known, "with Store Bededag");
        let known = "01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26";
        assert_eq!(of(2024).join(" "), known, "without");
    }

    #[test]
    fn seven_working_days_over_easter_and_over_christmas() {
        // From the Monday before Easter 2026: Tue, Wed, (Thu Fri Sat Sun Mon), Tue, Wed, Thu, Fri, (Sat Sun), Mon.
        assert_eq!(after_working_days(day("2026-03-30"), 7), day("2026-04-13"));
        // Thursday 17 December 2026: Fri, Mon to Thu, (Fri Sat Sun), Mon, Tue.
        assert_eq!(after_working_days(day("2026-12-17"), 7), day("2026-12-29"));
    }

    #[test]
    fn a_deadline_on_a_day_off_is_the_working_day_before() {
        // 15 days from Monday 30 November are Tuesday 15 December; from Friday 11 December they are the second Christmas day.
        assert_eq!(within_days(day("2026-11-30"), 15), day("2026-12-15"));
        assert_eq!(within_days(day("2026-12-11"), 15), day("2026-12-24"));
        assert_eq!(within_months(day("2027-01-31"), 1), day("2027-02-26"));
    }

    proptest! {
        #[test]
        fn working_days_are_never_days_off_and_there_are_as_many_as_asked(days in 0i64..55_000, count in 1u32..60) {
            let from = day("1950-01-01") + chrono::TimeDelta::days(days);
            let due = after_working_days(from, count);
            prop_assert!(!is_day_off(due) && due > from);
            let passed = from.iter_days().skip(1).take_while(|day| *day <= due).filter(|day| !is_day_off(*day));
            prop_assert_eq!(passed.count(), count as usize);
        }

        #[test]
        fn deadlines_rise_with_the_day_and_never_pass_the_laws_own(days in 0i64..55_000, count in 4u32..90) {
            let from = day("1950-01-01") + chrono::TimeDelta::days(days);
            let next = from.succ_opt().unwrap();
            let due = within_days(from, count);
            prop_assert!(!is_day_off(due) && due > from && due <= from + Days::new(u64::from(count)));
            prop_assert!(due <= within_days(next, count));
            prop_assert!(after_working_days(from, count) <= after_working_days(next, count));
            let monthly = within_months(from, 1);
            prop_assert!(!is_day_off(monthly) && monthly > from && monthly <= from + Months::new(1));
        }

        /// Between two working days there are at most five days off: Easter, or Christmas beside a weekend.
        #[test]
        fn nobody_is_away_for_longer_than_easter(days in 0i64..55_000) {
            let from = day("1950-01-01") + chrono::TimeDelta::days(days);
            prop_assert!(from.iter_days().take(6).any(|day| !is_day_off(day)));
        }
    }
}
