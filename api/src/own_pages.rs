//! Pages that a child makes itself: made, changed, shared and taken back. Each change is a new version; what was shared
//! once stays sealed as it was, and is shown to nobody the newest version is not for.

use renderer::book::ChapterKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{Caller, MayChangeOwnPage, MayMakeOwnPages};
use crate::contribute::{NewMedia, files, host};
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited};
use crate::domain::access::{Right, Ties, age_on, rights};
use crate::domain::document::Body;
use crate::domain::ids::ChildId;
use crate::domain::meeting::Meeting;
use crate::domain::own_page::{Face, OwnPage, Sharing};
use crate::fields::{check_characters, line, name, unless_wrong};
use crate::problem::{FieldProblem, Limited, Problem};

/// A page as it is asked for. It needs a title, a text, a file or faces; a drawing alone is a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOwnPage {
    /// Up to 200 characters.
    #[schema(example = "Min hule")]
    pub title: Option<String>,
    #[schema(example = "Den er lavet af grene. Kun Viggo ved, hvor den er.")]
    pub text: Option<String>,
    /// BCP 47; Danish when left out.
    pub language: Option<String>,
    /// Files the child has uploaded, or sees in its book.
    #[serde(default)]
    pub media: Vec<NewMedia>,
    /// The chapter's name, for example `good-at`; `me-now` when left out.
    pub chapter: Option<String>,
    /// With nobody when left out.
    #[serde(default)]
    pub sharing: Sharing,
    /// An entry: this is how the child remembers the same. Said with the first version, and stays.
    pub beside: Option<Uuid>,
    /// After a talk: a face for each question. The page stands among the talks then, not in the book.
    #[serde(default)]
    pub faces: Vec<Face>,
    /// The meeting it is about.
    pub about: Option<Uuid>,
}

/// Seals a new page.
pub async fn make(
    app: &App,
    may: &MayMakeOwnPages,
    new: NewOwnPage,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let beside = host(app, &may.caller, &may.ties, may.child, new.beside).await?;
    let mut page = checked(app, &may.caller, &may.ties, may.child, new).await?;
    page.beside = beside;
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), Body::OwnPage(page), idempotency)
        .await
}

/// Seals a new version of a page.
pub async fn change(
    app: &App,
    may: &MayChangeOwnPage,
    new: NewOwnPage,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let before = &may.stored;
    let mut page = checked(app, &may.caller, &may.ties, before.page.child, new).await?;
    (page.made_at, page.author, page.beside) = (before.page.made_at, before.page.author, before.page.beside);
    let (child, next) = (before.page.child, (before.id.0, before.version + 1));
    let sealed = deposit::for_child(app, may.caller.id, child, next, Body::OwnPage(page), idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// The page that was asked for, or every field that is wrong.
async fn checked(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    child: ChildId,
    new: NewOwnPage,
) -> Result<OwnPage, Problem> {
    let limit = app.config.limits.text_characters;
    let text = new.text.unwrap_or_default().trim().to_owned();
    if text.chars().count() > limit {
        return Err(Problem::TooLarge { what: Limited::Text, limit: limit as u64 });
    }
    let mut wrong = Vec::new();
    check_characters(&mut wrong, "text", &text, true);
    let title = line(&mut wrong, "title", new.title).unwrap_or_default();
    let media = files(app, &mut wrong, child, caller, ties, new.media).await?;
    check_talk(app, &mut wrong, child, &new.faces, new.about).await?;
    if text.is_empty() && title.is_empty() && media.is_empty() && new.faces.is_empty() {
        let (da, en) = ("Siden er tom endnu.", "The page is still empty.");
        wrong.push(FieldProblem::new("text", "required", da, en));
    }
    check_sharing(app, &mut wrong, child, caller, &new.sharing).await?;
    let page = OwnPage {
        child,
        title,
        text,
        language: line(&mut wrong, "language", new.language).unwrap_or_else(|| "da".into()),
        media,
        chapter: name::<ChapterKind>(&mut wrong, "chapter", new.chapter.as_deref()),
        sharing: new.sharing,
        beside: None,
        faces: new.faces,
        about: new.about,
        author: caller.id,
        made_at: app.now(),
    };
    unless_wrong(wrong, page)
}

/// Each question has one of four faces, once; and the meeting is the child's.
async fn check_talk(
    app: &App,
    wrong: &mut Vec<FieldProblem>,
    child: ChildId,
    faces: &[Face],
    about: Option<Uuid>,
) -> Result<(), Problem> {
    let once = |face: &Face| faces.iter().filter(|other| other.question == face.question).count() == 1;
    if !faces.iter().all(|face| (1..=4).contains(&face.face) && once(face)) {
        let (da, en) = ("Vælg et ansigt til hvert spørgsmål.", "Choose one face for each question.");
        wrong.push(FieldProblem::new("faces", "unknown_value", da, en));
    }
    let Some(about) = about else { return Ok(()) };
    let meeting = app.db.life_record::<Meeting>(about).await?;
    if meeting.is_none_or(|stored| stored.record.child != child) {
        let (da, en) = ("Det møde kender vi ikke.", "We do not know that meeting.");
        wrong.push(FieldProblem::new("about", "unknown_value", da, en));
    }
    Ok(())
}

/// A page is shared with people who may read the book; nobody else learns of it by being named.
async fn check_sharing(
    app: &App,
    wrong: &mut Vec<FieldProblem>,
    child: ChildId,
    caller: &Caller,
    sharing: &Sharing,
) -> Result<(), Problem> {
    let Sharing::Some { people } = sharing else { return Ok(()) };
    let readers = readers(app, child, caller).await?;
    if people.is_empty() || people.iter().any(|person| !readers.iter().any(|(known, _)| known == person)) {
        let (da, en) = ("Vælg blandt dem, der må læse i bogen.", "Choose among those who may read the book.");
        wrong.push(FieldProblem::new("sharing.people", "unknown_value", da, en));
    }
    Ok(())
}

/// The others who may read a child's book today, with their names.
pub async fn readers(
    app: &App,
    child: ChildId,
    caller: &Caller,
) -> Result<Vec<(crate::domain::ids::PersonId, String)>, Problem> {
    let around = app.db.people_around(child, caller.today).await?;
    let age = app.db.child(child).await?.map_or(0, |child| age_on(child.born, caller.today));
    let mut readers: Vec<_> = around
        .into_iter()
        .filter(|(person, role, _)| *person != caller.id && rights(*role, age).contains(&Right::ReadBook))
        .map(|(person, _, body)| (person, format!("{}, {}", body.name, body.title)))
        .collect();
    readers.sort_by(|one, other| one.1.cmp(&other.1));
    readers.dedup();
    Ok(readers)
}
