//! The bag around the files: BagIt 1.0 (RFC 8493) with SHA-256.

use super::{Draft, Part};
use crate::error::Result;

const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Adds declaration, facts and manifests.
pub(super) fn close(draft: &mut Draft) -> Result<()> {
    draft.put("bagit.txt", DECLARATION)?;
    let info = info(draft);
    draft.put("bag-info.txt", info)?;
    manifest(draft, "manifest-sha256.txt", Part::is_payload)?;
    manifest(draft, "tagmanifest-sha256.txt", |part| !part.is_payload())
}

fn info(draft: &Draft) -> String {
    let payload = || draft.parts.iter().filter(|part| part.is_payload());
    let bytes: u64 = payload().map(|part| part.size_bytes).sum();
    let mut lines = vec![
        ("Bagging-Date".to_owned(), draft.made_at.date_naive().to_string()),
        ("Payload-Oxum".to_owned(), format!("{bytes}.{}", payload().count())),
    ];
    lines.extend(draft.info.iter().cloned());
    // A value is one line: a further one would be another field.
    lines
        .into_iter()
        .map(|(label, value)| format!("{label}: {}\n", value.replace(['\r', '\n'], " ")))
        .collect()
}

/// Two spaces, so that `sha256sum -c` reads it too.
fn manifest(draft: &mut Draft, path: &str, is_in: impl Fn(&Part) -> bool) -> Result<()> {
    let lines = draft.spool.write(|out| {
        let mut parts = draft.parts.iter().filter(|part| is_in(part));
        parts.try_for_each(|part| writeln!(out, "{}  {}", part.sha256, part.path))
    })?;
    draft.place(path, lines)
}
