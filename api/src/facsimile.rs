//! The pages of a paper as pictures: drawn by poppler, one page for a screen or all of them for a copy.

use std::io::Write;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use renderer::pictures;
use tempfile::TempDir;

use crate::app::App;
use crate::problem::Problem;
use crate::program::{PDFTOPPM, run};
use crate::renditions::{self, Source};

/// Pages are drawn at so many dots an inch: small print stays readable.
const RESOLUTION: &str = "150";
/// A paper of so many pages takes no longer than this.
const TIME: Duration = Duration::from_secs(600);
/// Papers are at most this long: see `Limits`, with room for one configured larger.
pub const PAPER_BYTES: u64 = 256 * 1024 * 1024;
/// Nobody asks for a page beyond this one.
const LAST_PAGE: u32 = 10_000;
const PAPER: &str = "paper";

/// Pages drawn, in a folder that goes with them.
pub struct Drawn {
    /// In order, as PNG.
    pub pages: Vec<PathBuf>,
    _folder: TempDir,
}

/// Draws some pages of a PDF, counted from 1; none where it cannot be read or has no such pages.
pub async fn draw(app: &App, pdf: Vec<u8>, pages: RangeInclusive<u32>) -> Result<Drawn, Problem> {
    let scratch = app.data.join("cache").join("facsimiles");
    tokio::fs::create_dir_all(&scratch).await?;
    let folder = tempfile::tempdir_in(&scratch)?;
    let paper = folder.path().join(PAPER);
    tokio::task::spawn_blocking(move || std::fs::File::create(paper)?.write_all(&pdf)).await??;
    let (first, last) = (pages.start().to_string(), pages.end().to_string());
    let how = ["-png", "-r", RESOLUTION, "-f", &first, "-l", &last, PAPER, "page"];
    if run(PDFTOPPM, folder.path(), &how, TIME).await.is_err() {
        return Ok(Drawn { pages: Vec::new(), _folder: folder });
    }
    let mut drawn = Vec::new();
    for file in std::fs::read_dir(folder.path())? {
        drawn.push(file?.path());
    }
    // pdftoppm fills the numbers up with zeros.
    drawn.retain(|path| path.extension().is_some_and(|ending| ending == "png"));
    drawn.sort();
    Ok(Drawn { pages: drawn, _folder: folder })
}

/// One page of a PDF in the archive as a JPEG, kept like other renditions.
pub async fn page(app: &App, paper: Source, number: u32) -> Result<Vec<u8>, Problem> {
    if number == 0 || number > LAST_PAGE {
        return Err(Problem::NotFound);
    }
    let name = format!("page-{number}");
    if let Some(kept) = renditions::kept(app, paper, &name).await? {
        return Ok(kept);
    }
    let pdf = paper.read(app, PAPER_BYTES).await?;
    let slot = app.picture_slots.clone().acquire_owned().await;
    let slot = slot.map_err(|error| Problem::Internal(error.to_string()))?;
    let drawn = draw(app, pdf, number..=number).await?;
    let made = tokio::task::spawn_blocking(move || {
        let _slot = slot;
        let page = drawn.pages.first().map(std::fs::read).transpose()?;
        Ok::<_, Problem>(page.and_then(|page| pictures::covered(&page, &[]).ok()))
    });
    let jpeg = made.await??.ok_or(Problem::NotFound)?.jpeg;
    renditions::keep(app, paper, &name, &jpeg).await?;
    Ok(jpeg)
}
