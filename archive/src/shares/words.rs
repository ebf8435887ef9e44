//! A share in words: ten bits each, the last three a checksum that finds up to three wrong ones (RS1024).

use zeroize::Zeroizing;

use super::{Bytes32, SECRET_BYTES};

/// The 1024 words of SLIP-0039, in the order of the alphabet; the first four letters of each are its own. From the standard
/// (SatoshiLabs, MIT licence).
const WORDS: &str = include_str!("slip39-words.txt");
const CHECKSUM: usize = 3;
/// Four words say what the share is, 26 hold 256 bits with four zeros before them, three check the rest.
const LENGTH: usize = 4 + 26 + CHECKSUM;
const PURPOSE: &[u8] = b"shamir";

/// What stands in a share besides its part of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// The same 15 random bits in all shares of one division.
    pub(super) id: u16,
    /// How hard the passphrase is to guess.
    pub(super) exponent: u8,
    /// Which share, from 0.
    pub(super) number: u8,
    /// How many are needed.
    pub(super) needed: u8,
}

/// The share's words.
pub(super) fn to_words(header: Header, value: &Bytes32) -> Zeroizing<String> {
    let Header { id, exponent, number, needed } = header;
    // Not extendable (one bit 0); group 0 of 1, 1 needed: three times four zeros.
    let head = u32::from(id) << 5 | u32::from(exponent);
    let tail = u32::from(number) << 4 | u32::from(needed - 1);
    let mut digits = Zeroizing::new(vec![head >> 10, head & 1023, tail >> 10, tail & 1023]);
    let mut bits = Zeroizing::new(vec![0_u32; 4]);
    bits.extend(value.iter().flat_map(|byte| (0..8).rev().map(move |bit| u32::from(byte >> bit & 1))));
    digits.extend(bits.chunks(10).map(|ten| ten.iter().fold(0, |digit, bit| digit << 1 | bit)));
    let check = polymod(digits.iter().copied().chain([0; CHECKSUM])) ^ 1;
    digits.extend((0..CHECKSUM).rev().map(|place| check >> (10 * place) & 1023));
    let words: Vec<&str> = WORDS.lines().collect();
    Zeroizing::new(digits.iter().map(|digit| words[*digit as usize]).collect::<Vec<_>>().join(" "))
}

/// Reads a share; nothing when a word is wrong or it is not of our kind. A word's first four letters are enough.
pub(super) fn from_words(share: &str) -> Option<(Header, Bytes32)> {
    let digit = |word: &str| {
        let word = word.to_lowercase();
        let known =
            WORDS.lines().position(|known| known == word || word.len() == 4 && known.starts_with(&word));
        known.and_then(|digit| u32::try_from(digit).ok())
    };
    let digits = share.split_whitespace().map(digit).collect::<Option<Vec<u32>>>().map(Zeroizing::new)?;
    if digits.len() != LENGTH || polymod(digits.iter().copied()) != 1 {
        return None;
    }
    let (head, tail) = (digits[0] << 10 | digits[1], digits[2] << 10 | digits[3]);
    let value: Vec<u32> = digits[4..LENGTH - CHECKSUM]
        .iter()
        .flat_map(|digit| (0..10).rev().map(move |bit| digit >> bit & 1))
        .collect();
    let value = Zeroizing::new(value);
    let extendable = head >> 4 & 1 == 1;
    let of_groups = tail >> 8 != 0;
    if extendable || of_groups || value[..4].contains(&1) {
        return None;
    }
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    for (byte, bits) in bytes.iter_mut().zip(value[4..].chunks(8)) {
        *byte = bits.iter().fold(0, |byte, bit| byte << 1 | *bit as u8);
    }
    let header = Header {
        id: (head >> 5) as u16,
        exponent: (head & 15) as u8,
        number: (tail >> 4 & 15) as u8,
        needed: (tail & 15) as u8 + 1,
    };
    Some((header, bytes))
}

/// The remainder that RS1024 asks for, over the purpose and then `digits`.
fn polymod(digits: impl Iterator<Item = u32>) -> u32 {
    const GENERATOR: [u32; 10] = [
        0x00e0_e040,
        0x01c1_c080,
        0x0383_8100,
        0x0707_0200,
        0x0e0e_0009,
        0x1c0c_2412,
        0x3808_6c24,
        0x3090_fc48,
        0x21b1_f890,
        0x03f3_f120,
    ];
    let purpose = PURPOSE.iter().map(|byte| u32::from(*byte));
    purpose.chain(digits).fold(1, |remainder, digit| {
        let shifted = (remainder & 0xf_ffff) << 10 ^ digit;
        let top = remainder >> 20;
        let terms = GENERATOR.iter().enumerate().filter(|(place, _)| top >> place & 1 == 1);
        terms.fold(shifted, |remainder, (_, term)| remainder ^ term)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_reads_back_from_its_words_and_from_their_first_four_letters() {
        let header = Header { id: 0x5a5a, exponent: 0, number: 4, needed: 3 };
        let value = Zeroizing::new(std::array::from_fn(|place| place as u8 * 7));
        let words = to_words(header, &value);
        assert_eq!(from_words(&words), Some((header, value.clone())));
        let short: Vec<String> = words.split(' ').map(|word| word[..4].to_uppercase()).collect();
        assert_eq!(from_words(&short.join("  ")), Some((header, value)));
    }

    #[test]
    fn every_word_is_known_by_its_first_four_letters() {
        let mut beginnings: Vec<&str> = WORDS.lines().map(|word| &word[..4]).collect();
        beginnings.dedup();
        assert_eq!(beginnings.len(), 1024);
    }
}
