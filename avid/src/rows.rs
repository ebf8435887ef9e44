//! A table's rows on their way out: `tableN.xml`, and `tableN.xsd` beside it (4.D, 5.A).

use std::collections::{HashMap, HashSet};
use std::io;

use md5::{Digest, Md5};

use crate::error::Error;
use crate::files::{Files, Place, Writing};
use crate::table::{Column, Function, Table, Type, Value};
use crate::table_index::Written;
use crate::text;
use crate::xml::Xml;

/// The digest of a key's values.
type Key = [u8; 16];

/// A table that is being written.
pub struct Rows {
    pub table: Table,
    folder: String,
    xml: Xml<Writing>,
    primary: Vec<usize>,
    foreign: Vec<Foreign>,
    keys: HashSet<Key>,
    rows: u64,
}

/// What a table's rows refer to in another, with the first row that does.
struct Foreign {
    at: Vec<usize>,
    table: String,
    seen: HashMap<Key, u64>,
}

impl Rows {
    /// Writes the schema, and begins the rows.
    pub fn begin(files: &mut Files, table: Table, number: usize) -> Result<Self, Error> {
        let folder = format!("table{number}");
        let place = |ending| Place::new(["Tables", &folder], format!("{folder}.{ending}"));
        files.write(place("xsd"), |out| write_schema(out, &table, &folder))?;
        let out = files.create(place("xml"))?;
        let xml = Xml::begin(out, "table", &namespace(&folder), &format!("{folder}.xsd"));
        let xml = xml.map_err(io_error(&table))?;
        let at = |columns: &[String]| table.positions(columns).unwrap_or_default();
        let foreign = table.foreign_keys.iter();
        let foreign = foreign.map(|key| Foreign {
            at: at(&key.columns),
            table: key.table.clone(),
            seen: HashMap::new(),
        });
        let (foreign, primary) = (foreign.collect(), at(&table.primary_key));
        Ok(Self { table, folder, xml, primary, foreign, keys: HashSet::new(), rows: 0 })
    }

    /// Writes a row, and notes the documents it names.
    pub fn push(&mut self, values: &[Value], documents: &mut HashSet<u64>) -> Result<(), Error> {
        self.check(values)?;
        self.note_keys(values)?;
        let written = self.xml.element("row", |row| {
            values
                .iter()
                .enumerate()
                .try_for_each(|(at, value)| write_field(row, &format!("c{}", at + 1), value))
        });
        written.map_err(io_error(&self.table))?;
        documents.extend(self.documents(values));
        self.rows += 1;
        Ok(())
    }

    /// Closes the table.
    pub fn finish(self, files: &mut Files) -> Result<Written, Error> {
        let out = self.xml.finish().map_err(io_error(&self.table))?;
        files.finish(out)?;
        Ok(Written { table: self.table, folder: self.folder, rows: self.rows })
    }

    /// Refuses a row that refers to none among the tables `all`.
    pub fn check_references(&self, all: &[Self]) -> Result<(), Error> {
        for foreign in &self.foreign {
            let referred = all.iter().find(|other| other.table.name == foreign.table);
            let is_there = |key| referred.is_some_and(|other| other.keys.contains(key));
            let lost = foreign.seen.iter().filter(|(key, _)| !is_there(*key)).map(|(_, row)| row).min();
            if let Some(row) = lost {
                let place = format!("table {}, row {row}, key to {}", self.table.name, foreign.table);
                return Err(Error::refused(place, "refers to a row that is not there", "4.C.5.a"));
            }
        }
        Ok(())
    }

    fn check(&self, values: &[Value]) -> Result<(), Error> {
        if values.len() != self.table.columns.len() {
            return Err(self.refused(None, "a row has one value for each column", "5.A.1"));
        }
        for (at, (column, value)) in self.table.columns.iter().zip(values).enumerate() {
            fits(column, value).map_err(|(why, clause)| self.refused(Some(at), why, clause))?;
        }
        Ok(())
    }

    fn note_keys(&mut self, values: &[Value]) -> Result<(), Error> {
        let Some(primary) = key(values, &self.primary) else {
            return Err(self.refused(None, "a primary key always has a value", "4.C.5.a"));
        };
        if !self.keys.insert(primary) {
            return Err(self.refused(None, "there is a row with that primary key already", "4.C.5.a"));
        }
        for foreign in &mut self.foreign {
            if let Some(key) = key(values, &foreign.at) {
                foreign.seen.entry(key).or_insert(self.rows + 1);
            }
        }
        Ok(())
    }

    fn documents(&self, values: &[Value]) -> impl Iterator<Item = u64> {
        let named = self.table.columns.iter().zip(values);
        named.filter_map(|(column, value)| match value {
            Value::Integer(id) if column.functions.contains(&Function::DocumentId) => u64::try_from(*id).ok(),
            _ => None,
        })
    }

    fn refused(&self, column: Option<usize>, why: &'static str, clause: &'static str) -> Error {
        let mut place = format!("table {}, row {}", self.table.name, self.rows + 1);
        if let Some(at) = column {
            place += &format!(", column {}", self.table.columns[at].name);
        }
        Error::refused(place, why, clause)
    }
}

fn io_error(table: &Table) -> impl FnOnce(io::Error) -> Error {
    let path = table.name.clone().into();
    move |source| Error::Io { path, source }
}

/// Whether a value may stand in a column; if not, why, and the clause.
fn fits(column: &Column, value: &Value) -> Result<(), (&'static str, &'static str)> {
    match (value, column.kind) {
        (Value::Null, _) if column.nullable => Ok(()),
        (Value::Text(text), Type::Text(_)) if text.trim().is_empty() && column.nullable => Ok(()),
        (Value::Null, _) => Err(("must have a value", "4.D.6")),
        (Value::Text(text), Type::Text(longest)) => fits_text(text, longest),
        (Value::Integer(number), Type::Integer) if column.functions.contains(&Function::StorageForm) => {
            if (1..=3).contains(number) { Ok(()) } else { Err(("a form of storage is 1, 2 or 3", "6.C")) }
        }
        (Value::Integer(..=0), Type::Integer) if column.functions.contains(&Function::DocumentId) => {
            Err(("a document's id is a number from 1", "4.G.4"))
        }
        (Value::Integer(_), Type::Integer)
        | (Value::Boolean(_), Type::Boolean)
        | (Value::Date(_), Type::Date)
        | (Value::Timestamp(_), Type::Timestamp) => Ok(()),
        _ => Err(("is not of the column's type", "5.B.1")),
    }
}

fn fits_text(text: &str, longest: u32) -> Result<(), (&'static str, &'static str)> {
    if !text::is_clean(text) {
        return Err(("holds a character that XML does not have", "5.D.1"));
    }
    match text.trim().chars().count() {
        0 => Err(("must have a value", "4.D.6")),
        length if length > longest as usize => Err(("is longer than the column says", "5.B.1")),
        _ => Ok(()),
    }
}

fn write_field(xml: &mut Xml<Writing>, name: &str, value: &Value) -> io::Result<()> {
    match value {
        Value::Null => xml.nil(name),
        Value::Text(text) if text.trim().is_empty() => xml.nil(name),
        Value::Text(text) => xml.text(name, text.trim()),
        Value::Integer(number) => xml.text(name, &number.to_string()),
        Value::Boolean(is) => xml.flag(name, *is),
        Value::Date(day) => xml.text(name, &day.format("%Y-%m-%d").to_string()),
        Value::Timestamp(at) => xml.text(name, &at.format("%Y-%m-%dT%H:%M:%S").to_string()),
    }
}

/// Nothing where one of the key's values is null.
fn key(values: &[Value], at: &[usize]) -> Option<Key> {
    let mut digest = Md5::new();
    for at in at {
        let part = match &values[*at] {
            Value::Null => return None,
            Value::Text(text) => text.trim().to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(is) => is.to_string(),
            Value::Date(day) => day.to_string(),
            Value::Timestamp(at) => at.to_string(),
        };
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    Some(digest.finalize().into())
}

fn namespace(folder: &str) -> String {
    format!("http://www.sa.dk/xmlns/siard/1.0/schema0/{folder}.xsd")
}

fn write_schema(out: &mut Writing, table: &Table, folder: &str) -> io::Result<()> {
    let namespace = namespace(folder);
    let attributes = [
        ("xmlns:xs", "http://www.w3.org/2001/XMLSchema"),
        ("xmlns", namespace.as_str()),
        ("targetNamespace", namespace.as_str()),
        ("elementFormDefault", "qualified"),
        ("attributeFormDefault", "unqualified"),
    ];
    let mut xml = Xml::with_root(out, "xs:schema", &attributes)?;
    xml.element_with("xs:element", &[("name", "table")], |table| {
        table.element("xs:complexType", |kind| {
            kind.element("xs:sequence", |rows| {
                let row =
                    [("name", "row"), ("type", "rowType"), ("minOccurs", "0"), ("maxOccurs", "unbounded")];
                rows.empty("xs:element", &row)
            })
        })
    })?;
    xml.element_with("xs:complexType", &[("name", "rowType")], |kind| {
        kind.element("xs:sequence", |fields| {
            table.columns.iter().enumerate().try_for_each(|(at, column)| {
                let (name, nullable) =
                    (format!("c{}", at + 1), if column.nullable { "true" } else { "false" });
                let (_, kind) = column.kind.names();
                fields.empty("xs:element", &[("name", name.as_str()), ("type", kind), ("nillable", nullable)])
            })
        })
    })?;
    xml.finish().map(|_| ())
}
