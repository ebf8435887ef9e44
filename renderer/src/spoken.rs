//! What is said in a sound or a film: plain text, or WebVTT (W3C, WebVTT: The Web Video Text Tracks Format).

/// True where the words have their times, so that they can be shown while they are said.
pub fn is_timed(words: &str) -> bool {
    let after = words.trim_start_matches('\u{feff}').strip_prefix("WEBVTT");
    after.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// What a sound or a film is called: the name of its file without the ending.
pub fn name(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((name, ending)) if !name.is_empty() && is_ending(ending) => name,
        _ => file_name,
    }
}

fn is_ending(text: &str) -> bool {
    text.chars().all(char::is_alphanumeric) && text.chars().any(char::is_alphabetic)
}

/// The words alone, to be read: one string a paragraph. In WebVTT a new paragraph begins where somebody else speaks.
pub fn paragraphs(words: &str) -> Vec<String> {
    let plain = words.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let blocks = plain.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    if !is_timed(words) {
        return blocks.map(str::to_owned).collect();
    }
    let mut told: Vec<(Option<String>, String)> = Vec::new();
    for (speaker, said) in blocks.filter_map(cue) {
        match told.last_mut() {
            Some((last, text)) if *last == speaker => {
                text.push(' ');
                text.push_str(&said);
            }
            _ => told.push((speaker, said)),
        }
    }
    let line = |(speaker, said): (Option<String>, String)| match speaker {
        Some(speaker) => format!("{speaker}: {said}"),
        None => said,
    };
    told.into_iter().map(line).collect()
}

/// Who speaks in a block, and what is said; nothing in a note, a style or the head.
fn cue(block: &str) -> Option<(Option<String>, String)> {
    let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
    lines.next()?;
    let text = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    let speaker = text.strip_prefix("<v").and_then(|rest| rest.split_once('>')).map(|(name, _)| name);
    let speaker = speaker.and_then(|name| name.split_once(' ')).map(|(_, name)| name.trim().to_owned());
    let said = without_tags(&text);
    (!said.is_empty()).then_some((speaker, said))
}

/// Without `<i>`, `<v Karen>`, `<00:01.000>`, and with the characters that WebVTT escapes.
fn without_tags(text: &str) -> String {
    let mut said = String::new();
    let mut inside = false;
    for char in text.chars() {
        match char {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => said.push(char),
            _ => {}
        }
    }
    let said = said.replace("&nbsp;", " ").replace("&lrm;", "\u{200e}").replace("&rlm;", "\u{200f}");
    said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_paragraphs() {
        assert_eq!(paragraphs("Kom her!\r\n\r\nJa, nu.\nStraks."), ["Kom her!", "Ja, nu.\nStraks."]);
        assert!(!is_timed("Kom her!") && !is_timed("WEBVTTER"));
    }

    #[test]
    fn a_sound_is_called_as_its_file_without_the_ending() {
        let names =
            ["Alma synger.m4a", "kl. 12.30.wav", "Sang", ".m4a", "Og så ... hej", "kl. 12.30"].map(name);
        assert_eq!(names, ["Alma synger", "kl. 12.30", "Sang", ".m4a", "Og så ... hej", "kl. 12.30"]);
    }

    #[test]
    fn of_webvtt_the_words_are_left_and_who_says_them() {
        let vtt = "\u{feff}WEBVTT - sommer\n\nNOTE til os selv\n\n1\n00:00.000 --> 00:02.000 align:start\n<v Karen>Kom <i>her</i>,\n\
                   du &amp; jeg!\n\n00:02.000 --> 00:03.000\n<v Karen>Nu.\n\n00:03.000 --> 00:04.000\n<v.barn Alma>Ja!\n";
        assert!(is_timed(vtt));
        assert_eq!(paragraphs(vtt), ["Karen: Kom her, du & jeg! Nu.", "Alma: Ja!"]);
        assert_eq!(
            paragraphs("WEBVTT\n\n00:00.000 --> 00:01.000\nHej\n\n00:01.000 --> 00:02.000\nmed dig"),
            ["Hej med dig"]
        );
    }
}
