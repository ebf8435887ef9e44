//! What a child wishes of its adults, what they answer, and when they meet.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::MayAnswerWish;
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::domain::access::{Right, Ties};
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, EntryId, PersonId};
use crate::domain::life::LifeRecord;
use crate::domain::meeting::{Answer, Meeting, MeetingState, Wish, WishKind};
use crate::fields::{check_characters, line, required_day, required_line, required_name, unless_wrong};
use crate::life::{Telling, Told};
use crate::problem::{FieldProblem, Problem};

/// What a child writes, and what it is answered, is no longer than this.
const WISH_CHARACTERS: usize = 2_000;
/// So many people come to a meeting at most.
const PEOPLE: usize = 20;

/// A meeting as it is told of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    /// People around the child, besides the child itself.
    #[serde(default)]
    pub with: Vec<Uuid>,
    /// Others who come, in words.
    #[serde(default)]
    pub others: Vec<String>,
    /// The day.
    #[schema(required, example = "2026-12-01")]
    pub on: Option<String>,
    /// Danish time; left out while nobody knows.
    #[schema(example = "14:00")]
    pub at: Option<String>,
    /// Where: "hjemme hos jer".
    pub place: Option<String>,
    /// What it is about, in a line.
    pub about: Option<String>,
    /// planned when left out; held or cancelled.
    pub state: Option<String>,
    /// The child's wish that it answers.
    pub wish: Option<Uuid>,
}

/// A wish as the child tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    /// meeting, page, other or no.
    #[schema(required, example = "meeting")]
    pub what: Option<String>,
    /// The page it is about.
    pub about: Option<Uuid>,
    /// Whom the child asks; any of its adults when left out.
    pub to: Option<Uuid>,
    /// Up to 2,000 characters.
    pub words: Option<String>,
    /// Taken back: shown no more.
    #[serde(default)]
    pub withdrawn: bool,
}

/// An adult's answer to a wish.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// In words the child understands; up to 2,000 characters.
    pub words: String,
}

impl Told for NewMeeting {
    type Record = Meeting;

    async fn checked(self, telling: &Telling<'_>) -> Result<Meeting, Problem> {
        let mut wrong = Vec::new();
        let with = telling.adults(&mut wrong, &self.with).await?;
        let others = self.others.into_iter().filter_map(|other| line(&mut wrong, "others", Some(other)));
        let others: Vec<String> = others.take(PEOPLE).collect();
        if with.is_empty() && others.is_empty() {
            let (da, en) = ("Skriv, hvem der er med.", "Say who comes.");
            wrong.push(FieldProblem::new("with", "required", da, en));
        }
        let state = self.state.as_deref().unwrap_or("planned");
        let state = required_name(&mut wrong, "state", Some(state)).unwrap_or(MeetingState::Planned);
        // What was held, was held on a day that has come.
        let latest = (state == MeetingState::Held).then_some(telling.caller.today);
        let on = required_day(&mut wrong, "on", self.on.as_deref(), latest);
        let meeting = Meeting {
            child: telling.child,
            with,
            others,
            on: on.unwrap_or(telling.caller.today),
            at: hour(&mut wrong, self.at.as_deref()),
            place: line(&mut wrong, "place", self.place),
            about: line(&mut wrong, "about", self.about),
            state,
            wish: telling.wish(&mut wrong, self.wish).await?,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, meeting)
    }
}

impl Told for NewWish {
    type Record = Wish;

    async fn checked(self, telling: &Telling<'_>) -> Result<Wish, Problem> {
        let mut wrong = Vec::new();
        let words = self.words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        if let Some(words) = &words {
            required_line(&mut wrong, "words", words, WISH_CHARACTERS);
        }
        let wish = Wish {
            child: telling.child,
            what: required_name(&mut wrong, "what", self.what.as_deref()).unwrap_or(WishKind::Other),
            about: telling.page(&mut wrong, self.about).await?,
            to: telling.person(&mut wrong, "to", self.to).await?,
            words,
            answer: None,
            withdrawn: self.withdrawn,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, wish)
    }
}

/// Seals an answer: a new version of the wish.
pub async fn answer(
    app: &App,
    may: &MayAnswerWish,
    new: NewAnswer,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut wrong = Vec::new();
    required_line(&mut wrong, "words", &new.words, WISH_CHARACTERS);
    let words = unless_wrong(wrong, new.words.trim().to_owned())?;
    let answer = Some(Answer { by: may.caller.id, at: app.now(), words });
    let body = Wish { answer, ..may.stored.record.clone() }.into_body();
    let (child, next) = (may.stored.record.child, (may.stored.id, may.stored.version + 1));
    let sealed = deposit::for_child(app, may.caller.id, child, next, body, idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// The wish that a page answers, which only those who may answer wishes can name.
pub async fn wished_page(
    app: &App,
    ties: &Ties,
    child: ChildId,
    wish: Option<Uuid>,
) -> Result<Option<Uuid>, Problem> {
    let Some(id) = wish else { return Ok(None) };
    let stored = app.db.life_record::<Wish>(id).await?.filter(|stored| stored.record.child == child);
    let asks = |wish: &Wish| wish.what == WishKind::Page && !wish.withdrawn;
    let found = stored.is_some_and(|stored| asks(&stored.record)) && ties.may(Right::AnswerWishes);
    if found { Ok(Some(id)) } else { Err(Problem::NotFound) }
}

impl Telling<'_> {
    /// Those around the child, and those who were: a meeting is told of afterwards too.
    async fn adults(&self, wrong: &mut Vec<FieldProblem>, given: &[Uuid]) -> Result<Vec<PersonId>, Problem> {
        let known = self.app.db.ties_of(self.child, self.caller.today).await?;
        let given: Vec<PersonId> = given.iter().take(PEOPLE).copied().map(PersonId).collect();
        let is_adult = |id: &PersonId| known.iter().any(|tie| tie.id == *id && tie.role != Role::Own);
        if !given.iter().all(is_adult) {
            let (da, en) = ("Vælg blandt barnets voksne.", "Choose among the child's adults.");
            wrong.push(FieldProblem::new("with", "unknown_value", da, en));
        }
        Ok(given)
    }

    async fn wish(
        &self,
        wrong: &mut Vec<FieldProblem>,
        given: Option<Uuid>,
    ) -> Result<Option<Uuid>, Problem> {
        let Some(id) = given else { return Ok(None) };
        let found = self.app.db.life_record::<Wish>(id).await?;
        if found.is_none_or(|stored| stored.record.child != self.child) {
            unknown(wrong, "wish");
        }
        Ok(Some(id))
    }

    async fn page(
        &self,
        wrong: &mut Vec<FieldProblem>,
        given: Option<Uuid>,
    ) -> Result<Option<EntryId>, Problem> {
        let Some(id) = given.map(EntryId) else { return Ok(None) };
        let found = self.app.db.entry(id).await?;
        if found.is_none_or(|stored| stored.entry.child != self.child) {
            unknown(wrong, "about");
        }
        Ok(Some(id))
    }
}

fn unknown(wrong: &mut Vec<FieldProblem>, field: &str) {
    let (da, en) = ("Det står ikke i barnets bog.", "That does not stand in the child's book.");
    wrong.push(FieldProblem::new(field, "unknown_value", da, en));
}

/// A time of day as a clock shows it.
fn hour(wrong: &mut Vec<FieldProblem>, given: Option<&str>) -> Option<NaiveTime> {
    let given = given.map(str::trim).filter(|given| !given.is_empty())?;
    check_characters(wrong, "at", given, false);
    let at = NaiveTime::parse_from_str(given, "%H:%M").ok();
    let at = at.or_else(|| NaiveTime::parse_from_str(given, "%H:%M:%S").ok());
    if at.is_none() {
        let (da, en) = ("Klokken skrives som 14:30.", "The time is written like 14:30.");
        wrong.push(FieldProblem::new("at", "malformed_time", da, en));
    }
    at
}
