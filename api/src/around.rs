//! The adults around a child: who they are and were, when they meet it, and what it wishes of them.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::app::App;
use crate::auth::Caller;
use crate::db::adults::Tie;
use crate::db::life::StoredLife;
use crate::domain::access::Ties;
use crate::domain::contact::Contact;
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, EntryId, PersonId};
use crate::domain::meeting::{Meeting, MeetingState, Wish};
use crate::problem::Problem;
use crate::{places, redactions};

/// So many meetings and wishes of one child are looked at: one a week for eighteen years.
const RECORDS: u64 = 1_000;

/// The adults around one child today.
pub struct Around {
    pub today: NaiveDate,
    /// Every role held towards the child until today on the days on which it counts, first to last.
    ties: Vec<Tie>,
    /// First to last.
    pub meetings: Vec<StoredLife<Meeting>>,
    /// First to last.
    pub wishes: Vec<StoredLife<Wish>>,
    /// The page that answers a wish.
    pages: HashMap<Uuid, EntryId>,
}

impl Around {
    /// As far as the caller, whose ties these are, may know where they meet.
    pub async fn of(app: &App, child: ChildId, caller: &Caller, callers: &Ties) -> Result<Self, Problem> {
        let today = caller.today;
        let secret = places::kept_from(app, caller, callers, child).await?;
        let born = app.db.child(child).await?.ok_or(Problem::NotFound)?.born;
        let ties = app.db.ties_of(child, today).await?.into_iter().filter_map(|tie| tie.counting(born));
        let ties = ties.filter(|tie| tie.since <= today).collect();
        let mut meetings = redactions::life::<Meeting>(app, callers, child, None, RECORDS).await?.items;
        for stored in &mut meetings {
            stored.record = stored.record.clone().without_place(&secret);
        }
        let wishes = redactions::life::<Wish>(app, callers, child, None, RECORDS).await?.items;
        let asked: Vec<Uuid> = wishes.iter().map(|wish| wish.id).collect();
        let answers = app.db.entries_that_answer(&asked).await?.into_iter();
        let pages = answers.filter_map(|stored| Some((stored.entry.wish?, stored.id))).collect();
        Ok(Self { today, ties, meetings, wishes, pages })
    }

    /// Those a child turns to today, each once: where it lives, its caseworker, its support person; once grown, those it
    /// lets write with it.
    pub fn now(&self) -> Vec<&Tie> {
        let mut found: Vec<&Tie> = Vec::new();
        for role in [Role::Carer, Role::Caseworker, Role::SupportPerson, Role::ChosenWriter] {
            for tie in self.ties.iter().filter(|tie| tie.role == role && tie.is_active(self.today)) {
                if !found.iter().any(|known| known.id == tie.id) {
                    found.push(tie);
                }
            }
        }
        found
    }

    /// Those it turned to before, the last first, each once.
    pub fn before(&self) -> Vec<&Tie> {
        let now = self.now();
        let mut ended: Vec<&Tie> = Vec::new();
        let turned_to = |role| matches!(role, Role::Carer | Role::Caseworker | Role::SupportPerson);
        let mut past: Vec<&Tie> =
            self.ties.iter().filter(|tie| turned_to(tie.role) && !tie.is_active(self.today)).collect();
        past.sort_by_key(|tie| std::cmp::Reverse(tie.until));
        for tie in past {
            if !now.iter().chain(&ended).any(|known| known.id == tie.id) {
                ended.push(tie);
            }
        }
        ended
    }

    /// A name of somebody who is or was around the child.
    pub fn name(&self, id: PersonId) -> Option<&str> {
        self.ties.iter().find(|tie| tie.id == id).map(|tie| tie.person.name.as_str())
    }

    /// Those who come to a meeting, by first name, and the others as they are told of.
    pub fn who_comes(&self, meeting: &Meeting) -> Vec<String> {
        let known = meeting.with.iter().filter_map(|id| self.name(*id)).map(|name| called(name).to_owned());
        known.chain(meeting.others.iter().cloned()).collect()
    }

    /// Since when the child has a caseworker, who it is today, and when they talk.
    pub fn contact(&self, days: u32) -> Option<(&Tie, Contact)> {
        let is_adviser = |tie: &&Tie| tie.role == Role::Caseworker;
        let adviser = self.ties.iter().filter(is_adviser).rfind(|tie| tie.is_active(self.today))?;
        let since = self.ties.iter().find(is_adviser)?.since;
        let with_adviser = |meeting: &Meeting| {
            meeting.state == MeetingState::Held
                && meeting.on <= self.today
                && self.ties.iter().filter(is_adviser).any(|tie| meeting.with.contains(&tie.id))
        };
        let held = self.meetings.iter().map(|stored| &stored.record).filter(|meeting| with_adviser(meeting));
        Some((adviser, Contact::new(held.map(|meeting| meeting.on), since, days)))
    }

    /// Planned from today on, next first.
    pub fn coming(&self) -> impl Iterator<Item = &StoredLife<Meeting>> {
        self.meetings
            .iter()
            .filter(|stored| stored.record.state == MeetingState::Planned && stored.record.on >= self.today)
    }

    /// Held, newest first.
    pub fn held(&self) -> impl Iterator<Item = &StoredLife<Meeting>> {
        let held = |stored: &&StoredLife<Meeting>| stored.record.state == MeetingState::Held;
        self.meetings.iter().rev().filter(held)
    }

    /// The meeting that came of a wish.
    pub fn meeting_of(&self, wish: Uuid) -> Option<&Meeting> {
        let of_wish =
            |meeting: &&Meeting| meeting.wish == Some(wish) && meeting.state != MeetingState::Cancelled;
        self.meetings.iter().map(|stored| &stored.record).rfind(of_wish)
    }

    /// The page that came of a wish, whoever may read it.
    pub fn page_of(&self, wish: Uuid) -> Option<EntryId> {
        self.pages.get(&wish).copied()
    }

    /// Nobody has answered, and no meeting and no page came of it.
    pub fn is_open(&self, wish: &StoredLife<Wish>) -> bool {
        let came_of_it = self.meeting_of(wish.id).is_some() || self.page_of(wish.id).is_some();
        wish.record.answer.is_none() && !came_of_it
    }
}

/// What somebody is called: the first name.
pub fn called(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
