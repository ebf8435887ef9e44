//! Fills the templates. One environment for each language, made once.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use minijinja::HtmlEscape;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, context};

use super::{Frame, Page, words};
use crate::book::{AgeBand, ChapterKind, Language, When};
use crate::figures::chapters;
use crate::figures::denmark::Region;
use crate::labels;

/// A template that could not be filled. Always a mistake of ours; says which template and what it missed.
#[derive(Debug, thiserror::Error)]
#[error("the page {template} cannot be made")]
pub struct Error {
    /// The template's name.
    pub template: &'static str,
    #[source]
    cause: minijinja::Error,
}

type Made = Result<Environment<'static>, minijinja::Error>;

static DANISH: LazyLock<Made> = LazyLock::new(|| environment(Language::Da));
static ENGLISH: LazyLock<Made> = LazyLock::new(|| environment(Language::En));

/// The page as a whole HTML document.
///
/// # Errors
/// When the template asks for something the context does not have.
pub fn render<P: Page>(page: &P, frame: &Frame) -> Result<String, Error> {
    let made = match frame.language {
        Language::Da => &*DANISH,
        Language::En => &*ENGLISH,
    };
    fill(made, page, frame).map_err(|cause| Error { template: P::TEMPLATE, cause })
}

fn fill<P: Page>(made: &Made, page: &P, frame: &Frame) -> Result<String, minijinja::Error> {
    let environment = made.as_ref().map_err(|error| broken(error.to_string()))?;
    let html = environment.get_template(P::TEMPLATE)?.render(context! {
        page => Value::from(Serde(page)),
        frame => Value::from(Serde(frame)),
        lang => frame.language.tag(),
        dir => frame.language.direction(),
    })?;
    // A slash alone opens nothing; unescaped, addresses can be read in the source and found by simple programs.
    Ok(html.replace("&#x2f;", "/"))
}

fn broken(what: impl Into<String>) -> minijinja::Error {
    minijinja::Error::new(ErrorKind::InvalidOperation, what.into())
}

fn environment(language: Language) -> Made {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in web::templates() {
        environment.add_template(name, source)?;
    }
    environment.add_function("asset", |path: String| {
        web::asset_href(&path).ok_or_else(|| broken(format!("no file {path}")))
    });
    environment.add_function("t", move |key: String, args: Kwargs| sentence(language, &key, &args));
    environment.add_function("style", |path: String| {
        let css = web::asset(&path).and_then(|asset| std::str::from_utf8(asset.bytes).ok());
        // For a page that is opened from a disk and lies alone there; nothing that is served asks for it.
        let inline = |css| Value::from_safe_string(format!("<style>\n{css}</style>"));
        css.map(inline).ok_or_else(|| broken(format!("no file {path}")))
    });
    environment.add_function("both", |key: String, args: Kwargs| both(&key, &args));
    environment.add_function("chapters", move || chapter_list(language));
    environment.add_function("figure", |slug: String| {
        let kind = ChapterKind::parse(&slug).ok_or_else(|| broken(format!("no chapter {slug}")))?;
        Ok::<_, minijinja::Error>(Value::from(Serde(chapters::drawing(kind))))
    });
    environment.add_function("bands", || AgeBand::ALL.map(AgeBand::as_str).to_vec());
    environment.add_global("regions", Value::from(Serde(Region::all())));
    add_filters(&mut environment, language);
    Ok(environment)
}

fn add_filters(environment: &mut Environment<'static>, language: Language) {
    environment.add_filter("day", move |value: String| -> Result<String, minijinja::Error> {
        let date: NaiveDate = value.parse().map_err(|_| broken(format!("{value} is no date")))?;
        Ok(labels::date_label(date, language))
    });
    environment.add_filter("moment", move |value: String| -> Result<String, minijinja::Error> {
        let at: NaiveDateTime = value.parse().map_err(|_| broken(format!("{value} is no time")))?;
        Ok(words::moment_label(at, language))
    });
    environment.add_filter("when", move |Serde(when): Serde<When>| labels::when_label(when, language));
    environment.add_filter("size", move |bytes: u64| labels::size_label(bytes, language));
    environment.add_filter("age", move |Serde(band): Serde<AgeBand>| labels::age_label(band, language));
    environment.add_filter("people", move |names: Vec<String>| labels::people_label(&names, language));
    environment.add_filter("initials", |name: String| words::initials(&name));
    environment.add_filter("genitive", move |name: String| words::genitive(&name, language));
    environment.add_filter("file_type", |media_type: String| words::file_type(&media_type));
}

/// The chapters one can choose between: slug and title.
fn chapter_list(language: Language) -> Vec<Value> {
    ChapterKind::ALL
        .into_iter()
        .map(|kind| context! { slug => kind.slug(), title => kind.title(language) })
        .collect()
}

/// A sentence in Danish, with the English one marked as such behind it.
fn both(key: &str, values: &Kwargs) -> Result<Value, minijinja::Error> {
    let [danish, english] = [Language::Da, Language::En].map(|language| sentence(language, key, values));
    let escaped = |text: String| HtmlEscape(&text).to_string();
    let (danish, english) = (escaped(danish?), escaped(english?));
    Ok(Value::from_safe_string(format!("{danish} <span class=\"beside\" lang=\"en\">{english}</span>")))
}

fn sentence(language: Language, key: &str, values: &Kwargs) -> Result<String, minijinja::Error> {
    let mut args = web::Args::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        match (value.kind(), i64::try_from(value.clone())) {
            (ValueKind::Number, Ok(number)) => args.set(name.to_owned(), number),
            _ => args.set(name.to_owned(), value.to_string()),
        }
    }
    web::text(language.tag(), key, &args).map_err(|error| broken(error.to_string()))
}
