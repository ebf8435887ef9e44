//! The demo's brothers and sisters with the pages they give each other, and the children's goals.

use std::collections::HashMap;

use uuid::Uuid;

use super::content::{Gift, Goal, Step};
use super::{DemoError, Loader};
use crate::auth::{MayAnswerGift, MayHelpGoal, MayTell};
use crate::db::deposits::Idempotency;
use crate::db::life::StoredLife;
use crate::domain::gift::{Gift as SealedGift, GivenPage};
use crate::domain::goal::Goal as SealedGoal;
use crate::domain::life::LifeRecord;
use crate::gifts::{self, GiftAnswer, NewGift, NewSibling};
use crate::goals::{self, NewGoal, NewStep, StepDone};
use crate::problem::Problem;

impl Loader<'_> {
    pub(super) async fn siblings(&self, entries: &HashMap<&str, Uuid>) -> Result<(), DemoError> {
        let mut told = HashMap::new();
        for sibling in &self.content.sibling {
            let new = NewSibling {
                sibling: Some(self.child(&sibling.sibling).0),
                title: Some(sibling.title.clone()),
                removed: false,
            };
            let name = format!("sibling {}", sibling.sibling);
            let record = self.tell(&sibling.child, &sibling.by, &name, new).await?;
            told.insert((sibling.child.as_str(), sibling.sibling.as_str()), record);
        }
        for gift in &self.content.gift {
            let sibling = told.get(&(gift.child.as_str(), gift.to.as_str()));
            let (Some(sibling), Some(entry)) = (sibling, entries.get(gift.page.as_str())) else {
                return Err(DemoError::Content(format!("{}: no such sibling, or no such page", gift.page)));
            };
            self.give(gift, NewGift { page: GivenPage::Entry(*entry), sibling: *sibling }).await?;
        }
        for goal in &self.content.goal {
            self.goal(goal).await?;
        }
        Ok(())
    }

    async fn give(&self, gift: &Gift, new: NewGift) -> Result<(), DemoError> {
        let giver = self.caller(self.own(&gift.child)?).await?;
        let may = MayTell::<SealedGift>::grant(self.app, giver, self.child(&gift.child)).await?;
        let id = gifts::give(self.app, &may, new, named(&format!("gift {}", gift.page))).await?.id;
        if gift.taken {
            let stored = self.stored::<SealedGift>(id).await?;
            let caller = self.caller(self.own(&gift.to)?).await?;
            let may = MayAnswerGift::grant(self.app, caller, stored).await?;
            let name = named(&format!("taken {}", gift.page));
            gifts::answer(self.app, &may, &GiftAnswer { accept: true }, name).await?;
        }
        Ok(())
    }

    async fn goal(&self, goal: &Goal) -> Result<(), DemoError> {
        let own = self.caller(self.own(&goal.child)?).await?;
        let may = MayTell::<SealedGoal>::grant(self.app, own, self.child(&goal.child)).await?;
        let new = NewGoal {
            kind: Some(goal.kind.clone()),
            words: goal.words.clone(),
            reached: goal.reached,
            removed: false,
        };
        let id = goals::add(self.app, &may, new, named(&format!("goal {}", goal.words))).await?.id;
        for (number, step) in (1..).zip(&goal.steps) {
            self.step(id, number, step).await?;
        }
        Ok(())
    }

    async fn step(&self, goal: Uuid, number: usize, step: &Step) -> Result<(), DemoError> {
        let may = self.may_help(goal, step).await?;
        let new = NewStep { words: step.words.clone() };
        goals::add_step(self.app, &may, new, named(&format!("step {goal} {number}"))).await?;
        if step.done {
            let may = self.may_help(goal, step).await?;
            let name = named(&format!("done {goal} {number}"));
            goals::settle_step(self.app, &may, number, &StepDone { done: true }, name).await?;
        }
        Ok(())
    }

    async fn may_help(&self, goal: Uuid, step: &Step) -> Result<MayHelpGoal, DemoError> {
        let stored = self.stored::<SealedGoal>(goal).await?;
        Ok(MayHelpGoal::grant(self.app, self.caller(&step.by).await?, stored).await?)
    }

    async fn stored<R: LifeRecord>(&self, id: Uuid) -> Result<StoredLife<R>, DemoError> {
        Ok(self.app.db.life_record::<R>(id).await?.ok_or(Problem::NotFound)?)
    }
}

/// Of a demo that was broken off, nothing is made twice.
fn named(key: &str) -> Option<Idempotency> {
    Some(Idempotency { key: format!("demo {key}"), request_digest: String::new() })
}
