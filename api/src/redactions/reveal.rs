//! What lies beneath: for whoever decides about a cover, so that they see what they decide.

use std::collections::HashMap;

use super::of_child;
use crate::app::App;
use crate::auth::MaySeeRedactions;
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::db::life::StoredLife;
use crate::domain::content_warning::ContentWarning;
use crate::domain::document::Body;
use crate::domain::entry::Entry;
use crate::domain::goal::Goal;
use crate::domain::ids::{ChildId, EntryId, MediaId};
use crate::domain::life::{LifeRecord, Relation, School};
use crate::domain::loss::Loss;
use crate::domain::meeting::{Meeting, Wish};
use crate::domain::redaction::{Covers, Redaction, Target};
use crate::problem::Problem;

/// A book holds this many entries at most.
const ENTRIES: u64 = 20_000;

/// What a cover is to lie on.
pub enum On {
    Entry(Box<StoredEntry>),
    Media(Box<StoredMedia>),
    Book {
        entries: Vec<StoredEntry>,
        /// What was told of the life beside the pages.
        told: Vec<Body>,
    },
}

/// What of a child's is to be covered; what is not there, or another child's, is not found.
pub async fn on(app: &App, child: ChildId, of: Target) -> Result<On, Problem> {
    match of {
        Target::Entry(id) => {
            let stored = app.db.entry(id).await?.filter(|stored| stored.entry.child == child);
            Ok(On::Entry(Box::new(stored.ok_or(Problem::NotFound)?)))
        }
        Target::Media(id) => {
            let stored = app.db.media(id).await?.filter(|stored| stored.media.child == child);
            Ok(On::Media(Box::new(stored.ok_or(Problem::NotFound)?)))
        }
        Target::Book => {
            let entries = app.db.entries(child, None, ENTRIES).await?.items;
            Ok(On::Book { entries, told: told(app, child).await? })
        }
    }
}

/// What was told of a life beside its pages, and may have words in it that are covered everywhere.
async fn told(app: &App, child: ChildId) -> Result<Vec<Body>, Problem> {
    let mut bodies = of_kind::<Relation>(app, child).await?;
    bodies.extend(of_kind::<School>(app, child).await?);
    bodies.extend(of_kind::<Loss>(app, child).await?);
    bodies.extend(of_kind::<Meeting>(app, child).await?);
    bodies.extend(of_kind::<Wish>(app, child).await?);
    bodies.extend(of_kind::<Goal>(app, child).await?);
    bodies.extend(of_kind::<ContentWarning>(app, child).await?);
    Ok(bodies)
}

async fn of_kind<R: LifeRecord>(app: &App, child: ChildId) -> Result<Vec<Body>, Problem> {
    let found = app.db.life::<R>(child, None, ENTRIES).await?.items;
    Ok(found.into_iter().map(|stored| stored.record.into_body()).collect())
}

impl On {
    /// Every text that stands there.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let entries: Vec<&Entry> = match self {
            Self::Entry(stored) => vec![&stored.entry],
            Self::Media(_) => Vec::new(),
            Self::Book { entries, .. } => entries.iter().map(|stored| &stored.entry).collect(),
        };
        entries.into_iter().flat_map(texts)
    }

    /// What was told of the life beside the pages.
    pub fn told(&self) -> &[Body] {
        if let Self::Book { told, .. } = self { told } else { &[] }
    }

    /// True where a spot of it can be covered.
    pub fn has_spots(&self) -> bool {
        matches!(self, Self::Media(stored) if stored.media.width.is_some()) || self.has_pages()
    }

    pub fn has_pages(&self) -> bool {
        matches!(self, Self::Media(stored) if stored.media.media_type == "application/pdf")
    }
}

/// The texts of an entry, each with its title, in the order one reads them.
pub fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    let around = [Some(&entry.title), entry.place.as_ref(), entry.purpose.as_ref()];
    let around = around.into_iter().flatten().chain(entry.people.iter().flatten());
    let files = entry.media.iter().flat_map(|file| [file.alt.as_ref(), file.words.as_ref()]).flatten();
    let origin = entry.imported.iter().flat_map(|imported| {
        [imported.author.as_ref(), imported.role.as_ref(), imported.source.as_ref()].into_iter().flatten()
    });
    let around = around.chain(files).chain(origin).chain([&entry.author_title]);
    around.chain(entry.texts.iter().map(|text| &text.text)).map(String::as_str)
}

/// A record of covers, with what it lies on as this reader may be told of it.
pub struct Reads {
    pub stored: StoredLife<Redaction>,
    /// The page's title, or the file's name; for whoever may not see beneath, as the covers leave it.
    pub title: Option<String>,
}

/// A child's covers: all of them for those who decide about them, those that stand or were lifted for the others.
pub async fn reads(app: &App, may: &MaySeeRedactions) -> Result<Vec<Reads>, Problem> {
    let records = of_child(app, may.child).await?;
    let covers = if may.sees_beneath {
        Covers::default()
    } else {
        Covers::of(records.iter().map(|stored| (stored.id, &stored.record)))
    };
    let titles = titles(app, &records, &covers).await?;
    let told =
        records.into_iter().map(|stored| Reads { title: titles.get(&stored.record.of).cloned(), stored });
    Ok(told
        .filter(|reads| may.decides || reads.stored.record.covers.iter().any(|cover| cover.is_told()))
        .collect())
}

async fn titles(
    app: &App,
    records: &[StoredLife<Redaction>],
    covers: &Covers,
) -> Result<HashMap<Target, String>, Problem> {
    let mut titles = HashMap::new();
    for stored in records {
        let of = stored.record.of;
        let title = match of {
            Target::Entry(id) => entry_title(app, id, covers).await?,
            Target::Media(id) => media_title(app, id, covers).await?,
            Target::Book => None,
        };
        titles.extend(title.map(|title| (of, title)));
    }
    Ok(titles)
}

async fn entry_title(app: &App, id: EntryId, covers: &Covers) -> Result<Option<String>, Problem> {
    Ok(app.db.entry(id).await?.map(|stored| covers.over(id, stored.entry).title))
}

async fn media_title(app: &App, id: MediaId, covers: &Covers) -> Result<Option<String>, Problem> {
    Ok(app.db.media(id).await?.map(|stored| covers.over_file(id, stored.media).file_name))
}
