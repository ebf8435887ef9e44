#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::design::{PAPER_HEIGHT, PAPER_WIDTH};
use super::sample::book;
use super::*;
use crate::book::{AgeBand, Body, Language};

fn laid_out(band: AgeBand, language: Language) -> Layout {
    layout(&book(band, language), &Fonts::load().expect("the fonts of the book"))
}

fn golden(name: &str, band: AgeBand, language: Language) {
    let dump = laid_out(band, language).dump();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, dump);
    });
}

#[test]
fn a_book_for_the_youngest() {
    golden("a_book_for_the_youngest", AgeBand::From3, Language::Da);
}

#[test]
fn a_book_for_first_readers() {
    golden("a_book_for_first_readers", AgeBand::From7, Language::Da);
}

#[test]
fn a_book_for_the_young() {
    golden("a_book_for_the_young", AgeBand::From13, Language::Da);
}

#[test]
fn a_book_for_the_grown_in_english() {
    golden("a_book_for_the_grown_in_english", AgeBand::Adult, Language::En);
}

#[test]
fn nothing_that_is_read_stands_outside_the_paper() {
    for band in AgeBand::ALL {
        for placed in laid_out(band, Language::Da).sheets.iter().flat_map(|sheet| &sheet.items) {
            match &placed.item {
                Item::Text { x, y, line, .. } => {
                    assert!(*x >= 40.0 && x + line.width <= PAPER_WIDTH - 40.0, "{band:?} {line:?}");
                    assert!(*y >= 40.0 && *y <= PAPER_HEIGHT - 40.0, "{band:?} {line:?}");
                }
                Item::Picture { window, .. } => {
                    assert!(window.x >= 0.0 && window.x + window.width <= PAPER_WIDTH + 0.1);
                    assert!(window.y >= 0.0 && window.y + window.height <= PAPER_HEIGHT);
                }
                Item::Box { .. } => {}
            }
        }
    }
}

#[test]
fn the_youngest_get_one_picture_a_sheet_and_large_letters() {
    let layout = laid_out(AgeBand::From3, Language::Da);
    for sheet in &layout.sheets {
        let pictures = sheet.items.iter().filter(|placed| matches!(placed.item, Item::Picture { .. }));
        assert!(pictures.count() <= 1);
    }
    assert!(layout.dump().contains("Andika 24"));
}

#[test]
fn the_contents_lead_to_the_sheets_they_name() {
    let layout = laid_out(AgeBand::From10, Language::Da);
    for link in layout.sheets.iter().flat_map(|sheet| &sheet.links) {
        let title = link.label.split(", side").next().unwrap();
        let mark = layout.bookmarks.iter().find(|mark| mark.title == title).unwrap();
        assert_eq!(mark.sheet, link.target);
        assert!(link.label.ends_with(&format!("side {}", link.target + 1)));
    }
    assert_eq!(layout.sheets[1].links.len(), 4);
}

#[test]
fn a_page_that_waits_tells_whom_to_ask_and_when_it_opens() {
    let dump = laid_out(AgeBand::From7, Language::Da).dump();
    for words in ["Denne side venter på dig.", "Du kan spørge Mette om den.", "14.\u{A0}marts 2035"] {
        assert!(dump.contains(words), "{words}");
    }
}

#[test]
fn a_long_story_goes_on_overleaf_and_keeps_every_word() {
    let mut long = book(AgeBand::From16, Language::Da);
    let story = "Bedstefar fortalte om dengang vandet stod helt op til hoveddøren. ".repeat(120);
    let body = &mut long.chapters[2].pages[0].body;
    *body = Body::Open {
        paragraphs: vec![story.clone(); 3],
        language: "da".into(),
        written_for: None,
        older_text_waits: false,
    };
    let layout = layout(&long, &Fonts::load().expect("the fonts of the book"));
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let told: usize = layout
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.items)
        .filter(|placed| placed.node.is_some_and(|node| layout.structure.nodes[node].role == Role::P))
        .filter_map(|placed| match &placed.item {
            Item::Text { line, size, .. } if *size == 12.0 => Some(line),
            _ => None,
        })
        .flat_map(|line| &line.runs)
        .map(|run| words(&run.text()))
        .sum();
    assert!(told >= 3 * words(&story));
}

#[test]
fn an_empty_book_still_has_a_cover_and_a_last_sheet() {
    let mut empty = book(AgeBand::Adult, Language::En);
    empty.chapters.clear();
    empty.cover = None;
    let layout = layout(&empty, &Fonts::load().expect("the fonts of the book"));
    assert_eq!(layout.sheets.len(), 3);
}
