//! The cloth a book is bound in.

use serde::{Deserialize, Serialize};

/// A colour of binding cloth, chosen by the child. All are dark enough for light letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cloth {
    /// The green of deep water; what a book is bound in until somebody chooses.
    #[default]
    Sea,
    /// Forest green.
    Forest,
    /// The blue of an evening sky.
    Sky,
    /// Plum.
    Plum,
    /// The red of ripe berries.
    Berry,
    /// Rust.
    Rust,
    /// Dark honey.
    Honey,
    /// Night.
    Night,
}

impl Cloth {
    /// All of them, the first one first.
    pub const ALL: [Self; 8] =
        [Self::Sea, Self::Forest, Self::Sky, Self::Plum, Self::Berry, Self::Rust, Self::Honey, Self::Night];

    /// The name used in the API, in sealed documents and in the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::Forest => "forest",
            Self::Sky => "sky",
            Self::Plum => "plum",
            Self::Berry => "berry",
            Self::Rust => "rust",
            Self::Honey => "honey",
            Self::Night => "night",
        }
    }

    /// The inverse of [`Cloth::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloth| cloth.as_str() == name)
    }

    /// sRGB, for example `0x24484A`; `book.css` has the same.
    pub fn colour(self) -> u32 {
        match self {
            Self::Sea => 0x24_48_4A,
            Self::Forest => 0x2F_4D_2C,
            Self::Sky => 0x23_45_6B,
            Self::Plum => 0x4B_2F_57,
            Self::Berry => 0x7A_26_38,
            Self::Rust => 0x7D_3F_1C,
            Self::Honey => 0x66_4E_12,
            Self::Night => 0x2B_2A_3D,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let sheet = include_str!("../../../web/assets/book.css");
        for cloth in Cloth::ALL {
            let rule = format!("[data-cloth=\"{}\"] {{ --cloth: #{:06x};", cloth.as_str(), cloth.colour());
            assert!(sheet.contains(&rule), "{rule}");
            assert_eq!(Cloth::parse(cloth.as_str()), Some(cloth));
        }
    }
}
