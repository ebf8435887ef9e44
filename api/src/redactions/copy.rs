//! A file made anew with its spots covered: from its pixels alone, so that nothing of the original's words, metadata or
//! earlier states is left in it.

use std::io::{self, Write};

use chrono::NaiveDate;
use renderer::layout::FacsimilePage;
use renderer::pdf::facsimile_pdf;
use renderer::pictures::{self, PictureError, PictureSource};

use crate::app::App;
use crate::domain::ids::MediaId;
use crate::domain::redaction::Spot;
use crate::facsimile::{self, Drawn, PAPER_BYTES};
use crate::problem::{FieldProblem, Problem};
use crate::renditions::Source;

/// A paper of more pages is covered whole.
const PAGES: u32 = 300;

/// A file made anew.
pub struct Made {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    /// Pixels; only for pictures.
    pub size: Option<(u32, u32)>,
}

/// The file with `spots` covered.
pub async fn make(app: &App, media: MediaId, spots: &[Spot]) -> Result<Made, Problem> {
    let stored = app.db.media(media).await?.ok_or(Problem::NotFound)?;
    let original = Source::original(stored.media.child, media).read(app, PAPER_BYTES).await?;
    let slots = app.picture_slots.clone().acquire_owned().await;
    let _slot = slots.map_err(|error| Problem::Internal(error.to_string()))?;
    if stored.media.width.is_some() {
        picture(original, spots).await
    } else {
        paper(app, original, spots).await
    }
}

async fn picture(original: Vec<u8>, spots: &[Spot]) -> Result<Made, Problem> {
    let spots: Vec<pictures::Spot> = spots.iter().map(Spot::rectangle).collect();
    let made = tokio::task::spawn_blocking(move || pictures::covered(&original, &spots)).await?;
    let made = made.map_err(unreadable)?;
    Ok(Made { bytes: made.jpeg, media_type: "image/jpeg", size: Some((made.width, made.height)) })
}

/// The pages drawn, covered, and put together again; each is a picture of itself.
async fn paper(app: &App, original: Vec<u8>, spots: &[Spot]) -> Result<Made, Problem> {
    // One more than may be covered tells that there are too many.
    let drawn = facsimile::draw(app, original, 1..=PAGES + 1).await?;
    let pages = u32::try_from(drawn.pages.len()).unwrap_or(u32::MAX);
    if pages == 0 || pages > PAGES {
        return Err(cannot_be_covered());
    }
    if let Some(Spot { page, .. }) = spots.iter().find(|spot| spot.page > pages) {
        let (da, en) = (
            format!("Der er ingen side {page}; papiret har {pages}."),
            format!("There is no page {page}; the paper has {pages}."),
        );
        return Err(Problem::Invalid(vec![FieldProblem::new("spot", "out_of_range", da, en)]));
    }
    let (spots, day) = (spots.to_vec(), app.today());
    tokio::task::spawn_blocking(move || together(&drawn, &spots, day)).await?
}

fn together(drawn: &Drawn, spots: &[Spot], day: NaiveDate) -> Result<Made, Problem> {
    let mut pages = Vec::with_capacity(drawn.pages.len());
    for (path, number) in drawn.pages.iter().zip(1..) {
        let here = spots.iter().filter(|spot| spot.page == number);
        let covers: Vec<pictures::Spot> = here.map(Spot::rectangle).collect();
        let page = pictures::covered(&std::fs::read(path)?, &covers).map_err(unreadable)?;
        let something = if covers.is_empty() { "" } else { " Noget på siden er dækket." };
        let alt = format!("Side {number}.{something}");
        pages.push(FacsimilePage { id: number.to_string(), width: page.width, height: page.height, alt });
        // The page as it was is no more.
        std::fs::File::create(path)?.write_all(&page.jpeg)?;
    }
    // Neither the name nor anything else of the original goes into the copy.
    let title = format!("Papir, {} sider", pages.len());
    let mut bytes = Vec::new();
    let made = facsimile_pdf(&title, &pages, day, &Pages(drawn), &mut bytes);
    made.map_err(|error| Problem::Internal(format!("pdf: {error}")))?;
    Ok(Made { bytes, media_type: "application/pdf", size: None })
}

struct Pages<'a>(&'a Drawn);

impl PictureSource for Pages<'_> {
    fn original(&self, id: &str) -> Result<Option<Vec<u8>>, io::Error> {
        let index = id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        index.and_then(|index| self.0.pages.get(index)).map(std::fs::read).transpose()
    }
}

fn unreadable(_: PictureError) -> Problem {
    cannot_be_covered()
}

fn cannot_be_covered() -> Problem {
    let (da, en) = (
        "Filen kan ikke tegnes her, så et sted kan ikke dækkes. Dæk hele filen.",
        "The file cannot be drawn here, so no spot can be covered. Cover the whole file.",
    );
    Problem::Invalid(vec![FieldProblem::new("spot", "unreadable", da, en)])
}
