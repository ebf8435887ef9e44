//! Telling whoever runs the service: at once of what is new, once a day of what still stands.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::domain::fixity::Found;
use crate::mail::{MailError, Post};
use crate::problem::Problem;

/// What is still wrong is told of again after this.
const DIGEST_EVERY: TimeDelta = TimeDelta::days(1);
/// A disk that dies is one letter, or a few, and not hundreds.
const BETWEEN: TimeDelta = TimeDelta::minutes(10);
/// So many findings are written out in one letter.
const LISTED: usize = 40;

/// Why nobody was told.
#[derive(Debug, thiserror::Error)]
pub enum AlarmError {
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl From<crate::db::DbError> for AlarmError {
    fn from(error: crate::db::DbError) -> Self {
        Self::Problem(error.into())
    }
}

/// What a letter would be about now.
#[derive(Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    New,
    Digest,
}

fn due(untold: usize, open: usize, last_told: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Due {
    let since = last_told.map(|told| now - told);
    match () {
        () if since.is_some_and(|since| since < BETWEEN) => Due::Nothing,
        () if untold > 0 => Due::New,
        () if open > 0 && since.is_none_or(|since| since >= DIGEST_EVERY) => Due::Digest,
        () => Due::Nothing,
    }
}

/// Writes a letter if one is due. What it told of is noted only after the mail server took it.
pub async fn tell(app: &App, post: &Post) -> Result<(), AlarmError> {
    let untold = app.db.untold_findings().await?;
    let open = app.db.open_findings().await?;
    if untold.is_empty() && open.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let told = match due(untold.len(), open.len(), app.db.last_told().await?, now) {
        Due::Nothing => return Ok(()),
        Due::New => untold,
        Due::Digest => open,
    };
    let (subject, text) = letter(&told, &app.config.public_url());
    post.send(&subject, text).await?;
    tracing::info!(findings = told.len(), "a letter about findings was sent");
    Ok(app.db.findings_told(&told, now).await?)
}

/// Codes, ids and advice: nothing that tells of a person.
fn letter(told: &[Found], place: &str) -> (String, String) {
    let count = told.len();
    let subject = format!("Livsbog: arkivet skal ses efter ({count}) / the archive needs a look ({count})");
    let mut text = format!(
        "Eftersynet af arkivet på {place} har fundet noget, der ikke er, som det blev forseglet.\n\
         Intet er rettet eller slettet. Ret intet i hånden. Se resten med: livsbog fixity\n\n\
         The check of the archive at {place} found something that is not as it was sealed.\n\
         Nothing was changed or deleted. Change nothing by hand. See the rest with: livsbog fixity\n"
    );
    for found in told.iter().take(LISTED) {
        let advice = found.code.advice();
        let object =
            found.object.map(|object| format!("\n    objekt / object: {object}")).unwrap_or_default();
        let gone = found.cleared_at.map(|at| format!("\n    i orden igen / well again: {}", at.to_rfc3339()));
        text.push_str(&format!(
            "\n{} ({}){object}\n    {}\n    set / seen: {}{}\n    {}\n    {}\n",
            found.code.as_str(),
            found.outcome.as_str(),
            shown(&found.path),
            found.first_seen.to_rfc3339(),
            gone.unwrap_or_default(),
            advice.da,
            advice.en,
        ));
    }
    if count > LISTED {
        text.push_str(&format!("\n+ {}: livsbog fixity\n", count - LISTED));
    }
    (subject, text)
}

/// A path of a finding, from the data directory.
fn shown(path: &str) -> String {
    path.strip_prefix("../").map_or_else(|| format!("archive/{path}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_told_at_once_and_what_stands_once_a_day() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(30);
        let ago = |minutes| Some(now - TimeDelta::minutes(minutes));
        assert_eq!(due(0, 0, None, now), Due::Nothing);
        assert_eq!(due(1, 1, None, now), Due::New);
        assert_eq!(due(1, 0, None, now), Due::New, "also when it is gone again");
        assert_eq!(due(3, 5, ago(9), now), Due::Nothing, "a letter went out a moment ago");
        assert_eq!(due(3, 5, ago(10), now), Due::New);
        assert_eq!(due(0, 5, ago(24 * 60 - 1), now), Due::Nothing);
        assert_eq!(due(0, 5, ago(24 * 60), now), Due::Digest);
        assert_eq!(due(0, 0, ago(24 * 60), now), Due::Nothing, "all is well");
    }

    #[test]
    fn a_letter_is_short_and_has_the_advice_in_both_languages() {
        let at = DateTime::UNIX_EPOCH;
        let code = archive::Code::ContentChanged;
        let found = Found {
            id: uuid::Uuid::nil(),
            code,
            outcome: code.outcome(),
            object: Some(uuid::Uuid::from_u128(7)),
            path: "ab/cd/x".into(),
            first_seen: at,
            last_seen: at,
            cleared_at: None,
        };
        let (subject, text) = letter(&vec![found.clone(); 100], "https://livsbog.example.dk");
        assert!(subject.contains("100") && text.contains("+ 60: livsbog fixity"));
        assert_eq!(text.matches(code.advice().da).count(), LISTED);
        assert!(text.contains(code.advice().en) && text.contains("00000000-0000-0000-0000-000000000007"));
        let gone = Found { cleared_at: Some(at), ..found };
        assert!(letter(&[gone], "x").1.contains("i orden igen"));
    }
}
