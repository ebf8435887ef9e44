//! The register, kept by the municipality's leader: people, children, homes, roles, and the links people come in by.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{Data, Json};

use super::shapes::{AssignmentView, Named, PersonView, PlacementView, RecordReceipt, SignInLinkView};
use super::{Asked, Body, List, Part, RequestKey, created, cursor};
use crate::accounts;
use crate::app::App;
use crate::auth::{MayChangeAssignment, MayChangePlacement, MayRegister, MayRegisterFor, MayRegisterPerson};
use crate::domain::document::{AssignedTo, Person, ReadPage, Role};
use crate::domain::ids::PersonId;
use crate::problem::Problem;
use crate::readings;
use crate::register::children::{self, NewChild};
use crate::register::homes::{self, NewPlacement, PlacementChange};
use crate::register::people::{self, NewPerson};
use crate::register::roles::{self, AssignmentEnd, NewAssignment};

/// The municipality's people, by name.
#[utoipa::path(get, path = "/api/v1/people", tag = "register", params(Part), responses(
    (status = 200, body = List<PersonView>)))]
pub async fn people(
    app: Data<App>,
    may: MayRegister,
    part: Asked<Part>,
) -> Result<Json<List<PersonView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.people(may.municipality, part.cursor()?, part.limit()?).await?;
    let view = |(id, person): (PersonId, Person)| PersonView {
        id: id.0,
        name: person.name,
        title: person.title,
        phone: person.phone,
    };
    let next_cursor = slice.next.as_ref().and_then(cursor);
    Ok(Json(List { items: slice.items.into_iter().map(view).collect(), next_cursor }))
}

/// Make a link that opens the service for this person once, within seven days. An earlier unused one stops working.
#[utoipa::path(post, path = "/api/v1/people/{person}/sign-in-links", tag = "register",
    params(("person" = uuid::Uuid, Path)), responses(
    (status = 201, body = SignInLinkView)))]
pub async fn make_sign_in_link(app: Data<App>, may: MayRegisterPerson) -> Result<HttpResponse, Problem> {
    let link = accounts::issue_link(&app, may.person, Some(&may.caller)).await?;
    Ok(HttpResponse::Created()
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .json(SignInLinkView { sign_in: link.href, expires_at: link.expires_at }))
}

/// A child's homes, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/placements", tag = "register",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<PlacementView>)))]
pub async fn placements(
    app: Data<App>,
    may: MayRegisterFor,
    part: Asked<Part>,
) -> Result<Json<List<PlacementView>>, Problem> {
    let part = part.get()?;
    let slice = app.db.placements(may.child, part.cursor()?, part.limit()?).await?;
    readings::record_as(&app, &may.caller, Role::Leader, may.child, ReadPage::Card).await?;
    let carers: Vec<PersonId> =
        slice.items.iter().flat_map(|(_, placement)| placement.carers.clone()).collect();
    let names = app.db.names(&carers).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    let views = slice.items.into_iter().map(|(id, placement)| PlacementView {
        id: id.0,
        home_kind: placement.home_kind,
        home_name: placement.home_name,
        place: placement.place,
        municipality: placement.municipality,
        carers: placement.carers.into_iter().map(|carer| Named::new(carer, &names)).collect(),
        from: placement.from,
        to: placement.to,
        protected: placement.protected,
    });
    Ok(Json(List { items: views.collect(), next_cursor }))
}

/// The roles assigned towards a child, first to last.
#[utoipa::path(get, path = "/api/v1/children/{child}/assignments", tag = "register",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<AssignmentView>)))]
pub async fn assignments(
    app: Data<App>,
    may: MayRegisterFor,
    part: Asked<Part>,
) -> Result<Json<List<AssignmentView>>, Problem> {
    let part = part.get()?;
    readings::record_as(&app, &may.caller, Role::Leader, may.child, ReadPage::Card).await?;
    assigned(&app, AssignedTo::Child(may.child), &part).await
}

/// The roles held in the municipality itself, first to last.
#[utoipa::path(get, path = "/api/v1/assignments", tag = "register", params(Part), responses(
    (status = 200, body = List<AssignmentView>)))]
pub async fn municipal_assignments(
    app: Data<App>,
    may: MayRegister,
    part: Asked<Part>,
) -> Result<Json<List<AssignmentView>>, Problem> {
    assigned(&app, AssignedTo::Municipality(may.municipality), &part.get()?).await
}

async fn assigned(app: &App, to: AssignedTo, part: &Part) -> Result<Json<List<AssignmentView>>, Problem> {
    let slice = app.db.assignments(to, part.cursor()?, part.limit()?).await?;
    let holders: Vec<PersonId> = slice.items.iter().map(|(_, assignment)| assignment.person).collect();
    let names = app.db.names(&holders).await?;
    let next_cursor = slice.next.as_ref().and_then(cursor);
    let views = slice.items.into_iter().map(|(id, assignment)| AssignmentView {
        id: id.0,
        person: Named::new(assignment.person, &names),
        role: assignment.role,
        from: assignment.from,
        until: assignment.until,
    });
    Ok(Json(List { items: views.collect(), next_cursor }))
}

/// Register a person.
#[utoipa::path(post, path = "/api/v1/people", tag = "register", request_body = NewPerson,
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_person(
    app: Data<App>,
    may: MayRegister,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewPerson>().await?;
    Ok(created(people::add(&app, &may, new, key.with(&digest)?).await?))
}

/// Correct a person's name, title or telephone: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/people/{person}/versions", tag = "register", request_body = NewPerson,
    params(("person" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn correct_person(
    app: Data<App>,
    may: MayRegisterPerson,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewPerson>().await?;
    Ok(created(people::correct(&app, &may, new, key.with(&digest)?).await?))
}

/// Register a child.
#[utoipa::path(post, path = "/api/v1/children", tag = "register", request_body = NewChild,
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_child(
    app: Data<App>,
    may: MayRegister,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewChild>().await?;
    Ok(created(children::add(&app, &may, new, key.with(&digest)?).await?))
}

/// Correct a child's name or birthday: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/children/{child}/versions", tag = "register", request_body = NewChild,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn correct_child(
    app: Data<App>,
    may: MayRegisterFor,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewChild>().await?;
    Ok(created(children::correct(&app, &may, new, key.with(&digest)?).await?))
}

/// Register a stay in a home. Its carers read and contribute while it lasts.
#[utoipa::path(post, path = "/api/v1/children/{child}/placements", tag = "register", request_body = NewPlacement,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn add_placement(
    app: Data<App>,
    may: MayRegisterFor,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewPlacement>().await?;
    Ok(created(homes::add(&app, &may, new, key.with(&digest)?).await?))
}

/// End a stay in a home, or change its carers: a new version, the old one kept.
#[utoipa::path(post, path = "/api/v1/placements/{placement}/versions", tag = "register", request_body = PlacementChange,
    params(("placement" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn change_placement(
    app: Data<App>,
    may: MayChangePlacement,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<PlacementChange>().await?;
    Ok(created(homes::change(&app, &may, new, key.with(&digest)?).await?))
}

/// Give a person a role towards a child.
#[utoipa::path(post, path = "/api/v1/children/{child}/assignments", tag = "register", request_body = NewAssignment,
    params(("child" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn give_role(
    app: Data<App>,
    may: MayRegisterFor,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewAssignment>().await?;
    Ok(created(roles::give(&app, &may, new, key.with(&digest)?).await?))
}

/// Give a person a role in the municipality itself.
#[utoipa::path(post, path = "/api/v1/assignments", tag = "register", request_body = NewAssignment,
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn give_municipal_role(
    app: Data<App>,
    may: MayRegister,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<NewAssignment>().await?;
    Ok(created(roles::give_municipal(&app, &may, new, key.with(&digest)?).await?))
}

/// End a role: a new version, the old one kept. The last leader of a municipality stays.
#[utoipa::path(post, path = "/api/v1/assignments/{assignment}/versions", tag = "register", request_body = AssignmentEnd,
    params(("assignment" = uuid::Uuid, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = RecordReceipt)))]
pub async fn end_role(
    app: Data<App>,
    may: MayChangeAssignment,
    key: RequestKey,
    body: Body,
) -> Result<HttpResponse, Problem> {
    let (new, digest) = body.json::<AssignmentEnd>().await?;
    Ok(created(roles::end(&app, &may, new, key.with(&digest)?).await?))
}
