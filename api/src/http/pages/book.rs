//! The book's pages.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{AgeBand, Book, ChapterKind, Language};
use renderer::html::{
    self, ChapterView, Cover, Editions, PageView, PictureView, ReadingRow, Shelf, ShelfBook, WhoRead,
};
use serde::Deserialize;
use uuid::Uuid;

use super::again::GoodUntil;
use super::offline::{self, Stay};
use super::warnings;
use super::{frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{Caller, MayOrder, MayRead, MaySeeReadings, may_correct};
use crate::books::{self, Opened};
use crate::db::editions::{Stage, StoredEdition};
use crate::db::people::TiedChild;
use crate::domain::access::{Right, age_on};
use crate::domain::document::{ReadPage, Reading, Role};
use crate::domain::gift::{GiftState, GivenPage};
use crate::domain::ids::{OwnPageId, PersonId};
use crate::http::books::AtAge;
use crate::http::{Asked, Body, cursor, language_of};
use crate::problem::Problem;
use crate::{editions as printing, gifts, readings, redactions};

/// At which age a book is read, and how far in a page or a chapter, counted from one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    age: Option<u32>,
    blad: Option<usize>,
    del: Option<usize>,
    /// What stands before the page has been read.
    laest: Option<String>,
}

impl Place {
    fn at_age(&self) -> AtAge {
        AtAge { age: self.age }
    }
}

/// `/bog`: the books this person reads.
pub async fn shelf(app: Data<App>, caller: Caller, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut books = Vec::new();
    for TiedChild { id, child, ties } in app.db.tied_children(caller.id, caller.today, None, 200).await? {
        if !ties.may(Right::ReadBook) {
            continue;
        }
        books.push(ShelfBook {
            child: id.to_string(),
            cover: cover_of(&app, child.cover).await?,
            cloth: child.cloth,
            band: AgeBand::for_age(age_on(child.born, caller.today)),
            child_name: child.calling_name().to_owned(),
            title: child.book_title,
        });
    }
    if let [only] = books.as_slice() {
        return Ok(see_other(&format!("/bog/{}", only.child)));
    }
    show(&Shelf { books }, &frame(&app, &request, &caller).await?)
}

/// The picture on a cover, for a list of books.
pub async fn cover_of(
    app: &App,
    cover: Option<crate::domain::ids::MediaId>,
) -> Result<Option<PictureView>, Problem> {
    let Some(id) = cover else { return Ok(None) };
    let Some(stored) = app.db.media(id).await? else { return Ok(None) };
    let (Some(width), Some(height)) = (stored.media.width, stored.media.height) else { return Ok(None) };
    let picture = renderer::book::Picture { id: id.to_string(), alt: String::new(), width, height };
    Ok(Some(PictureView::new(&picture)))
}

/// `/bog/{child}`
pub async fn cover(
    app: Data<App>,
    may: MayRead,
    at: Asked<AtAge>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let at = at.get()?;
    let opened = open(&app, &may, &at, &request, ReadPage::Book).await?;
    let mut reading = reading(&may, &at);
    reading.gifts = waiting_gifts(&app, &may).await?;
    reading.ahead = may.ties.looks_ahead.filter(|ahead| *ahead > AgeBand::for_age(may.ties.age));
    reading.continue_at = app.db.last_entry_read(may.caller.id, may.child).await?.map(|id| id.to_string());
    shown(&app, &may, &request, &opened, reading, |book, reading| Some(Cover::new(book, reading))).await
}

/// `/bog/{child}/kapitel/{chapter}`
pub async fn chapter(
    app: Data<App>,
    may: MayRead,
    path: Path<(Uuid, String)>,
    place: Asked<Place>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let kind = ChapterKind::parse(&path.1).ok_or(Problem::NotFound)?;
    let place = place.get()?;
    let at = place.at_age();
    let opened = open(&app, &may, &at, &request, ReadPage::Book).await?;
    let reading = reading(&may, &at);
    let view = |book: &_, reading: &_| ChapterView::new(book, reading, kind, from_one(place.del));
    Ok(kept(shown(&app, &may, &request, &opened, reading, view).await?, &opened, &may))
}

/// `/bog/{child}/side/{entry}`
pub async fn page(
    app: Data<App>,
    may: MayRead,
    path: Path<(Uuid, Uuid)>,
    place: Asked<Place>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let entry = app.db.entry(crate::domain::ids::EntryId(path.1)).await?;
    let entry = entry.filter(|entry| entry.entry.child == may.child);
    let place = place.get()?;
    let at = place.at_age();
    if entry.is_some()
        && place.laest.is_none()
        && let Some(first) = warnings::before(&app, &may, path.1, &request).await?
    {
        return Ok(first);
    }
    let read = match &entry {
        // The device takes the book along; which page of it is read then, nobody can tell.
        Some(_) if offline::is_copy(&request) => ReadPage::Book,
        Some(_) => ReadPage::Entry(path.1),
        None => other_page(&app, &may, path.1).await?,
    };
    let opened = open(&app, &may, &at, &request, read).await?;
    let (may_give, given_to) = giving(&app, &may, path.1, &read).await?;
    let may_hold = entry.is_some() && may.ties.may(Right::PlaceHold);
    let may_cover = entry.is_some() && may.ties.may(Right::Decide);
    let may_move = entry.is_some_and(|entry| may_correct(&may.ties, &entry, &may.caller));
    let cover_href = may_cover.then(|| format!("/bog/{}/daekket/ny?side={}", may.child, path.1));
    let warn_href = may_cover.then(|| format!("/bog/{}/side/{}/advarsel", may.child, path.1));
    let reading =
        html::Reading { may_move, may_hold, cover_href, warn_href, may_give, given_to, ..reading(&may, &at) };
    let id = path.1.to_string();
    let view = |book: &_, reading: &_| PageView::new(book, reading, &id, from_one(place.blad));
    Ok(kept(shown(&app, &may, &request, &opened, reading, view).await?, &opened, &may))
}

/// A page of the book as its reader sees it, or as a device may keep it.
async fn shown<P: html::Page>(
    app: &App,
    may: &MayRead,
    request: &HttpRequest,
    opened: &Opened,
    reading: html::Reading,
    view: impl Fn(&Book, &html::Reading) -> Option<P>,
) -> Result<HttpResponse, Problem> {
    let stay = offline::stay_of(app, request, may).await?;
    if !offline::is_copy(request) {
        let frame = offline::told(request, frame(app, request, &may.caller).await?, stay);
        return show(&view(&opened.book, &reading).ok_or(Problem::NotFound)?, &frame);
    }
    let Stay::Until(until) = stay else { return Err(Problem::NotFound) };
    let reading = html::Reading { age: reading.age, own: true, ..html::Reading::default() };
    let view = view(&html::copy_of(&opened.book), &reading).ok_or(Problem::NotFound)?;
    show(&view, &offline::copy_frame(request, until))
}

/// `/bog/{child}/side/{entry}/undertekst/{media}`: what is said in a film, with its times.
pub async fn subtitles(
    app: Data<App>,
    may: MayRead,
    path: Path<(Uuid, Uuid, Uuid)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (page, media) = (path.1.to_string(), path.2.to_string());
    let Opened { book, .. } = books::open(&app, &may, None, language_of(&request), ReadPage::Book).await?;
    let files = book.pages().filter(|(_, each)| each.id == page).flat_map(|(_, each)| &each.attachments);
    let words = files.filter(|file| file.id == media).find_map(|file| file.words.clone());
    let words = words.filter(|words| renderer::spoken::is_timed(words)).ok_or(Problem::NotFound)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    Ok(response.content_type("text/vtt; charset=utf-8").body(words))
}

/// What is counted from one in an address is counted from nothing in here.
fn from_one(number: Option<usize>) -> usize {
    number.unwrap_or(1).saturating_sub(1)
}

/// So many pages from siblings wait for the reader's answer; none where the reader has no siblings to give to.
async fn waiting_gifts(app: &App, may: &MayRead) -> Result<Option<usize>, Problem> {
    if !may.ties.may(Right::GivePages) || gifts::siblings(app, may.child).await?.is_empty() {
        return Ok(None);
    }
    let between = gifts::between(app, may.child).await?;
    Ok(Some(between.iter().filter(|one| !one.given && one.gift.record.state == GiftState::Offered).count()))
}

/// Whether the reader may give the page to a sibling, and those it was given to.
async fn giving(
    app: &App,
    may: &MayRead,
    page: Uuid,
    read: &ReadPage,
) -> Result<(bool, Vec<String>), Problem> {
    let from_sibling = matches!(read, ReadPage::Gift(_));
    if from_sibling || !may.ties.may(Right::GivePages) || gifts::siblings(app, may.child).await?.is_empty() {
        return Ok((false, Vec::new()));
    }
    let of =
        if matches!(read, ReadPage::Entry(_)) { GivenPage::Entry(page) } else { GivenPage::OwnPage(page) };
    let between = gifts::between(app, may.child).await?.into_iter();
    let given_to = between.filter(|one| one.given && one.gift.record.page == of).map(|one| one.other.name);
    Ok((gifts::may_give(app, &may.caller, may.child, of).await?, given_to.collect()))
}

/// A page that is no entry: given by a sibling, or made by the child.
async fn other_page(app: &App, may: &MayRead, id: Uuid) -> Result<ReadPage, Problem> {
    let given = gifts::in_book(app, may.child).await?;
    if given.iter().any(|given| given.gift.id == id) {
        return Ok(ReadPage::Gift(id));
    }
    own_page(app, may, id).await
}

/// How reading a page that the child made is recorded. That a child reads its own is nobody's business: it read its book.
async fn own_page(app: &App, may: &MayRead, id: Uuid) -> Result<ReadPage, Problem> {
    let stored = app.db.own_page(OwnPageId(id), may.caller.reader()).await?;
    let stored = stored
        .filter(|stored| stored.page.child == may.child && stored.page.is_for(may.caller.id, &may.ties))
        .ok_or(Problem::NotFound)?;
    Ok(if may.ties.may(Right::MakeOwnPages) { ReadPage::Book } else { ReadPage::OwnPage(stored.id.0) })
}

/// May be given again while its reading counts and the session holds.
fn kept(mut answer: HttpResponse, opened: &Opened, may: &MayRead) -> HttpResponse {
    let until = may.caller.until.map_or(opened.read_until, |end| end.min(opened.read_until));
    answer.extensions_mut().insert(GoodUntil(until));
    answer
}

async fn open(
    app: &App,
    may: &MayRead,
    at: &AtAge,
    request: &HttpRequest,
    page: ReadPage,
) -> Result<Opened, Problem> {
    books::open(app, may, at.age()?, language_of(request), page).await
}

fn reading(may: &MayRead, at: &AtAge) -> html::Reading {
    html::Reading {
        age: at.age,
        adult: may.ties.may(Right::ReadAnyBand) && !may.ties.roles.contains(&Role::Own),
        may_contribute: may.ties.may(Right::Contribute),
        may_tell: may.ties.may(Right::TellLife),
        may_fetch_originals: may.ties.may(Right::ReadOriginals),
        may_move: false,
        may_hold: false,
        cover_href: None,
        warn_href: None,
        may_sit_beside: may.ties.may(Right::ReadTogether),
        may_enrol: may.ties.may(Right::EnrolDevice),
        own: may.ties.may(Right::MakeOwnPages),
        may_open_bands: may.ties.may(Right::OpenBands) && may.ties.age < 18,
        may_tell_siblings: may.ties.may(Right::Decide),
        gifts: None,
        may_give: false,
        given_to: Vec::new(),
        ahead: None,
        may_decide_as_owner: may.ties.may(Right::DecideAsOwner),
        continue_at: None,
    }
}

/// Where the list of readings goes on.
#[derive(Deserialize)]
pub struct Older {
    pub fra: Option<String>,
}

/// `/bog/{child}/hvem`: who opened my book.
pub async fn who_read(
    app: Data<App>,
    may: MaySeeReadings,
    older: Asked<Older>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::AccessLog).await?;
    let part = crate::http::Part { cursor: older.get()?.fra, limit: None };
    let slice = readings::told(&app, &may.caller, may.child, part.cursor()?, 50).await?;
    let older_href =
        slice.next.as_ref().and_then(cursor).map(|next| format!("/bog/{}/hvem?fra={next}", may.child));
    let readings = rows(&app, slice.items, language_of(&request)).await?;
    let band = AgeBand::for_age(may.ties.age);
    let mut page = WhoRead::new(may.child.to_string(), child.book_title, band, &readings, older_href);
    page.let_in = super::devices::let_in(&app, may.child).await?;
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// Readings in words.
pub async fn rows(app: &App, readings: Vec<Reading>, language: Language) -> Result<Vec<ReadingRow>, Problem> {
    let companions = readings.iter().filter_map(|reading| reading.companion);
    let readers: Vec<PersonId> = readings.iter().map(|reading| reading.reader).chain(companions).collect();
    let mut rows = Vec::with_capacity(readings.len());
    let names = app.db.names(&readers).await?;
    for reading in readings {
        let mut what = what_words(app, reading.page, language).await?;
        if let Some(companion) = reading.companion.and_then(|companion| names.get(&companion)) {
            what += if language == Language::Da { " sammen med " } else { " together with " };
            what += companion;
        }
        rows.push(ReadingRow {
            who: names.get(&reading.reader).cloned().unwrap_or_default(),
            role: role_words(reading.role, language).into(),
            own: reading.role == Role::Own,
            at: danish_time(reading.at),
            what,
        });
    }
    Ok(rows)
}

fn role_words(role: Role, language: Language) -> &'static str {
    let (da, en) = match role {
        Role::Own => ("dig selv", "you yourself"),
        Role::Carer => ("bor eller arbejder, hvor du bor", "lives or works where you live"),
        Role::Caseworker => ("din rådgiver", "your caseworker"),
        Role::SupportPerson => ("din støtteperson", "your support person"),
        Role::Invited => ("inviteret", "invited"),
        Role::System => ("kommunens system", "the municipality's system"),
        Role::Leader => ("leder", "leader"),
        Role::Archivist => ("arkivar", "archivist"),
        Role::ChosenReader => ("læser, fordi du har valgt det", "reads because you chose so"),
        Role::Outsider => ("har fået noget af bogen", "was given something of the book"),
        Role::ChosenWriter => {
            ("læser og skriver, fordi du har valgt det", "reads and writes because you chose so")
        }
    };
    if language == Language::Da { da } else { en }
}

async fn what_words(app: &App, page: ReadPage, language: Language) -> Result<String, Problem> {
    let words = |da: &str, en: &str| if language == Language::Da { da.to_owned() } else { en.to_owned() };
    Ok(match page {
        ReadPage::Book => words("bogen", "the book"),
        ReadPage::Entry(id) => {
            let entry = app.db.entry(crate::domain::ids::EntryId(id)).await?;
            match entry.filter(|entry| entry.entry.readiness == crate::domain::entry::Readiness::Open) {
                Some(entry) => {
                    let covers = redactions::covers(app, entry.entry.child).await?;
                    let title = entry.under(&covers).entry.title;
                    words(&format!("siden “{title}”"), &format!("the page “{title}”"))
                }
                None => words("en side", "a page"),
            }
        }
        ReadPage::Gift(_) => words("en side fra din bror eller søster", "a page from your brother or sister"),
        ReadPage::OwnPage(_) => words("en side, du selv har lavet", "a page you made yourself"),
        ReadPage::Media(_) => words("en fil", "a file"),
        ReadPage::Edition(_) => words("en trykt bog", "a printed book"),
        ReadPage::Card => words("dit navn, din alder og dine hjem", "your name, your age and your homes"),
        ReadPage::Entries => words("listen over sider", "the list of pages"),
        ReadPage::AccessLog => words("listen over, hvem der har læst", "the list of who has read"),
        ReadPage::Disposals => words("listen over, hvad der er taget ud", "the list of what was taken out"),
        ReadPage::Request(_) => words("din anmodning til arkivet", "your request to the archive"),
        ReadPage::Package(_) => words("alt, hvad arkivet har om dig", "everything the archive has about you"),
    })
}

/// `GET /bog/{child}/trykt`
pub async fn editions(app: Data<App>, may: MayOrder, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let highest = may.ties.highest_band();
    let editions = app.db.editions(may.child, 50).await?;
    let page = Editions {
        child: may.child.to_string(),
        book_title: child.book_title,
        age: may.ties.age,
        editions: editions
            .into_iter()
            .filter(|edition| AgeBand::for_age(edition.age) <= highest)
            .map(edition_view)
            .collect(),
    };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// A printed book for a list.
pub fn edition_view(edition: StoredEdition) -> html::Edition {
    html::Edition {
        id: edition.id.to_string(),
        band: AgeBand::for_age(edition.age),
        paper: edition.stage.paper().size,
        ordered_on: danish_time(edition.ordered_at).date(),
        status: match edition.stage {
            Stage::Ordered(_) => html::EditionStatus::Waiting,
            Stage::Ready(ready) => html::EditionStatus::Ready { size_bytes: ready.size_bytes },
            Stage::Failed { .. } => html::EditionStatus::Failed,
        },
    }
}

/// An order for a printed book.
#[derive(Deserialize)]
pub struct OrderForm {
    age: u32,
    paper: Option<String>,
    /// Absent where the box is not ticked.
    bleed: Option<String>,
}

/// `POST /bog/{child}/trykt`
pub async fn order_edition(
    app: Data<App>,
    may: MayOrder,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form: OrderForm = body.form_of(&may.caller).await?;
    let paper = printing::paper(form.paper.as_deref(), form.bleed.is_some())?;
    printing::order(&app, &may, form.age, "pdf", paper, language_of(&request), None).await?;
    Ok(see_other(&format!("/bog/{}/trykt", may.child)))
}
