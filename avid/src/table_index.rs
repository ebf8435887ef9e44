//! `tableIndex.xml`: the tables, their columns and keys (4.C.5, 6.C).

use std::io::{self, Write};

use crate::table::{Column, ForeignKey, Table};
use crate::xml::Xml;

/// A table that is whole.
pub struct Written {
    pub table: Table,
    pub folder: String,
    pub rows: u64,
}

/// `product` is the database the data come from.
pub fn write(out: impl Write, name: &str, product: &str, tables: &[Written]) -> io::Result<()> {
    let mut xml = Xml::index(out, "siardDiark", "tableIndex.xsd")?;
    xml.text("version", "1.0")?;
    xml.text("dbName", name)?;
    xml.text("databaseProduct", product)?;
    xml.element("tables", |xml| tables.iter().try_for_each(|written| write_table(xml, written, tables)))?;
    xml.finish().map(|_| ())
}

fn write_table<W: Write>(xml: &mut Xml<W>, written: &Written, tables: &[Written]) -> io::Result<()> {
    let table = &written.table;
    xml.element("table", |xml| {
        xml.text("name", &table.name)?;
        xml.text("folder", &written.folder)?;
        xml.text("description", &table.description)?;
        xml.element("columns", |xml| {
            table.columns.iter().enumerate().try_for_each(|(at, column)| write_column(xml, at, column))
        })?;
        xml.element("primaryKey", |xml| {
            xml.text("name", &format!("PK_{}", table.name))?;
            table.primary_key.iter().try_for_each(|column| xml.text("column", column))
        })?;
        if !table.foreign_keys.is_empty() {
            xml.element("foreignKeys", |xml| {
                let mut keys = table.foreign_keys.iter().enumerate();
                keys.try_for_each(|(at, key)| {
                    write_foreign_key(xml, &format!("FK_{}_{}", table.name, at + 1), key, tables)
                })
            })?;
        }
        xml.text("rows", &written.rows.to_string())
    })
}

fn write_column<W: Write>(xml: &mut Xml<W>, at: usize, column: &Column) -> io::Result<()> {
    xml.element("column", |xml| {
        xml.text("name", &column.name)?;
        xml.text("columnID", &format!("c{}", at + 1))?;
        xml.text("type", &column.kind.names().0)?;
        xml.text("typeOriginal", &column.original)?;
        xml.flag("nullable", column.nullable)?;
        xml.text("description", &column.description)?;
        column.functions.iter().try_for_each(|function| xml.text("functionalDescription", function.name()))
    })
}

/// The columns of a foreign key beside those of the primary key they hold, one by one.
fn write_foreign_key<W: Write>(
    xml: &mut Xml<W>,
    name: &str,
    key: &ForeignKey,
    tables: &[Written],
) -> io::Result<()> {
    let referred = tables.iter().find(|other| other.table.name == key.table);
    let primary = referred.map_or(&[][..], |other| &other.table.primary_key);
    xml.element("foreignKey", |xml| {
        xml.text("name", name)?;
        xml.text("referencedTable", &key.table)?;
        key.columns.iter().zip(primary).try_for_each(|(column, referenced)| {
            xml.element("reference", |xml| {
                xml.text("column", column)?;
                xml.text("referenced", referenced)
            })
        })
    })
}
