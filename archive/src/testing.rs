//! For tests: a store that fails when told to, in both of the ways a real one does, and what every store must do.

mod conformance;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, RenameOptions, Result,
};

use crate::barrier::Durability;
use crate::store::{Objects, Storage};

pub use conformance::{GROUP, Home, ORIGIN, conforms};

/// How a write fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An error, and nothing was done.
    Lost,
    /// An error, though it was done: the answer got lost on its way.
    Kept,
    /// Success, though a bit of what was put is another: a disk that lies.
    Altered,
}

/// Lets one write fail, wherever it goes.
pub struct Faults {
    fault: Fault,
    /// Writes until the one that fails; negative: none fails.
    countdown: AtomicI64,
    links: bool,
}

impl Faults {
    /// Writes that fail in the way of `fault` once armed.
    pub fn new(fault: Fault) -> Arc<Self> {
        Arc::new(Self { fault, countdown: AtomicI64::new(-1), links: true })
    }

    /// No faults, but nothing can be linked or renamed, as between two file systems.
    pub fn without_links() -> Arc<Self> {
        Arc::new(Self { fault: Fault::Lost, countdown: AtomicI64::new(-1), links: false })
    }

    /// `objects`, with these faults. Reads always work.
    pub fn over(self: &Arc<Self>, objects: Objects) -> Objects {
        let over = |inner| Arc::new(FaultyStore { inner, faults: Arc::clone(self) }) as Arc<dyn ObjectStore>;
        let durability = FaultyDurability { inner: objects.durability, faults: Arc::clone(self) };
        Objects {
            synced: over(objects.synced),
            unsynced: over(objects.unsynced),
            durability: Arc::new(durability),
        }
    }

    /// `storage`, with these faults in all of it.
    pub fn over_all(self: &Arc<Self>, storage: Storage) -> Storage {
        let faulty =
            |inner| Arc::new(FaultyStore { inner, faults: Arc::clone(self) }) as Arc<dyn ObjectStore>;
        let bucket = storage.bucket.map(|connection| Arc::new(connection.over(faulty)));
        Storage { local: self.over(storage.local), bucket }
    }

    /// Lets the write number `nth` from now (from 0) fail, once.
    pub fn arm(&self, nth: u64) {
        self.countdown.store(nth as i64, Ordering::SeqCst);
    }

    /// Lets no further write fail; answers whether one did since it was armed.
    pub fn disarm(&self) -> bool {
        self.countdown.swap(-1, Ordering::SeqCst) < 0
    }

    fn fails_now(&self) -> bool {
        self.countdown.fetch_sub(1, Ordering::SeqCst) == 0
    }

    fn alters_now(&self) -> bool {
        self.fault == Fault::Altered && self.countdown.load(Ordering::SeqCst) == 0
    }

    async fn write<T, E>(
        &self,
        injected: impl Fn() -> E,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let fails = self.fails_now();
        if fails && self.fault == Fault::Lost {
            return Err(injected());
        }
        let done = work.await;
        if fails && self.fault == Fault::Kept { Err(injected()) } else { done }
    }
}

struct FaultyDurability {
    inner: Arc<dyn Durability>,
    faults: Arc<Faults>,
}

impl Durability for FaultyDurability {
    fn settle(&self) -> BoxFuture<'_, crate::Result<()>> {
        let injected = || crate::Error::unavailable("injected fault");
        self.faults.write(injected, self.inner.settle()).boxed()
    }
}

struct FaultyStore {
    inner: Arc<dyn ObjectStore>,
    faults: Arc<Faults>,
}

fn altered(payload: PutPayload) -> PutPayload {
    let mut bytes: Vec<u8> = payload.iter().flatten().copied().collect();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    bytes.into()
}

fn injected() -> Error {
    Error::Generic { store: "faulty", source: "injected fault".into() }
}

impl fmt::Debug for FaultyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for FaultyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaultyStore({})", self.inner)
    }
}

#[async_trait]
impl ObjectStore for FaultyStore {
    async fn put_opts(&self, to: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        let payload = if self.faults.alters_now() { altered(payload) } else { payload };
        self.faults.write(injected, self.inner.put_opts(to, payload, options)).await
    }

    async fn put_multipart_opts(
        &self,
        to: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.faults.write(injected, self.inner.put_multipart_opts(to, options)).await
    }

    async fn get_opts(&self, from: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(from, options).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        if self.faults.fails_now() {
            let deleted = match self.faults.fault {
                Fault::Lost => futures_util::stream::empty().boxed(),
                Fault::Kept | Fault::Altered => self.inner.delete_stream(paths),
            };
            return deleted.collect::<Vec<_>>().map_err_all();
        }
        self.inner.delete_stream(paths)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        if !self.faults.links {
            return Err(Error::NotSupported { source: "no links here".into() });
        }
        self.faults.write(injected, self.inner.copy_opts(from, to, options)).await
    }

    async fn rename_opts(&self, from: &Path, to: &Path, options: RenameOptions) -> Result<()> {
        if !self.faults.links {
            return Err(Error::NotSupported { source: "no renaming here".into() });
        }
        self.faults.write(injected, self.inner.rename_opts(from, to, options)).await
    }
}

/// Runs a deletion to its end and then answers with a fault.
trait ThenFail {
    fn map_err_all(self) -> BoxStream<'static, Result<Path>>;
}

impl<F: Future<Output = Vec<Result<Path>>> + Send + 'static> ThenFail for F {
    fn map_err_all(self) -> BoxStream<'static, Result<Path>> {
        futures_util::stream::once(async move {
            self.await;
            Err(injected())
        })
        .boxed()
    }
}
