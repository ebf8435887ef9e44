//! Reading `index.csv`: UTF-8 with or without its mark, with commas or semicolons, as Excel and everybody else write it.

use std::io::{self, Chain, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::Refusal;
use super::columns::Column;

/// The index's name in its folder.
pub const INDEX: &str = "index.csv";
/// A longer index is more than one folder's.
const INDEX_BYTES: u64 = 64 * 1024 * 1024;
/// A longer line is a mistake: a text has 50,000 characters at most.
const LINE_BYTES: usize = 1024 * 1024;
/// Read after the last line. Where it is not found by itself, a quotation mark above was never closed.
const END: &[u8] = b"\n-- the end of the index --\n";

/// An index whose header was read.
pub struct Index {
    columns: Vec<Option<Column>>,
    /// Columns that are not known: what stands in them is not taken in.
    pub unknown: Vec<String>,
    records: Reader<Chain<io::Cursor<Vec<u8>>, &'static [u8]>>,
    record: ByteRecord,
    first_line: u64,
}

/// A line of the index.
pub struct Row {
    pub line: u64,
    fields: Vec<(Column, String)>,
}

impl Row {
    /// What stands in a column; `None` where it is blank.
    pub fn get(&self, column: Column) -> Option<&str> {
        let field = self.fields.iter().find(|(known, _)| *known == column)?;
        Some(field.1.trim()).filter(|text| !text.is_empty())
    }

    /// The parts of a column that holds several.
    pub fn several(&self, column: Column) -> Vec<String> {
        let parts = self.get(column).unwrap_or_default().split('|').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

impl Index {
    /// Reads the header. The error tells what to do about an index that cannot be read at all.
    pub fn read(file: impl Read) -> Result<Self, String> {
        let mut bytes = Vec::new();
        file.take(INDEX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > INDEX_BYTES {
            return Err(format!("it is longer than {} MB: divide the folder", INDEX_BYTES >> 20));
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err("it is UTF-16: save it as \"CSV UTF-8\"".into());
        }
        let mut start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut first_line = 0;
        // Excel's own first line, which names the separator.
        if bytes[start..].starts_with(b"sep=") {
            start += bytes[start..].iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            first_line = 1;
        }
        let separator = separator(&bytes[start..]);
        let bytes = with_plain_line_ends(&bytes[start..]);
        let mut records = ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(io::Cursor::new(bytes).chain(END));
        let mut record = ByteRecord::new();
        records.read_byte_record(&mut record).map_err(|error| error.to_string())?;
        let names: Vec<String> =
            record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let columns: Vec<Option<Column>> = names.iter().map(|name| Column::named(name)).collect();
        let known: Vec<Column> = columns.iter().flatten().copied().collect();
        if !known.contains(&Column::File) && !known.contains(&Column::Text) {
            return Err("its first line names neither the column file nor text; `livsbog import --template` shows them".into());
        }
        if let Some(twice) = known.iter().enumerate().find(|(at, column)| known[..*at].contains(column)) {
            return Err(format!("its first line names the column {:?} twice", twice.1));
        }
        let unknown =
            names.into_iter().zip(&columns).filter(|(name, known)| known.is_none() && !name.is_empty());
        let unknown = unknown.map(|(name, _)| name).collect();
        Ok(Self { columns, unknown, records, record, first_line })
    }

    /// The next line that is not blank, or why it cannot be read; `None` after the last.
    pub fn next(&mut self) -> Option<Result<Row, (u64, Refusal)>> {
        loop {
            let more = self.records.read_byte_record(&mut self.record);
            let line = self.first_line + self.record.position().map_or(0, csv::Position::line);
            match more {
                Ok(true) if self.is_the_end() => return None,
                Ok(true) if self.record.iter().all(|field| field.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.row(line).map_err(|refusal| (line, refusal))),
                Ok(false) => return None,
                Err(_) => return Some(Err((line, Refusal::UNREADABLE))),
            }
        }
    }

    fn is_the_end(&self) -> bool {
        self.record.len() == 1 && self.record.get(0) == Some(END.trim_ascii())
    }

    fn row(&self, line: u64) -> Result<Row, Refusal> {
        if self.record.iter().any(|field| field.ends_with(END) || field.ends_with(END.trim_ascii_end())) {
            return Err(Refusal::UNCLOSED);
        }
        if self.record.as_slice().len() > LINE_BYTES {
            return Err(Refusal::LINE_TOO_LONG);
        }
        // Excel leaves empty fields away at the end of a line, or adds some.
        if self.record.iter().skip(self.columns.len()).any(|field| !field.trim_ascii().is_empty()) {
            return Err(Refusal::MORE_FIELDS);
        }
        let fields = self.columns.iter().zip(self.record.iter());
        let fields = fields.filter_map(|(column, field)| Some(((*column)?, field)));
        let fields: Option<Vec<_>> = fields
            .map(|(column, field)| Some((column, std::str::from_utf8(field).ok()?.to_owned())))
            .collect();
        Ok(Row { line, fields: fields.ok_or(Refusal::NOT_UTF8)? })
    }
}

/// Lines are counted by `\n`; the reader counts those of Windows one too late.
fn with_plain_line_ends(bytes: &[u8]) -> Vec<u8> {
    let is_half = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|at| !is_half(*at)).map(|at| bytes[at]).collect()
}

/// Semicolon where the first line has more of them than commas, as Excel writes where the comma is for decimals.
fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sought: u8| first.iter().filter(|byte| **byte == sought).count();
    [b',', b'\t', b';'].into_iter().max_by_key(|each| count(*each)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, file and title, or the line and why it cannot be read.
    type Seen = Result<(u64, String, String), (u64, &'static str)>;

    fn rows(index: &[u8]) -> Vec<Seen> {
        let mut index = Index::read(index).unwrap();
        let read = |row: Row| {
            let get = |column| row.get(column).unwrap_or_default().to_owned();
            (row.line, get(Column::File), get(Column::Title))
        };
        std::iter::from_fn(|| index.next())
            .map(|row| row.map(read).map_err(|(line, it)| (line, it.code)))
            .collect()
    }

    fn row(line: u64, file: &str, title: &str) -> Seen {
        Ok((line, file.into(), title.into()))
    }

    #[test]
    fn commas_semicolons_tabs_and_marks_read_alike() {
        for index in [
            "file,title\na.jpg,\"Sommer, 1994\"\n",
            "\u{feff}fil;titel\r\na.jpg;Sommer, 1994\r\n",
            "file\ttitle\na.jpg\tSommer, 1994",
        ] {
            assert_eq!(rows(index.as_bytes()), [row(2, "a.jpg", "Sommer, 1994")], "{index:?}");
        }
        assert_eq!(rows(b"sep=;\nfile;title\na.jpg;A\n"), [row(3, "a.jpg", "A")]);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_the_others_are_read() {
        let index = b"file,title\na.jpg,A\nb.jpg,B,,more\n\n,\nc.jpg,\"l\xe6s\"\nd.jpg\n";
        let read = rows(index);
        assert_eq!(
            read,
            [row(2, "a.jpg", "A"), Err((3, "columns")), Err((6, "not_utf8")), row(7, "d.jpg", "")]
        );
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing_in_silence() {
        let read = rows(b"file,title\na.jpg,A\nb.jpg,\"B\nc.jpg,C\n");
        assert_eq!(read, [row(2, "a.jpg", "A"), Err((3, "unclosed_quote"))]);
        // In the middle of a field it is only an inch.
        assert_eq!(rows(b"file,title\na.jpg,5\" diskette"), [row(2, "a.jpg", "5\" diskette")]);
    }

    #[test]
    fn what_is_no_index_is_refused_with_what_to_do() {
        assert!(Index::read(&b"\xff\xfef\0"[..]).err().unwrap().contains("UTF-8"));
        assert!(Index::read(&b"navn,dato\n"[..]).err().unwrap().contains("--template"));
        assert!(Index::read(&b""[..]).is_err());
        assert!(Index::read(&b"file,fil\n"[..]).is_err());
        assert_eq!(Index::read(&b"file,journalnr\n"[..]).ok().unwrap().unknown, ["journalnr"]);
    }

    #[test]
    fn a_huge_line_is_refused_and_the_next_is_read() {
        let index = format!("file,title\na.jpg,{}\nb.jpg,B\n", "x".repeat(LINE_BYTES + 1));
        assert_eq!(rows(index.as_bytes()), [Err((2, "line_too_long")), row(3, "b.jpg", "B")]);
    }
}
