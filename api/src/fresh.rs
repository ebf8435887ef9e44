//! What was worked out from the index is given again for as long as the index has not changed.
//!
//! A reader turns page after page of one book, and each page needs the whole of it: its neighbours, its chapter. So a
//! book is woven once and kept, and a page that was shown is kept as it was sent, both with the [`Stamp`] of the index
//! they came from. A kept thing is used only under the same stamp, asked for after the request came in: a correction, a
//! move, a role that ends or a session that is closed is seen by the very next request, in this process or another.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use renderer::book::{AgeBand, Book, Language};
use tokio::sync::Mutex;

use crate::db::Db;
use crate::domain::ids::{ChildId, PersonId};
use crate::domain::own_page::Gate;
use crate::http::pages::offline::Marks;

/// Kept books hold this many pages together; a page is some two kilobytes.
const BOOK_PAGES: u64 = 20_000;
/// Kept answers hold this many bytes together.
const ANSWER_BYTES: u64 = 32 << 20;

/// How often the index had changed: what was read after one stamp still holds under an equal later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(i64);

/// One book as one person reads it on one day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReadersBook {
    pub child: ChildId,
    pub reader: PersonId,
    pub band: AgeBand,
    pub language: Language,
    pub day: NaiveDate,
    /// Whether the reader's own pages are open.
    pub gate: Gate,
    /// Whether pages for two are open.
    pub for_two: bool,
}

/// A page as it was sent.
#[derive(Debug, Clone)]
pub struct Answer {
    pub html: Bytes,
    /// Until then the session holds and the reading recorded with it counts.
    pub until: DateTime<Utc>,
    /// What a device that keeps the book was told beside it.
    pub marks: Marks,
}

/// What is kept in memory; all of it can be had again from the index.
pub struct Fresh {
    /// Counts the times the stamp was asked for.
    begun: AtomicU64,
    /// The last answer, and which asking gave it.
    answered: Mutex<(u64, Option<Stamp>)>,
    pub books: Kept<ReadersBook, Arc<Book>>,
    /// By a digest of the whole request, the day included.
    pub answers: Kept<[u8; 32], Answer>,
}

impl Default for Fresh {
    fn default() -> Self {
        Self {
            begun: AtomicU64::new(0),
            answered: Mutex::new((0, None)),
            books: Kept::new(BOOK_PAGES),
            answers: Kept::new(ANSWER_BYTES),
        }
    }
}

impl Fresh {
    /// The stamp of the index now; `None` when the database does not answer. All who wait together are answered by one
    /// asking that began after the last of them came.
    pub async fn stamp(&self, db: &Db) -> Option<Stamp> {
        let arrived = self.begun.load(Ordering::Acquire);
        let mut answered = self.answered.lock().await;
        if answered.0 <= arrived {
            let asking = self.begun.fetch_add(1, Ordering::AcqRel) + 1;
            *answered = (asking, db.changes().await.ok().map(Stamp));
        }
        answered.1
    }
}

/// A bounded store of things worked out under a stamp.
pub struct Kept<K, V>(Cache<K, Held<V>, ByWeight>);

#[derive(Clone)]
struct Held<V> {
    stamp: Stamp,
    weight: u64,
    value: V,
}

#[derive(Clone)]
struct ByWeight;

impl<K, V> Weighter<K, Held<V>> for ByWeight {
    fn weight(&self, _: &K, held: &Held<V>) -> u64 {
        held.weight
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    fn new(most: u64) -> Self {
        // An expected size only: the weight is what bounds it.
        Self(Cache::with_weighter(1000, most, ByWeight))
    }

    /// What was kept under this very stamp.
    pub fn get(&self, key: &K, stamp: Stamp) -> Option<V> {
        self.0.get(key).filter(|held| held.stamp == stamp).map(|held| held.value)
    }

    /// Keeps `value`, read from the index after `stamp`.
    pub fn put(&self, key: K, stamp: Stamp, value: V, weight: usize) {
        self.0.insert(key, Held { stamp, weight: weight.max(1) as u64, value });
    }
}
