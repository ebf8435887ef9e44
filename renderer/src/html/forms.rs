//! What a chapter tells before its pages: the people map, the line of homes or schools, the child's own goals.

use chrono::Datelike;
use serde::Serialize;

use super::PictureView;
use crate::book::{Book, Chapter, ChapterKind, Form, Goal, PeopleGroup, Someone, Stop, StopKind, When};
use crate::figures::denmark::{COAST_SVG, HomeMap};
use crate::labels::initial;

/// A chapter's form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormView {
    /// The child in the middle of its people.
    child: Face,
    /// The people by group; groups without anybody are left out.
    groups: Vec<Group>,
    /// The stops of a line.
    line: Vec<StopView>,
    /// Where the homes were.
    map: Option<MapView>,
    /// The child's own goals or dreams.
    goals: Vec<Goal>,
}

/// The homes on the map of Denmark.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct MapView {
    #[serde(flatten)]
    homes: HomeMap,
    /// The coasts as SVG path data.
    coast: &'static str,
    /// From home to home, likewise.
    way: String,
}

/// A circle with a picture, or with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Face {
    name: String,
    letter: String,
    picture: Option<PictureView>,
}

/// People who came into the child's life the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Group {
    group: PeopleGroup,
    /// Those who are there now, and after them those who were there before.
    people: Vec<PersonView>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct PersonView {
    face: Face,
    title: String,
    words: Option<String>,
    before: bool,
    died: Option<i32>,
    /// Where it is told anew.
    change_href: String,
}

/// A stop on the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct StopView {
    kind: StopKind,
    name: String,
    place: Option<String>,
    words: Option<String>,
    picture: Option<PictureView>,
    from: i32,
    /// Absent: still.
    to: Option<i32>,
    age: u32,
    from_birth: bool,
    /// The child goes there and lives elsewhere.
    is_school: bool,
    /// An important day, as exactly as it is known, and where it is told of.
    day: Option<(When, String)>,
}

impl FormView {
    /// The form of `chapter`, where it has one.
    pub fn of(book: &Book, chapter: &Chapter) -> Option<Self> {
        let child = Face::new(&book.child_name, book.cover.as_ref().map(PictureView::new));
        let (groups, line, goals) = match chapter.form.as_ref()? {
            Form::People(people) => (groups(book, people), Vec::new(), Vec::new()),
            Form::Line(stops) => {
                (Vec::new(), stops.iter().map(|stop| StopView::new(book, stop)).collect(), Vec::new())
            }
            Form::Goals(goals) => (Vec::new(), Vec::new(), goals.clone()),
        };
        let map = match chapter.form.as_ref()? {
            Form::Line(stops) if chapter.kind == ChapterKind::Homes => HomeMap::of(stops).map(MapView::new),
            _ => None,
        };
        Some(Self { child, groups, line, map, goals })
    }
}

impl MapView {
    fn new(homes: HomeMap) -> Self {
        let mut way = String::new();
        for (at, sign) in homes.signs.iter().enumerate() {
            let to = if at == 0 { 'M' } else { 'L' };
            way += &format!("{to}{:.1} {:.1}", sign.sign_x, sign.sign_y);
        }
        Self { homes, coast: &COAST_SVG, way }
    }
}

fn groups(book: &Book, people: &[Someone]) -> Vec<Group> {
    let group = |group: PeopleGroup| {
        let mut people: Vec<_> = people.iter().filter(|someone| someone.group == group).collect();
        people.sort_by_key(|someone| someone.before || someone.died.is_some());
        let people: Vec<_> = people.into_iter().map(|someone| PersonView::new(book, someone)).collect();
        (!people.is_empty()).then_some(Group { group, people })
    };
    PeopleGroup::ALL.into_iter().filter_map(group).collect()
}

impl Face {
    fn new(name: &str, picture: Option<PictureView>) -> Self {
        Self { name: name.to_owned(), letter: initial(name), picture }
    }
}

impl PersonView {
    fn new(book: &Book, someone: &Someone) -> Self {
        Self {
            face: Face::new(&someone.name, someone.picture.as_ref().map(PictureView::new)),
            title: someone.title.clone(),
            words: someone.words.clone(),
            before: someone.before,
            died: someone.died,
            change_href: format!("/bog/{}/mennesker/{}", book.child, someone.id),
        }
    }
}

impl StopView {
    fn new(book: &Book, stop: &Stop) -> Self {
        let page = stop.page.as_ref();
        Self {
            kind: stop.kind,
            name: stop.name.clone(),
            place: stop.place.clone(),
            words: stop.words.clone(),
            picture: stop.picture.as_ref().map(PictureView::new),
            from: stop.from.year(),
            to: stop.to.map(|day| day.year()),
            age: stop.age,
            from_birth: stop.from_birth,
            is_school: stop.kind.is_school(),
            day: page.map(|page| (page.when, format!("/bog/{}/side/{}", book.child, page.id))),
        }
    }
}
