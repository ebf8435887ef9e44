//! What was taken out of a book and what is to stay in the archive: the register, proposals, agreement, holds.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use archive::Language;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shapes::{Named, RecordReceipt};
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::app::App;
use crate::auth::{
    MayContribute, MayCorrect, MayDecideDisposal, MayDispose, MayLiftHold, MayPlaceHold, MaySeeDisposals,
};
use crate::db::disposals::StoredDisposal;
use crate::domain::disposal::{Because, Signed};
use crate::domain::document::{Kind, ReadPage};
use crate::domain::ids::{ChildId, PersonId};
use crate::holds::NewHold;
use crate::misfiled::Belongs;
use crate::problem::Problem;
use crate::{disposal, holds as holding, misfiled as misfiling, readings};

/// A proposal to dispose of something, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalView {
    pub id: Uuid,
    /// `retention` (its time has passed) or `wrong_child`.
    #[schema(example = "wrong_child")]
    pub why: &'static str,
    /// `proposed`, `refused` or `decided` (it is gone).
    #[schema(example = "proposed")]
    pub state: &'static str,
    pub proposed: SignedView,
    /// Who else agreed.
    pub approvals: Vec<SignedView>,
    pub refused: Option<SignedView>,
    pub things: Vec<ThingView>,
}

/// Who, and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedView {
    pub by: Named,
    pub at: DateTime<Utc>,
}

/// Something that goes, told without anything that stood in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThingView {
    /// `entry`, `media`, `edition` and so on.
    #[schema(value_type = String, example = "media")]
    pub kind: Kind,
    pub deposited_by: Option<Named>,
    pub deposited_at: DateTime<Utc>,
    pub reasons: Vec<Words>,
}

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Words {
    pub da: String,
    pub en: String,
}

/// Something that somebody has asked to stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldView {
    pub id: Uuid,
    /// One entry with its files; null: everything of the child's.
    pub entry: Option<Uuid>,
    /// `person`, `dispute`, `request` or `national_archive`.
    #[schema(value_type = String, example = "person")]
    pub why: archive::Hold,
    pub words: Option<String>,
    pub placed: SignedView,
    /// Null while it holds.
    pub lifted: Option<SignedView>,
}

/// What was taken out of a child's book, and what is proposed, newest first. It tells kinds and days and no content.
#[utoipa::path(get, path = "/api/v1/children/{child}/disposals", tag = "disposals",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<DisposalView>)))]
pub async fn list(
    app: Data<App>,
    may: MaySeeDisposals,
    part: Asked<Part>,
) -> Result<Json<List<DisposalView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.disposals(may.child, part.cursor()?, part.limit()?).await?;
    readings::record_as(&app, &may.caller, may.role, may.child, ReadPage::Disposals).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    Ok(Json(List { items: views(&app, slice.items).await?, next_cursor }))
}

/// Propose that what the retention policy lets go be disposed of. 409 where nothing has passed its time.
#[utoipa::path(post, path = "/api/v1/children/{child}/disposals", tag = "disposals",
    params(("child" = uuid::Uuid, Path)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn propose(app: Data<App>, may: MayDispose) -> Result<HttpResponse, Problem> {
    Ok(created(disposal::propose(&app, &may).await?))
}

/// Tell that an entry belongs to another child. It is out of sight at once, a copy is sealed where it belongs, and it is
/// disposed of here when a second person has agreed.
#[utoipa::path(post, path = "/api/v1/entries/{entry}/misfiled", tag = "disposals", request_body = Belongs,
    params(("entry" = uuid::Uuid, Path)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn misfiled(app: Data<App>, may: MayCorrect, body: Body) -> Result<HttpResponse, Problem> {
    let (belongs, _) = body.json::<Belongs>().await?;
    let to = MayContribute::grant(&app, may.caller.clone(), ChildId(belongs.child)).await?;
    Ok(created(misfiling::report(&app, &may, &to).await?))
}

/// Agree to a proposal; not for who proposed it. With enough people it is decided: the keys are erased for good.
#[utoipa::path(post, path = "/api/v1/disposals/{disposal}/approvals", tag = "disposals",
    params(("disposal" = uuid::Uuid, Path)), responses(
    (status = 200, body = DisposalView)))]
pub async fn approve(app: Data<App>, may: MayDecideDisposal) -> Result<Json<DisposalView>, Problem> {
    disposal::approve(&app, &may).await?;
    now(&app, &may).await
}

/// Refuse a proposal: everything stays, and what was out of sight is seen again. A copy that was sealed for another child goes
/// out of sight there, and is proposed to be disposed of in its turn.
#[utoipa::path(post, path = "/api/v1/disposals/{disposal}/refusals", tag = "disposals",
    params(("disposal" = uuid::Uuid, Path)), responses(
    (status = 200, body = DisposalView)))]
pub async fn refuse(app: Data<App>, may: MayDecideDisposal) -> Result<Json<DisposalView>, Problem> {
    disposal::refuse(&app, &may).await?;
    now(&app, &may).await
}

/// What of a child's somebody has asked to stay, oldest first.
#[utoipa::path(get, path = "/api/v1/children/{child}/holds", tag = "disposals",
    params(("child" = uuid::Uuid, Path)), responses(
    (status = 200, body = List<HoldView>)))]
pub async fn holds(app: Data<App>, may: MayPlaceHold) -> Result<Json<List<HoldView>>, Problem> {
    let found = app.db.holds(may.child).await?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Disposals).await?;
    let people: Vec<PersonId> = found.iter().flat_map(|(_, hold)| hold.people()).collect();
    let names = app.db.names(&people).await?;
    let signed = |signed: Signed| SignedView { by: Named::new(signed.by, &names), at: signed.at };
    let items = found.into_iter().map(|(id, hold)| HoldView {
        id: id.0,
        entry: hold.entry.map(|entry| entry.0),
        why: hold.why,
        words: hold.words,
        placed: signed(hold.placed),
        lifted: hold.lifted.map(signed),
    });
    Ok(Json(List { items: items.collect(), next_cursor: None }))
}

/// Ask that something stay, whatever the policy says.
#[utoipa::path(post, path = "/api/v1/children/{child}/holds", tag = "disposals", request_body = NewHold,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn place_hold(
    app: Data<App>,
    may: MayPlaceHold,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewHold>().await?;
    Ok(created(holding::place(&app, &may, new, key.with(&digest)?).await?))
}

/// Lift a hold. That it was there stays known.
#[utoipa::path(delete, path = "/api/v1/holds/{hold}", tag = "disposals",
    params(("hold" = uuid::Uuid, Path)), responses((status = 204)))]
pub async fn lift_hold(app: Data<App>, may: MayLiftHold) -> Result<HttpResponse, Problem> {
    holding::lift(&app, &may).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn now(app: &App, may: &MayDecideDisposal) -> Result<Json<DisposalView>, Problem> {
    let stored = app.db.disposal(may.stored.id).await?.ok_or(Problem::NotFound)?;
    views(app, vec![stored]).await?.pop().map(Json).ok_or(Problem::NotFound)
}

async fn views(app: &App, found: Vec<StoredDisposal>) -> Result<Vec<DisposalView>, Problem> {
    let people: Vec<PersonId> = found.iter().flat_map(|stored| stored.disposal.people()).collect();
    let names = app.db.names(&people).await?;
    let signed = |signed: Signed| SignedView { by: Named::new(signed.by, &names), at: signed.at };
    let view = |StoredDisposal { id, disposal }: StoredDisposal| {
        let things = disposal.targets.iter().map(|target| {
            let [da, en] = [Language::Danish, Language::English]
                .map(|language| target.reasons(&disposal.because, language));
            ThingView {
                kind: target.kind,
                deposited_by: target.deposited_by.map(|by| Named::new(by, &names)),
                deposited_at: target.deposited_at,
                reasons: da.into_iter().zip(en).map(|(da, en)| Words { da, en }).collect(),
            }
        });
        DisposalView {
            id: id.0,
            why: match disposal.because {
                Because::Retention => "retention",
                Because::WrongChild { .. } => "wrong_child",
            },
            state: disposal.state.as_str(),
            things: things.collect(),
            proposed: signed(disposal.proposed),
            approvals: disposal.approvals.iter().copied().map(signed).collect(),
            refused: disposal.state.refused().map(signed),
        }
    };
    Ok(found.into_iter().map(view).collect())
}
