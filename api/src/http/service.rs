//! For whoever runs the service: alive, able, counts; and the description of the API.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response};
use utoipa::{Modify, OpenApi};

use super::shapes::EntryContent;
use super::{
    arrange, books, children, claims, devices, disposals, editions, entries, gifts, goals, life, look_ahead,
    media, own_pages, ownership, redactions, register, requests, uploads, wishes,
};
use crate::app::App;
use crate::problem::{Problem, ProblemJson};
use crate::{fixity, replication, witnesses};

/// Set once everything a client may ask for is there; in the demo, after its content.
#[derive(Default)]
pub struct Ready(pub AtomicBool);

/// Alive.
#[utoipa::path(get, path = "/healthz", tag = "service", security(()), responses((status = 200, content_type = "text/plain")))]
pub async fn healthz() -> impl Responder {
    "ok\n"
}

/// Able to serve: database, store and keys answer, and the content is complete.
#[utoipa::path(get, path = "/readyz", tag = "service", security(()), responses(
    (status = 200, content_type = "text/plain")))]
pub async fn readyz(app: Data<App>, ready: Data<Ready>) -> Result<&'static str, Problem> {
    if !ready.0.load(Ordering::Acquire) {
        return Err(Problem::Unavailable("starting".into()));
    }
    app.db.ping().await?;
    app.archive.check_keys().await?;
    Ok("ready\n")
}

/// Counts for Prometheus. No label and no value tells of a person.
#[utoipa::path(get, path = "/metrics", tag = "service", security(()), responses(
    (status = 200, content_type = "text/plain")))]
pub async fn metrics(app: Data<App>) -> Result<HttpResponse, Problem> {
    let jobs = app.db.job_counts().await?;
    let pending = app.db.count_pending().await?;
    let quarantined = app.db.count_quarantined().await?;
    let log = app.archive.log_size().await?;
    let mut lines = vec![
        (
            "livsbog_jobs",
            "gauge",
            "Background jobs by state",
            vec![
                ("{state=\"waiting\"}", jobs.waiting.to_string()),
                ("{state=\"running\"}", jobs.running.to_string()),
                ("{state=\"failed\"}", jobs.failed.to_string()),
            ],
        ),
        (
            "livsbog_deposits_pending",
            "gauge",
            "Deposits noted and not sealed yet",
            vec![("", pending.to_string())],
        ),
        (
            "livsbog_quarantined",
            "gauge",
            "Files in which the scanner found something",
            vec![("", quarantined.to_string())],
        ),
        ("livsbog_log_size", "counter", "Leaves in the transparency log", vec![("", log.to_string())]),
    ];
    if let Some(lag) = replication::lag(&app, log) {
        let age = lag.seconds.map_or("+Inf".to_owned(), |seconds| seconds.to_string());
        lines.extend([
            (
                "livsbog_replica_seconds",
                "gauge",
                "Seconds since the replica was last complete",
                vec![("", age)],
            ),
            (
                "livsbog_replica_deposits_missing",
                "gauge",
                "Leaves of the log whose deposits the replica does not have",
                vec![("", lag.deposits.to_string())],
            ),
            (
                "livsbog_replica_differences",
                "gauge",
                "Files the last replication could not copy or found damaged",
                vec![("", lag.differences.to_string())],
            ),
        ]);
    }
    lines.extend(witnesses::metrics(&app));
    lines.extend(fixity::metrics(&fixity::state(&app.db, &app.config).await?, app.now()));
    let mut text = String::new();
    for (name, kind, help, values) in lines {
        text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        for (labels, value) in values {
            text.push_str(&format!("{name}{labels} {value}\n"));
        }
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}

/// The description of the API.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "service", security(()), responses((status = 200, body = Object)))]
pub async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}

pub async fn not_found() -> Result<HttpResponse, Problem> {
    Err(Problem::NotFound)
}

pub async fn method_not_allowed() -> Result<HttpResponse, Problem> {
    Err(Problem::MethodNotAllowed)
}

/// The OpenAPI 3.1 document, same as served.
pub fn document() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Barnets livsbog", description = "A life book for every child placed outside its home, and its archive.", license(name = "EUPL-1.2", identifier = "EUPL-1.2")),
    paths(
        children::me, children::list, children::get, children::access_log,
        media::create, media::get,
        uploads::options, uploads::create, uploads::head, uploads::get, uploads::patch, uploads::delete,
        entries::create, entries::list, entries::get, entries::correct, entries::receipt,
        arrange::look, arrange::hide,
        ownership::readers, ownership::invite_helper, ownership::choose_readers, ownership::say_afterwards, ownership::locked_package, ownership::elsewhere, ownership::kept, ownership::keep,
        ownership::order_package, ownership::packages, ownership::package, ownership::package_file,
        own_pages::make, own_pages::list, own_pages::get, own_pages::change,
        life::relations, life::add_relation, life::change_relation,
        life::schools, life::add_school, life::change_school,
        gifts::siblings, gifts::add_sibling, gifts::change_sibling,
        gifts::list, gifts::give, gifts::answer, gifts::end,
        look_ahead::get, look_ahead::set,
        goals::goals, goals::add_goal, goals::change_goal, goals::add_step, goals::settle_step,
        wishes::meetings, wishes::add_meeting, wishes::change_meeting,
        wishes::wishes, wishes::add_wish, wishes::change_wish, wishes::answer_wish,
        books::get, editions::order, editions::get, editions::file,
        register::people, register::add_person, register::correct_person, register::make_sign_in_link,
        register::add_child, register::correct_child,
        register::placements, register::add_placement, register::change_placement,
        register::assignments, register::give_role, register::end_role,
        register::municipal_assignments, register::give_municipal_role,
        disposals::list, disposals::propose, disposals::misfiled, disposals::approve, disposals::refuse,
        disposals::holds, disposals::place_hold, disposals::lift_hold,
        life::content_warnings, life::add_content_warning, life::change_content_warning,
        life::losses, life::add_loss, life::change_loss,
        redactions::list, redactions::propose, redactions::answer,
        claims::file, claims::list, claims::get, claims::find, claims::say,
        requests::file, requests::list, requests::get, requests::step, requests::decide, requests::say, requests::withdraw,
        requests::package, requests::locked_package,
        devices::list, devices::enrol, devices::revoke, devices::reset, devices::unlock, devices::openings, devices::confirm,
        healthz, readyz, metrics, openapi,
    ),
    components(schemas(ProblemJson, EntryContent)),
    modifiers(&Keys, &Names, &Refusals),
    security(("token" = []), ("session" = [])),
)]
struct Api;

struct Keys;

impl Modify for Keys {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("livsbog")));
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        components.add_security_scheme("session", cookie);
    }
}

/// What OpenAPI asks of every call beyond what its handler says: a name of its own, as handlers of different modules share
/// theirs (`entries_list`), and words for each answer.
struct Names;

impl Modify for Names {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for call in calls(api) {
            if let (Some(tags), Some(handler)) = (&call.tags, &call.operation_id) {
                call.operation_id = Some(format!("{}_{handler}", tags.join("_")));
            }
            for answer in call.responses.responses.values_mut() {
                if let RefOr::T(answer) = answer
                    && answer.description.is_empty()
                {
                    answer.description = "Done".into();
                }
            }
        }
    }
}

/// Every call refuses in the same form: said once, for all statuses that a call does not name itself.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let body = Content::new(Some(Ref::from_schema_name("ProblemJson")));
        let description = "A refusal with a stable `code` (RFC 9457)";
        let refusal =
            Response::builder().description(description).content("application/problem+json", body).build();
        for call in calls(api) {
            call.responses.responses.insert("default".into(), refusal.clone().into());
        }
    }
}

fn calls(api: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    api.paths.paths.values_mut().flat_map(|item| {
        [
            &mut item.get,
            &mut item.head,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
            &mut item.options,
        ]
        .into_iter()
        .flatten()
    })
}
