//! The people, the schools and the clubs in a child's life, as those around it and the child itself tell of them.

use renderer::book::PeopleGroup;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{Caller, MayChangeLife, MayTell};
use crate::contribute::usable_files;
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::domain::access::Ties;
use crate::domain::content_warning::ContentWarning;
use crate::domain::ids::{ChildId, EntryId, MediaId, PersonId};
use crate::domain::life::{LifeRecord, Relation, School, SchoolKind};
use crate::domain::loss::{Became, Loss};
use crate::fields::{check_order, day, line, required_day, required_name, unless_wrong, words};
use crate::problem::{FieldProblem, Problem};

/// Somebody in the child's life as they are told of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRelation {
    /// As the child calls them; up to 200 characters.
    #[schema(required, example = "Mormor Asta")]
    pub name: Option<String>,
    /// What they are to the child, in plain words.
    #[schema(required, example = "mormor")]
    pub title: Option<String>,
    /// family, foster, chosen, friend, pet or professional.
    #[schema(required, example = "family")]
    pub group: Option<String>,
    /// A line about them.
    pub words: Option<String>,
    /// A picture that stands in the child's book, or that the caller uploaded.
    pub picture: Option<Uuid>,
    /// The same person in the register, if they are around the child today.
    pub person: Option<Uuid>,
    /// The day they came into the child's life.
    pub from: Option<String>,
    /// The last day; left out while they are there.
    pub until: Option<String>,
    /// The day they died.
    pub died: Option<String>,
    /// It was wrong: shown no more.
    #[serde(default)]
    pub removed: bool,
}

/// A nursery, a school or a club as it is told of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSchool {
    /// nursery, kindergarten, school, after_school, club or other.
    #[schema(required, example = "school")]
    pub kind: Option<String>,
    /// Up to 200 characters.
    #[schema(required, example = "Tranemose Skole")]
    pub name: Option<String>,
    /// The town.
    pub place: Option<String>,
    /// A line about it.
    pub words: Option<String>,
    /// A picture that stands in the child's book, or that the caller uploaded.
    pub picture: Option<Uuid>,
    /// The first day.
    #[schema(required, example = "2022-08-10")]
    pub from: Option<String>,
    /// The last day; left out while the child goes there.
    pub to: Option<String>,
    /// It was wrong: shown no more.
    #[serde(default)]
    pub removed: bool,
}

/// Something that was there and is gone, as it is told of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLoss {
    /// Up to 200 characters.
    #[schema(required, example = "Dagbogen fra Solbakken")]
    pub what: Option<String>,
    /// destroyed, lost, withheld (it lies somewhere and is not given out), or found: it has turned up.
    #[schema(required, example = "lost")]
    pub became: Option<String>,
    /// How one knows that it was there.
    #[schema(required, example = "Den er nævnt i statusnotatet fra 2008.")]
    pub known_from: Option<String>,
    /// Where it was seen last.
    pub kept_by: Option<String>,
    /// What is known of how, when and by whom.
    pub words: Option<String>,
    /// The first day it is about.
    pub from: Option<String>,
    /// The last one.
    pub until: Option<String>,
    /// It was told wrongly: shown no more.
    #[serde(default)]
    pub removed: bool,
}

/// What the reader of a page is told before it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContentWarning {
    /// The page; in a new version left out, it stays the same.
    pub entry: Option<Uuid>,
    /// Up to 200 characters.
    #[schema(required, example = "Her står om vold. Slutningen er god.")]
    pub words: Option<String>,
    /// It is shown no more.
    #[serde(default)]
    pub removed: bool,
}

/// Who tells, and of whom.
pub struct Telling<'a> {
    pub app: &'a App,
    pub caller: &'a Caller,
    pub ties: &'a Ties,
    pub child: ChildId,
}

/// What is told, as it was asked for.
pub trait Told {
    type Record: LifeRecord;

    /// The record, or every field that is wrong.
    fn checked(self, telling: &Telling<'_>) -> impl Future<Output = Result<Self::Record, Problem>>;
}

/// Seals the first version of a record.
pub async fn add<T: Told>(
    app: &App,
    may: &MayTell<T::Record>,
    told: T,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let telling = Telling { app, caller: &may.caller, ties: &may.ties, child: may.child };
    let body = told.checked(&telling).await?.into_body();
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), body, idempotency).await
}

/// Seals a new version of a record.
pub async fn change<T: Told>(
    app: &App,
    may: &MayChangeLife<T::Record>,
    told: T,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let child = may.stored.record.child();
    let telling = Telling { app, caller: &may.caller, ties: &may.ties, child };
    let body = told.checked(&telling).await?.into_body();
    let next = (may.stored.id, may.stored.version + 1);
    let sealed = deposit::for_child(app, may.caller.id, child, next, body, idempotency).await;
    sealed.map_err(deposit::overtaken)
}

impl Told for NewRelation {
    type Record = Relation;

    async fn checked(self, telling: &Telling<'_>) -> Result<Relation, Problem> {
        let mut wrong = Vec::new();
        let today = Some(telling.caller.today);
        let from = day(&mut wrong, "from", self.from.as_deref(), today);
        let until = day(&mut wrong, "until", self.until.as_deref(), None);
        check_order(&mut wrong, "until", from, until);
        let relation = Relation {
            child: telling.child,
            name: words(&mut wrong, "name", ("et navn", "a name"), self.name),
            title: words(
                &mut wrong,
                "title",
                ("hvad I er for hinanden", "what you are to each other"),
                self.title,
            ),
            group: required_name::<PeopleGroup>(&mut wrong, "group", self.group.as_deref())
                .unwrap_or(PeopleGroup::Family),
            words: line(&mut wrong, "words", self.words),
            picture: telling.picture(self.picture).await?,
            person: telling.person(&mut wrong, "person", self.person).await?,
            from,
            until,
            died: day(&mut wrong, "died", self.died.as_deref(), today),
            removed: self.removed,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, relation)
    }
}

impl Told for NewSchool {
    type Record = School;

    async fn checked(self, telling: &Telling<'_>) -> Result<School, Problem> {
        let mut wrong = Vec::new();
        let from = required_day(&mut wrong, "from", self.from.as_deref(), None);
        let to = day(&mut wrong, "to", self.to.as_deref(), None);
        check_order(&mut wrong, "to", from, to);
        let school = School {
            child: telling.child,
            kind: required_name::<SchoolKind>(&mut wrong, "kind", self.kind.as_deref())
                .unwrap_or(SchoolKind::Other),
            name: words(&mut wrong, "name", ("et navn", "a name"), self.name),
            place: line(&mut wrong, "place", self.place),
            words: line(&mut wrong, "words", self.words),
            picture: telling.picture(self.picture).await?,
            from: from.unwrap_or(telling.caller.today),
            to,
            removed: self.removed,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, school)
    }
}

impl Told for NewContentWarning {
    type Record = ContentWarning;

    async fn checked(self, telling: &Telling<'_>) -> Result<ContentWarning, Problem> {
        let mut wrong = Vec::new();
        let entry = EntryId(self.entry.unwrap_or_default());
        let found = telling.app.db.entry(entry).await?;
        if found.is_none_or(|stored| stored.entry.child != telling.child) {
            let (da, en) = ("Det står ikke i barnets bog.", "That does not stand in the child's book.");
            wrong.push(FieldProblem::new("entry", "unknown_value", da, en));
        }
        let warning = ContentWarning {
            child: telling.child,
            entry,
            words: words(&mut wrong, "words", ("en advarsel", "warning"), self.words),
            removed: self.removed,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, warning)
    }
}

impl Told for NewLoss {
    type Record = Loss;

    async fn checked(self, telling: &Telling<'_>) -> Result<Loss, Problem> {
        let mut wrong = Vec::new();
        let today = Some(telling.caller.today);
        let from = day(&mut wrong, "from", self.from.as_deref(), today);
        let until = day(&mut wrong, "until", self.until.as_deref(), today);
        check_order(&mut wrong, "until", from, until);
        let known_from = ("hvorfra man ved, at det har været der", "how one knows that it was there");
        let loss = Loss {
            child: telling.child,
            what: words(&mut wrong, "what", ("hvad det var", "what it was"), self.what),
            from,
            until,
            kept_by: line(&mut wrong, "kept_by", self.kept_by),
            became: required_name::<Became>(&mut wrong, "became", self.became.as_deref())
                .unwrap_or(Became::Lost),
            words: line(&mut wrong, "words", self.words),
            known_from: words(&mut wrong, "known_from", known_from, self.known_from),
            removed: self.removed,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, loss)
    }
}

impl Telling<'_> {
    async fn picture(&self, given: Option<Uuid>) -> Result<Option<MediaId>, Problem> {
        let Some(id) = given else { return Ok(None) };
        let id = MediaId(id);
        let found = usable_files(self.app, self.caller, self.ties, self.child, &[id]).await?;
        if found.iter().any(|stored| stored.media.width.is_some()) {
            return Ok(Some(id));
        }
        let (da, en) = ("Det er ikke et billede.", "That is not a picture.");
        Err(Problem::Invalid(vec![FieldProblem::new("picture", "unknown_value", da, en)]))
    }

    /// Somebody of the register is named by those who know that they are around the child.
    pub async fn person(
        &self,
        wrong: &mut Vec<FieldProblem>,
        field: &str,
        given: Option<Uuid>,
    ) -> Result<Option<PersonId>, Problem> {
        let Some(person) = given.map(PersonId) else { return Ok(None) };
        let around = self.app.db.people_around(self.child, self.caller.today).await?;
        if !around.iter().any(|(known, _, _)| *known == person) {
            let (da, en) = ("Vælg blandt dem, der er om barnet.", "Choose among those around the child.");
            wrong.push(FieldProblem::new(field, "unknown_value", da, en));
        }
        Ok(Some(person))
    }
}
