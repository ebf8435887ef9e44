//! The people and the schools in the demo's lives, each told by somebody who may, and whom the grown lets read.

use std::collections::HashMap;

use super::content::{Relation, School};
use super::{DemoError, Loader};
use crate::auth::{Caller, MayDecideAsOwner, MayTell};
use crate::db::deposits::Idempotency;
use crate::domain::ids::MediaId;
use crate::life::{self, NewRelation, NewSchool, Told};
use crate::ownership::{self, NewReader, NewReaders};

/// The demo's photographs as uploaded, by child and file name.
type Media = HashMap<(String, String), MediaId>;

impl Loader<'_> {
    pub(super) async fn lives(&self, media: &Media) -> Result<(), DemoError> {
        for relation in &self.content.relation {
            let told = self.relation(relation, media)?;
            self.tell(&relation.child, &relation.by, &relation.name, told).await?;
        }
        for school in &self.content.school {
            let told = self.school(school, media)?;
            self.tell(&school.child, &school.by, &school.name, told).await?;
        }
        Ok(())
    }

    pub(super) async fn tell<T: Told>(
        &self,
        child: &str,
        by: &str,
        name: &str,
        told: T,
    ) -> Result<uuid::Uuid, DemoError> {
        let wrong = |why: String| DemoError::Content(format!("{child}, {name}: {why}"));
        let may = MayTell::grant(self.app, self.caller(by).await?, self.child(child)).await?;
        let idempotency = Idempotency { key: format!("demo {child} {name}"), request_digest: String::new() };
        let sealed = life::add(self.app, &may, told, Some(idempotency)).await;
        let sealed = sealed.map_err(|problem| wrong(format!("{problem}: {}", problem.words().1.detail)))?;
        Ok(sealed.id)
    }

    /// Whom the grown lets read, as it says itself.
    pub(super) async fn readers(&self) -> Result<(), DemoError> {
        for reader in &self.content.reader {
            let caller = self.caller(self.own(&reader.child)?).await?;
            let caller = Caller { today: reader.from, ..caller };
            let may = MayDecideAsOwner::grant(self.app, caller, self.child(&reader.child)).await?;
            let chosen = NewReader { person: self.person(&reader.person).0, may: reader.may.clone() };
            let key = format!("demo reader {} {}", reader.child, reader.person);
            let idempotency = Idempotency { key, request_digest: String::new() };
            let new = NewReaders { readers: vec![chosen] };
            ownership::choose(self.app, &may, new, Some(idempotency)).await?;
        }
        Ok(())
    }

    fn picture(
        &self,
        child: &str,
        file: Option<&String>,
        media: &Media,
    ) -> Result<Option<uuid::Uuid>, DemoError> {
        let Some(file) = file else { return Ok(None) };
        let found = media.get(&(child.to_owned(), file.clone()));
        let missing = || DemoError::Content(format!("{child}: {file} stands in no entry"));
        found.map(|id| Some(id.0)).ok_or_else(missing)
    }

    fn relation(&self, told: &Relation, media: &Media) -> Result<NewRelation, DemoError> {
        Ok(NewRelation {
            name: Some(told.name.clone()),
            title: Some(told.title.clone()),
            group: Some(told.group.clone()),
            words: told.words.clone(),
            picture: self.picture(&told.child, told.picture.as_ref(), media)?,
            person: told.person.as_ref().map(|key| self.person(key).0),
            from: told.from.clone(),
            until: told.until.clone(),
            died: told.died.clone(),
            removed: false,
        })
    }

    fn school(&self, told: &School, media: &Media) -> Result<NewSchool, DemoError> {
        Ok(NewSchool {
            kind: Some(told.kind.clone()),
            name: Some(told.name.clone()),
            place: told.place.clone(),
            words: told.words.clone(),
            picture: self.picture(&told.child, told.picture.as_ref(), media)?,
            from: Some(told.from.clone()),
            to: told.to.clone(),
            removed: false,
        })
    }
}
