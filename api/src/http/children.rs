//! Who am I, which children, who read.

use actix_web::web::{Data, Json};
use renderer::book::AgeBand;

use super::shapes::{ChildCard, Me, MyChild, ReadingView};
use super::{Asked, List, Part, cursor};
use crate::app::App;
use crate::auth::{Caller, MaySee, MaySeeReadings};
use crate::db::people::TiedChild;
use crate::domain::access::{age_on, rights};
use crate::domain::document::{Child, ReadPage};
use crate::domain::ids::{ChildId, PersonId};
use crate::problem::Problem;
use crate::readings;

/// Who am I, what may I do, which children.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", responses(
    (status = 200, body = Me)))]
pub async fn me(app: Data<App>, caller: Caller) -> Result<Json<Me>, Problem> {
    let mut children = Vec::new();
    for TiedChild { id, ties, .. } in app.db.tied_children(caller.id, caller.today, None, 200).await? {
        let mut may: Vec<_> = ties.roles.iter().flat_map(|role| rights(*role, ties.age)).copied().collect();
        may.sort_unstable();
        may.dedup();
        children.push(MyChild { id: id.0, roles: ties.roles, may });
    }
    let municipal = app.db.municipal_roles(caller.id, caller.today).await?;
    Ok(Json(Me {
        id: caller.id.0,
        municipality: caller.person.municipality.0,
        municipal_roles: municipal.into_iter().map(|(role, _)| role).collect(),
        name: caller.person.name,
        title: caller.person.title,
        children,
    }))
}

/// The children I may see.
#[utoipa::path(get, path = "/api/v1/children", tag = "children", params(Part), responses(
    (status = 200, body = List<ChildCard>)))]
pub async fn list(
    app: Data<App>,
    caller: Caller,
    part: Asked<Part>,
) -> Result<Json<List<ChildCard>>, Problem> {
    let part = part.get()?;
    let limit = part.limit()?;
    let after = part.cursor::<ChildId>()?;
    let mut children = app.db.tied_children(caller.id, caller.today, after, limit + 1).await?;
    let more = children.len() as u64 > limit;
    children.truncate(limit as usize);
    let next_cursor = children.last().filter(|_| more).and_then(|tied| cursor(&tied.id));
    let items = children.into_iter().map(|tied| card(tied.id, tied.child, &caller)).collect();
    Ok(Json(List { items, next_cursor }))
}

/// One child.
#[utoipa::path(get, path = "/api/v1/children/{child}", tag = "children", params(("child" = uuid::Uuid, Path)), responses(
    (status = 200, body = ChildCard)))]
pub async fn get(app: Data<App>, may: MaySee) -> Result<Json<ChildCard>, Problem> {
    let child = app.db.child(may.child).await?.ok_or(Problem::NotFound)?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::Card).await?;
    Ok(Json(card(may.child, child, &may.caller)))
}

/// Who read what of the child's book, newest first.
#[utoipa::path(get, path = "/api/v1/children/{child}/access-log", tag = "children",
    params(("child" = uuid::Uuid, Path), Part), responses(
    (status = 200, body = List<ReadingView>)))]
pub async fn access_log(
    app: Data<App>,
    may: MaySeeReadings,
    part: Asked<Part>,
) -> Result<Json<List<ReadingView>>, Problem> {
    let part = part.get()?;
    readings::record(&app, &may.caller, &may.ties, may.child, ReadPage::AccessLog).await?;
    let slice = readings::told(&app, &may.caller, may.child, part.cursor()?, part.limit()?).await?;
    let mut readers: Vec<PersonId> = slice.items.iter().map(|reading| reading.reader).collect();
    readers.sort_unstable();
    readers.dedup();
    let names = app.db.names(&readers).await?;
    let view = |reading: crate::domain::document::Reading| {
        let name = names.get(&reading.reader).cloned().unwrap_or_default();
        ReadingView::new(reading, name)
    };
    let next_cursor = slice.next.as_ref().and_then(cursor);
    Ok(Json(List { items: slice.items.into_iter().map(view).collect(), next_cursor }))
}

fn card(id: ChildId, child: Child, caller: &Caller) -> ChildCard {
    let age = age_on(child.born, caller.today);
    ChildCard {
        id: id.0,
        name: child.name,
        age,
        born: child.born,
        municipality: child.municipality.0,
        book_title: child.book_title,
        band: AgeBand::for_age(age),
    }
}
