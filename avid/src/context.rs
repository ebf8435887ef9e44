//! What explains the data: `ContextDocumentation` and `contextDocumentationIndex.xml` (4.C.4, 4.E, 6.B).

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::format::Format;
use crate::xml::Xml;

/// A document about the system or the delivery.
#[derive(Debug, Clone)]
pub struct ContextDocument {
    pub title: String,
    pub description: Option<String>,
    pub date: Option<NaiveDate>,
    /// The institution that wrote it.
    pub author: Option<String>,
    /// What it is about, one at least (4.C.4).
    pub categories: Vec<Category>,
    /// The file, in a form of the order's.
    pub file: PathBuf,
    pub format: Format,
}

/// What a document of the context is about; the categories of annex 8 that a delivering authority fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    SystemPurpose,
    SystemRegulations,
    SystemContent,
    AdministrativeFunctions,
    PresentationStructure,
    /// How the data are kept in the running system.
    SystemStructure,
    /// The archive's provisions, and what it was agreed to deliver.
    ArchivalProvisions,
    /// How the data were converted to this delivery.
    Transformation,
    Other,
}

impl Category {
    /// The group it stands in, and its own name.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::SystemPurpose => ("systemInformation", "systemPurpose"),
            Self::SystemRegulations => ("systemInformation", "systemRegulations"),
            Self::SystemContent => ("systemInformation", "systemContent"),
            Self::AdministrativeFunctions => ("systemInformation", "systemAdministrativeFunctions"),
            Self::PresentationStructure => ("systemInformation", "systemPresentationStructure"),
            Self::SystemStructure => ("operationalInformation", "operationalSystemInformation"),
            Self::ArchivalProvisions => ("submissionInformation", "archivalProvisions"),
            Self::Transformation => ("submissionInformation", "archivalTransformationInformation"),
            Self::Other => ("informationOther", "informationOther"),
        }
    }
}

/// Ids are numbers from 1, in order.
pub fn write(out: impl Write, documents: &[ContextDocument]) -> io::Result<()> {
    let mut xml = Xml::index(out, "contextDocumentationIndex", "contextDocumentationIndex.xsd")?;
    for (at, document) in documents.iter().enumerate() {
        xml.element("document", |xml| write_document(xml, at + 1, document))?;
    }
    xml.finish().map(|_| ())
}

fn write_document<W: Write>(xml: &mut Xml<W>, id: usize, document: &ContextDocument) -> io::Result<()> {
    xml.text("documentID", &id.to_string())?;
    xml.text("documentTitle", &document.title)?;
    if let Some(description) = &document.description {
        xml.text("documentDescription", description)?;
    }
    if let Some(date) = document.date {
        xml.text("documentDate", &date.to_string())?;
    }
    if let Some(author) = &document.author {
        xml.element("documentAuthor", |xml| xml.text("authorInstitution", author))?;
    }
    xml.element("documentCategory", |xml| write_categories(xml, &document.categories))
}

/// The groups, and what stands in them, come in the order of annex 8.
fn write_categories<W: Write>(xml: &mut Xml<W>, categories: &[Category]) -> io::Result<()> {
    let mut sorted = categories.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    for group in sorted.chunk_by(|left, right| left.names().0 == right.names().0) {
        let Some(first) = group.first() else { continue };
        xml.element(first.names().0, |xml| {
            group.iter().try_for_each(|category| xml.flag(category.names().1, true))
        })?;
    }
    Ok(())
}
