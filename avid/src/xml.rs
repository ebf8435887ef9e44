//! Writing XML: elements and text, no attributes but those of the root and of an empty field.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

/// The namespace of all indices (the schemas of annex 8).
pub const DIARK: &str = "http://www.sa.dk/xmlns/diark/1.0";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An XML document on its way out.
pub struct Xml<W: Write> {
    out: Writer<W>,
    root: String,
}

impl<W: Write> Xml<W> {
    /// Begins a document that says where its schema lies.
    pub fn begin(out: W, root: &str, namespace: &str, schema: &str) -> io::Result<Self> {
        let location = format!("{namespace} {schema}");
        let attributes =
            [("xmlns", namespace), ("xmlns:xsi", INSTANCE), ("xsi:schemaLocation", location.as_str())];
        Self::with_root(out, root, &attributes)
    }

    /// Begins one of the indices: its schema lies in `Schemas/standard` (4.F.2).
    pub fn index(out: W, root: &str, schema: &str) -> io::Result<Self> {
        Self::begin(out, root, DIARK, &format!("../Schemas/standard/{schema}"))
    }

    pub fn with_root(out: W, root: &str, attributes: &[(&str, &str)]) -> io::Result<Self> {
        let mut out = Writer::new_with_indent(out, b' ', 2);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let start = BytesStart::new(root).with_attributes(attributes.iter().copied());
        out.write_event(Event::Start(start))?;
        Ok(Self { out, root: root.to_owned() })
    }

    /// An element with what `inside` writes.
    pub fn element(
        &mut self,
        name: &str,
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.out.write_event(Event::Start(BytesStart::new(name)))?;
        inside(self)?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    pub fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.out.write_event(Event::Start(BytesStart::new(name)))?;
        self.out.write_event(Event::Text(BytesText::new(text)))?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    pub fn flag(&mut self, name: &str, is: bool) -> io::Result<()> {
        self.text(name, if is { "true" } else { "false" })
    }

    /// A field without a value (4.D.6).
    pub fn nil(&mut self, name: &str) -> io::Result<()> {
        self.empty(name, &[("xsi:nil", "true")])
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let element = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.out.write_event(Event::Empty(element))
    }

    /// As [`Self::element`], with attributes.
    pub fn element_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.out.write_event(Event::Start(start))?;
        inside(self)?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Closes the root and hands the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_event(Event::End(BytesEnd::new(self.root)))?;
        let mut out = self.out.into_inner();
        out.write_all(b"\n")?;
        Ok(out)
    }
}
