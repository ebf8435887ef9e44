//! A page for the youngest: one picture and at most two sentences at a time, so that a page of the book becomes leaves to
//! turn.

use crate::book::{Body, Page, Picture};
use crate::readability::sentences;

/// So many sentences stand on a leaf.
const SENTENCES: usize = 2;

/// One picture, and the words under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// The picture; none where the page has none.
    pub picture: Option<&'a Picture>,
    /// At most two sentences; none under a picture that says enough.
    pub sentences: Vec<&'a str>,
}

/// The leaves of `page` in the order they are turned; at least one. Where there are more words than pictures, a picture
/// stays while the words go on.
pub fn leaves(page: &Page) -> Vec<Leaf<'_>> {
    let words: Vec<&str> = match &page.body {
        Body::Open { paragraphs, .. } => {
            paragraphs.iter().flat_map(|text| text.lines()).flat_map(sentences).collect()
        }
        Body::WithAdult { .. } | Body::HeldBack { .. } => Vec::new(),
    };
    let words: Vec<&[&str]> = words.chunks(SENTENCES).collect();
    let count = words.len().max(page.pictures.len()).max(1);
    let leaf = |at: usize| Leaf {
        picture: page.pictures.get(at * page.pictures.len() / count),
        sentences: words.get(at).map(|two| two.to_vec()).unwrap_or_default(),
    };
    (0..count).map(leaf).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::PageKind;

    fn page(text: &str, pictures: usize) -> Page {
        let picture = |at: usize| Picture { id: format!("p{at}"), alt: String::new(), width: 4, height: 3 };
        Page {
            id: "e".into(),
            kind: PageKind::Story,
            title: "Kalven".into(),
            body: Body::Open {
                paragraphs: text.split("\n\n").filter(|text| !text.is_empty()).map(str::to_owned).collect(),
                language: "da".into(),
                written_for: None,
                older_text_waits: false,
            },
            pictures: (0..pictures).map(picture).collect(),
            attachments: vec![],
            when: None,
            place: None,
            people: vec![],
            by: None,
            own: None,
            beside: None,
            asked_for: false,
            from: None,
            warnings: vec![],
        }
    }

    fn dealt(text: &str, pictures: usize) -> Vec<(Option<String>, String)> {
        let page = page(text, pictures);
        leaves(&page)
            .into_iter()
            .map(|leaf| (leaf.picture.map(|picture| picture.id.clone()), leaf.sentences.join(" ")))
            .collect()
    }

    #[test]
    fn two_sentences_stand_on_a_leaf_and_nothing_is_lost() {
        let leaves = dealt("Kalven var lille. Den ville ikke drikke.\n\nSå kom du! Du sang.\nDen drak.", 1);
        let p0 = || Some("p0".to_owned());
        assert_eq!(
            leaves,
            [
                (p0(), "Kalven var lille. Den ville ikke drikke.".into()),
                (p0(), "Så kom du! Du sang.".into()),
                (p0(), "Den drak.".into())
            ]
        );
    }

    #[test]
    fn every_picture_has_a_leaf_of_its_own() {
        let leaves = dealt("Her er kalven.", 3);
        let shown: Vec<_> = leaves.iter().map(|(picture, _)| picture.clone().unwrap_or_default()).collect();
        assert_eq!(shown, ["p0", "p1", "p2"]);
        assert_eq!(leaves.iter().filter(|(_, words)| words.is_empty()).count(), 2);
        let more = dealt("A er her. B er her. C er her. D er her. E er her. F er her. G er her.", 2);
        let shown: Vec<_> = more.iter().map(|(picture, _)| picture.clone().unwrap_or_default()).collect();
        assert_eq!(shown, ["p0", "p0", "p1", "p1"]);
    }

    #[test]
    fn a_page_of_nothing_or_that_waits_is_one_leaf() {
        assert_eq!(dealt("", 0), [(None, String::new())]);
        let waits =
            Page { body: Body::WithAdult { ask: "Karen".into() }, ..page("Hemmelig. Tekst. Her.", 0) };
        assert_eq!(leaves(&waits), [Leaf { picture: None, sentences: vec![] }]);
    }
}
