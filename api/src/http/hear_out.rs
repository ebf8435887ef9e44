//! Lets a client finish its sentence. A request refused before its body was read would end in a reset connection, and the
//! client would never see why: what is on its way is read and thrown away, within bounds.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};

/// No more than this is read of a body that nobody wants.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// A client that pauses longer has finished, or waits for the answer.
const PAUSE: Duration = Duration::from_millis(200);

/// Reads what the handler left of the body before the answer goes out.
pub async fn hear_out(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let body = Rc::new(RefCell::new(request.take_payload()));
    request.set_payload(Payload::Stream { payload: Box::pin(Shared(body.clone())) });
    let answer = next.call(request).await;
    let refused = match &answer {
        Ok(response) => !response.status().is_success(),
        Err(_) => true,
    };
    if refused {
        drain(Shared(body)).await;
    }
    answer
}

async fn drain(mut body: Shared) {
    let mut read = 0;
    while read < MOST_BYTES {
        match tokio::time::timeout(PAUSE, body.next()).await {
            Ok(Some(Ok(bytes))) => read += bytes.len(),
            Ok(None | Some(Err(_))) | Err(_) => return,
        }
    }
}

/// The body, for the handler first and for [`drain`] after it.
struct Shared(Rc<RefCell<Payload>>);

impl Stream for Shared {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}
