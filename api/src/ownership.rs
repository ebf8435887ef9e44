//! What the one a book is about decides as its owner: who keeps reading it. Chosen from 16 on, it counts from the 18th
//! birthday, and can be chosen otherwise on any day of a life.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::{self, SignInLink};
use crate::app::App;
use crate::auth::MayDecideAsOwner;
use crate::db::adults::Tie;
use crate::db::deposits::Idempotency;
use crate::db::life::StoredLife;
use crate::deposit::{self, Deposited};
use crate::domain::access::{GROWN_AT, Span, may_be_chosen, span};
use crate::domain::access_policy::Afterwards;
use crate::domain::document::Person;
use crate::domain::ids::{ChildId, PersonId, following};
use crate::domain::life::LifeRecord;
use crate::domain::ownership::{Ownership, Reach};
use crate::fields::{required_line, required_name, unless_wrong, words};
use crate::problem::{FieldProblem, Problem};
use crate::register;

/// So many people are chosen at most; a life in many homes has some dozen around it.
const PEOPLE: usize = 200;
/// What is said of the time after one's death is no longer than this.
const AFTERWARDS_CHARACTERS: usize = 1_000;

/// Who reads on, as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReaders {
    /// Whoever is not named stays as they are.
    #[schema(required)]
    #[serde(default)]
    pub readers: Vec<NewReader>,
}

/// One of those who are or were around the child.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReader {
    pub person: Uuid,
    /// nothing, read or write; who writes reads too.
    #[schema(example = "read")]
    pub may: String,
}

/// Somebody who can be let in, and whether they are.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: PersonId,
    pub person: Person,
    /// The first day on which they were around the child.
    pub from: NaiveDate,
    /// The last one; absent while it goes on.
    pub until: Option<NaiveDate>,
    pub reach: Option<Reach>,
}

/// How far somebody is let in, as it is asked for and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Asked {
    Nothing,
    Read,
    Write,
}

/// Those who can be let in: who is around the child first, then who was, the last one first.
pub async fn candidates(app: &App, may: &MayDecideAsOwner) -> Result<Vec<Candidate>, Problem> {
    let owned = decided(app, may.child).await?.map(|stored| stored.record);
    let ties = app.db.ties_of(may.child, may.caller.today).await?;
    let mut found: Vec<Candidate> = Vec::new();
    for tie in ties.iter().filter(|tie| may_be_chosen(tie.role) && tie.id != may.caller.id) {
        match found.iter_mut().find(|known| known.id == tie.id) {
            Some(known) => known.was_also(tie),
            None => found.push(Candidate::by(tie, owned.as_ref())),
        }
    }
    let today = may.caller.today;
    let over = |one: &Candidate| one.until.filter(|until| *until < today);
    found.sort_by(|one, other| {
        let last_first = |until: Option<NaiveDate>| std::cmp::Reverse(until.unwrap_or(NaiveDate::MAX));
        let place = |one: &Candidate| (last_first(over(one)), one.person.name.clone());
        place(one).cmp(&place(other))
    });
    Ok(found)
}

/// Seals who reads on. It counts at once: who is let in no more reads nothing more.
pub async fn choose(
    app: &App,
    may: &MayDecideAsOwner,
    new: NewReaders,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let Decided { next, mut owned } = Decided::of(app, may.child).await?;
    let candidates = candidates(app, may).await?;
    let mut wrong = Vec::new();
    for (number, reader) in new.readers.iter().enumerate() {
        let person = PersonId(reader.person);
        if !candidates.iter().any(|known| known.id == person) {
            return Err(Problem::NotFound);
        }
        let field = format!("readers[{number}].may");
        if let Some(asked) = required_name::<Asked>(&mut wrong, &field, Some(&reader.may)) {
            owned.choose(person, asked.reach(), may.caller.today);
        }
    }
    check_number(&mut wrong, &new);
    seal(app, may, Decided { next, owned: unless_wrong(wrong, owned)? }, idempotency).await
}

/// Who else may be given something once the owner is dead, as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAfterwards {
    /// yes or no for the next of kin; left out: nothing said, and closed.
    #[schema(example = "yes")]
    pub next_of_kin: Option<String>,
    /// yes or no for research; left out: nothing said, and closed.
    pub researcher: Option<String>,
    /// Who, and who not. Up to 1,000 characters.
    pub words: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Yes,
    No,
}

/// Seals what the owner says of the time after their death. It can be said otherwise on any day.
pub async fn say_afterwards(
    app: &App,
    may: &MayDecideAsOwner,
    new: NewAfterwards,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    if may.ties.age < GROWN_AT {
        return Err(Problem::NotGrown);
    }
    let mut wrong = Vec::new();
    let mut said = |field: &str, given: &Option<String>| {
        let given = given.as_deref().filter(|given| !given.is_empty())?;
        Some(matches!(required_name::<Said>(&mut wrong, field, Some(given))?, Said::Yes))
    };
    let next_of_kin = said("next_of_kin", &new.next_of_kin);
    let researcher = said("researcher", &new.researcher);
    let words = new.words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    if let Some(words) = &words {
        required_line(&mut wrong, "words", words, AFTERWARDS_CHARACTERS);
    }
    let mut decided = Decided::of(app, may.child).await?;
    decided.owned.afterwards = unless_wrong(wrong, Some(Afterwards { next_of_kin, researcher, words }))?;
    seal(app, may, decided, idempotency).await
}

/// Somebody who reads along today, as they are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHelper {
    /// Up to 200 characters.
    #[schema(required, example = "Signe")]
    pub name: Option<String>,
}

/// Somebody who reads along, and the link they come in by.
pub struct Helper {
    pub id: PersonId,
    pub name: String,
    pub link: SignInLink,
    /// The last day.
    pub until: NaiveDate,
}

/// Lets somebody read along for the rest of the day, as the grown person's guest. The link is shown once.
pub async fn invite(app: &App, may: &MayDecideAsOwner, new: NewHelper) -> Result<Helper, Problem> {
    let mut wrong = Vec::new();
    let name = words(&mut wrong, "name", ("et navn", "a name"), new.name);
    let mut decided = Decided::of(app, may.child).await?;
    if decided.owned.readers.len() >= PEOPLE {
        let (da, en) =
            ("Der er lukket for mange ind. Luk nogen ud først.", "Too many are let in. End some first.");
        wrong.push(FieldProblem::new("name", "too_many", da, en));
    }
    let name = unless_wrong(wrong, name)?;
    if may.ties.age < GROWN_AT {
        return Err(Problem::NotGrown);
    }
    let municipality = app.db.child(may.child).await?.ok_or(Problem::NotFound)?.municipality;
    let person = Person { municipality, name: name.clone(), title: "hjælper".into(), phone: None };
    let id = register::person(app, app.new_id(), person).await?;
    let until = may.caller.today;
    decided.owned.invite(id, until);
    seal(app, may, decided, None).await?;
    let link = accounts::issue_link(app, id, None).await?;
    Ok(Helper { id, name, link, until })
}

/// What was decided until now, and the version of the record that comes next.
pub(crate) struct Decided {
    next: u32,
    pub owned: Ownership,
}

impl Decided {
    pub async fn of(app: &App, child: ChildId) -> Result<Self, Problem> {
        Ok(match decided(app, child).await? {
            Some(stored) => Self { next: stored.version + 1, owned: stored.record },
            None => Self { next: 1, owned: Ownership::of(child, app.now()) },
        })
    }
}

/// Seals what is decided now.
pub(crate) async fn seal(
    app: &App,
    may: &MayDecideAsOwner,
    Decided { next, owned }: Decided,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let body = Ownership { told_at: app.now(), ..owned }.into_body();
    let next = (record_of(may.child), next);
    let sealed = deposit::for_child(app, may.caller.id, may.child, next, body, idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// What the owner has decided; nothing where there is no record of it.
pub async fn decided(app: &App, child: ChildId) -> Result<Option<StoredLife<Ownership>>, Problem> {
    Ok(app.db.life_record::<Ownership>(record_of(child)).await?)
}

/// The one record of a child. Its id follows from the child's, so that two first ones can never lie side by side, and
/// nobody who was let go stay let in by the other.
fn record_of(child: ChildId) -> Uuid {
    following(&format!("livsbog/ownership\n{child}"))
}

fn check_number(wrong: &mut Vec<FieldProblem>, new: &NewReaders) {
    if new.readers.is_empty() {
        let (da, en) = ("Skriv, hvem det er om.", "Say whom it is about.");
        wrong.push(FieldProblem::new("readers", "required", da, en));
    }
    if new.readers.len() > PEOPLE {
        let (da, en) = (format!("Højst {PEOPLE} ad gangen."), format!("At most {PEOPLE} at a time."));
        wrong.push(FieldProblem::new("readers", "too_many", da, en));
    }
}

impl Asked {
    fn reach(self) -> Option<Reach> {
        match self {
            Self::Nothing => None,
            Self::Read => Some(Reach::Read),
            Self::Write => Some(Reach::Write),
        }
    }
}

impl Candidate {
    fn by(tie: &Tie, owned: Option<&Ownership>) -> Self {
        Self {
            id: tie.id,
            person: tie.person.clone(),
            from: tie.since,
            until: tie.until,
            reach: owned.and_then(|owned| owned.reach(tie.id)),
        }
    }

    /// Ties come first to last. That somebody is let in says nothing of how long they were around.
    fn was_also(&mut self, tie: &Tie) {
        if span(tie.role) != Span::Grown {
            self.until = self.until.zip(tie.until).map(|(one, other)| one.max(other));
        }
    }

    /// nothing, read or write.
    pub fn may(&self) -> &'static str {
        match self.reach {
            None => "nothing",
            Some(Reach::Read) => "read",
            Some(Reach::Write) => "write",
        }
    }
}
