//! The structure tree (ISO 32000-1, 14.7): which drawn part belongs to which part of the book.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};

use super::finish::rectangle;
use crate::book::Language;
use crate::layout::{Item, Layout, Node, NodeId, Role, Structure};

/// A tree being built.
pub(super) struct Tree<'a> {
    layout: &'a Layout,
    language: Language,
    /// The object of each element.
    ids: Vec<ObjectId>,
    /// What hangs below each element besides other elements.
    content: Vec<Vec<Part>>,
    /// By StructParents number: what a page's marks or a link belong to.
    parents: Vec<Object>,
}

/// Something drawn that belongs to an element; made a dictionary only when it is written.
enum Part {
    /// Marked content on a page, by its number there.
    Mark { page: ObjectId, number: i64 },
    /// A link on a page.
    Link { page: ObjectId, annotation: ObjectId },
}

impl From<Part> for Object {
    fn from(part: Part) -> Self {
        Self::Dictionary(match part {
            Part::Mark { page, number } => dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number },
            Part::Link { page, annotation } => {
                dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => annotation }
            }
        })
    }
}

impl<'a> Tree<'a> {
    pub(super) fn new(document: &mut Document, layout: &'a Layout, language: Language) -> Self {
        let count = layout.structure.nodes.len();
        let ids = (0..count).map(|_| document.new_object_id()).collect();
        Self { layout, language, ids, content: (0..count).map(|_| Vec::new()).collect(), parents: Vec::new() }
    }

    /// Notes a page's marked content; answers the page's number in the parent tree.
    pub(super) fn page(&mut self, page: ObjectId, marks: &[NodeId]) -> i64 {
        for (number, node) in marks.iter().enumerate() {
            self.content[*node].push(Part::Mark { page, number: number as i64 });
        }
        let belongs = marks.iter().map(|node| Object::Reference(self.ids[*node])).collect();
        self.parent(Object::Array(belongs))
    }

    /// Notes a link; answers its number in the parent tree.
    pub(super) fn link(&mut self, page: ObjectId, annotation: ObjectId, node: NodeId) -> i64 {
        self.content[node].push(Part::Link { page, annotation });
        self.parent(Object::Reference(self.ids[node]))
    }

    fn parent(&mut self, entry: Object) -> i64 {
        self.parents.push(entry);
        self.parents.len() as i64 - 1
    }

    /// Puts the root and the parent tree into the document; answers the root.
    pub(super) fn finish(&mut self, document: &mut Document) -> ObjectId {
        let root = document.new_object_id();
        let mut numbers = Vec::new();
        for (number, entry) in std::mem::take(&mut self.parents).into_iter().enumerate() {
            numbers.push(Object::Integer(number as i64));
            numbers.push(entry);
        }
        let next = numbers.len() as i64 / 2;
        let parents = document.add_object(dictionary! { "Nums" => numbers });
        document.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => self.ids[Structure::DOCUMENT],
                "ParentTree" => parents,
                "ParentTreeNextKey" => next,
            },
        );
        root
    }

    /// The elements one by one, to be written as they come: there are many for each page.
    pub(super) fn elements(mut self, root: ObjectId) -> impl Iterator<Item = (ObjectId, Object)> {
        let mut boxes = self.boxes();
        let nodes = self.layout.structure.nodes.iter().enumerate();
        nodes.map(move |(id, node)| (self.ids[id], self.element(root, id, node, boxes[id].take()).into()))
    }

    fn element(&mut self, root: ObjectId, id: NodeId, node: &Node, shown: Option<Object>) -> Dictionary {
        let parent = node.parent.map_or(root, |parent| self.ids[parent]);
        let mut children: Vec<Object> =
            std::mem::take(&mut self.content[id]).into_iter().map(Object::from).collect();
        children.extend(node.children.iter().map(|child| Object::Reference(self.ids[*child])));
        let mut element = dictionary! {
            "Type" => "StructElem",
            "S" => node.role.name(),
            "P" => parent,
            "K" => children,
        };
        if node.role == Role::Figure {
            element.set("Alt", text_string(&self.alt(node)));
        }
        if let Some(language) = &node.language {
            element.set("Lang", text_string(language));
        }
        if let Some(shown) = shown {
            element.set("A", dictionary! { "O" => "Layout", "BBox" => shown });
        }
        element
    }

    fn alt(&self, node: &Node) -> String {
        match (node.alt.as_deref().map(str::trim), self.language) {
            (Some(alt), _) if !alt.is_empty() => alt.to_owned(),
            (_, Language::Da) => "Et billede, som ingen har beskrevet endnu".into(),
            (_, Language::En) => "A picture that nobody has described yet".into(),
        }
    }

    /// Where each picture is seen.
    fn boxes(&self) -> Vec<Option<Object>> {
        let mut boxes = vec![None; self.ids.len()];
        for placed in self.layout.sheets.iter().flat_map(|sheet| &sheet.items) {
            if let (Some(node), Item::Picture { window, .. }) = (placed.node, &placed.item) {
                boxes[node] = Some(rectangle(*window, self.layout.paper));
            }
        }
        boxes
    }
}
