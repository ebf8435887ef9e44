//! What others say of the log goes along with it. No signed head proves it, so nothing is ever put in the place of
//! something: a file that one side lacks is copied, and of two that differ neither is called the good one.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;

use super::copy::Extent;
use super::place::{Comparison, Replica, Stores};
use super::report::{Difference, Side};
use crate::error::{Error, Result};
use crate::log::EVIDENCE;
use crate::store::Store;
use crate::verify::Code;

/// Copies what the replica lacks, and names what differs or what only the replica has.
pub(super) async fn copy(archive: &Stores, to: &Replica, extent: Extent) -> Result<Vec<Difference>> {
    let (here, there) = (&archive.log, &to.stores.log);
    let (ours, theirs) = (keys(here).await?, keys(there).await?);
    let lost = theirs.difference(&ours).map(|key| differs(Side::Archive, Code::LogFileMissing, key));
    let mut differences: Vec<Difference> = lost.collect();
    let missing = ours.difference(&theirs).filter_map(|key| Some(key.rsplit_once('/')?.0.to_owned()));
    to.sweep(there, missing.collect()).await?;
    // In the order of their names, so that a stamp's response comes last.
    for key in &ours {
        let compared = match theirs.contains(key) {
            false => Comparison::Missing,
            true if extent == Extent::New => continue,
            true => match here.digest(key).await {
                Ok(digest) => to.compare(there, key, digest).await?,
                Err(_) => {
                    differences.push(differs(Side::Archive, Code::Unreadable, key));
                    continue;
                }
            },
        };
        match compared {
            Comparison::Same => {}
            Comparison::Missing => match here.read(key).await {
                Ok(bytes) => there.create_unsynced(key, bytes).await?,
                Err(_) => differences.push(differs(Side::Archive, Code::Unreadable, key)),
            },
            Comparison::Changed => differences.push(differs(Side::Replica, Code::LogEvidenceDiffers, key)),
            Comparison::Unreadable => differences.push(differs(Side::Replica, Code::Unreadable, key)),
        }
    }
    there.settle().await?;
    Ok(differences)
}

/// What a repair of the evidence came to: the keys brought back, and what is left to a person.
pub(super) async fn bring_back(
    archive: &Stores,
    from: &Replica,
    dry_run: bool,
) -> Result<(Vec<String>, Vec<Difference>)> {
    let (here, there) = (&archive.log, &from.stores.log);
    let (ours, theirs) = (keys(here).await?, keys(there).await?);
    let (mut brought, mut differences) = (Vec::new(), Vec::new());
    for key in theirs {
        let bytes = match there.read(&key).await {
            Ok(bytes) => bytes,
            Err(_) => {
                differences.push(differs(Side::Replica, Code::Unreadable, &key));
                continue;
            }
        };
        match here.expect(&key, &bytes).await {
            Ok(()) => continue,
            Err(Error::NotFound) if !ours.contains(&key) => {
                if !dry_run {
                    here.create(&key, bytes).await?;
                }
                brought.push(key);
            }
            Err(_) => differences.push(differs(Side::Replica, Code::LogEvidenceDiffers, &key)),
        }
    }
    Ok((brought, differences))
}

fn differs(side: Side, code: Code, key: &str) -> Difference {
    Difference::new(side, code, None, format!("../log/{key}"))
}

async fn keys(log: &Store) -> Result<BTreeSet<String>> {
    let mut keys = BTreeSet::new();
    for directory in EVIDENCE {
        let mut found = log.list(directory);
        while let Some(key) = found.try_next().await? {
            keys.insert(key);
        }
    }
    Ok(keys)
}
