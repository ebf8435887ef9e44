//! Coming back after decades: somebody says that a book is theirs, two archivists look, and only what both have found opens
//! it. Until then the asker learns nothing of what there is or is not.

pub mod matching;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::Stream;
use governor::clock::{Clock, DefaultClock};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts;
use crate::app::{App, danish_time};
use crate::auth::{MayAnswerClaim, digest};
use crate::db::claims::StoredClaim;
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::access::{GROWN_AT, age_on};
use crate::domain::access_policy::AccessClass;
use crate::domain::claim::{Agreement, Claim, Finding, Outcome, Outsider, Paper, Told, Word};
use crate::domain::disposal::Signed;
use crate::domain::document::{AssignedTo, Assignment, Body, Kind, Person, Role};
use crate::domain::ids::{AssignmentId, ChildId, ClaimId, MunicipalityId, PersonId};
use crate::domain::media_type::clean_file_name;
use crate::domain::working_days::after_working_days;
use crate::fields::{required_day, required_line, required_name, unless_wrong, words};
use crate::problem::{FieldProblem, Problem};
use crate::upload::{self, TakenIn};
use crate::{outsiders, register};

/// What somebody writes in one go is no longer than this.
const WORDS_CHARACTERS: usize = 5_000;
/// So many messages of an asker's, whom nobody knows, are kept.
const MESSAGES: usize = 50;
/// So many papers of an asker's, whom nobody knows, are kept.
const PAPERS: usize = 10;
/// Days after it was found in which the secret opens the book.
const OPEN_DAYS: i64 = 30;

/// A claim as it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClaim {
    #[schema(required)]
    pub municipality: Option<String>,
    /// self where one says that the book is one's own; next_of_kin, researcher or anyone where the one it is about has died.
    /// Left out: self.
    #[schema(example = "self")]
    pub asks_as: Option<String>,
    /// Unless one asks as self: who one is to them, or what it is for. Up to 5,000 characters.
    pub purpose: Option<String>,
    /// One's own name today.
    #[schema(required, example = "Rikke Lund")]
    pub name: Option<String>,
    /// The one the book is about: every name as a child.
    #[schema(required, example = "Rikke Damsgaard, Rikke Holm")]
    pub names_then: Option<String>,
    #[schema(required, example = "1992-06-08")]
    pub born: Option<String>,
    /// Where one lived, and with whom.
    pub places: Option<String>,
    /// How one is reached: a telephone number, an address.
    #[schema(required, example = "12 34 57 89")]
    pub reach: Option<String>,
}

/// What one archivist found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFinding {
    /// Whose book it is; left out where it is nobody's here, or not proven.
    pub child: Option<Uuid>,
    /// The papers one has seen, and where.
    #[schema(required, example = "Pas og navneattest, set på rådhuset.")]
    pub proof: Option<String>,
}

/// A message between an asker and the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWord {
    /// Up to 5,000 characters.
    #[schema(required)]
    pub words: Option<String>,
}

/// A claim that is sealed. The secret is told this once.
pub struct Filed {
    pub sealed: Deposited,
    pub secret: String,
    pub answer_by: NaiveDate,
}

/// Seals what somebody tells whom nobody knows yet.
pub async fn file(app: &App, new: NewClaim) -> Result<Filed, Problem> {
    let (municipality, told, outsider) = checked(app, new).await?;
    if let Err(early) = app.claims.check() {
        return Err(Problem::TooManyAttempts(
            early.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        ));
    }
    let (secret, now) = (app.new_secret()?, app.now());
    let days = app.config.request_working_days.get();
    let answer_by = after_working_days(danish_time(now).date(), days);
    let claim = Claim {
        municipality,
        told,
        outsider,
        told_at: now,
        answer_by,
        key: digest(&secret),
        messages: Vec::new(),
        papers: Vec::new(),
        findings: Vec::new(),
        outcome: None,
    };
    let sealed = seal(app, (app.new_id(), 1), claim, None, None).await?;
    Ok(Filed { sealed, secret, answer_by })
}

async fn checked(app: &App, new: NewClaim) -> Result<(MunicipalityId, Told, Option<Outsider>), Problem> {
    let mut wrong = Vec::new();
    let outsider = outsider(&mut wrong, new.asks_as.as_deref(), new.purpose);
    let municipality = new.municipality.as_deref().and_then(|id| id.parse().ok());
    let known = match municipality {
        Some(id) => app.db.municipality(id).await?.map(|_| id),
        None => None,
    };
    if known.is_none() {
        let (da, en) = ("Vælg den kommune, der skal lede.", "Choose the municipality that is to look.");
        wrong.push(FieldProblem::new("municipality", "required", da, en));
    }
    let places = new.places.map(|places| places.trim().to_owned()).filter(|places| !places.is_empty());
    if let Some(places) = &places {
        required_line(&mut wrong, "places", places, WORDS_CHARACTERS);
    }
    let today = app.today();
    let born = if outsider.is_some() {
        required_day(&mut wrong, "born", new.born.as_deref(), Some(today)).unwrap_or_default()
    } else {
        grown_birthday(&mut wrong, new.born.as_deref(), today)
    };
    let told = Told {
        name: words(&mut wrong, "name", ("dit navn", "name"), new.name),
        names_then: words(&mut wrong, "names_then", ("dit navn dengang", "name from then"), new.names_then),
        born,
        places,
        reach: words(&mut wrong, "reach", ("en måde at nå dig på", "way to reach you"), new.reach),
    };
    unless_wrong(wrong, (known.unwrap_or(MunicipalityId(Uuid::nil())), told, outsider))
}

/// As whom one asks; nothing where one says that the book is one's own.
fn outsider(
    wrong: &mut Vec<FieldProblem>,
    asks_as: Option<&str>,
    purpose: Option<String>,
) -> Option<Outsider> {
    let asks_as = asks_as.filter(|asks_as| !matches!(*asks_as, "" | "self"))?;
    let purpose = purpose.unwrap_or_default();
    required_line(wrong, "purpose", &purpose, WORDS_CHARACTERS);
    let class = required_name::<AccessClass>(wrong, "asks_as", Some(asks_as))?;
    Some(Outsider { class, purpose: purpose.trim().to_owned() })
}

/// Whoever is not grown has a caseworker, who lets them in.
fn grown_birthday(wrong: &mut Vec<FieldProblem>, given: Option<&str>, today: NaiveDate) -> NaiveDate {
    let born = required_day(wrong, "born", given, Some(today)).unwrap_or_default();
    if age_on(born, today) < GROWN_AT {
        let da = "Er du under 18 år, så spørg din rådgiver. Hun lukker dig ind i din bog.";
        let en = "If you are under 18, ask your caseworker, who lets you into your book.";
        wrong.push(FieldProblem::new("born", "not_grown", da, en));
    }
    born
}

/// The claim that a secret opens.
pub async fn by_secret(app: &App, secret: &str) -> Result<StoredClaim, Problem> {
    app.db.claim_by_key(&digest(secret)).await?.ok_or(Problem::NotFound)
}

/// Seals what the asker writes.
pub async fn ask(app: &App, stored: StoredClaim, new: NewWord) -> Result<Deposited, Problem> {
    let theirs = stored.claim.messages.iter().filter(|word| word.by.is_none()).count();
    if theirs >= MESSAGES || !stored.claim.is_open() {
        return Err(Problem::NotAtThisStep);
    }
    say(app, stored, None, new, None).await
}

/// Seals a copy of a paper that proves who the asker is: a picture or a PDF, looked at by the scanner first.
pub async fn prove<S>(app: &App, stored: StoredClaim, file_name: &str, bytes: S) -> Result<Deposited, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let StoredClaim { id, version, mut claim } = stored;
    if claim.papers.len() >= PAPERS || !claim.is_open() {
        return Err(Problem::NotAtThisStep);
    }
    let version = version + 1;
    let group = claim.municipality.0;
    let slip = Slip { id: id.0, version, group, kind: Kind::Claim, by: None, at: app.now() };
    let TakenIn { staging, file, media_type } = upload::take_in_paper(app, &slip, bytes).await?;
    claim.papers.push(Paper {
        version,
        name: clean_file_name(file_name),
        media_type,
        sha256: file.plain.to_string(),
        size_bytes: file.plain_bytes,
        at: slip.at,
    });
    let sealed = deposit::commit(app, slip, staging, Body::Claim(Box::new(claim)), None, None).await;
    sealed.map_err(deposit::overtaken)
}

/// Seals what an archivist writes to the asker.
pub async fn answer(
    app: &App,
    may: &MayAnswerClaim,
    new: NewWord,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    say(app, may.stored.clone(), Some(may.caller.id), new, idempotency).await
}

async fn say(
    app: &App,
    stored: StoredClaim,
    by: Option<PersonId>,
    new: NewWord,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let mut wrong = Vec::new();
    let words = new.words.unwrap_or_default();
    required_line(&mut wrong, "words", &words, WORDS_CHARACTERS);
    let words = unless_wrong(wrong, words.trim().to_owned())?;
    let mut claim = stored.claim;
    claim.messages.push(Word { by, at: app.now(), words });
    seal(app, (stored.id.0, stored.version + 1), claim, by, idempotency).await
}

/// Seals what one archivist found. Where another has found the same, it is decided.
pub async fn find(
    app: &App,
    may: &MayAnswerClaim,
    new: NewFinding,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    if !may.stored.claim.is_open() {
        return Err(Problem::NotAtThisStep);
    }
    let mut wrong = Vec::new();
    let proof = new.proof.unwrap_or_default();
    required_line(&mut wrong, "proof", &proof, WORDS_CHARACTERS);
    let proof = unless_wrong(wrong, proof.trim().to_owned())?;
    let child = new.child.map(ChildId);
    if let Some(id) = child {
        let child = app.db.child(id).await?.ok_or(Problem::NotFound)?;
        let is_ours = child.municipality == may.stored.claim.municipality;
        let outsider = may.stored.claim.outsider.as_ref();
        if !is_ours || outsider.is_none() && age_on(child.born, app.today()) < GROWN_AT {
            return Err(Problem::NotFound);
        }
        if let Some(outsider) = outsider {
            outsiders::refuse_closed(app, outsider.class, id, "child").await?;
        }
    }
    let now = app.now();
    let mut claim = may.stored.claim.clone();
    claim.findings.push(Finding { signed: Signed { by: may.caller.id, at: now }, child, proof });
    claim.outcome = decided(app, may.stored.id, &claim, now).await?;
    let next = (may.stored.id.0, may.stored.version + 1);
    seal(app, next, claim, Some(may.caller.id), idempotency).await
}

async fn decided(
    app: &App,
    id: ClaimId,
    claim: &Claim,
    at: DateTime<Utc>,
) -> Result<Option<Outcome>, Problem> {
    Ok(match (claim.agreement(), &claim.outsider) {
        (Agreement::Waits | Agreement::Differs, _) => None,
        (Agreement::On(None), _) => Some(Outcome::NotFound { at }),
        (Agreement::On(Some(child)), Some(outsider)) => {
            Some(outsiders::ask(app, id, claim, outsider, child).await?)
        }
        (Agreement::On(Some(child)), None) => {
            let known = app.db.own_person(child).await?;
            let person = known.unwrap_or(PersonId(app.new_id()));
            Some(Outcome::Found { child, person, role: AssignmentId(app.new_id()), at })
        }
    })
}

/// The last day on which the secret opens the book; nothing where it was not found.
pub fn open_until(claim: &Claim) -> Option<NaiveDate> {
    match claim.outcome {
        Some(Outcome::Found { at, .. }) => Some(danish_time(at + TimeDelta::days(OPEN_DAYS)).date()),
        _ => None,
    }
}

/// Lets the asker in, by a link that opens once.
pub async fn come_in(app: &App, stored: &StoredClaim) -> Result<String, Problem> {
    let in_time = open_until(&stored.claim).is_some_and(|last| app.today() <= last);
    let Some(Outcome::Found { child, person, role, .. }) = stored.claim.outcome.filter(|_| in_time) else {
        return Err(Problem::NotAtThisStep);
    };
    admit(app, &stored.claim, child, person, role).await?;
    // Two archivists have said yes: nobody else has to.
    Ok(accounts::issue_link(app, person, None).await?.href)
}

/// Writes the asker into the register under the name of today, and as the one the book is about.
async fn admit(
    app: &App,
    claim: &Claim,
    child: ChildId,
    person: PersonId,
    role: AssignmentId,
) -> Result<(), Problem> {
    let municipality = claim.municipality;
    let known = app.db.person(person).await?;
    let named = Person {
        municipality,
        name: claim.told.name.clone(),
        title: known.as_ref().map_or_else(|| "tidligere anbragt".to_owned(), |known| known.title.clone()),
        phone: known.as_ref().and_then(|known| known.phone.clone()),
    };
    if known.as_ref() != Some(&named) {
        register::person(app, person.0, named).await?;
    }
    if app.db.own_person(child).await? != Some(person) {
        let own = Assignment {
            person,
            role: Role::Own,
            to: AssignedTo::Child(child),
            from: app.today(),
            until: None,
        };
        register::assignment(app, role.0, own).await?;
    }
    Ok(())
}

async fn seal(
    app: &App,
    (id, version): (Uuid, u32),
    claim: Claim,
    by: Option<PersonId>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    let slip = Slip { id, version, group: claim.municipality.0, kind: Kind::Claim, by, at: app.now() };
    let body = Body::Claim(Box::new(claim));
    let sealed = deposit::document_once(app, slip, body, None, idempotency).await;
    if version > 1 { sealed.map_err(deposit::overtaken) } else { sealed }
}
