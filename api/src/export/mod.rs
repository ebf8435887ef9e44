//! The package that a grown child takes home: its whole life here, to be read without this program, and what proves that it
//! is the whole.
//!
//! A [`plan`] says what goes in and under which name; the archive streams it (`archive::package`). It is made for a
//! [`Moment`]: the same moment gives the same bytes, also later, as long as nothing is disposed of or damaged.

mod covers;
mod held_back;
mod life;
mod lists;
mod lock;
mod names;
mod outcome;
mod pages;
mod papers;
mod proofs;
mod told;
mod versions;

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;

use archive::Checkpoint;
use archive::package::{Draft, Package};
use chrono::{DateTime, Utc};
use renderer::book::Language;
use renderer::layout::Paper;
use renderer::pictures::PictureSource;
use uuid::Uuid;

use self::life::Life;
pub use self::lock::NewLock;
pub use self::outcome::{Completeness, Outcome, Why};
pub use self::versions::read_document;
use crate::app::App;
use crate::books;
use crate::domain::document::Kind;
use crate::domain::ids::ChildId;
use crate::editions::Originals;
use crate::problem::Problem;

/// The folder in the zip file.
const TOP: &str = "livsbog";

/// For whom a package is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The one it is about: everything.
    Owner,
    /// Somebody else, after their death: the pages of the book, what lies on them, and where the child lived.
    Outsider,
}

impl Audience {
    /// What an outsider is not given is not told of either.
    fn gets(self, kind: Kind) -> bool {
        // Covers too: without them nobody would know where to lay them.
        let given = matches!(kind, Kind::Entry | Kind::Media | Kind::Placement | Kind::Redaction);
        self == Self::Owner || given
    }
}

/// When a package is made, and the log as it was then.
#[derive(Debug, Clone)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub checkpoint: Checkpoint,
}

/// A package with what is to be said of it.
#[derive(Clone)]
pub struct Export {
    pub package: Package,
    pub completeness: Completeness,
}

impl Moment {
    /// Now.
    pub async fn now(app: &App) -> Result<Self, Problem> {
        Ok(Self { at: app.now(), checkpoint: app.archive.checkpoint().await? })
    }
}

/// Plans a child's package. `damaged` are objects that a check found to be other than they must be: the package says so and
/// goes without them. Takes time: every document is read, and every picture that nobody has looked at yet is made small.
pub async fn plan(
    app: &App,
    child: ChildId,
    audience: Audience,
    moment: &Moment,
    damaged: &HashSet<Uuid>,
) -> Result<Export, Problem> {
    refuse_half_an_index(app, moment.checkpoint.size).await?;
    let mut draft = Draft::begin(&app.archive, &scratch(app), TOP, moment.at)?;
    let life = life::read(app, child, audience, moment, damaged, &mut draft).await?;
    let completeness = Completeness::of(&life);
    // It is woven of more than an outsider is given.
    if audience == Audience::Owner {
        draft = print_book(app, &life, draft).await?;
    }
    let shelf = papers::lay_out(app, &life, &mut draft).await?;
    pages::write(&life, &completeness, &shelf, &mut draft)?;
    proofs::write(app, &life, &completeness, &mut draft).await?;
    told::bag_info(&life, &completeness, &mut draft);
    Ok(Export { package: draft.finish()?, completeness })
}

/// [`plan`], after every byte that goes in was read and held against what was noted of it: a package that can be promised.
pub async fn checked(
    app: &App,
    child: ChildId,
    audience: Audience,
    moment: &Moment,
) -> Result<Export, Problem> {
    let mut damaged = HashSet::new();
    loop {
        let export = plan(app, child, audience, moment, &damaged).await?;
        let found = export.package.check().await?;
        let before = damaged.len();
        damaged.extend(found.iter().filter_map(|broken| broken.object).map(|object| object.0));
        if damaged.len() == before {
            return Ok(export);
        }
    }
}

/// What the index does not know cannot be told of as missing.
pub async fn refuse_half_an_index(app: &App, logged: u64) -> Result<(), Problem> {
    let known = app.db.count_sealed().await?
        + app.db.count_pending().await?
        + app.db.count_unindexed(0, None).await?;
    if known < logged {
        let what = format!("the database knows {known} deposits and the log {logged}; run `livsbog rebuild`");
        return Err(Problem::Internal(what));
    }
    Ok(())
}

/// Where what is read and made for a package waits: encrypted, and gone when the process ends.
fn scratch(app: &App) -> PathBuf {
    app.data.join("cache").join("packages")
}

/// The printed book as the grown reader has it, made now.
async fn print_book(app: &App, life: &Life, draft: Draft) -> Result<Draft, Problem> {
    let book = books::for_print(app, life.id, life.age.max(18), Language::Da).await?;
    let originals = Originals::of(app, life.id).await?;
    let files = life.pieces.iter().filter(|piece| piece.kind == Kind::Media && piece.outcome.is_open());
    let pictures = Whole { originals, there: files.map(|piece| piece.object).collect() };
    let work = move || {
        let mut draft = draft;
        draft.write(papers::BOOK, |out| {
            let printed = renderer::pdf::pdf(&book, Paper::default(), &pictures, out);
            printed.map(|_| ()).map_err(io::Error::other)
        })?;
        Ok::<_, archive::Error>(draft)
    };
    Ok(tokio::task::spawn_blocking(work).await??)
}

/// The pictures for print as far as they are whole: of those that are not, the package tells elsewhere.
struct Whole {
    originals: Originals,
    there: HashSet<Uuid>,
}

impl PictureSource for Whole {
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, io::Error> {
        if !id.parse().is_ok_and(|id| self.there.contains(&id)) {
            return Ok(None);
        }
        let original = self.originals.original(id);
        let cause = original.as_ref().err().and_then(|error| error.get_ref()?.downcast_ref());
        if matches!(cause, Some(archive::Error::Alarm { .. })) { Ok(None) } else { original }
    }
}
