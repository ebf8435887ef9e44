//! A file on its way into the archive: told apart by content, measured, encrypted while it arrives, checked, sealed.

use std::io::Write;
use std::time::Duration;

use archive::{StagedFile, Staging};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use renderer::pictures::{self, Inspected, Refusal};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use crate::app::App;
use crate::auth::MayContribute;
use crate::db::deposits::Idempotency;
use crate::deposit::{self, Deposited, Slip};
use crate::domain::document;
use crate::domain::document::{Body, Kind, Media};
use crate::domain::format::puid;
use crate::domain::ids::MediaId;
use crate::domain::media_type::{HEAD_BYTES, Sniffed, clean_file_name, sniff};
use crate::problem::{Limited, Problem};
use crate::scan::{self, Verdict};
use crate::{jobs, quarantine};

/// Room for a multipart body's own lines beside the file, when its declared length is compared with a limit.
const MULTIPART_ROOM: u64 = 64 * 1024;
/// A phone in a tunnel comes back within this, or sends again.
const STALL: Duration = Duration::from_secs(60);

/// A file as it is offered.
pub struct Offered<S> {
    pub file_name: String,
    /// The length of the request as declared, where it was.
    pub request_bytes: Option<u64>,
    pub bytes: S,
    pub idempotency_key: Option<String>,
    /// False for a file that somebody has looked at already.
    pub scan: bool,
}

/// A file taken in.
#[derive(Debug, Clone)]
pub struct Received {
    pub id: MediaId,
    pub media: Media,
    pub receipt: String,
}

/// Takes a file in. Answers only when it is sealed and read back; memory does not grow with the file.
pub async fn receive<S>(app: &App, may: &MayContribute, offered: Offered<S>) -> Result<Received, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let mut bytes = offered.bytes;
    let head = take_head(&mut bytes).await?;
    if head.is_empty() {
        return Err(Problem::EmptyFile);
    }
    let sniffed = sniff(&head).map_err(Problem::UnsupportedMedia)?;
    let beginning = head.clone();
    let limit = limit_of(app, sniffed.family);
    let too_large = || Problem::TooLarge { what: sniffed.family, limit };
    if offered.request_bytes.is_some_and(|length| length > limit + MULTIPART_ROOM) {
        return Err(too_large());
    }
    if let Some(key) = &offered.idempotency_key
        && app.db.deposit_by_key(may.caller.id, key).await?.is_some()
    {
        let digest = digest_rest(head, bytes, limit).await?.ok_or_else(too_large)?;
        return repeated(app, may, key, &digest).await;
    }
    let slip = Slip {
        id: app.new_id(),
        version: 1,
        group: may.child.0,
        kind: Kind::Media,
        by: Some(may.caller.id),
        at: app.now(),
    };
    let mut staging = deposit::stage(app, &slip).await?;
    let file = write_all(&mut staging, head, bytes, limit).await?.ok_or_else(too_large)?;
    // Before anything of ours takes it apart.
    if offered.scan
        && let Verdict::Infected(signature) = scan::scan(app, &staging).await?
    {
        quarantine::keep(app, may, &staging, &file, &clean_file_name(&offered.file_name), signature).await?;
        return Err(Problem::InfectedFile);
    }
    let (staging, picture) = inspect(staging, sniffed).await?;
    let media = describe(may, &file, sniffed, &beginning, picture.as_ref(), &offered.file_name);
    finish(app, may, slip, staging, media, offered.idempotency_key).await
}

/// A file in the staging area, to be sealed with a document of another kind.
pub struct TakenIn {
    pub staging: Staging,
    pub file: StagedFile,
    pub media_type: String,
}

/// Takes in a picture or a PDF from somebody whom nobody knows yet; what the scanner finds something in is not kept.
pub async fn take_in_paper<S>(app: &App, slip: &Slip, mut bytes: S) -> Result<TakenIn, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let head = take_head(&mut bytes).await?;
    if head.is_empty() {
        return Err(Problem::EmptyFile);
    }
    let sniffed = sniff(&head).map_err(Problem::UnsupportedMedia)?;
    if sniffed.family != Limited::Photo && sniffed.media_type != "application/pdf" {
        return Err(Problem::UnsupportedMedia(sniffed.media_type.into()));
    }
    let limit = limit_of(app, sniffed.family);
    let mut staging = deposit::stage(app, slip).await?;
    let file = write_all(&mut staging, head, bytes, limit).await?;
    let file = file.ok_or(Problem::TooLarge { what: sniffed.family, limit })?;
    if matches!(scan::scan(app, &staging).await?, Verdict::Infected(_)) {
        return Err(Problem::InfectedFile);
    }
    let (staging, picture) = inspect(staging, sniffed).await?;
    let media_type = picture.map_or(sniffed.media_type, |picture| picture.format.media_type()).to_owned();
    Ok(TakenIn { staging, file, media_type })
}

async fn finish(
    app: &App,
    may: &MayContribute,
    slip: Slip,
    staging: Staging,
    media: Media,
    key: Option<String>,
) -> Result<Received, Problem> {
    let born = app.db.child(may.child).await?.map(|child| child.born);
    let idempotency = key.map(|key| Idempotency { key, request_digest: media.sha256.clone() });
    let retry = idempotency.clone();
    let body = Body::Media(media.clone());
    match deposit::commit(app, slip, staging, body, born, idempotency).await {
        Ok(Deposited { id, receipt, .. }) => {
            jobs::order(app, jobs::Kind::Renditions, &id.to_string()).await?;
            Ok(Received { id: MediaId(id), media, receipt })
        }
        // Another request with the same key came first.
        Err(Problem::NotSealedYet) if retry.is_some() => {
            let key = retry.map(|retry| retry.key).unwrap_or_default();
            repeated(app, may, &key, &media.sha256).await
        }
        Err(problem) => Err(problem),
    }
}

/// The answer to a repeated upload: that of the first.
async fn repeated(app: &App, may: &MayContribute, key: &str, digest: &str) -> Result<Received, Problem> {
    let first =
        deposit::repeated(app, may.caller.id, key, Some(digest)).await?.ok_or(Problem::NotSealedYet)?;
    let id = MediaId(first.id);
    let stored = app.db.media(id).await?.ok_or(Problem::NotSealedYet)?;
    if stored.media.child != may.child {
        return Err(Problem::IdempotencyKeyReused);
    }
    Ok(Received { id, media: stored.media, receipt: first.receipt })
}

fn limit_of(app: &App, family: Limited) -> u64 {
    let limits = &app.config.limits;
    match family {
        Limited::Photo => limits.photo_bytes,
        Limited::Recording => limits.recording_bytes,
        Limited::Document | Limited::Text | Limited::Body => limits.document_bytes,
    }
}

/// The next piece of the file; a line that stays silent for [`STALL`] is given up.
pub async fn next_chunk<S>(bytes: &mut S) -> Result<Option<Bytes>, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let cut = || Problem::MalformedBody("the connection fell silent before the file was whole".into());
    tokio::time::timeout(STALL, bytes.next()).await.map_err(|_| cut())?.transpose()
}

/// The first [`HEAD_BYTES`] of the file, or all of a shorter one.
async fn take_head<S>(bytes: &mut S) -> Result<Bytes, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let mut head = BytesMut::new();
    while head.len() < HEAD_BYTES {
        match next_chunk(bytes).await? {
            Some(chunk) => head.extend_from_slice(&chunk),
            None => break,
        }
    }
    Ok(head.freeze())
}

/// Writes the file into the staging area on a thread of its own, so that hashing and encrypting run beside receiving.
/// `None` when the file is longer than `limit`.
async fn write_all<S>(
    staging: &mut Staging,
    head: Bytes,
    mut bytes: S,
    limit: u64,
) -> Result<Option<StagedFile>, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let mut writer = staging.file(document::ORIGINAL)?;
    let (sender, mut receiver) = mpsc::channel::<Bytes>(8);
    let writing = tokio::task::spawn_blocking(move || -> Result<StagedFile, archive::Error> {
        while let Some(chunk) = receiver.blocking_recv() {
            writer.write_all(&chunk)?;
        }
        Ok(writer.finish()?)
    });
    let mut received = head.len() as u64;
    let mut next = Some(head);
    while let Some(chunk) = next {
        if received > limit {
            return Ok(None);
        }
        // The writer hung up: its own error, awaited below, says why.
        if sender.send(chunk).await.is_err() {
            break;
        }
        next = next_chunk(&mut bytes).await?;
        received += next.as_ref().map_or(0, |chunk| chunk.len() as u64);
    }
    drop(sender);
    Ok(Some(writing.await??))
}

/// SHA-256 of the whole file, hex; `None` when it is longer than `limit`.
async fn digest_rest<S>(head: Bytes, mut bytes: S, limit: u64) -> Result<Option<String>, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Unpin,
{
    let mut hasher = Sha256::new();
    let mut received = head.len() as u64;
    hasher.update(&head);
    while let Some(chunk) = next_chunk(&mut bytes).await? {
        received += chunk.len() as u64;
        if received > limit {
            return Ok(None);
        }
        hasher.update(&chunk);
    }
    Ok(Some(hex::encode(hasher.finalize())))
}

/// Walks the structure of a picture: one that is cut off or has too many pixels is refused before it is sealed.
async fn inspect(staging: Staging, sniffed: Sniffed) -> Result<(Staging, Option<Inspected>), Problem> {
    if sniffed.family != Limited::Photo {
        return Ok((staging, None));
    }
    let reader = staging.reopen(document::ORIGINAL)?;
    let inspected = tokio::task::spawn_blocking(move || {
        let mut reader = reader;
        let length = std::io::Seek::seek(&mut reader, std::io::SeekFrom::End(0))?;
        std::io::Seek::seek(&mut reader, std::io::SeekFrom::Start(0))?;
        pictures::inspect(reader, length)
    })
    .await?;
    match inspected {
        Ok(inspected) => Ok((staging, Some(inspected))),
        Err(Refusal::Empty) => Err(Problem::EmptyFile),
        // It begins like a picture and is not one yet: the rest never came.
        Err(Refusal::Truncated | Refusal::NotAPicture) => Err(Problem::TruncatedFile),
        Err(Refusal::Damaged) => Err(Problem::DamagedFile),
        Err(Refusal::TooManyPixels { width, height }) => {
            Err(Problem::TooManyPixels { width: width.into(), height: height.into() })
        }
        Err(Refusal::Unsupported) => Err(Problem::UnsupportedMedia(sniffed.media_type.into())),
        Err(Refusal::Io(error)) => Err(Problem::Internal(format!("inspect: {error}"))),
    }
}

fn describe(
    may: &MayContribute,
    file: &StagedFile,
    sniffed: Sniffed,
    beginning: &[u8],
    picture: Option<&Inspected>,
    file_name: &str,
) -> Media {
    let media_type = picture.map_or(sniffed.media_type, |picture| picture.format.media_type());
    Media {
        child: may.child,
        sha256: file.plain.to_string(),
        crc32: file.plain_crc32,
        size_bytes: file.plain_bytes,
        media_type: media_type.to_owned(),
        pronom: puid(beginning, media_type).map(str::to_owned),
        file_name: clean_file_name(file_name),
        width: picture.map(|picture| picture.width),
        height: picture.map(|picture| picture.height),
        taken_at: picture
            .and_then(|picture| picture.taken_at)
            .map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
        preservation: None,
    }
}
