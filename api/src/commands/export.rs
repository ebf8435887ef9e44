//! `livsbog export`: a child's package as a file.

use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::Path;

use archive::package::{Broken, Lock, Package};
use futures_util::{Stream, StreamExt};
use serde_json::json;
use tempfile::NamedTempFile;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::domain::ids::ChildId;
use crate::export::{self, Audience, Export, Moment};
use crate::problem::Problem;

impl Instance {
    /// No where something that should be in the package is missing or damaged: it is made all the same, and says so.
    pub async fn export(
        &self,
        child: Uuid,
        out: &Path,
        recipient: Option<&str>,
        password_file: Option<&Path>,
    ) -> Outcome {
        let lock = lock(recipient, password_file)?;
        let app = self.open().await?;
        let moment = Moment::now(&app).await?;
        let child = ChildId(child);
        let folder = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let planned = match export::plan(&app, child, Audience::Owner, &moment, &HashSet::new()).await {
            Err(Problem::NotFound) => anyhow::bail!("no child {child}"),
            planned => planned?,
        };
        let (export, file) = match pack(&planned.package, folder, lock.as_ref()).await {
            Ok(file) => (planned, file),
            Err(PackError::Broken(broken)) => {
                tracing::error!(%broken, "a file is not what was sealed; the package says so and goes without it");
                let export = export::checked(&app, child, Audience::Owner, &moment).await?;
                let file = pack(&export.package, folder, lock.as_ref()).await?;
                (export, file)
            }
            Err(error) => return Err(error.into()),
        };
        file.persist(out)?;
        self.tell(&export, out)
    }

    fn tell(&self, export: &Export, out: &Path) -> Outcome {
        let of = &export.completeness;
        let figures = format!(
            "{} of {} sealed versions, {} held back, {} disposed of, {} missing or damaged, {} of nobody's",
            of.present, of.versions, of.held_back, of.disposed, of.holes, of.unattributed
        );
        let word = if of.is_whole() { "complete" } else { "INCOMPLETE" };
        self.say(
            &format!("{}: {word}, {figures}", out.display()),
            &json!({ "out": out, "complete": of.is_whole(), "versions": of.versions, "present": of.present,
                "covered": of.covered,
                "held_back": of.held_back, "disposed": of.disposed, "missing_or_damaged": of.holes,
                "unattributed": of.unattributed, "size_bytes": export.package.size_bytes(),
                "files": export.package.files() }),
        )?;
        Ok(of.is_whole())
    }
}

/// Why a package was not written.
#[derive(Debug, thiserror::Error)]
enum PackError {
    #[error(transparent)]
    Broken(Broken),
    #[error(transparent)]
    Archive(#[from] archive::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Stopped(#[from] tokio::task::JoinError),
}

fn lock(recipient: Option<&str>, password_file: Option<&Path>) -> Result<Option<Lock>, anyhow::Error> {
    if let Some(recipient) = recipient {
        return Ok(Some(Lock::recipient(recipient)?));
    }
    let Some(path) = password_file else { return Ok(None) };
    let password = std::fs::read_to_string(path)?;
    let password = password.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(password.chars().count() >= 12, "a password has 12 characters at least");
    Ok(Some(Lock::password(password)))
}

/// Writes the package beside where it is to lie: it has its name only when it is whole and on the disk.
async fn pack(package: &Package, folder: &Path, lock: Option<&Lock>) -> Result<NamedTempFile, PackError> {
    let file = NamedTempFile::new_in(folder)?;
    let stream = package.stream(0..package.size_bytes());
    match lock {
        None => copy(stream, BufWriter::with_capacity(1 << 20, file.as_file())).await?,
        Some(lock) => {
            let mut out = lock.close(BufWriter::with_capacity(1 << 20, file.as_file().try_clone()?))?;
            copy(stream, &mut out).await?;
            out.finish()?.flush()?;
        }
    }
    Ok(tokio::task::spawn_blocking(move || file.as_file().sync_all().map(|()| file)).await??)
}

async fn copy(
    stream: impl Stream<Item = Result<bytes::Bytes, Broken>>,
    mut out: impl Write,
) -> Result<(), PackError> {
    let mut stream = std::pin::pin!(stream);
    while let Some(block) = stream.next().await {
        out.write_all(&block.map_err(PackError::Broken)?)?;
    }
    Ok(out.flush()?)
}
