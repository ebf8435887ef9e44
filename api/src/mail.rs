//! Letters to whoever runs the service, by SMTP. They hold what a stranger may read.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;

/// Why there is no post, or why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("mail_url, mail_from and mail_to belong together: set all of them or none")]
    Incomplete,
    #[error("mail_url: an address such as smtps://USER:PASSWORD@HOST or smtp://HOST:PORT?tls=required")]
    Url,
    #[error("{0}: an address such as drift@example.dk")]
    Address(&'static str),
    #[error("the letter cannot be written")]
    Letter(#[from] lettre::error::Error),
    /// The server's own words are left out: they may name people.
    #[error("the mail server {0}")]
    Refused(String),
}

/// Refuses settings that can never work. A server that is away comes back.
pub fn check(config: &Config) -> Result<(), MailError> {
    Post::configured(config).map(|_| ())
}

/// A mail server, and from whom to whom letters go.
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Vec<Mailbox>,
}

const PATIENCE: Duration = Duration::from_secs(30);

impl Post {
    /// The post of the settings; nothing where none is set.
    pub fn configured(config: &Config) -> Result<Option<Self>, MailError> {
        let (url, from, to) = match (&config.mail_url, &config.mail_from, &config.mail_to) {
            (None, None, None) => return Ok(None),
            (Some(url), Some(from), Some(to)) => (url, from, to),
            _ => return Err(MailError::Incomplete),
        };
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| MailError::Url)?;
        let from = mailbox(from).ok_or(MailError::Address("mail_from"))?;
        let to: Option<Vec<Mailbox>> = to.split(',').map(mailbox).collect();
        let to = to.ok_or(MailError::Address("mail_to"))?;
        Ok(Some(Self { server: server.timeout(Some(PATIENCE)).build(), from, to }))
    }

    /// Hands a letter to the server; once it says yes the letter is its own to deliver.
    pub async fn send(&self, subject: &str, text: String) -> Result<(), MailError> {
        let letter = Message::builder().from(self.from.clone()).subject(subject);
        let letter = self.to.iter().fold(letter, |letter, to| letter.to(to.clone()));
        let letter = letter.header(ContentType::TEXT_PLAIN).body(text)?;
        self.server.send(letter).await.map(|_| ()).map_err(|error| MailError::Refused(words(&error)))
    }
}

fn mailbox(address: &str) -> Option<Mailbox> {
    Some(Mailbox::new(None, address.trim().parse::<Address>().ok()?))
}

fn words(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("says {code}"),
        None if error.is_timeout() => "does not answer in time".into(),
        None if error.is_tls() => "cannot be talked to under TLS".into(),
        None => "cannot be reached".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(url: &str, from: &str, to: &str) -> Result<bool, MailError> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let config =
            Config { mail_url: some(url), mail_from: some(from), mail_to: some(to), ..Config::default() };
        Post::configured(&config).map(|post| post.is_some())
    }

    #[test]
    fn settings_that_reach_nobody_are_refused() {
        assert!(!post("", "", "").unwrap());
        for url in ["smtp://localhost:25", "smtps://u:p@mail.example.dk", "smtp://h:587?tls=required"] {
            assert!(post(url, "livsbog@example.dk", "a@example.dk, b@example.dk").unwrap(), "{url}");
        }
        assert!(matches!(post("smtp://h", "", "a@example.dk"), Err(MailError::Incomplete)));
        assert!(matches!(post("http://h", "a@example.dk", "a@example.dk"), Err(MailError::Url)));
        assert!(matches!(post("smtp://h", "nobody", "a@example.dk"), Err(MailError::Address("mail_from"))));
        assert!(matches!(
            post("smtp://h", "a@example.dk", "a@example.dk,"),
            Err(MailError::Address("mail_to"))
        ));
    }
}
