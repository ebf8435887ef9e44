//! What the pages themselves say to a child, measured band by band as the book's own texts are.

use crate::book::{AgeBand, ChapterKind};
use crate::html::samples::{Sampled, book, frame};
use crate::html::*;
use crate::readability::{Lix, ceiling, lix, sentences};

/// The longest sentence for those who are read to.
const WORDS_FOR_THE_YOUNGEST: usize = 8;
/// Fewer words than this say little by LIX on their own; with those of all the pages they count.
const ENOUGH_WORDS: usize = 30;

/// The pages a child of this band meets, each with what the page itself says.
fn pages(band: AgeBand, language: Language) -> Vec<(String, Vec<String>)> {
    let mut pages = Vec::new();
    let book = book(band, language);
    let reading = Reading { own: true, may_tell: true, gifts: Some(1), may_give: true, ..Reading::default() };
    said(&mut pages, language, "cover", &Cover::new(&book, &reading));
    for chapter in ChapterKind::ALL {
        if let Some(view) = ChapterView::new(&book, &reading, chapter, 0) {
            said(&mut pages, language, chapter.slug(), &view);
        }
    }
    for page in book.chapters.iter().flat_map(|chapter| &chapter.pages) {
        said(&mut pages, language, &page.id, &PageView::new(&book, &reading, &page.id, 0).unwrap());
    }
    samples(&mut pages, language, |page: OwnPages| Some(OwnPages { band, ..page }));
    samples(&mut pages, language, |page: OwnPageForm| Some(OwnPageForm { band, problem: None, ..page }));
    samples(&mut pages, language, |page: ArrangeCover| Some(ArrangeCover { band, problem: None, ..page }));
    samples(&mut pages, language, |page: MyAdults| page.own.then_some(MyAdults { band, ..page }));
    samples(&mut pages, language, |page: Meetings| page.own.then_some(Meetings { band, ..page }));
    samples(&mut pages, language, |page: TalkForm| Some(TalkForm { band, problem: None, ..page }));
    samples(&mut pages, language, |page: Talks| page.own.then_some(Talks { band, ..page }));
    samples(&mut pages, language, |page: PressPictures| Some(PressPictures { band, ..page }));
    samples(&mut pages, language, |page: Gifts| Some(Gifts { band, ..page }));
    samples(&mut pages, language, |page: Goals| page.own.then_some(Goals { band, problem: None, ..page }));
    samples(&mut pages, language, |page: GivePage| Some(GivePage { band, ..page }));
    samples(&mut pages, language, |page: TellLife| Some(TellLife { band, problem: None, ..page }));
    for (name, readings) in
        [("read", vec![reading_by("Karen Holm", false), reading_by("Alma Holm", true)]), ("unread", vec![])]
    {
        let who = WhoRead::new("b1".into(), book.title.clone(), band, &readings, None);
        said(&mut pages, language, name, &who);
    }
    samples(&mut pages, language, Some::<NoLine>);
    samples(&mut pages, language, |page: Rights| page.is_for(band).then_some(page));
    // Those of three to six are led past what is taken out, what is to stay and what lies on the device.
    if band != AgeBand::From3 {
        samples(&mut pages, language, |page: Offline| Some(Offline { band, ..page }));
        samples(&mut pages, language, |page: TakenOut| Some(as_a_child_sees(page, band)));
        samples(&mut pages, language, |page: AskToStay| page.own.then_some(page));
        samples(&mut pages, language, Some::<LiftHold>);
    }
    if matches!(band, AgeBand::From16 | AgeBand::Adult) {
        samples(&mut pages, language, |page: Owner| (page.band == band).then_some(page));
        samples(&mut pages, language, |page: Leaving| (page.band == band).then_some(page));
    }
    samples(&mut pages, language, Some::<LookForm>);
    samples(&mut pages, language, Some::<Help>);
    samples(&mut pages, language, |page: WayIn| page.personas.is_empty().then_some(page));
    pages
}

fn reading_by(who: &str, own: bool) -> ReadingRow {
    let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).and_then(|day| day.and_hms_opt(19, 4, 0)).unwrap();
    ReadingRow { who: who.into(), role: String::new(), own, at, what: "Forsiden".into() }
}

fn as_a_child_sees(page: TakenOut, band: AgeBand) -> TakenOut {
    let decided = |it| DisposalRow { may_decide: false, ..it };
    TakenOut { band, disposals: page.disposals.into_iter().map(decided).collect(), ..page }
}

fn samples<P: Sampled>(
    pages: &mut Vec<(String, Vec<String>)>,
    language: Language,
    a_childs: impl Fn(P) -> Option<P>,
) {
    for (name, page) in P::samples() {
        if let Some(page) = a_childs(page) {
            said(pages, language, name, &page);
        }
    }
}

fn said<P: Page>(pages: &mut Vec<(String, Vec<String>)>, language: Language, name: &str, page: &P) {
    let html = render(page, &frame(language, true)).unwrap();
    let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    pages.push((format!("{} {name} {language:?}", P::TEMPLATE), interface_sentences(main)));
}

/// The sentences of the page's own words. What people wrote stands in elements with a language or a direction of
/// their own, so that it can be told apart; labels that are no sentence are left out.
fn interface_sentences(main: &str) -> Vec<String> {
    let mut words = String::new();
    let mut foreign: Option<(String, usize)> = None;
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name: String =
            tag.chars().skip_while(|c| *c == '/').take_while(|c| c.is_alphanumeric()).collect();
        if let Some((outer, depth)) = &mut foreign {
            *depth = match (name == *outer, tag.starts_with('/')) {
                (true, true) => *depth - 1,
                (true, false) => *depth + 1,
                _ => *depth,
            };
            if *depth > 0 {
                continue;
            }
            foreign = None;
            words.push_str("Navn");
        } else if is_somebodys(&name, tag) {
            foreign = Some((name, 1));
            continue;
        } else if !["strong", "span", "bdi", "a", "em", "time", "small"].contains(&name.as_str())
            || tag.contains("hidden")
        {
            words.push('\n');
        }
        words.push_str(text);
    }
    let plain = words.replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", "\"");
    let all = plain.lines().flat_map(|line| sentences(line.trim()));
    all.filter(|sentence| sentence.ends_with(['.', '!', '?'])).map(str::to_owned).collect()
}

fn is_somebodys(name: &str, tag: &str) -> bool {
    let own = tag.contains(" lang=") || tag.contains(" dir=") || name == "bdi";
    own && !["input", "img"].contains(&name) || ["svg", "script", "select", "textarea"].contains(&name)
}

fn together<'a>(all: impl IntoIterator<Item = &'a String>) -> Lix {
    lix(&all.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_pages_say_to_a_child_is_no_harder_than_its_book() {
    let mut too_hard = Vec::new();
    for (band, language) in
        AgeBand::ALL.into_iter().flat_map(|band| [Language::Da, Language::En].map(|l| (band, l)))
    {
        let Some(ceiling) = ceiling(band) else { continue };
        let pages = pages(band, language);
        let every: std::collections::BTreeSet<&String> = pages.iter().flat_map(|(_, said)| said).collect();
        let whole = ("all pages".to_owned(), every.into_iter().cloned().collect());
        for (name, said) in pages.iter().chain([&whole]) {
            let counts = together(said);
            let value = counts.value().unwrap_or_default();
            if counts.words >= ENOUGH_WORDS && value > f64::from(ceiling) {
                too_hard.push(format!("{} {name}: {value:.1}\n    {}", band.as_str(), said.join("\n    ")));
            }
        }
    }
    assert!(too_hard.is_empty(), "{}", too_hard.join("\n"));
}

#[test]
fn what_pages_say_to_the_youngest_is_short() {
    for language in [Language::Da, Language::En] {
        let mut long = Vec::new();
        for (name, said) in pages(AgeBand::From3, language) {
            let counted = said.iter().filter(|sentence| lix(sentence).words > WORDS_FOR_THE_YOUNGEST);
            long.extend(counted.map(|sentence| format!("{name}: {sentence}")));
        }
        assert!(long.is_empty(), "{}", long.join("\n"));
    }
}

#[test]
fn what_people_wrote_is_told_apart_from_what_the_page_says() {
    let main = "><p>Se <bdi>Alma <i>x</i></bdi> her. <strong>Gå</strong> så.</p><div class=\"text\" lang=\"da\"><div>En \
                lang historie.</div></div><p>Gem</p>";
    assert_eq!(interface_sentences(main), ["Se Navn her.", "Gå så."]);
}
