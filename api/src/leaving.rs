//! What one takes along when one leaves: everything as one package, papers to keep at hand, and people.

use std::collections::BTreeSet;

use renderer::book::PageKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayDecideAsOwner, MayFetchOwnPackage, MayTakeHome, sees_content};
use crate::db::deposits::Idempotency;
use crate::db::entries::StoredEntry;
use crate::db::life::StoredLife;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::disposal::Signed;
use crate::domain::document::{Body, Kind, ReadPage};
use crate::domain::ids::{ChildId, EntryId, PersonId, RequestId};
use crate::domain::own_package::OwnPackage;
use crate::export::{Audience, Export};
use crate::jobs;
use crate::ownership::{self, Candidate, Decided};
use crate::problem::Problem;
use crate::{readings, redactions, requests};

/// So many packages of one book are told of; each is a moment of a life.
const PACKAGES: u64 = 200;
/// So many pages are looked through for papers.
const ENTRIES: u64 = 20_000;

/// What is kept at hand, as it is asked for. What is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKept {
    /// Pages with papers in one's own book: all that are kept.
    pub papers: Option<BTreeSet<Uuid>>,
    /// People who are or were around: all that are kept.
    pub people: Option<BTreeSet<Uuid>>,
}

/// What there is to keep at hand, and whether it is kept.
pub struct Keepable {
    pub papers: Vec<(StoredEntry, bool)>,
    pub people: Vec<(Candidate, bool)>,
}

/// The papers and the people among which one chooses.
pub async fn keepable(app: &App, may: &MayDecideAsOwner) -> Result<Keepable, Problem> {
    let owned = ownership::decided(app, may.child).await?.map(|stored| stored.record);
    let kept = |id: &EntryId| owned.as_ref().is_some_and(|owned| owned.papers.contains(id));
    let entries = app.db.entries(may.child, None, ENTRIES).await?.items;
    let covers = redactions::covers_for(app, &may.ties, may.child).await?;
    let papers = entries.into_iter().filter(|stored| is_paper(may, stored));
    let papers = papers.map(|stored| stored.under(&covers));
    let papers = papers.map(|stored| {
        let is_kept = kept(&stored.id);
        (stored, is_kept)
    });
    let kept = |id: &PersonId| owned.as_ref().is_some_and(|owned| owned.people.contains(id));
    let people = ownership::candidates(app, may).await?.into_iter().map(|one| {
        let is_kept = kept(&one.id);
        (one, is_kept)
    });
    Ok(Keepable { papers: papers.collect(), people: people.collect() })
}

/// A paper that is open to the owner.
fn is_paper(may: &MayDecideAsOwner, stored: &StoredEntry) -> bool {
    stored.entry.kind == PageKind::Document && sees_content(&may.ties, stored, &may.caller)
}

/// Seals what is kept at hand.
pub async fn keep(
    app: &App,
    may: &MayDecideAsOwner,
    new: NewKept,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let there = keepable(app, may).await?;
    let mut decided = Decided::of(app, may.child).await?;
    if let Some(papers) = new.papers {
        let known: BTreeSet<Uuid> = there.papers.iter().map(|(stored, _)| stored.id.0).collect();
        among(&papers, &known)?;
        decided.owned.papers = papers.into_iter().map(EntryId).collect();
    }
    if let Some(people) = new.people {
        let known: BTreeSet<Uuid> = there.people.iter().map(|(one, _)| one.id.0).collect();
        among(&people, &known)?;
        decided.owned.people = people.into_iter().map(PersonId).collect();
    }
    ownership::seal(app, may, decided, idempotency).await
}

fn among(chosen: &BTreeSet<Uuid>, known: &BTreeSet<Uuid>) -> Result<(), Problem> {
    if chosen.is_subset(known) { Ok(()) } else { Err(Problem::NotFound) }
}

/// Orders everything in one's book as one package. One at a time: it reads every byte there is.
pub async fn order(
    app: &App,
    may: &MayTakeHome,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let before = packages(app, may.child).await?;
    if before.iter().any(|stored| stored.record.delivery.is_none()) {
        return Err(Problem::NotReady);
    }
    let id = app.new_id();
    let asked = Signed { by: may.caller.id, at: app.now() };
    let body = Body::OwnPackage(OwnPackage { child: may.child, asked, delivery: None });
    let sealed = deposit::for_child(app, may.caller.id, may.child, (id, 1), body, idempotency).await?;
    jobs::order(app, jobs::Kind::TakeHome, &id.to_string()).await?;
    Ok(sealed)
}

/// The packages of one book, first to last. Looking at one that is not ready lets it go on, whatever broke it off.
pub async fn packages(app: &App, child: ChildId) -> Result<Vec<StoredLife<OwnPackage>>, Problem> {
    let packages = app.db.life::<OwnPackage>(child, None, PACKAGES).await?.items;
    for stored in &packages {
        go_on(app, stored).await?;
    }
    Ok(packages)
}

/// Orders what is not made yet; ordered already, it is left to it.
pub async fn go_on(app: &App, stored: &StoredLife<OwnPackage>) -> Result<(), Problem> {
    if stored.record.delivery.is_none() {
        jobs::order(app, jobs::Kind::TakeHome, &stored.id.to_string()).await?;
    }
    Ok(())
}

/// Makes a package: every byte is read before it is promised, and what is lost is told.
pub async fn make(app: &App, id: Uuid) -> Result<(), Problem> {
    let Some(StoredLife { version, record, .. }) = app.db.life_record::<OwnPackage>(id).await? else {
        return Ok(());
    };
    if record.delivery.is_some() {
        return Ok(());
    }
    let (delivery, export) = requests::made(app, record.child, Audience::Owner).await?;
    let born = app.db.child(record.child).await?.map(|child| child.born);
    let slip = Slip {
        id,
        version: version + 1,
        group: record.child.0,
        kind: Kind::OwnPackage,
        by: None,
        at: app.now(),
    };
    let body = Body::OwnPackage(OwnPackage { delivery: Some(delivery), ..record });
    deposit::document(app, slip, body, born, None).await?;
    app.planned.keep(id, export).await;
    Ok(())
}

/// What was made, the same to the byte whenever it is fetched. That it is, is recorded.
pub async fn fetch(app: &App, may: &MayFetchOwnPackage) -> Result<Export, Problem> {
    let StoredLife { id, record, .. } = &may.stored;
    let delivery = record.delivery.as_ref().ok_or(Problem::NotReady)?;
    let export = requests::made_before(app, *id, record.child, Audience::Owner, delivery).await?;
    let page = ReadPage::Package(RequestId(*id));
    readings::record(app, &may.caller, &may.ties, record.child, page).await?;
    Ok(export)
}

/// Contact cards of those who are kept at hand, for a telephone (vCard 3.0, RFC 2426).
pub async fn contacts(app: &App, may: &MayDecideAsOwner) -> Result<String, Problem> {
    let people = keepable(app, may).await?.people.into_iter().filter(|(_, kept)| *kept);
    Ok(people.map(|(one, _)| card(&one)).collect())
}

fn card(one: &Candidate) -> String {
    let name = escaped(&one.person.name);
    let phone = one.person.phone.as_deref().map(|phone| format!("TEL;TYPE=VOICE:{}\r\n", escaped(phone)));
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{name};;;;\r\nTITLE:{}\r\n{}END:VCARD\r\n",
        escaped(&one.person.title),
        phone.unwrap_or_default(),
    )
}

/// RFC 2426, section 4: what has a meaning of its own is marked.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ',' | ';' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_makes_another_line_of_a_card() {
        assert_eq!(escaped("Karen; Holm, \\ X\nTEL:1\r"), "Karen\\; Holm\\, \\\\ X\\nTEL:1");
    }
}
