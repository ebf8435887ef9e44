//! `/bog/{child}/voksne`: the child's adults, and what it wishes of them.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Datelike;
use renderer::book::{AgeBand, Body as PageBody, Book, Language, PageKind};
use renderer::html::{
    AdultCard, Ago, ChildWaits, ContactClock, FormerAdult, MeetingLine, MyAdults, Phone, PictureView,
    WishRow, WishedPage, day_label, meeting_label,
};
use serde::Deserialize;
use uuid::Uuid;

use super::register::{flash, json, named};
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::around::{Around, called};
use crate::auth::{Caller, MayAnswerWish, MayChangeLife, MayRead, MayTell};
use crate::books::{self, Opened};
use crate::db::adults::Tie;
use crate::db::life::StoredLife;
use crate::db::people::TiedChild;
use crate::domain::access::Right;
use crate::domain::document::{ReadPage, Role};
use crate::domain::ids::EntryId;
use crate::domain::life::Relation;
use crate::domain::meeting::{Meeting, Wish, WishKind};
use crate::http::{Body, language_of};
use crate::life;
use crate::problem::Problem;
use crate::wishes::{self, NewAnswer, NewWish};

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Done {
    pub gjort: Option<String>,
}

/// `GET /bog/{child}/voksne`
pub async fn page(
    app: Data<App>,
    may: MayRead,
    done: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(done.gjort.as_deref(), frame.language);
    let Opened { book, .. } = books::open(&app, &may, None, language_of(&request), ReadPage::Book).await?;
    let around = Around::of(&app, may.child, &may.caller, &may.ties).await?;
    let faces = Faces::of(&app, &may).await?;
    let own = may.ties.may(Right::Wish);
    let told = Telling { app: &app, around: &around, language: frame.language };
    let wishes = around.wishes.iter().rev().take(20).map(|wish| told.wish(wish, &book));
    let page = MyAdults {
        child: may.child.to_string(),
        book_title: book.title.clone(),
        band: AgeBand::for_age(may.ties.age),
        own,
        adults: around.now().into_iter().map(|tie| told.card(tie, &faces, own)).collect(),
        before: around.before().into_iter().map(|tie| former(tie, &faces, &book)).collect(),
        wishes: if may.ties.may(Right::ReadWishes) { wishes.collect() } else { Vec::new() },
        key: app.new_secret()?,
    };
    show(&page, &frame)
}

/// `POST /bog/{child}/oensker`: the child wishes something.
pub async fn wish(
    app: Data<App>,
    may: MayTell<Wish>,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let id = |name: &str| form.some(name).map(|id| id.parse().map_err(|_| Problem::NotFound)).transpose();
    let new = NewWish {
        what: form.some("what"),
        about: id("about")?,
        to: id("to")?,
        words: form.some("words"),
        withdrawn: false,
    };
    // A page has a form for each adult; the same day's second press is the first one's.
    let part = format!("wish {} {} {}", form.one("to"), form.one("about"), may.caller.today);
    let name = named(&form, &request, &json(&new))(&part);
    life::add(&app, &may, new, Some(name)).await?;
    Ok(see_other(&format!("/bog/{}/voksne?gjort=wish#oensker", may.child)))
}

/// `POST /bog/{child}/oensker/{record}/fortryd`: the child takes it back.
pub async fn take_back(
    app: Data<App>,
    may: MayChangeLife<Wish>,
    body: Body,
) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    let wish = &may.stored.record;
    let new = NewWish {
        what: Some(kind_of(wish.what).into()),
        about: wish.about.map(|entry| entry.0),
        // Whoever was asked may be gone by now.
        to: None,
        words: wish.words.clone(),
        withdrawn: true,
    };
    life::change(&app, &may, new, None).await?;
    Ok(see_other(&format!("/bog/{}/voksne?gjort=takenback#oensker", wish.child)))
}

/// `POST /bog/{child}/oensker/{record}/svar`: an adult answers.
pub async fn answer(
    app: Data<App>,
    may: MayAnswerWish,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewAnswer { words: form.one("words").to_owned() };
    let name = named(&form, &request, &json(&new))("answer");
    wishes::answer(&app, &may, new, Some(name)).await?;
    Ok(see_other("/bidrag?gjort=answer"))
}

/// What the children of an adult wait for, for `/bidrag`.
pub async fn waits(
    app: &App,
    caller: &Caller,
    children: &[TiedChild],
    language: Language,
) -> Result<Vec<ChildWaits>, Problem> {
    let mut waits = Vec::new();
    for TiedChild { id, child, ties } in children {
        let keeps_meetings = ties.may(Right::KeepMeetings);
        if !keeps_meetings && !ties.may(Right::AnswerWishes) {
            continue;
        }
        let around = Around::of(app, *id, caller, ties).await?;
        let told = Telling { app, around: &around, language };
        let open = around.wishes.iter().filter(|wish| around.is_open(wish));
        let adviser = ties.roles.contains(&Role::Caseworker);
        waits.push(ChildWaits {
            child: id.to_string(),
            name: child.calling_name().to_owned(),
            wishes: open.map(|wish| told.wish_without_page(wish)).collect(),
            keeps_meetings,
            clock: told.clock().filter(|clock| adviser && clock.late),
        });
    }
    Ok(waits)
}

/// Pictures of people, as they stand on the people map.
struct Faces(Vec<(crate::domain::ids::PersonId, PictureView)>);

impl Faces {
    async fn of(app: &App, may: &MayRead) -> Result<Self, Problem> {
        let people = app.db.life::<Relation>(may.child, None, 500).await?.items;
        let pictured: Vec<_> = people
            .iter()
            .filter_map(|stored| Some((stored.record.person?, stored.record.picture?)))
            .collect();
        let ids: Vec<_> = pictured.iter().map(|(_, picture)| *picture).collect();
        let files = app.db.media_among(&ids).await?;
        let face = |(person, picture): &(_, _)| {
            let stored = files.iter().find(|stored| stored.id == *picture)?;
            let (width, height) = (stored.media.width?, stored.media.height?);
            let (id, alt) = (stored.id.to_string(), String::new());
            Some((*person, PictureView::new(&renderer::book::Picture { id, alt, width, height })))
        };
        Ok(Self(pictured.iter().filter_map(face).collect()))
    }

    fn face(&self, tie: &Tie) -> Option<PictureView> {
        self.0.iter().find(|(person, _)| *person == tie.id).map(|(_, face)| face.clone())
    }
}

/// Puts what is known of the adults into words.
pub struct Telling<'a> {
    pub app: &'a App,
    pub around: &'a Around,
    pub language: Language,
}

impl Telling<'_> {
    pub fn meeting(&self, meeting: &Meeting) -> MeetingLine {
        MeetingLine {
            when: meeting_label(meeting.on, meeting.at, self.around.today, self.language),
            place: meeting.place.clone(),
            about: meeting.about.clone(),
        }
    }

    pub fn clock(&self) -> Option<ContactClock> {
        let today = self.around.today;
        let (adviser, contact) = self.around.contact(self.app.config.contact_days.get())?;
        Some(ContactClock {
            adviser: called(&adviser.person.name).to_owned(),
            ago: contact.last.map(|last| Ago::new(last, today)),
            due: day_label(contact.due, today, self.language),
            late: contact.is_late(today),
        })
    }

    fn card(&self, tie: &Tie, faces: &Faces, own: bool) -> AdultCard {
        let adviser = tie.role == Role::Caseworker;
        let next = self.around.coming().find(|stored| stored.record.with.contains(&tie.id));
        let asked = self.around.wishes.iter().filter(|wish| self.around.is_open(wish));
        let mut asked = asked.map(|stored| &stored.record);
        AdultCard {
            id: tie.id.to_string(),
            called: called(&tie.person.name).to_owned(),
            name: tie.person.name.clone(),
            title: title_of(tie),
            since: tie.since.year(),
            picture: faces.face(tie),
            // A number is kept for the child, not for everybody who reads its book.
            phone: tie.person.phone.as_deref().filter(|_| own).and_then(Phone::read),
            meeting: next.map(|stored| self.meeting(&stored.record)),
            clock: if adviser { self.clock() } else { None },
            asked: own && asked.any(|wish| wish.what == WishKind::Meeting && wish.to == Some(tie.id)),
        }
    }

    /// A wish without the name of the page it is about.
    pub fn wish_without_page(&self, stored: &StoredLife<Wish>) -> WishRow {
        let wish = &stored.record;
        let answer = wish.answer.as_ref();
        let name = |id| self.around.name(id).map(|name| called(name).to_owned());
        WishRow {
            id: stored.id.to_string(),
            what: kind_of(wish.what),
            to: wish.to.and_then(name),
            words: wish.words.clone(),
            about: None,
            said_on: danish_time(wish.told_at).date(),
            answered_by: answer.and_then(|answer| name(answer.by)),
            answer: answer.map(|answer| answer.words.clone()),
            meeting: self.around.meeting_of(stored.id).map(|meeting| self.meeting(meeting)),
            page: None,
        }
    }

    /// A wish, with the page it is about and the one that came of it as the reader's book has them.
    fn wish(&self, stored: &StoredLife<Wish>, book: &Book) -> WishRow {
        let find = |id: EntryId| {
            let id = id.to_string();
            book.pages().map(|(_, page)| page).find(|page| page.id == id)
        };
        let about = stored.record.about.and_then(find);
        let wished = self.around.page_of(stored.id).and_then(find);
        let wished = wished.filter(|page| matches!(page.body, PageBody::Open { .. }));
        WishRow {
            about: about.map(|page| page.title.clone()),
            page: wished.map(|page| WishedPage {
                title: page.title.clone(),
                href: format!("/bog/{}/side/{}", book.child, page.id),
            }),
            ..self.wish_without_page(stored)
        }
    }
}

fn former(tie: &Tie, faces: &Faces, book: &Book) -> FormerAdult {
    let until = tie.until.unwrap_or(tie.since);
    let theirs = |page: &renderer::book::Page| {
        let name = &tie.person.name;
        page.kind == PageKind::Letter
            && (page.people.contains(name) || page.by.as_ref().is_some_and(|by| by.name == *name))
    };
    let letter = book.pages().map(|(_, page)| page).filter(|page| theirs(page)).last();
    FormerAdult {
        name: tie.person.name.clone(),
        title: title_of(tie),
        from: tie.since.year(),
        to: until.year(),
        picture: faces.face(tie),
        letter: letter.map(|page| format!("/bog/{}/side/{}", book.child, page.id)),
    }
}

/// A caseworker is the child's adviser, whatever the municipality calls it.
fn title_of(tie: &Tie) -> Option<String> {
    (tie.role != Role::Caseworker).then(|| tie.person.title.clone())
}

fn kind_of(what: WishKind) -> &'static str {
    match what {
        WishKind::Meeting => "meeting",
        WishKind::Page => "page",
        WishKind::Other => "other",
        WishKind::No => "no",
    }
}

/// The wish of this id, if it is the child's and not taken back.
pub fn wish_of(around: &Around, id: Option<Uuid>) -> Option<&StoredLife<Wish>> {
    around.wishes.iter().find(|stored| Some(stored.id) == id)
}
