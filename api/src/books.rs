//! From a child's entries to its book for one reader at one age.

mod byline;
pub mod forms;
mod given;
mod home_pictures;
mod life_line;
mod order;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use renderer::book::{
    AgeBand, Attachment, Body, Book, Byline, Chapter, ChapterKind, Language, Own, Page, PageKind, Picture,
    Precision, When,
};
use uuid::Uuid;

use self::order::Placed;
use crate::app::App;
use crate::arrange;
use crate::auth::{MayRead, sees_content};
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::db::own_pages::StoredOwnPage;
use crate::domain::access::{Right, age_on};
use crate::domain::document::{ReadPage, Role};
use crate::domain::entry::{Entry, EntryMedia, Readiness, Text, default_chapter, only_older_texts, text_for};
use crate::domain::ids::{ChildId, EntryId, MediaId, PersonId};
use crate::domain::own_page::Sharing;
use crate::domain::place::Secret;
use crate::domain::redaction::Covers;
use crate::fresh::ReadersBook;
use crate::gifts::{self, Given};
use crate::problem::Problem;
use crate::{places, readings, redactions};

/// A book holds this many entries at most; a life of one entry a day for 18 years is 6,600.
const ENTRIES: u64 = 20_000;
/// And this many pages that the child made itself, the newest ones.
const OWN_PAGES: u64 = 5_000;

/// A book somebody has opened.
pub struct Opened {
    pub book: Arc<Book>,
    /// Until then, opening the same page again is the same reading.
    pub read_until: DateTime<Utc>,
}

/// The book as `may`'s caller reads it at `age` (the child's own when `None`), with the reading recorded.
pub async fn open(
    app: &App,
    may: &MayRead,
    age: Option<u32>,
    language: Language,
    page: ReadPage,
) -> Result<Opened, Problem> {
    let band = AgeBand::for_age(age.unwrap_or(may.ties.age));
    if band > may.ties.highest_band() {
        return Err(Problem::NotOpenYet);
    }
    let book = for_reader(app, may, band, language).await?;
    let read_until = readings::record(app, &may.caller, &may.ties, may.child, page).await?;
    Ok(Opened { book, read_until })
}

/// The book as `may`'s caller reads it at most, for what stands around it. No reading: whoever shows it records one.
pub async fn of_reader(app: &App, may: &MayRead, language: Language) -> Result<Arc<Book>, Problem> {
    for_reader(app, may, may.ties.highest_band(), language).await
}

/// The pictures on the pages that `may`'s caller reads, the book's first ones first.
pub async fn pictures(app: &App, may: &MayRead, most: usize) -> Result<Vec<Picture>, Problem> {
    let book = of_reader(app, may, Language::Da).await?;
    // A picture that was given is seen on its page, and nowhere else.
    let pages = book.pages().map(|(_, page)| page).filter(|page| page.from.is_none());
    let mut pictures = once_each(pages.flat_map(|page| &page.pictures));
    pictures.truncate(most);
    Ok(pictures)
}

/// The pictures on pages that everybody who reads the book reads, the book's first ones first.
pub async fn pictures_for_all(app: &App, child: ChildId, age: u32) -> Result<Vec<Picture>, Problem> {
    let book = for_print(app, child, age, Language::Da).await?;
    let pages = book.pages().map(|(_, page)| page).filter(|page| page.own.is_none());
    Ok(once_each(pages.flat_map(|page| &page.pictures)))
}

/// The pages that the caller, whose book it is, does not want to meet.
pub async fn hidden(app: &App, may: &MayRead, language: Language) -> Result<Vec<Page>, Problem> {
    Ok(of_reader(app, may, language).await?.hidden.clone())
}

fn once_each<'a>(pictures: impl Iterator<Item = &'a Picture>) -> Vec<Picture> {
    let mut seen = HashSet::new();
    pictures.filter(|picture| seen.insert(&picture.id)).cloned().collect()
}

/// Woven once, and kept for the next page as long as nothing changes.
async fn for_reader(
    app: &App,
    may: &MayRead,
    band: AgeBand,
    language: Language,
) -> Result<Arc<Book>, Problem> {
    let (child, reader, day) = (may.child, may.caller.id, may.caller.today);
    let (gate, for_two) = (may.caller.gate, may.caller.reads_for_two(&may.ties, child));
    let key = ReadersBook { child, reader, band, language, day, gate, for_two };
    let stamp = app.fresh.stamp(&app.db).await;
    if let Some(book) = stamp.and_then(|stamp| app.fresh.books.get(&key, stamp)) {
        return Ok(book);
    }
    let own = app.db.own_pages(child, Some(may.caller.reader()), None, OWN_PAGES).await?.items;
    let own = own.into_iter().filter(|stored| stored.page.is_for(reader, &may.ties)).collect();
    let by_reader = may.ties.may(Right::MakeOwnPages);
    let own = OwnPages { pages: own, by_reader, hidden: arrange::hidden(app, may).await? };
    let given = gifts::in_book(app, child).await?;
    let secret = places::kept_from(app, &may.caller, &may.ties, child).await?;
    let covers = redactions::covers_for(app, &may.ties, child).await?;
    let warned = band == AgeBand::Adult && may.ties.roles.contains(&Role::Own);
    let warnings = if warned { forms::warnings(app, child, &covers).await? } else { HashMap::new() };
    let book = weave(app, child, Threads { own, given, secret, covers, warnings }, band, language, |entry| {
        // Held-back pages are read through the entry itself, never woven into a book.
        sees_content(&may.ties, entry, &may.caller)
            && (entry.entry.readiness.is_open(may.caller.today)
                || matches!(entry.entry.readiness, Readiness::WithAdult { .. }) && for_two)
    });
    let book = Arc::new(book.await?);
    if let Some(stamp) = stamp {
        app.fresh.books.put(key, stamp, book.clone(), book.pages().count());
    }
    Ok(book)
}

/// The book as the child itself reads it: what an edition prints, whoever ordered it. A grown reader needs no adult beside.
pub async fn for_print(app: &App, child: ChildId, age: u32, language: Language) -> Result<Book, Problem> {
    let today = app.today();
    let grown = app.db.child(child).await?.is_some_and(|child| age_on(child.born, today) >= 18);
    let own = app.db.own_pages(child, None, None, OWN_PAGES).await?.items;
    let own = OwnPages { pages: own, by_reader: false, hidden: BTreeSet::new() };
    // What is on paper cannot be taken back, and lies about.
    let (given, secret) = (Vec::new(), places::kept_from_all(app, child).await?);
    let covers = redactions::covers(app, child).await?;
    let threads = Threads { own, given, secret, covers, warnings: HashMap::new() };
    weave(app, child, threads, AgeBand::for_age(age), language, |stored| {
        let readiness = &stored.entry.readiness;
        readiness.is_open(today) || grown && matches!(readiness, Readiness::WithAdult { .. })
    })
    .await
}

/// The pages that the child made itself, as far as the reader reads them.
struct OwnPages {
    pages: Vec<StoredOwnPage>,
    /// The reader is the one who made them.
    by_reader: bool,
    /// Pages of any kind that the reader does not want to meet.
    hidden: BTreeSet<Uuid>,
}

/// What is woven into a book beside its entries, and what is kept out of them.
struct Threads {
    own: OwnPages,
    /// Pages that brothers and sisters gave.
    given: Vec<Given>,
    /// Where the child lived is not told of these times.
    secret: Secret,
    /// What is covered for the reader.
    covers: Covers,
    /// What the reader is told before a page is opened.
    warnings: HashMap<EntryId, Vec<String>>,
}

async fn weave(
    app: &App,
    child_id: ChildId,
    threads: Threads,
    band: AgeBand,
    language: Language,
    is_open: impl Fn(&StoredEntry) -> bool,
) -> Result<Book, Problem> {
    let child = app.db.child(child_id).await?.ok_or(Problem::NotFound)?;
    let Threads { own, given, secret, covers, mut warnings } = threads;
    let entries = app.db.entries(child_id, None, ENTRIES).await?.items;
    let entries: Vec<StoredEntry> = entries.into_iter().map(|stored| stored.under(&covers)).collect();
    let mut files = files_of(app, &entries, &own.pages, &given).await?;
    for stored in files.values_mut().filter(|stored| stored.media.child == child_id) {
        *stored = stored.clone().under(&covers);
    }
    let names = names_of(app, &entries, &own.pages).await?;
    let around = app.db.people_around(child_id, app.today()).await?;
    let subjects = around.into_iter().filter(|(_, role, _)| *role == Role::Own);
    let subjects = subjects.map(|(person, ..)| person).collect();
    let today = app.today();
    let (files, names, subjects) = (&files, &names, &subjects);
    let loom = Loom { band, language, today, files, names, subjects, secret: &secret, covers: &covers };
    let mut pages: Vec<Placed> = Vec::with_capacity(entries.len() + own.pages.len());
    // Each is let go as it is woven in: a long life is in memory once.
    for stored in entries {
        let place = (stored.entry.occurred_on, stored.entry.written_at, stored.id.0);
        let warnings = warnings.remove(&stored.id).unwrap_or_default();
        let page = Page { warnings, ..loom.page(&stored, is_open(&stored)) };
        pages.push(Placed { chapter: loom.chapter_of(&stored), place, page });
    }
    for stored in own.pages.iter().filter(|stored| !stored.page.is_talk()) {
        let made_on = crate::app::danish_time(stored.page.made_at).date();
        let place = (made_on, stored.page.made_at, stored.id.0);
        let chapter = stored.page.chapter.unwrap_or(ChapterKind::MeNow);
        pages.push(Placed { chapter, place, page: loom.own_page(stored, own.by_reader) });
    }
    pages.extend(given.iter().map(|given| loom.given(given)));
    let hidden = order::take_out(&mut pages, &own.hidden);
    let mut by_chapter = order::by_chapter(pages);
    let mut forms = forms::of_child(app, child_id, &child, &loom).await?;
    home_pictures::put(&mut forms, &by_chapter);
    let line = life_line::of(&forms, &by_chapter, child.born);
    forms.extend(line.map(|line| (ChapterKind::Days, line)));
    let chapters = ChapterKind::ALL.into_iter().filter_map(|kind| {
        let (form, pages) = (forms.remove(&kind), by_chapter.remove(&kind));
        let any = form.is_some() || pages.is_some();
        any.then(|| Chapter { kind, form, pages: pages.unwrap_or_default() })
    });
    let chapters: Vec<Chapter> = chapters.collect();
    let municipality = app.db.municipality(child.municipality).await?.map(|municipality| municipality.name);
    Ok(Book {
        child: child_id.to_string(),
        cover: cover(child.cover, &chapters),
        cloth: child.cloth,
        child_name: child.calling_name().to_owned(),
        called_before: child.called_before.clone(),
        title: child.book_title,
        band,
        language,
        municipality: municipality.unwrap_or_default(),
        made_on: app.today(),
        chapters,
        hidden,
    })
}

/// The picture the child chose, if it stands on an open page; else the first there is.
fn cover(chosen: Option<MediaId>, chapters: &[Chapter]) -> Option<Picture> {
    let pages = chapters.iter().flat_map(|chapter| &chapter.pages).filter(|page| page.from.is_none());
    let mut pictures = pages.flat_map(|page| &page.pictures);
    let chosen = chosen.map(|chosen| chosen.to_string());
    let of_choice = pictures.clone().find(|picture| Some(&picture.id) == chosen.as_ref());
    of_choice.or_else(|| pictures.next()).cloned()
}

async fn files_of(
    app: &App,
    entries: &[StoredEntry],
    own: &[StoredOwnPage],
    given: &[Given],
) -> Result<HashMap<MediaId, StoredMedia>, Problem> {
    let in_entries = entries.iter().flat_map(|stored| &stored.entry.media);
    let files = in_entries.chain(own.iter().flat_map(|stored| &stored.page.media));
    let files = files.chain(given.iter().flat_map(Given::media));
    let mut ids: Vec<MediaId> = files.map(|file| file.id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(app.db.media_among(&ids).await?.into_iter().map(|stored| (stored.id, stored)).collect())
}

/// Names of those who wrote a page or decided that it waits.
async fn names_of(
    app: &App,
    entries: &[StoredEntry],
    own: &[StoredOwnPage],
) -> Result<HashMap<PersonId, String>, Problem> {
    let mut ids: Vec<PersonId> = entries.iter().map(|entry| entry.entry.author).collect();
    ids.extend(own.iter().map(|stored| stored.page.author));
    ids.extend(entries.iter().filter_map(|entry| entry.written_by));
    ids.extend(entries.iter().filter_map(|entry| match &entry.entry.readiness {
        Readiness::HeldBack { decided_by, .. } => Some(*decided_by),
        _ => None,
    }));
    ids.sort_unstable();
    ids.dedup();
    Ok(app.db.names(&ids).await?)
}

struct Loom<'a> {
    band: AgeBand,
    language: Language,
    today: NaiveDate,
    files: &'a HashMap<MediaId, StoredMedia>,
    names: &'a HashMap<PersonId, String>,
    /// Whom the book is about.
    subjects: &'a HashSet<PersonId>,
    /// Where the child lived is not told of these times.
    secret: &'a Secret,
    /// What is covered for the reader.
    covers: &'a Covers,
}

impl Loom<'_> {
    fn chapter_of(&self, stored: &StoredEntry) -> ChapterKind {
        let entry = &stored.entry;
        entry.chapter.unwrap_or_else(|| default_chapter(entry.kind, entry.occurred_on, self.today))
    }

    fn page(&self, stored: &StoredEntry, open: bool) -> Page {
        if open { self.open_page(stored) } else { self.waiting_page(stored) }
    }

    /// That something waits, and whom to ask; nothing of what it is.
    fn waiting_page(&self, stored: &StoredEntry) -> Page {
        let body = match &stored.entry.readiness {
            Readiness::HeldBack { decided_by, ask, review_on, opens_on, .. } => Body::HeldBack {
                decided_by: self.names.get(decided_by).cloned().unwrap_or_default(),
                ask: ask.clone(),
                review_on: *review_on,
                opens_on: *opens_on,
            },
            Readiness::WithAdult { ask } => Body::WithAdult { ask: ask.clone() },
            Readiness::Open => Body::WithAdult { ask: String::new() },
        };
        let title = match (&body, self.language) {
            (Body::WithAdult { .. }, Language::Da) => "En side at læse sammen",
            (Body::WithAdult { .. }, Language::En) => "A page to read together",
            (_, Language::Da) => "En side, der venter",
            (_, Language::En) => "A page that waits",
        };
        Page {
            id: stored.id.to_string(),
            kind: PageKind::Story,
            title: title.into(),
            body,
            pictures: Vec::new(),
            attachments: Vec::new(),
            when: None,
            place: None,
            people: Vec::new(),
            by: None,
            own: None,
            beside: None,
            asked_for: false,
            from: None,
            warnings: Vec::new(),
        }
    }

    fn open_page(&self, stored: &StoredEntry) -> Page {
        let entry = &stored.entry;
        let first_text = self.chosen_text(entry) == entry.texts.first();
        let (pictures, attachments) = self.files_on(&entry.media, &entry.title, first_text);
        Page {
            id: stored.id.to_string(),
            kind: entry.kind,
            title: entry.title.clone(),
            body: self.text(stored),
            pictures,
            attachments,
            when: Some(When { date: entry.occurred_on, precision: entry.precision }),
            place: entry
                .place
                .clone()
                .filter(|_| !self.secret.covers_when(entry.occurred_on, entry.precision)),
            people: entry.people.clone().unwrap_or_default(),
            by: self.byline(stored),
            own: None,
            beside: entry.beside.map(|host| host.to_string()),
            asked_for: entry.wish.is_some(),
            from: None,
            warnings: Vec::new(),
        }
    }

    /// A page that the child made itself: its own words, in every band.
    fn own_page(&self, stored: &StoredOwnPage, by_reader: bool) -> Page {
        let page = &stored.page;
        let untitled = match (self.language, page.beside) {
            (Language::Da, None) => "Min side",
            (Language::En, None) => "My page",
            (Language::Da, Some(_)) => "Sådan husker jeg det",
            (Language::En, Some(_)) => "This is how I remember it",
        };
        let title = if page.title.is_empty() { untitled } else { &page.title };
        let (pictures, attachments) = self.files_on(&page.media, title, true);
        let made_on = crate::app::danish_time(page.made_at).date();
        let own = match (by_reader, &page.sharing) {
            (true, Sharing::Nobody) => Own::Private,
            (true, _) => Own::Sharing,
            (false, _) => Own::Shared,
        };
        Page {
            id: stored.id.to_string(),
            kind: PageKind::Statement,
            title: title.to_owned(),
            body: Body::Open {
                paragraphs: paragraphs(&page.text),
                language: page.language.clone(),
                written_for: None,
                older_text_waits: false,
            },
            pictures,
            attachments,
            when: Some(When { date: made_on, precision: Precision::Day }),
            place: None,
            people: Vec::new(),
            by: Some(Byline {
                name: self.names.get(&page.author).cloned().unwrap_or_default(),
                role: String::new(),
                written_on: Some(made_on),
                basis: None,
                stance: None,
                purpose: None,
                is_child: true,
            }),
            own: Some(own),
            beside: page.beside.map(|host| host.to_string()),
            asked_for: false,
            from: None,
            warnings: Vec::new(),
        }
    }

    /// A voice reads the first text; on a page that shows another it is a sound like any other.
    fn files_on(
        &self,
        media: &[EntryMedia],
        title: &str,
        first_text: bool,
    ) -> (Vec<Picture>, Vec<Attachment>) {
        let files = || media.iter().filter_map(|file| Some((file, self.files.get(&file.id)?)));
        let pictures = files().filter_map(|(file, stored)| {
            Some(Picture {
                id: stored.id.to_string(),
                alt: file.alt.clone().unwrap_or_else(|| self.neutral_alt(title)),
                width: stored.media.width?,
                height: stored.media.height?,
            })
        });
        let attachments =
            files().filter(|(_, stored)| stored.media.width.is_none()).map(|(file, stored)| Attachment {
                words: file.words.clone(),
                reads: file.reads && first_text,
                id: stored.id.to_string(),
                name: stored.media.file_name.clone(),
                media_type: stored.media.media_type.clone(),
                size_bytes: stored.media.size_bytes,
            });
        (pictures.collect(), attachments.collect())
    }

    fn neutral_alt(&self, title: &str) -> String {
        match self.language {
            Language::Da => format!("Billede til “{title}”"),
            Language::En => format!("Picture for “{title}”"),
        }
    }

    fn chosen_text<'e>(&self, entry: &'e Entry) -> Option<&'e Text> {
        text_for(&entry.texts, self.band, self.language.tag())
    }

    fn text(&self, stored: &StoredEntry) -> Body {
        let texts = &stored.entry.texts;
        let chosen = self.chosen_text(&stored.entry);
        let paragraphs = chosen.map(|text| paragraphs(&text.text)).unwrap_or_default();
        Body::Open {
            paragraphs,
            language: chosen.map_or_else(|| self.language.tag().to_owned(), |text| text.language.clone()),
            written_for: chosen.map(|text| text.band),
            older_text_waits: only_older_texts(texts, self.band),
        }
    }

    fn name(&self, id: PersonId) -> String {
        self.names.get(&id).cloned().unwrap_or_default()
    }
}

/// The paragraphs of a text: an empty line parts them.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for block in text.replace("\r\n", "\n").split("\n\n") {
        let block = block.trim();
        if !block.is_empty() {
            paragraphs.push(block.to_owned());
        }
    }
    paragraphs
}
