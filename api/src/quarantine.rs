//! Files in which the scanner found something: never in a book, never sealed, and not lost. Each lies encrypted under
//! `quarantine/` until somebody who runs the service has looked at it.

use std::io;
use std::path::PathBuf;

use archive::{PartsKey, StagedFile, Staging};
use uuid::Uuid;

use crate::app::App;
use crate::auth::MayContribute;
use crate::db::quarantine::Quarantined;
use crate::domain::document;
use crate::domain::ids::MediaId;
use crate::problem::Problem;
use crate::upload::{self, Offered};
use crate::{accounts, resumable};

/// Keeps a staged file aside.
pub async fn keep(
    app: &App,
    may: &MayContribute,
    staging: &Staging,
    file: &StagedFile,
    file_name: &str,
    signature: String,
) -> Result<(), Problem> {
    let (key, text) = PartsKey::generate();
    let kept = Quarantined {
        id: app.new_id(),
        child: may.child,
        person: may.caller.id,
        file_name: file_name.to_owned(),
        length_bytes: file.plain_bytes,
        signature,
        file_key: text.to_string(),
        at: app.now(),
    };
    let (path, mut from) = (path(app, kept.id), staging.reopen(document::ORIGINAL)?);
    tokio::task::spawn_blocking(move || -> Result<(), archive::Error> {
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        let mut into = key.create(&path)?;
        io::copy(&mut from, &mut into)?;
        Ok(into.finish()?)
    })
    .await??;
    app.db.put_quarantined(&kept).await?;
    tracing::warn!(id = %kept.id, signature = kept.signature, "a file was put into quarantine");
    Ok(())
}

/// Takes a file in after all: somebody has looked at it. It is sealed as its sender's.
pub async fn release(app: &App, id: Uuid) -> Result<MediaId, Problem> {
    let kept = app.db.quarantined(id).await?.ok_or(Problem::NotFound)?;
    let caller = accounts::caller(app, kept.person).await?;
    let may = MayContribute::grant(app, caller, kept.child).await?;
    let key = PartsKey::from_text(&kept.file_key)?;
    let offered = Offered {
        file_name: kept.file_name,
        request_bytes: None,
        bytes: Box::pin(resumable::read_parts(key, vec![path(app, id)])),
        idempotency_key: Some(format!("quarantine {id}")),
        scan: false,
    };
    let received = upload::receive(app, &may, offered).await?;
    discard(app, id).await?;
    Ok(received.id)
}

/// Throws a file away.
pub async fn discard(app: &App, id: Uuid) -> Result<(), Problem> {
    app.db.quarantined(id).await?.ok_or(Problem::NotFound)?;
    app.db.forget_quarantined(id).await?;
    match tokio::fs::remove_file(path(app, id)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(archive::Error::from(error).into()),
        _ => Ok(()),
    }
}

fn path(app: &App, id: Uuid) -> PathBuf {
    app.data.join("quarantine").join(id.to_string())
}
