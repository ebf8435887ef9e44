//! Polynomials over GF(2^8), with the modulus of AES (x^8 + x^4 + x^3 + x + 1). Each byte of a secret has one of its own.
//! No table is looked up by a secret, so that no cache tells of it.

use zeroize::Zeroizing;

use super::{Bytes32, SECRET_BYTES};

/// The value at `at` of the polynomials of least degree through `points`.
pub(super) fn interpolate(points: &[(u8, Bytes32)], at: u8) -> Bytes32 {
    let mut value = Zeroizing::new([0; SECRET_BYTES]);
    for (x, y) in points {
        let others = points.iter().map(|(other, _)| *other).filter(|other| other != x);
        let weight =
            others.fold(1, |product, other| multiply(product, multiply(at ^ other, invert(x ^ other))));
        for (byte, share) in value.iter_mut().zip(y.iter()) {
            *byte ^= multiply(weight, *share);
        }
    }
    value
}

fn multiply(mut left: u8, mut right: u8) -> u8 {
    let mut product = 0;
    for _ in 0..8 {
        product ^= left & (right & 1).wrapping_neg();
        let carry = (left >> 7).wrapping_neg();
        left = (left << 1) ^ (carry & 0x1b);
        right >>= 1;
    }
    product
}

/// The 254th power: every element but 0 to the 255th is 1.
fn invert(element: u8) -> u8 {
    (0..253).fold(element, |power, _| multiply(power, element))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_the_one_of_aes() {
        // FIPS 197, section 4.2 and its example.
        assert_eq!(multiply(0x57, 0x83), 0xc1);
        assert_eq!(multiply(0x57, 0x13), 0xfe);
        for element in 1..=255 {
            assert_eq!(multiply(element, invert(element)), 1);
        }
    }

    #[test]
    fn a_line_through_two_points_passes_through_its_others() {
        let constant = |byte| Zeroizing::new([byte; SECRET_BYTES]);
        // y = 5 + 3x
        let line = |x: u8| constant(5 ^ multiply(3, x));
        let points = [(1, line(1)), (9, line(9))];
        for at in [0, 1, 77, 255] {
            assert_eq!(interpolate(&points, at), line(at));
        }
    }
}
