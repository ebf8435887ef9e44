//! `livsbog dispose`.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use archive::{Decision, Language, Reason};
use serde_json::json;
use uuid::Uuid;

use super::{Instance, Outcome};
use crate::app::App;
use crate::auth::{MayDecideDisposal, MayDispose, identify_token};
use crate::disposal::{self, Planned};
use crate::domain::disposal::State;
use crate::domain::ids::{ChildId, DisposalId};
use crate::problem::Problem;

const PAGE: u64 = 500;

impl Instance {
    pub async fn dispose_plan(&self, child: Option<Uuid>) -> Outcome {
        let app = self.open().await?;
        if let Some(child) = child {
            anyhow::ensure!(app.db.child(ChildId(child)).await?.is_some(), "no child {child}");
            self.print_plan(&app, ChildId(child)).await?;
            return Ok(true);
        }
        let mut after = None;
        loop {
            let children = app.db.all_children(after, PAGE).await?;
            let Some(last) = children.last() else { return Ok(true) };
            after = Some(*last);
            for child in children {
                self.print_plan(&app, child).await?;
            }
        }
    }

    async fn print_plan(&self, app: &App, child: ChildId) -> Result<(), anyhow::Error> {
        for Planned { target, decision } in disposal::plan(app, child).await? {
            let (may_go, reasons) = match &decision {
                Decision::MayDispose(warrant) => (true, &warrant.grounds().reasons),
                Decision::Keep { reasons, .. } => (false, reasons),
            };
            let mut out = std::io::stdout();
            if self.json {
                let line = json!({ "child": child, "object": target.object, "kind": target.kind,
                    "deposited_at": target.deposited_at, "may_go": may_go, "reasons": reasons,
                    "policy": app.policy.digest() });
                writeln!(out, "{line}")?;
                continue;
            }
            let why: Vec<String> =
                reasons.iter().map(|reason: &Reason| reason.words(Language::English)).collect();
            writeln!(
                out,
                "{} {} {} of child {child}, deposited {}: {}",
                if may_go { "may go" } else { "stays" },
                target.kind.as_str(),
                target.object,
                target.deposited_at.date_naive(),
                why.join(" "),
            )?;
        }
        Ok(())
    }

    pub async fn dispose_apply(
        &self,
        child: Option<Uuid>,
        disposal: Option<Uuid>,
        token_file: &Path,
    ) -> Outcome {
        let app = self.open().await?;
        let token = std::fs::read_to_string(token_file).with_context(|| token_file.display().to_string())?;
        let caller = identify_token(&app, token.trim()).await?;
        let done = match (child, disposal) {
            (_, Some(id)) => {
                let may = MayDecideDisposal::grant(&app, caller, DisposalId(id)).await?;
                disposal::approve(&app, &may).await.map(|state| (id, state))
            }
            (Some(child), None) => {
                let may = MayDispose::grant(&app, caller, ChildId(child)).await?;
                disposal::propose(&app, &may).await.map(|proposed| (proposed.id, State::Proposed))
            }
            (None, None) => anyhow::bail!("name a child or a proposal"),
        };
        match done {
            Ok((id, State::Decided)) => {
                self.say(&format!("{id} is carried out"), &json!({ "disposal": id, "decided": true }))
            }
            Ok((id, _)) => self.say(
                &format!("{id} waits for another person to agree"),
                &json!({ "disposal": id, "decided": false }),
            ),
            Err(
                problem @ (Problem::NothingDue
                | Problem::SamePerson
                | Problem::AlreadyDecided
                | Problem::MustStay
                | Problem::NotReady),
            ) => {
                self.say(&problem.to_string(), &json!({ "problem": problem.code().0 }))?;
                Ok(false)
            }
            Err(problem) => Err(problem.into()),
        }
    }
}
