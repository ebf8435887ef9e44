//! Writing the file: objects as they come, so that pictures need not be held, then the table of where each lies.
//!
//! lopdf writes only documents whose every stream is in memory; this writes the same syntax (ISO 32000-1, 7.3 and
//! 7.5) object by object.

use std::collections::BTreeMap;
use std::io::{self, Write};

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};

pub(super) struct File<'a> {
    out: &'a mut dyn Write,
    written: u64,
    digest: Sha256,
    offsets: BTreeMap<u32, u64>,
}

impl Write for File<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<'a> File<'a> {
    pub(super) fn begin(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut file = Self { out, written: 0, digest: Sha256::new(), offsets: BTreeMap::new() };
        // Four bytes above 127 tell transfer programs that this is no text (ISO 19005-2, 6.1.2).
        file.write_all(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// Writes all of a document's objects.
    pub(super) fn document(&mut self, document: &Document) -> io::Result<()> {
        document.objects.iter().try_for_each(|(id, object)| self.object(*id, object))
    }

    pub(super) fn object(&mut self, id: ObjectId, object: &Object) -> io::Result<()> {
        self.offsets.insert(id.0, self.written);
        let mut text = Vec::new();
        writeln!(text, "{} {} obj", id.0, id.1)?;
        syntax(&mut text, object)?;
        text.extend_from_slice(b"\nendobj\n");
        self.write_all(&text)
    }

    /// The cross-reference table and the trailer. The file's identity is what is in it.
    pub(super) fn end(mut self, document: &Document) -> io::Result<()> {
        let identity = self.digest.clone().finalize()[..16].to_vec();
        let start = self.written;
        let size = self.offsets.keys().next_back().map_or(1, |last| last + 1);
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for number in 1..size {
            table.push_str(&match self.offsets.get(&number) {
                Some(offset) => format!("{offset:010} 00000 n \n"),
                None => "0000000000 65535 f \n".into(),
            });
        }
        let identity = Object::String(identity, StringFormat::Hexadecimal);
        let mut trailer = Dictionary::new();
        trailer.set("Size", i64::from(size));
        for key in ["Root", "Info"] {
            if let Ok(reference) = document.trailer.get(key.as_bytes()) {
                trailer.set(key, reference.clone());
            }
        }
        trailer.set("ID", vec![identity.clone(), identity]);
        let mut text = table.into_bytes();
        text.extend_from_slice(b"trailer\n");
        syntax(&mut text, &Object::Dictionary(trailer))?;
        write!(text, "\nstartxref\n{start}\n%%EOF\n")?;
        self.write_all(&text)?;
        self.flush()
    }
}

fn syntax(out: &mut Vec<u8>, object: &Object) -> io::Result<()> {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => write!(out, "{value}")?,
        Object::Integer(value) => write!(out, "{value}")?,
        Object::Real(value) => real(out, *value)?,
        Object::Name(value) => name(out, value)?,
        Object::String(value, format) => string(out, value, format)?,
        Object::Array(values) => {
            out.push(b'[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                syntax(out, value)?;
            }
            out.push(b']');
        }
        Object::Dictionary(values) => dictionary(out, values)?,
        Object::Stream(stream) => {
            let mut values = stream.dict.clone();
            values.set("Length", stream.content.len() as i64);
            dictionary(out, &values)?;
            out.extend_from_slice(b"\nstream\n");
            out.extend_from_slice(&stream.content);
            out.extend_from_slice(b"\nendstream");
        }
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R")?,
    }
    Ok(())
}

fn dictionary(out: &mut Vec<u8>, values: &Dictionary) -> io::Result<()> {
    out.extend_from_slice(b"<<");
    for (key, value) in values {
        name(out, key)?;
        out.push(b' ');
        syntax(out, value)?;
    }
    out.extend_from_slice(b">>");
    Ok(())
}

/// PDF knows no exponents.
fn real(out: &mut Vec<u8>, value: f32) -> io::Result<()> {
    let text = format!("{value:.5}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    out.extend_from_slice(if short.is_empty() || short == "-0" { b"0" } else { short.as_bytes() });
    Ok(())
}

fn name(out: &mut Vec<u8>, value: &[u8]) -> io::Result<()> {
    out.push(b'/');
    for byte in value {
        match byte {
            b'!'..=b'~' if !b"()<>[]{}/%#".contains(byte) => out.push(*byte),
            _ => write!(out, "#{byte:02X}")?,
        }
    }
    Ok(())
}

fn string(out: &mut Vec<u8>, value: &[u8], format: &StringFormat) -> io::Result<()> {
    if *format == StringFormat::Literal
        && value.iter().all(|byte| matches!(byte, b' '..=b'~') && !b"()\\".contains(byte))
    {
        out.push(b'(');
        out.extend_from_slice(value);
        out.push(b')');
        return Ok(());
    }
    out.push(b'<');
    for byte in value {
        write!(out, "{byte:02X}")?;
    }
    out.push(b'>');
    Ok(())
}
