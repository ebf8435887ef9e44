use std::fmt;
use std::str::FromStr;

use crate::Error;

/// The number that the receiving archive gave to a delivery: `AVID.SA.17001` (4.B.4.a).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageId {
    archive: String,
    number: u32,
}

impl PackageId {
    /// The receiving archive, two to four letters: `SA` is the national archive.
    pub fn archive(&self) -> &str {
        &self.archive
    }

    /// The folder of the first medium, and here the only one.
    pub fn folder(&self) -> String {
        format!("{self}.1")
    }
}

impl fmt::Display for PackageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AVID.{}.{}", self.archive, self.number)
    }
}

impl FromStr for PackageId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| {
            Error::refused(
                "the id",
                "must be AVID, two to four capital letters and a number: AVID.SA.17001",
                "4.B.4.a",
            )
        })
    }
}

fn parse(text: &str) -> Option<PackageId> {
    let (archive, number) = text.strip_prefix("AVID.")?.split_once('.')?;
    let letters = archive.chars().all(|letter| letter.is_ascii_uppercase() || "ÆØÅ".contains(letter));
    let fits = letters && (2..=4).contains(&archive.chars().count());
    let digits = number.chars().all(|digit| digit.is_ascii_digit()) && !number.starts_with('0');
    (fits && digits).then_some(PackageId { archive: archive.to_owned(), number: number.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_folder() {
        let id: PackageId = "AVID.SA.17001".parse().unwrap();
        assert_eq!((id.archive(), id.folder().as_str()), ("SA", "AVID.SA.17001.1"));
        assert_eq!("AVID.ÅRH.3".parse::<PackageId>().unwrap().to_string(), "AVID.ÅRH.3");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "AVID.S.1",
            "AVID.SASAS.1",
            "AVID.sa.1",
            "AVID.SA.0",
            "AVID.SA.01",
            "AVID.SA.",
            "SA.1",
            "AVID.SA.1.1",
            "AVID.SA.+1",
        ] {
            assert!(text.parse::<PackageId>().is_err(), "{text}");
        }
    }
}
