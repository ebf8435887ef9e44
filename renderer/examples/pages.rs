//! Writes every sample page and every served file to a folder, for looking at: `cargo run -p renderer --example pages
//! --features testing -- DIR`, then serve DIR at `/`.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use renderer::book::Language;
use renderer::html::samples::{Sampled, frame};
use renderer::html::{
    Adults, ArchiveHome, ChapterView, Contribute, Cover, Editions, HandedOver, Help, NewChild, Overview,
    PageView, Problem, RegisteredChild, Shelf, SignIn, WayIn, WhoRead, render,
};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("usage: pages DIR")?);
    for (path, asset) in web::assets() {
        write(&folder.join("web").join(path), asset.bytes)?;
    }
    each::<WayIn>(&folder, false)?;
    each::<SignIn>(&folder, false)?;
    each::<Help>(&folder, false)?;
    each::<Problem>(&folder, false)?;
    each::<Shelf>(&folder, true)?;
    each::<Cover>(&folder, true)?;
    each::<ChapterView>(&folder, true)?;
    each::<PageView>(&folder, true)?;
    each::<WhoRead>(&folder, true)?;
    each::<Editions>(&folder, true)?;
    each::<Overview>(&folder, true)?;
    each::<ArchiveHome>(&folder, true)?;
    each::<Contribute>(&folder, true)?;
    each::<RegisteredChild>(&folder, true)?;
    each::<NewChild>(&folder, true)?;
    each::<Adults>(&folder, true)?;
    each::<HandedOver>(&folder, true)
}

fn each<P: Sampled>(folder: &Path, signed_in: bool) -> Outcome {
    for (name, page) in P::samples() {
        let html = render(&page, &frame(Language::Da, signed_in))?;
        let file = format!("{}-{name}.html", P::TEMPLATE.trim_end_matches(".html"));
        write(&folder.join(file), html.as_bytes())?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::File::create(path)?.write_all(bytes)?;
    Ok(())
}
