//! Brothers and sisters give each other pages: told to be siblings in both books, given by the one, taken by the other, and
//! taken back by either.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::{App, danish_time};
use crate::auth::{Caller, MayAnswerGift, MayEndGift, MayTell};
use crate::db::deposits::Idempotency;
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::db::life::StoredLife;
use crate::db::own_pages::StoredOwnPage;
use crate::deposit::{self, Deposited};
use crate::domain::document::Child;
use crate::domain::entry::EntryMedia;
use crate::domain::gift::{Gift, GiftState, GivenPage, Sibling, may_give_entry, may_give_own_page};
use crate::domain::ids::{ChildId, EntryId, OwnPageId};
use crate::domain::life::LifeRecord;
use crate::fields::{unless_wrong, words};
use crate::life::{Telling, Told};
use crate::problem::{FieldProblem, Problem};
use crate::{places, redactions};

/// A child has fewer brothers and sisters than this.
const SIBLINGS: u64 = 100;
/// And has been given, or has given, fewer pages than this.
pub const GIFTS: u64 = 500;

/// Another child as this one's brother or sister.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSibling {
    /// The other child, also of another municipality. Whether there is such a child is not told.
    #[schema(required)]
    pub sibling: Option<Uuid>,
    /// What the other one is to this child, in plain words.
    #[schema(required, example = "lillebror")]
    pub title: Option<String>,
    /// It was wrong: what they have given each other is closed from now on.
    #[serde(default)]
    pub removed: bool,
}

/// A page to give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGift {
    pub page: GivenPage,
    /// One of the child's siblings, by the record that says so.
    pub sibling: Uuid,
}

/// Yes or no to a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiftAnswer {
    pub accept: bool,
}

impl Told for NewSibling {
    type Record = Sibling;

    async fn checked(self, telling: &Telling<'_>) -> Result<Sibling, Problem> {
        let mut wrong = Vec::new();
        let sibling = self.sibling.map(ChildId).filter(|sibling| *sibling != telling.child);
        if sibling.is_none() {
            let (da, en) = ("Skriv det andet barns nummer.", "Give the other child's number.");
            wrong.push(FieldProblem::new("sibling", "required", da, en));
        }
        let what = ("hvad de er for hinanden", "word for what they are to each other");
        let sibling = Sibling {
            child: telling.child,
            sibling: sibling.unwrap_or(telling.child),
            title: words(&mut wrong, "title", what, self.title),
            removed: self.removed,
            told_by: telling.caller.id,
            told_at: telling.app.now(),
        };
        unless_wrong(wrong, sibling)
    }
}

/// A brother or sister whose book says so too.
pub struct KnownSibling {
    /// The record in this child's book.
    pub id: Uuid,
    pub child: ChildId,
    /// What the other one is to this child.
    pub title: String,
    pub record: Child,
}

impl KnownSibling {
    pub fn as_giver(&self) -> Giver {
        Giver { title: self.title.clone(), name: self.record.calling_name().to_owned() }
    }
}

/// Those who count as a child's siblings: in both books. One of them is named once.
pub async fn siblings(app: &App, child: ChildId) -> Result<Vec<KnownSibling>, Problem> {
    let told = told_siblings(app, child).await?;
    let back = app.db.life_towards::<Sibling>(child, SIBLINGS).await?;
    let mut known: Vec<KnownSibling> = Vec::new();
    for StoredLife { id, record, .. } in told {
        let mutual = back.iter().any(|other| other.record.child == record.sibling);
        if !mutual || known.iter().any(|one| one.child == record.sibling) {
            continue;
        }
        if let Some(other) = app.db.child(record.sibling).await? {
            known.push(KnownSibling { id, child: record.sibling, title: record.title, record: other });
        }
    }
    Ok(known)
}

/// Those whom a child's own book calls its siblings.
pub async fn told_siblings(app: &App, child: ChildId) -> Result<Vec<StoredLife<Sibling>>, Problem> {
    Ok(app.db.life::<Sibling>(child, None, SIBLINGS).await?.items)
}

/// Offers a page to a sibling.
pub async fn give(
    app: &App,
    may: &MayTell<Gift>,
    new: NewGift,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let siblings = siblings(app, may.child).await?;
    let to = siblings.iter().find(|known| known.id == new.sibling).ok_or(Problem::NotFound)?.child;
    let given = app.db.life::<Gift>(may.child, None, GIFTS).await?.items;
    if given.iter().any(|stored| stored.record.to == to && stored.record.page == new.page) {
        let (da, en) = ("Den side har du givet.", "You have given that page.");
        return Err(Problem::Invalid(vec![FieldProblem::new("page", "given_already", da, en)]));
    }
    check_may_give(app, &may.caller, may.child, new.page).await?;
    let gift = Gift {
        child: may.child,
        to,
        page: new.page,
        state: GiftState::Offered,
        told_by: may.caller.id,
        told_at: app.now(),
    };
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), gift.into_body(), idempotency).await
}

/// Refuses a page that may not be given; one that is not in the child's book is not there.
async fn check_may_give(app: &App, caller: &Caller, child: ChildId, page: GivenPage) -> Result<(), Problem> {
    if may_give(app, caller, child, page).await? {
        return Ok(());
    }
    let (da, en) = ("Den side kan ikke gives.", "That page cannot be given.");
    Err(Problem::Invalid(vec![FieldProblem::new("page", "may_not_be_given", da, en)]))
}

/// True where the caller may give the page, which must stand in its own book and be open to it.
pub async fn may_give(app: &App, caller: &Caller, child: ChildId, page: GivenPage) -> Result<bool, Problem> {
    let secret = places::kept_from_all(app, child).await?;
    match page {
        GivenPage::Entry(id) => {
            let stored = app.db.entry(EntryId(id)).await?.filter(|stored| stored.entry.child == child);
            Ok(may_give_entry(&stored.ok_or(Problem::NotFound)?.entry, &secret))
        }
        GivenPage::OwnPage(id) => {
            let stored = app.db.own_page(OwnPageId(id), caller.reader()).await?;
            let stored = stored.filter(|stored| stored.page.child == child).ok_or(Problem::NotFound)?;
            let made_on = danish_time(stored.page.made_at).date();
            Ok(may_give_own_page(&stored.page, made_on, &secret))
        }
    }
}

/// The other child says yes or no.
pub async fn answer(
    app: &App,
    may: &MayAnswerGift,
    answer: &GiftAnswer,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let siblings = siblings(app, may.stored.record.to).await?;
    if !siblings.iter().any(|known| known.child == may.stored.record.child) {
        return Err(Problem::NotFound);
    }
    let state = if answer.accept { GiftState::Accepted } else { GiftState::Declined };
    step(app, &may.caller, &may.stored, state, idempotency).await
}

/// The giver takes it back, or the other child takes it out.
pub async fn end(
    app: &App,
    may: &MayEndGift,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let state = if may.is_giver { GiftState::TakenBack } else { GiftState::Declined };
    step(app, &may.caller, &may.stored, state, idempotency).await
}

async fn step(
    app: &App,
    caller: &Caller,
    stored: &StoredLife<Gift>,
    state: GiftState,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    if !stored.record.state.may_become(state) {
        return Err(Problem::NotFound);
    }
    let body = Gift { state, ..stored.record.clone() }.into_body();
    let next = (stored.id, stored.version + 1);
    let sealed = deposit::for_child(app, caller.id, stored.record.child, next, body, idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// A page that was given, as far as it may be: what stands in the other one's book.
pub struct Given {
    pub gift: StoredLife<Gift>,
    pub from: Giver,
    pub page: Content,
}

/// A brother or sister, as the child whose book it is says.
#[derive(Debug, Clone)]
pub struct Giver {
    /// What the other one is to this child: "søster".
    pub title: String,
    pub name: String,
}

/// What is given.
pub enum Content {
    Entry(Box<StoredEntry>),
    OwnPage(Box<StoredOwnPage>),
}

impl Given {
    /// The files on the page, also those that do not go with it.
    pub fn media(&self) -> &[EntryMedia] {
        match &self.page {
            Content::Entry(stored) => &stored.entry.media,
            Content::OwnPage(stored) => &stored.page.media,
        }
    }

    /// True where the file goes with the page.
    pub fn shows(&self, file: &StoredMedia) -> bool {
        goes_along(file) && self.media().iter().any(|one| one.id == file.id)
    }
}

/// Pictures, which are shown without camera and place, and voices. A film may carry the place where it was taken, and a
/// paper is somebody else's.
pub fn goes_along(file: &StoredMedia) -> bool {
    file.media.width.is_some() && file.media.media_type.starts_with("image/")
        || file.media.media_type.starts_with("audio/")
}

/// The pages that stand in a child's book because they were given: taken by it, from a sibling still, and of a kind that may
/// be given still. What was held back or made secret since is closed with its source.
pub async fn in_book(app: &App, child: ChildId) -> Result<Vec<Given>, Problem> {
    let gifts = app.db.life_towards::<Gift>(child, GIFTS).await?;
    let accepted: Vec<_> =
        gifts.into_iter().filter(|gift| gift.record.state == GiftState::Accepted).collect();
    if accepted.is_empty() {
        return Ok(Vec::new());
    }
    let siblings = siblings(app, child).await?;
    let mut given = Vec::with_capacity(accepted.len());
    for gift in accepted {
        let Some(from) = siblings.iter().find(|known| known.child == gift.record.child) else { continue };
        if let Some(page) = content(app, &gift).await? {
            given.push(Given { gift, from: from.as_giver(), page });
        }
    }
    Ok(given)
}

async fn content(app: &App, gift: &StoredLife<Gift>) -> Result<Option<Content>, Problem> {
    let secret = places::kept_from_all(app, gift.record.child).await?;
    Ok(match gift.record.page {
        GivenPage::Entry(id) => {
            let stored = app.db.entry(EntryId(id)).await?;
            let of_giver = |stored: &StoredEntry| stored.entry.child == gift.record.child;
            let open = |stored: &StoredEntry| may_give_entry(&stored.entry, &secret);
            let covers = redactions::covers(app, gift.record.child).await?;
            let stored = stored.filter(of_giver).filter(open).map(|stored| stored.under(&covers));
            stored.map(|stored| Content::Entry(Box::new(stored)))
        }
        GivenPage::OwnPage(_) => {
            let stored = app.db.own_page_given(gift).await?;
            let open = |stored: &StoredOwnPage| {
                may_give_own_page(&stored.page, danish_time(stored.page.made_at).date(), &secret)
            };
            stored.filter(open).map(|stored| Content::OwnPage(Box::new(stored)))
        }
    })
}

/// A page between a child and one of its siblings, that lasts or waits for an answer.
pub struct Between {
    pub gift: StoredLife<Gift>,
    /// The other one, as this child says.
    pub other: Giver,
    /// This child gives it.
    pub given: bool,
}

/// What a child gives and is given, as long as the two are siblings; first to last.
pub async fn between(app: &App, child: ChildId) -> Result<Vec<Between>, Problem> {
    let siblings = siblings(app, child).await?;
    let given = app.db.life::<Gift>(child, None, GIFTS).await?.items.into_iter().map(|gift| (gift, true));
    let got = app.db.life_towards::<Gift>(child, GIFTS).await?.into_iter().map(|gift| (gift, false));
    let known = |(gift, given): (StoredLife<Gift>, bool)| {
        let other = if given { gift.record.to } else { gift.record.child };
        let sibling = siblings.iter().find(|known| known.child == other)?;
        Some(Between { gift, other: sibling.as_giver(), given })
    };
    Ok(given.chain(got).filter_map(known).collect())
}
