//! Line breaking: ragged right, the whole paragraph at once, so that no line is left much shorter than its neighbours.

use hypher::Lang;
use unicode_linebreak::linebreaks;

use super::fonts::{Face, Fonts};
use super::shape::{Run, shape_line};

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The face asked for.
    pub face: Face,
    /// Type size in points.
    pub size: f32,
    /// The line's width in points.
    pub width: f32,
    /// The language whose rules words are cut by.
    pub language: Option<Hyphenation>,
    /// Whether words may be cut at all; one that is wider than the line always is.
    pub hyphenate: bool,
}

/// A language with hyphenation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyphenation {
    /// Danish.
    Danish,
    /// English.
    English,
}

impl Hyphenation {
    /// For a BCP 47 tag; nothing where no patterns are at hand.
    pub fn of(language: &str) -> Option<Self> {
        match language.split('-').next()? {
            "da" => Some(Self::Danish),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    fn patterns(self) -> Lang {
        match self {
            Self::Danish => Lang::Danish,
            Self::English => Lang::English,
        }
    }
}

/// One line, shaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The runs from left to right.
    pub runs: Vec<Run>,
    /// Its width in points.
    pub width: f32,
    /// The line ends inside a word: a hyphen that is no part of the text is its last glyph.
    pub hyphenated: bool,
    /// Another word follows on the next line; the space between them is not among the runs.
    pub goes_on: bool,
}

/// Shorter words are not worth cutting.
const LONG_ENOUGH_TO_CUT: usize = 8;
/// Longer ones are no words of a language; the patterns hold 45 bytes at most.
const LONGEST_WORD_BYTES: usize = 40;
/// Letters that stay together at either end of a word.
const KEPT_LETTERS: usize = 3;
const HYPHEN_COST: f32 = 0.06;
const LONELY_WORD_COST: f32 = 0.12;

/// Where a line may end.
#[derive(Clone, Copy)]
struct Break {
    /// Up to where the line's text goes.
    end: usize,
    /// Where the next line starts.
    next: usize,
    hyphen: bool,
}

/// Breaks one clean paragraph into lines.
pub fn break_lines(text: &str, setting: Setting, fonts: &Fonts) -> Vec<Line> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let reach = pen_positions(text, setting, fonts);
    let breaks = opportunities(text, &reach, setting);
    let hyphen = width_of("-", setting, fonts);
    let mut start = 0;
    let mut lines = Vec::new();
    for chosen in best(&breaks, &reach, hyphen, setting.width) {
        let mut set = line(&text[start..chosen.end], chosen.hyphen, setting, fonts);
        set.goes_on = chosen.end < chosen.next && chosen.next < text.len();
        lines.push(set);
        start = chosen.next;
    }
    lines
}

fn line(text: &str, hyphenated: bool, setting: Setting, fonts: &Fonts) -> Line {
    let shown = if hyphenated { format!("{text}-") } else { text.to_owned() };
    let runs = shape_line(&shown, setting.face, fonts);
    let width = runs.iter().map(Run::width).sum::<f32>() * setting.size / 1000.0;
    Line { runs, width, hyphenated, goes_on: false }
}

fn width_of(text: &str, setting: Setting, fonts: &Fonts) -> f32 {
    line(text, false, setting, fonts).width
}

/// Where the pen stands before each byte of the text, in points; one entry more than there are bytes.
fn pen_positions(text: &str, setting: Setting, fonts: &Fonts) -> Vec<f32> {
    let mut reach = Vec::with_capacity(text.len() + 1);
    let mut pen = 0.0;
    for glyph in shape_line(text, setting.face, fonts).iter().flat_map(|run| &run.glyphs) {
        reach.extend(std::iter::repeat_n(pen, glyph.text.len_utf8()));
        pen += glyph.advance * setting.size / 1000.0;
    }
    reach.resize(text.len() + 1, pen);
    reach
}

fn opportunities(text: &str, reach: &[f32], setting: Setting) -> Vec<Break> {
    let mut breaks = Vec::new();
    let mut start = 0;
    for (next, _) in linebreaks(text) {
        let end = start + text[start..next].trim_end().len();
        let cuts = cuts(&text[start..end], &reach[start..=end], setting);
        breaks.extend(cuts.into_iter().map(|cut| Break {
            end: start + cut,
            next: start + cut,
            hyphen: true,
        }));
        breaks.push(Break { end, next, hyphen: false });
        start = next;
    }
    breaks
}

/// Where a word may be cut, in bytes from its start. A word wider than the line is cut between any letters, rather
/// than run off the paper, when cutting it by the rules does not help.
fn cuts(word: &str, reach: &[f32], setting: Setting) -> Vec<usize> {
    let too_wide = |from: usize, to: usize| reach[to] - reach[from] > setting.width * 0.9;
    let overfull = too_wide(0, word.len());
    if !setting.hyphenate && !overfull {
        return Vec::new();
    }
    let mut cuts = syllables(word, setting.language);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    if overfull && starts.zip(cuts.iter().copied().chain([word.len()])).any(|(from, to)| too_wide(from, to)) {
        cuts = ends(word.chars().map(char::len_utf8));
        cuts.pop();
    }
    cuts
}

fn syllables(word: &str, language: Option<Hyphenation>) -> Vec<usize> {
    let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = letters.chars().all(char::is_alphabetic)
        && letters.chars().count() >= LONG_ENOUGH_TO_CUT
        && letters.len() <= LONGEST_WORD_BYTES;
    let Some(language) = language.filter(|_| plain) else { return Vec::new() };
    let mut cuts = ends(
        hypher::hyphenate_bounded(letters, language.patterns(), KEPT_LETTERS, KEPT_LETTERS).map(str::len),
    );
    cuts.pop();
    cuts
}

fn ends(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    lengths
        .scan(0, |end, len| {
            *end += len;
            Some(*end)
        })
        .collect()
}

/// Chooses breaks with the least raggedness: for each place to end a line, the best way to get there.
fn best(breaks: &[Break], reach: &[f32], hyphen: f32, width: f32) -> Vec<Break> {
    let mut cheapest: Vec<(f32, usize)> = vec![(0.0, 0)];
    for (index, end) in breaks.iter().enumerate() {
        let mut found = (f32::INFINITY, index);
        for before in (0..=index).rev() {
            let start = if before == 0 { 0 } else { breaks[before - 1].next };
            let used = reach[end.end] - reach[start] + if end.hyphen { hyphen } else { 0.0 };
            if used > width && before < index {
                break;
            }
            let last = index + 1 == breaks.len();
            let total = cheapest[before].0 + cost(used, width, end.hyphen, last);
            if total < found.0 {
                found = (total, before);
            }
        }
        cheapest.push(found);
    }
    let mut chosen = Vec::new();
    let mut at = breaks.len();
    while at > 0 {
        chosen.push(breaks[at - 1]);
        at = cheapest[at].1;
    }
    chosen.reverse();
    chosen
}

fn cost(used: f32, width: f32, hyphen: bool, last: bool) -> f32 {
    let slack = (width - used).max(0.0) / width;
    let ragged = match last {
        true if slack > 0.85 => LONELY_WORD_COST,
        true => 0.0,
        false => slack * slack,
    };
    // Every line costs a little, so that a paragraph is not stretched over more lines than it needs.
    0.02 + ragged + if hyphen { HYPHEN_COST } else { 0.0 }
}
