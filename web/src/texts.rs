//! Every sentence of the interface, in Fluent files so that a language can be added without touching a template.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// Values to stand in a sentence: names, numbers.
pub type Args<'a> = FluentArgs<'a>;

type Bundle = FluentBundle<FluentResource>;

/// Why a sentence cannot be given. Always a mistake of ours, found by the tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextError {
    /// No such language.
    Language(String),
    /// No such sentence.
    Key(String),
    /// The sentence lacks a value, or its file cannot be read.
    Format(String),
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Language(language) => write!(f, "no texts in the language {language}"),
            Self::Key(key) => write!(f, "no text called {key}"),
            Self::Format(what) => write!(f, "a text cannot be put together: {what}"),
        }
    }
}

impl std::error::Error for TextError {}

const DANISH: &str = include_str!("../texts/da.ftl");
const ENGLISH: &str = include_str!("../texts/en.ftl");

static BUNDLES: LazyLock<[(&str, Result<Bundle, TextError>); 2]> =
    LazyLock::new(|| [("da", bundle("da", DANISH)), ("en", bundle("en", ENGLISH))]);

fn bundle(language: &str, source: &str) -> Result<Bundle, TextError> {
    let tag = language.parse().map_err(|_| TextError::Language(language.to_owned()))?;
    let resource = FluentResource::try_new(source.to_owned())
        .map_err(|(_, errors)| TextError::Format(format!("{language}.ftl: {errors:?}")))?;
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // Invisible marks around every value would also stand in titles and be copied along; `isolated` sets them where
    // they are needed.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .map_err(|errors| TextError::Format(format!("{language}.ftl: {errors:?}")))?;
    Ok(bundle)
}

/// The sentence `key` in `language` (`da`, `en`) with `args` put in. Plain text: whoever shows it escapes it.
pub fn text(language: &str, key: &str, args: &Args<'_>) -> Result<String, TextError> {
    let (_, bundle) = BUNDLES
        .iter()
        .find(|(known, _)| *known == language)
        .ok_or_else(|| TextError::Language(language.to_owned()))?;
    let bundle = bundle.as_ref().map_err(Clone::clone)?;
    let pattern = bundle
        .get_message(key)
        .and_then(|message| message.value())
        .ok_or_else(|| TextError::Key(key.to_owned()))?;
    let isolated = args.iter().map(|(name, value)| (name.to_owned(), isolated(value))).collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&isolated), &mut errors).into_owned();
    if errors.is_empty() { Ok(text) } else { Err(TextError::Format(format!("{key}: {errors:?}"))) }
}

/// A name written from right to left, or with marks that turn the direction, must not turn the sentence around it.
fn isolated<'a>(value: &FluentValue<'a>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) if text.chars().any(turns_direction) => {
            FluentValue::from(format!("\u{2068}{text}\u{2069}"))
        }
        other => other.clone(),
    }
}

/// Letters of right-to-left scripts and the Unicode marks that set direction (UAX #9).
fn turns_direction(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
    use fluent_syntax::parser;

    use super::*;

    fn variables(pattern: &Pattern<&str>, found: &mut Vec<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                match expression {
                    Expression::Inline(InlineExpression::VariableReference { id }) => {
                        found.push(id.name.into())
                    }
                    Expression::Select { selector, variants } => {
                        if let InlineExpression::VariableReference { id } = selector {
                            found.push(id.name.into());
                        }
                        variants.iter().for_each(|variant| variables(&variant.value, found));
                    }
                    Expression::Inline(_) => {}
                }
            }
        }
        found.sort();
        found.dedup();
    }

    fn messages(source: &str) -> BTreeMap<String, Vec<String>> {
        let resource = parser::parse(source).unwrap();
        let mut messages = BTreeMap::new();
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut found = Vec::new();
                variables(message.value.as_ref().unwrap(), &mut found);
                assert!(
                    messages.insert(message.id.name.to_owned(), found).is_none(),
                    "{} twice",
                    message.id.name
                );
            }
        }
        messages
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(messages(DANISH), messages(ENGLISH));
    }

    #[test]
    fn a_sentence_without_its_value_is_refused() {
        let error = text("da", "book-title", &Args::new()).unwrap_err();
        assert!(matches!(error, TextError::Format(_)), "{error}");
        assert_eq!(text("da", "no-such", &Args::new()), Err(TextError::Key("no-such".into())));
        assert_eq!(text("kl", "book-title", &Args::new()), Err(TextError::Language("kl".into())));
    }

    #[test]
    fn only_a_name_that_turns_the_direction_is_isolated() {
        let greet = |name: &str| {
            let mut args = Args::new();
            args.set("names", name.to_owned());
            text("da", "book-title", &args).unwrap()
        };
        assert_eq!(greet("Ålborg-Sørines"), "Ålborg-Sørines bog");
        assert_eq!(greet("مريم"), "\u{2068}مريم\u{2069} bog");
    }
}
