//! Who may read a page that a child made, and who may change it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Caller, app_and_caller, path_id};
use crate::app::App;
use crate::db::own_pages::StoredOwnPage;
use crate::domain::access::{Right, Ties};
use crate::domain::ids::{ChildId, OwnPageId};
use crate::problem::Problem;

/// May read one page that a child made.
#[derive(Debug, Clone)]
pub struct MayReadOwnPage {
    pub stored: StoredOwnPage,
    pub caller: Caller,
    pub ties: Ties,
}

/// May change one page and choose who reads it: the one whose book it is, alone.
#[derive(Debug, Clone)]
pub struct MayChangeOwnPage {
    pub stored: StoredOwnPage,
    pub caller: Caller,
    pub ties: Ties,
}

from_request!(MayReadOwnPage, MayReadOwnPage::from_path);
from_request!(MayChangeOwnPage, MayChangeOwnPage::from_path);

impl MayReadOwnPage {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let id: OwnPageId = path_id(request, "page")?;
        let stored = app.db.own_page(id, caller.reader()).await?.ok_or(Problem::NotFound)?;
        // In the pages the child stands in the address too.
        if request.match_info().get("child").is_some() {
            let child: ChildId = path_id(request, "child")?;
            if stored.page.child != child {
                return Err(Problem::NotFound);
            }
        }
        let ties = caller.ties(app, stored.page.child).await?;
        if stored.page.is_for(caller.id, &ties) {
            return Ok(Self { stored, caller, ties });
        }
        Err(Problem::NotFound)
    }

    /// The page is in the caller's own book.
    pub fn is_own(&self) -> bool {
        self.ties.may(Right::MakeOwnPages)
    }
}

impl MayChangeOwnPage {
    async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
        let may = MayReadOwnPage::from_path(app, caller, request).await?;
        if may.is_own() {
            let MayReadOwnPage { stored, caller, ties } = may;
            return Ok(Self { stored, caller, ties });
        }
        Err(Problem::NotPermitted)
    }
}
