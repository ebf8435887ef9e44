//! Writing the file: objects as they come, so that pictures need not be held, then the table of where each lies.
//!
//! lopdf writes only documents whose every stream is in memory; this writes the same syntax (ISO 32000-1, 7.3 and
//! 7.5) object by object.

use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;

pub(super) struct File<'a> {
    out: &'a mut dyn Write,
    written: u64,
    digest: Sha256,
    /// Where each object lies, by its number less one; 0 where it is not written yet.
    offsets: Vec<u64>,
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
    pub(super) fn begin(out: &'a mut dyn Write) -> Result<Self, PdfError> {
        let mut file = Self { out, written: 0, digest: Sha256::new(), offsets: Vec::new() };
        // Four bytes above 127 tell transfer programs that this is no text (ISO 19005-2, 6.1.2).
        file.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// The number of an object that will be written later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.offsets.push(0);
        (self.offsets.len() as u32, 0)
    }

    /// The number the next object will have.
    pub(super) fn next(&self) -> u32 {
        self.offsets.len() as u32 + 1
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> Result<ObjectId, PdfError> {
        let id = self.reserve();
        self.object(id, object)?;
        Ok(id)
    }

    pub(super) fn object(&mut self, id: ObjectId, object: impl Into<Object>) -> Result<(), PdfError> {
        self.offsets[id.0 as usize - 1] = self.written;
        let mut text = Vec::new();
        text.extend_from_slice(format!("{} {} obj\n", id.0, id.1).as_bytes());
        syntax(&mut text, &object.into()).map_err(PdfError::Write)?;
        text.extend_from_slice(b"\nendobj\n");
        self.put(&text)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        self.write_all(bytes).map_err(PdfError::Write)
    }

    /// The cross-reference table and the trailer. The file's identity is what is in it.
    pub(super) fn end(mut self, root: ObjectId, information: ObjectId) -> Result<(), PdfError> {
        let identity = self.digest.clone().finalize()[..16].to_vec();
        let start = self.written;
        let size = self.offsets.len() + 1;
        self.put(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes())?;
        for offset in std::mem::take(&mut self.offsets) {
            let line = match offset {
                0 => "0000000000 65535 f \n".into(),
                _ => format!("{offset:010} 00000 n \n"),
            };
            self.put(line.as_bytes())?;
        }
        let identity = Object::String(identity, StringFormat::Hexadecimal);
        let trailer = dictionary! {
            "Size" => size as i64,
            "Root" => root,
            "Info" => information,
            "ID" => vec![identity.clone(), identity],
        };
        let mut text = b"trailer\n".to_vec();
        syntax(&mut text, &Object::Dictionary(trailer)).map_err(PdfError::Write)?;
        text.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
        self.put(&text)?;
        self.flush().map_err(PdfError::Write)
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
