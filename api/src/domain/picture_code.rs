//! Codes of pictures, for children who do not write yet: drawings pressed in an order.

use renderer::figures::signs::SIGNS;

use super::ids::ChildId;

/// How many pictures a child's code has: 16^4 are 65,536.
pub const CODE_LENGTH: usize = 4;
/// How many an adult shows, for reading together.
pub const INVITATION_LENGTH: usize = 3;

/// Some of the sixteen drawings, in the order they were pressed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pictures(Vec<&'static str>);

impl Pictures {
    /// The drawings of these names, up to `most`; nothing when there is one that we do not have.
    pub fn parse<'a>(names: impl Iterator<Item = &'a str>, most: usize) -> Option<Self> {
        let known = |name: &str| SIGNS.into_iter().find(|sign| *sign == name);
        let pictures = names.map(known).collect::<Option<Vec<_>>>()?;
        (pictures.len() <= most).then_some(Self(pictures))
    }

    /// The drawings that these random bytes name.
    pub fn drawn(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| SIGNS[usize::from(*byte) % SIGNS.len()]).collect())
    }

    pub fn names(&self) -> &[&'static str] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first `count` of them, and the others.
    pub fn split(&self, count: usize) -> (Self, Self) {
        let (first, rest) = self.0.split_at(count.min(self.0.len()));
        (Self(first.to_vec()), Self(rest.to_vec()))
    }

    /// The same picture again and again is the first thing anybody tries.
    pub fn is_weak(&self) -> bool {
        self.0.windows(2).all(|two| two[0] == two[1])
    }

    /// What is hashed: the code of one child is no code of another.
    pub fn secret(&self, child: ChildId) -> String {
        format!("{child} {}", self.0.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_our_drawings_in_their_order() {
        let of = |names: &str| Pictures::parse(names.split(' '), CODE_LENGTH);
        let child = ChildId(uuid::Uuid::nil());
        assert!(of("cat sun cat boat cat").is_none() && of("cat dragon").is_none());
        let (one, other) = (of("cat sun boat apple").unwrap(), of("sun cat boat apple").unwrap());
        assert_ne!(one.secret(child), other.secret(child));
        assert_ne!(one.secret(child), one.secret(ChildId(uuid::Uuid::max())));
        assert!(of("cat cat cat cat").unwrap().is_weak() && !of("cat cat cat sun").unwrap().is_weak());
    }
}
