//! The municipality's overview, and the grown reader's archive.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use renderer::book::{PageKind, Precision};
use renderer::html::{ArchiveHome, AuthorCount, ChildRow, JobCounts, KindCount, Overview, YearCount};

use super::book::{edition_view, rows};
use super::{frame, requests, see_other, show};
use crate::app::App;
use crate::auth::{Caller, MayOversee, MayRead};
use crate::db::entries::StoredEntry;
use crate::domain::access::{age_on, seconds_requests};
use crate::domain::document::{ReadPage, Role};
use crate::http::language_of;
use crate::problem::Problem;
use crate::{readings, redactions};

/// The overview shows this many children on one page.
const CHILDREN: u64 = 500;

/// `/overblik`: where nothing has been written. Counts and dates, never content.
pub async fn overview(
    app: Data<App>,
    may: MayOversee,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let municipality = app.db.municipality(may.municipality).await?.ok_or(Problem::NotFound)?;
    let today = may.caller.today;
    let mut children = Vec::new();
    for row in app.db.coverage(may.municipality, None, CHILDREN).await? {
        let days = row.last_written_on.map(|day| (today - day).num_days().max(0));
        children.push(ChildRow {
            href: format!("/overblik/{}", row.id),
            age: age_on(row.child.born, today),
            name: row.child.name,
            homes: small(row.homes),
            entries: small(row.entries),
            last_entry_on: row.last_written_on,
            quiet_days: days.and_then(|days| u32::try_from(days).ok()),
            book_href: None,
        });
    }
    let jobs = app.db.job_counts().await?;
    let jobs =
        JobCounts { waiting: small(jobs.waiting), running: small(jobs.running), failed: small(jobs.failed) };
    let page = Overview { municipality: municipality.name, children, jobs: Some(jobs) };
    show(&page, &frame(&app, &request, &may.caller).await?)
}

/// `/arkiv`: what there is about me.
pub async fn archive_home(
    app: Data<App>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Some(may) = own_book(&app, &caller).await? else { return Ok(see_other("/arkiv/anmodninger")) };
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    let municipality = app.db.municipality(child.municipality).await?;
    readings::record(&app, &caller, &may.ties, may.child, ReadPage::Entries).await?;
    let covers = redactions::covers(&app, may.child).await?;
    let entries = app.db.entries(may.child, None, 20_000).await?.items;
    let entries: Vec<StoredEntry> = entries.into_iter().map(|stored| stored.under(&covers)).collect();
    let readings = crate::readings::told(&app, &caller, may.child, None, 10).await?.items;
    let waiting = entries.iter().filter(|entry| !entry.entry.readiness.is_open(caller.today)).count() as u64;
    let page = ArchiveHome {
        child: may.child.to_string(),
        // The book keeps the name from then; whoever comes back is greeted by the one of today.
        name: child.called.clone().unwrap_or_else(|| caller.person.name.clone()),
        entries: small(entries.len() as u64),
        waiting: small(waiting),
        kinds: kinds(&entries),
        years: years(&entries),
        authors: authors(&entries),
        go_on_href: go_on(&app, &may, &entries).await?,
        requests: requests::of_child(&app, &caller, may.child).await?,
        editions: app.db.editions(may.child, 20).await?.into_iter().map(edition_view).collect(),
        readings: rows(&app, readings, language_of(&request)).await?,
        phone: municipality
            .as_ref()
            .and_then(|municipality| municipality.help.clone())
            .map(|help| help.phone),
        municipality: municipality.map(|municipality| municipality.name).unwrap_or_default(),
    };
    show(&page, &frame(&app, &request, &caller).await?)
}

/// The book that is about the caller; none for those who answer others' requests.
async fn own_book(app: &App, caller: &Caller) -> Result<Option<MayRead>, Problem> {
    let tied = app.db.tied_children(caller.id, caller.today, None, 200).await?;
    if let Some(own) = tied.into_iter().find(|tied| tied.ties.roles.contains(&Role::Own)) {
        return MayRead::grant(app, caller.clone(), own.id).await.map(Some);
    }
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    let answers = roles.iter().any(|(role, _)| seconds_requests(*role));
    if answers { Ok(None) } else { Err(Problem::NotPermitted) }
}

/// The page that the reader opened last.
async fn go_on(app: &App, may: &MayRead, entries: &[StoredEntry]) -> Result<Option<String>, Problem> {
    let last = app.db.last_entry_read(may.caller.id, may.child).await?;
    let last = last.filter(|last| entries.iter().any(|entry| entry.id.0 == *last));
    Ok(last.map(|last| format!("/bog/{}/side/{last}", may.child)))
}

/// Whose words they are, by what they were when they wrote.
fn authors(entries: &[StoredEntry]) -> Vec<AuthorCount> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.entry.author_title.as_str()).or_default() += 1;
    }
    let mut authors: Vec<AuthorCount> =
        counts.into_iter().map(|(title, count)| AuthorCount { title: title.to_owned(), count }).collect();
    authors.sort_by_key(|author| std::cmp::Reverse(author.count));
    authors
}

fn kinds(entries: &[StoredEntry]) -> Vec<KindCount> {
    let mut counts: Vec<(PageKind, u32)> = Vec::new();
    for entry in entries {
        match counts.iter_mut().find(|(kind, _)| *kind == entry.entry.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((entry.entry.kind, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(kind, count)| KindCount { kind, count }).collect()
}

fn years(entries: &[StoredEntry]) -> Vec<YearCount> {
    let mut counts: BTreeMap<Option<i32>, u32> = BTreeMap::new();
    for entry in entries {
        let known = entry.entry.precision != Precision::Unknown;
        let year = known.then(|| chrono::Datelike::year(&entry.entry.occurred_on));
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().map(|(year, count)| YearCount { year, count }).collect()
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
