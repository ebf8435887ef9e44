//! The pages that open by a double click: an overview, and one page for each year.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use archive::package::Draft;
use chrono::{Datelike, NaiveDate};
use renderer::book::{Language, When};
use renderer::html::{
    Frame, Link, Look, NotHere, PackageFile, PackageIndex, PackagePage, PackageText, PackageVersion,
    PackageYear, Page, Small, YearTile, render,
};
use renderer::labels::{age_label, when_label};
use renderer::spoken;
use uuid::Uuid;

use super::Audience;
use super::life::{Life, Piece};
use super::outcome::Completeness;
use super::papers::{Shelf, Shelved};
use super::{lists, papers, proofs, told};
use crate::books::paragraphs;
use crate::domain::document::{Body, Envelope};
use crate::domain::entry::{Entry, EntryMedia};
use crate::domain::own_page::OwnPage;
use crate::problem::Problem;

/// From a year's page to the package's folder.
const UP: &str = "../../";

/// Puts in `index.html` and the years.
pub fn write(
    life: &Life,
    completeness: &Completeness,
    shelf: &Shelf,
    draft: &mut Draft,
) -> Result<(), Problem> {
    let (years, versions) = (years(life), versions(life));
    let order: Vec<i32> = years.keys().copied().collect();
    let mut tiles = Vec::with_capacity(order.len());
    for (place, (year, objects)) in years.iter().enumerate() {
        let beside = |year: &i32| Link { href: format!("{year}.html"), words: year.to_string() };
        let mut pages = Vec::with_capacity(objects.len());
        for (_, object) in objects {
            pages.extend(page(life, shelf, *object, versions.get(object).map_or(&[], Vec::as_slice))?);
        }
        let page = PackageYear {
            name: life.child.name.clone(),
            year: *year,
            before: place.checked_sub(1).and_then(|place| order.get(place)).map(beside),
            after: order.get(place + 1).map(beside),
            pages,
        };
        tiles.push(tile(&page));
        put(&page, &year_path(*year), draft)?;
    }
    put(&index(life, completeness, shelf, tiles)?, "index.html", draft)
}

fn put<P: Page>(page: &P, path: &str, draft: &mut Draft) -> Result<(), Problem> {
    let frame = Frame {
        language: Language::Da,
        csrf: None,
        reader: None,
        path: String::new(),
        other_language: None,
        flash: None,
        look: Look::default(),
        beside: None,
        keeping: renderer::html::Keeping::No,
    };
    let html = render(page, &frame).map_err(|error| Problem::Internal(format!("{error}: {error:?}")))?;
    Ok(draft.put(path, html)?)
}

fn year_path(year: i32) -> String {
    format!("data/aar/{year}.html")
}

/// The pages of the book by year, each year's in the order of their days.
fn years(life: &Life) -> BTreeMap<i32, BTreeSet<(NaiveDate, Uuid)>> {
    let mut years = BTreeMap::<i32, BTreeSet<_>>::new();
    for (object, page) in &life.pages {
        years.entry(page.day.year()).or_default().insert((page.day, *object));
    }
    years
}

/// The versions of each page that are in the package, the oldest first.
fn versions(life: &Life) -> HashMap<Uuid, Vec<&Piece>> {
    let mut versions = HashMap::<Uuid, Vec<_>>::new();
    let open = life.pieces.iter().filter(|piece| piece.outcome.is_open());
    for piece in open.filter(|piece| life.pages.contains_key(&piece.object)) {
        versions.entry(piece.object).or_default().push(piece);
    }
    versions
}

fn link(life: &Life, object: Uuid) -> Option<Link> {
    let page = life.pages.get(&object)?;
    Some(Link { href: format!("{}.html#s{object}", page.day.year()), words: titled(&page.title) })
}

fn titled(title: &str) -> String {
    if title.is_empty() { told::both("Min side", "My page") } else { title.to_owned() }
}

/// A page with all its versions.
fn page(life: &Life, shelf: &Shelf, object: Uuid, pieces: &[&Piece]) -> Result<Option<PackagePage>, Problem> {
    let mut versions = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().rev() {
        versions.extend(life.open(piece)?.map(|envelope| (*piece, envelope)));
    }
    let Some(((piece, newest), earlier)) = versions.split_first() else { return Ok(None) };
    let (title, facts, media, host) = match &newest.body {
        Body::Entry(entry) => (&entry.title, facts(entry), &entry.media, entry.beside),
        Body::OwnPage(page) => (&page.title, own_facts(life, page), &page.media, page.beside),
        _ => return Ok(None),
    };
    Ok(Some(PackagePage {
        anchor: format!("s{object}"),
        title: titled(title),
        facts,
        beside: host.and_then(|host| link(life, host.0)),
        newest: version(life, shelf, piece, newest),
        earlier: earlier.iter().map(|(piece, envelope)| version(life, shelf, piece, envelope)).collect(),
        files_not_here: media.iter().filter(|file| !shelf.files.contains_key(&file.id.0)).count(),
        files: media.iter().filter_map(|file| shown(shelf, file)).collect(),
    }))
}

fn facts(entry: &Entry) -> Vec<String> {
    let when = When { date: entry.occurred_on, precision: entry.precision };
    let mut facts = vec![
        told::page_kind(entry.kind),
        told::both(&when_label(when, Language::Da), &when_label(when, Language::En)),
    ];
    facts.extend(entry.place.clone());
    facts.extend(entry.wish.map(|_| told::both("Der blev bedt om siden", "The page was asked for")));
    facts.extend(entry.people.as_ref().filter(|people| !people.is_empty()).map(|people| people.join(", ")));
    facts
}

fn own_facts(life: &Life, page: &OwnPage) -> Vec<String> {
    let mut facts = vec![
        told::both("En side, du selv har lavet", "A page you made yourself"),
        told::day(told::day_of(page.made_at)),
        told::both("delt med", "shared with") + ": " + &told::sharing(life, &page.sharing),
    ];
    facts.extend(
        page.faces.iter().map(|face| format!("{}: {} / 4", told::question(face.question), face.face)),
    );
    facts
}

fn version(life: &Life, shelf: &Shelf, piece: &Piece, envelope: &Envelope) -> PackageVersion {
    let key = (piece.object, piece.version);
    let (title, facts, texts) = match &envelope.body {
        Body::Entry(entry) => (entry.title.clone(), written(life, envelope, entry), texts(entry)),
        Body::OwnPage(page) => (page.title.clone(), Vec::new(), own_text(page)),
        _ => (String::new(), Vec::new(), Vec::new()),
    };
    let up = |path: &str| format!("{UP}{path}");
    PackageVersion {
        number: piece.version,
        title,
        facts,
        texts,
        plain: shelf.texts.get(&key).map(|path| up(path)),
        sealed: papers::sealed_path(piece).map(|path| up(&path)),
        receipt: up(&proofs::receipt_path(piece.leaf)),
    }
}

fn written(life: &Life, envelope: &Envelope, entry: &Entry) -> Vec<String> {
    let by = told::both("Skrevet af", "Written by") + ": " + &told::writer(life, envelope, entry);
    let mut facts = vec![by, told::day(told::day_of(entry.written_at))];
    facts.extend(entry.basis.map(|basis| told::basis_words(basis).to_owned()));
    facts.extend(entry.stance.map(|stance| told::stance_words(stance).to_owned()));
    facts.extend(entry.purpose.clone());
    facts
}

fn texts(entry: &Entry) -> Vec<PackageText> {
    let text = |text: &crate::domain::entry::Text| PackageText {
        language: text.language.clone(),
        audience: told::both(&age_label(text.band, Language::Da), &age_label(text.band, Language::En)),
        paragraphs: paragraphs(&text.text),
    };
    entry.texts.iter().map(text).collect()
}

fn own_text(page: &OwnPage) -> Vec<PackageText> {
    let (language, paragraphs) = (page.language.clone(), paragraphs(&page.text));
    if paragraphs.is_empty() {
        return Vec::new();
    }
    vec![PackageText { language, audience: String::new(), paragraphs }]
}

fn shown(shelf: &Shelf, media: &EntryMedia) -> Option<PackageFile> {
    let shelved = shelf.files.get(&media.id.0)?;
    let words = media.words.as_deref().map(spoken::paragraphs).unwrap_or_default();
    Some(PackageFile { words, ..file(shelved, UP, media.alt.clone().unwrap_or_default()) })
}

fn file(shelved: &Shelved, up: &str, alt: String) -> PackageFile {
    let here = |path: &String| format!("{up}{path}");
    PackageFile {
        href: here(&shelved.path),
        name: shelved.name.clone(),
        media_type: shelved.media_type.clone(),
        size_bytes: shelved.size_bytes,
        alt,
        words: Vec::new(),
        small: shelved.small.as_ref().map(|small| Small {
            src: here(&small.path),
            width: small.width,
            height: small.height,
        }),
        copy: shelved.copy.as_ref().map(here),
    }
}

fn tile(page: &PackageYear) -> YearTile {
    let picture = page.pages.iter().flat_map(|page| &page.files).find_map(|file| file.small.clone());
    YearTile {
        year: page.year,
        href: year_path(page.year),
        pages: page.pages.len(),
        picture: picture.map(|small| Small { src: small.src.trim_start_matches(UP).to_owned(), ..small }),
    }
}

fn index(
    life: &Life,
    completeness: &Completeness,
    shelf: &Shelf,
    years: Vec<YearTile>,
) -> Result<PackageIndex, Problem> {
    let edition = |(path, day, age): &(String, NaiveDate, u32)| Link {
        href: path.clone(),
        words: format!("{}: {age} {}", told::day(*day), told::both("år", "years")),
    };
    Ok(PackageIndex {
        name: life.child.name.clone(),
        born: life.child.born,
        municipality: life.municipality.clone(),
        made_on: told::day_of(life.moment.at),
        whole: completeness.is_whole(),
        versions: completeness.versions,
        present: completeness.present,
        not_here: not_here(life)?,
        unattributed: completeness.unattributed,
        outsider: life.audience == Audience::Outsider,
        editions: shelf.editions.iter().map(edition).collect(),
        years,
        lists: lists::of(life)?,
        loose: loose(life, shelf),
    })
}

/// What is not here, once for each object and reason.
fn not_here(life: &Life) -> Result<Vec<NotHere>, Problem> {
    let (mut seen, mut lines) = (HashSet::new(), Vec::new());
    for piece in life.not_here().filter(|piece| seen.insert((piece.object, piece.outcome.as_str()))) {
        let given = piece.deposited_at.as_deref().and_then(|at| at.get(..10)).unwrap_or_default();
        let (what, outcome) = (told::what(life, piece)?, told::outcome(life, &piece.outcome));
        lines.push(NotHere { hole: piece.outcome.is_hole(), words: format!("{what}, {given}: {outcome}") });
    }
    Ok(lines)
}

/// Files that stand on no page.
fn loose(life: &Life, shelf: &Shelf) -> Vec<PackageFile> {
    let on_pages: HashSet<Uuid> =
        life.pages.values().flat_map(|page| &page.files).map(|file| file.0).collect();
    let mut loose: Vec<&Shelved> =
        shelf.files.iter().filter(|(id, _)| !on_pages.contains(id)).map(|(_, shelved)| shelved).collect();
    loose.sort_by(|one, other| one.path.cmp(&other.path));
    loose.into_iter().map(|shelved| file(shelved, "", String::new())).collect()
}
