//! A page that a brother or sister gave: its words and pictures, and nothing that tells where the giver lives or with whom.

use renderer::book::{Body, ChapterKind, Giver, Page, PageKind, Precision, When};

use super::order::Placed;
use super::{Loom, paragraphs};
use crate::app::danish_time;
use crate::db::entries::StoredEntry;
use crate::db::own_pages::StoredOwnPage;
use crate::domain::entry::EntryMedia;
use crate::domain::own_page::OwnPage;
use crate::gifts::{Content, Given, goes_along};

impl Loom<'_> {
    /// The page, among the family.
    pub(super) fn given(&self, given: &Given) -> Placed {
        let page = match &given.page {
            Content::Entry(stored) => self.given_entry(given, stored),
            Content::OwnPage(stored) => self.given_own_page(given, stored),
        };
        let at = given.gift.record.told_at;
        let day = page.when.map_or_else(|| danish_time(at).date(), |when| when.date);
        Placed { chapter: ChapterKind::Family, place: (day, at, given.gift.id), page }
    }

    fn given_entry(&self, given: &Given, stored: &StoredEntry) -> Page {
        let entry = &stored.entry;
        let when = When { date: entry.occurred_on, precision: entry.precision };
        let body = (self.text(stored), self.chosen_text(entry) == entry.texts.first());
        let page = self.page_from(given, entry.title.clone(), body, when, &entry.media);
        Page { kind: entry.kind, ..page }
    }

    fn given_own_page(&self, given: &Given, stored: &StoredOwnPage) -> Page {
        let OwnPage { title, text, language, media, made_at, .. } = &stored.page;
        let title = if title.is_empty() { given.from.name.clone() } else { title.clone() };
        let body = Body::Open {
            paragraphs: paragraphs(text),
            language: language.clone(),
            written_for: None,
            older_text_waits: false,
        };
        let when = When { date: danish_time(*made_at).date(), precision: Precision::Day };
        self.page_from(given, title, (body, true), when, media)
    }

    fn page_from(
        &self,
        given: &Given,
        title: String,
        (body, first_text): (Body, bool),
        when: When,
        media: &[EntryMedia],
    ) -> Page {
        let along = |file: &&EntryMedia| self.files.get(&file.id).is_some_and(goes_along);
        let media: Vec<EntryMedia> = media.iter().filter(along).cloned().collect();
        let (pictures, mut attachments) = self.files_on(&media, &title, first_text);
        for file in &mut attachments {
            // A telephone names a recording after the street it was made in.
            file.name.clone_from(&title);
        }
        Page {
            id: given.gift.id.to_string(),
            kind: PageKind::Statement,
            title,
            body,
            pictures,
            attachments,
            when: Some(when),
            place: None,
            people: Vec::new(),
            by: None,
            own: None,
            beside: None,
            asked_for: false,
            from: Some(Giver { title: given.from.title.clone(), name: given.from.name.clone() }),
            warnings: Vec::new(),
        }
    }
}
