//! The file as its sheets come, and at the end what makes it lasting and accessible.

use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::draw::{Drawn, Pen, picture_name};
use super::faces::Faces;
use super::file::File;
use super::photos::Photos;
use super::tree::Tree;
use super::{About, PdfError, PdfFacts, meta};
use crate::layout::{Area, Bookmark, Item, Link, Paper, Sheet, Structure};
use crate::pictures::PictureSource;
use crate::typeset::Fonts;

pub(super) struct Printer<'a> {
    file: File<'a>,
    paper: Paper,
    pen: Pen<'a>,
    photos: Photos<'a>,
    tree: Tree,
    /// The pages, by the number of their sheet.
    pages: Vec<ObjectId>,
    /// What all pages belong to.
    all_pages: ObjectId,
    /// What names the faces for all pages.
    faces: ObjectId,
    /// Why a sheet could not be written. The ones after it are let by, and the end tells.
    failed: Option<PdfError>,
}

impl<'a> Printer<'a> {
    pub(super) fn begin(
        fonts: &'a Fonts,
        paper: Paper,
        pictures: &'a dyn PictureSource,
        out: &'a mut dyn Write,
    ) -> Result<Self, PdfError> {
        let mut file = File::begin(out)?;
        Ok(Self {
            all_pages: file.reserve(),
            faces: file.reserve(),
            file,
            paper,
            pen: Pen::new(Faces::new(fonts), paper),
            photos: Photos::new(pictures),
            tree: Tree::default(),
            pages: Vec::new(),
            failed: None,
        })
    }

    pub(super) fn sheet(&mut self, number: usize, sheet: &Sheet, structure: &Structure) {
        if self.failed.is_none() {
            self.failed = self.page(number, sheet, structure).err();
        }
    }

    fn page(&mut self, number: usize, sheet: &Sheet, structure: &Structure) -> Result<(), PdfError> {
        let page = self.page_of(number);
        let Drawn { content, marks, pictures } = self.pen.sheet(sheet, structure)?;
        let content = self.file.add(content)?;
        let mut forms = Dictionary::new();
        for (number, id) in pictures.iter().enumerate() {
            forms.set(picture_name(number), self.photos.form(&mut self.file, id)?);
        }
        for placed in &sheet.items {
            if let (Some(node), Item::Picture { window, .. }) = (placed.node, &placed.item) {
                self.tree.seen(node, *window);
            }
        }
        let belongs = self.tree.page(&mut self.file, page, &marks)?;
        let mut links = Vec::with_capacity(sheet.links.len());
        for link in &sheet.links {
            links.push(Object::Reference(self.link(page, link)?));
        }
        let mut dictionary = dictionary! {
            "Type" => "Page",
            "Parent" => self.all_pages,
            "MediaBox" => edges(self.paper, self.paper.cut_away()),
            "CropBox" => edges(self.paper, self.paper.cut_away()),
            "BleedBox" => edges(self.paper, self.paper.bleed()),
            "TrimBox" => edges(self.paper, 0.0),
            "Resources" => dictionary! { "Font" => self.faces, "XObject" => forms },
            "Contents" => content,
            "StructParents" => belongs,
            "Tabs" => "S",
        };
        if !links.is_empty() {
            dictionary.set("Annots", links);
        }
        self.file.object(page, dictionary)
    }

    /// The page of a sheet, which may still come.
    fn page_of(&mut self, number: usize) -> ObjectId {
        while self.pages.len() <= number {
            self.pages.push(self.file.reserve());
        }
        self.pages[number]
    }

    fn link(&mut self, page: ObjectId, link: &Link) -> Result<ObjectId, PdfError> {
        let id = self.file.reserve();
        let number = self.tree.link(&mut self.file, page, id, link.node);
        let annotation = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => rectangle(link.area, self.paper),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            // Printed, as PDF/A asks of every annotation.
            "F" => 4,
            "Contents" => text_string(&link.label),
            "Dest" => destination(self.page_of(link.target), self.paper),
            "StructParent" => number,
        };
        self.file.object(id, annotation)?;
        Ok(id)
    }

    pub(super) fn end(mut self, structure: &Structure, about: About) -> Result<PdfFacts, PdfError> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        let kids: Vec<Object> = self.pages.iter().map(|page| Object::Reference(*page)).collect();
        let pages = dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids };
        self.file.object(self.all_pages, pages)?;
        let catalog = self.catalog(structure, about)?;
        let Self { mut file, pen, photos, pages, faces, .. } = self;
        pen.faces.write(&mut file, faces)?;
        let information = file.add(meta::information(about))?;
        file.end(catalog, information)?;
        Ok(PdfFacts { sheets: pages.len(), pictures: photos.count(), missing: photos.missing })
    }

    fn catalog(&mut self, structure: &Structure, about: About) -> Result<ObjectId, PdfError> {
        let tree = std::mem::take(&mut self.tree);
        let root = tree.end(&mut self.file, structure, self.paper, about.language)?;
        let packet = self.file.add(meta::xmp(about))?;
        let profile = self.file.add(meta::srgb()?)?;
        let intent = dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFA1",
            "OutputConditionIdentifier" => Object::string_literal("sRGB"),
            "Info" => Object::string_literal("sRGB IEC61966-2.1"),
            "DestOutputProfile" => profile,
        };
        let outlines = self.outlines(&structure.bookmarks)?;
        self.file.add(dictionary! {
            "Type" => "Catalog",
            "Pages" => self.all_pages,
            "Lang" => text_string(about.language.tag()),
            "MarkInfo" => dictionary! { "Marked" => true },
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
            "StructTreeRoot" => root,
            "Metadata" => packet,
            "OutputIntents" => vec![Object::Dictionary(intent)],
            "PageLayout" => "SinglePage",
            "PageMode" => "UseOutlines",
            "Outlines" => outlines,
        })
    }

    /// Chapters, closed, with their pages below them.
    fn outlines(&mut self, bookmarks: &[Bookmark]) -> Result<ObjectId, PdfError> {
        let root = self.file.reserve();
        let mut outlines = dictionary! { "Type" => "Outlines", "Count" => bookmarks.len() as i64 };
        self.level(root, &mut outlines, bookmarks)?;
        self.file.object(root, outlines)?;
        Ok(root)
    }

    fn level(
        &mut self,
        above_id: ObjectId,
        above: &mut Dictionary,
        bookmarks: &[Bookmark],
    ) -> Result<(), PdfError> {
        let ids: Vec<ObjectId> = bookmarks.iter().map(|_| self.file.reserve()).collect();
        for (index, bookmark) in bookmarks.iter().enumerate() {
            let mut entry = dictionary! {
                "Title" => text_string(&bookmark.title),
                "Parent" => above_id,
                "Dest" => destination(self.page_of(bookmark.sheet), self.paper),
            };
            if index > 0 {
                entry.set("Prev", ids[index - 1]);
            }
            if let Some(next) = ids.get(index + 1) {
                entry.set("Next", *next);
            }
            if !bookmark.children.is_empty() {
                entry.set("Count", -(bookmark.children.len() as i64));
                self.level(ids[index], &mut entry, &bookmark.children)?;
            }
            self.file.object(ids[index], entry)?;
        }
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            above.set("First", *first);
            above.set("Last", *last);
        }
        Ok(())
    }
}

fn destination(page: ObjectId, paper: Paper) -> Object {
    let top = paper.height() + 2.0 * paper.cut_away();
    Object::Array(vec![Object::Reference(page), "XYZ".into(), 0.into(), top.into(), Object::Null])
}

/// A PDF rectangle; its y points up.
pub(super) fn rectangle(area: Area, paper: Paper) -> Object {
    let (left, bottom) = (paper.cut_away(), paper.cut_away() + paper.height());
    let (x, low) = (left + area.x, bottom - area.y - area.height);
    Object::Array(vec![x.into(), low.into(), (x + area.width).into(), (low + area.height).into()])
}

/// The book's edges, drawn out by `beyond`.
fn edges(paper: Paper, beyond: f32) -> Object {
    let area = Area {
        x: -beyond,
        y: -beyond,
        width: paper.width() + 2.0 * beyond,
        height: paper.height() + 2.0 * beyond,
    };
    rectangle(area, paper)
}
