//! A form with files, as a browser sends it without scripts: one multipart body, files last.

use actix_multipart::{Field, Multipart};
use futures_util::StreamExt;
use serde::Serialize;
use uuid::Uuid;

use super::Fields;
use crate::app::App;
use crate::auth::{Caller, MayContribute};
use crate::contribute::{NewMedia, is_heard, is_sound};
use crate::db::deposits::Idempotency;
use crate::domain::ids::ChildId;
use crate::http::media::{multipart_problem, receive};
use crate::problem::{Limited, Problem};

const FIELD_BYTES: usize = 256 * 1024;
const FIELDS: usize = 400;

/// Reads the form to its end, sealing each file as it comes. The texts come before the files, so that a refused file
/// gives back everything that was written; `child` tells from them whose book it is.
pub async fn form_with_files(
    app: &App,
    caller: &Caller,
    body: &mut Multipart,
    filled: &mut Fields,
    child: impl Fn(&Fields) -> Result<ChildId, Problem>,
) -> Result<(MayContribute, Vec<NewMedia>), Problem> {
    let mut media = Vec::new();
    let mut may: Option<MayContribute> = None;
    while let Some(field) = body.next().await {
        let field = field.map_err(|error| multipart_problem(&error))?;
        let name = field.name().unwrap_or_default().to_owned();
        if name != "file" {
            if filled.fields.len() >= FIELDS {
                return Err(Problem::MalformedBody("too many fields".into()));
            }
            filled.fields.push((name, text_of(field).await?));
            continue;
        }
        let chosen = field
            .content_disposition()
            .and_then(|part| part.get_filename())
            .is_some_and(|name| !name.is_empty());
        if chosen {
            if may.is_none() {
                may = Some(granted(app, caller, filled, &child).await?);
            }
            let Some(may) = &may else { return Err(Problem::NotFound) };
            let key = format!("{}-{}", filled.one("key"), media.len());
            let received = receive(app, may, field, None, Some(key)).await?;
            media.push(filled.described(&media, received.id.0, &received.media.media_type));
        }
    }
    match may {
        Some(may) => Ok((may, media)),
        None => Ok((granted(app, caller, filled, &child).await?, media)),
    }
}

/// The right to write in the child's book, once the form's own token was checked.
async fn granted(
    app: &App,
    caller: &Caller,
    filled: &Fields,
    child: impl Fn(&Fields) -> Result<ChildId, Problem>,
) -> Result<MayContribute, Problem> {
    caller.check_form(filled.one("csrf"))?;
    MayContribute::grant(app, caller.clone(), child(filled)?).await
}

async fn text_of(mut field: Field) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        bytes.extend_from_slice(&chunk.map_err(|error| multipart_problem(&error))?);
        if bytes.len() > FIELD_BYTES {
            return Err(Problem::TooLarge { what: Limited::Text, limit: 50_000 });
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::MalformedBody("a field is not UTF-8".into()))
}

impl Fields {
    /// The file with what the form says of it: its words are those of the first one that is heard, and the first sound
    /// is the voice that reads.
    fn described(&self, before: &[NewMedia], id: Uuid, media_type: &str) -> NewMedia {
        let has_words = |file: &NewMedia| matches!(file, NewMedia::Described { words: Some(_), .. });
        let has_voice = |file: &NewMedia| matches!(file, NewMedia::Described { reads: true, .. });
        let words = self.some("spoken").filter(|_| is_heard(media_type) && !before.iter().any(has_words));
        let reads = !self.one("reads").is_empty() && is_sound(media_type) && !before.iter().any(has_voice);
        match (words, reads) {
            (None, false) => NewMedia::Id(id),
            (words, reads) => NewMedia::Described { id, alt: None, words, reads },
        }
    }

    /// Makes sending the form twice the same as sending it once.
    pub fn idempotency(&self, child: ChildId, asked: &impl Serialize) -> Option<Idempotency> {
        let asked = format!("{child}\n{}", serde_json::to_string(asked).unwrap_or_default());
        let key = self.some("key")?;
        Some(Idempotency { key, request_digest: crate::auth::digest(&asked) })
    }
}
