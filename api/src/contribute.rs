//! Writing in a book: what was asked is checked field by field, then sealed as an entry.

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{AgeBand, PageKind, Precision};
use renderer::spoken::{is_timed, paragraphs};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::auth::{Caller, MayContribute, MayCorrect, sees_content};
use crate::db::deposits::Idempotency;
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::deposit::{self, Deposited};
use crate::domain::access::{Right, Ties, age_on};
use crate::domain::document::{Body, Envelope, Kind, Role};
use crate::domain::entry::{Basis, Entry, EntryMedia, Imported, Readiness, Stance, Text};
use crate::domain::ids::{ChildId, EntryId, MediaId, PersonId};
use crate::fields::{
    WORD_CHARACTERS, check_characters, line, name, required_day, required_line, required_name, unless_wrong,
    words,
};
use crate::problem::{FieldProblem, Limited, Problem};
use crate::wishes;

const REASON_CHARACTERS: usize = 2000;
const PEOPLE: usize = 100;
const FILES: usize = 100;
const TEXTS: usize = 24;

/// An entry as it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntry {
    /// photo, story, document, sound, video, event, letter, thing, decision, talk, drawing or statement.
    #[schema(required, example = "photo")]
    pub kind: Option<String>,
    /// Up to 200 characters.
    #[schema(required, example = "Den første svømmetur")]
    pub title: Option<String>,
    /// The same fact told for one or several ages. A story or a letter needs one.
    #[serde(default)]
    pub texts: Vec<NewText>,
    /// From 1900-01-01 to today; with a coarser precision any day inside the period.
    #[schema(required, example = "2026-08-03")]
    pub occurred_on: Option<String>,
    /// day, month, season, year, about or unknown.
    #[schema(required, example = "day")]
    pub precision: Option<String>,
    /// Left out: nobody has been asked. Empty: nobody knows.
    pub people: Option<Vec<String>>,
    pub place: Option<String>,
    /// Files uploaded to the same child. A photo needs one.
    #[serde(default)]
    pub media: Vec<NewMedia>,
    /// seen, heard or read.
    #[schema(example = "seen")]
    pub basis: Option<String>,
    /// observation or assessment.
    pub stance: Option<String>,
    pub purpose: Option<String>,
    /// The chapter's name, for example `days`; chosen by kind and date when left out.
    pub chapter: Option<String>,
    /// Whether the child reads it now; open when left out.
    pub readiness: Option<Readiness>,
    /// The entry it is told beside: the same, as somebody else remembers it. Said with the first version, and stays.
    pub beside: Option<Uuid>,
    /// The child's wish for a page that it answers. Said with the first version, and stays.
    pub wish: Option<Uuid>,
}

/// A text for one age.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewText {
    /// 3-6, 7-9, 10-12, 13-15, 16-17 or 18+.
    #[schema(example = "7-9")]
    pub band: String,
    /// BCP 47.
    #[schema(example = "da")]
    pub language: String,
    #[schema(example = "I dag sprang Alma i fra kanten. Helt selv.")]
    pub text: String,
}

/// A file: its id, or its id with words for those who cannot see or hear it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum NewMedia {
    Id(Uuid),
    Described {
        id: Uuid,
        alt: Option<String>,
        /// What is said in a sound or a film: plain text, or WebVTT.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
        /// The sound is the page's text, the first one where there are several, read aloud by somebody.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reads: bool,
    },
}

/// Seals a new entry.
pub async fn write(
    app: &App,
    may: &MayContribute,
    new: NewEntry,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    write_as_of(app, may, new, app.now(), idempotency).await
}

/// Seals an entry that was written at another time than now: what is taken in later keeps its own date.
pub async fn write_as_of(
    app: &App,
    may: &MayContribute,
    new: NewEntry,
    written_at: DateTime<Utc>,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let mut entry = checked(app, &may.caller, &may.ties, may.child, new, None).await?;
    entry.written_at = written_at.min(app.now());
    deposit::for_child(app, may.caller.id, may.child, (app.new_id(), 1), Body::Entry(entry), idempotency)
        .await
}

/// Seals an entry that was taken in with a folder.
pub async fn take_in(
    app: &App,
    may: &MayContribute,
    new: NewEntry,
    imported: Imported,
    idempotency: Idempotency,
) -> Result<Deposited, Problem> {
    let mut entry = checked(app, &may.caller, &may.ties, may.child, new, None).await?;
    entry.imported = Some(imported);
    let id = (app.new_id(), 1);
    deposit::for_child(app, may.caller.id, may.child, id, Body::Entry(entry), Some(idempotency)).await
}

/// What is wrong with an entry whose files have not come yet.
pub async fn check_words(app: &App, may: &MayContribute, new: NewEntry) -> Result<(), Problem> {
    match checked(app, &may.caller, &may.ties, may.child, new, None).await {
        Err(Problem::Invalid(wrong)) => {
            unless_wrong(wrong.into_iter().filter(|wrong| wrong.field != "media").collect(), ())
        }
        other => other.map(drop),
    }
}

/// Seals a new version of an entry. The old one stays as it was.
pub async fn correct(
    app: &App,
    may: &MayCorrect,
    new: NewEntry,
    idempotency: Option<Idempotency>,
) -> Result<Deposited, Problem> {
    if let Some(first) = deposit::answered(app, may.caller.id, idempotency.as_ref()).await? {
        return Ok(first);
    }
    let child = may.entry.entry.child;
    let entry = checked(app, &may.caller, &may.ties, child, new, Some(&may.entry)).await?;
    let version = app.db.latest_version(may.entry.id.0).await? + 1;
    let next = (may.entry.id.0, version);
    let sealed = deposit::for_child(app, may.caller.id, child, next, Body::Entry(entry), idempotency).await;
    sealed.map_err(deposit::overtaken)
}

/// The entry that was asked for, or every field that is wrong.
async fn checked(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    child: ChildId,
    new: NewEntry,
    before: Option<&StoredEntry>,
) -> Result<Entry, Problem> {
    let limit = app.config.limits.text_characters;
    if new.texts.iter().any(|text| text.text.chars().count() > limit) {
        return Err(Problem::TooLarge { what: Limited::Text, limit: limit as u64 });
    }
    let mut wrong = Vec::new();
    let kind = required_name::<PageKind>(&mut wrong, "kind", new.kind.as_deref());
    let precision = required_name::<Precision>(&mut wrong, "precision", new.precision.as_deref());
    let title = words(&mut wrong, "title", ("en overskrift", "title"), new.title);
    let today = caller.today;
    let occurred_on = required_day(&mut wrong, "occurred_on", new.occurred_on.as_deref(), Some(today));
    let texts = texts(&mut wrong, new.texts);
    let media = files(app, &mut wrong, child, caller, ties, new.media).await?;
    let people = people(&mut wrong, new.people);
    let before_it = before.map(|before| &before.entry.readiness);
    let readiness = new.readiness.or_else(|| before_it.cloned()).unwrap_or_default();
    match before_it {
        Some(kept) if *kept == readiness => {}
        // What somebody holds back is opened by those who decide, not by whoever wrote it.
        Some(Readiness::HeldBack { .. }) if !ties.may(Right::Decide) => return Err(Problem::NotPermitted),
        _ => check_readiness(app, &mut wrong, child, caller, ties, &readiness).await?,
    }
    let beside = match before {
        Some(before) => before.entry.beside,
        None => host(app, caller, ties, child, new.beside).await?,
    };
    let wish = match before {
        Some(before) => before.entry.wish,
        None => wishes::wished_page(app, ties, child, new.wish).await?,
    };
    let entry = Entry {
        child,
        kind: kind.unwrap_or(PageKind::Story),
        title,
        chapter: name(&mut wrong, "chapter", new.chapter.as_deref()),
        occurred_on: occurred_on.unwrap_or(today),
        precision: precision.unwrap_or(Precision::Unknown),
        place: line(&mut wrong, "place", new.place),
        people,
        texts,
        media,
        basis: name::<Basis>(&mut wrong, "basis", new.basis.as_deref()),
        stance: name::<Stance>(&mut wrong, "stance", new.stance.as_deref()),
        purpose: line(&mut wrong, "purpose", new.purpose),
        readiness,
        beside,
        wish,
        imported: before.and_then(|before| before.entry.imported.clone()),
        author: before.map_or(caller.id, |before| before.entry.author),
        author_title: before.map_or(caller.person.title.clone(), |before| before.entry.author_title.clone()),
        written_at: app.now(),
    };
    if let Some(kind) = kind {
        check_kind(&mut wrong, kind, &entry);
    }
    unless_wrong(wrong, entry)
}

fn check_kind(wrong: &mut Vec<FieldProblem>, kind: PageKind, entry: &Entry) {
    if matches!(kind, PageKind::Story | PageKind::Letter) && entry.texts.is_empty() {
        let (da, en) = ("En historie eller et brev skal have en tekst.", "A story or a letter needs a text.");
        wrong.push(FieldProblem::new("texts", "required", da, en));
    }
    if kind == PageKind::Photo && entry.media.is_empty() {
        let (da, en) = ("Der mangler et billede.", "A picture is missing.");
        wrong.push(FieldProblem::new("media", "required", da, en));
    }
}

fn texts(wrong: &mut Vec<FieldProblem>, given: Vec<NewText>) -> Vec<Text> {
    if given.len() > TEXTS {
        let (da, en) = (format!("Højst {TEXTS} tekster."), format!("At most {TEXTS} texts."));
        wrong.push(FieldProblem::new("texts", "too_many", da, en));
    }
    let mut kept = Vec::new();
    for (index, text) in given.into_iter().enumerate() {
        check_characters(wrong, &format!("texts[{index}].text"), &text.text, true);
        let band = required_name::<AgeBand>(wrong, &format!("texts[{index}].band"), Some(&text.band));
        let is_tag = (2..=35).contains(&text.language.len())
            && text.language.chars().all(|char| char.is_ascii_alphanumeric() || char == '-');
        if !is_tag {
            let (da, en) = ("Sproget skrives som da eller en.", "The language is written like da or en.");
            wrong.push(FieldProblem::new(format!("texts[{index}].language"), "unknown_value", da, en));
        }
        if let (Some(band), false) = (band, text.text.trim().is_empty()) {
            kept.push(Text { band, language: text.language, text: text.text });
        }
    }
    kept
}

/// The entry that something is told beside, if this caller sees what stands in it. What is told beside one that is told
/// beside another stands with them all.
pub(crate) async fn host(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    child: ChildId,
    beside: Option<Uuid>,
) -> Result<Option<EntryId>, Problem> {
    let Some(id) = beside else { return Ok(None) };
    let stored = app.db.entry(EntryId(id)).await?.filter(|stored| stored.entry.child == child);
    let stored = stored.filter(|stored| sees_content(ties, stored, caller)).ok_or(Problem::NotFound)?;
    Ok(Some(stored.entry.beside.unwrap_or(stored.id)))
}

/// The files that were named, as far as this caller may put them into a page.
pub(crate) async fn files(
    app: &App,
    wrong: &mut Vec<FieldProblem>,
    child: ChildId,
    caller: &Caller,
    ties: &Ties,
    given: Vec<NewMedia>,
) -> Result<Vec<EntryMedia>, Problem> {
    if given.len() > FILES {
        let (da, en) = (format!("Højst {FILES} filer."), format!("At most {FILES} files."));
        wrong.push(FieldProblem::new("media", "too_many", da, en));
        return Ok(Vec::new());
    }
    let mut files: Vec<EntryMedia> = Vec::new();
    for file in given {
        let file = match file {
            NewMedia::Id(id) => EntryMedia { id: MediaId(id), alt: None, words: None, reads: false },
            NewMedia::Described { id, alt, words, reads } => {
                let alt = line(wrong, "media.alt", alt);
                EntryMedia { id: MediaId(id), alt, words: spoken(app, wrong, words), reads }
            }
        };
        if !files.iter().any(|known| known.id == file.id) {
            files.push(file);
        }
    }
    let ids: Vec<MediaId> = files.iter().map(|file| file.id).collect();
    let stored = usable_files(app, caller, ties, child, &ids).await?;
    for file in &files {
        let of_type = |is: fn(&str) -> bool| {
            stored.iter().any(|stored| stored.id == file.id && is(&stored.media.media_type))
        };
        if file.words.is_some() && !of_type(is_heard) {
            let (da, en) = ("Kun lyd og film kan have ord.", "Only a sound or a film has words.");
            wrong.push(FieldProblem::new("media.words", "unknown_value", da, en));
        }
        if file.reads && !of_type(is_sound) {
            let (da, en) = ("Kun en lyd kan læse teksten højt.", "Only a sound can read the text aloud.");
            wrong.push(FieldProblem::new("media.reads", "unknown_value", da, en));
        }
    }
    Ok(files)
}

/// True for what one listens to: sounds and films.
pub(crate) fn is_heard(media_type: &str) -> bool {
    is_sound(media_type) || media_type.starts_with("video/")
}

pub(crate) fn is_sound(media_type: &str) -> bool {
    media_type.starts_with("audio/")
}

/// What is said in a file; blank is the same as left out.
fn spoken(app: &App, wrong: &mut Vec<FieldProblem>, words: Option<String>) -> Option<String> {
    let words = words?.trim_start_matches('\u{feff}').trim().to_owned();
    let limit = app.config.limits.text_characters;
    if words.chars().count() > limit {
        let (da, en) =
            (format!("Her er der plads til {limit} tegn."), format!("There is room for {limit} characters."));
        wrong.push(FieldProblem::new("media.words", "too_long", da, en));
    }
    check_characters(wrong, "media.words", &words, true);
    if is_timed(&words) && paragraphs(&words).is_empty() {
        let (da, en) = ("Der er ingen ord i underteksterne.", "There are no words in the subtitles.");
        wrong.push(FieldProblem::new("media.words", "unreadable", da, en));
    }
    (!words.is_empty()).then_some(words)
}

/// These files, if this caller may put them into the child's book. A foreign file, one that is nowhere and one that waits
/// answer alike: nobody learns that something exists.
pub(crate) async fn usable_files(
    app: &App,
    caller: &Caller,
    ties: &Ties,
    child: ChildId,
    ids: &[MediaId],
) -> Result<Vec<StoredMedia>, Problem> {
    let found = app.db.media_among(ids).await?;
    for id in ids {
        let stored = found.iter().find(|stored| stored.id == *id && stored.media.child == child);
        if !may_use(app, caller, ties, stored.ok_or(Problem::NotFound)?).await? {
            return Err(Problem::NotFound);
        }
    }
    Ok(found)
}

/// A file may be put into an entry by who deposited it, and by whoever sees it in an entry already: else a new entry
/// would open what another holds back. Who decides may use any that an adult has deposited; what the child keeps to
/// itself is the child's.
async fn may_use(app: &App, caller: &Caller, ties: &Ties, stored: &StoredMedia) -> Result<bool, Problem> {
    if caller.holds(app, stored).await? {
        return Ok(true);
    }
    let entries = app.db.entries_with(stored.id).await?;
    // What is open while two read is not taken along from there.
    let alone = caller.alone();
    if entries.iter().any(|entry| sees_content(ties, entry, &alone)) {
        return Ok(true);
    }
    Ok(ties.may(Right::Decide) && !is_the_childs_own(app, stored, caller.today).await?)
}

async fn is_the_childs_own(app: &App, stored: &StoredMedia, today: NaiveDate) -> Result<bool, Problem> {
    let Some(depositor) = stored.deposited_by else { return Ok(false) };
    let ties = app.db.ties(depositor, stored.media.child, today).await?;
    Ok(ties.is_some_and(|ties| ties.roles.contains(&Role::Own)))
}

fn people(wrong: &mut Vec<FieldProblem>, given: Option<Vec<String>>) -> Option<Vec<String>> {
    let given = given?;
    if given.len() > PEOPLE {
        let (da, en) = (format!("Højst {PEOPLE} personer."), format!("At most {PEOPLE} people."));
        wrong.push(FieldProblem::new("people", "too_many", da, en));
    }
    Some(given.into_iter().filter_map(|person| line(wrong, "people", Some(person))).collect())
}

/// A page is held back by somebody who may decide it, read by a second person who may too, for a reason, and not for
/// ever: at 18 it opens.
async fn check_readiness(
    app: &App,
    wrong: &mut Vec<FieldProblem>,
    child: ChildId,
    caller: &Caller,
    ties: &Ties,
    readiness: &Readiness,
) -> Result<(), Problem> {
    if let Readiness::WithAdult { ask } | Readiness::HeldBack { ask, .. } = readiness {
        required_line(wrong, "readiness.ask", ask, WORD_CHARACTERS);
    }
    let Readiness::HeldBack { reason, decided_by, second_reader, review_on, opens_on, .. } = readiness else {
        return Ok(());
    };
    required_line(wrong, "readiness.reason", reason, REASON_CHARACTERS);
    let mut refuse =
        |field: &str, code, da: &str, en: &str| wrong.push(FieldProblem::new(field, code, da, en));
    // The case system hands over what a caseworker decided; nobody else decides in another's name.
    let by_decider = *decided_by == caller.id || ties.roles.contains(&Role::System);
    let decider = app.db.ties(*decided_by, child, caller.today).await?;
    if !by_decider || !decider.is_some_and(|ties| ties.may(Right::Decide)) {
        refuse(
            "readiness.decided_by",
            "not_permitted",
            "Kun barnets rådgiver kan holde en side tilbage.",
            "Only the child's caseworker can hold a page back.",
        );
    }
    if second_reader == decided_by || !may_be_second(app, *second_reader, child, caller.today).await? {
        refuse(
            "readiness.second_reader",
            "unknown_value",
            "En anden voksen omkring barnet skal have læst siden.",
            "Another adult around the child must have read the page.",
        );
    }
    if *review_on <= caller.today || opens_on < review_on {
        refuse(
            "readiness.review_on",
            "date_out_of_range",
            "Siden skal ses på igen, før den åbner, og efter i dag.",
            "The page is looked at again after today and before it opens.",
        );
    }
    let born = app.db.child(child).await?.map(|child| child.born);
    let still_closed_at_18 =
        |born| ties.age < 18 && opens_on.pred_opt().is_some_and(|eve| age_on(born, eve) >= 18);
    if born.is_some_and(still_closed_at_18) {
        refuse(
            "readiness.opens_on",
            "date_out_of_range",
            "Siden skal åbne senest, når barnet er 18 år.",
            "The page opens at 18 at the latest.",
        );
    }
    Ok(())
}

/// A second reader stands around the child, or leads in its municipality.
async fn may_be_second(
    app: &App,
    person: PersonId,
    child: ChildId,
    today: NaiveDate,
) -> Result<bool, Problem> {
    let ties = app.db.ties(person, child, today).await?;
    if ties.is_some_and(|ties| ties.may(Right::ReadAnyBand)) {
        return Ok(true);
    }
    let municipality = app.db.child(child).await?.map(|child| child.municipality);
    let roles = app.db.municipal_roles(person, today).await?;
    Ok(roles.iter().any(|(role, led)| *role == Role::Leader && Some(*led) == municipality))
}

/// The version of an entry as it was sealed.
pub async fn version(app: &App, id: EntryId, child: ChildId, version: u32) -> Result<StoredEntry, Problem> {
    let file = Kind::Entry.document_name();
    let content = app.archive.open(archive::GroupId(child.0), archive::ObjectId(id.0), version, file).await?;
    let bytes = content.read_all(16 * 1024 * 1024).await?;
    let envelope: Envelope =
        serde_json::from_slice(&bytes).map_err(|error| Problem::Internal(format!("document: {error}")))?;
    match envelope.body {
        Body::Entry(entry) => Ok(StoredEntry { id, version, written_by: envelope.deposited_by, entry }),
        other => Err(Problem::Internal(format!("an entry's file holds a {}", other.kind().as_str()))),
    }
}
