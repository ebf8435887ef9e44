//! Printed books: ordered by whoever may, made in the background, sealed like any deposit.

use std::io::Write;

use archive::{GroupId, ObjectId};
use renderer::book::{AgeBand, Language};
use renderer::layout::{Paper, Size};
use renderer::pictures::PictureSource;
use uuid::Uuid;

use crate::app::App;
use crate::auth::MayOrder;
use crate::books;
use crate::db::DbError;
use crate::db::editions::{Order, Stage, StoredEdition};
use crate::deposit::{self, Slip};
use crate::domain::document;
use crate::domain::document::{Body, Edition, Kind};
use crate::domain::ids::{ChildId, EditionId, MediaId};
use crate::domain::redaction::{CoveredFile, Covers};
use crate::problem::{FieldProblem, Problem};
use crate::{jobs, redactions};

const ORIGINAL_BYTES: u64 = 256 * 1024 * 1024;

/// Orders a printed book at `age`. The same key again answers the first order.
pub async fn order(
    app: &App,
    may: &MayOrder,
    age: u32,
    format: &str,
    paper: Paper,
    language: Language,
    key: Option<&str>,
) -> Result<StoredEdition, Problem> {
    if format != "pdf" {
        let (da, en) = ("Bogen kan trykkes som pdf.", "The book can be printed as pdf.");
        return Err(Problem::Invalid(vec![FieldProblem::new("format", "unknown_value", da, en)]));
    }
    if age > 120 {
        let (da, en) = ("Alderen skal være mellem 0 og 120.", "The age is between 0 and 120.");
        return Err(Problem::Invalid(vec![FieldProblem::new("age", "out_of_range", da, en)]));
    }
    if AgeBand::for_age(age) > may.ties.highest_band() {
        return Err(Problem::NotOpenYet);
    }
    let order = Order {
        format: format.into(),
        language: language.tag().into(),
        paper: paper.size,
        bleed: paper.bleed,
    };
    let edition = StoredEdition {
        id: EditionId(app.new_id()),
        child: may.child,
        age,
        ordered_by: may.caller.id,
        ordered_at: app.now(),
        stage: Stage::Ordered(order.clone()),
    };
    match app.db.order_edition(&edition, &order, key).await {
        Ok(()) => {
            jobs::order(app, jobs::Kind::Edition, &edition.id.to_string()).await?;
            Ok(edition)
        }
        Err(DbError::Duplicate) => {
            let first = app.db.edition_by_key(may.caller.id, key.unwrap_or_default()).await?;
            let first = first
                .filter(|first| first.child == may.child && first.age == age && first.stage.paper() == paper);
            first.ok_or(Problem::IdempotencyKeyReused)
        }
        Err(error) => Err(error.into()),
    }
}

/// The paper asked for: A4 where nobody said.
pub fn paper(size: Option<&str>, bleed: bool) -> Result<Paper, Problem> {
    let Some(size) = size.map_or(Some(Size::default()), Size::parse) else {
        let da = "Papiret er »a4«, »a5« eller »square«.";
        let en = "The paper is \"a4\", \"a5\" or \"square\".";
        return Err(Problem::Invalid(vec![FieldProblem::new("paper", "unknown_value", da, en)]));
    };
    Ok(Paper { size, bleed })
}

/// Makes and seals an ordered book. Doing it again after a crash makes the same one once.
pub async fn make(app: &App, id: EditionId) -> Result<(), Problem> {
    let Some(edition) = app.db.edition(id).await? else { return Ok(()) };
    let Stage::Ordered(order) = &edition.stage else { return Ok(()) };
    let language = if order.language == "en" { Language::En } else { Language::Da };
    let paper = order.paper();
    let book = books::for_print(app, edition.child, edition.age, language).await?;
    let slip = Slip {
        id: id.0,
        version: 1,
        group: edition.child.0,
        kind: Kind::Edition,
        by: Some(edition.ordered_by),
        at: app.now(),
    };
    let staging = deposit::stage(app, &slip).await?;
    let file = {
        let mut writer = staging.file(document::EDITION)?;
        let pictures = Originals::of(app, edition.child).await?;
        tokio::task::spawn_blocking(move || -> Result<_, Problem> {
            renderer::pdf::pdf(&book, paper, &pictures, &mut writer)
                .map_err(|error| Problem::Internal(format!("pdf: {error}")))?;
            writer.flush().and_then(|()| writer.finish()).map_err(|error| archive::Error::from(error).into())
        })
        .await??
    };
    let body = Edition {
        child: edition.child,
        age: edition.age,
        format: order.format.clone(),
        language: order.language.clone(),
        paper: order.paper,
        bleed: order.bleed,
        ordered_by: edition.ordered_by,
        ordered_at: edition.ordered_at,
        sha256: file.plain.to_string(),
        crc32: file.plain_crc32,
        size_bytes: file.plain_bytes,
    };
    let born = app.db.child(edition.child).await?.map(|child| child.born);
    deposit::commit(app, slip, staging, Body::Edition(body), born, None).await?;
    Ok(())
}

/// The originals of a child's pictures, for print, and of those that are covered the copies. Used from a blocking thread.
pub struct Originals {
    app: App,
    child: ChildId,
    covers: Covers,
    runtime: tokio::runtime::Handle,
}

impl Originals {
    pub async fn of(app: &App, child: ChildId) -> Result<Self, Problem> {
        let covers = redactions::covers(app, child).await?;
        Ok(Self { app: app.clone(), child, covers, runtime: tokio::runtime::Handle::current() })
    }
}

impl PictureSource for Originals {
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, std::io::Error> {
        let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
        let group = GroupId(self.child.0);
        let (object, version, file) = match self.covers.file(MediaId(id)) {
            None => (id, 1, document::ORIGINAL),
            Some(CoveredFile::Copy { object, copy }) => (*object, copy.version, document::COVERED),
            Some(CoveredFile::Whole) => return Ok(None),
        };
        self.runtime.block_on(async {
            let content = self.app.archive.open(group, ObjectId(object), version, file).await;
            match content {
                Ok(content) => {
                    content.read_all(ORIGINAL_BYTES).await.map(Some).map_err(std::io::Error::other)
                }
                Err(archive::Error::NotFound | archive::Error::KeyDestroyed) => Ok(None),
                Err(error) => Err(std::io::Error::other(error)),
            }
        })
    }
}
