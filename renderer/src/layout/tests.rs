#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::dump::{Layout, layout};
use super::sample::{book, goals, with_lives};
use super::*;
use crate::book::{AgeBand, Body, Chapter, ChapterKind, Form, Language, Picture};

fn laid_out(band: AgeBand, language: Language) -> Layout {
    on(&book(band, language), Paper::default())
}

fn on(book: &Book, paper: Paper) -> Layout {
    layout(book, &Fonts::load().expect("the fonts of the book"), paper)
}

fn papers() -> impl Iterator<Item = Paper> {
    Size::ALL.into_iter().flat_map(|size| [false, true].map(|bleed| Paper { size, bleed }))
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

/// Words and pictures that nobody foresaw.
fn unruly(band: AgeBand) -> Book {
    let mut book = with_lives(band, Language::Da);
    for chapter in &mut book.chapters {
        match &mut chapter.form {
            Some(Form::People(people)) => {
                *people = people.iter().cycle().take(60).cloned().collect();
                people[0].name = "Åh".repeat(100);
                people[1].words = Some("Bedstefar fortalte om dengang vandet stod helt op. ".repeat(4));
            }
            Some(Form::Line(stops)) => *stops = stops.iter().cycle().take(40).cloned().collect(),
            Some(Form::Goals(goals)) => *goals = goals.iter().cycle().take(60).cloned().collect(),
            None => {}
        }
    }
    let chapter = &mut book.chapters[0];
    let picture = chapter.pages[0].pictures[0].clone();
    let of = |width, height| Picture { width, height, ..picture.clone() };
    let page = &mut chapter.pages[0];
    page.title = "Den dag vi alle sammen kørte helt ud til fyret ved enden af vejen og hjem igen ".repeat(3);
    page.people = vec!["Marie-Louise Vestergaard Kristoffersen".into(); 12];
    page.pictures = (0..23).map(|at| of(1 + at * 400, 9200 - at * 400)).collect();
    let story = "Bedstefar fortalte om dengang vandet stod helt op til hoveddøren. ".repeat(60);
    let body = |paragraphs| Body::Open {
        paragraphs,
        language: "da".into(),
        written_for: None,
        older_text_waits: false,
    };
    let page = &mut chapter.pages[1];
    (page.title, page.body) =
        (String::new(), body(vec![story.clone(), String::new(), "Åh".repeat(300), story]));
    page.pictures = vec![of(10_000, 1), of(1, 10_000), of(0, 0)];
    let page = &mut chapter.pages[2];
    (page.title, page.body, page.by) = (String::new(), body(Vec::new()), None);
    book
}

#[test]
fn nothing_that_is_read_stands_where_the_knife_may_cut() {
    const SAFE: f32 = 18.0;
    let books = AgeBand::ALL.into_iter().flat_map(|band| [book(band, Language::Da), unruly(band)]);
    for (book, paper) in books.flat_map(|book| papers().map(move |paper| (book.clone(), paper))) {
        let layout = on(&book, paper);
        assert!(layout.sheets.len().is_multiple_of(2), "{:?} {paper:?} can be bound", book.band);
        for placed in layout.sheets.iter().flat_map(|sheet| &sheet.items) {
            if let Item::Text { x, y, line, .. } = &placed.item {
                let place = (book.band, paper, x, y, line.runs.first().map(crate::typeset::Run::text));
                assert!(*x >= SAFE && x + line.width <= paper.width() - SAFE, "{place:?}");
                assert!(*y >= SAFE && *y <= paper.height() - SAFE, "{place:?}");
            }
        }
    }
}

#[test]
fn what_reaches_the_edge_of_the_book_reaches_as_far_as_is_printed() {
    for (band, size) in AgeBand::ALL.into_iter().flat_map(|band| Size::ALL.map(|size| (band, size))) {
        let paper = Paper { size, bleed: true };
        let (width, height, bleed) = (paper.width(), paper.height(), paper.bleed());
        let mut at_edges = 0;
        for placed in on(&book(band, Language::Da), paper).sheets.iter().flat_map(|sheet| &sheet.items) {
            let (Item::Picture { window: area, .. } | Item::Box { area, radius: 0.0, .. }) = &placed.item
            else {
                continue;
            };
            // An edge lies well inside the book or where printing ends, never where the knife goes.
            let ends = [area.x, area.y, width - area.x - area.width, height - area.y - area.height];
            for end in ends {
                assert!(end > 1.0 || (end + bleed).abs() < 0.1, "{band:?} {size:?} {area:?}");
                at_edges += usize::from(end < 0.0);
            }
        }
        assert!(at_edges > 0);
    }
}

#[test]
fn bleed_moves_nothing() {
    for size in Size::ALL {
        let [plain, bled] = [false, true].map(|bleed| {
            let layout = on(&book(AgeBand::From7, Language::Da), Paper { size, bleed });
            let texts: Vec<Item> =
                layout.sheets.into_iter().flat_map(|sheet| sheet.items).map(|it| it.item).collect();
            texts.into_iter().filter(|item| matches!(item, Item::Text { .. })).collect::<Vec<_>>()
        });
        assert_eq!(plain, bled);
    }
}

#[test]
fn a_picture_is_never_seen_twice_in_a_page_nor_left_out() {
    for band in AgeBand::ALL {
        let layout = laid_out(band, Language::Da);
        let shown =
            layout.sheets.iter().flat_map(|sheet| &sheet.items).filter_map(|placed| match &placed.item {
                Item::Picture { id, .. } => Some(id.as_str()),
                _ => None,
            });
        let mut shown: Vec<&str> = shown.collect();
        shown.sort_unstable();
        // The cover's picture is one of a page's.
        assert_eq!(shown, ["blad", "blomst", "hav", "hav", "sti"], "{band:?}");
    }
}

#[test]
fn for_the_youngest_no_sheet_is_bare() {
    let layout = laid_out(AgeBand::From3, Language::Da);
    for (number, sheet) in layout.sheets.iter().enumerate() {
        let drawn = sheet.items.iter().any(|placed| !matches!(placed.item, Item::Text { .. }));
        assert!(drawn, "sheet {}", number + 1);
    }
}

#[test]
fn the_youngest_get_one_picture_a_sheet_and_large_letters() {
    let layout = laid_out(AgeBand::From3, Language::Da);
    for sheet in &layout.sheets {
        let pictures = sheet.items.iter().filter(|placed| matches!(placed.item, Item::Picture { .. }));
        assert!(pictures.count() <= 1);
    }
    assert!(layout.dump().contains("Andika 27"));
}

#[test]
fn the_contents_lead_to_the_sheets_they_name() {
    let layout = laid_out(AgeBand::From10, Language::Da);
    for link in layout.sheets.iter().flat_map(|sheet| &sheet.links) {
        let title = link.label.split(", side").next().unwrap();
        let mark = layout.structure.bookmarks.iter().find(|mark| mark.title == title).unwrap();
        assert_eq!(mark.sheet, link.target);
        assert!(link.label.ends_with(&format!("side {}", link.target + 1)));
    }
    assert_eq!(layout.sheets[2].links.len(), 4);
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
    let layout = on(&long, Paper::default());
    let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let told: usize = layout
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.items)
        .filter(|placed| placed.node.is_some_and(|node| layout.structure[node].role == Role::P))
        .filter_map(|placed| match &placed.item {
            Item::Text { line, size, .. } if *size == 13.0 => Some(line),
            _ => None,
        })
        .flat_map(|line| &line.runs)
        .map(|run| words(&run.text()))
        .sum();
    assert!(told >= 3 * words(&story));
}

#[test]
fn the_people_and_the_homes_are_told_on_sheets_of_their_own() {
    let layout = on(&with_lives(AgeBand::From7, Language::Da), Paper::default());
    let dump = layout.dump();
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("people_and_homes", dump[dump.find("sheet 11\n").unwrap_or_default()..]);
    });
    for words in ["Mormor Asta", "Døde i 2019", "Var der før", "Her ved vi ikke nok endnu", "Siden 2022"] {
        assert!(dump.contains(words), "{words}");
    }
    let alt = layout.structure.nodes.iter().any(|node| node.alt.as_deref() == Some("Mormor Asta"));
    assert!(alt, "her picture is told to those who cannot see it");
}

#[test]
fn the_childs_goals_are_told_with_a_box_that_is_ticked_when_it_was_reached() {
    let mut book = book(AgeBand::From7, Language::Da);
    let without = on(&book, Paper::default()).dump();
    let plan = Chapter { kind: ChapterKind::Plan, form: Some(goals()), pages: Vec::new() };
    book.chapters.push(plan);
    let dump = on(&book, Paper::default()).dump();
    for words in ["Jeg vil kunne svømme", "Birgit: Jeg kører dig", "Gjort", "Nået 3. maj 2026"] {
        assert!(dump.contains(words) && !without.contains(words), "{words}\n{dump}");
    }
}

#[test]
fn a_chapter_without_pages_is_left_out_and_the_contents_keep_their_drawings() {
    let mut book = book(AgeBand::From7, Language::Da);
    book.chapters[0].pages.clear();
    let layout = on(&book, Paper::default());
    assert_eq!(layout.structure.bookmarks.len(), 4);
    assert!(!layout.dump().contains(book.chapters[0].kind.title(Language::Da)));
}

#[test]
fn an_empty_book_still_has_a_cover_and_a_last_sheet() {
    let mut empty = book(AgeBand::Adult, Language::En);
    empty.chapters.clear();
    empty.cover = None;
    let layout = on(&empty, Paper::default());
    assert_eq!(layout.sheets.len(), 4);
}
