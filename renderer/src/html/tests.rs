#![allow(clippy::unwrap_used, clippy::expect_used)]

mod simple_words;

use std::collections::BTreeSet;

use super::samples::{Sampled, book, frame};
use super::*;
use crate::book::{AgeBand, Book, ChapterKind};

/// Every sample of every page, in both languages, signed in and not.
fn all() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    each::<WayIn>(&mut pages);
    each::<SignIn>(&mut pages);
    each::<Logins>(&mut pages);
    each::<SignedOut>(&mut pages);
    each::<Shelf>(&mut pages);
    each::<Help>(&mut pages);
    each::<Problem>(&mut pages);
    each::<Cover>(&mut pages);
    each::<ChapterView>(&mut pages);
    each::<PageView>(&mut pages);
    each::<WhoRead>(&mut pages);
    each::<Rights>(&mut pages);
    each::<OldWords>(&mut pages);
    each::<Offline>(&mut pages);
    each::<NoLine>(&mut pages);
    each::<LookForm>(&mut pages);
    each::<ArrangeCover>(&mut pages);
    each::<OwnPages>(&mut pages);
    each::<OwnPageForm>(&mut pages);
    each::<Owner>(&mut pages);
    each::<Leaving>(&mut pages);
    each::<TakenOut>(&mut pages);
    each::<Covered>(&mut pages);
    each::<Losses>(&mut pages);
    each::<Helper>(&mut pages);
    each::<Forewarned>(&mut pages);
    each::<WarningForm>(&mut pages);
    each::<CoverForm>(&mut pages);
    each::<Misfiled>(&mut pages);
    each::<AskToStay>(&mut pages);
    each::<TellLife>(&mut pages);
    each::<Gifts>(&mut pages);
    each::<Goals>(&mut pages);
    each::<GivePage>(&mut pages);
    each::<Siblings>(&mut pages);
    each::<LookAheadForm>(&mut pages);
    each::<MyAdults>(&mut pages);
    each::<Meetings>(&mut pages);
    each::<TalkForm>(&mut pages);
    each::<Talks>(&mut pages);
    each::<LiftHold>(&mut pages);
    each::<Editions>(&mut pages);
    each::<Overview>(&mut pages);
    each::<ArchiveHome>(&mut pages);
    each::<FindBook>(&mut pages);
    each::<Elsewhere>(&mut pages);
    each::<ClaimPage>(&mut pages);
    each::<ClaimDesk>(&mut pages);
    each::<AskArchive>(&mut pages);
    each::<RequestDesk>(&mut pages);
    each::<RequestView>(&mut pages);
    each::<Contribute>(&mut pages);
    each::<RegisteredChild>(&mut pages);
    each::<NewChild>(&mut pages);
    each::<Adults>(&mut pages);
    each::<HandedOver>(&mut pages);
    each::<PressPictures>(&mut pages);
    each::<WhoseDevice>(&mut pages);
    each::<Devices>(&mut pages);
    each::<ReadForTwo>(&mut pages);
    pages
}

fn each<P: Sampled>(pages: &mut Vec<(String, String)>) {
    for (name, page) in P::samples() {
        for language in [Language::Da, Language::En] {
            for signed_in in [true, false] {
                let frame = frame(language, signed_in);
                let html =
                    render(&page, &frame).unwrap_or_else(|error| panic!("{} {name}: {error:?}", P::TEMPLATE));
                assert_eq!(
                    html,
                    render(&page, &frame).unwrap(),
                    "{} {name} differs the second time",
                    P::TEMPLATE
                );
                pages.push((format!("{} {name} {language:?} {signed_in}", P::TEMPLATE), html));
            }
        }
    }
}

#[test]
fn every_sample_of_every_page_renders_the_same_twice() {
    let rendered: BTreeSet<String> =
        all().iter().map(|(name, _)| name.split(' ').next().unwrap().to_owned()).collect();
    let whole: BTreeSet<String> = web::templates()
        .filter(|(_, source)| source.contains("extends \"base.html\""))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(rendered, whole, "a template without a sample");
}

#[test]
fn what_people_write_never_becomes_markup() {
    for (name, html) in all() {
        for markup in ["<b>", "<i>bog", "<i>\"", "<script>", "alert(1)</script"] {
            assert!(!html.contains(markup), "{name} lets {markup} through");
        }
    }
}

#[test]
fn every_page_has_a_language_one_title_one_heading_and_one_main() {
    for (name, html) in all() {
        assert!(html.starts_with("<!doctype html>"), "{name}");
        for (piece, times) in
            [("<html lang=\"", 1), ("<title>", 1), ("<h1", 1), ("<main", 1), ("class=\"skip\"", 1)]
        {
            assert_eq!(html.matches(piece).count(), times, "{name}: {piece}");
        }
    }
}

#[test]
fn every_file_a_page_asks_for_is_served() {
    for (name, html) in all() {
        for part in html.split("\"/web/").skip(1) {
            let address = part.split('"').next().unwrap();
            let (path, version) = address.split_once("?v=").unwrap();
            assert_eq!(web::asset(path).map(|asset| asset.etag.as_str()), Some(version), "{name}: {address}");
        }
    }
}

#[test]
fn ids_on_a_page_are_its_own() {
    for (name, html) in all() {
        let ids: Vec<&str> =
            html.split(" id=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{name}: {ids:?}");
    }
}

#[test]
fn every_control_has_its_label() {
    for (name, html) in all() {
        let fors: BTreeSet<&str> =
            html.split("<label for=\"").skip(1).map(|p| p.split('"').next().unwrap()).collect();
        for id in fors {
            assert!(html.contains(&format!(" id=\"{id}\"")), "{name}: a label for {id}");
        }
    }
}

#[test]
fn a_held_back_page_tells_that_it_waits_and_whom_to_ask() {
    let view = PageView::new(&book(AgeBand::From7, Language::Da), &Reading::default(), "e9", 0).unwrap();
    let html = render(&view, &frame(Language::Da, true)).unwrap();
    for words in ["Den er ikke væk", "Mette Lund", "1. marts 2027", "14. maj 2035", "/hjaelp"] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn pages_turn_over_the_edge_of_a_chapter_and_end_at_the_cover() {
    let book = book(AgeBand::From7, Language::Da);
    let turn = |id: &str, age| {
        let reading = Reading { age, ..Reading::default() };
        render(&PageView::new(&book, &reading, id, 0).unwrap(), &frame(Language::Da, true)).unwrap()
    };
    assert!(turn("e3", None).contains("rel=\"next\" href=\"/bog/b1/side/e10\""));
    assert!(turn("e1", None).contains("rel=\"prev\" href=\"/bog/b1\""));
    assert!(!turn("e19", None).contains("rel=\"next\""));
    assert!(turn("e3", Some(4)).contains("rel=\"next\" href=\"/bog/b1/side/e10?age=4\""));
}

#[test]
fn the_youngest_turn_leaves_before_they_turn_the_page() {
    let book = book(AgeBand::From3, Language::Da);
    let reading = Reading { age: Some(4), ..Reading::default() };
    let at = |id: &str, leaf| {
        render(&PageView::new(&book, &reading, id, leaf).unwrap(), &frame(Language::Da, true)).unwrap()
    };
    let (first, second) = (at("e1", 0), at("e1", 1));
    assert!(first.contains("I dag plukkede") && !first.contains("Bagefter"), "two sentences");
    assert!(second.contains("Bagefter") && !second.contains("I dag plukkede"));
    assert!(first.contains("rel=\"next\" href=\"/bog/b1/side/e1?age=4&amp;blad=2\""), "{first}");
    assert!(second.contains("rel=\"prev\" href=\"/bog/b1/side/e1?age=4\""));
    assert!(second.contains("rel=\"next\" href=\"/bog/b1/side/e2?age=4\""));
    assert!(at("e2", 0).contains("rel=\"prev\" href=\"/bog/b1/side/e1?age=4&amp;blad=2\""));
    assert_eq!(at("e1", 99), second, "a leaf that is gone is the last one");
    assert!(!first.contains("Karen fortæller") && second.contains("Karen fortæller"));
    for html in [first, second] {
        assert_eq!(html.matches("<a class=\"leaf-picture").count(), 1, "one picture");
        assert!(html.contains("by-drawing") && !html.contains("class=\"facts\""));
    }
}

#[test]
fn a_chapter_of_one_page_leads_straight_to_it_and_no_tile_repeats_the_cover() {
    let mut book = book(AgeBand::From7, Language::Da);
    // What comes first in the chapter is the cover's own picture.
    book.chapters[0].pages[0].pictures.clear();
    let reading = Reading { continue_at: Some("e5".into()), ..Reading::default() };
    let html = render(&Cover::new(&book, &reading), &frame(Language::Da, true)).unwrap();
    assert!(html.contains("href=\"/bog/b1/side/e10\"") && html.contains("href=\"/bog/b1/kapitel/me-now\""));
    let (cover, rest) = html.split_once("class=\"chapters\"").unwrap();
    assert!(cover.contains("/media/p2/") && !rest.contains("/media/p2/"));
    let tile = rest.split("</li>").next().unwrap();
    assert!(tile.contains("data-chapter=\"me-now\"") && tile.contains("/media/p3/"), "{tile}");
    assert!(cover.contains("class=\"go-on\" href=\"/bog/b1/side/e5\"") && cover.contains("/media/p3/"));
}

#[test]
fn a_hard_word_has_a_bubble_for_the_young_and_none_for_the_grown() {
    let with = |band| {
        let mut book = book(band, Language::Da);
        if let crate::book::Body::Open { paragraphs, .. } = &mut book.chapters[0].pages[0].body {
            paragraphs[0] = "Der er samvær på lørdag.".into();
        }
        let page = PageView::new(&book, &Reading::default(), "e1", 0).unwrap();
        render(&page, &frame(Language::Da, true)).unwrap()
    };
    let young = with(AgeBand::From7);
    assert!(young.contains("popovertarget=\"ord-1-1\">samvær</button> på lørdag."), "{young}");
    assert!(young.contains("popover id=\"ord-1-1\""));
    assert!(!with(AgeBand::Adult).contains("popover"));
}

#[test]
fn where_a_text_comes_from_is_seen_from_thirteen_on() {
    let show = |band| {
        let page = PageView::new(&book(band, Language::Da), &Reading::default(), "e1", 0).unwrap();
        render(&page, &frame(Language::Da, true)).unwrap()
    };
    for band in [AgeBand::From13, AgeBand::From16, AgeBand::Adult] {
        let html = show(band);
        for words in ["Karen Holm", "plejemor", "set", "iagttagelse", "Så Alma kan huske det"] {
            assert!(html.contains(words), "{words} at {}", band.as_str());
        }
    }
    assert!(!show(AgeBand::From7).contains("iagttagelse"));
}

#[test]
fn a_page_looks_as_its_reader_wants() {
    let look = Look { contrast: true, easy_type: true, calm: true, large: true, theme: Theme::Dark };
    let of = |look| {
        let frame = Frame { look, ..frame(Language::Da, true) };
        render(&LookForm { back_to: String::new() }, &frame).unwrap()
    };
    let html = of(look);
    let marks =
        ["data-theme=\"dark\"", "data-contrast=\"high\"", "data-type=\"easy\"", "data-calm", "dir=\"ltr\""];
    for mark in marks {
        assert!(html.split("<head>").next().unwrap().contains(mark), "{mark}");
    }
    assert_eq!(html.matches(" checked").count(), 5);
    assert!(html.contains("dark.css") && !html.contains("prefers-color-scheme"));
    assert!(!of(Look { theme: Theme::Light, ..look }).contains("dark.css"));
    assert!(of(Look::default()).contains("media=\"(prefers-color-scheme: dark)\""));
}

#[test]
fn what_is_not_in_the_book_has_no_page() {
    let book = book(AgeBand::From7, Language::Da);
    assert!(PageView::new(&book, &Reading::default(), "e99", 0).is_none());
    let without = Book { chapters: vec![], ..book };
    assert!(ChapterView::new(&without, &Reading::default(), ChapterKind::MeNow, 0).is_none());
}

#[test]
fn only_adults_see_the_bar_and_only_those_who_may_see_originals() {
    let book = book(AgeBand::From7, Language::Da);
    let show = |reading: &Reading| {
        render(&PageView::new(&book, reading, "e1", 0).unwrap(), &frame(Language::Da, true)).unwrap()
    };
    let child = show(&Reading::default());
    assert!(!child.contains("adult-bar") && !child.contains("/original") && !child.contains("/receipt"));
    let adult = show(&Reading { adult: true, may_fetch_originals: true, ..Reading::default() });
    assert!(adult.contains("adult-bar") && adult.contains("/api/v1/media/p1/original"));
    assert!(adult.contains("/bog/b1/side/e1?age=13"));
}

#[test]
fn a_picture_names_each_width_once_and_never_grows() {
    let of = |width, height| {
        PictureView::new(&crate::book::Picture { id: "p".into(), alt: String::new(), width, height })
    };
    let large = of(4032, 3024);
    assert_eq!((large.width, large.height), (2048, 1536));
    assert!(large.srcset.contains("small 320w") && large.srcset.contains("large 2048w"));
    let tall = of(3024, 4032);
    assert!(tall.srcset.starts_with("/api/v1/media/p/small 240w"), "{}", tall.srcset);
    let tiny = of(200, 100);
    assert_eq!((tiny.width, tiny.height, tiny.srcset.as_str()), (200, 100, "/api/v1/media/p/small 200w"));
    assert_eq!((of(0, 0).width, of(1, 40_000).width), (1, 1));
}

#[test]
fn the_help_page_asks_for_nothing_and_knows_nobody() {
    for (_, page) in Help::samples() {
        let html = render(&page, &frame(Language::Da, false)).unwrap();
        assert!(html.contains("tel:116111") && html.contains("sms:116111") && html.contains("tel:112"));
        assert!(!html.contains("<form") && !html.contains("csrf"));
    }
}

#[test]
fn a_page_that_lacks_something_is_refused() {
    #[derive(serde::Serialize)]
    struct Hollow {}
    impl Page for Hollow {
        const TEMPLATE: &'static str = "cover.html";
    }
    let error = render(&Hollow {}, &frame(Language::Da, true)).unwrap_err();
    assert_eq!(error.template, "cover.html");
}
