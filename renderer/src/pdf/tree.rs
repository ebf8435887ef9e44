//! The structure tree (ISO 32000-1, 14.7): which drawn part belongs to which part of the book.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::PdfError;
use super::file::File;
use super::printer::rectangle;
use crate::book::Language;
use crate::layout::{Area, Node, NodeId, Paper, Role, Structure};

/// A tree being built. A book has some ten elements a sheet, and each is a few numbers until the end.
#[derive(Default)]
pub(super) struct Tree {
    /// The object of each element.
    ids: Vec<ObjectId>,
    /// What hangs below the elements besides other elements.
    content: Vec<(NodeId, Part)>,
    /// Where pictures are seen.
    seen: Vec<(NodeId, Area)>,
    /// By StructParents number: what a page's marks or a link belong to.
    parents: Vec<ObjectId>,
}

/// Something drawn that belongs to an element.
#[derive(Clone, Copy)]
enum Part {
    /// Marked content on a page, by its number there.
    Mark { page: ObjectId, number: u32 },
    /// A link on a page.
    Link { page: ObjectId, annotation: ObjectId },
}

impl From<Part> for Object {
    fn from(part: Part) -> Self {
        Self::Dictionary(match part {
            Part::Mark { page, number } => {
                dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => i64::from(number) }
            }
            Part::Link { page, annotation } => {
                dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => annotation }
            }
        })
    }
}

impl Tree {
    /// Writes what a page's marked content belongs to; answers the page's number in the parent tree.
    pub(super) fn page(
        &mut self,
        file: &mut File,
        page: ObjectId,
        marks: &[NodeId],
    ) -> Result<i64, PdfError> {
        let mut belongs = Vec::with_capacity(marks.len());
        for (number, node) in marks.iter().enumerate() {
            self.content.push((*node, Part::Mark { page, number: number as u32 }));
            belongs.push(Object::Reference(self.id(file, *node)));
        }
        let belongs = file.add(belongs)?;
        Ok(self.parent(belongs))
    }

    /// Notes where a picture is seen.
    pub(super) fn seen(&mut self, node: NodeId, window: Area) {
        self.seen.push((node, window));
    }

    /// Notes a link; answers its number in the parent tree.
    pub(super) fn link(
        &mut self,
        file: &mut File,
        page: ObjectId,
        annotation: ObjectId,
        node: NodeId,
    ) -> i64 {
        self.content.push((node, Part::Link { page, annotation }));
        let id = self.id(file, node);
        self.parent(id)
    }

    fn parent(&mut self, entry: ObjectId) -> i64 {
        self.parents.push(entry);
        self.parents.len() as i64 - 1
    }

    /// The object of an element; a sheet may name one whose forerunners come on later sheets.
    fn id(&mut self, file: &mut File, node: NodeId) -> ObjectId {
        while self.ids.len() <= node.index() {
            self.ids.push(file.reserve());
        }
        self.ids[node.index()]
    }

    /// Writes the elements, the parent tree and the root; answers the root.
    pub(super) fn end(
        mut self,
        file: &mut File,
        structure: &Structure,
        paper: Paper,
        language: Language,
    ) -> Result<ObjectId, PdfError> {
        let root = file.reserve();
        while self.ids.len() < structure.nodes.len() {
            self.ids.push(file.reserve());
        }
        // In the order of the elements; what belongs to one keeps its own order.
        self.content.sort_by_key(|(node, _)| *node);
        self.seen.sort_by_key(|(node, _)| *node);
        let (mut content, mut seen) = (self.content.iter().peekable(), self.seen.iter().peekable());
        for (index, node) in structure.nodes.iter().enumerate() {
            let mut children = Vec::new();
            while let Some((_, part)) = content.next_if(|(named, _)| named.index() == index) {
                children.push(Object::from(*part));
            }
            children.extend(node.children.iter().map(|child| Object::Reference(self.ids[child.index()])));
            let parent = node.parent.map_or(root, |parent| self.ids[parent.index()]);
            let mut element = element(node, parent, language);
            element.set("K", children);
            while let Some((_, window)) = seen.next_if(|(named, _)| named.index() == index) {
                element.set("A", dictionary! { "O" => "Layout", "BBox" => rectangle(*window, paper) });
            }
            file.object(self.ids[index], element)?;
        }
        let numbers = self.parents.iter().enumerate();
        let numbers: Vec<Object> =
            numbers.flat_map(|(number, entry)| [(number as i64).into(), (*entry).into()]).collect();
        let parents = file.add(dictionary! { "Nums" => numbers })?;
        file.object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => self.ids[Structure::DOCUMENT.index()],
                "ParentTree" => parents,
                "ParentTreeNextKey" => self.parents.len() as i64,
            },
        )?;
        Ok(root)
    }
}

fn element(node: &Node, parent: ObjectId, language: Language) -> Dictionary {
    let mut element = dictionary! { "Type" => "StructElem", "S" => node.role.name(), "P" => parent };
    if node.role == Role::Figure {
        element.set("Alt", text_string(alt(node, language)));
    }
    if let Some(language) = &node.language {
        element.set("Lang", text_string(language));
    }
    element
}

fn alt(node: &Node, language: Language) -> &str {
    match (node.alt.as_deref().map(str::trim), language) {
        (Some(alt), _) if !alt.is_empty() => alt,
        (_, Language::Da) => "Et billede, som ingen har beskrevet endnu",
        (_, Language::En) => "A picture that nobody has described yet",
    }
}
