//! `/bidrag`: writing in a book from a phone at the kitchen table. Works without scripts too: then the whole form comes
//! as one multipart body, files last.

use actix_multipart::Multipart;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use renderer::book::{AgeBand, ChapterKind, Language, PageKind, Precision};
use renderer::html::{
    ChildChoice, Contribute, Contribution, ContributionState, Draft, DraftText, Sent, ToldBeside, WishedFor,
};
use serde::Deserialize;
use uuid::Uuid;

use super::book::cover_of;
use super::form::form_with_files;
use super::register::{flash, words};
use super::{Fields, adults, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{Caller, MayAnswerWish, MayContribute, sees_content};
use crate::contribute::{self, NewEntry, NewMedia, NewText};
use crate::db::entries::StoredEntry;
use crate::db::people::TiedChild;
use crate::domain::access::{Right, Ties, age_on};
use crate::domain::document::{Child, Role};
use crate::domain::entry::Readiness;
use crate::domain::ids::{ChildId, EntryId};
use crate::domain::meeting::Wish;
use crate::problem::Problem;
use crate::{places, redactions};

/// What the page is opened with.
#[derive(Deserialize)]
pub struct Opened {
    barn: Option<String>,
    /// The entry just sent.
    sendt: Option<String>,
    /// The entry beside which something is told.
    ved: Option<Uuid>,
    /// The wish for a page that is answered.
    oenske: Option<Uuid>,
    gjort: Option<String>,
}

/// `GET /bidrag`
pub async fn form(
    app: Data<App>,
    caller: Caller,
    opened: Query<Opened>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &caller).await?;
    frame.flash = flash(opened.gjort.as_deref(), frame.language);
    let mut page = page(&app, &caller, frame.language).await?;
    page.draft.child = opened.barn.clone().filter(|id| page.children.iter().any(|child| child.id == *id));
    if let Some(host) = opened.ved {
        page.draft = told_beside(&app, &caller, host, page.draft).await?;
    }
    if let Some(wish) = opened.oenske {
        page.draft = wished_for(&app, &caller, wish, page.draft).await?;
    }
    if let Some(id) = opened.sendt.as_deref().and_then(|id| id.parse::<EntryId>().ok()) {
        page.sent = sent(&app, &caller, id).await?;
    }
    show(&page, &frame)
}

/// `POST /bidrag`: the form without scripts.
pub async fn send(
    app: Data<App>,
    caller: Caller,
    body: Result<Multipart, actix_web::Error>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut body = body.map_err(|_| Problem::MalformedBody("the form is not multipart/form-data".into()))?;
    let mut filled = Fields::default();
    match take_in(&app, &caller, &mut body, &mut filled).await {
        Ok(entry) => Ok(see_other(&format!("/bidrag?sendt={entry}"))),
        Err(Problem::ForeignOrigin) => Err(Problem::ForeignOrigin),
        Err(problem) => {
            let frame = frame(&app, &request, &caller).await?;
            let mut page = page(&app, &caller, frame.language).await?;
            if let Ok(host) = filled.one("beside").parse() {
                page.draft = told_beside(&app, &caller, host, page.draft).await?;
            }
            if let Ok(wish) = filled.one("wish").parse() {
                page.draft = wished_for(&app, &caller, wish, page.draft).await?;
            }
            page.draft = filled.draft(page.draft);
            page.problem = Some(words(&problem, frame.language));
            show(&page, &frame)
        }
    }
}

impl Fields {
    fn ticked(&self, name: &str) -> bool {
        !self.one(name).is_empty()
    }

    fn people(&self) -> Option<Vec<String>> {
        let others = self.one("people_other").split(',').map(str::trim).filter(|name| !name.is_empty());
        let people: Vec<String> = self.all("people").chain(others).map(str::to_owned).collect();
        (self.ticked("people_unknown") || !people.is_empty()).then_some(people)
    }

    fn place(&self) -> Option<String> {
        let other = self.one("place_other");
        let place = if other.is_empty() { self.one("place") } else { other };
        (!place.is_empty() && !self.ticked("place_unknown")).then(|| place.to_owned())
    }

    /// The text for the child's own age first: it is the one that a voice reads.
    fn texts(&self, own: AgeBand) -> Vec<(AgeBand, String)> {
        let of = |band: AgeBand| self.some(&format!("text_{}", band.as_str()));
        let main = of(own).or_else(|| self.some("text")).map(|text| (own, text));
        let others = AgeBand::ALL.into_iter().filter(|band| *band != own);
        main.into_iter().chain(others.filter_map(|band| Some((band, of(band)?)))).collect()
    }

    fn entry(&self, own: AgeBand, media: Vec<NewMedia>, today: NaiveDate) -> NewEntry {
        let texts = self.texts(own);
        let first_line = texts.first().and_then(|(_, text)| text.lines().next()).unwrap_or_default();
        let title = self.some("title").unwrap_or_else(|| first_line.chars().take(80).collect());
        let unknown = self.ticked("when_unknown");
        NewEntry {
            kind: self.some("kind").or_else(|| Some("photo".into())),
            title: Some(title),
            texts: texts
                .into_iter()
                .map(|(band, text)| NewText { band: band.as_str().into(), language: "da".into(), text })
                .collect(),
            occurred_on: self.some("occurred_on").or_else(|| Some(today.to_string())),
            precision: if unknown {
                Some("unknown".into())
            } else {
                self.some("precision").or(Some("day".into()))
            },
            people: self.people(),
            place: self.place(),
            media,
            basis: self.some("basis"),
            beside: self.some("beside").and_then(|id| id.parse().ok()),
            wish: self.some("wish").and_then(|id| id.parse().ok()),
            chapter: self.some("chapter"),
            ..NewEntry::default()
        }
    }

    /// Everything that was written, given back to the form.
    fn draft(&self, empty: Draft) -> Draft {
        Draft {
            child: Some(self.one("child").to_owned()).filter(|child| !child.is_empty()),
            kind: serde_json::from_value(self.one("kind").into()).unwrap_or(PageKind::Photo),
            title: self.one("title").to_owned(),
            text: self.one("text").to_owned(),
            spoken: self.one("spoken").to_owned(),
            reads: self.ticked("reads"),
            texts: AgeBand::ALL
                .into_iter()
                .map(|band| DraftText { band, text: self.one(&format!("text_{}", band.as_str())).to_owned() })
                .filter(|text| !text.text.is_empty())
                .collect(),
            occurred_on: self.one("occurred_on").parse().unwrap_or(empty.occurred_on),
            precision: serde_json::from_value(self.one("precision").into()).unwrap_or(Precision::Day),
            people: self.people().unwrap_or_default(),
            place: self.place().unwrap_or_default(),
            chapter: ChapterKind::parse(self.one("chapter")),
            basis: self.one("basis").to_owned(),
            beside: empty.beside,
            wish: empty.wish,
            key: Some(self.one("key").to_owned()).filter(|key| !key.is_empty()).unwrap_or(empty.key),
        }
    }
}

/// Reads the form to its end and seals the entry.
async fn take_in(
    app: &App,
    caller: &Caller,
    body: &mut Multipart,
    filled: &mut Fields,
) -> Result<EntryId, Problem> {
    let child = |filled: &Fields| filled.one("child").parse().map_err(|_| Problem::NotFound);
    let (may, media) = form_with_files(app, caller, body, filled, child).await?;
    let entry = filled.entry(AgeBand::for_age(may.ties.age), media, caller.today);
    let idempotency = filled.idempotency(may.child, &entry);
    let deposited = contribute::write(app, &may, entry, idempotency).await?;
    Ok(EntryId(deposited.id))
}

/// The empty page for this person.
async fn page(app: &App, caller: &Caller, language: Language) -> Result<Contribute, Problem> {
    let mut children = Vec::new();
    let tied = app.db.tied_children(caller.id, caller.today, None, 200).await?;
    let waits = adults::waits(app, caller, &tied, language).await?;
    for TiedChild { id, child, ties } in tied {
        if ties.may(Right::Contribute) {
            children.push(choice(app, caller, id, child, &ties).await?);
        }
    }
    if children.is_empty() {
        return Err(Problem::NotPermitted);
    }
    let only = (children.len() == 1).then(|| children[0].id.clone());
    let mine = app.db.entries_by(caller.id, 10).await?;
    let mut contributions = Vec::with_capacity(mine.len());
    for stored in mine {
        contributions.extend(contribution(app, caller, stored).await?);
    }
    Ok(Contribute {
        owner: caller.id.to_string(),
        children,
        draft: Draft {
            child: only,
            kind: PageKind::Photo,
            title: String::new(),
            text: String::new(),
            texts: Vec::new(),
            spoken: String::new(),
            reads: false,
            occurred_on: caller.today,
            precision: Precision::Day,
            people: Vec::new(),
            place: String::new(),
            chapter: None,
            basis: String::new(),
            beside: None,
            wish: None,
            key: app.new_secret()?,
        },
        problem: None,
        sent: None,
        waits,
        mine: contributions,
        today: caller.today,
        photo_limit_bytes: app.config.limits.photo_bytes,
        recording_limit_bytes: app.config.limits.recording_bytes,
        file_limit_bytes: app.config.limits.document_bytes,
    })
}

/// The draft for telling of the same as an entry that the caller reads: of its child, of its day.
async fn told_beside(app: &App, caller: &Caller, host: Uuid, draft: Draft) -> Result<Draft, Problem> {
    let host = app.db.entry(EntryId(host)).await?.ok_or(Problem::NotFound)?;
    let may =
        MayContribute::grant(app, caller.clone(), host.entry.child).await.map_err(|_| Problem::NotFound)?;
    if !sees_content(&may.ties, &host, caller) {
        return Err(Problem::NotFound);
    }
    let host = redactions::seen(app, caller, &may.ties, host).await?;
    Ok(Draft {
        child: Some(host.entry.child.to_string()),
        kind: PageKind::Story,
        occurred_on: host.entry.occurred_on,
        precision: host.entry.precision,
        beside: Some(ToldBeside { id: host.id.to_string(), title: host.entry.title }),
        ..draft
    })
}

/// The draft for the page that a child wished for.
async fn wished_for(app: &App, caller: &Caller, wish: Uuid, draft: Draft) -> Result<Draft, Problem> {
    let stored = app.db.life_record::<Wish>(wish).await?.ok_or(Problem::NotFound)?;
    let may = MayAnswerWish::grant(app, caller.clone(), stored).await.map_err(|_| Problem::NotFound)?;
    let Wish { child, words, .. } = may.stored.record;
    let name = app.db.child(child).await?.ok_or(Problem::NotFound)?.calling_name().to_owned();
    Ok(Draft {
        child: Some(child.to_string()),
        kind: PageKind::Story,
        wish: Some(WishedFor { id: wish.to_string(), name, words }),
        ..draft
    })
}

/// A child to choose, with the names and places that have been used before: a tap instead of typing.
async fn choice(
    app: &App,
    caller: &Caller,
    id: ChildId,
    child: Child,
    ties: &Ties,
) -> Result<ChildChoice, Problem> {
    let reads = ties.may(Right::ReadBook);
    let secret = places::kept_from(app, caller, ties, id).await?;
    let name = child.calling_name().to_owned();
    let mut people = vec![name.clone()];
    let mut spots = Vec::new();
    for (_, role, person) in app.db.people_around(id, caller.today).await? {
        let first = person.name.split(' ').next().unwrap_or_default().to_owned();
        if role == Role::Carer && !people.contains(&first) {
            people.push(first);
        }
    }
    if reads {
        let covers = redactions::covers_for(app, ties, id).await?;
        let recent = app.db.entries(id, None, 40).await?.items.into_iter();
        let recent: Vec<StoredEntry> = recent.map(|stored| stored.under(&covers)).collect();
        for stored in recent.iter().filter(|stored| stored.entry.readiness == Readiness::Open) {
            let named = stored.entry.people.iter().flatten().filter(|person| person.chars().count() <= 40);
            push_new(&mut people, named, 8);
            let (on, precision) = (stored.entry.occurred_on, stored.entry.precision);
            let place = stored.entry.place.iter().filter(|_| !secret.covers_when(on, precision));
            push_new(&mut spots, place, 6);
        }
    }
    let initials = name.chars().next().map(String::from).unwrap_or_default();
    let picture = if reads { cover_of(app, child.cover).await? } else { None };
    let band = AgeBand::for_age(age_on(child.born, caller.today));
    Ok(ChildChoice { id: id.to_string(), name, initials, picture, band, people, places: spots })
}

fn push_new<'a>(list: &mut Vec<String>, more: impl Iterator<Item = &'a String>, most: usize) {
    for one in more {
        if list.len() < most && !list.contains(one) {
            list.push(one.clone());
        }
    }
}

/// One of the caller's own entries; `None` when the caller's place around the child has ended.
async fn contribution(
    app: &App,
    caller: &Caller,
    stored: StoredEntry,
) -> Result<Option<Contribution>, Problem> {
    let child = app.db.child(stored.entry.child).await?;
    let ties = app.db.ties(caller.id, stored.entry.child, caller.today).await?;
    let Some(ties) = ties.filter(|ties| ties.may(Right::SeeCard)) else { return Ok(None) };
    let open = sees_content(&ties, &stored, caller);
    let shown = open && ties.may(Right::ReadBook);
    Ok(Some(Contribution {
        href: shown.then(|| format!("/bog/{}/side/{}", stored.entry.child, stored.id)),
        title: if open { stored.entry.title } else { "…".into() },
        kind: stored.entry.kind,
        child_name: child.map(|child| child.calling_name().to_owned()).unwrap_or_default(),
        written_on: danish_time(stored.entry.written_at).date(),
        state: match stored.entry.readiness {
            Readiness::Open => ContributionState::InBook,
            Readiness::WithAdult { .. } => ContributionState::WithAdult,
            Readiness::HeldBack { .. } => ContributionState::HeldBack,
        },
    }))
}

async fn sent(app: &App, caller: &Caller, id: EntryId) -> Result<Option<Sent>, Problem> {
    let Some(stored) = app.db.entry(id).await?.filter(|stored| stored.entry.author == caller.id) else {
        return Ok(None);
    };
    let Some(contribution) = contribution(app, caller, stored).await? else { return Ok(None) };
    let href = contribution.href.unwrap_or_else(|| "/bidrag".into());
    Ok(Some(Sent { title: contribution.title, child_name: contribution.child_name, href }))
}
