//! Who calls, and what they may do. A handler gets its right as an argument: there is no other way to a child's data.
//!
//! [`Caller`] says who. Each capability below says that this caller may do one thing with one child, entry or file; it
//! can only be had from a request, and only after [`crate::domain::access`] said yes. What is there but not for this
//! caller answers 404 like what is not there at all.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::db::accounts::{Credential, CredentialKind, Together};
use crate::db::editions::StoredEdition;
use crate::db::entries::{StoredEntry, StoredMedia};
use crate::db::own_pages::Reader;
use crate::db::uploads::PartialUpload;
use crate::domain::access::{Ended, Right, Ties};
use crate::domain::document::{Person, Role};
use crate::domain::ids::{ChildId, EditionId, EntryId, MunicipalityId, PersonId};
use crate::domain::own_page::Gate;
use crate::problem::Problem;
use crate::redactions as covered;

/// The header in which our own scripts send the session's token back.
const CSRF_HEADER: &str = "X-CSRF-Token";

/// Somebody who has proved who they are.
#[derive(Debug, Clone)]
pub struct Caller {
    pub id: PersonId,
    pub person: Person,
    /// The token a form must send back; only in a browser's session.
    pub csrf: Option<String>,
    /// When this proof ends; an API token's has no end.
    pub until: Option<DateTime<Utc>>,
    pub today: NaiveDate,
    /// Whether the caller's own pages are open.
    pub gate: Gate,
    /// Who sits beside the child.
    pub together: Option<Together>,
}

impl Caller {
    /// Somebody known without a session.
    pub fn new(id: PersonId, person: Person, today: NaiveDate) -> Self {
        Self { id, person, csrf: None, until: None, today, gate: Gate::Open, together: None }
    }

    /// Checks the token a form sent back.
    pub fn check_form(&self, sent: &str) -> Result<(), Problem> {
        match &self.csrf {
            Some(csrf) if same(csrf, sent) => Ok(()),
            Some(_) => Err(Problem::ForeignOrigin),
            None => Ok(()),
        }
    }

    /// Whose eyes a question for pages of the child's own serves.
    pub fn reader(&self) -> Reader {
        Reader { person: self.id, today: self.today, gate: self.gate }
    }

    /// The same caller with nobody beside.
    pub fn alone(&self) -> Self {
        Self { together: None, ..self.clone() }
    }

    /// True where the pages for two are open: to an adult, and to a child with an adult beside it.
    pub fn reads_for_two(&self, ties: &Ties, child: ChildId) -> bool {
        let beside = self.together.is_some_and(|together| together.child == child);
        ties.may(Right::ReadAnyBand) || beside && ties.roles.contains(&Role::Own)
    }

    /// True where the caller deposited the file and has it at hand still: behind a closed gate a file of before is no
    /// more open than the pages it lies on.
    pub async fn holds(&self, app: &App, stored: &StoredMedia) -> Result<bool, Problem> {
        if stored.deposited_by != Some(self.id) {
            return Ok(false);
        }
        if self.gate == Gate::Open {
            return Ok(true);
        }
        let deposited_at = app.db.deposited_at(stored.id.0).await?;
        Ok(deposited_at.is_some_and(|at| !self.gate.closes(at)))
    }

    async fn ties(&self, app: &App, child: ChildId) -> Result<Ties, Problem> {
        match app.db.ties(self.id, child, self.today).await? {
            Some(ties) if ties.may(Right::SeeCard) => Ok(ties),
            // Whoever was around the child until it was grown knows it already, and is told why.
            Some(Ties { ended: Some(Ended::HandedOver), .. }) => Err(Problem::HandedOver),
            Some(Ties { ended: Some(Ended::Died), .. }) => Err(Problem::ClosedByDeath),
            _ => Err(Problem::NotFound),
        }
    }

    async fn with_right(&self, app: &App, child: ChildId, right: Right) -> Result<Ties, Problem> {
        let ties = self.ties(app, child).await?;
        if ties.may(right) { Ok(ties) } else { Err(Problem::NotPermitted) }
    }
}

/// A capability is had from a request, once `$grant` said yes.
macro_rules! from_request {
    ($name:ident $(<$type:ident: $bound:ident>)?, $grant:path) => {
        impl$(<$type: $bound>)? FromRequest for $name$(<$type>)? {
            type Error = Problem;
            type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move {
                    let (app, caller) = app_and_caller(&request).await?;
                    $grant(&app, caller, &request).await
                })
            }
        }
    };
}

mod claims;
mod devices;
mod disposals;
mod gifts;
mod life;
mod media;
mod own_pages;
mod ownership;
mod redactions;
mod register;
mod requests;
mod session;

pub use claims::{MayAnswerClaim, MaySeeClaims, archivist_of};
pub use devices::MayRevokeDevice;
pub use disposals::{MayDecideDisposal, MayDispose, MayLiftHold, MayPlaceHold, MaySeeDisposals, may_lift};
pub use gifts::{MayAnswerGift, MayEndGift};
pub use life::{MayAnswerWish, MayChangeLife, MayHelpGoal, MayTell};
pub use media::MayFetch;
pub use own_pages::{MayChangeOwnPage, MayReadOwnPage};
pub use ownership::{MayDecideAsOwner, MayFetchOwnPackage, MayTakeHome};
pub use redactions::{MayCover, MayDecideRedaction, MaySeeRedactions};
pub use register::{MayChangeAssignment, MayChangePlacement, MayRegister, MayRegisterFor, MayRegisterPerson};
pub use requests::{
    MayAnswerRequest, MayAsk, MayDecideRequest, MayFetchPackage, MayReadRequest, MaySeeRequests,
    MayWriteInRequest, Side,
};
pub use session::{
    SESSION_COOKIE, close_session, cookie, enrolled_device, enrolment_cookie, open_session, session_of,
};

macro_rules! child_capabilities {
    ($($(#[$doc:meta])* $name:ident needs $right:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            pub child: ChildId,
            pub caller: Caller,
            pub ties: Ties,
        }

        impl $name {
            /// The same right for a child named in a form instead of the path.
            pub async fn grant(app: &App, caller: Caller, child: ChildId) -> Result<Self, Problem> {
                let ties = caller.with_right(app, child, Right::$right).await?;
                Ok(Self { child, caller, ties })
            }

            async fn from_path(app: &App, caller: Caller, request: &HttpRequest) -> Result<Self, Problem> {
                Self::grant(app, caller, path_id(request, "child")?).await
            }
        }

        from_request!($name, $name::from_path);
    )*};
}

child_capabilities! {
    /// May know the child: name and age.
    MaySee needs SeeCard;
    /// May read the child's book.
    MayRead needs ReadBook;
    /// May deposit files and entries.
    MayContribute needs Contribute;
    /// May make pages of one's own.
    MayMakeOwnPages needs MakeOwnPages;
    /// May choose how one's own book looks, and hide pages from oneself.
    MayArrangeBook needs ArrangeBook;
    /// May read what the child wishes.
    MayReadWishes needs ReadWishes;
    /// May order a printed book.
    MayOrder needs OrderEdition;
    /// May see who opened the book.
    MaySeeReadings needs ReadAccessLog;
    /// May make a tablet the child's own.
    MayEnrolDevice needs EnrolDevice;
    /// May say yes beside whoever let the child in anew.
    MayConfirmWayIn needs ConfirmWayIn;
}

/// May see one entry. What of it is open to this caller, [`MayReadEntry::sees_content`] tells.
#[derive(Debug, Clone)]
pub struct MayReadEntry {
    pub entry: StoredEntry,
    pub caller: Caller,
    pub ties: Ties,
}

impl MayCorrect {
    pub fn sees_content(&self) -> bool {
        sees_content(&self.ties, &self.entry, &self.caller)
    }
}

impl MayReadEntry {
    pub fn sees_content(&self) -> bool {
        sees_content(&self.ties, &self.entry, &self.caller)
    }
}

/// True where `caller` may see what stands in the entry: it is open to a child, or two read it together, wrote this version, or may read what is held back.
pub fn sees_content(ties: &Ties, stored: &StoredEntry, caller: &Caller) -> bool {
    use crate::domain::entry::Readiness;
    let readiness = &stored.entry.readiness;
    stored.written_by == Some(caller.id)
        || ties.may(Right::ReadHeldBack)
        || ties.may(Right::ReadBook)
            && (readiness.is_open(caller.today)
                || matches!(readiness, Readiness::WithAdult { .. })
                    && caller.reads_for_two(ties, stored.entry.child))
}

/// May write a new version of one entry: its author, or who decides on the child's book.
#[derive(Debug, Clone)]
pub struct MayCorrect {
    pub entry: StoredEntry,
    pub caller: Caller,
    pub ties: Ties,
}

/// True where `caller` may write a new version of the entry, or tell that it belongs to another child.
pub fn may_correct(ties: &Ties, stored: &StoredEntry, caller: &Caller) -> bool {
    let own =
        stored.entry.author == caller.id && ties.may(Right::Contribute) && sees_content(ties, stored, caller);
    own || ties.may(Right::Decide)
}

/// May go on with one upload in pieces: who began it, as long as they may contribute.
#[derive(Debug, Clone)]
pub struct MayResume {
    pub upload: PartialUpload,
    pub caller: Caller,
    pub ties: Ties,
}

/// May fetch one printed book.
#[derive(Debug, Clone)]
pub struct MayFetchEdition {
    pub edition: StoredEdition,
    pub caller: Caller,
    pub ties: Ties,
}

/// May see a municipality's overview: counts, no content.
#[derive(Debug, Clone)]
pub struct MayOversee {
    pub municipality: MunicipalityId,
    pub caller: Caller,
}

from_request!(Caller, grant_caller);
from_request!(MayReadEntry, grant_entry);
from_request!(MayCorrect, grant_correction);
from_request!(MayFetchEdition, grant_edition);
from_request!(MayResume, grant_resumption);
from_request!(MayOversee, grant_overview);

async fn grant_caller(_: &App, caller: Caller, _: &HttpRequest) -> Result<Caller, Problem> {
    Ok(caller)
}

async fn entry_and_ties(
    app: &App,
    caller: &Caller,
    request: &HttpRequest,
) -> Result<(StoredEntry, Ties), Problem> {
    let id: EntryId = path_id(request, "entry")?;
    let entry = app.db.entry(id).await?.ok_or(Problem::NotFound)?;
    let ties = caller.ties(app, entry.entry.child).await?;
    Ok((covered::seen(app, caller, &ties, entry).await?, ties))
}

async fn grant_entry(app: &App, caller: Caller, request: &HttpRequest) -> Result<MayReadEntry, Problem> {
    let (entry, ties) = entry_and_ties(app, &caller, request).await?;
    if ties.may(Right::ReadBook) || entry.entry.author == caller.id {
        return Ok(MayReadEntry { entry, caller, ties });
    }
    Err(Problem::NotFound)
}

async fn grant_correction(app: &App, caller: Caller, request: &HttpRequest) -> Result<MayCorrect, Problem> {
    let (entry, ties) = entry_and_ties(app, &caller, request).await?;
    // Either right comes with sight of what is beneath a cover: nobody writes a version over what they cannot read.
    if may_correct(&ties, &entry, &caller) {
        return Ok(MayCorrect { entry, caller, ties });
    }
    Err(if ties.may(Right::ReadBook) { Problem::NotPermitted } else { Problem::NotFound })
}

async fn grant_edition(app: &App, caller: Caller, request: &HttpRequest) -> Result<MayFetchEdition, Problem> {
    let id: EditionId = path_id(request, "edition")?;
    let edition = app.db.edition(id).await?.ok_or(Problem::NotFound)?;
    let ties = caller.ties(app, edition.child).await?;
    if !ties.may(Right::ReadBook) {
        return Err(Problem::NotFound);
    }
    if renderer::book::AgeBand::for_age(edition.age) > ties.highest_band() {
        return Err(Problem::NotOpenYet);
    }
    let covers = covered::covers_for(app, &ties, edition.child).await?;
    if covers.latest().is_some_and(|latest| edition.ordered_at <= latest) {
        return Err(Problem::PrintedBefore);
    }
    Ok(MayFetchEdition { edition, caller, ties })
}

async fn grant_resumption(app: &App, caller: Caller, request: &HttpRequest) -> Result<MayResume, Problem> {
    let child: ChildId = path_id(request, "child")?;
    let ties = caller.with_right(app, child, Right::Contribute).await?;
    let upload = app.db.upload(path_id(request, "upload")?).await?;
    let own = upload.filter(|upload| upload.child == child && upload.person == caller.id);
    own.map(|upload| MayResume { upload, caller, ties }).ok_or(Problem::NotFound)
}

async fn grant_overview(app: &App, caller: Caller, request: &HttpRequest) -> Result<MayOversee, Problem> {
    let MayRegister { municipality, caller } = MayRegister::grant(app, caller, request).await?;
    Ok(MayOversee { municipality, caller })
}

/// An id from the path. One that is no id answers like one that is not there.
fn path_id<T: std::str::FromStr>(request: &HttpRequest, name: &str) -> Result<T, Problem> {
    request.match_info().get(name).and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)
}

async fn app_and_caller(request: &HttpRequest) -> Result<(App, Caller), Problem> {
    let app = request.app_data::<web::Data<App>>().ok_or_else(|| Problem::Internal("no app".into()))?;
    let app = app.get_ref().clone();
    let caller = identify(&app, request).await?.ok_or(Problem::NotSignedIn)?;
    Ok((app, caller))
}

/// Who calls; `None` for somebody who shows nothing.
pub async fn identify(app: &App, request: &HttpRequest) -> Result<Option<Caller>, Problem> {
    if let Some(token) = bearer(request) {
        return identify_token(app, &token).await.map(Some);
    }
    let Some(cookie) = request.cookie(SESSION_COOKIE) else { return Ok(None) };
    let session = valid(app, CredentialKind::Session, cookie.value()).await?.ok_or(Problem::SessionOver)?;
    check_origin(request, &session)?;
    caller(app, &session).await.map(Some)
}

/// Whom an API token belongs to.
pub async fn identify_token(app: &App, token: &str) -> Result<Caller, Problem> {
    let credential = valid(app, CredentialKind::Token, token).await?.ok_or(Problem::SessionOver)?;
    caller(app, &credential).await
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

async fn valid(app: &App, kind: CredentialKind, secret: &str) -> Result<Option<Credential>, Problem> {
    let credential = app.db.credential(kind, &digest(secret)).await?;
    Ok(credential.filter(|credential| credential.expires_at.is_none_or(|end| app.now() < end)))
}

async fn caller(app: &App, credential: &Credential) -> Result<Caller, Problem> {
    let person = app.db.person(credential.person).await?.ok_or(Problem::SessionOver)?;
    let gate = session::gate(app, credential.way.opening).await?;
    let together = session::together(app, credential.way.together).await?;
    let ends = [credential.expires_at, together.map(|together| together.until)];
    Ok(Caller {
        csrf: credential.csrf.clone(),
        until: ends.into_iter().flatten().min(),
        gate,
        together,
        ..Caller::new(credential.person, person, app.today())
    })
}

/// A session's change must come from our own pages: the script's header carries the token, or it is a form that carries
/// it as a field, which its handler checks with [`Caller::check_form`]. Another site's `Origin` is refused at once.
fn check_origin(request: &HttpRequest, session: &Credential) -> Result<(), Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    same_origin(request)?;
    if !request.path().starts_with("/api/") {
        return Ok(());
    }
    let sent = request.headers().get(CSRF_HEADER).and_then(|token| token.to_str().ok()).unwrap_or_default();
    match &session.csrf {
        Some(csrf) if same(csrf, sent) => Ok(()),
        _ => Err(Problem::ForeignOrigin),
    }
}

/// Refuses a request that another site's page sent.
pub fn same_origin(request: &HttpRequest) -> Result<(), Problem> {
    let host = request.connection_info().host().to_owned();
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    match origin {
        Some(origin) if origin.split("://").nth(1) != Some(host.as_str()) => Err(Problem::ForeignOrigin),
        _ => Ok(()),
    }
}

/// Compares without telling by its time how much was right.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |diff, (a, b)| diff | (a ^ b)) == 0
}

/// What is stored of a secret. The secrets are 256 random bits: a plain digest can't be guessed back.
pub fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_compare_by_content() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "abcd"));
        assert_eq!(digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
