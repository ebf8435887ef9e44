//! For tests: a store that fails when told to, in both of the ways a real one does.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

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

/// An object store whose write operations fail when armed. Reads always work.
pub struct FaultyStore {
    inner: Arc<dyn ObjectStore>,
    fault: Fault,
    /// Writes until the one that fails; negative: none fails.
    countdown: AtomicI64,
    writes: AtomicU64,
    links: bool,
}

impl FaultyStore {
    /// A store over `inner` that fails in the way of `fault` once armed.
    pub fn new(inner: Arc<dyn ObjectStore>, fault: Fault) -> Arc<Self> {
        Arc::new(Self { inner, fault, countdown: AtomicI64::new(-1), writes: AtomicU64::new(0), links: true })
    }

    /// A store over `inner` in which nothing can be copied or linked, as between two file systems.
    pub fn without_links(inner: Arc<dyn ObjectStore>) -> Arc<Self> {
        let (countdown, writes) = (AtomicI64::new(-1), AtomicU64::new(0));
        Arc::new(Self { inner, fault: Fault::Lost, countdown, writes, links: false })
    }

    /// Lets the write number `nth` from now (from 0) fail, once.
    pub fn arm(&self, nth: u64) {
        self.countdown.store(nth as i64, Ordering::SeqCst);
    }

    /// Lets no further write fail; answers whether one did since it was armed.
    pub fn disarm(&self) -> bool {
        self.countdown.swap(-1, Ordering::SeqCst) < 0
    }

    /// Writes seen so far, failed ones included.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    fn fails_now(&self) -> bool {
        self.writes.fetch_add(1, Ordering::SeqCst);
        self.countdown.fetch_sub(1, Ordering::SeqCst) == 0
    }

    async fn write<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let fails = self.fails_now();
        if fails && self.fault == Fault::Lost {
            return Err(injected());
        }
        let done = work.await;
        if fails && self.fault == Fault::Kept { Err(injected()) } else { done }
    }

    fn alters_now(&self) -> bool {
        self.fault == Fault::Altered && self.countdown.load(Ordering::SeqCst) == 0
    }
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
        let payload = if self.alters_now() { altered(payload) } else { payload };
        self.write(self.inner.put_opts(to, payload, options)).await
    }

    async fn put_multipart_opts(
        &self,
        to: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.write(self.inner.put_multipart_opts(to, options)).await
    }

    async fn get_opts(&self, from: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(from, options).await
    }

    fn delete_stream(&self, paths: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        if self.fails_now() {
            let deleted = match self.fault {
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
        if !self.links {
            return Err(Error::NotSupported { source: "no links here".into() });
        }
        self.write(self.inner.copy_opts(from, to, options)).await
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
