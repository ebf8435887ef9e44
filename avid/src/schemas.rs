use std::fs;
use std::io::Write;
use std::path::Path;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::error::Error;
use crate::files::{Files, Place};
use crate::xml::DIARK;

/// What lies in `Schemas/standard` (4.F.2 and 4.F.3), with the namespace each is for.
const STANDARD: [(&str, &str); 7] = [
    ("archiveIndex.xsd", DIARK),
    ("contextDocumentationIndex.xsd", DIARK),
    ("docIndex.xsd", DIARK),
    ("fileIndex.xsd", DIARK),
    ("researchIndex.xsd", DIARK),
    ("tableIndex.xsd", DIARK),
    ("XMLSchema.xsd", "http://www.w3.org/2001/XMLSchema"),
];

/// The schemas that the national archive hands out. A delivery holds them unaltered (4.F.3), so they are copied byte for
/// byte from a folder of the archivist's; this crate brings none of its own.
#[derive(Debug)]
pub struct Schemas(Vec<(&'static str, Vec<u8>)>);

impl Schemas {
    /// Reads a folder as the national archive's `Schemas.zip` has it. Refuses one where a schema is missing or is for
    /// something else; that a schema is the newest, only the national archive knows.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let read = STANDARD.into_iter().map(|(name, namespace)| {
            let path = folder.join(name);
            let bytes = fs::read(&path).map_err(Error::at(&path))?;
            if target_namespace(&bytes).as_deref() != Some(namespace) {
                return Err(Error::refused(
                    name,
                    "is not the schema that the national archive hands out",
                    "4.F.3",
                ));
            }
            Ok((name, bytes))
        });
        read.collect::<Result<_, _>>().map(Self)
    }

    /// Only those that this delivery has a use for: `docIndex.xsd` also where there are no documents, `researchIndex.xsd`
    /// too, since the order names them together.
    pub(crate) fn write(&self, files: &mut Files) -> Result<(), Error> {
        for (name, bytes) in &self.0 {
            files.write(Place::new(["Schemas", "standard"], *name), |out| out.write_all(bytes))?;
        }
        Ok(())
    }
}

/// What the root element of a schema says it is for.
fn target_namespace(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => {
                let found = root.try_get_attribute("targetNamespace").ok()??;
                let named = root.local_name().as_ref() == b"schema";
                return named.then(|| String::from_utf8_lossy(&found.value).into_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
