//! Words that may not stand in a committed file.

use super::{Finding, Source};

/// Marks that say a thing is not finished. Put together here, so that this file may be judged too.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];

/// Folders of one machine, and the hosts packages come from.
const MACHINE_NAMES: [&str; 10] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tm", "p/"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("py", "pi.org"),
    concat!("files.python", "hosted.org"),
    concat!("deb.deb", "ian.org"),
];

/// Lines with a mark of unfinished work.
pub fn unfinished_marks(source: &Source) -> Vec<Finding> {
    let marked = |line: &str| UNFINISHED.into_iter().find(|mark| has_word(line, mark));
    lines(source, marked, |mark| format!("unfinished: {mark}"))
}

/// Lines that name a folder of somebody's machine or a package host.
pub fn machine_names(source: &Source) -> Vec<Finding> {
    let named = |line: &str| MACHINE_NAMES.into_iter().find(|name| has_name(line, name));
    lines(source, named, |name| format!("names a machine's {name}"))
}

/// Comments that draw a line instead of saying why.
pub fn banners(source: &Source) -> Vec<Finding> {
    let banner = |line: &str| is_banner(line.trim()).then_some("banner");
    if source.is_rust() { lines(source, banner, |_| "a banner comment".to_owned()) } else { Vec::new() }
}

fn is_banner(line: &str) -> bool {
    let Some(comment) = line.strip_prefix("//") else { return false };
    let drawn = comment.trim_start_matches(['/', '!']).trim();
    let is_rule = |c: char| matches!(c, '-' | '=' | '*' | '#' | '~' | '/' | '─' | '═');
    comment.starts_with("//") && comment.trim_matches('/').is_empty()
        || drawn.chars().take_while(|c| is_rule(*c)).count() >= 4
}

fn lines(
    source: &Source,
    judge: impl Fn(&str) -> Option<&'static str>,
    say: impl Fn(&str) -> String,
) -> Vec<Finding> {
    let numbered = source.text.lines().enumerate();
    numbered.filter_map(|(index, line)| Some(source.at(index + 1, say(judge(line)?)))).collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// A machine's folder counts where a path begins, not as a part of a longer one.
fn has_name(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !name.starts_with('/')
            || !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '}' | '_' | '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_is_seen_as_a_word_of_its_own() {
        let bad = Source::new("api/src/a.rs", concat!("fn a() {}\n// TO", "DO: later\n"));
        assert_eq!(unfinished_marks(&bad).len(), 1);
        assert_eq!(unfinished_marks(&Source::new("a.sh", concat!("mktemp -t aXX", "XX"))), []);
    }

    #[test]
    fn a_machines_folders_and_hosts_are_seen() {
        let bad = Source::new("README.md", concat!("see /ro", "ot/notes and https://py", "pi.org/simple"));
        assert_eq!(machine_names(&bad).len(), 1);
        let bad = Source::new("README.md", concat!("fetched from registry.npmjs", ".org"));
        assert_eq!(machine_names(&bad).len(), 1);
        assert_eq!(machine_names(&Source::new("a.rs", concat!("route api/ro", "ot/x"))), []);
    }

    #[test]
    fn a_drawn_line_is_a_banner() {
        for bad in ["// ------- helpers", "//////////", "    // ====", "/// ----", "// ──────"] {
            assert_eq!(banners(&Source::new("a.rs", bad)).len(), 1, "{bad}");
        }
        for good in ["// why: -1 means none", "//! | a | b |", "let a = 1; // -- not so"] {
            assert_eq!(banners(&Source::new("a.rs", good)), [], "{good}");
        }
    }
}
