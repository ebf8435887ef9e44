//! What a screen reader follows: the book's parts in reading order (ISO 32000-1, 14.7 and 14.8).

/// A number of a [`Node`] in its [`Structure`].
pub type NodeId = usize;

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
    pub alt: Option<String>,
    /// BCP 47 tag, where it is not the book's.
    pub language: Option<String>,
}

/// The tree, as a list; the document is number 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// The elements; a parent always stands before its children.
    pub nodes: Vec<Node>,
}

impl Structure {
    /// Number of the document element.
    pub const DOCUMENT: NodeId = 0;

    pub(super) fn new() -> Self {
        let document =
            Node { role: Role::Document, parent: None, children: Vec::new(), alt: None, language: None };
        Self { nodes: vec![document] }
    }

    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent: Some(parent), children: Vec::new(), alt: None, language: None });
        self.nodes[parent].children.push(id);
        id
    }
}
