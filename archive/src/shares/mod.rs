//! An age identity divided among people: any few of them together have it, fewer have nothing. SLIP-0039 with one group and
//! no passphrase (<https://github.com/satoshilabs/slips/blob/master/slip-0039.md>): 33 words a share, to be written on
//! paper, and other people's tools join them too.

mod field;
mod words;

use std::fmt;

use bech32::{Bech32, Hrp};
use hmac::{Hmac, KeyInit, Mac};
use pbkdf2::pbkdf2_hmac_array;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use words::{Header, from_words, to_words};

/// An X25519 identity's length in bytes.
const SECRET_BYTES: usize = 32;
/// The first bytes of the digest share prove that the right shares were joined.
const PROOF_BYTES: usize = 4;
/// Where the secret and its proof lie on the curve.
const SECRET_AT: u8 = 255;
const PROOF_AT: u8 = 254;
/// Shares are numbered from 0 in four bits.
const MOST_SHARES: u8 = 16;
/// The cipher's rounds, and its work for each at exponent 0. Guessing a passphrase is no danger where there is none.
const ROUNDS: u8 = 4;
const ITERATIONS: u32 = 2500;
const EXPONENT: u8 = 0;

type Bytes32 = Zeroizing<[u8; SECRET_BYTES]>;

/// Why shares do not give an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareProblem {
    /// This share, counted from 1, has a wrong word, a missing one, or two exchanged.
    Misspelt(usize),
    /// This share, counted from 1, is of another division than the first, or not one of ours.
    Foreign(usize),
    /// So many different shares are needed, and so many are here.
    TooFew {
        /// How many are needed.
        needed: u8,
        /// How many different ones are here.
        here: u8,
    },
    /// Every word is right, and yet they do not fit together.
    DoNotFit,
}

impl fmt::Display for ShareProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misspelt(number) => write!(f, "share {number} is misspelt: read it again word by word"),
            Self::Foreign(number) => write!(f, "share {number} belongs to another key"),
            Self::TooFew { needed, here } => {
                write!(f, "{needed} different shares are needed, {here} are here")
            }
            Self::DoNotFit => {
                f.write_str("the shares do not fit together: one of them is not what was given out")
            }
        }
    }
}

impl std::error::Error for ShareProblem {}

/// Divides `identity` (`AGE-SECRET-KEY-1...`) into `count` shares of which any `needed` give it back.
///
/// # Errors
/// [`Error::Invalid`] for an identity that is none, or numbers other than 2 <= `needed` <= `count` <= 16.
pub fn divide_identity(identity: &str, needed: u8, count: u8) -> Result<Vec<Zeroizing<String>>> {
    if !(2..=count).contains(&needed) || count > MOST_SHARES {
        return Err(Error::Invalid("of 2 to 16 shares at least 2 are needed, and no more than there are"));
    }
    let secret = secret_of(identity)?;
    let mut id = [0; 2];
    random(&mut id)?;
    let id = u16::from_be_bytes(id) & 0x7fff;
    let header = |number| Header { id, exponent: EXPONENT, number, needed };
    let sealed = cipher(&secret, header(0), 0..ROUNDS);

    let mut points = Vec::new();
    for at in 0..needed - 2 {
        let mut value = Zeroizing::new([0; SECRET_BYTES]);
        random(value.as_mut_slice())?;
        points.push((at, value));
    }
    let mut proof = Zeroizing::new([0; SECRET_BYTES]);
    random(&mut proof[PROOF_BYTES..])?;
    let digest = proof_of(&proof[PROOF_BYTES..], &sealed);
    proof[..PROOF_BYTES].copy_from_slice(&digest);
    let given = points.clone();
    points.extend([(PROOF_AT, proof), (SECRET_AT, sealed)]);

    let share = |number: u8| {
        let value = match given.get(usize::from(number)) {
            Some((_, value)) => value.clone(),
            None => field::interpolate(&points, number),
        };
        to_words(header(number), &value)
    };
    Ok((0..count).map(share).collect())
}

/// Joins shares to the identity they were made of. More than needed, in any order, do no harm.
///
/// # Errors
/// What is wrong with which share.
pub fn join_identity(shares: &[impl AsRef<str>]) -> std::result::Result<Zeroizing<String>, ShareProblem> {
    let mut points: Vec<(u8, Bytes32)> = Vec::new();
    let mut first: Option<Header> = None;
    for (place, share) in shares.iter().enumerate() {
        let (header, value) = from_words(share.as_ref()).ok_or(ShareProblem::Misspelt(place + 1))?;
        let of = first.get_or_insert(header);
        if (header.id, header.exponent, header.needed) != (of.id, of.exponent, of.needed) {
            return Err(ShareProblem::Foreign(place + 1));
        }
        if points.iter().all(|(at, _)| *at != header.number) {
            points.push((header.number, value));
        }
    }
    let here = points.len() as u8;
    let Some(header) = first.filter(|header| header.needed <= here) else {
        return Err(ShareProblem::TooFew { needed: first.map_or(2, |header| header.needed), here });
    };
    points.truncate(usize::from(header.needed));
    let sealed = field::interpolate(&points, SECRET_AT);
    let proof = field::interpolate(&points, PROOF_AT);
    if proof_of(&proof[PROOF_BYTES..], &sealed) != proof[..PROOF_BYTES] {
        return Err(ShareProblem::DoNotFit);
    }
    identity_of(&cipher(&sealed, header, (0..ROUNDS).rev())).ok_or(ShareProblem::DoNotFit)
}

fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| Error::unavailable(error.to_string()))
}

/// SLIP-0039's cipher: a Feistel network over PBKDF2; with the rounds backwards it opens what it closed.
fn cipher(input: &Bytes32, header: Header, rounds: impl Iterator<Item = u8>) -> Bytes32 {
    const HALF: usize = SECRET_BYTES / 2;
    let (left, right) = input.split_at(HALF);
    let (mut left, mut right) = (Zeroizing::new(left.to_vec()), Zeroizing::new(right.to_vec()));
    for round in rounds {
        let salt = Zeroizing::new([b"shamir", header.id.to_be_bytes().as_slice(), &right].concat());
        let mask =
            Zeroizing::new(pbkdf2_hmac_array::<Sha256, HALF>(&[round], &salt, ITERATIONS << header.exponent));
        left.iter_mut().zip(mask.iter()).for_each(|(byte, mask)| *byte ^= mask);
        std::mem::swap(&mut left, &mut right);
    }
    let mut output = Zeroizing::new([0; SECRET_BYTES]);
    output[..HALF].copy_from_slice(&right);
    output[HALF..].copy_from_slice(&left);
    output
}

fn proof_of(key: &[u8], secret: &Bytes32) -> [u8; PROOF_BYTES] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("any length");
    mac.update(secret.as_slice());
    let mut proof = [0; PROOF_BYTES];
    proof.copy_from_slice(&mac.finalize().into_bytes()[..PROOF_BYTES]);
    proof
}

const HRP: &str = "age-secret-key-";

fn secret_of(identity: &str) -> Result<Bytes32> {
    let not_one = || Error::Invalid("this is not an age identity");
    let (hrp, bytes) = bech32::decode(identity.trim()).map_err(|_| not_one())?;
    let bytes = Zeroizing::new(bytes);
    if hrp.to_lowercase() != HRP || bytes.len() != SECRET_BYTES {
        return Err(not_one());
    }
    let mut secret = Zeroizing::new([0; SECRET_BYTES]);
    secret.copy_from_slice(&bytes);
    Ok(secret)
}

fn identity_of(secret: &Bytes32) -> Option<Zeroizing<String>> {
    let hrp = Hrp::parse(HRP).ok()?;
    bech32::encode_upper::<Bech32>(hrp, secret.as_slice()).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::generate_identity;

    #[test]
    fn any_three_of_five_give_the_identity_and_any_two_nothing() {
        let (identity, _) = generate_identity();
        let shares = divide_identity(&identity, 3, 5).unwrap();
        assert_eq!(shares.len(), 5);
        assert!(shares.iter().all(|share| share.split(' ').count() == 33));
        for without in 0..5 {
            for and in 0..5 {
                let here: Vec<&str> =
                    (0..5).filter(|at| *at != without && *at != and).map(|at| shares[at].as_str()).collect();
                assert_eq!(*join_identity(&here).unwrap(), *identity);
            }
        }
        let two = [shares[4].as_str(), shares[0].as_str(), shares[4].as_str()];
        assert_eq!(join_identity(&two), Err(ShareProblem::TooFew { needed: 3, here: 2 }));
    }

    #[test]
    fn what_is_wrong_with_a_share_is_said() {
        let (identity, _) = generate_identity();
        let shares = divide_identity(&identity, 2, 3).unwrap();
        let mut words: Vec<&str> = shares[1].split(' ').collect();
        words.swap(10, 11);
        if words[10] != words[11] {
            assert_eq!(
                join_identity(&[shares[0].as_str(), &words.join(" ")]),
                Err(ShareProblem::Misspelt(2))
            );
        }
        assert_eq!(join_identity(&[shares[0].as_str(), "academic acid"]), Err(ShareProblem::Misspelt(2)));
        let other = divide_identity(&generate_identity().0, 2, 3).unwrap();
        assert_eq!(join_identity(&[shares[0].as_str(), &other[1]]), Err(ShareProblem::Foreign(2)));
        let none: [&str; 0] = [];
        assert_eq!(join_identity(&none), Err(ShareProblem::TooFew { needed: 2, here: 0 }));
    }

    #[test]
    fn shares_that_are_well_spelt_and_do_not_fit_are_found_out() {
        let (identity, _) = generate_identity();
        let shares = divide_identity(&identity, 2, 3).unwrap();
        let (header, value) = from_words(&shares[1]).unwrap();
        let mut altered = value.clone();
        altered[7] ^= 1;
        let forged = to_words(header, &altered);
        assert_eq!(join_identity(&[shares[0].as_str(), &forged]), Err(ShareProblem::DoNotFit));
    }

    #[test]
    fn numbers_that_make_no_sense_are_refused() {
        let (identity, _) = generate_identity();
        for (needed, count) in [(1, 3), (4, 3), (2, 17), (0, 0)] {
            assert!(matches!(divide_identity(&identity, needed, count), Err(Error::Invalid(_))));
        }
        assert!(matches!(divide_identity("AGE-SECRET-KEY-1", 2, 3), Err(Error::Invalid(_))));
    }
}
