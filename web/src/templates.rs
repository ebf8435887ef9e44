//! The page templates, in minijinja's language; `renderer::html` fills them.

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../templates/", $name)))),*]
    };
}

/// Every template; the test below compares the list with the folder.
static TEMPLATES: [(&str, &str); 79] = embed![
    "adult_pieces.html",
    "adults.html",
    "archive_home.html",
    "arrange_cover.html",
    "ask_archive.html",
    "ask_to_stay.html",
    "bars.html",
    "base.html",
    "chapter.html",
    "claim.html",
    "claim_desk.html",
    "contribute.html",
    "contribute_form.html",
    "cover.html",
    "cover_form.html",
    "covered.html",
    "devices.html",
    "drawings.html",
    "editions.html",
    "elsewhere.html",
    "find_book.html",
    "forewarned.html",
    "forms.html",
    "gifts.html",
    "give_page.html",
    "goals.html",
    "handed_over.html",
    "help.html",
    "helper.html",
    "holds.html",
    "icons.html",
    "leaving.html",
    "lift_hold.html",
    "logins.html",
    "look.html",
    "look_ahead.html",
    "losses.html",
    "meetings.html",
    "misfiled.html",
    "move_form.html",
    "my_adults.html",
    "new_child.html",
    "no_line.html",
    "offline.html",
    "old_words.html",
    "overview.html",
    "own_page_form.html",
    "own_pages.html",
    "owner.html",
    "package_index.html",
    "package_pieces.html",
    "package_year.html",
    "page.html",
    "page_body.html",
    "pieces.html",
    "press_pictures.html",
    "problem.html",
    "read_for_two.html",
    "registered_child.html",
    "request.html",
    "request_desk.html",
    "request_pieces.html",
    "rights.html",
    "role_form.html",
    "shelf.html",
    "siblings.html",
    "sign_in.html",
    "signed_out.html",
    "signs.html",
    "standalone.html",
    "taken_out.html",
    "talk_form.html",
    "talks.html",
    "tell_life.html",
    "waits.html",
    "warning_form.html",
    "way_in.html",
    "who_read.html",
    "whose_device.html",
];

/// The template called `name`, for example `cover.html`.
pub fn template(name: &str) -> Option<&'static str> {
    templates().find(|(known, _)| *known == name).map(|(_, source)| source)
}

/// Every template with its source.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEMPLATES.iter().copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_template_in_the_folder_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let found: BTreeSet<String> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(found, templates().map(|(name, _)| name.to_owned()).collect());
    }

    #[test]
    fn templates_hold_no_inline_style_and_no_inline_script() {
        for (name, source) in templates() {
            for banned in ["style=", "<style", "onclick=", "onload=", "javascript:", "http://"] {
                assert!(!source.contains(banned), "{name} holds {banned}");
            }
            for script in source.split("<script").skip(1) {
                assert!(script.split('>').next().unwrap().contains("src="), "{name} has an inline script");
            }
        }
    }
}
