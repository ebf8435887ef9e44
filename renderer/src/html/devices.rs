//! The child's own device: signing in with pictures, reading for two, and the adults' side of both.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::Page;
use crate::book::AgeBand;
use crate::figures::signs::SIGNS;

/// Sixteen drawings of which some are pressed in an order: `/ind/billeder`, and for two `/bog/{child}/sammen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PressPictures {
    /// What the pictures are for.
    pub purpose: Purpose,
    /// What the child is called.
    pub child_name: String,
    /// The band the child reads in, for the size of the words.
    pub band: AgeBand,
    /// Where the form goes.
    pub action: String,
    /// Where a cross-site token is to be sent.
    pub csrf: Option<String>,
    /// What was pressed before, carried along.
    pub pressed: Vec<&'static str>,
    /// How many of this round were pressed.
    pub done: usize,
    /// How many make a round.
    pub wanted: usize,
    /// Why it did not work, or why there is nothing to press.
    pub trouble: Option<PictureTrouble>,
    /// The drawings to press.
    pub signs: [&'static str; 16],
}

impl PressPictures {
    /// The page before anything was pressed.
    pub fn new(purpose: Purpose, child_name: String, band: AgeBand, action: String, wanted: usize) -> Self {
        let (pressed, done, trouble, csrf) = (Vec::new(), 0, None, None);
        Self { purpose, child_name, band, action, csrf, pressed, done, wanted, trouble, signs: SIGNS }
    }
}

impl Page for PressPictures {
    const TEMPLATE: &'static str = "press_pictures.html";
}

/// What pictures are pressed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To come in.
    SignIn,
    /// To choose a code.
    Choose,
    /// To press the chosen code once more.
    Repeat,
    /// To read for two.
    Together,
}

/// Why pictures did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum PictureTrouble {
    /// Not the right ones.
    Wrong,
    /// The same picture again and again.
    Same,
    /// Not the ones from before.
    Differs,
    /// Not the ones an adult was shown.
    NotShown,
    /// Too many wrong ones; nothing can be pressed.
    Wait {
        /// Whole minutes.
        minutes: u32,
    },
    /// Far too many; an adult has to help.
    Locked,
    /// There is no code yet; an adult has to help.
    NoCode,
}

/// `/enhed`: whose tablet is this?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhoseDevice {
    /// The children whose devices this adult sees to.
    pub children: Vec<ChildOfDevice>,
}

impl Page for WhoseDevice {
    const TEMPLATE: &'static str = "whose_device.html";
}

/// One child to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChildOfDevice {
    /// The child's id.
    pub id: String,
    /// What the child is called.
    pub name: String,
}

/// `/enhed/{child}`: a child's devices and its code, for the adults around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Devices {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub child_name: String,
    /// The adult may enrol devices and let the child choose a new code.
    pub may_enrol: bool,
    /// The child is registered as somebody who comes in itself.
    pub has_own_person: bool,
    /// The newest first.
    pub devices: Vec<DeviceRow>,
    /// The child has a code.
    pub has_code: bool,
    /// Until then the child may choose a code, local time.
    pub choose_until: Option<NaiveDateTime>,
    /// The code is locked after too many wrong ones.
    pub locked: bool,
    /// Somebody let the child in anew, and nobody has said yes beside.
    pub waiting: Option<WaitingYes>,
}

impl Page for Devices {
    const TEMPLATE: &'static str = "devices.html";
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceRow {
    /// The device's id.
    pub id: String,
    /// Who made it the child's.
    pub enrolled_by: String,
    /// The day of that.
    pub enrolled_on: NaiveDate,
    /// The day the child last came in on it.
    pub used_on: Option<NaiveDate>,
    /// Locked after too many wrong codes.
    pub locked: bool,
}

/// Somebody let the child in anew, and nobody has said yes beside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingYes {
    /// The opening's id.
    pub id: String,
    /// Who let the child in.
    pub by: String,
    /// Local time.
    pub at: NaiveDateTime,
    /// Whether this adult's yes counts.
    pub may_confirm: bool,
}

/// `/bog/{child}/sammen` for the adult: three pictures to show the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadForTwo {
    /// The child's id.
    pub child: String,
    /// What the child is called.
    pub child_name: String,
    /// The pictures, once they were asked for.
    pub pictures: Vec<&'static str>,
    /// Until then they are good, local time.
    pub until: Option<NaiveDateTime>,
}

impl Page for ReadForTwo {
    const TEMPLATE: &'static str = "read_for_two.html";
}

/// Somebody let the child in anew, as the child reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetIn {
    /// `enrolled`, `forgotten`, `locked` or `link`.
    pub why: &'static str,
    /// Who.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
    /// Who said yes beside, and when.
    pub confirmed: Option<(String, NaiveDate)>,
}
