//! Ids and names as types: parsed at the edge, so that nothing personal and no path trick gets further.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::Digest;
use crate::error::{Error, Result};

/// The random id of one sealed object; `urn:uuid:<id>` in the inventory. The caller draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ObjectId(pub Uuid);

/// The random id of a group of keys. Destroying a group's key closes every object of the group at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub Uuid);

impl ObjectId {
    /// The OCFL object id.
    pub fn urn(&self) -> String {
        format!("urn:uuid:{}", self.0)
    }

    /// Reads `urn:uuid:<id>` in its one spelling.
    pub(crate) fn from_urn(urn: &str) -> Option<Self> {
        let id = urn.strip_prefix("urn:uuid:")?.parse().ok()?;
        (Self(id).urn() == urn).then_some(Self(id))
    }

    /// The object's directory under the storage root (extension 0004: sha256, two tuples of two characters).
    pub fn directory(&self) -> String {
        let hex = Digest::of(self.urn()).to_string();
        format!("{}/{}/{hex}", &hex[..2], &hex[2..4])
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The retention class of a version, in the clear in its inventory so that locks can be extended without keys.
/// Lower-case letters, digits and `_`, at most 40 characters, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RetentionClass(String);

impl RetentionClass {
    /// The class's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RetentionClass {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
        if !starts_well || name.len() > 40 || !name.chars().all(letters) {
            return Err(Error::Invalid("a retention class is lower-case letters, digits and '_'"));
        }
        Ok(Self(name.to_owned()))
    }
}

impl TryFrom<String> for RetentionClass {
    type Error = Error;

    fn try_from(name: String) -> Result<Self> {
        name.parse()
    }
}

impl From<RetentionClass> for String {
    fn from(class: RetentionClass) -> Self {
        class.0
    }
}

impl fmt::Display for RetentionClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a file inside an object, such as `entry.json.age`. It says what kind of file it is and nothing else.
/// Refused: anything but lower-case letters, digits, `.`, `-` and `_`, more than 60 characters, no ending `.age`.
pub(crate) fn check_logical_name(name: &str) -> Result<()> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    let well_formed = name.len() <= 60 && name.starts_with(|c: char| c.is_ascii_lowercase());
    if well_formed && name.ends_with(".age") && !name.contains("..") && name.chars().all(letters) {
        return Ok(());
    }
    Err(Error::Invalid("a file's name is lower-case letters, digits, '.', '-', '_' and ends in .age"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_lies_where_extension_0004_says() {
        // The digest was computed with `printf %s urn:uuid:... | sha256sum`.
        let object = ObjectId(Uuid::from_u128(1));
        let hex = Digest::of("urn:uuid:00000000-0000-0000-0000-000000000001").to_string();
        assert_eq!(object.directory(), format!("{}/{}/{hex}", &hex[0..2], &hex[2..4]));
        assert_eq!(ObjectId::from_urn(&object.urn()), Some(object));
        assert_eq!(ObjectId::from_urn("urn:uuid:00000000000000000000000000000001"), None);
    }

    #[test]
    fn names_that_could_leave_the_object_or_tell_something_are_refused() {
        for bad in ["", ".age", "../x.age", "a/b.age", "Ida.age", "photo.jpg", "a..age", "x\0.age", "æ.age"]
        {
            assert!(check_logical_name(bad).is_err(), "{bad:?}");
        }
        assert!(check_logical_name("entry.json.age").is_ok());
    }

    #[test]
    fn a_retention_class_is_a_plain_word() {
        for bad in ["", "Book", "1st", "a b", "a;b", "a=b", "æ"] {
            assert!(bad.parse::<RetentionClass>().is_err(), "{bad:?}");
        }
        assert_eq!("book_entry".parse::<RetentionClass>().unwrap().as_str(), "book_entry");
    }
}
