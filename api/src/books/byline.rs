//! Who wrote a page, and from where they knew it.

use renderer::book::{AgeBand, Byline, Language};

use super::Loom;
use crate::db::entries::StoredEntry;
use crate::domain::entry::{Basis, Imported, Stance};

impl Loom<'_> {
    /// `author`, and who corrected the page if it was somebody else.
    fn writers(&self, author: &str, stored: &StoredEntry) -> String {
        match (stored.written_by.filter(|by| *by != stored.entry.author), self.language) {
            (Some(corrector), Language::Da) => format!("{author} (rettet af {})", self.name(corrector)),
            (Some(corrector), Language::En) => format!("{author} (corrected by {})", self.name(corrector)),
            (None, _) => author.to_owned(),
        }
    }

    fn stance(&self, stance: Stance) -> &'static str {
        match (stance, self.language) {
            (Stance::Observation, Language::Da) => "iagttagelse",
            (Stance::Assessment, Language::Da) => "vurdering",
            (Stance::Observation, Language::En) => "observation",
            (Stance::Assessment, Language::En) => "assessment",
        }
    }

    pub(super) fn byline(&self, stored: &StoredEntry) -> Option<Byline> {
        let entry = &stored.entry;
        if let Some(imported) = &entry.imported {
            return self.old_byline(stored, imported);
        }
        Some(Byline {
            name: self.writers(&self.name(entry.author), stored),
            role: entry.author_title.clone(),
            written_on: Some(crate::app::danish_time(entry.written_at).date()),
            basis: self.basis(entry.basis).map(str::to_owned),
            stance: entry.stance.map(|stance| self.stance(stance).to_owned()),
            purpose: entry.purpose.clone(),
            is_child: self.subjects.contains(&entry.author),
        })
    }

    /// What is known of who wrote an old paper. Where nobody knows, the young are not told of it, and the older ones are.
    fn old_byline(&self, stored: &StoredEntry, imported: &Imported) -> Option<Byline> {
        let entry = &stored.entry;
        let unknown = match self.language {
            Language::Da => "ukendt",
            Language::En => "unknown",
        };
        let author = imported.author.as_deref().or((self.band >= AgeBand::From13).then_some(unknown))?;
        let giver = self.name(entry.author);
        let mut basis = match (self.basis(entry.basis), self.language) {
            (Some(basis), Language::Da) => format!("{basis}; lagt ind fra gamle papirer af {giver}"),
            (Some(basis), Language::En) => format!("{basis}; taken in from old papers by {giver}"),
            (None, Language::Da) => format!("lagt ind fra gamle papirer af {giver}"),
            (None, Language::En) => format!("taken in from old papers by {giver}"),
        };
        if let Some(source) = &imported.source {
            basis += &format!(" ({source})");
        }
        Some(Byline {
            name: self.writers(author, stored),
            role: imported.role.clone().unwrap_or_default(),
            written_on: None,
            basis: Some(basis),
            stance: entry.stance.map(|stance| self.stance(stance).to_owned()),
            purpose: entry.purpose.clone(),
            is_child: false,
        })
    }

    fn basis(&self, basis: Option<Basis>) -> Option<&'static str> {
        Some(match (basis?, self.language) {
            (Basis::Seen, Language::Da) => "set",
            (Basis::Heard, Language::Da) => "hørt",
            (Basis::Read, Language::Da) => "læst",
            (Basis::Seen, Language::En) => "seen",
            (Basis::Heard, Language::En) => "heard",
            (Basis::Read, Language::En) => "read",
        })
    }
}
