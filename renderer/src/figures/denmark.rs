//! A drawn map of Denmark, on which a child's homes stand by municipality and never nearer.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kurbo::{BezPath, Point};
use serde::Serialize;

use crate::book::Stop;

/// Width and height of the map in its own units; a hundred of them are a degree of latitude.
pub const SIZE: (f64, f64) = (272.0, 328.0);
/// Bornholm stands in this corner (x, y, width, height).
pub const CORNER: (f64, f64, f64, f64) = (227.0, 36.0, 40.0, 48.0);
/// Half the width of a sign.
pub const SIGN: f64 = 10.0;

/// Where Bornholm is moved from, and by how much; as in `denmark/coast.py`.
const BORNHOLM: &str = "0400";
const MOVED: (f64, f64) = (-140.0, -205.0);
/// Signs are pushed apart in so many rounds at most.
const ROUNDS: usize = 200;

/// One of the 98.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// Its code (kommunekode), four digits.
    pub code: &'static str,
    /// Its name, without "Kommune".
    pub name: &'static str,
    /// Its region, as the texts name it.
    pub region: &'static str,
    /// Its main town on the map.
    pub at: Point,
}

/// All municipalities, by code.
pub static MUNICIPALITIES: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    include_str!("denmark/municipalities.tsv").lines().filter_map(municipality_from).collect()
});

/// The coasts of mainland and islands, each a closed line without corners.
pub static COAST: LazyLock<Vec<BezPath>> =
    LazyLock::new(|| include_str!("denmark/coast.txt").lines().filter_map(island).collect());

/// The coasts as SVG path data.
pub static COAST_SVG: LazyLock<String> =
    LazyLock::new(|| COAST.iter().map(|island| island.to_svg()).collect());

fn municipality_from(line: &'static str) -> Option<Municipality> {
    let mut fields = line.split('\t');
    let (code, name, region) = (fields.next()?, fields.next()?, fields.next()?);
    let (latitude, longitude): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let (dx, dy) = if code == BORNHOLM { MOVED } else { (0.0, 0.0) };
    let x = (longitude - 8.0) * 56_f64.to_radians().cos() * 100.0 + dx;
    Some(Municipality { code, name, region, at: Point::new(x, (57.8 - latitude) * 100.0 + dy) })
}

/// Through the middle of each stretch, bent at each corner: as a hand draws it.
fn island(line: &str) -> Option<BezPath> {
    let point = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some(Point::new(x.parse().ok()?, y.parse().ok()?))
    };
    let corners: Vec<Point> = line.split(' ').map(point).collect::<Option<_>>()?;
    let mut path = BezPath::new();
    path.move_to(corners.last()?.midpoint(*corners.first()?));
    for (corner, next) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        path.quad_to(*corner, corner.midpoint(*next));
    }
    path.close_path();
    Some(path)
}

/// The municipality of a code; nothing for another.
pub fn municipality(code: &str) -> Option<&'static Municipality> {
    let at = MUNICIPALITIES.binary_search_by_key(&code, |municipality| municipality.code).ok()?;
    MUNICIPALITIES.get(at)
}

/// The municipalities of one region, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// As the texts name it.
    pub name: &'static str,
    /// What there is to choose.
    pub municipalities: Vec<Choice>,
}

/// A municipality in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
}

impl Region {
    /// The five regions, from north to south and east.
    pub fn all() -> Vec<Self> {
        let region = |name| {
            let here = MUNICIPALITIES.iter().filter(|one| one.region == name);
            let mut municipalities: Vec<Choice> =
                here.map(|one| Choice { code: one.code, name: one.name }).collect();
            municipalities.sort_by_key(|one| danish_order(one.name));
            Self { name, municipalities }
        };
        ["nordjylland", "midtjylland", "syddanmark", "sjaelland", "hovedstaden"].map(region).into()
    }
}

/// Æ, Ø and Å (and Aa) come last.
fn danish_order(name: &str) -> String {
    name.to_lowercase()
        .replace("aa", "å")
        .chars()
        .map(|letter| match letter {
            'æ' => '{',
            'ø' => '|',
            'å' => '}',
            other => other,
        })
        .collect()
}

/// A child's homes on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeMap {
    /// The homes, first to last.
    pub signs: Vec<Sign>,
}

/// A home on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sign {
    /// From 1, in the order of the homes.
    pub number: usize,
    /// What the home is called.
    pub name: String,
    /// The municipality it was in.
    pub municipality: &'static str,
    /// The municipality's place.
    pub x: f64,
    /// The municipality's place.
    pub y: f64,
    /// Where the sign stands, so that none covers another.
    pub sign_x: f64,
    /// Where the sign stands, so that none covers another.
    pub sign_y: f64,
}

impl HomeMap {
    /// The map of these stops; nothing where none of them tells of its municipality.
    pub fn of(stops: &[Stop]) -> Option<Self> {
        let known = |stop: &Stop| Some((stop.name.clone(), municipality(stop.municipality.as_deref()?)?));
        let mut signs: Vec<Sign> = stops.iter().filter_map(known).enumerate().map(sign).collect();
        push_apart(&mut signs);
        (!signs.is_empty()).then_some(Self { signs })
    }

    /// Each municipality once, as the map is told to whoever does not see it.
    pub fn municipalities(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let each = self.signs.iter().map(|sign| sign.municipality).filter(|name| seen.insert(*name));
        each.map(str::to_owned).collect()
    }
}

fn sign((index, (name, municipality)): (usize, (String, &'static Municipality))) -> Sign {
    let (x, y) = (municipality.at.x, municipality.at.y);
    // A little apart from the start, each in a direction of its own: homes of one municipality are pushed all around it.
    let turn = index as f64 * 2.4;
    let (sign_x, sign_y) = (x + 0.1 * turn.cos(), y - SIGN + 0.1 * turn.sin());
    Sign { number: index + 1, name, municipality: municipality.name, x, y, sign_x, sign_y }
}

/// Moves signs that cover each other away from each other, and all of them onto the map.
fn push_apart(signs: &mut [Sign]) {
    let apart = 2.2 * SIGN;
    for _ in 0..ROUNDS {
        let mut moved = false;
        for first in 0..signs.len() {
            for second in first + 1..signs.len() {
                let (dx, dy) =
                    (signs[second].sign_x - signs[first].sign_x, signs[second].sign_y - signs[first].sign_y);
                let distance = dx.hypot(dy).max(0.01);
                if distance < apart {
                    let (x, y) = (dx / distance, dy / distance);
                    let by = (apart - distance) / 2.0 + 0.05;
                    signs[first].sign_x -= x * by;
                    signs[first].sign_y -= y * by;
                    signs[second].sign_x += x * by;
                    signs[second].sign_y += y * by;
                    moved = true;
                }
            }
        }
        for sign in signs.iter_mut() {
            sign.sign_x = sign.sign_x.clamp(SIGN, SIZE.0 - SIGN);
            sign.sign_y = sign.sign_y.clamp(SIGN, SIZE.1 - SIGN);
        }
        if !moved {
            return;
        }
    }
}

/// A house with its middle here, in the map's units.
pub fn house(x: f64, y: f64) -> BezPath {
    let mut path = BezPath::new();
    let (wide, wall) = (SIGN * 0.86, SIGN * 0.8);
    path.move_to((x - wide, y + wall));
    path.line_to((x - wide, y - SIGN * 0.25));
    path.line_to((x, y - SIGN));
    path.line_to((x + wide, y - SIGN * 0.25));
    path.line_to((x + wide, y + wall));
    path.close_path();
    path
}

#[cfg(test)]
mod tests {
    use kurbo::{ParamCurveNearest, Shape};

    use super::*;
    use crate::book::StopKind;

    fn stop(name: &str, code: Option<&str>) -> Stop {
        Stop {
            kind: StopKind::FosterFamily,
            name: name.into(),
            place: None,
            municipality: code.map(Into::into),
            words: None,
            picture: None,
            from: chrono::NaiveDate::MIN,
            to: None,
            age: 0,
            from_birth: false,
            page: None,
        }
    }

    #[test]
    fn there_are_98_municipalities_and_each_lies_on_land() {
        assert_eq!(MUNICIPALITIES.len(), 98);
        assert!(MUNICIPALITIES.windows(2).all(|two| two[0].code < two[1].code), "in order, each once");
        for one in MUNICIPALITIES.iter() {
            assert!(one.code.len() == 4 && municipality(one.code) == Some(one), "{}", one.name);
            let inland = COAST.iter().any(|coast| coast.winding(one.at) != 0);
            let near = COAST.iter().flat_map(|coast| coast.segments());
            let near =
                near.map(|segment| segment.nearest(one.at, 0.1).distance_sq.sqrt()).fold(f64::MAX, f64::min);
            assert!(inland || near < 8.0, "{} lies in the sea, {near} from land", one.name);
        }
        assert!(municipality("9999").is_none());
    }

    #[test]
    fn every_municipality_is_in_a_region_and_they_are_in_danish_order() {
        let regions = Region::all();
        assert_eq!(regions.iter().map(|region| region.municipalities.len()).sum::<usize>(), 98);
        let names = |at: usize| regions[at].municipalities.iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(0).last(), Some(&"Aalborg"));
        assert_eq!(names(2)[names(2).len() - 2..], ["Ærø", "Aabenraa"]);
    }

    #[test]
    fn nothing_stands_off_the_map() {
        let (width, height) = SIZE;
        for coast in COAST.iter() {
            let bounds = coast.bounding_box();
            assert!(bounds.x0 > 0.0 && bounds.y0 > 0.0 && bounds.x1 < width && bounds.y1 < height);
        }
        let (x, y, wide, high) = CORNER;
        let bornholm = municipality(BORNHOLM).unwrap().at;
        assert!((x..x + wide).contains(&bornholm.x) && (y..y + high).contains(&bornholm.y));
    }

    #[test]
    fn homes_are_numbered_in_order_and_none_covers_another() {
        let mut stops = vec![stop("Hos mor", Some("0706")), stop("Et sted", None)];
        for number in 0..8 {
            stops.push(stop(&format!("Hjem {number}"), Some(if number % 2 == 0 { "0101" } else { "0147" })));
        }
        let map = HomeMap::of(&stops).unwrap();
        assert_eq!(map.signs.len(), 9, "what nobody told of is not on it, and leaves no gap");
        assert!(map.signs.iter().enumerate().all(|(at, sign)| sign.number == at + 1));
        for (at, one) in map.signs.iter().enumerate() {
            for other in &map.signs[at + 1..] {
                let apart = (one.sign_x - other.sign_x).hypot(one.sign_y - other.sign_y);
                assert!(apart >= 2.0 * SIGN, "{} and {} stand {apart} apart", one.name, other.name);
            }
        }
        assert_eq!(map.municipalities(), ["Syddjurs", "København", "Frederiksberg"]);
        assert_eq!(HomeMap::of(&stops[1..2]), None);
    }
}
