//! What is covered in a book: told to the one whose book it is, proposed and decided by those who answer for it.

use std::collections::HashMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{Beneath, CoverForm, CoverRow, Covered, Frame, Link, Spotted};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{beside, done, field, flash, json, key, named, words};
use super::{Fields, frame, show};
use crate::app::{App, danish_time};
use crate::auth::{MayCover, MayDecideRedaction, MaySeeRedactions};
use crate::domain::access::age_on;
use crate::domain::disposal::Signed;
use crate::domain::document::{ReadPage, Role};
use crate::domain::ids::{EntryId, MediaId, PersonId};
use crate::domain::redaction::{Cover, Matter, Place, State, Target};
use crate::http::media::{beneath_spot, original_of};
use crate::http::{Asked, Body};
use crate::problem::Problem;
use crate::readings;
use crate::redactions::{self, NewAnswer, NewCover, NewSpot, On, Reads, texts};

/// What the list is opened with.
#[derive(Deserialize)]
pub struct Opened {
    /// What was done in the step before.
    gjort: Option<String>,
}

/// `GET /bog/{child}/daekket`
pub async fn list(
    app: Data<App>,
    may: MaySeeRedactions,
    opened: Asked<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let opened = opened.get()?;
    readings::record_as(&app, &may.caller, may.role, may.child, ReadPage::Disposals).await?;
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    show(&covered(&app, &may, None).await?, &frame)
}

async fn covered(
    app: &App,
    may: &MaySeeRedactions,
    refused: Option<(&Problem, &Frame)>,
) -> Result<Covered, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let reads = redactions::reads(app, may).await?;
    let people: Vec<PersonId> = reads.iter().flat_map(|reads| reads.stored.record.people()).collect();
    let names = app.db.names(&people).await?;
    let mut covers = Vec::new();
    for read in &reads {
        let record = &read.stored.record;
        // Only a page that is covered whole is told word by word.
        let whole = record.covers.iter().any(|cover| cover.place == Place::Whole);
        let on = match record.of {
            Target::Entry(_) if may.decides && whole => redactions::on(app, may.child, record.of).await.ok(),
            _ => None,
        };
        for (index, cover) in record.covers.iter().enumerate() {
            if may.decides || cover.is_told() {
                covers.push(row(may, read, (index + 1, cover), on.as_ref(), &names, app.new_id()));
            }
        }
    }
    Ok(Covered {
        child: may.child.to_string(),
        book_title: child.book_title,
        band: AgeBand::for_age(age_on(child.born, may.caller.today)),
        own: may.role == Role::Own,
        decides: may.decides,
        covers,
        problem: refused.map(|(problem, frame)| words(problem, frame.language)),
    })
}

fn row(
    may: &MaySeeRedactions,
    read: &Reads,
    (number, cover): (usize, &Cover),
    on: Option<&On>,
    names: &HashMap<PersonId, String>,
    key: Uuid,
) -> CoverRow {
    let name = |signed: &Signed| names.get(&signed.by).cloned().unwrap_or_default();
    let day = |signed: &Signed| danish_time(signed.at).date();
    let record = &read.stored.record;
    let (kind, page) = match &cover.place {
        Place::Words { .. } => ("words", None),
        Place::Spot(spot) => ("spot", Some(spot.page)),
        Place::Whole => ("whole", None),
    };
    let href = match record.of {
        Target::Entry(id) if may.sees_beneath || !may.decides => {
            Some(format!("/bog/{}/side/{id}", may.child))
        }
        _ => None,
    };
    let (mut second, mut last) = (None, None);
    let mut said = None;
    match &cover.state {
        State::Proposed => {}
        State::Standing { second: agreed } => second = agreed.as_ref().map(name),
        State::SentBack { signed, words } => (last, said) = (Some(signed), Some(words.clone())),
        State::Lifted { signed, words } => (last, said) = (Some(signed), words.clone()),
    }
    CoverRow {
        id: read.stored.id.to_string(),
        number,
        on: match record.of {
            Target::Entry(_) => "page",
            Target::Media(_) => "file",
            Target::Book => "book",
        },
        title: read.title.clone(),
        href,
        kind,
        page,
        matter: cover.matter.as_str(),
        reason: cover.reason.clone(),
        ground: cover.ground.clone(),
        review_on: cover.review_on,
        review_when: cover.review_when.clone(),
        overdue: may.decides && cover.stands() && cover.review_on <= may.caller.today,
        state: cover.state.as_str(),
        proposed_by: name(&cover.proposed),
        proposed_on: day(&cover.proposed),
        second,
        last_by: last.map(name),
        last_on: last.map(day),
        said,
        beneath: may.decides.then(|| beneath(may, read, (number, cover), on)),
        may_answer: may.decides && cover.state == State::Proposed && cover.proposed.by != may.caller.id,
        may_lift: may.decides && cover.stands(),
        key: key.to_string(),
    }
}

/// What somebody who decides about a cover is shown of what lies beneath.
fn beneath(
    may: &MaySeeRedactions,
    read: &Reads,
    (number, cover): (usize, &Cover),
    on: Option<&On>,
) -> Beneath {
    let there = format!("/bog/{}/daekket/{}/{number}/under", may.child, read.stored.id);
    match (&cover.place, on) {
        (Place::Words { words }, _) => Beneath { lines: words.clone(), ..Beneath::default() },
        (Place::Whole, Some(On::Entry(stored))) => {
            Beneath { lines: texts(&stored.entry).map(str::to_owned).collect(), ..Beneath::default() }
        }
        (Place::Spot(_), _) => Beneath { picture: Some(there), ..Beneath::default() },
        (Place::Whole, _) if matches!(read.stored.record.of, Target::Media(_)) => {
            Beneath { file: Some(there), ..Beneath::default() }
        }
        (Place::Whole, _) => Beneath::default(),
    }
}

/// The cover in the address.
#[derive(Deserialize)]
pub struct Numbered {
    number: String,
}

impl Numbered {
    fn of<'a>(&self, may: &'a MayDecideRedaction) -> Result<(usize, &'a Cover), Problem> {
        let number: usize = self.number.parse().map_err(|_| Problem::NotFound)?;
        let cover = number.checked_sub(1).and_then(|index| may.stored.record.covers.get(index));
        Ok((number, cover.ok_or(Problem::NotFound)?))
    }
}

/// `GET /bog/{child}/daekket/{record}/{number}/under`: what lies beneath a cover of a file.
pub async fn under(
    app: Data<App>,
    may: MayDecideRedaction,
    path: Path<Numbered>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (_, cover) = path.of(&may)?;
    let record = &may.stored.record;
    let Target::Media(media) = record.of else { return Err(Problem::NotFound) };
    let stored = app.db.media(media).await?.ok_or(Problem::NotFound)?;
    readings::record_as(&app, &may.caller, may.role, record.child, ReadPage::Media(media)).await?;
    match &cover.place {
        Place::Spot(spot) => beneath_spot(&app, &stored, spot).await,
        _ => original_of(&app, &stored, &request).await,
    }
}

/// `POST /bog/{child}/daekket/{record}/{number}`
pub async fn answer(
    app: Data<App>,
    may: MayDecideRedaction,
    path: Path<Numbered>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (number, _) = path.of(&may)?;
    let form = Fields::of(body, &may.caller).await?;
    let new = NewAnswer { answer: form.some("answer"), words: form.some("words") };
    let name = named(&form, &request, &json(&new))(&format!("cover {} {number}", may.stored.id));
    let child = may.stored.record.child;
    match redactions::answer(&app, &may, number, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{child}/daekket"), "covered")),
        Err(problem) => {
            let problem = beside(problem)?;
            let frame = frame(&app, &request, &may.caller).await?;
            let may = MaySeeRedactions::grant(&app, may.caller, child).await?;
            show(&covered(&app, &may, Some((&problem, &frame))).await?, &frame)
        }
    }
}

/// What a new cover is to lie on.
#[derive(Deserialize)]
pub struct Wanted {
    side: Option<Uuid>,
    fil: Option<Uuid>,
    /// The page of a paper, from 1.
    blad: Option<u32>,
}

/// `GET /bog/{child}/daekket/ny`
pub async fn blank(
    app: Data<App>,
    may: MayCover,
    wanted: Asked<Wanted>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Wanted { side, fil, blad } = wanted.get()?;
    let mut form = Fields::default();
    let mut put =
        |name: &str, value: Option<String>| form.fields.extend(value.map(|value| (name.to_owned(), value)));
    put("entry", side.map(|id| id.to_string()));
    put("media", fil.map(|id| id.to_string()));
    put("page", blad.map(|page| page.to_string()));
    let frame = frame(&app, &request, &may.caller).await?;
    show(&asking(&app, &may, &form, None, &frame).await?, &frame)
}

/// `POST /bog/{child}/daekket`
pub async fn propose(
    app: Data<App>,
    may: MayCover,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = new_cover(&form)?;
    let name = named(&form, &request, &json(&new))("cover");
    match redactions::propose(&app, &may, new, Some(name)).await {
        Ok(_) => Ok(done(&format!("/bog/{}/daekket", may.child), "covered")),
        Err(problem) => {
            let frame = frame(&app, &request, &may.caller).await?;
            show(&asking(&app, &may, &form, Some(beside(problem)?), &frame).await?, &frame)
        }
    }
}

fn new_cover(form: &Fields) -> Result<NewCover, Problem> {
    let whole = form.one("what") == "whole";
    let words = form.one("words").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let number = |name: &str| form.one(name).trim().parse::<u32>().ok();
    let spot = match (number("left"), number("top"), number("width"), number("height")) {
        (Some(left), Some(top), Some(width), Some(height)) if !whole => {
            Some(NewSpot { page: number("page").unwrap_or(1), left, top, width, height })
        }
        _ => None,
    };
    let id = |name: &str| form.some(name).map(|id| id.parse().map_err(|_| Problem::NotFound)).transpose();
    Ok(NewCover {
        entry: if form.one("what") == "book" { None } else { id("entry")? },
        media: id("media")?,
        words: if whole { Vec::new() } else { words.collect() },
        spot,
        whole,
        matter: form.some("matter"),
        reason: form.some("reason"),
        ground: form.some("ground"),
        review_on: form.some("review_on"),
        review_when: form.some("review_when"),
    })
}

async fn asking(
    app: &App,
    may: &MayCover,
    form: &Fields,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<CoverForm, Problem> {
    let of = target_of(form)?;
    let on = redactions::on(app, may.child, of).await?;
    readings::record(app, &may.caller, &may.ties, may.child, read_of(of)).await?;
    let field = |name: &str| field(form, refused.as_ref(), name, frame.language);
    let (title, texts) = match &on {
        On::Entry(stored) => {
            let texts = texts(&stored.entry).map(str::to_owned).collect();
            (Some(stored.entry.title.clone()), texts)
        }
        On::Media(stored) => (Some(stored.media.file_name.clone()), Vec::new()),
        On::Book { .. } => (None, Vec::new()),
    };
    Ok(CoverForm {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        entry: form.some("entry"),
        media: form.some("media"),
        title,
        texts,
        files: files(app, may, &on).await?,
        spotted: spotted(app, may, of, &on, form.one("page").parse().unwrap_or(1)).await?,
        what: form.one("what").to_owned(),
        words: field("words"),
        spot: field("spot"),
        whole: field("whole"),
        sides: ["left", "top", "width", "height"].map(|name| form.one(name).to_owned()),
        matters: Matter::ALL.map(Matter::as_str).to_vec(),
        matter: field("matter"),
        reason: field("reason"),
        ground: field("ground"),
        review_on: field("review_on"),
        review_when: field("review_when"),
        key: key(app, form)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

fn target_of(form: &Fields) -> Result<Target, Problem> {
    let id =
        |name: &str| form.some(name).map(|id| id.parse::<Uuid>().map_err(|_| Problem::NotFound)).transpose();
    Ok(match (id("entry")?, id("media")?) {
        (_, Some(media)) => Target::Media(MediaId(media)),
        (Some(entry), None) => Target::Entry(EntryId(entry)),
        (None, None) => Target::Book,
    })
}

fn read_of(of: Target) -> ReadPage {
    match of {
        Target::Entry(id) => ReadPage::Entry(id.0),
        Target::Media(id) => ReadPage::Media(id),
        Target::Book => ReadPage::Entries,
    }
}

/// The picture, or the page of a paper, of which a spot can be covered, with those that are.
async fn spotted(
    app: &App,
    may: &MayCover,
    of: Target,
    on: &On,
    page: u32,
) -> Result<Option<Spotted>, Problem> {
    let On::Media(stored) = on else { return Ok(None) };
    if !on.has_spots() {
        return Ok(None);
    }
    let records = redactions::of_child(app, may.child).await?.into_iter();
    let spots = records.filter(|known| known.record.of == of).flat_map(|known| known.record.spots());
    let here = spots.filter(|spot| spot.page == page);
    let rendition = if on.has_pages() { format!("page-{page}") } else { "large".to_owned() };
    Ok(Some(Spotted {
        src: format!("/api/v1/media/{}/{rendition}", stored.id),
        page: on.has_pages().then_some(page),
        spots: here.map(|spot| [spot.left, spot.top, spot.width, spot.height]).collect(),
    }))
}

/// The files on a page, each with where it is covered.
async fn files(app: &App, may: &MayCover, on: &On) -> Result<Vec<Link>, Problem> {
    let On::Entry(stored) = on else { return Ok(Vec::new()) };
    let ids: Vec<MediaId> = stored.entry.media.iter().map(|file| file.id).collect();
    let mut links = Vec::new();
    for file in app.db.media_among(&ids).await? {
        let href = format!("/bog/{}/daekket/ny?fil={}", may.child, file.id);
        links.push(Link { href, words: file.media.file_name });
    }
    Ok(links)
}
