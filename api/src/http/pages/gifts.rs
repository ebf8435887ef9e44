//! Brothers and sisters, and the pages they give each other.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, Book, Giver, Page};
use renderer::html::{Choice, Frame, GiftRow, Gifts, GivePage, GiveTo, SiblingRow, Siblings};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{beside, done, field, flash, json, key, named, words};
use super::{Fields, frame, see_other, show};
use crate::app::App;
use crate::auth::{MayAnswerGift, MayChangeLife, MayEndGift, MayRead, MayTell};
use crate::books;
use crate::domain::access::Right;
use crate::domain::document::ReadPage;
use crate::domain::gift::{Gift, GiftState, GivenPage, Sibling};
use crate::domain::ids::{ChildId, EntryId};
use crate::gifts::{self, Between, GiftAnswer, KnownSibling, NewGift, NewSibling};
use crate::http::{Body, language_of};
use crate::life;
use crate::problem::Problem;
use crate::readings;

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Done {
    gjort: Option<String>,
}

/// The child in the address.
#[derive(Deserialize)]
pub struct InBook {
    child: ChildId,
}

/// `GET /bog/{child}/gaver`
pub async fn list(
    app: Data<App>,
    may: MayTell<Gift>,
    opened: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    let between = gifts::between(&app, may.child).await?;
    let book = own_book(&app, &may, &request).await?;
    let (given, got): (Vec<_>, Vec<_>) = between.iter().partition(|between| between.given);
    let (got, offers): (Vec<_>, Vec<_>) =
        got.into_iter().partition(|between| between.gift.record.state == GiftState::Accepted);
    let row = |between: &&Between| row(between, &book);
    let page = Gifts {
        child: may.child.to_string(),
        book_title: book.title.clone(),
        band: AgeBand::for_age(may.ties.age),
        offers: offers.iter().map(row).collect(),
        // One that may not be seen any more is no longer in the book.
        got: got.iter().map(row).filter(|row| row.href.is_some()).collect(),
        given: given.iter().map(row).collect(),
    };
    show(&page, &frame)
}

/// The child's book as it reads it itself; that it looks at what is its own is nobody's business.
async fn own_book(
    app: &App,
    may: &MayTell<Gift>,
    request: &HttpRequest,
) -> Result<std::sync::Arc<Book>, Problem> {
    let may = MayRead { child: may.child, caller: may.caller.clone(), ties: may.ties.clone() };
    books::of_reader(app, &may, language_of(request)).await
}

fn giver(known: &KnownSibling) -> Giver {
    let other = known.as_giver();
    Giver { title: other.title, name: other.name }
}

/// The page stands in the child's own book under its own id where it gives it, and under the gift's where it got it.
fn row(between: &Between, book: &Book) -> GiftRow {
    let Between { gift, other, given } = between;
    let id = if *given { gift.record.page.id() } else { gift.id }.to_string();
    let page = find(book, &id);
    GiftRow {
        id: gift.id.to_string(),
        other: Giver { title: other.title.clone(), name: other.name.clone() },
        title: page.map(|page| page.title.clone()),
        href: page.map(|page| format!("/bog/{}/side/{}", book.child, page.id)),
        waits: gift.record.state == GiftState::Offered,
    }
}

fn find<'a>(book: &'a Book, id: &str) -> Option<&'a Page> {
    book.pages().map(|(_, page)| page).chain(&book.hidden).find(|page| page.id == id)
}

/// `POST /bog/{child}/gaver/{record}`: yes or no.
pub async fn answer(
    app: Data<App>,
    may: MayAnswerGift,
    path: Path<InBook>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let accept = form.one("svar") == "ja";
    let answer = GiftAnswer { accept };
    // The second press is the first one's.
    let name = named(&form, &request, &json(&answer))(&format!("gift {} {accept}", may.stored.id));
    gifts::answer(&app, &may, &answer, Some(name)).await?;
    Ok(done(&format!("/bog/{}/gaver", path.child), if accept { "giftyes" } else { "giftno" }))
}

/// `POST /bog/{child}/gaver/{record}/ud`: taken back, or out of the own book.
pub async fn end(
    app: Data<App>,
    may: MayEndGift,
    path: Path<InBook>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let name = named(&form, &request, "")(&format!("gift {} ends", may.stored.id));
    gifts::end(&app, &may, Some(name)).await?;
    Ok(done(&format!("/bog/{}/gaver", path.child), "giftended"))
}

/// `GET /bog/{child}/side/{page}/giv`
pub async fn sheet(
    app: Data<App>,
    may: MayTell<Gift>,
    path: Path<(Uuid, Uuid)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let page = page_of(&app, may.child, path.1).await?;
    let book = own_book(&app, &may, &request).await?;
    let title = find(&book, &path.1.to_string()).ok_or(Problem::NotFound)?.title.clone();
    let between = gifts::between(&app, may.child).await?;
    let to = |known: &KnownSibling| {
        let gift =
            between.iter().find(|one| one.gift.record.to == known.child && one.gift.record.page == page);
        GiveTo { id: known.id.to_string(), sibling: giver(known), gift: gift.map(|gift| row(gift, &book)) }
    };
    let sheet = GivePage {
        child: may.child.to_string(),
        book_title: book.title.clone(),
        band: AgeBand::for_age(may.ties.age),
        page: path.1.to_string(),
        title,
        may_give: gifts::may_give(&app, &may.caller, may.child, page).await?,
        siblings: gifts::siblings(&app, may.child).await?.iter().map(to).collect(),
        key: app.new_secret()?,
    };
    show(&sheet, &frame(&app, &request, &may.caller).await?)
}

/// `POST /bog/{child}/side/{page}/giv`
pub async fn give(
    app: Data<App>,
    may: MayTell<Gift>,
    path: Path<(Uuid, Uuid)>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let page = page_of(&app, may.child, path.1).await?;
    let sibling = form.one("til").parse().map_err(|_| Problem::NotFound)?;
    let new = NewGift { page, sibling };
    let name = named(&form, &request, &json(&new))(&format!("gift {sibling}"));
    gifts::give(&app, &may, new, Some(name)).await?;
    Ok(done(&format!("/bog/{}/gaver", may.child), "given"))
}

/// A page of the child's own, or an entry in its book.
async fn page_of(app: &App, child: ChildId, id: Uuid) -> Result<GivenPage, Problem> {
    let entry = app.db.entry(EntryId(id)).await?.filter(|stored| stored.entry.child == child);
    Ok(if entry.is_some() { GivenPage::Entry(id) } else { GivenPage::OwnPage(id) })
}

/// `GET /bog/{child}/soeskende`
pub async fn siblings(
    app: Data<App>,
    may: MayTell<Sibling>,
    opened: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Card).await?;
    show(&siblings_page(&app, &may, &Fields::default(), None, &frame).await?, &frame)
}

/// `POST /bog/{child}/soeskende`: told in this child's book; the other one's says so by itself.
pub async fn add_sibling(
    app: Data<App>,
    may: MayTell<Sibling>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let chosen = form.some("sibling").or_else(|| form.some("number"));
    let new = NewSibling {
        sibling: chosen.and_then(|id| id.trim().parse().ok()),
        title: form.some("title"),
        removed: false,
    };
    let name = named(&form, &request, &json(&new))("sibling");
    match life::add(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/soeskende", may.child), "sibling")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            let page = siblings_page(&app, &may, &form, Some(beside(problem)?), &frame).await?;
            show(&page, &frame)
        }
    }
}

/// `POST /bog/{child}/soeskende/{record}`: it counts no more.
pub async fn remove_sibling(
    app: Data<App>,
    may: MayChangeLife<Sibling>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    let Sibling { child, sibling, title, .. } = may.stored.record.clone();
    let gone = NewSibling { sibling: Some(sibling.0), title: Some(title), removed: true };
    life::change(&app, &may, gone, None).await?;
    Ok(see_other(&format!("/bog/{child}/soeskende?gjort=siblinggone")))
}

async fn siblings_page(
    app: &App,
    may: &MayTell<Sibling>,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<Siblings, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let known = gifts::siblings(app, may.child).await?;
    let told = gifts::told_siblings(app, may.child).await?.into_iter().map(|stored| SiblingRow {
        id: stored.id.to_string(),
        name: known.iter().find(|one| one.id == stored.id).map(|one| one.as_giver().name),
        title: stored.record.title,
    });
    let mut others = Vec::new();
    for tied in app.db.tied_children(may.caller.id, may.caller.today, None, 200).await? {
        if tied.id != may.child && tied.ties.may(Right::Decide) {
            let id = tied.id.to_string();
            let chosen = form.one("sibling") == id;
            others.push(Choice { id, label: tied.child.name, note: String::new(), chosen });
        }
    }
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    Ok(Siblings {
        child: may.child.to_string(),
        name: child.calling_name().to_owned(),
        book_title: child.book_title,
        siblings: told.collect(),
        others,
        number: field("number"),
        title: field("title"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}
