//! Keys as the operator meets them: rotation, the rehearsal with the escrow, shares on paper.

use std::path::Path;

use anyhow::{Context, bail};
use archive::{Archive, Keys, Secrets};
use futures_util::{StreamExt, TryStreamExt};

use crate::config::Config;
use crate::instance;

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Rotated {
    pub groups: u64,
    /// The root key is not kept on this disk: whoever keeps it hands out the new one from now on.
    pub hand_out_the_new_key: bool,
}

/// What the escrow's identity opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Rehearsed {
    pub objects: u64,
    pub files: u64,
    pub bytes: u64,
    /// `urn:uuid:...` of what it did not open, and why.
    pub closed: Vec<String>,
}

/// Wraps every group key to a new root key, and to another escrow when one is given. The new root key is made here, or
/// comes from `LIVSBOG_ROOT_KEY_NEXT` where the root key is not kept on this disk. Broken off anywhere it is called again.
pub async fn rotate(data: &Path, config: &Config, escrow: Option<&str>) -> Result<Rotated, anyhow::Error> {
    let _alone = instance::alone(data)?;
    let paths = config.archive_paths(data)?;
    let kept_elsewhere = !instance::keeps_root_key(data);
    let next = match std::env::var("LIVSBOG_ROOT_KEY_NEXT") {
        Ok(next) => next.into(),
        Err(_) if kept_elsewhere => {
            bail!("the root key is not kept here: give the new one in LIVSBOG_ROOT_KEY_NEXT")
        }
        Err(_) => instance::next_root_key(data)?,
    };
    let [(_, root), (_, old_escrow), (_, seed)] = instance::secret_files(data)?;
    let escrow = escrow.unwrap_or(&old_escrow).trim();
    let from = Secrets::from_text(&root, &old_escrow, &seed)?;
    let to = Secrets::from_text(&next, escrow, &seed).context("the new keys")?;
    let groups = Keys::rewrap(&paths, &from, &to).await?;
    instance::finish_rotation(data, escrow, !kept_elsewhere)?;
    Ok(Rotated { groups, hand_out_the_new_key: kept_elsewhere })
}

/// Opens every object, or the first `limit`, with the escrow's identity in the root key's place, and reads it to its end.
pub async fn rehearse(
    data: &Path,
    config: &Config,
    identity: &str,
    limit: Option<u64>,
) -> Result<Rehearsed, anyhow::Error> {
    let [_, (_, escrow), (_, seed)] = instance::secret_files(data)?;
    let secrets = Secrets::from_text(identity, &escrow, &seed)?;
    if secrets.root.to_public().to_string() != secrets.escrow.to_string() {
        bail!("this identity is not that of the escrow that keys are wrapped to");
    }
    let paths = config.archive_paths(data)?;
    let archive = Archive::attach(&paths, secrets).await?;
    let mut rehearsed = Rehearsed::default();
    let mut objects = archive.keys().list().boxed();
    while let Some((group, object)) = objects.try_next().await? {
        if limit.is_some_and(|limit| rehearsed.objects >= limit) {
            break;
        }
        rehearsed.objects += 1;
        match read(&archive, group, object).await {
            Ok((files, bytes)) => {
                rehearsed.files += files;
                rehearsed.bytes += bytes;
            }
            Err(error) => rehearsed.closed.push(format!("{}: {error}", object.urn())),
        }
    }
    Ok(rehearsed)
}

/// Every file of every version, to its last byte; how many there were, and how long.
async fn read(
    archive: &Archive,
    group: archive::GroupId,
    object: archive::ObjectId,
) -> Result<(u64, u64), archive::Error> {
    let (mut files, mut bytes) = (0, 0);
    for version in archive.describe(object).await?.versions {
        for file in &version.files {
            let content = archive.open(group, object, version.version, &file.name).await?;
            let whole = 0..content.size_bytes();
            let mut blocks = content.stream(whole).boxed();
            while let Some(block) = blocks.try_next().await? {
                bytes += block.len() as u64;
            }
            files += 1;
        }
    }
    Ok((files, bytes))
}
