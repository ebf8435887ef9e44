//! The finishing pass: what makes a drawn document a lasting and accessible one.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};

use super::PdfError;
use super::draw::{Drawn, picture_name};
use super::meta;
use super::photos::Photo;
use super::tree::Tree;
use crate::book::Book;
use crate::layout::{Area, Bookmark, Item, Layout, Link, Paper, Sheet};

/// A document that lacks only its structure's elements and its pictures.
pub(super) struct Finished<'a> {
    pub(super) document: Document,
    pub(super) tree: Tree<'a>,
    /// The structure's root.
    pub(super) root: ObjectId,
    pub(super) photos: Vec<Photo>,
}

pub(super) fn finish<'a>(drawn: Drawn, layout: &'a Layout, book: &Book) -> Result<Finished<'a>, PdfError> {
    let Drawn { mut document, marks, pictures } = drawn;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let photos = reserve(&mut document, &pictures);
    let mut tree = Tree::new(&mut document, layout, book.language);
    for (index, sheet) in layout.sheets.iter().enumerate() {
        let number = tree.page(pages[index], &marks[index]);
        let annotations: Vec<Object> = sheet
            .links
            .iter()
            .map(|at| link(&mut document, &mut tree, &pages, index, at, layout.paper))
            .collect();
        let forms = forms(sheet, &pictures, &photos);
        finish_page(&mut document, pages[index], number, annotations, forms, layout.paper).map_err(broken)?;
    }
    let root = tree.finish(&mut document);
    finish_catalog(&mut document, book, root, layout, &pages)?;
    document.compress();
    Ok(Finished { document, tree, root, photos })
}

fn broken(cause: lopdf::Error) -> PdfError {
    PdfError::Drawing(cause.to_string())
}

fn reserve(document: &mut Document, pictures: &HashMap<String, usize>) -> Vec<Photo> {
    let mut ids: Vec<(&String, &usize)> = pictures.iter().collect();
    ids.sort_unstable_by_key(|(_, number)| **number);
    let photos = ids.into_iter().map(|(id, _)| Photo {
        id: id.clone(),
        form: document.new_object_id(),
        image: document.new_object_id(),
    });
    photos.collect()
}

/// The pictures a sheet calls, by name.
fn forms(sheet: &Sheet, pictures: &HashMap<String, usize>, photos: &[Photo]) -> Dictionary {
    let mut forms = Dictionary::new();
    for placed in &sheet.items {
        let Item::Picture { id, .. } = &placed.item else { continue };
        if let Some(number) = pictures.get(id) {
            forms.set(picture_name(*number), photos[*number].form);
        }
    }
    forms
}

fn link(
    document: &mut Document,
    tree: &mut Tree,
    pages: &[ObjectId],
    from: usize,
    link: &Link,
    paper: Paper,
) -> Object {
    let id = document.new_object_id();
    let number = tree.link(pages[from], id, link.node);
    document.set_object(
        id,
        dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => rectangle(link.area, paper),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            // Printed, as PDF/A asks of every annotation.
            "F" => 4,
            "Contents" => text_string(&link.label),
            "Dest" => destination(pages[link.target], paper),
            "StructParent" => number,
        },
    );
    Object::Reference(id)
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

fn finish_page(
    document: &mut Document,
    page: ObjectId,
    number: i64,
    annotations: Vec<Object>,
    forms: Dictionary,
    paper: Paper,
) -> Result<(), lopdf::Error> {
    let page = document.get_object_mut(page)?.as_dict_mut()?;
    page.set("StructParents", number);
    page.set("Tabs", "S");
    page.set("TrimBox", edges(paper, 0.0));
    page.set("BleedBox", edges(paper, paper.bleed()));
    page.set("CropBox", edges(paper, paper.cut_away()));
    page.remove(b"Annots");
    if !annotations.is_empty() {
        page.set("Annots", annotations);
    }
    let resources = page.get(b"Resources")?.as_reference()?;
    let resources = document.get_object_mut(resources)?.as_dict_mut()?;
    resources.set("XObject", forms);
    Ok(())
}

fn finish_catalog(
    document: &mut Document,
    book: &Book,
    root: ObjectId,
    layout: &Layout,
    pages: &[ObjectId],
) -> Result<(), PdfError> {
    if let Ok(drafted) = document.trailer.get(b"Info").and_then(Object::as_reference) {
        document.objects.remove(&drafted);
    }
    let information = document.add_object(meta::information(book));
    document.trailer.set("Info", information);
    let packet = document.add_object(meta::xmp(book));
    let profile = document.add_object(meta::srgb()?);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let outlines = outlines(document, layout, pages);
    let catalog = document.catalog_mut().map_err(broken)?;
    catalog.set("Lang", text_string(book.language.tag()));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("StructTreeRoot", root);
    catalog.set("Metadata", packet);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("PageLayout", "SinglePage");
    catalog.set("PageMode", "UseOutlines");
    catalog.set("Outlines", outlines);
    Ok(())
}

/// Chapters, closed, with their pages below them.
fn outlines(document: &mut Document, layout: &Layout, pages: &[ObjectId]) -> ObjectId {
    let places: Vec<Object> = pages.iter().map(|page| destination(*page, layout.paper)).collect();
    let root = document.new_object_id();
    let mut outline = dictionary! { "Type" => "Outlines", "Count" => layout.bookmarks.len() as i64 };
    level(document, root, &mut outline, &layout.bookmarks, &places);
    document.set_object(root, outline);
    root
}

fn level(
    document: &mut Document,
    parent_id: ObjectId,
    parent: &mut Dictionary,
    bookmarks: &[Bookmark],
    places: &[Object],
) {
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        let mut entry = dictionary! {
            "Title" => text_string(&bookmark.title),
            "Parent" => parent_id,
            "Dest" => places[bookmark.sheet].clone(),
        };
        if index > 0 {
            entry.set("Prev", ids[index - 1]);
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", *next);
        }
        if !bookmark.children.is_empty() {
            entry.set("Count", -(bookmark.children.len() as i64));
            level(document, ids[index], &mut entry, &bookmark.children, places);
        }
        document.set_object(ids[index], entry);
    }
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        parent.set("First", *first);
        parent.set("Last", *last);
    }
}
