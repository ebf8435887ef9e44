//! What the demo's grown reader asks the archive for, and who takes it on.

use super::content::Request;
use super::{DemoError, Loader};
use crate::auth::{MayAnswerRequest, MayAsk, MayReadRequest};
use crate::db::deposits::Idempotency;
use crate::domain::ids::RequestId;
use crate::problem::Problem;
use crate::requests::{self, NewRequest, NewStep};

impl Loader<'_> {
    pub(super) async fn requests(&self) -> Result<(), DemoError> {
        for request in &self.content.request {
            let id = self.ask(request).await?;
            if let Some(by) = &request.taken_by {
                self.take_on(request, by, id).await?;
            }
        }
        Ok(())
    }

    async fn ask(&self, request: &Request) -> Result<RequestId, DemoError> {
        let caller = self.caller(self.own(&request.child)?).await?;
        let may = MayAsk::grant(self.app, caller, Some(self.child(&request.child))).await?;
        let new = NewRequest { words: request.words.clone(), ..NewRequest::default() };
        let name = named(&format!("demo request {}", request.child));
        Ok(RequestId(requests::file(self.app, &may, new, Some(name)).await?.id))
    }

    async fn take_on(&self, request: &Request, by: &str, id: RequestId) -> Result<(), DemoError> {
        let stored = self.app.db.request(id).await?.ok_or(Problem::NotFound)?;
        let may = MayReadRequest::grant(self.app, self.caller(by).await?, stored).await?;
        let new =
            NewStep { step: Some("acknowledge".into()), words: request.answer.clone(), ..NewStep::default() };
        let name = named(&format!("demo taken {}", request.child));
        requests::step(self.app, &MayAnswerRequest::grant(may)?, new, Some(name)).await?;
        Ok(())
    }
}

fn named(key: &str) -> Idempotency {
    Idempotency { key: key.to_owned(), request_digest: String::new() }
}
