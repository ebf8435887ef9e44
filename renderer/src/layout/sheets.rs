//! Sheets while they are filled, one at a time.

use super::structure::Structure;
use super::{Link, Placed, Sheet};

/// Takes a sheet with its number, from 0, when nothing more comes on it, and the structure as far as it has grown. They come
/// in order, but for the contents: those come last.
pub type Give<'a> = dyn FnMut(usize, &Sheet, &Structure) + 'a;

pub(super) struct Sheets<'a> {
    give: &'a mut Give<'a>,
    current: Option<Numbered>,
    count: usize,
}

/// A sheet with its number, from 0.
pub(super) struct Numbered {
    number: usize,
    sheet: Sheet,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(give: &'a mut Give<'a>) -> Self {
        Self { give, current: None, count: 0 }
    }

    /// How many there are by now.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Goes on with a new sheet.
    pub(super) fn turn(&mut self, structure: &Structure) {
        self.finish(structure);
        self.current = Some(Numbered { number: self.count, sheet: Sheet::default() });
        self.count += 1;
    }

    /// Nothing more comes on the current sheet.
    pub(super) fn finish(&mut self, structure: &Structure) {
        if let Some(Numbered { number, sheet }) = self.current.take() {
            (self.give)(number, &sheet, structure);
        }
    }

    /// Lays the current sheet aside, to be filled later.
    pub(super) fn lay_aside(&mut self) -> Option<Numbered> {
        self.current.take()
    }

    /// Goes on with a sheet that was laid aside.
    pub(super) fn take_up(&mut self, sheet: Option<Numbered>, structure: &Structure) {
        self.finish(structure);
        self.current = sheet;
    }

    pub(super) fn put(&mut self, placed: Placed) {
        if let Some(current) = &mut self.current {
            current.sheet.items.push(placed);
        }
    }

    pub(super) fn link(&mut self, link: Link) {
        if let Some(current) = &mut self.current {
            current.sheet.links.push(link);
        }
    }
}
