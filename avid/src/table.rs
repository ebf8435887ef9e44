//! Tables as they are described (4.C.5, 6.C) and what a field may hold (5.B).

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};

use crate::error::Error;

/// A table, described for somebody who knows only the delivery.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    pub description: String,
    pub columns: Vec<Column>,
    /// Names of the columns that tell every row from the others.
    pub primary_key: Vec<String>,
    pub foreign_keys: Vec<ForeignKey>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub kind: Type,
    /// What it was in the system the data come from (`typeOriginal`).
    pub original: String,
    pub nullable: bool,
    pub description: String,
    pub functions: Vec<Function>,
}

/// Columns that hold the primary key of another table, or of the same one.
#[derive(Debug, Clone)]
pub struct ForeignKey {
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
}

/// The types of figure 5.1 that are used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Up to so many characters.
    Text(u32),
    Integer,
    Boolean,
    Date,
    /// To the second; without a zone.
    Timestamp,
}

/// What a column is to the archive's own search (`functionalDescription`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Authority,
    DocumentId,
    /// Digital, at least in part = 1, paper = 2, of no matter = 3.
    StorageForm,
    /// In an earlier delivery already = 1, not yet = 2.
    Delivered,
    CaseId,
    CaseTitle,
    DocumentTitle,
    DocumentDate,
    SenderOrReceiver,
    Disposal,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Text(String),
    Integer(i64),
    Boolean(bool),
    Date(NaiveDate),
    Timestamp(NaiveDateTime),
}

impl Column {
    /// A column that always has a value.
    pub fn new(name: &str, kind: Type, original: &str, description: &str) -> Self {
        let [name, original, description] = [name, original, description].map(str::to_owned);
        Self { name, kind, original, nullable: false, description, functions: Vec::new() }
    }

    #[must_use]
    pub fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    #[must_use]
    pub fn function(mut self, function: Function) -> Self {
        self.functions.push(function);
        self
    }
}

impl Type {
    /// As SQL:1999 has it, and as XML Schema has it (figure 5.1).
    pub(crate) fn names(self) -> (String, &'static str) {
        match self {
            Self::Text(longest) => (format!("NATIONAL CHARACTER VARYING({longest})"), "xs:string"),
            Self::Integer => ("INTEGER".into(), "xs:integer"),
            Self::Boolean => ("BOOLEAN".into(), "xs:boolean"),
            Self::Date => ("DATE".into(), "xs:date"),
            Self::Timestamp => ("TIMESTAMP".into(), "xs:dateTime"),
        }
    }
}

impl Function {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Authority => "Myndighedsidentifikation",
            Self::DocumentId => "Dokumentidentifikation",
            Self::StorageForm => "Lagringsform",
            Self::Delivered => "Afleveret",
            Self::CaseId => "Sagsidentifikation",
            Self::CaseTitle => "Sagstitel",
            Self::DocumentTitle => "Dokumenttitel",
            Self::DocumentDate => "Dokumentdato",
            Self::SenderOrReceiver => "Afsender_modtager",
            Self::Disposal => "Kassation",
        }
    }
}

impl Table {
    /// Where a column stands, from 0.
    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|found| found.name == column)
    }

    /// Where the columns of a key stand.
    pub(crate) fn positions(&self, columns: &[String]) -> Option<Vec<usize>> {
        columns.iter().map(|column| self.position(column)).collect()
    }

    fn key_types(&self) -> Vec<Type> {
        self.primary_key
            .iter()
            .filter_map(|name| self.position(name))
            .map(|at| self.columns[at].kind)
            .collect()
    }

    /// Refuses a table that the archive's own test would, in a delivery of the tables `all`.
    pub(crate) fn check(&self, all: &[Table]) -> Result<(), Error> {
        let refuse = |why, clause| Err(Error::refused(format!("table {}", self.name), why, clause));
        if !is_identifier(&self.name) {
            return refuse(
                "the name must begin with a letter and hold letters, digits and _ only",
                "4.C.5.b",
            );
        }
        if all.iter().filter(|other| other.name == self.name).count() > 1 {
            return refuse("there are several tables of that name", "4.C.5.a");
        }
        if self.description.trim().is_empty() {
            return refuse("a table needs a description", "6.C");
        }
        self.check_columns()?;
        self.check_primary_key()?;
        self.foreign_keys.iter().try_for_each(|key| self.check_foreign_key(key, all))
    }

    fn check_columns(&self) -> Result<(), Error> {
        let mut names = HashSet::new();
        for column in &self.columns {
            let refuse = |why, clause| {
                Err(Error::refused(format!("table {}, column {}", self.name, column.name), why, clause))
            };
            if !is_identifier(&column.name) {
                return refuse(
                    "the name must begin with a letter and hold letters, digits and _ only",
                    "4.C.5.b",
                );
            }
            if !names.insert(&column.name) {
                return refuse("there is a column of that name already", "4.C.5.a");
            }
            if column.description.trim().is_empty() {
                return refuse("a column needs a description", "6.C");
            }
        }
        Ok(())
    }

    fn check_primary_key(&self) -> Result<(), Error> {
        let refuse = |why| Err(Error::refused(format!("table {}", self.name), why, "4.C.5.a"));
        match self.positions(&self.primary_key) {
            None => refuse("the primary key names a column that is not there"),
            Some(at) if at.is_empty() => refuse("a table needs a primary key"),
            Some(at) if at.iter().any(|at| self.columns[*at].nullable) => {
                refuse("a primary key always has a value")
            }
            Some(_) => Ok(()),
        }
    }

    fn check_foreign_key(&self, key: &ForeignKey, all: &[Table]) -> Result<(), Error> {
        let refuse =
            |why| Err(Error::refused(format!("table {}, key to {}", self.name, key.table), why, "4.C.5.a"));
        let Some(referred) = all.iter().find(|other| other.name == key.table) else {
            return refuse("the table referred to is not there");
        };
        let Some(at) = self.positions(&key.columns) else {
            return refuse("the key names a column that is not there");
        };
        let types: Vec<_> = at.iter().map(|at| self.columns[*at].kind).collect();
        if types != referred.key_types() {
            return refuse("a foreign key has the number and the types of the primary key it refers to");
        }
        Ok(())
    }
}

/// `SQLIdentifier` of `tableIndex.xsd`, without the delimited kind.
fn is_identifier(name: &str) -> bool {
    let rest = |letter: char| letter == '_' || letter.is_alphanumeric();
    name.starts_with(char::is_alphabetic) && name.chars().all(rest) && name.chars().count() <= 128
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, columns: Vec<Column>, key: &str) -> Table {
        let primary_key = vec![key.to_owned()];
        Table {
            name: name.into(),
            description: "Noget".into(),
            columns,
            primary_key,
            foreign_keys: Vec::new(),
        }
    }

    fn column(name: &str) -> Column {
        Column::new(name, Type::Integer, "tal", "Et tal")
    }

    /// The first table of a delivery, judged.
    fn judged(tables: &[Table]) -> Result<(), String> {
        tables[0].check(tables).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn is_refused(table: Table, word: &str) {
        let why = judged(&[table]).unwrap_err();
        assert!(why.contains(word), "{why}");
    }

    #[test]
    fn a_table_is_refused_for_what_the_archive_would_refuse_it_for() {
        let good = table("Barn", vec![column("BarnID")], "BarnID");
        assert_eq!(judged(std::slice::from_ref(&good)), Ok(()));
        assert!(judged(&[good.clone(), good.clone()]).unwrap_err().contains("several"));
        is_refused(table("1Barn", vec![column("BarnID")], "BarnID"), "begin with a letter");
        is_refused(table("Barn", vec![column("a"), column("a")], "a"), "column of that name");
        is_refused(table("Barn", vec![column("a")], "b"), "not there");
        is_refused(table("Barn", vec![column("a").nullable()], "a"), "always has a value");
        is_refused(Table { primary_key: Vec::new(), ..good.clone() }, "needs a primary key");
        is_refused(Table { description: " ".into(), ..good }, "description");
    }

    #[test]
    fn a_foreign_key_must_fit_what_it_refers_to() {
        let child = table("Barn", vec![column("BarnID")], "BarnID");
        let stay = |columns: &[&str]| {
            let columns = columns.iter().map(|name| (*name).to_owned()).collect();
            let foreign_keys = vec![ForeignKey { columns, table: "Barn".into() }];
            Table { foreign_keys, ..table("Ophold", vec![column("OpholdID"), column("BarnID")], "OpholdID") }
        };
        assert_eq!(judged(&[stay(&["BarnID"]), child.clone()]), Ok(()));
        assert!(judged(&[stay(&["BarnID"])]).unwrap_err().contains("referred to is not there"));
        let twice = judged(&[stay(&["BarnID", "OpholdID"]), child.clone()]).unwrap_err();
        assert!(twice.contains("number and the types"), "{twice}");
        assert!(judged(&[stay(&["Barn"]), child]).unwrap_err().contains("column that is not there"));
    }
}
