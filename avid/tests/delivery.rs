//! A small delivery, judged by other people's programs: xmllint, md5sum and tiffinfo.
//!
//! The schemas of the national archive are no part of this project. Stand-ins lie in their place here, and the indices are
//! held against `fixtures/*.rng`; with `BEK128=folder` the real schemas are copied in, and judge as well.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use avid::{
    Category, Column, ContextDocument, Creator, Delivery, Description, Document, Error, ForeignKey, Format,
    Function, Identifiers, PackageId, Schemas, Summary, Table, Type, Value,
};
use chrono::NaiveDate;
use tempfile::TempDir;

const INDICES: [&str; 5] =
    ["archiveIndex", "contextDocumentationIndex", "docIndex", "fileIndex", "tableIndex"];

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().write_all(bytes).unwrap();
}

/// The real schemas where they are at hand, or stand-ins that say so.
fn schemas(scratch: &Path) -> Schemas {
    if let Some(real) = std::env::var_os("BEK128") {
        return Schemas::read(Path::new(&real)).unwrap();
    }
    for name in INDICES.into_iter().chain(["researchIndex", "XMLSchema"]) {
        let space = if name == "XMLSchema" {
            "http://www.w3.org/2001/XMLSchema"
        } else {
            "http://www.sa.dk/xmlns/diark/1.0"
        };
        let stand_in = format!(
            "<?xml version=\"1.0\"?>\n<!-- a stand-in for a test -->\n<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"{space}\"/>\n"
        );
        put(&scratch.join(format!("{name}.xsd")), stand_in.as_bytes());
    }
    Schemas::read(scratch).unwrap()
}

/// A grey TIFF of one strip, packed bits.
fn picture(path: &Path) -> PathBuf {
    // One row of two grey dots: PackBits, one literal run of two.
    let data = [1u8, 0x20, 0xE0, 0x80];
    let mut tags: Vec<(u16, u16, u32, u32)> = vec![
        (256, 3, 1, 2),
        (257, 3, 1, 1),
        (258, 3, 1, 8),
        (259, 3, 1, 32773),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 3, 1, 1),
        (279, 4, 1, 3),
    ];
    let mut bytes = b"II\x2a\0\x0c\0\0\0".to_vec();
    bytes.extend(data);
    bytes.extend((tags.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in tags.drain(..) {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    put(path, &bytes);
    path.to_owned()
}

fn sound(path: &Path) -> PathBuf {
    put(path, b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x08\0\0\0\x80\x80\x80\x80\x80\x80\x80\x80");
    path.to_owned()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn children() -> Table {
    Table {
        name: "Barn".into(),
        description: "Børn, der har boet et andet sted end hjemme".into(),
        columns: vec![
            Column::new("BarnID", Type::Text(36), "uuid", "Barnets nummer").function(Function::CaseId),
            Column::new("Navn", Type::Text(200), "text", "Hele navnet").function(Function::CaseTitle),
            Column::new("Født", Type::Date, "date", "Fødselsdag"),
            Column::new("Afsluttet", Type::Boolean, "boolean", "Om sagen er lukket").nullable(),
        ],
        primary_key: vec!["BarnID".into()],
        foreign_keys: Vec::new(),
    }
}

fn entries() -> Table {
    Table {
        name: "Opslag".into(),
        description: "Det, voksne og barnet har skrevet og lagt ind".into(),
        columns: vec![
            Column::new("OpslagID", Type::Text(36), "uuid", "Opslagets nummer"),
            Column::new("Udgave", Type::Integer, "integer", "Udgaven, fra 1"),
            Column::new("BarnID", Type::Text(36), "uuid", "Barnet"),
            Column::new("Titel", Type::Text(200), "text", "Opslagets titel")
                .function(Function::DocumentTitle),
            Column::new("Lagt_ind", Type::Timestamp, "timestamp", "Tidspunktet")
                .function(Function::DocumentDate),
            Column::new("DokumentID", Type::Integer, "integer", "Filen")
                .nullable()
                .function(Function::DocumentId),
            Column::new("Form", Type::Integer, "integer", "Hvor filen findes")
                .function(Function::StorageForm),
        ],
        primary_key: vec!["OpslagID".into(), "Udgave".into()],
        foreign_keys: vec![ForeignKey { columns: vec!["BarnID".into()], table: "Barn".into() }],
    }
}

fn child(id: &str) -> Vec<Value> {
    vec![
        Value::Text(id.into()),
        Value::Text("  Alma <& Bo> Ærø \n".into()),
        Value::Date(day(2017, 5, 14)),
        Value::Null,
    ]
}

fn entry(id: &str, version: i64, child: &str, document: Value) -> Vec<Value> {
    let at = day(2026, 11, 23).and_hms_milli_opt(7, 4, 25, 871).unwrap();
    let [id, child, title] = [id, child, "Seks unger på rad"].map(|text| Value::Text(text.into()));
    vec![id, Value::Integer(version), child, title, Value::Timestamp(at), document, Value::Integer(1)]
}

fn description() -> Description {
    let period = (day(2017, 5, 14), day(2026, 11, 28));
    Description {
        previous: vec!["AVID.SA.17000".parse().unwrap()],
        period,
        last_delivery: false,
        creators: vec![Creator { name: "Egebæk Kommune".into(), from: period.0, to: period.1 }],
        closed_period: false,
        system_name: "Barnets livsbog".into(),
        other_names: vec!["livsbog".into()],
        purpose: "At et anbragt barn kan kende sin historie".into(),
        content: "Anbragte børn og deres bøger".into(),
        identifiers: Identifiers::default(),
        sources: Vec::new(),
        users: Vec::new(),
        predecessors: Vec::new(),
        form: None,
        documents_disposed: false,
        finding_aid_to: Vec::new(),
        has_cases: true,
        several_sources: false,
        personal_data: true,
        other_restrictions: true,
        restrictions: Some("75 år".into()),
    }
}

fn explanation(scratch: &Path) -> ContextDocument {
    ContextDocument {
        title: "Om systemet".into(),
        description: Some("Hvad det er til".into()),
        date: Some(day(2026, 11, 28)),
        author: Some("Egebæk Kommune".into()),
        categories: vec![Category::Transformation, Category::SystemContent, Category::SystemPurpose],
        file: picture(&scratch.join("om.tif")),
        format: Format::Tiff,
    }
}

fn id() -> PackageId {
    "AVID.SA.17001".parse().unwrap()
}

fn document(id: u64, name: &str, file: PathBuf, format: Format) -> Document {
    Document { id, parent: None, original_name: name.into(), file, format }
}

fn begun(out: &Path, scratch: &Path) -> Delivery {
    Delivery::begin(out, &id(), &schemas(&scratch.join("schemas")), vec![children(), entries()]).unwrap()
}

/// A delivery of two tables, two documents and a page about the system.
fn deliver(out: &Path, scratch: &Path) -> Result<Summary, Error> {
    let tables = vec![children(), entries()];
    let mut delivery = Delivery::begin(out, &id(), &schemas(&scratch.join("schemas")), tables)?;
    delivery.row("Opslag", &entry("e", 1, "a", Value::Integer(1)))?;
    delivery.row("Barn", &child("a"))?;
    delivery.row("Opslag", &entry("e", 2, "a", Value::Integer(2)))?;
    delivery.row("Opslag", &entry("f", 1, "b", Value::Null))?;
    delivery.row("Barn", &child("b"))?;
    delivery.document(&document(1, "IMG_1.JPG", picture(&scratch.join("1.tif")), Format::Tiff))?;
    delivery.document(&document(2, "sang & dans.m4a", sound(&scratch.join("2.wav")), Format::Wav))?;
    delivery.context(explanation(scratch))?;
    delivery.finish(&description(), "Livsbog", "SQLite")
}

fn whole() -> (TempDir, Summary) {
    let scratch = TempDir::new().unwrap();
    let summary = deliver(&scratch.path().join("out"), scratch.path()).unwrap();
    (scratch, summary)
}

fn succeeds(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{said}");
    said
}

fn xmllint(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> String {
    succeeds(Command::new("xmllint").args(["--noout", "--nonet"]).args(arguments))
}

/// `xmllint --xpath`, with prefixes left out: every name is matched by its local part.
fn xpath(file: &Path, expression: &str) -> Vec<String> {
    let said = succeeds(Command::new("xmllint").args(["--xpath", expression]).arg(file));
    said.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn named(name: &str) -> String {
    format!("//*[local-name()='{name}']/text()")
}

#[test]
fn every_xml_of_it_is_valid() {
    let (_scratch, summary) = whole();
    for index in INDICES {
        let file = summary.folder.join(format!("Indices/{index}.xml"));
        let grammar = format!("{}/tests/fixtures/{index}.rng", env!("CARGO_MANIFEST_DIR"));
        xmllint([OsStr::new("--relaxng"), OsStr::new(&grammar), file.as_os_str()]);
        if std::env::var_os("BEK128").is_some() {
            let schema = summary.folder.join(format!("Schemas/standard/{index}.xsd"));
            xmllint([OsStr::new("--schema"), schema.as_os_str(), file.as_os_str()]);
        }
    }
    for table in ["table1", "table2"] {
        let file = |ending| summary.folder.join(format!("Tables/{table}/{table}.{ending}"));
        xmllint([OsStr::new("--schema"), file("xsd").as_os_str(), file("xml").as_os_str()]);
    }
}

#[test]
fn the_list_of_files_is_what_lies_there_and_md5sum_agrees() {
    let (_scratch, summary) = whole();
    let index = summary.folder.join("Indices/fileIndex.xml");
    let [folders, names, sums] = ["foN", "fiN", "md5"].map(|name| xpath(&index, &named(name)));
    let paths: Vec<_> = folders
        .iter()
        .zip(&names)
        .map(|(folder, name)| format!("{}/{name}", folder.replace('\\', "/")))
        .collect();
    let top = summary.folder.parent().unwrap();
    let found = succeeds(Command::new("find").current_dir(top).args([&id().folder(), "-type", "f"]));
    let on_disk: BTreeSet<_> =
        found.lines().filter(|path| !path.ends_with("/fileIndex.xml")).map(str::to_owned).collect();
    assert_eq!(paths.iter().cloned().collect::<BTreeSet<_>>(), on_disk);
    assert_eq!(summary.files, paths.len() as u64);

    let list: String = sums.iter().zip(&paths).map(|(sum, path)| format!("{sum}  {path}\n")).collect();
    put(&top.join("sums"), list.as_bytes());
    let check = || {
        Command::new("md5sum").current_dir(top).args(["--quiet", "-c", "sums"]).status().unwrap().success()
    };
    assert!(check());
    let victim = top.join(&paths[paths.len() / 2]);
    let mut bytes = fs::read(&victim).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    put(&victim, &bytes);
    assert!(!check(), "one altered byte must be seen");
}

#[test]
fn rows_are_counted_and_keys_told() {
    let (_scratch, summary) = whole();
    assert_eq!((summary.tables, summary.rows, summary.documents, summary.context_documents), (2, 5, 2, 1));
    let index = summary.folder.join("Indices/tableIndex.xml");
    assert_eq!(xpath(&index, &named("rows")), ["2", "3"]);
    for (table, rows) in [("table1", 2), ("table2", 3)] {
        let file = summary.folder.join(format!("Tables/{table}/{table}.xml"));
        assert_eq!(xpath(&file, "count(//*[local-name()='row'])"), [rows.to_string()]);
    }
    assert_eq!(xpath(&index, &named("referencedTable")), ["Barn"]);
    assert_eq!(xpath(&index, &named("referenced")), ["BarnID"]);
    let table = summary.folder.join("Tables/table1/table1.xml");
    assert_eq!(xpath(&table, "(//*[local-name()='c2'])[1]/text()"), ["Alma &lt;&amp; Bo&gt; Ærø"]);
    assert_eq!(xpath(&table, "count(//*[local-name()='c4'][@*[local-name()='nil']='true'])"), ["2"]);
}

#[test]
fn equal_input_gives_equal_bytes_and_nothing_is_written_over() {
    let (first, summary) = whole();
    let (_second, again) = whole();
    assert_eq!((summary.files, summary.size_bytes), (again.files, again.size_bytes));
    succeeds(Command::new("diff").arg("-r").arg(&summary.folder).arg(&again.folder));
    let refused = deliver(&first.path().join("out"), first.path()).unwrap_err();
    assert!(refused.to_string().contains("not written over"), "{refused}");
}

/// What a delivery is refused for, with `spoil` in the place of what is right.
fn refusal(spoil: impl FnOnce(&mut Delivery, &Path) -> Result<(), Error>) -> String {
    let scratch = TempDir::new().unwrap();
    let mut delivery = begun(&scratch.path().join("out"), scratch.path());
    let refused = spoil(&mut delivery, scratch.path()).unwrap_err().to_string();
    assert!(!scratch.path().join("out").join(id().folder()).exists(), "a broken delivery has no name");
    refused
}

#[test]
fn a_wrong_row_is_refused_by_place_and_clause_and_never_quoted() {
    let with = |at: usize, value: Value| {
        let mut row = child("a");
        row[at] = value;
        refusal(|delivery, _| delivery.row("Barn", &row))
    };
    let long = with(1, Value::Text("hemmelig".repeat(26)));
    assert_eq!(long, "table Barn, row 1, column Navn: is longer than the column says (BEK 128, 5.B.1)");
    assert!(with(1, Value::Text("\u{0}".into())).contains("5.D.1"));
    assert!(with(1, Value::Text("   ".into())).contains("must have a value"));
    assert!(with(2, Value::Null).contains("column Født: must have a value"));
    assert!(with(2, Value::Integer(1)).contains("type"));
    assert!(refusal(|delivery, _| delivery.row("Barn", &[])).contains("5.A.1"));
    assert!(refusal(|delivery, _| delivery.row("Børn", &child("a"))).contains("not described"));
    let nameless = refusal(|delivery, _| delivery.row("Opslag", &entry("e", 1, "a", Value::Integer(0))));
    assert!(nameless.contains("4.G.4"), "{nameless}");
}

#[test]
fn a_key_that_is_there_twice_or_leads_nowhere_is_refused() {
    let twice = refusal(|delivery, _| {
        delivery.row("Barn", &child("a"))?;
        delivery.row("Barn", &child(" a "))
    });
    assert!(twice.contains("row 2: there is a row with that primary key"), "{twice}");
    let nowhere = unfinished(|delivery, _, scratch| {
        delivery.context(explanation(scratch))?;
        delivery.row("Opslag", &entry("e", 1, "a", Value::Null))?;
        delivery.row("Opslag", &entry("f", 1, "b", Value::Null))
    });
    assert_eq!(
        nowhere,
        "table Opslag, row 2, key to Barn: refers to a row that is not there (BEK 128, 4.C.5.a)"
    );
}

#[test]
fn a_document_is_what_it_says_and_stands_in_a_table() {
    let other = refusal(|delivery, scratch| {
        delivery.document(&document(1, "a.jpg", sound(&scratch.join("a")), Format::Tiff))
    });
    assert!(other.contains("no whole TIFF"), "{other}");
    let again = refusal(|delivery, scratch| {
        let file = picture(&scratch.join("a"));
        delivery.document(&document(7, "a.jpg", file.clone(), Format::Tiff))?;
        delivery.document(&document(7, "b.jpg", file, Format::Tiff))
    });
    assert!(again.contains("document 7: there is a document of that id"), "{again}");
    let orphan = refusal(|delivery, scratch| {
        let part =
            Document { parent: Some(3), ..document(7, "a.jpg", picture(&scratch.join("a")), Format::Tiff) };
        delivery.document(&part)
    });
    assert!(orphan.contains("part of is not there"), "{orphan}");
}

/// A delivery with what `spoil` does to it last, finished.
fn unfinished(spoil: impl FnOnce(&mut Delivery, &mut Description, &Path) -> Result<(), Error>) -> String {
    let scratch = TempDir::new().unwrap();
    let mut delivery = begun(&scratch.path().join("out"), scratch.path());
    delivery.row("Barn", &child("a")).unwrap();
    let mut description = description();
    spoil(&mut delivery, &mut description, scratch.path()).unwrap();
    let refused = delivery.finish(&description, "Livsbog", "SQLite").unwrap_err().to_string();
    assert!(!scratch.path().join("out").join(id().folder()).exists(), "a broken delivery has no name");
    refused
}

#[test]
fn what_is_not_whole_gets_no_name() {
    assert!(unfinished(|_, _, _| Ok(())).contains("4.E.1"));
    let lost = unfinished(|delivery, _, scratch| {
        delivery.context(explanation(scratch))?;
        delivery.row("Opslag", &entry("e", 1, "a", Value::Integer(4)))
    });
    assert!(lost.contains("names a document that is not there"), "{lost}");
    let unnamed = unfinished(|delivery, _, scratch| {
        delivery.context(explanation(scratch))?;
        delivery.document(&document(4, "a.jpg", picture(&scratch.join("a")), Format::Tiff))
    });
    assert!(unnamed.contains("no table names"), "{unnamed}");
    let backwards = unfinished(|delivery, description, scratch| {
        description.period = (description.period.1, description.period.0);
        delivery.context(explanation(scratch))
    });
    assert!(backwards.contains("6.A"), "{backwards}");
}

#[test]
fn schemas_for_something_else_are_refused() {
    let scratch = TempDir::new().unwrap();
    assert!(Schemas::read(scratch.path()).unwrap_err().to_string().contains("archiveIndex.xsd"));
    if std::env::var_os("BEK128").is_none() {
        schemas(scratch.path());
    }
    put(&scratch.path().join("archiveIndex.xsd"), b"<html xmlns='http://www.w3.org/1999/xhtml'/>");
    assert!(Schemas::read(scratch.path()).unwrap_err().to_string().contains("hands out"));
}

#[test]
fn the_pictures_of_these_tests_are_pictures() {
    let scratch = TempDir::new().unwrap();
    let said = succeeds(Command::new("tiffinfo").arg(picture(&scratch.path().join("a.tif"))));
    assert!(said.contains("PackBits"), "{said}");
}
