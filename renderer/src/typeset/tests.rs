#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::lines::Hyphenation;
use super::*;

fn fonts() -> Fonts {
    Fonts::load().expect("the fonts of the book")
}

fn set(text: &str, width: f32, hyphenate: bool) -> Vec<Line> {
    let fonts = fonts();
    let setting =
        Setting { face: Face::Serif, size: 12.0, width, language: Some(Hyphenation::Danish), hyphenate };
    break_lines(&clean(text, &fonts), setting, &fonts)
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| line.runs.iter().map(Run::text).collect()).collect()
}

const STORY: &str = "Du kom til Karen og Ib en regnvejrsdag i august. Du havde en blå rygsæk med og en bamse, \
                     der hed Viggo. Ib havde lavet pandekager, og hunden lagde sig ved dine fødder under bordet.";

#[test]
fn no_line_is_wider_than_its_column() {
    for width in [60.0, 120.0, 240.0, 420.0] {
        for hyphenate in [false, true] {
            let lines = set(STORY, width, hyphenate);
            assert!(lines.iter().all(|line| line.width <= width), "{width}");
            let all = texts(&lines).join(" ");
            if !hyphenate && width > 100.0 {
                assert_eq!(all, STORY, "every word is there, in order");
            }
        }
    }
}

#[test]
fn danish_words_are_cut_where_danish_cuts_them() {
    let lines = texts(&set("anbringelsessted børnehaveklasse familieplejekonsulent", 90.0, true));
    assert_eq!(lines, ["anbringelses-", "sted børneha-", "veklasse fami-", "lieplejekonsu-", "lent"]);
}

#[test]
fn a_word_wider_than_the_line_does_not_run_off_the_paper() {
    let lines = set(&"Åhhhh".repeat(40), 120.0, false);
    assert!(lines.len() > 4);
    assert!(lines.iter().all(|line| line.width <= 120.0));
}

#[test]
fn danish_and_greenlandic_letters_have_glyphs_in_every_reading_face() {
    let fonts = fonts();
    let letters = "abcæøåÆØÅĸéüŋ„“”»«–—…’½";
    for face in [Face::Reading, Face::ReadingBold, Face::Serif, Face::SerifItalic, Face::Title] {
        let runs = shape_line(letters, face, &fonts);
        assert_eq!(runs.len(), 1, "{face:?} needs no other face");
        assert!(runs[0].glyphs.iter().all(|glyph| glyph.id != 0));
        assert_eq!(runs[0].text(), letters);
    }
}

#[test]
fn emoji_come_from_their_own_face_and_the_unknown_is_a_box() {
    let fonts = fonts();
    let cleaned = clean("Hej 🐶👨‍👩‍👧\u{202E} \u{0}漢 ❤️", &fonts);
    assert_eq!(cleaned, "Hej 🐶👨‍👩‍👧 □ ❤️");
    let runs = shape_line(&cleaned, Face::Reading, &fonts);
    assert!(
        runs.iter().all(|run| run.glyphs.iter().all(|glyph| glyph.id != 0)),
        "no empty boxes by accident"
    );
    assert!(runs.iter().any(|run| run.face == Face::Emoji && run.text().contains('🐶')));
}

#[test]
fn a_paragraph_does_not_end_on_a_lonely_word_if_it_can_be_helped() {
    let lines = set(STORY, 300.0, false);
    let last = lines.last().expect("lines");
    assert!(last.width > 45.0, "{:?}", texts(&lines));
}
