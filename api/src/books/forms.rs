//! What chapters tell before their pages: the people map, the homes, the schools.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use renderer::book::{
    ChapterKind, Form, Goal, GoalKind, GoalStep, Language, Picture, Someone, Stop, StopKind,
};

use super::Loom;
use crate::app::App;
use crate::around::called;
use crate::db::entries::StoredMedia;
use crate::db::life::StoredLife;
use crate::domain::access::age_on;
use crate::domain::content_warning::ContentWarning;
use crate::domain::document::{Child, HomeKind, Placement};
use crate::domain::goal;
use crate::domain::ids::{ChildId, EntryId, MediaId, PersonId};
use crate::domain::life::{LifeRecord, Relation, School, SchoolKind};
use crate::domain::redaction::Covers;
use crate::problem::Problem;
use crate::redactions::life_under;

/// A book shows this many people, homes and schools at most.
const RECORDS: u64 = 500;
/// So many warnings before its pages at most.
const WARNINGS: u64 = 10_000;
/// A stay may begin this much later than the one before ended, without a time nobody has told of.
const BETWEEN: TimeDelta = TimeDelta::days(31);

/// The forms of a child's book, by chapter.
pub(super) async fn of_child(
    app: &App,
    id: ChildId,
    child: &Child,
    loom: &Loom<'_>,
) -> Result<HashMap<ChapterKind, Form>, Problem> {
    let today = loom.today;
    let people = life_under::<Relation>(app, loom.covers, id, None, RECORDS).await?.items;
    let schools = life_under::<School>(app, loom.covers, id, None, RECORDS).await?.items;
    let homes = app.db.placements(id, None, RECORDS).await?.items;
    let goals = goals(app, id, loom.covers).await?;
    let pictures = pictures(app, &people, &schools).await?;
    let mut forms: HashMap<ChapterKind, Form> = goals.into_iter().collect();
    if !people.is_empty() {
        let someone = |stored: &StoredLife<Relation>| someone(stored, &pictures, today);
        forms.insert(ChapterKind::MyPeople, Form::People(people.iter().map(someone).collect()));
    }
    if !homes.is_empty() {
        let homes = homes.into_iter().map(|(_, home)| loom.told_home(home)).collect();
        forms.insert(ChapterKind::Homes, Form::Line(line_of_homes(homes, child.born, today)));
    }
    if !schools.is_empty() {
        let stop = |stored: &StoredLife<School>| loom.told_school(school(stored, &pictures, child.born));
        forms.insert(ChapterKind::School, Form::Line(schools.iter().map(stop).collect()));
    }
    Ok(forms)
}

/// What somebody wants the grown reader to know before a page is opened, page by page.
pub async fn warnings(
    app: &App,
    id: ChildId,
    covers: &Covers,
) -> Result<HashMap<EntryId, Vec<String>>, Problem> {
    let mut warnings: HashMap<EntryId, Vec<String>> = HashMap::new();
    for StoredLife { record, .. } in
        life_under::<ContentWarning>(app, covers, id, None, WARNINGS).await?.items
    {
        warnings.entry(record.entry).or_default().push(record.words);
    }
    Ok(warnings)
}

/// The child's own goals stand in its plan, its dreams in the future.
pub async fn goals(app: &App, id: ChildId, covers: &Covers) -> Result<Vec<(ChapterKind, Form)>, Problem> {
    let goals = life_under::<goal::Goal>(app, covers, id, None, RECORDS).await?.items;
    let by: Vec<_> = goals.iter().flat_map(|stored| &stored.record.steps).map(|step| step.by).collect();
    let names = app.db.names(&by).await?;
    let of = |kind: GoalKind| -> Vec<Goal> {
        let those = goals.iter().filter(|stored| stored.record.kind == kind);
        those
            .map(|stored| Goal {
                id: stored.id.to_string(),
                words: stored.record.words.clone(),
                reached_on: stored.record.reached_on,
                steps: stored.record.steps.iter().map(|step| goal_step(step, &names)).collect(),
            })
            .collect()
    };
    let chapters = [(ChapterKind::Plan, of(GoalKind::Plan)), (ChapterKind::Future, of(GoalKind::Dream))];
    let told = chapters.into_iter().filter(|(_, goals)| !goals.is_empty());
    Ok(told.map(|(chapter, goals)| (chapter, Form::Goals(goals))).collect())
}

fn goal_step(step: &goal::GoalStep, names: &HashMap<PersonId, String>) -> GoalStep {
    let by = names.get(&step.by).map(|name| called(name).to_owned()).unwrap_or_default();
    GoalStep { by, words: step.words.clone(), done: step.done_on.is_some() }
}

impl Loom<'_> {
    /// The home as far as this reader may know where it was: of a secret one only when and what.
    fn told_home(&self, home: Placement) -> Placement {
        if !self.secret.hides(&home) {
            return home;
        }
        Placement { home_name: self.secret_place(), place: None, municipality: None, ..home }
    }

    /// The same for a school: one of those days would tell where the home was.
    fn told_school(&self, stop: Stop) -> Stop {
        if !self.secret.covers(stop.from, stop.to) {
            return stop;
        }
        Stop { name: self.secret_place(), place: None, words: None, picture: None, ..stop }
    }

    fn secret_place(&self) -> String {
        match self.language {
            Language::Da => "Et hemmeligt sted".into(),
            Language::En => "A secret place".into(),
        }
    }
}

type Pictures = HashMap<MediaId, StoredMedia>;

async fn pictures(
    app: &App,
    people: &[StoredLife<Relation>],
    schools: &[StoredLife<School>],
) -> Result<Pictures, Problem> {
    let of_people = people.iter().filter_map(|stored| stored.record.picture());
    let ids: Vec<MediaId> =
        of_people.chain(schools.iter().filter_map(|stored| stored.record.picture())).collect();
    Ok(app.db.media_among(&ids).await?.into_iter().map(|stored| (stored.id, stored)).collect())
}

fn picture(id: Option<MediaId>, pictures: &Pictures, alt: &str) -> Option<Picture> {
    let stored = pictures.get(&id?)?;
    let (width, height) = (stored.media.width?, stored.media.height?);
    Some(Picture { id: stored.id.to_string(), alt: alt.to_owned(), width, height })
}

fn someone(stored: &StoredLife<Relation>, pictures: &Pictures, today: NaiveDate) -> Someone {
    let record = &stored.record;
    Someone {
        id: stored.id.to_string(),
        name: record.name.clone(),
        title: record.title.clone(),
        group: record.group,
        words: record.words.clone(),
        picture: picture(record.picture, pictures, &record.name),
        before: record.until.is_some_and(|until| until < today),
        died: record.died.map(|day| day.year()),
    }
}

fn school(stored: &StoredLife<School>, pictures: &Pictures, born: NaiveDate) -> Stop {
    let record = &stored.record;
    Stop {
        kind: match record.kind {
            SchoolKind::Nursery => StopKind::Nursery,
            SchoolKind::Kindergarten => StopKind::Kindergarten,
            SchoolKind::School => StopKind::School,
            SchoolKind::AfterSchool => StopKind::AfterSchool,
            SchoolKind::Club => StopKind::Club,
            SchoolKind::Other => StopKind::OtherSchool,
        },
        name: record.name.clone(),
        place: record.place.clone(),
        municipality: None,
        words: record.words.clone(),
        picture: picture(record.picture, pictures, &record.name),
        from: record.from,
        to: record.to,
        age: age_on(born, record.from),
        from_birth: false,
        page: None,
    }
}

/// The homes from birth until today, or until the child was grown; where no home is known for more than a month, that is
/// said. Every other weekend fills no gap.
fn line_of_homes(mut homes: Vec<Placement>, born: NaiveDate, today: NaiveDate) -> Vec<Stop> {
    homes.sort_by_key(|home| home.from);
    let grown = born.checked_add_months(chrono::Months::new(18 * 12)).unwrap_or(today);
    let mut line = Vec::with_capacity(homes.len() + 1);
    // Until this day we know.
    let mut known = born;
    for home in homes {
        let stop = home_stop(&home, born);
        if stop.kind != StopKind::WeekendFamily {
            line.extend(gap(known, home.from.min(grown), born));
            known = known.max(home.to.map_or(today, |to| to.min(today)));
        }
        line.push(stop);
    }
    line.extend(gap(known, today.min(grown), born));
    line
}

fn gap(known: NaiveDate, from: NaiveDate, born: NaiveDate) -> Option<Stop> {
    let first = if known == born { born } else { known + Days::new(1) };
    (from - known > BETWEEN).then(|| Stop {
        kind: StopKind::Gap,
        name: String::new(),
        place: None,
        municipality: None,
        words: None,
        picture: None,
        from: first,
        to: from.pred_opt(),
        age: age_on(born, first),
        from_birth: first == born,
        page: None,
    })
}

fn home_stop(home: &Placement, born: NaiveDate) -> Stop {
    Stop {
        kind: match home.home_kind {
            HomeKind::Family => StopKind::Family,
            HomeKind::FosterFamily => StopKind::FosterFamily,
            HomeKind::WeekendFamily => StopKind::WeekendFamily,
            HomeKind::Institution => StopKind::Institution,
            HomeKind::OwnRoom => StopKind::OwnRoom,
            HomeKind::Other => StopKind::Other,
        },
        name: home.home_name.clone(),
        place: home.place.clone(),
        municipality: home.municipality.clone(),
        words: None,
        picture: None,
        from: home.from,
        to: home.to,
        age: age_on(born, home.from),
        from_birth: home.from == born,
        page: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn home(kind: HomeKind, from: &str, to: Option<&str>) -> Placement {
        Placement {
            child: ChildId(uuid::Uuid::nil()),
            home_kind: kind,
            home_name: "Hos Karen".into(),
            place: None,
            municipality: None,
            carers: Vec::new(),
            from: day(from),
            to: to.map(day),
            protected: false,
        }
    }

    fn line(homes: Vec<Placement>, today: &str) -> Vec<(StopKind, String, Option<String>)> {
        let told = |stop: Stop| (stop.kind, stop.from.to_string(), stop.to.map(|to| to.to_string()));
        line_of_homes(homes, day("2010-05-14"), day(today)).into_iter().map(told).collect()
    }

    #[test]
    fn a_time_of_which_nobody_has_told_is_a_stop_of_its_own() {
        let homes = vec![
            home(HomeKind::FosterFamily, "2014-03-01", None),
            home(HomeKind::Family, "2010-05-14", Some("2012-12-31")),
        ];
        let told = line(homes, "2020-01-01");
        let gap = (StopKind::Gap, "2013-01-01".into(), Some("2014-02-28".into()));
        assert_eq!(
            told.iter().map(|stop| stop.0).collect::<Vec<_>>(),
            [StopKind::Family, StopKind::Gap, StopKind::FosterFamily]
        );
        assert_eq!(told[1], gap);
    }

    #[test]
    fn the_time_before_the_first_home_and_after_the_last_is_not_told_either() {
        let told = line(vec![home(HomeKind::Institution, "2013-02-01", Some("2015-06-30"))], "2016-01-01");
        let gap = |from: &str, to: &str| (StopKind::Gap, from.to_owned(), Some(to.to_owned()));
        assert_eq!(told[0], gap("2010-05-14", "2013-01-31"));
        assert_eq!(told[2], gap("2015-07-01", "2015-12-31"));
    }

    #[test]
    fn a_move_within_a_month_is_no_gap_and_every_other_weekend_fills_none() {
        let homes = vec![
            home(HomeKind::Family, "2010-05-14", Some("2012-05-01")),
            home(HomeKind::FosterFamily, "2012-05-20", Some("2014-01-01")),
            home(HomeKind::WeekendFamily, "2013-01-01", None),
        ];
        let kinds: Vec<_> = line(homes, "2016-01-01").into_iter().map(|stop| stop.0).collect();
        use StopKind::{Family, FosterFamily, Gap, WeekendFamily};
        assert_eq!(kinds, [Family, FosterFamily, WeekendFamily, Gap]);
    }

    #[test]
    fn when_the_child_is_grown_no_home_is_missing() {
        let homes = vec![
            home(HomeKind::Family, "2010-05-14", Some("2012-05-01")),
            home(HomeKind::FosterFamily, "2012-05-02", Some("2028-05-13")),
        ];
        assert_eq!(line(homes, "2040-01-01").len(), 2);
    }
}
