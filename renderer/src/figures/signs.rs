//! The drawings of which a child's code is made. Their lines stand in the template `signs.html`, their names among the
//! texts.

/// Every drawing's name, in the order in which they are shown.
pub const SIGNS: [&str; 16] = [
    "cat", "boat", "sun", "apple", "house", "fish", "star", "tree", "ball", "bird", "flower", "car", "moon",
    "snail", "hat", "kite",
];
