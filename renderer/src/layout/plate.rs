//! Pictures side by side in one window, each cut as little as can be.

use super::Area;

/// White between pictures of a plate, in points.
const GUTTER: f32 = 5.0;

/// As many pictures as one plate holds.
pub(super) const MOST: usize = 6;

/// A picture of which at least so much is seen is well cut.
const WELL: f32 = 0.72;

/// Pictures arranged in a window.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plate {
    /// One for each picture.
    pub(super) areas: Vec<Area>,
    /// How much is seen of the picture that is cut the most; 1 is all of it.
    pub(super) seen: f32,
}

/// The arrangement in rows or in columns by which `window` is filled and the pictures, told by width to height, are cut
/// little and none becomes a stamp beside a giant.
pub(super) fn filled(window: Area, ratios: &[f32]) -> Plate {
    let turned = Area { x: window.y, y: window.x, width: window.height, height: window.width };
    let upright: Vec<f32> = ratios.iter().map(|ratio| 1.0 / ratio).collect();
    let (mut best, mut most) = (Plate { areas: Vec::new(), seen: 0.0 }, 0.0);
    // Every way to cut a row of pictures into shorter rows.
    for cuts in 0..1_usize << ratios.len().saturating_sub(1).min(MOST) {
        let rows = in_rows(window, ratios, cuts);
        let columns = in_rows(turned, &upright, cuts);
        let columns = columns.into_iter().map(|area| Area {
            x: area.y,
            y: area.x,
            width: area.height,
            height: area.width,
        });
        for areas in [rows, columns.collect()] {
            let seen = seen(&areas, ratios);
            let worth = seen.min(WELL) * evenness(&areas).powf(0.4);
            if worth > most {
                (best, most) = (Plate { areas, seen }, worth);
            }
        }
    }
    best
}

/// The tallest plate of `width` between `low` and `high` in which all are well cut; else the one that cuts least.
pub(super) fn tallest(width: f32, (low, high): (f32, f32), ratios: &[f32]) -> Plate {
    const STEP: f32 = 6.0;
    let mut best = Plate { areas: Vec::new(), seen: 0.0 };
    let mut height = high;
    while height >= low.min(high) {
        let plate = filled(Area { x: 0.0, y: 0.0, width, height }, ratios);
        if plate.seen >= WELL {
            return plate;
        }
        if plate.seen > best.seen {
            best = plate;
        }
        height -= STEP;
    }
    best
}

fn in_rows(window: Area, ratios: &[f32], cuts: usize) -> Vec<Area> {
    let mut rows: Vec<Vec<f32>> = vec![Vec::new()];
    for (index, ratio) in ratios.iter().enumerate() {
        if index > 0 && cuts >> (index - 1) & 1 == 1 {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push(*ratio);
        }
    }
    let gaps = |count: usize| GUTTER * count.saturating_sub(1) as f32;
    let natural: Vec<f32> =
        rows.iter().map(|row| (window.width - gaps(row.len())) / row.iter().sum::<f32>()).collect();
    let stretch = (window.height - gaps(rows.len())) / natural.iter().sum::<f32>();
    let mut areas = Vec::new();
    let mut y = window.y;
    for (row, natural) in rows.iter().zip(natural) {
        let mut x = window.x;
        for ratio in row {
            let area = Area { x, y, width: natural * ratio, height: natural * stretch };
            x += area.width + GUTTER;
            areas.push(area);
        }
        y += natural * stretch + GUTTER;
    }
    areas
}

/// The smallest window beside the mean one.
fn evenness(areas: &[Area]) -> f32 {
    let sizes = areas.iter().map(|area| area.width.max(0.0) * area.height.max(0.0));
    let mean = sizes.clone().sum::<f32>() / areas.len().max(1) as f32;
    sizes.fold(mean, f32::min) / mean.max(1.0)
}

fn seen(areas: &[Area], ratios: &[f32]) -> f32 {
    let each = areas.iter().zip(ratios).map(|(area, ratio)| {
        let shown = area.width / area.height;
        if area.width <= 0.0 || area.height <= 0.0 { 0.0 } else { (shown / ratio).min(ratio / shown) }
    });
    each.fold(1.0, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Area = Area { x: 0.0, y: 0.0, width: 595.0, height: 842.0 };

    #[test]
    fn pictures_fill_their_window_and_do_not_overlap() {
        let ratios = [1.5, 0.75, 1.33, 1.0, 1.78, 0.56];
        for count in 1..=MOST {
            let plate = filled(SHEET, &ratios[..count]);
            assert_eq!(plate.areas.len(), count);
            for (index, a) in plate.areas.iter().enumerate() {
                assert!(a.x >= -0.1 && a.x + a.width <= SHEET.width + 0.1, "{a:?}");
                assert!(a.y >= -0.1 && a.y + a.height <= SHEET.height + 0.1, "{a:?}");
                for b in &plate.areas[index + 1..] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn the_arrangement_follows_the_pictures() {
        let wide = filled(SHEET, &[1.5, 1.5]);
        assert!(wide.areas[1].y > 0.0, "two wide ones stand above each other");
        let tall = filled(Area { height: 420.0, ..SHEET }, &[0.7, 0.7]);
        assert!(tall.areas[1].x > 0.0, "two tall ones stand side by side");
    }

    #[test]
    fn no_picture_is_a_stamp_beside_a_giant() {
        for ratios in [[1.5, 1.5, 0.75, 1.33, 1.33, 1.5], [0.75, 1.5, 1.0, 1.33, 1.78, 1.5]] {
            for count in 2..=MOST {
                let plate = tallest(595.0, (150.0, 420.0), &ratios[..count]);
                assert!(evenness(&plate.areas) > 0.4, "{:?}", plate.areas);
            }
        }
    }

    #[test]
    fn a_picture_is_not_cut_to_pieces() {
        for ratio in [0.75, 1.0, 1.33, 1.5, 1.78, 3.0] {
            let plate = tallest(595.0, (150.0, 620.0), &[ratio]);
            assert!(plate.seen >= WELL, "{ratio}: {}", plate.seen);
        }
    }
}
