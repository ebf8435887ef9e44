//! What chapters tell before their pages: the people around a child, its homes and its schools.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Picture, When};

/// The people and animals around a child, by how they came into its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleGroup {
    /// Born into.
    Family,
    /// Of the home where the child lives or has lived.
    Foster,
    /// Chosen as family.
    Chosen,
    /// Friends.
    Friend,
    /// Animals.
    Pet,
    /// Grown-ups whose work it is.
    Professional,
}

impl PeopleGroup {
    /// All groups, in the order of the people map.
    pub const ALL: [PeopleGroup; 6] =
        [Self::Family, Self::Foster, Self::Chosen, Self::Friend, Self::Pet, Self::Professional];

    /// The name used in the API and in sealed documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Foster => "foster",
            Self::Chosen => "chosen",
            Self::Friend => "friend",
            Self::Pet => "pet",
            Self::Professional => "professional",
        }
    }
}

/// Somebody on the people map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Someone {
    /// The record's id.
    pub id: String,
    /// As the child calls them.
    pub name: String,
    /// What they are to the child, in plain words.
    pub title: String,
    /// How they came into its life.
    pub group: PeopleGroup,
    /// A line about them.
    pub words: Option<String>,
    /// Their picture.
    pub picture: Option<Picture>,
    /// They were there before, and are not any more.
    pub before: bool,
    /// They are dead: the year.
    pub died: Option<i32>,
}

/// A stop on the life line: a home, a school, an important day, or a time about which nobody has told yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is.
    pub kind: StopKind,
    /// The home's or the school's name, or the title of the day's page; empty in a gap.
    pub name: String,
    /// The town.
    pub place: Option<String>,
    /// The code of the municipality it was in, where it may stand on the map (kommunekode, four digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// A line about it.
    pub words: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; absent: still.
    pub to: Option<NaiveDate>,
    /// The child's age in whole years on the first day.
    pub age: u32,
    /// It begins with the child's birth.
    pub from_birth: bool,
    /// The page that tells of the day; absent where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<DayPage>,
}

/// The page that tells of an important day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPage {
    /// Its id.
    pub id: String,
    /// The day, as exactly as it is known.
    pub when: When,
}

/// What a stop on the life line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    /// With the family the child was born into.
    Family,
    /// With a foster family.
    FosterFamily,
    /// Every other weekend.
    WeekendFamily,
    /// In an institution.
    Institution,
    /// In a room of its own.
    OwnRoom,
    /// Nursery.
    Nursery,
    /// Kindergarten.
    Kindergarten,
    /// School.
    School,
    /// After school.
    AfterSchool,
    /// Sports, music, scouts.
    Club,
    /// Another place where the child learns or plays.
    OtherSchool,
    /// Another home.
    Other,
    /// An important day.
    Day,
    /// Nobody has told yet.
    Gap,
}

impl StopKind {
    /// The child goes there and lives elsewhere.
    pub fn is_school(self) -> bool {
        match self {
            Self::Nursery
            | Self::Kindergarten
            | Self::School
            | Self::AfterSchool
            | Self::Club
            | Self::OtherSchool => true,
            Self::Family
            | Self::FosterFamily
            | Self::WeekendFamily
            | Self::Institution
            | Self::OwnRoom
            | Self::Other
            | Self::Day
            | Self::Gap => false,
        }
    }
}

/// Whether a goal is for now or for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    /// In the plan.
    Plan,
    /// A dream of the future.
    Dream,
}

/// What the child wants to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The record's id.
    pub id: String,
    /// The child's own words.
    pub words: String,
    /// The day the child ticked it.
    pub reached_on: Option<NaiveDate>,
    /// What its adults do.
    pub steps: Vec<GoalStep>,
}

/// What one adult does for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalStep {
    /// The adult, by first name.
    pub by: String,
    /// In the adult's words.
    pub words: String,
    /// It is done.
    pub done: bool,
}

/// What a chapter tells before its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The people map.
    People(Vec<Someone>),
    /// A line of homes or schools, from the first to the present one.
    Line(Vec<Stop>),
    /// The child's own goals or dreams, first to last.
    Goals(Vec<Goal>),
}
