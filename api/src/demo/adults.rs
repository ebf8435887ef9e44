//! The demo's meetings, wishes and talks, each told by somebody who may.

use std::collections::HashMap;

use uuid::Uuid;

use super::content::{Meeting, Talk, Wish};
use super::{DemoError, Loader};
use crate::auth::{Caller, MayAnswerWish, MayMakeOwnPages};
use crate::db::deposits::Idempotency;
use crate::domain::document::Role;
use crate::domain::meeting::Wish as SealedWish;
use crate::domain::own_page::{Face, Question, Sharing};
use crate::own_pages::{self, NewOwnPage};
use crate::problem::Problem;
use crate::wishes::{self, NewAnswer, NewMeeting, NewWish};

impl Loader<'_> {
    pub(super) async fn adults(&self) -> Result<(), DemoError> {
        let mut wishes = HashMap::new();
        for wish in &self.content.wish {
            let told = self.wished(&wish.key).await?;
            self.answer(wish, told).await?;
            wishes.insert(wish.key.as_str(), told);
        }
        let mut meetings = HashMap::new();
        for meeting in &self.content.meeting {
            let name = format!("meeting {}", meeting.on);
            let new = self.meeting(meeting, &wishes);
            let id = self.tell(&meeting.child, &meeting.by, &name, new).await?;
            meetings.insert((meeting.child.as_str(), meeting.on.as_str()), id);
        }
        for talk in &self.content.talk {
            let about = meetings.get(&(talk.child.as_str(), talk.on.as_str())).copied();
            self.talk(talk, about).await?;
        }
        Ok(())
    }

    /// The wish of this key, told now if it was not yet.
    pub(super) async fn wished(&self, key: &str) -> Result<Uuid, DemoError> {
        let wish = self.content.wish.iter().find(|wish| wish.key == key);
        let wish = wish.ok_or_else(|| DemoError::Content(format!("{key}: no such wish")))?;
        self.tell(&wish.child, self.own(&wish.child)?, key, self.wish(wish)).await
    }

    /// The key of the one whose book it is.
    pub(super) fn own(&self, child: &str) -> Result<&str, DemoError> {
        let own = self.content.person.iter().find(|person| person.child.as_deref() == Some(child));
        own.map(|person| person.key.as_str())
            .ok_or_else(|| DemoError::Content(format!("{child} has no way in")))
    }

    fn wish(&self, wish: &Wish) -> NewWish {
        NewWish {
            what: Some(wish.what.clone()),
            to: wish.to.as_ref().map(|key| self.person(key).0),
            words: wish.words.clone(),
            ..NewWish::default()
        }
    }

    fn meeting(&self, meeting: &Meeting, wishes: &HashMap<&str, Uuid>) -> NewMeeting {
        NewMeeting {
            with: meeting.with.iter().map(|key| self.person(key).0).collect(),
            others: meeting.others.clone(),
            on: Some(meeting.on.clone()),
            at: meeting.at.clone(),
            place: meeting.place.clone(),
            about: meeting.about.clone(),
            state: meeting.state.clone(),
            wish: meeting.answers.as_ref().and_then(|key| wishes.get(key.as_str()).copied()),
        }
    }

    async fn answer(&self, wish: &Wish, id: Uuid) -> Result<(), DemoError> {
        let (Some(by), Some(words)) = (&wish.answered_by, &wish.answer) else { return Ok(()) };
        let wrong = |why: String| DemoError::Content(format!("{}: {why}", wish.key));
        let stored = self.app.db.life_record::<SealedWish>(id).await?;
        let stored = stored.ok_or_else(|| wrong("the wish is not there".into()))?;
        let caller = self.caller(by).await?;
        let may = MayAnswerWish::grant(self.app, caller, stored).await?;
        let idempotency =
            Idempotency { key: format!("demo answer {}", wish.key), request_digest: String::new() };
        let new = NewAnswer { words: words.clone() };
        let answered = wishes::answer(self.app, &may, new, Some(idempotency)).await;
        answered.map(drop).map_err(|problem| wrong(problem.words().1.detail))
    }

    async fn talk(&self, talk: &Talk, about: Option<Uuid>) -> Result<(), DemoError> {
        let child = self.child(&talk.child);
        let caller = self.caller(self.own(&talk.child)?).await?;
        let around = self.app.db.people_around(child, caller.today).await?;
        let advisers = around.into_iter().filter(|(_, role, _)| *role == Role::Caseworker);
        let people = advisers.map(|(person, ..)| person).collect();
        let faces = Question::ALL.into_iter().zip(talk.faces);
        let new = NewOwnPage {
            text: Some(talk.words.clone()),
            sharing: if talk.alone { Sharing::Nobody } else { Sharing::Some { people } },
            faces: faces.map(|(question, face)| Face { question, face }).collect(),
            about,
            ..NewOwnPage::default()
        };
        let may = MayMakeOwnPages::grant(self.app, caller, child).await?;
        let key = format!("demo talk {} {}", talk.child, talk.on);
        let idempotency = Idempotency { key, request_digest: String::new() };
        let sealed = own_pages::make(self.app, &may, new, Some(idempotency)).await;
        sealed.map(drop).map_err(|problem| DemoError::Content(problem.words().1.detail))
    }

    /// Somebody of the demo as they call today.
    pub(super) async fn caller(&self, key: &str) -> Result<Caller, DemoError> {
        let id = self.person(key);
        let person = self.app.db.person(id).await?.ok_or(Problem::NotFound)?;
        Ok(Caller::new(id, person, self.app.today()))
    }
}
