use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::archive_index::Description;
use crate::context::{self, ContextDocument};
use crate::document::Document;
use crate::error::Error;
use crate::files::{Files, Place, Writing};
use crate::id::PackageId;
use crate::rows::Rows;
use crate::schemas::Schemas;
use crate::table::{Function, Table, Value};
use crate::table_index;
use crate::text;
use crate::xml::Xml;

/// Documents in one collection, and collections, at most (4.G.1, 4.G.3).
const COLLECTION: u64 = 10_000;
/// Ids have twelve digits at most (4.G.4).
const LAST_ID: u64 = 999_999_999_999;

/// A delivery that is being written. Its folder ends in `.partial` until [`Delivery::finish`] has given it its name.
pub struct Delivery {
    files: Files,
    id: PackageId,
    tables: Vec<Rows>,
    documents: HashSet<u64>,
    referred: HashSet<u64>,
    doc_index: Option<Xml<Writing>>,
    context: Vec<ContextDocument>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub folder: PathBuf,
    pub tables: usize,
    pub rows: u64,
    pub documents: usize,
    pub context_documents: usize,
    /// Files in `fileIndex.xml`.
    pub files: u64,
    pub size_bytes: u64,
}

impl Delivery {
    /// Begins a delivery in the folder `out`; one that is there already is not written over. The tables get their numbers
    /// in the order given.
    pub fn begin(out: &Path, id: &PackageId, schemas: &Schemas, tables: Vec<Table>) -> Result<Self, Error> {
        tables.iter().try_for_each(|table| table.check(&tables))?;
        let mut files = Files::begin(out, id)?;
        schemas.write(&mut files)?;
        let numbered = tables.into_iter().enumerate();
        let tables =
            numbered.map(|(at, table)| Rows::begin(&mut files, table, at + 1)).collect::<Result<_, _>>()?;
        Ok(Self {
            files,
            id: id.clone(),
            tables,
            documents: HashSet::new(),
            referred: HashSet::new(),
            doc_index: None,
            context: Vec::new(),
        })
    }

    /// Writes a row: one value for each column. Blanks around a text go (5.A.2), an empty text is no value.
    pub fn row(&mut self, table: &str, values: &[Value]) -> Result<(), Error> {
        let rows = self.tables.iter_mut().find(|rows| rows.table.name == table);
        let rows =
            rows.ok_or_else(|| Error::refused(format!("table {table}"), "is not described", "4.C.5.a"))?;
        rows.push(values, &mut self.referred)
    }

    /// Copies a document in and notes it in `docIndex.xml` (4.C.6).
    pub fn document(&mut self, document: &Document) -> Result<(), Error> {
        let id = document.id.to_string();
        let place = || format!("document {id}");
        self.check_document(document).map_err(|(why, clause)| Error::refused(place(), why, clause))?;
        document.format.check(&document.file)?;
        let collection = format!("docCollection{}", self.documents.len() as u64 / COLLECTION + 1);
        let name = format!("1.{}", document.format.extension());
        self.files.copy(Place::new(["Documents", &collection, &id], name), &document.file)?;
        let mut index = match self.doc_index.take() {
            Some(index) => index,
            None => self.begin_doc_index()?,
        };
        let noted = index.element("doc", |doc| {
            doc.text("dID", &id)?;
            document.parent.map_or(Ok(()), |parent| doc.text("pID", &parent.to_string()))?;
            doc.text("mID", "1")?;
            doc.text("dCf", &collection)?;
            doc.text("oFn", &document.original_name)?;
            doc.text("aFt", document.format.extension())
        });
        noted.map_err(Error::at(Path::new("Indices/docIndex.xml")))?;
        self.doc_index = Some(index);
        self.documents.insert(document.id);
        Ok(())
    }

    /// Copies a document of the context in.
    pub fn context(&mut self, document: ContextDocument) -> Result<(), Error> {
        let id = (self.context.len() + 1).to_string();
        if document.categories.is_empty() || document.title.trim().is_empty() {
            let place = format!("context document {id}");
            return Err(Error::refused(place, "has a title and says what it is about", "4.C.4"));
        }
        document.format.check(&document.file)?;
        let collection = format!("docCollection{}", self.context.len() as u64 / COLLECTION + 1);
        let name = format!("1.{}", document.format.extension());
        self.files.copy(Place::new(["ContextDocumentation", &collection, &id], name), &document.file)?;
        self.context.push(document);
        Ok(())
    }

    /// Writes the indices and gives the delivery its name. `name` and `product` are the database's.
    pub fn finish(mut self, description: &Description, name: &str, product: &str) -> Result<Summary, Error> {
        self.check(description)?;
        if let Some(index) = self.doc_index.take() {
            let out = index.finish().map_err(Error::at(Path::new("Indices/docIndex.xml")))?;
            self.files.finish(out)?;
        }
        let mut tables = Vec::new();
        for rows in self.tables {
            tables.push(rows.finish(&mut self.files)?);
        }
        let index = |name: &str| Place::new(["Indices"], name);
        let (id, context, has_documents) = (&self.id, &self.context, !self.documents.is_empty());
        self.files.write(index("archiveIndex.xml"), |out| description.write(out, id, has_documents))?;
        self.files.write(index("contextDocumentationIndex.xml"), |out| context::write(out, context))?;
        self.files.write(index("tableIndex.xml"), |out| table_index::write(out, name, product, &tables))?;
        Ok(Summary {
            tables: tables.len(),
            rows: tables.iter().map(|written| written.rows).sum(),
            documents: self.documents.len(),
            context_documents: self.context.len(),
            files: self.files.count,
            size_bytes: self.files.size_bytes,
            folder: self.files.name()?,
        })
    }

    fn begin_doc_index(&self) -> Result<Xml<Writing>, Error> {
        let out = self.files.create(Place::new(["Indices"], "docIndex.xml"))?;
        Xml::index(out, "docIndex", "docIndex.xsd").map_err(Error::at(Path::new("Indices/docIndex.xml")))
    }

    fn check_document(&self, document: &Document) -> Result<(), (&'static str, &'static str)> {
        if !(1..=LAST_ID).contains(&document.id) {
            return Err(("an id has one to twelve digits", "4.G.4"));
        }
        if self.documents.contains(&document.id) {
            return Err(("there is a document of that id already", "4.G.4"));
        }
        if self.documents.len() as u64 == COLLECTION * COLLECTION {
            return Err(("there are more documents than a delivery holds", "4.G.1"));
        }
        if document.parent.is_some_and(|parent| !self.documents.contains(&parent)) {
            return Err(("the document it is part of is not there", "4.C.6"));
        }
        if !is_name(&document.original_name) {
            return Err(("the original name is told, without control characters", "4.C.6.b"));
        }
        Ok(())
    }

    /// What can be said only when all of it is there.
    fn check(&self, description: &Description) -> Result<(), Error> {
        description.check()?;
        let refuse = |place: &str, why, clause| Err(Error::refused(place, why, clause));
        if self.tables.is_empty() {
            return refuse("Tables", "a delivery has a table", "4.D.1");
        }
        if self.context.is_empty() {
            return refuse("ContextDocumentation", "a delivery is explained by a document", "4.E.1");
        }
        if !self.referred.is_subset(&self.documents) {
            return refuse("docIndex", "a table names a document that is not there", "4.C.6");
        }
        if !self.documents.is_subset(&self.referred) {
            return refuse("docIndex", "a document is there that no table names", "4.C.6");
        }
        self.tables.iter().try_for_each(|rows| rows.check_references(&self.tables))?;
        let functions: Vec<_> = self.functions().collect();
        let lacks = |needed: &[Function]| needed.iter().any(|function| !functions.contains(function));
        if !self.documents.is_empty() && lacks(&[Function::DocumentTitle, Function::DocumentDate]) {
            return refuse(
                "tableIndex",
                "where there are documents, a column holds their titles and one their dates",
                "6.C",
            );
        }
        if description.has_cases && lacks(&[Function::CaseId, Function::CaseTitle]) {
            return refuse(
                "tableIndex",
                "where there are cases, a column holds their ids and one their titles",
                "6.C",
            );
        }
        Ok(())
    }

    fn functions(&self) -> impl Iterator<Item = Function> {
        self.tables
            .iter()
            .flat_map(|rows| &rows.table.columns)
            .flat_map(|column| column.functions.iter().copied())
    }
}

/// What `docIndex.xml` takes as a file's name: something, in one line.
fn is_name(name: &str) -> bool {
    !name.is_empty() && text::is_clean(name) && !name.chars().any(char::is_control)
}
