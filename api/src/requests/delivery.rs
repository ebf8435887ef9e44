//! Handing over what was granted: planned and read to the last byte, sealed with the request, and made again to the byte
//! whenever it is fetched.

use std::collections::{HashSet, VecDeque};

use archive::Checkpoint;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::app::App;
use crate::auth::MayFetchPackage;
use crate::db::requests::RequestsOf;
use crate::deposit::{self, Slip};
use crate::domain::document::{Body, Kind, ReadPage};
use crate::domain::ids::{ChildId, RequestId};
use crate::domain::request::{ArchiveRequest, Delivery, Message, Stage, StoredRequest};
use crate::export::{self, Audience, Export, Moment};
use crate::problem::Problem;
use crate::{jobs, readings, redactions};

/// So many requests of one person are looked through.
const REQUESTS: u64 = 1_000;
/// Packages that a process keeps planned; one that was forgotten is planned again when it is asked for.
const KEPT: usize = 16;

/// What this process has planned, the last fetched last.
#[derive(Default)]
pub struct Planned(Mutex<VecDeque<(Uuid, Export)>>);

/// Orders whatever is granted and not handed over yet: what was broken off goes on here.
pub async fn order_granted(app: &App) -> Result<(), Problem> {
    for stored in app.db.undelivered_requests().await? {
        jobs::order(app, jobs::Kind::HandOver, &stored.id.to_string()).await?;
    }
    Ok(())
}

/// What was handed over before something was opened again is handed over anew, and whoever asked for it is told so. Done
/// again it does nothing.
pub async fn issue_again(app: &App, child: ChildId) -> Result<(), Problem> {
    let Some(lifted) = redactions::last_lifted(app, child).await? else { return Ok(()) };
    let of = RequestsOf { children: vec![child], municipalities: Vec::new() };
    let stored = app.db.requests(&of, None, REQUESTS).await?.items;
    for StoredRequest { id, version, request } in stored {
        let Stage::Delivered(delivered) = &request.stage else { continue };
        if delivered.delivery.at >= lifted.signed.at {
            continue;
        }
        let mut words = "Noget, der var dækket, er åbnet igen. Du får en ny mappe med det hele.\n\
            Something that was covered is open again. You get a new folder with everything."
            .to_owned();
        words.extend(lifted.words.iter().flat_map(|said| ["\n", said.as_str()]));
        let message = Message { by: lifted.signed.by, at: lifted.signed.at, words };
        let messages = request.messages.iter().cloned().chain([message]).collect();
        let request = ArchiveRequest { stage: Stage::Decided(delivered.before.clone()), messages, ..request };
        let body = Body::Request(Box::new(request));
        let sealed = deposit::for_child(app, lifted.signed.by, child, (id.0, version + 1), body, None).await;
        sealed.map_err(deposit::overtaken)?;
    }
    order_granted(app).await
}

/// Hands over what was granted. Every byte is read before: what is lost or damaged is told, and nothing is promised that is
/// not there.
pub async fn hand_over(app: &App, id: RequestId) -> Result<(), Problem> {
    let Some(StoredRequest { version, request, .. }) = app.db.request(id).await? else { return Ok(()) };
    let Stage::Decided(decided) = request.stage.clone() else { return Ok(()) };
    if !decided.gives() {
        return Ok(());
    }
    let (delivery, export) = made(app, request.child, audience(&request)).await?;
    let request = ArchiveRequest { stage: Stage::Delivered(decided.deliver(delivery)), ..request };
    super::end_access(app, &request).await?;
    let born = app.db.child(request.child).await?.map(|child| child.born);
    let slip = Slip {
        id: id.0,
        version: version + 1,
        group: request.child.0,
        kind: Kind::Request,
        by: None,
        at: app.now(),
    };
    deposit::document(app, slip, Body::Request(Box::new(request)), born, None).await?;
    app.planned.keep(id.0, export).await;
    Ok(())
}

/// For whom what was granted is made.
fn audience(request: &ArchiveRequest) -> Audience {
    if request.outsider.is_some() { Audience::Outsider } else { Audience::Owner }
}

/// What there is of a child's for those as it is now, every byte of it read.
pub async fn made(app: &App, child: ChildId, audience: Audience) -> Result<(Delivery, Export), Problem> {
    let moment = Moment::now(app).await?;
    let export = export::checked(app, child, audience, &moment).await?;
    let delivery = Delivery {
        at: moment.at,
        log_size: moment.checkpoint.size,
        checkpoint: moment.checkpoint.note,
        size_bytes: export.package.size_bytes(),
        missing: export.completeness.holes as u64,
    };
    Ok((delivery, export))
}

/// What was handed over, the same as then. That it is fetched, is recorded.
pub async fn fetch(app: &App, may: &MayFetchPackage) -> Result<Export, Problem> {
    let export = delivered(app, &may.stored).await?;
    let page = ReadPage::Package(may.stored.id);
    readings::record_as(app, &may.caller, may.side.role(), may.stored.request.child, page).await?;
    Ok(export)
}

/// The same for whoever may have it.
pub async fn delivered(
    app: &App,
    StoredRequest { id, request, .. }: &StoredRequest,
) -> Result<Export, Problem> {
    let delivery = request.stage.delivery().ok_or(Problem::NotDelivered)?;
    made_before(app, id.0, request.child, audience(request), delivery).await
}

/// What was made for a delivery, the same to the byte; `id` is the record's that it is sealed with.
pub async fn made_before(
    app: &App,
    id: Uuid,
    child: ChildId,
    audience: Audience,
    delivery: &Delivery,
) -> Result<Export, Problem> {
    if let Some(export) = app.planned.get(id).await {
        return Ok(export);
    }
    let checkpoint = Checkpoint { size: delivery.log_size, note: delivery.checkpoint.clone() };
    let moment = Moment { at: delivery.at, checkpoint };
    let export = export::plan(app, child, audience, &moment, &HashSet::new()).await?;
    app.planned.keep(id, export.clone()).await;
    Ok(export)
}

impl Planned {
    async fn get(&self, id: Uuid) -> Option<Export> {
        self.0.lock().await.iter().find(|(known, _)| *known == id).map(|(_, export)| export.clone())
    }

    pub async fn keep(&self, id: Uuid, export: Export) {
        let mut planned = self.0.lock().await;
        planned.retain(|(known, _)| *known != id);
        planned.push_back((id, export));
        if planned.len() > KEPT {
            planned.pop_front();
        }
    }
}
