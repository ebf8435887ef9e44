//! What is covered in a book for somebody else's sake: proposed, agreed to, lifted, and told to the one whose book it is.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::disposals::SignedView;
use super::shapes::{Named, RecordReceipt};
use super::{Body, List, RequestKey, created};
use crate::app::App;
use crate::auth::{MayCover, MayDecideRedaction, MaySeeRedactions};
use crate::domain::disposal::Signed;
use crate::domain::document::ReadPage;
use crate::domain::ids::PersonId;
use crate::domain::redaction::{Cover, Matter, Place, State, Target};
use crate::problem::Problem;
use crate::readings;
use crate::redactions::{self, NewAnswer, NewCover, Reads};

/// All covers of one page, of one file, or of words wherever they stand in the book.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedactionView {
    pub id: Uuid,
    pub version: u32,
    /// The page they lie on.
    pub entry: Option<Uuid>,
    /// The file they lie on. Both null: words in all of the book.
    pub media: Option<Uuid>,
    /// The page's title or the file's name, as the reader may know it.
    pub title: Option<String>,
    pub covers: Vec<CoverView>,
}

/// One cover.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverView {
    /// Its number among those of the record, from 1.
    pub number: usize,
    /// words, spot or whole.
    #[schema(example = "words")]
    pub kind: &'static str,
    /// What is beneath; null for whoever does not decide about it.
    pub words: Option<Vec<String>>,
    /// A spot's page, from 1.
    pub page: Option<u32>,
    #[schema(example = "identity")]
    pub matter: Matter,
    pub reason: String,
    pub ground: String,
    pub review_on: NaiveDate,
    pub review_when: Option<String>,
    /// proposed, standing, sent_back or lifted. Those that never stood are told to those who decide.
    #[schema(example = "standing")]
    pub state: &'static str,
    pub proposed: SignedView,
    /// Who agreed; null where it took one person.
    pub second: Option<SignedView>,
    pub lifted: Option<SignedView>,
}

/// What is covered in a child's book, what was and is open again, and to those who decide also what is proposed.
#[utoipa::path(get, path = "/api/v1/children/{child}/redactions", tag = "redactions",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<RedactionView>)))]
pub async fn list(app: Data<App>, may: MaySeeRedactions) -> Result<Json<List<RedactionView>>, Problem> {
    readings::record_as(&app, &may.caller, may.role, may.child, ReadPage::Disposals).await?;
    let reads = redactions::reads(&app, &may).await?;
    let people: Vec<PersonId> = reads.iter().flat_map(|reads| reads.stored.record.people()).collect();
    let names = app.db.names(&people).await?;
    let items = reads.into_iter().map(|reads| view(reads, &names, may.decides)).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// Cover something. What tells who or where somebody else is takes one person; anything more, and all of a page or of a file,
/// waits for another. What the person knows is not covered.
#[utoipa::path(post, path = "/api/v1/children/{child}/redactions", tag = "redactions", request_body = NewCover,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn propose(
    app: Data<App>,
    may: MayCover,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewCover>().await?;
    Ok(created(redactions::propose(&app, &may, new, key.with(&digest)?).await?))
}

/// Agree to a cover, counted from one, or send it back; or lift one that stands: then whoever was handed a package before gets a
/// new one.
#[utoipa::path(post, path = "/api/v1/redactions/{record}/covers/{number}/answers", tag = "redactions",
    request_body = NewAnswer,
    params(("record" = uuid::Uuid, Path), ("number" = u32, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RecordReceipt)))]
pub async fn answer(
    app: Data<App>,
    may: MayDecideRedaction,
    path: Path<(Uuid, String)>,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let number = path.1.parse().map_err(|_| Problem::NotFound)?;
    let (new, digest) = body.json::<NewAnswer>().await?;
    Ok(created(redactions::answer(&app, &may, number, new, key.with(&digest)?).await?))
}

fn view(reads: Reads, names: &HashMap<PersonId, String>, decides: bool) -> RedactionView {
    let Reads { stored, title } = reads;
    let (entry, media) = match stored.record.of {
        Target::Entry(id) => (Some(id.0), None),
        Target::Media(id) => (None, Some(id.0)),
        Target::Book => (None, None),
    };
    let covers = stored.record.covers.into_iter().enumerate();
    let covers = covers.filter(|(_, cover)| decides || cover.is_told());
    let covers = covers.map(|(index, cover)| cover_view(index + 1, cover, names, decides)).collect();
    RedactionView { id: stored.id, version: stored.version, entry, media, title, covers }
}

fn cover_view(number: usize, cover: Cover, names: &HashMap<PersonId, String>, decides: bool) -> CoverView {
    let signed = |signed: Signed| SignedView { by: Named::new(signed.by, names), at: signed.at };
    let (kind, words, page) = match cover.place {
        Place::Words { words } => ("words", Some(words).filter(|_| decides), None),
        Place::Spot(spot) => ("spot", None, Some(spot.page)),
        Place::Whole => ("whole", None, None),
    };
    let state = cover.state.as_str();
    let (second, lifted) = match cover.state {
        State::Standing { second } => (second.map(signed), None),
        State::Lifted { signed: by, .. } => (None, Some(signed(by))),
        State::Proposed | State::SentBack { .. } => (None, None),
    };
    CoverView {
        number,
        kind,
        words,
        page,
        matter: cover.matter,
        reason: cover.reason,
        ground: cover.ground,
        review_on: cover.review_on,
        review_when: cover.review_when,
        state,
        proposed: signed(cover.proposed),
        second,
        lifted,
    }
}
