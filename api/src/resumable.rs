//! A file in pieces, for a bad line (tus 1.0): each piece is kept encrypted when it has arrived, also one that was cut
//! off; when the last has come the whole goes the same way as any upload.

use std::io::{Read, Write};
use std::path::PathBuf;

use archive::PartsKey;
use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::app::App;
use crate::auth::{MayContribute, MayResume};
use crate::db::uploads::PartialUpload;
use crate::domain::ids::MediaId;
use crate::domain::media_type::clean_file_name;
use crate::problem::{Limited, Problem};
use crate::upload::{self, Offered};
use crate::{accounts, jobs};

/// Pieces that nobody has added to for this long are thrown away.
const KEPT: TimeDelta = TimeDelta::days(7);
/// Whoever sends the last piece seals the file; after this long nobody is at it any more.
const SEALED_BY_NOW: TimeDelta = TimeDelta::minutes(2);
const BLOCK_BYTES: usize = 256 * 1024;

/// The longest file that can come in pieces.
pub fn most_bytes(app: &App) -> u64 {
    let limits = &app.config.limits;
    limits.recording_bytes.max(limits.document_bytes).max(limits.photo_bytes)
}

/// Makes room for a file of `length_bytes`.
pub async fn begin(
    app: &App,
    may: &MayContribute,
    length_bytes: u64,
    file_name: &str,
) -> Result<PartialUpload, Problem> {
    let limit = most_bytes(app);
    if length_bytes > limit {
        return Err(Problem::TooLarge { what: Limited::Recording, limit });
    }
    if length_bytes == 0 {
        return Err(Problem::EmptyFile);
    }
    let (_, parts_key) = PartsKey::generate();
    let upload = PartialUpload {
        id: app.new_id(),
        child: may.child,
        person: may.caller.id,
        file_name: clean_file_name(file_name),
        length_bytes,
        received_bytes: 0,
        parts_key: parts_key.to_string(),
        parts: Vec::new(),
        media: None,
    };
    app.db.begin_upload(&upload, app.now()).await?;
    Ok(upload)
}

/// Takes a piece that begins at `offset`; answers how far the file has come. What arrived before a line broke is kept: the
/// piece is closed and noted by a task of its own, also when nobody waits for the answer any more.
pub async fn append<S>(app: &App, may: &MayResume, offset: u64, mut bytes: S) -> Result<u64, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    if offset != may.upload.received_bytes {
        return Err(Problem::UploadOffset(may.upload.received_bytes));
    }
    let mut room = may.upload.length_bytes - offset;
    let (sender, receiver) = mpsc::channel::<Bytes>(8);
    let keeping = tokio::spawn(keep_part(app.clone(), may.upload.clone(), offset, receiver));
    while let Ok(Some(chunk)) = upload::next_chunk(&mut bytes).await {
        let fits = usize::try_from(room).unwrap_or(usize::MAX).min(chunk.len());
        room -= fits as u64;
        if fits == 0 || sender.send(chunk.slice(..fits)).await.is_err() {
            break;
        }
    }
    drop(sender);
    keeping.await?
}

/// Writes a piece until its sender is gone, and notes it.
async fn keep_part(
    app: App,
    upload: PartialUpload,
    offset: u64,
    mut received: mpsc::Receiver<Bytes>,
) -> Result<u64, Problem> {
    let key = PartsKey::from_text(&upload.parts_key)?;
    // Two requests for the same piece each write a file of their own; the one noted first counts.
    let name = format!("{offset}.{}", app.new_id());
    let path = part_path(&app, upload.id, &name);
    let written = tokio::task::spawn_blocking(move || -> Result<u64, archive::Error> {
        std::fs::create_dir_all(path.parent().unwrap_or(&path))?;
        let mut part = key.create(&path)?;
        let mut written = 0;
        while let Some(chunk) = received.blocking_recv() {
            part.write_all(&chunk)?;
            written += chunk.len() as u64;
        }
        part.finish()?;
        Ok(written)
    })
    .await??;
    if written == 0 || app.db.add_part(upload.id, offset, offset + written, &name, app.now()).await? {
        return Ok(offset + written);
    }
    Err(Problem::UploadOffset(app.db.upload(upload.id).await?.map_or(0, |now| now.received_bytes)))
}

/// Seals a file that is whole. Doing it again after a crash answers the same.
pub async fn complete(app: &App, may: &MayResume) -> Result<MediaId, Problem> {
    let upload = app.db.upload(may.upload.id).await?.ok_or(Problem::NotFound)?;
    if let Some(media) = upload.media {
        return Ok(media);
    }
    let may = MayContribute { child: upload.child, caller: may.caller.clone(), ties: may.ties.clone() };
    let offered = Offered {
        file_name: upload.file_name.clone(),
        request_bytes: None,
        bytes: Box::pin(whole(app, &upload)?),
        idempotency_key: Some(format!("tus {}", upload.id)),
        scan: true,
    };
    match upload::receive(app, &may, offered).await {
        Ok(received) => {
            app.db.upload_sealed(upload.id, received.id).await?;
            remove_parts(app, upload.id).await;
            Ok(received.id)
        }
        Err(problem) => {
            // What is refused for what it is will be refused again; what failed for our sake is kept.
            if problem.is_ours() {
                jobs::order(app, jobs::Kind::CompleteUpload, &upload.id.to_string()).await?;
            } else {
                discard(app, upload.id).await?;
            }
            Err(problem)
        }
    }
}

/// The pieces one after another.
fn whole(
    app: &App,
    upload: &PartialUpload,
) -> Result<impl Stream<Item = Result<Bytes, Problem>> + use<>, Problem> {
    let key = PartsKey::from_text(&upload.parts_key)?;
    Ok(read_parts(key, upload.parts.iter().map(|name| part_path(app, upload.id, name)).collect()))
}

/// What stands in these parts, one after another.
pub fn read_parts(key: PartsKey, paths: Vec<PathBuf>) -> impl Stream<Item = Result<Bytes, Problem>> + use<> {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, Problem>>(4);
    tokio::task::spawn_blocking(move || {
        let outcome = paths.iter().try_for_each(|path| send_part(&key, path, &sender));
        if let Err(problem) = outcome {
            let _ = sender.blocking_send(Err(problem));
        }
    });
    stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) }).fuse()
}

fn send_part(
    key: &PartsKey,
    path: &std::path::Path,
    sender: &mpsc::Sender<Result<Bytes, Problem>>,
) -> Result<(), Problem> {
    let mut part = key.open(path)?;
    loop {
        let mut block = vec![0; BLOCK_BYTES];
        let read = part.read(&mut block).map_err(archive::Error::from)?;
        block.truncate(read);
        // Nobody listens any more: the upload was refused on the way.
        if read == 0 || sender.blocking_send(Ok(block.into())).is_err() {
            return Ok(());
        }
    }
}

/// Throws an upload away.
pub async fn discard(app: &App, id: Uuid) -> Result<(), Problem> {
    app.db.forget_upload(id).await?;
    remove_parts(app, id).await;
    Ok(())
}

/// Seals a whole file when nobody waits for it any more: it could not be sealed when it came, because the scanner was away
/// or the disk was full.
pub async fn complete_alone(app: &App, id: Uuid) -> Result<(), Problem> {
    let Some(upload) = app.db.upload(id).await? else { return Ok(()) };
    let caller = accounts::caller(app, upload.person).await?;
    let completed = match MayContribute::grant(app, caller, upload.child).await {
        Ok(MayContribute { caller, ties, .. }) => complete(app, &MayResume { upload, caller, ties }).await,
        Err(problem) => Err(problem),
    };
    match completed {
        // Put into quarantine; or whoever sent it is no longer around the child, and it goes when its time is over.
        Err(Problem::InfectedFile | Problem::NotFound | Problem::NotPermitted) => Ok(()),
        other => other.map(|_| ()),
    }
}

/// Orders [`complete_alone`] for every whole file that waits.
pub async fn complete_waiting(app: &App) -> Result<(), Problem> {
    for id in app.db.whole_uploads(app.now() - SEALED_BY_NOW).await? {
        jobs::order(app, jobs::Kind::CompleteUpload, &id.to_string()).await?;
    }
    Ok(())
}

/// Throws away what nobody came back for.
pub async fn discard_stale(app: &App) -> Result<(), Problem> {
    for id in app.db.stale_uploads(app.now() - KEPT).await? {
        discard(app, id).await?;
    }
    Ok(())
}

fn folder(app: &App, id: Uuid) -> PathBuf {
    app.data.join("uploads").join(id.to_string())
}

fn part_path(app: &App, id: Uuid, name: &str) -> PathBuf {
    folder(app, id).join(name)
}

async fn remove_parts(app: &App, id: Uuid) {
    let folder = folder(app, id);
    if let Err(error) = tokio::fs::remove_dir_all(&folder).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "the parts of an upload could not be removed");
    }
}
