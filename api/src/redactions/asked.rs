//! What somebody asks to be covered, and what another says to it, as it comes in.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::reveal::On;
use crate::domain::disposal::Signed;
use crate::domain::ids::{EntryId, MediaId};
use crate::domain::redaction::{Cover, Covers, Matter, Phrases, Place, Spot, State, Target};
use crate::fields::{required_day, required_line, required_name, unless_wrong};
use crate::problem::{FieldProblem, Problem};

/// So many phrases in one cover, and so long each.
const PHRASES: usize = 50;
const PHRASE_CHARACTERS: usize = 2_000;
const REASON_CHARACTERS: usize = 1_000;
const LINE_CHARACTERS: usize = 300;
/// Somebody looks at a cover again within so many days: ten years.
const REVIEW_DAYS: u64 = 3_653;

/// Something to be covered: words, a spot, or the whole; on a page, on a file, or words in all of the book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCover {
    /// The page it is on. Left out together with `media`: words wherever they stand in the book.
    pub entry: Option<Uuid>,
    /// The file it is on.
    pub media: Option<Uuid>,
    /// These words, however they are written; up to 50, each of up to 2,000 characters.
    #[serde(default)]
    #[schema(example = json!(["Karla Bendtsen", "Østerågade 4"]))]
    pub words: Vec<String>,
    /// A rectangle on a picture or on one page of a PDF.
    pub spot: Option<NewSpot>,
    /// All of the page, or of the file.
    #[serde(default)]
    pub whole: bool,
    /// What is beneath: identity (who or where somebody else is), health, private_life, source (who turned to the
    /// municipality).
    #[schema(required, example = "identity")]
    pub matter: Option<String>,
    /// Why; the person reads it. Up to 1,000 characters.
    #[schema(required, example = "Det er en andens adresse, og hun har ikke sagt ja.")]
    pub reason: Option<String>,
    /// The law and its section.
    #[schema(required, example = "Databeskyttelsesforordningen art. 15, stk. 4")]
    pub ground: Option<String>,
    /// The day somebody looks at it again; within ten years.
    #[schema(required, example = "2027-06-01")]
    pub review_on: Option<String>,
    /// What lifts it before that day.
    #[schema(example = "Når din mors søster har svaret.")]
    pub review_when: Option<String>,
}

/// A rectangle in thousandths of a page's width and height.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSpot {
    /// From 1; a picture has one.
    #[serde(default = "first")]
    pub page: u32,
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

fn first() -> u32 {
    1
}

/// What somebody says to a cover.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// agreed, sent_back, lifted.
    #[schema(required, example = "agreed")]
    pub answer: Option<String>,
    /// With sent_back: why; required there. With lifted: the person reads it. Up to 1,000 characters.
    pub words: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Agreed,
    SentBack,
    Lifted,
}

/// The same, complete.
pub(super) enum Said {
    Agreed,
    SentBack(String),
    Lifted(Option<String>),
}

impl NewCover {
    pub(super) fn cover(self, today: NaiveDate, proposed: Signed) -> Result<(Target, Cover), Problem> {
        let mut wrong = Vec::new();
        let of = match (self.entry, self.media) {
            (Some(_), Some(_)) => {
                let (da, en) = ("Vælg en side eller en fil.", "Choose a page or a file.");
                wrong.push(FieldProblem::new("media", "too_many", da, en));
                Target::Book
            }
            (Some(entry), None) => Target::Entry(EntryId(entry)),
            (None, Some(media)) => Target::Media(MediaId(media)),
            (None, None) => Target::Book,
        };
        let place = place(&mut wrong, of, self.words, self.spot, self.whole);
        let matter = required_name::<Matter>(&mut wrong, "matter", self.matter.as_deref());
        let reason = line(&mut wrong, "reason", self.reason, REASON_CHARACTERS);
        let ground = line(&mut wrong, "ground", self.ground, LINE_CHARACTERS);
        let review_on = required_day(&mut wrong, "review_on", self.review_on.as_deref(), None);
        let last = today.checked_add_days(Days::new(REVIEW_DAYS)).unwrap_or(today);
        if review_on.is_some_and(|day| day <= today || day > last) {
            let (da, en) = (
                format!("Nogen skal se på det igen efter i dag og senest {last}."),
                format!("Somebody looks at it again after today and by {last}."),
            );
            wrong.push(FieldProblem::new("review_on", "date_out_of_range", da, en));
        }
        let review_when = self.review_when.map(|when| when.trim().to_owned()).filter(|when| !when.is_empty());
        if let Some(when) = &review_when {
            required_line(&mut wrong, "review_when", when, LINE_CHARACTERS);
        }
        let matter = matter.unwrap_or(Matter::Identity);
        let review_on = review_on.unwrap_or(today);
        let state = State::Proposed;
        let cover = Cover { place, matter, reason, ground, review_on, review_when, proposed, state };
        tells_nothing(&mut wrong, &cover);
        unless_wrong(wrong, (of, cover))
    }
}

fn line(wrong: &mut Vec<FieldProblem>, field: &str, given: Option<String>, most: usize) -> String {
    let given = given.unwrap_or_default();
    required_line(wrong, field, &given, most);
    given.trim().to_owned()
}

fn place(
    wrong: &mut Vec<FieldProblem>,
    of: Target,
    words: Vec<String>,
    spot: Option<NewSpot>,
    whole: bool,
) -> Place {
    let words: Vec<String> = words
        .into_iter()
        .map(|phrase| phrase.trim().to_owned())
        .filter(|phrase| !phrase.is_empty())
        .collect();
    let chosen = [!words.is_empty(), spot.is_some(), whole].into_iter().filter(|is| *is).count();
    let fits = match of {
        Target::Entry(_) => spot.is_none(),
        Target::Media(_) => words.is_empty(),
        Target::Book => spot.is_none() && !whole,
    };
    if chosen != 1 || !fits {
        let (da, en) = (
            "Vælg én ting: ord på en side eller i hele bogen, et sted på en fil, eller det hele.",
            "Choose one: words on a page or in all of the book, a spot on a file, or all of it.",
        );
        wrong.push(FieldProblem::new("words", "required", da, en));
        return Place::Whole;
    }
    if words.len() > PHRASES {
        let (da, en) = (format!("Højst {PHRASES} ad gangen."), format!("At most {PHRASES} at a time."));
        wrong.push(FieldProblem::new("words", "too_many", da, en));
    }
    for phrase in &words {
        required_line(wrong, "words", phrase, PHRASE_CHARACTERS);
        let letters = phrase.chars().filter(|character| character.is_alphanumeric()).count();
        if letters < 2 {
            let (da, en) = ("Skriv mindst to bogstaver eller tal.", "Write two letters or digits at least.");
            wrong.push(FieldProblem::new("words", "too_short", da, en));
        }
    }
    match spot {
        Some(spot) => Place::Spot(rectangle(wrong, &spot)),
        None if whole => Place::Whole,
        None => Place::Words { words },
    }
}

fn rectangle(wrong: &mut Vec<FieldProblem>, new: &NewSpot) -> Spot {
    let NewSpot { page, left, top, width, height } = *new;
    let inside = |from: u32, length: u32| length > 0 && from.saturating_add(length) <= 1000;
    if page == 0 || !inside(left, width) || !inside(top, height) {
        let (da, en) = (
            "Stedet skal ligge på siden: tusindedele af bredde og højde, talt fra øverste venstre hjørne.",
            "The spot has to lie on the page: thousandths of its width and height from the upper left corner.",
        );
        wrong.push(FieldProblem::new("spot", "out_of_range", da, en));
    }
    Spot { page, left, top, width, height }
}

/// A reason that tells what it hides covers nothing.
fn tells_nothing(wrong: &mut Vec<FieldProblem>, cover: &Cover) {
    let Place::Words { words } = &cover.place else { return };
    let mut phrases = Phrases::default();
    words.iter().for_each(|phrase| phrases.add(phrase, cover.matter));
    let when = cover.review_when.as_deref().unwrap_or_default();
    for (field, text) in [("reason", cover.reason.as_str()), ("ground", &cover.ground), ("review_when", when)]
    {
        if phrases.are_in(text) {
            let (da, en) = (
                "Her står netop de ord, der skal dækkes. Personen læser det her.",
                "These are the very words to be covered. The person reads this.",
            );
            wrong.push(FieldProblem::new(field, "tells_what_is_covered", da, en));
        }
    }
}

/// Refuses a cover that would cover nothing: words that do not stand there, a page that is not.
pub(super) fn check_place(on: &On, cover: &Cover) -> Result<(), Problem> {
    let mut wrong = Vec::new();
    match &cover.place {
        Place::Words { words } => {
            for phrase in words {
                let mut phrases = Phrases::default();
                phrases.add(phrase, cover.matter);
                let alone = Covers::of_phrase(phrase, cover.matter);
                let told = on.told().iter().any(|body| alone.lie_on(body));
                if !told && !on.texts().any(|text| phrases.are_in(text)) {
                    let (da, en) = (
                        format!("»{phrase}« står der ikke. Skriv ordene, som de står."),
                        format!("\"{phrase}\" does not stand there. Write the words as they stand."),
                    );
                    wrong.push(FieldProblem::new("words", "not_there", da, en));
                }
            }
        }
        Place::Spot(_) if !on.has_spots() => {
            let (da, en) = (
                "Kun billeder og PDF-filer kan dækkes et sted. Dæk hele filen.",
                "Only pictures and PDF files can be covered in a spot. Cover the whole file.",
            );
            wrong.push(FieldProblem::new("spot", "unknown_value", da, en));
        }
        Place::Spot(spot) if spot.page > 1 && !on.has_pages() => {
            let (da, en) = ("Et billede har kun en side.", "A picture has one page only.");
            wrong.push(FieldProblem::new("spot", "out_of_range", da, en));
        }
        Place::Spot(_) | Place::Whole => {}
    }
    unless_wrong(wrong, ())
}

impl NewAnswer {
    pub(super) fn said(self) -> Result<Said, Problem> {
        let mut wrong = Vec::new();
        let answer = required_name::<Answer>(&mut wrong, "answer", self.answer.as_deref());
        let words = self.words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        if let Some(words) = &words {
            required_line(&mut wrong, "words", words, REASON_CHARACTERS);
        }
        let said = match answer {
            Some(Answer::SentBack) => Said::SentBack(line(&mut wrong, "words", words, REASON_CHARACTERS)),
            Some(Answer::Lifted) => Said::Lifted(words),
            None | Some(Answer::Agreed) => Said::Agreed,
        };
        unless_wrong(wrong, said)
    }
}
