//! Replicas: a second storage root and log elsewhere, and what is brought back from one.
//!
//! Both ways go by what the signed log vouches for and compare by digest, never by time or size. A file is checked
//! before it gets its name on the other side; what is there already and good is never written again; what is there and
//! damaged is named. The key store is not replicated: what can be erased must not lie about in copies.

mod copy;
mod evidence;
mod expected;
mod heads;
mod place;
mod repair;
mod report;
mod vouched;

pub use copy::{Extent, replicate};
pub use place::Replica;
pub use repair::repair;
pub use report::{Difference, Repair, Replication, Side};
