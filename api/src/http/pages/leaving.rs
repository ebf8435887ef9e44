//! `/bog/{child}/med`: what one takes along when one leaves.

use std::collections::BTreeSet;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::AgeBand;
use renderer::html::{
    Elsewhere, ElsewhereRow as PlaceRow, Frame, KeepPaper, KeepPerson, Leaving, PackageMade, PaperFile, Phone,
};
use uuid::Uuid;

use super::adults::Done;
use super::book::edition_view;
use super::register::{flash, json, named};
use super::{Fields, frame, see_other, show};
use crate::app::{App, danish_time};
use crate::auth::{MayDecideAsOwner, MayFetchOwnPackage, MayTakeHome};
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::db::life::StoredLife;
use crate::domain::access::{GROWN_AT, Right};
use crate::domain::document::ReadPage;
use crate::domain::own_package::OwnPackage;
use crate::elsewhere;
use crate::export::NewLock;
use crate::http::Body;
use crate::http::media::serve_locked;
use crate::leaving::{self, Keepable, NewKept};
use crate::ownership::Candidate;
use crate::problem::Problem;
use crate::{readings, redactions};

/// `GET /bog/{child}/med`
pub async fn page(
    app: Data<App>,
    may: MayDecideAsOwner,
    done: Query<Done>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut frame = frame(&app, &request, &may.caller).await?;
    frame.flash = flash(done.gjort.as_deref(), frame.language);
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Entries).await?;
    show(&sheet(&app, &may, &frame).await?, &frame)
}

/// `POST /bog/{child}/med`: the papers and the people that are kept at hand.
pub async fn keep(
    app: Data<App>,
    may: MayDecideAsOwner,
    body: Body,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let new = NewKept { papers: Some(ticked(&form, "paper")?), people: Some(ticked(&form, "person")?) };
    let name = named(&form, &request, &json(&new))("kept");
    leaving::keep(&app, &may, new, Some(name)).await?;
    Ok(see_other(&format!("/bog/{}/med?gjort=kept#gemt", may.child)))
}

fn ticked(form: &Fields, name: &str) -> Result<BTreeSet<Uuid>, Problem> {
    form.all(name).map(|id| id.parse().map_err(|_| Problem::NotFound)).collect()
}

/// `POST /bog/{child}/med/mappe`: everything as one package.
pub async fn order(app: Data<App>, may: MayTakeHome, body: Body) -> Result<HttpResponse, Problem> {
    Fields::of(body, &may.caller).await?;
    match leaving::order(&app, &may, None).await {
        // Pressed twice: it is being made.
        Ok(_) | Err(Problem::NotReady) => Ok(see_other(&format!("/bog/{}/med#mappe", may.child))),
        Err(problem) => Err(problem),
    }
}

/// `POST /bog/{child}/med/mappe/{package}`: the package behind a password.
pub async fn locked(app: Data<App>, may: MayFetchOwnPackage, body: Body) -> Result<HttpResponse, Problem> {
    let form = Fields::of(body, &may.caller).await?;
    let lock = NewLock::password(form.one("password")).lock()?;
    let package = leaving::fetch(&app, &may).await?.package;
    serve_locked(package, lock, "min-bog.zip.age").await
}

/// `GET /bog/{child}/med/mennesker.vcf`: contact cards for a telephone.
pub async fn contacts(app: Data<App>, may: MayDecideAsOwner) -> Result<HttpResponse, Problem> {
    let cards = leaving::contacts(&app, &may).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/vcard; charset=utf-8")
        .insert_header(("Content-Disposition", "attachment; filename=\"mine-mennesker.vcf\""))
        .insert_header(("Cache-Control", "private, no-store"))
        .body(cards))
}

/// `GET /bog/{child}/andre-steder`: where else there may be papers, each with a letter to send.
pub async fn elsewhere(
    app: Data<App>,
    may: MayTakeHome,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let frame = frame(&app, &request, &may.caller).await?;
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Entries).await?;
    let places = elsewhere::places(&app, &may).await?.into_iter();
    let page = Elsewhere {
        child: may.child.to_string(),
        book_title: child.book_title,
        name: may.caller.person.name.clone(),
        // Who asks under another name is found under the one from then.
        name_then: Some(child.name).filter(|name| *name != may.caller.person.name),
        born: child.born,
        places: places
            .map(|place| PlaceRow {
                name: place.name,
                what: place.what,
                from: place.from,
                to: place.to,
                web: place.web,
            })
            .collect(),
    };
    show(&page, &frame)
}

async fn sheet(app: &App, may: &MayDecideAsOwner, frame: &Frame) -> Result<Leaving, Problem> {
    let Keepable { papers, people } = leaving::keepable(app, may).await?;
    let files: Vec<_> =
        papers.iter().flat_map(|(stored, _)| &stored.entry.media).map(|file| file.id).collect();
    let covers = redactions::covers_for(app, &may.ties, may.child).await?;
    let files: Vec<StoredMedia> =
        app.db.media_among(&files).await?.into_iter().map(|file| file.under(&covers)).collect();
    let originals = may.ties.may(Right::ReadOriginals);
    let grown = may.ties.age >= GROWN_AT;
    let packages = if grown { leaving::packages(app, may.child).await? } else { Vec::new() };
    Ok(Leaving {
        child: may.child.to_string(),
        book_title: app.db.child(may.child).await?.ok_or(Problem::NotFound)?.book_title,
        band: AgeBand::for_age(may.ties.age),
        grown,
        here: frame.path.clone(),
        editions: app.db.editions(may.child, 3).await?.into_iter().map(edition_view).collect(),
        packages: packages.into_iter().rev().take(3).map(made).collect(),
        papers: papers.into_iter().map(|(stored, kept)| paper(stored, kept, &files, originals)).collect(),
        any_kept: people.iter().any(|(_, kept)| *kept),
        people: people.into_iter().map(|(one, kept)| person(one, kept)).collect(),
        key: app.new_secret()?,
    })
}

fn made(StoredLife { id, record, .. }: StoredLife<OwnPackage>) -> PackageMade {
    PackageMade {
        id: id.to_string(),
        href: record.delivery.as_ref().map(|_| format!("/api/v1/packages/{id}/file")),
        made_on: danish_time(record.ready_at().unwrap_or(record.asked.at)).date(),
        size_bytes: record.delivery.as_ref().map_or(0, |delivery| delivery.size_bytes),
        missing: record.delivery.as_ref().map_or(0, |delivery| delivery.missing),
    }
}

fn paper(stored: StoredEntry, kept: bool, files: &[StoredMedia], originals: bool) -> KeepPaper {
    let file = |id| {
        let stored = files.iter().find(|stored| stored.id == id)?;
        // As for any reader: a picture as received tells of camera and place.
        let may = originals || stored.media.width.is_none();
        may.then(|| PaperFile {
            href: format!("/api/v1/media/{id}/original"),
            name: stored.media.file_name.clone(),
        })
    };
    KeepPaper {
        id: stored.id.to_string(),
        href: format!("/bog/{}/side/{}", stored.entry.child, stored.id),
        title: stored.entry.title,
        day: stored.entry.occurred_on,
        files: stored.entry.media.iter().filter_map(|medium| file(medium.id)).collect(),
        kept,
    }
}

fn person(one: Candidate, kept: bool) -> KeepPerson {
    KeepPerson {
        id: one.id.to_string(),
        phone: one.person.phone.as_deref().and_then(Phone::read),
        name: one.person.name,
        title: one.person.title,
        kept,
    }
}
