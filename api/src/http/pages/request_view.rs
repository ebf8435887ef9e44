//! What a request's page shows, to each side.

use std::collections::HashMap;

use chrono::Datelike;
use renderer::html::{
    Answer, Desk, FoundRow, Frame, MessageRow, PackageRow, PlaceRow, RequestStep, RequestView,
};

use super::Fields;
use super::register::{field, key, words};
use crate::app::{App, danish_time};
use crate::auth::{MayReadRequest, Side};
use crate::domain::access::Right;
use crate::domain::disposal::Signed;
use crate::domain::ids::PersonId;
use crate::domain::request::{ArchiveRequest, Decided, Decision, Scope, Stage};
use crate::http::requests::told_stage;
use crate::problem::Problem;

/// What somebody sent, to be shown again where it was not taken.
pub enum Written {
    Nothing,
    Step(Fields),
    Decision(Fields),
    Message(Fields),
}

impl Written {
    /// The form of this name, as it was sent; an empty one otherwise.
    fn form(&self, named: &str) -> Option<&Fields> {
        match self {
            Self::Step(form) if named == "step" => Some(form),
            Self::Decision(form) if named == "decision" => Some(form),
            Self::Message(form) if named == "message" => Some(form),
            _ => None,
        }
    }
}

pub async fn view(
    app: &App,
    may: &MayReadRequest,
    written: &Written,
    refused: Option<Problem>,
    frame: &Frame,
) -> Result<RequestView, Problem> {
    let (stored, own) = (&may.stored, may.side == Side::Asker);
    let request = &stored.request;
    let municipality = app.db.municipality(request.municipality).await?;
    let names = Names(app.db.names(&request.people()).await?);
    let (blank, sent) = (Fields::default(), written.form("message"));
    let told = request.stage.decision().filter(|_| !own || request.stage.decided().is_some());
    Ok(RequestView {
        id: stored.id.to_string(),
        own,
        name: names.of(request.asked.by),
        outsider: match request.outsider {
            Some(class) => Some((class.as_str(), whose(app, request).await?)),
            None => None,
        },
        phone: municipality.as_ref().and_then(|it| it.help.as_ref()).map(|help| help.phone.clone()),
        municipality: municipality.map(|it| it.name).unwrap_or_default(),
        stage: told_stage(stored, own),
        due: request.due(),
        late: request.is_late(may.caller.today),
        part: matches!(request.scope, Scope::Part { .. }),
        words: request.scope.words().map(str::to_owned),
        steps: names.steps(request, own),
        found: found(request),
        elsewhere: elsewhere(request),
        answer: told.map(|decision| names.answer(request, decision)),
        package: request.stage.delivery().filter(|_| own).map(|delivery| PackageRow {
            href: format!("/api/v1/archive-requests/{}/package", stored.id),
            size_bytes: delivery.size_bytes,
            missing: delivery.missing,
        }),
        messages: names.messages(request, may.caller.id),
        may_write: may.side != Side::Second,
        may_withdraw: own && request.stage.is_open() && request.stage.decided().is_none(),
        desk: if own { None } else { Some(desk(app, may, written, refused.as_ref(), frame).await?) },
        message: field(
            sent.unwrap_or(&blank),
            refused.as_ref().filter(|_| sent.is_some()),
            "words",
            frame.language,
        ),
        // Each page that is shown is another request, however alike what is sent from it.
        key: key(app, &blank)?,
        problem: refused.as_ref().map(|problem| words(problem, frame.language)),
    })
}

/// The name of the one whose papers they are.
async fn whose(app: &App, request: &ArchiveRequest) -> Result<String, Problem> {
    Ok(app.db.child(request.child).await?.map(|child| child.name).unwrap_or_default())
}

/// A decision in words, for an outsider, who cannot read on the pages why they are held back: the package tells how many.
pub async fn answer_to(app: &App, request: &ArchiveRequest, decision: &Decision) -> Result<Answer, Problem> {
    let answer = Names(app.db.names(&request.people()).await?).answer(request, decision);
    Ok(Answer { held_back: 0, ..answer })
}

/// What somebody on the archive's side may do now.
async fn desk(
    app: &App,
    may: &MayReadRequest,
    written: &Written,
    refused: Option<&Problem>,
    frame: &Frame,
) -> Result<Desk, Problem> {
    let request = &may.stored.request;
    let archivist = may.side == Side::Archivist;
    let step = match &request.stage {
        Stage::Received(_) => Some("acknowledge"),
        Stage::Acknowledged(_) => Some("search"),
        Stage::Searched(_) => Some("review"),
        _ => None,
    };
    let proposed_by = match &request.stage {
        Stage::Proposed(stage) => Some(stage.decision.signed.by),
        _ => None,
    };
    let undecided = request.stage.is_open() && request.stage.decided().is_none();
    let ties = app.db.ties(may.caller.id, request.child, may.caller.today).await?;
    let reads = archivist && ties.is_some_and(|ties| ties.may(Right::ReadBook));
    let blank = Fields::default();
    let of = |form: &str, name: &str| {
        let sent = written.form(form);
        field(sent.unwrap_or(&blank), refused.filter(|_| sent.is_some()), name, frame.language)
    };
    let mut answer_by = of("step", "answer_by");
    if answer_by.value.is_empty() {
        answer_by.value = request.deadlines.answer_by.max(may.caller.today).to_string();
    }
    let form = if written.form("decision").is_some() { "decision" } else { "step" };
    Ok(Desk {
        step: step.filter(|_| archivist),
        may_postpone: archivist && undecided && request.stage.acknowledgement().is_some(),
        may_decide: archivist && undecided && proposed_by.is_none(),
        may_second: proposed_by.is_some_and(|by| by != may.caller.id),
        waits: proposed_by == Some(may.caller.id),
        book_href: reads.then(|| format!("/bog/{}", request.child)),
        answer_by,
        words: of(form, "words"),
        outcome: of("decision", "outcome"),
        reason: of("decision", "reason"),
        ground: of("decision", "ground"),
        complain_to: of("decision", "complain_to"),
        complain_by: of("decision", "complain_by"),
    })
}

fn found(request: &ArchiveRequest) -> Vec<FoundRow> {
    let found = request.stage.search().map(|search| search.found.as_slice()).unwrap_or_default();
    let row = |found: &crate::domain::request::Found| FoundRow {
        kind: found.kind.as_str(),
        count: found.count,
        years: found.first.zip(found.last).map(|(first, last)| (first.year(), last.year())),
    };
    found.iter().map(row).collect()
}

fn elsewhere(request: &ArchiveRequest) -> Vec<PlaceRow> {
    let places = request.stage.search().map(|search| search.elsewhere.as_slice()).unwrap_or_default();
    places.iter().map(|place| PlaceRow { name: place.name.clone(), words: place.words.clone() }).collect()
}

/// Who took a step, and what they wrote.
type Taken = (Signed, Option<String>);

struct Names(HashMap<PersonId, String>);

impl Names {
    fn of(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_default()
    }

    /// Every step, taken or not, so that one sees what comes. What is only proposed is no answer yet to the asker.
    fn steps(&self, request: &ArchiveRequest, own: bool) -> Vec<RequestStep> {
        let stage = &request.stage;
        let acknowledged = stage.acknowledgement().map(|step| (step.signed, step.words.clone()));
        let searched = stage.search().map(|step| (step.signed, step.words.clone()));
        let reviewed = stage.review().map(|step| (step.signed, step.words.clone()));
        let decided = stage.decided().map(|stage| (stage.decision.signed, None));
        let mut taken = vec![
            ("received", Some((request.asked, None))),
            ("acknowledged", acknowledged),
            ("searched", searched),
            ("reviewed", reviewed),
            ("decided", decided),
        ];
        if stage.decided().is_none_or(Decided::gives) {
            let delivered = stage.delivery().zip(stage.decided());
            let signed = |at, decided: &Decided| Signed { by: decided.decision.signed.by, at };
            let by_whom = delivered.map(|(delivery, decided)| signed(delivery.at, decided));
            taken.push(("delivered", by_whom.map(|signed| (signed, None))));
        }
        let open = stage.is_open() || own && matches!(stage, Stage::Proposed(_));
        let next = taken.iter().position(|(_, taken)| taken.is_none()).filter(|_| open);
        let step = |(at, (what, taken)): (usize, (&'static str, Option<Taken>))| {
            let state = match (&taken, next) {
                (Some(_), _) => "done",
                (None, Some(next)) if next == at => "now",
                (None, _) => "later",
            };
            let (signed, words) = taken.map_or((None, None), |(signed, words)| (Some(signed), words));
            RequestStep {
                what,
                state,
                who: signed.map(|signed| self.of(signed.by)),
                on: signed.map(|signed| danish_time(signed.at).date()),
                words,
            }
        };
        taken.into_iter().enumerate().map(step).collect()
    }

    fn answer(&self, request: &ArchiveRequest, decision: &Decision) -> Answer {
        let no = decision.outcome.no();
        let second = request.stage.decided().and_then(|decided| decided.second);
        Answer {
            outcome: decision.outcome.as_str(),
            who: self.of(decision.signed.by),
            second: second.map(|signed| self.of(signed.by)),
            words: decision.words.clone(),
            reason: no.map(|no| no.reason.clone()),
            ground: no.map(|no| no.ground.clone()),
            complain_to: no.map(|no| no.complain_to.clone()),
            complain_by: no.map(|no| no.complain_by),
            held_back: decision.held_back,
            covered: decision.covered,
            covered_href: format!("/bog/{}/daekket", request.child),
        }
    }

    fn messages(&self, request: &ArchiveRequest, reader: PersonId) -> Vec<MessageRow> {
        let row = |message: &crate::domain::request::Message| MessageRow {
            who: self.of(message.by),
            mine: message.by == reader,
            at: danish_time(message.at),
            words: message.words.clone(),
        };
        request.messages.iter().map(row).collect()
    }
}
