//! What the one a book is about decides as its owner.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse};

use super::media::{serve_locked, serve_package};
use super::shapes::{HelperView, KeptView, OwnPackageView, ReaderView, RecordReceipt};
use super::{Body, List, RequestKey, created};
use crate::app::App;
use crate::auth::{MayDecideAsOwner, MayFetchOwnPackage, MayTakeHome};
use crate::domain::document::ReadPage;
use crate::elsewhere::{self, PlaceElsewhere};
use crate::export::NewLock;
use crate::leaving::{self, NewKept};
use crate::ownership::{self, NewAfterwards, NewHelper, NewReaders};
use crate::problem::Problem;
use crate::readings;

/// Who is and was around the one the book is about, and whom of them it lets keep reading from its 18th birthday on. Asked by
/// itself alone, from 16 on.
#[utoipa::path(get, path = "/api/v1/children/{child}/readers", tag = "ownership",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<ReaderView>)))]
pub async fn readers(app: Data<App>, may: MayDecideAsOwner) -> Result<Json<List<ReaderView>>, Problem> {
    let candidates = ownership::candidates(&app, &may).await?;
    let items = candidates.into_iter().map(ReaderView::from).collect();
    Ok(Json(List { items, next_cursor: None }))
}

/// Choose who keeps reading one's book, or reads it no more. Before the 18th birthday it changes nothing; from then on it
/// counts at once, and can be chosen otherwise on any day.
#[utoipa::path(post, path = "/api/v1/children/{child}/readers", tag = "ownership", request_body = NewReaders,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn choose_readers(
    app: Data<App>,
    may: MayDecideAsOwner,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewReaders>().await?;
    Ok(created(ownership::choose(&app, &may, new, key.with(&digest)?).await?))
}

/// Let somebody read along for the rest of the day, from the age of 18: a helper beside one's own book. The link is shown once; who
/// it was stands in the list of readings.
#[utoipa::path(post, path = "/api/v1/children/{child}/helpers", tag = "ownership", request_body = NewHelper,
    params(("child" = uuid::Uuid, Path)), responses((status = 201, body = HelperView)))]
pub async fn invite_helper(
    app: Data<App>,
    may: MayDecideAsOwner,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, _) = body.json::<NewHelper>().await?;
    let helper = ownership::invite(&app, &may, new).await?;
    Ok(HttpResponse::Created().json(HelperView::from(helper)))
}

/// Who else may be given something of one's book once one is dead: the next of kin, and research. Nothing said is closed. From
/// the age of 18, and said otherwise on any day.
#[utoipa::path(post, path = "/api/v1/children/{child}/afterwards", tag = "ownership", request_body = NewAfterwards,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn say_afterwards(
    app: Data<App>,
    may: MayDecideAsOwner,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewAfterwards>().await?;
    Ok(created(ownership::say_afterwards(&app, &may, new, key.with(&digest)?).await?))
}

/// The papers and the people that one keeps at hand when one leaves, and those one could. Asked by oneself alone, from 16 on.
#[utoipa::path(get, path = "/api/v1/children/{child}/kept", tag = "ownership",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = KeptView)))]
pub async fn kept(app: Data<App>, may: MayDecideAsOwner) -> Result<Json<KeptView>, Problem> {
    let keepable = leaving::keepable(&app, &may).await?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Entries).await?;
    Ok(Json(KeptView::from(keepable)))
}

/// Choose the papers and the people one keeps at hand.
#[utoipa::path(post, path = "/api/v1/children/{child}/kept", tag = "ownership", request_body = NewKept,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn keep(
    app: Data<App>,
    may: MayDecideAsOwner,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewKept>().await?;
    Ok(created(leaving::keep(&app, &may, new, key.with(&digest)?).await?))
}

/// Everything in one's own book as one package, from the age of 18: nobody is asked. It is made in the background, one at a
/// time.
#[utoipa::path(post, path = "/api/v1/children/{child}/packages", tag = "ownership",
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 202, body = RecordReceipt)))]
pub async fn order_package(
    app: Data<App>,
    may: MayTakeHome,
    key: RequestKey,
) -> Result<HttpResponse, Problem> {
    let sealed = leaving::order(&app, &may, key.with("")?).await?;
    let place = format!("{}/api/v1/packages/{}", app.config.public_url(), sealed.id);
    let receipt = RecordReceipt { id: sealed.id, version: sealed.version, receipt: sealed.receipt };
    Ok(HttpResponse::Accepted().insert_header((LOCATION, place)).json(receipt))
}

/// The packages one has made, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/packages", tag = "ownership",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<OwnPackageView>)))]
pub async fn packages(app: Data<App>, may: MayTakeHome) -> Result<Json<List<OwnPackageView>>, Problem> {
    let packages = leaving::packages(&app, may.child).await?;
    Ok(Json(List { items: packages.into_iter().map(OwnPackageView::from).collect(), next_cursor: None }))
}

/// How far a package has come.
#[utoipa::path(get, path = "/api/v1/packages/{package}", tag = "ownership",
    params(("package" = uuid::Uuid, Path)), responses((status = 200, body = OwnPackageView)))]
pub async fn package(app: Data<App>, may: MayFetchOwnPackage) -> Result<Json<OwnPackageView>, Problem> {
    leaving::go_on(&app, &may.stored).await?;
    Ok(Json(OwnPackageView::from(may.stored)))
}

/// The package itself, the same to the byte whenever it is fetched; 409 until it is ready.
#[utoipa::path(get, path = "/api/v1/packages/{package}/file", tag = "ownership",
    params(("package" = uuid::Uuid, Path)), responses(
    (status = 200, content_type = "application/zip"), (status = 206, content_type = "application/zip")))]
pub async fn package_file(
    app: Data<App>,
    may: MayFetchOwnPackage,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let package = leaving::fetch(&app, &may).await?.package;
    serve_package(&request, &package, "min-bog.zip")
}

/// The package behind a lock: an age file that `age -d` opens with the password, or with the recipient's identity. Made on its
/// way, so it cannot be fetched in parts.
#[utoipa::path(post, path = "/api/v1/packages/{package}/locked-file", tag = "ownership", request_body = NewLock,
    params(("package" = uuid::Uuid, Path)), responses((status = 200, content_type = "application/octet-stream")))]
pub async fn locked_package(
    app: Data<App>,
    may: MayFetchOwnPackage,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, _) = body.json::<NewLock>().await?;
    let lock = new.lock()?;
    let package = leaving::fetch(&app, &may).await?.package;
    serve_locked(package, lock, "min-bog.zip.age").await
}

/// Where else there may be papers about oneself: the institutions, schools and municipalities of one's childhood, and the
/// places where everybody's may lie. From 18 on.
#[utoipa::path(get, path = "/api/v1/children/{child}/elsewhere", tag = "ownership",
    params(("child" = uuid::Uuid, Path)), responses((status = 200, body = List<PlaceElsewhere>)))]
pub async fn elsewhere(app: Data<App>, may: MayTakeHome) -> Result<Json<List<PlaceElsewhere>>, Problem> {
    let items = elsewhere::places(&app, &may).await?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Entries).await?;
    Ok(Json(List { items, next_cursor: None }))
}
