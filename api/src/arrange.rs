//! How a child arranges its own book: the cover, what it is called in it, and the pages it does not want to meet.

use std::collections::BTreeSet;

use renderer::book::Cloth;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayArrangeBook, MayRead};
use crate::books;
use crate::db::deposits::Idempotency;
use crate::db::life::StoredLife;
use crate::deposit::{self, Deposited};
use crate::domain::access::Right;
use crate::domain::document::{Body, Child};
use crate::domain::ids::{ChildId, EntryId, MediaId, OwnPageId};
use crate::domain::life::Choices;
use crate::fields::{line, name, unless_wrong};
use crate::problem::{FieldProblem, Problem};
use crate::register;

/// A child hides this many pages at most.
const HIDDEN: usize = 5_000;

/// There is one record of a child's choices: of two first ones at the same moment the second is its next version.
static HIDING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// How the child wants its book. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLook {
    /// What the child wants to be called, up to 200 characters; empty: by its whole name.
    #[schema(example = "Alma")]
    pub called: Option<String>,
    /// What the child was called before, up to 200 characters: told on pages that name it so. Empty: told nowhere.
    pub called_before: Option<String>,
    /// Up to 200 characters.
    #[schema(example = "Almas bog")]
    pub book_title: Option<String>,
    /// sea, forest, sky, plum, berry, rust, honey or night.
    #[schema(example = "berry")]
    pub cloth: Option<String>,
    /// A picture on a page that everybody who reads the book reads.
    pub cover: Option<Uuid>,
}

/// A page the child hides from itself, or takes out again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hiding {
    /// An entry, or a page of the child's own.
    pub page: Uuid,
    /// False: it is met again.
    pub hidden: bool,
}

/// Seals the child's record with the look it chose.
pub async fn look(
    app: &App,
    may: &MayArrangeBook,
    new: NewLook,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    register::once(app, &may.caller, idempotency, async || {
        let before = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
        let mut wrong = Vec::new();
        let called = match new.called {
            Some(called) => line(&mut wrong, "called", Some(called)),
            None => before.called,
        };
        let called_before = match new.called_before {
            Some(called) => line(&mut wrong, "called_before", Some(called)),
            None => before.called_before,
        };
        let book_title = line(&mut wrong, "book_title", new.book_title).unwrap_or(before.book_title);
        let cloth = name::<Cloth>(&mut wrong, "cloth", new.cloth.as_deref()).unwrap_or(before.cloth);
        let chosen = new.cover.map(MediaId);
        if let Some(chosen) = chosen.filter(|chosen| Some(*chosen) != before.cover) {
            check_cover(app, may, chosen, &mut wrong).await?;
        }
        let cover = chosen.or(before.cover);
        let child = unless_wrong(wrong, Child { called, called_before, book_title, cloth, cover, ..before })?;
        Ok((may.child.0, Body::Child(child)))
    })
    .await
}

/// The cover is seen by all who read the book: a page of the child's own is never told of by it.
async fn check_cover(
    app: &App,
    may: &MayArrangeBook,
    chosen: MediaId,
    wrong: &mut Vec<FieldProblem>,
) -> Result<(), Problem> {
    let id = chosen.to_string();
    let pictures = books::pictures_for_all(app, may.child, may.ties.age).await?;
    if !pictures.iter().any(|picture| picture.id == id) {
        let (da, en) = (
            "Vælg et billede fra en side, som alle i bogen kan læse.",
            "Choose a picture from a page that everybody in the book can read.",
        );
        wrong.push(FieldProblem::new("cover", "unknown_value", da, en));
    }
    Ok(())
}

/// What a child has arranged; nothing yet where there is no record of it.
pub async fn choices(app: &App, child: ChildId) -> Result<Option<StoredLife<Choices>>, Problem> {
    Ok(app.db.life::<Choices>(child, None, 1).await?.items.pop())
}

/// The pages that `may`'s caller does not want to meet: none for anybody but the one whose book it is.
pub async fn hidden(app: &App, may: &MayRead) -> Result<BTreeSet<Uuid>, Problem> {
    if !may.ties.may(Right::ArrangeBook) {
        return Ok(BTreeSet::new());
    }
    Ok(choices(app, may.child).await?.map(|stored| stored.record.hidden).unwrap_or_default())
}

/// Seals that a page is hidden from the child, or met again. It stays where it is for everybody else.
pub async fn hide(
    app: &App,
    may: &MayArrangeBook,
    hiding: Hiding,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let _one_at_a_time = HIDING.lock().await;
    let before = choices(app, may.child).await?;
    let next = before.as_ref().map_or((app.new_id(), 1), |stored| (stored.id, stored.version + 1));
    let mut hidden = before.map(|stored| stored.record.hidden).unwrap_or_default();
    if hiding.hidden {
        if !has_page(app, may, hiding.page).await? {
            return Err(Problem::NotFound);
        }
        hidden.insert(hiding.page);
    } else if !hidden.remove(&hiding.page) {
        return Err(Problem::NotFound);
    }
    if hidden.len() > HIDDEN {
        let (da, en) = (format!("Højst {HIDDEN} sider."), format!("At most {HIDDEN} pages."));
        return Err(Problem::Invalid(vec![FieldProblem::new("page", "too_many", da, en)]));
    }
    let body = Body::Choices(Choices { child: may.child, hidden, told_at: app.now() });
    let sealed = deposit::for_child(app, may.caller.id, may.child, next, body, idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// True where the page stands in the caller's book, open or waiting.
async fn has_page(app: &App, may: &MayArrangeBook, page: Uuid) -> Result<bool, Problem> {
    let entry = app.db.entry(EntryId(page)).await?;
    if entry.is_some_and(|stored| stored.entry.child == may.child) {
        return Ok(true);
    }
    let own = app.db.own_page(OwnPageId(page), may.caller.reader()).await?;
    Ok(own.is_some_and(|stored| stored.page.child == may.child))
}
