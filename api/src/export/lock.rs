//! How somebody wants their package locked.

use archive::package::Lock;
use serde::Deserialize;

use crate::problem::{FieldProblem, Problem};

/// A password that keeps a whole life is no shorter than this.
const PASSWORD_CHARACTERS: usize = 12;

/// How a package is locked, as it is asked for: with a password, or for an age recipient.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLock {
    /// Twelve characters at least.
    pub password: Option<String>,
    /// `age1...`, where no password is given.
    pub recipient: Option<String>,
}

impl NewLock {
    pub fn password(password: &str) -> Self {
        Self { password: Some(password.to_owned()), recipient: None }
    }

    pub fn lock(&self) -> Result<Lock, Problem> {
        let wrong = |field, code, da: &str, en: &str| {
            Err(Problem::Invalid(vec![FieldProblem::new(field, code, da, en)]))
        };
        match (self.password.as_deref(), self.recipient.as_deref()) {
            (Some(password), _) if password.chars().count() >= PASSWORD_CHARACTERS => {
                Ok(Lock::password(password))
            }
            (Some(_), _) => wrong(
                "password",
                "too_short",
                "Koden skal være på mindst 12 tegn. Fire tilfældige ord er en god kode.",
                "The password has 12 characters at least. Four random words are a good one.",
            ),
            (None, Some(recipient)) => Lock::recipient(recipient).or_else(|_| {
                let (da, en) =
                    ("Det er ikke en age-modtager (age1...).", "That is no age recipient (age1...).");
                wrong("recipient", "unknown_value", da, en)
            }),
            (None, None) => wrong("password", "required", "Vælg en kode.", "Choose a password."),
        }
    }
}
