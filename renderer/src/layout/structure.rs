//! What a screen reader follows: the book's parts in reading order (ISO 32000-1, 14.7 and 14.8), and its bookmarks.

use std::ops::{Index, IndexMut};

/// The number of a [`Node`] in its [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// As a place in a list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A standard structure type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The whole book.
    Document,
    /// A chapter or a page of the child's book.
    Sect,
    /// The cover's title, a chapter's title.
    H1,
    /// A page's title.
    H2,
    /// A paragraph.
    P,
    /// A picture.
    Figure,
    /// Who, when and where, below a picture.
    Caption,
    /// The table of contents.
    Toc,
    /// A line of it.
    TocItem,
    /// What of it can be touched.
    Link,
}

impl Role {
    /// The name in PDF.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::P => "P",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
            Self::Toc => "TOC",
            Self::TocItem => "TOCI",
            Self::Link => "Link",
        }
    }
}

/// A structure element.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its type.
    pub role: Role,
    /// What it belongs to; nothing for the document.
    pub parent: Option<NodeId>,
    /// What belongs to it, in order.
    pub children: Vec<NodeId>,
    /// What a picture shows.
    pub alt: Option<Box<str>>,
    /// BCP 47 tag, where it is not the book's.
    pub language: Option<Box<str>>,
}

impl Node {
    fn new(role: Role, parent: Option<NodeId>) -> Self {
        Self { role, parent, children: Vec::new(), alt: None, language: None }
    }
}

/// An entry of the bookmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// What it is called.
    pub title: String,
    /// The sheet it leads to, from 0.
    pub sheet: usize,
    /// Entries below it.
    pub children: Vec<Bookmark>,
}

/// The tree, as a list; the document is number 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// The elements; a parent always stands before its children.
    pub nodes: Vec<Node>,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
}

impl Structure {
    /// Number of the document element.
    pub const DOCUMENT: NodeId = NodeId(0);

    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::new(Role::Document, None)], bookmarks: Vec::new() }
    }

    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::new(role, Some(parent)));
        self[parent].children.push(id);
        id
    }

    /// Adds a bookmark below the others.
    pub(super) fn mark(&mut self, title: &str, sheet: usize) {
        self.bookmarks.push(Bookmark { title: title.into(), sheet, children: Vec::new() });
    }
}

impl Index<NodeId> for Structure {
    type Output = Node;

    fn index(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
}

impl IndexMut<NodeId> for Structure {
    fn index_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }
}
