//! A child's adults: who they are, when they meet, what the child wishes of them, and how a talk was.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::Serialize;

use super::register::Field;
use super::{ContributeProblem, Page, PictureView, ReaderChoice};
use crate::book::{AgeBand, Language};
use crate::labels::month_name;

/// `/bog/{child}/voksne`: my adults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyAdults {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The reader is the one whose adults they are: may call them, and wish.
    pub own: bool,
    /// Those around the child today.
    pub adults: Vec<AdultCard>,
    /// Those who were, newest first.
    pub before: Vec<FormerAdult>,
    /// What the child wishes, newest first.
    pub wishes: Vec<WishRow>,
    /// Names the request, so that a form sent twice does one thing.
    pub key: String,
}

impl Page for MyAdults {
    const TEMPLATE: &'static str = "my_adults.html";
}

/// Somebody around the child today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AdultCard {
    /// The person's id.
    pub id: String,
    /// The whole name.
    pub name: String,
    /// The first name.
    pub called: String,
    /// What they are to the child; absent for its caseworker.
    pub title: Option<String>,
    /// The year it began.
    pub since: i32,
    /// Of the people map.
    pub picture: Option<PictureView>,
    /// Where the child may call them.
    pub phone: Option<Phone>,
    /// When they meet next.
    pub meeting: Option<MeetingLine>,
    /// With the caseworker: when they talked, and when they shall again.
    pub clock: Option<ContactClock>,
    /// The child has asked to meet, and waits for an answer.
    pub asked: bool,
}

/// A telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// As one reads it.
    pub shown: String,
    /// As one dials it.
    pub dial: String,
    /// Takes messages too.
    pub sms: bool,
}

impl Phone {
    /// As it stands in the register: "12 34 56 78", with a word about messages where they can be sent. Words alone are
    /// no telephone.
    pub fn read(written: &str) -> Option<Self> {
        let end =
            written.find(|c: char| !c.is_ascii_digit() && !"+ -()".contains(c)).unwrap_or(written.len());
        let shown = written[..end].trim_end_matches([' ', '(', '-']).trim().to_owned();
        let dial: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let digits = dial.trim_start_matches('+');
        let whole = (3..=15).contains(&digits.len()) && !digits.contains('+');
        let sms = written.to_lowercase().contains("sms") || is_danish_mobile(&dial);
        whole.then_some(Self { shown, dial, sms })
    }
}

/// The series of the Danish numbering plan that are for mobile telephones as a whole.
fn is_danish_mobile(dial: &str) -> bool {
    let national = dial.strip_prefix("+45").or_else(|| dial.strip_prefix("0045")).unwrap_or(dial);
    let series = national.get(..2).and_then(|first| first.parse::<u8>().ok());
    national.len() == 8 && matches!(series, Some(20..=31 | 40..=42 | 50..=53 | 60 | 61 | 71 | 81 | 91..=93))
}

/// When and where they meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingLine {
    /// "Tirsdag den 1. december kl. 14".
    pub when: String,
    /// "hjemme hos jer".
    pub place: Option<String>,
    /// What it is about.
    pub about: Option<String>,
}

/// Somebody who was around the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormerAdult {
    /// The whole name.
    pub name: String,
    /// What they were to the child; absent for its caseworker.
    pub title: Option<String>,
    /// From this year.
    pub from: i32,
    /// To this year.
    pub to: i32,
    /// Of the people map.
    pub picture: Option<PictureView>,
    /// A letter of theirs in the book.
    pub letter: Option<String>,
}

/// When a child and its caseworker talked, and when they shall again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactClock {
    /// The caseworker's first name.
    pub adviser: String,
    /// How long ago they talked; absent where nobody told of it.
    pub ago: Option<Ago>,
    /// "den 2. februar".
    pub due: String,
    /// That day is past.
    pub late: bool,
}

/// How long ago, as one says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ago {
    /// `days`, `weeks` or `months`.
    pub unit: &'static str,
    /// How many.
    pub count: i64,
}

impl Ago {
    /// The time from `day` to `today`.
    pub fn new(day: NaiveDate, today: NaiveDate) -> Self {
        match (today - day).num_days().max(0) {
            days @ 0..14 => Self { unit: "days", count: days },
            days @ 14..120 => Self { unit: "weeks", count: days / 7 },
            days => Self { unit: "months", count: days / 30 },
        }
    }
}

/// A wish, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WishRow {
    /// The record's id.
    pub id: String,
    /// `meeting`, `page`, `other` or `no`.
    pub what: &'static str,
    /// Whom the child asked.
    pub to: Option<String>,
    /// The child's words.
    pub words: Option<String>,
    /// The page it is about.
    pub about: Option<String>,
    /// The day it was said.
    pub said_on: NaiveDate,
    /// Who answered.
    pub answered_by: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
    /// The meeting that came of it.
    pub meeting: Option<MeetingLine>,
    /// The page that came of it, where the reader reads it.
    pub page: Option<WishedPage>,
}

/// A page that a child wished for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WishedPage {
    /// Its title.
    pub title: String,
    /// Where it is read.
    pub href: String,
}

/// At `/bidrag`: what a child waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChildWaits {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub name: String,
    /// What it wishes, without an answer yet.
    pub wishes: Vec<WishRow>,
    /// The reader keeps meetings with the child.
    pub keeps_meetings: bool,
    /// The reader is its caseworker, and it is late to talk.
    pub clock: Option<ContactClock>,
}

/// `/bog/{child}/moeder`: the meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meetings {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub child_name: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The reader is the one whose meetings they are.
    pub own: bool,
    /// Those to come, next first.
    pub coming: Vec<MeetingRow>,
    /// Those that were, newest first.
    pub past: Vec<MeetingRow>,
    /// The contact clock.
    pub clock: Option<ContactClock>,
    /// Talks are shared with the reader.
    pub talks: bool,
    /// The form on which a meeting is told of, for who may.
    pub form: Option<PlanMeeting>,
}

impl Page for Meetings {
    const TEMPLATE: &'static str = "meetings.html";
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingRow {
    /// The record's id.
    pub id: String,
    /// When and where.
    pub line: MeetingLine,
    /// Who comes.
    pub with: Vec<String>,
    /// `planned`, `held` or `cancelled`.
    pub state: &'static str,
    /// Its day has come.
    pub has_come: bool,
}

/// The form on which a meeting is told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanMeeting {
    /// The adults who can come.
    pub people: Vec<ReaderChoice>,
    /// Others, in words.
    pub others: Field,
    /// The day.
    pub on: Field,
    /// The hour.
    pub at: Field,
    /// Where.
    pub place: Field,
    /// What it is about.
    pub about: Field,
    /// It was held already.
    pub held: bool,
    /// The wish that it answers.
    pub wish: Option<WishRow>,
    /// Names the request.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

/// `/bog/{child}/samtale`: after a talk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TalkForm {
    /// The child's id.
    pub child: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The questions, with the face that was chosen.
    pub questions: Vec<TalkFace>,
    /// Talks that were, newest first; the first is meant if none is chosen.
    pub meetings: Vec<ReaderChoice>,
    /// The child's own words.
    pub words: String,
    /// The caseworkers' names: with them it is shared; absent where there is none.
    pub adviser: Option<String>,
    /// The child has chosen nobody.
    pub alone: bool,
    /// Names the request.
    pub key: String,
    /// Why the form sent just now was not taken.
    pub problem: Option<ContributeProblem>,
}

impl Page for TalkForm {
    const TEMPLATE: &'static str = "talk_form.html";
}

/// A question after a talk, with its face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TalkFace {
    /// `said`, `understood`, `next` or `place`.
    pub question: &'static str,
    /// From 1, not at all, to 4, very much; 0: none yet.
    pub face: u8,
}

/// `/bog/{child}/samtaler`: how the talks were, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Talks {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub child_name: String,
    /// What the book is called.
    pub book_title: String,
    /// The band the child reads in.
    pub band: AgeBand,
    /// The reader is the one whose talks they are.
    pub own: bool,
    /// Newest first.
    pub talks: Vec<TalkRow>,
}

impl Page for Talks {
    const TEMPLATE: &'static str = "talks.html";
}

/// How one talk was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TalkRow {
    /// The page's id.
    pub id: String,
    /// The day of the talk, or the day it was told of.
    pub on: NaiveDate,
    /// With whom.
    pub with: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// The four faces, in the questions' order.
    pub faces: Vec<TalkFace>,
    /// The child's own words.
    pub words: String,
    /// Somebody else reads it; told to the child.
    pub shared: bool,
}

const WEEKDAYS_DA: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// When people meet, as one says it: "Tirsdag den 1. december kl. 14", "I morgen kl. 9.30".
pub fn meeting_label(on: NaiveDate, at: Option<NaiveTime>, today: NaiveDate, language: Language) -> String {
    let weekday = on.weekday().num_days_from_monday() as usize;
    let near = match ((on - today).num_days(), language) {
        (0, Language::Da) => Some("I dag"),
        (1, Language::Da) => Some("I morgen"),
        (0, Language::En) => Some("Today"),
        (1, Language::En) => Some("Tomorrow"),
        _ => None,
    };
    let day = match (near, language) {
        (Some(near), _) => near.to_owned(),
        (None, Language::Da) => {
            let (first, rest) = WEEKDAYS_DA[weekday].split_at(1);
            format!("{}{rest} {}", first.to_uppercase(), day_label(on, today, language))
        }
        (None, Language::En) => format!("{} {}", WEEKDAYS_EN[weekday], day_label(on, today, language)),
    };
    match (at, language) {
        (None, _) => day,
        (Some(at), Language::Da) if at.minute() == 0 => format!("{day} kl.\u{a0}{}", at.hour()),
        (Some(at), Language::Da) => format!("{day} kl.\u{a0}{}.{:02}", at.hour(), at.minute()),
        (Some(at), Language::En) => format!("{day} at {}:{:02}", at.hour(), at.minute()),
    }
}

/// A day near enough to need no year: "den 2. februar", "2 February".
pub fn day_label(day: NaiveDate, today: NaiveDate, language: Language) -> String {
    let month = month_name(day.month(), language);
    let year = if (day - today).num_days().abs() < 300 { String::new() } else { format!(" {}", day.year()) };
    match language {
        Language::Da => format!("den {}. {month}{year}", day.day()),
        Language::En => format!("{} {month}{year}", day.day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_meeting_is_told_as_one_says_it() {
        let today = day("2026-11-24");
        let at = |text: &str| Some(text.parse::<NaiveTime>().unwrap());
        let da = |on: &str, at| meeting_label(day(on), at, today, Language::Da);
        assert_eq!(da("2026-12-01", at("14:00:00")), "Tirsdag den 1. december kl.\u{a0}14");
        assert_eq!(da("2026-11-25", at("09:30:00")), "I morgen kl.\u{a0}9.30");
        assert_eq!(da("2028-01-05", None), "Onsdag den 5. januar 2028");
        let en = meeting_label(day("2026-12-01"), at("14:00:00"), today, Language::En);
        assert_eq!(en, "Tuesday 1 December at 14:00");
    }

    #[test]
    fn only_numbers_are_dialled_and_only_mobiles_take_messages() {
        let read = |written: &str| Phone::read(written).map(|phone| (phone.shown, phone.dial, phone.sms));
        let phone = |shown: &str, dial: &str, sms| Some((shown.to_owned(), dial.to_owned(), sms));
        assert_eq!(read("12 34 57 11 (også sms)"), phone("12 34 57 11", "12345711", true));
        assert_eq!(read("+45 20 11 22 33"), phone("+45 20 11 22 33", "+4520112233", true));
        assert_eq!(read("86 11 22 33"), phone("86 11 22 33", "86112233", false));
        for no_number in ["ring til omstillingen", "", "12", "javascript:alert(1)", "1+2345678"] {
            assert_eq!(read(no_number), None, "{no_number}");
        }
    }

    #[test]
    fn how_long_ago_is_days_then_weeks_then_months() {
        let ago = |from: &str| Ago::new(day(from), day("2026-11-24"));
        assert_eq!(ago("2026-11-24"), Ago { unit: "days", count: 0 });
        assert_eq!(ago("2026-10-20"), Ago { unit: "weeks", count: 5 });
        assert_eq!(ago("2026-03-17"), Ago { unit: "months", count: 8 });
    }
}
