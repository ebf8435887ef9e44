//! Who may ask the archive, and who answers: the one whose papers they are, the municipality's archivists, and for a no a
//! second person.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::requests::RequestsOf;
use crate::domain::access::{Right, Ties, answers_requests, seconds_requests};
use crate::domain::document::Role;
use crate::domain::ids::{ChildId, MunicipalityId};
use crate::domain::request::{ArchiveRequest, StoredRequest};
use crate::problem::Problem;

/// On which side of a request somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whose papers they are.
    Asker,
    /// Who looks for them, and answers.
    Archivist,
    /// Who may agree to a no, or send it back.
    Second,
}

impl Side {
    /// The role under which a reading is recorded.
    pub fn role(self) -> Role {
        match self {
            Self::Asker => Role::Own,
            Self::Archivist => Role::Archivist,
            Self::Second => Role::Leader,
        }
    }
}

/// May ask for what the archive has about oneself.
#[derive(Debug, Clone)]
pub struct MayAsk {
    pub child: ChildId,
    pub municipality: MunicipalityId,
    pub caller: Caller,
}

/// May see some requests: one's own, and those of the municipality one answers in.
#[derive(Debug, Clone)]
pub struct MaySeeRequests {
    pub of: RequestsOf,
    pub caller: Caller,
    /// Answers, or is the second person.
    pub answers: bool,
}

/// May see one request.
#[derive(Debug, Clone)]
pub struct MayReadRequest {
    pub stored: StoredRequest,
    pub side: Side,
    pub caller: Caller,
}

macro_rules! on_a_side {
    ($($(#[$doc:meta])* $name:ident needs $($side:ident)|+;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            pub stored: StoredRequest,
            pub side: Side,
            pub caller: Caller,
        }

        impl $name {
            /// The same right for a request that does not stand in a path.
            pub fn grant(may: MayReadRequest) -> Result<Self, Problem> {
                let MayReadRequest { stored, side, caller } = may;
                match side {
                    $(Side::$side)|+ => Ok(Self { stored, side, caller }),
                    _ => Err(Problem::NotPermitted),
                }
            }

            async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
                Self::grant(MayReadRequest::from_path(app, caller, request).await?)
            }
        }

        from_request!($name, $name::from_path);
    )*};
}

on_a_side! {
    /// May take a request on, look for what there is, and look through it.
    MayAnswerRequest needs Archivist;
    /// May decide a request, or agree to a decision.
    MayDecideRequest needs Archivist | Second;
    /// May write in a request's thread: the two sides of it.
    MayWriteInRequest needs Asker | Archivist;
    /// May take a request back, and fetch what it brought: the asker alone.
    MayFetchPackage needs Asker;
}

from_request!(MaySeeRequests, MaySeeRequests::of_caller);
from_request!(MayReadRequest, MayReadRequest::from_path);

impl MayAsk {
    /// For `child`, or the caller's own book where none is named.
    pub async fn grant(app: &App, caller: Caller, child: Option<ChildId>) -> Result<Self, Problem> {
        let child = match child {
            Some(child) => child,
            None => own_book(app, &caller).await?,
        };
        let ties = caller.ties(app, child).await?;
        if !ties.may(Right::AskArchive) {
            let own = ties.roles.contains(&Role::Own);
            return Err(if own { Problem::NotGrown } else { Problem::NotPermitted });
        }
        let municipality = app.db.child(child).await?.ok_or(Problem::NotFound)?.municipality;
        Ok(Self { child, municipality, caller })
    }
}

impl MaySeeRequests {
    pub async fn of_caller(app: &App, caller: Caller, _: &HttpRequest) -> Result<Self, Problem> {
        let children = own_children(app, &caller).await?;
        let roles = app.db.municipal_roles(caller.id, caller.today).await?;
        let answering = roles.into_iter().filter(|(role, _)| seconds_requests(*role));
        let municipalities: Vec<MunicipalityId> = answering.map(|(_, municipality)| municipality).collect();
        let answers = !municipalities.is_empty();
        Ok(Self { of: RequestsOf { children, municipalities }, caller, answers })
    }
}

impl MayReadRequest {
    /// For whoever is on no side of it there is no such request.
    pub async fn grant(app: &App, caller: Caller, stored: StoredRequest) -> Result<Self, Problem> {
        let side = side(app, &caller, &stored.request).await?.ok_or(Problem::NotFound)?;
        Ok(Self { stored, side, caller })
    }

    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let stored = app.db.request(path_id(request, "request")?).await?.ok_or(Problem::NotFound)?;
        Self::grant(app, caller, stored).await
    }
}

/// Nobody answers what they ask themselves.
async fn side(app: &App, caller: &Caller, request: &ArchiveRequest) -> Result<Option<Side>, Problem> {
    let ties = app.db.ties(caller.id, request.child, caller.today).await?;
    if request.outsider.is_none() && ties.as_ref().is_some_and(is_grown_self) {
        return Ok(Some(Side::Asker));
    }
    let roles = app.db.municipal_roles(caller.id, caller.today).await?;
    let here = || roles.iter().filter(|(_, of)| *of == request.municipality).map(|(role, _)| *role);
    let for_this_one = ties.is_some_and(|ties| ties.roles.iter().copied().any(answers_requests));
    if for_this_one || here().any(answers_requests) {
        return Ok(Some(Side::Archivist));
    }
    Ok(here().any(seconds_requests).then_some(Side::Second))
}

fn is_grown_self(ties: &Ties) -> bool {
    ties.roles.contains(&Role::Own) && ties.may(Right::AskArchive)
}

/// The book about the caller, of whatever age.
async fn own_book(app: &App, caller: &Caller) -> Result<ChildId, Problem> {
    let tied = app.db.tied_children(caller.id, caller.today, None, 200).await?;
    let own = tied.into_iter().find(|tied| tied.ties.roles.contains(&Role::Own));
    own.map(|tied| tied.id).ok_or(Problem::NotPermitted)
}

/// The books about the caller, once grown.
async fn own_children(app: &App, caller: &Caller) -> Result<Vec<ChildId>, Problem> {
    let tied = app.db.tied_children(caller.id, caller.today, None, 200).await?;
    Ok(tied.into_iter().filter(|tied| is_grown_self(&tied.ties)).map(|tied| tied.id).collect())
}
