//! The key store: small age files that can be erased. Whoever destroys an object's key has disposed of its content,
//! also on media that can't forget.
//!
//! `groups/<group>.age` holds the group's identity, wrapped to the service's root key and to the offline escrow key.
//! `objects/<group>/<object>.age` holds the object's identity, wrapped to the group's key. Each opens with `age -d`.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, future};
use zeroize::Zeroizing;

use crate::archive::local_disk;
use crate::error::{Error, Result};
use crate::ids::{GroupId, ObjectId};
use crate::paths::{ArchivePaths, KEYS};
use crate::secrets::Secrets;
use crate::store::{ErasableStore, Store};

/// How many opened group keys are kept in memory: more than the children of a large municipality read in an hour.
const OPEN_GROUPS: usize = 1024;

/// The key store. Cheap to clone.
#[derive(Clone)]
pub struct Keys {
    store: ErasableStore,
    secrets: Arc<Secrets>,
    open: Arc<Mutex<VecDeque<(GroupId, Identity)>>>,
}

impl Keys {
    pub(crate) fn new(store: ErasableStore, secrets: Arc<Secrets>) -> Self {
        Self { store, secrets, open: Arc::default() }
    }

    /// Every object that has a key, with the group it belongs to, in no particular order.
    pub fn list(&self) -> impl Stream<Item = Result<(GroupId, ObjectId)>> + Send + 'static {
        self.store.list("objects").try_filter_map(|key| future::ready(Ok(parse_object_key(&key))))
    }

    /// Every group that has a key, in no particular order.
    pub fn groups(&self) -> impl Stream<Item = Result<GroupId>> + Send + 'static {
        self.store.list("groups").try_filter_map(|key| future::ready(Ok(parse_group_key(&key))))
    }

    pub(crate) fn secrets(&self) -> &Arc<Secrets> {
        &self.secrets
    }

    /// Every key's name in the store, in no particular order.
    pub(crate) fn files(&self) -> impl Stream<Item = Result<String>> + Send + 'static {
        let groups = self.store.list("groups");
        groups.chain(self.store.list("objects")).try_filter(|key| future::ready(is_key(key)))
    }

    /// A key as it lies there, wrapped; nothing when it was erased.
    pub(crate) async fn file(&self, key: &str) -> Result<Option<Bytes>> {
        self.store.read_if_there(key).await
    }

    /// Wraps the group keys under `paths` anew, to the root and escrow of `to`. They are opened by the root of `from`, or of
    /// `to` where an earlier attempt was broken off: it may be called again until it has gone through. Content and object
    /// keys are not touched. Nothing may use the archive meanwhile. Answers how many there were.
    ///
    /// # Errors
    /// [`Error::WrongSecrets`] when a group key opens with neither; nothing is lost then.
    pub async fn rewrap(paths: &ArchivePaths, from: &Secrets, to: &Secrets) -> Result<u64> {
        let store = ErasableStore(Store::new(local_disk(paths)?, KEYS, paths.keys()));
        let (from, to) =
            (Self::new(store.clone(), Arc::new(from.clone())), Self::new(store, Arc::new(to.clone())));
        let mut count = 0;
        let mut groups = from.groups().boxed();
        while let Some(group) = groups.try_next().await? {
            let identity = match from.unwrap_group(group).await {
                Err(Error::WrongSecrets) => to.unwrap_group(group).await?,
                other => other?,
            };
            let wrapped = wrap(&identity, &[&to.secrets.root.to_public(), &to.secrets.escrow])?;
            to.store.replace(&group_key(group), wrapped).await?;
            let stored = to.unwrap_group(group).await;
            if !stored.is_ok_and(|stored| stored.to_public() == identity.to_public()) {
                return Err(Error::alarm(
                    to.store.name(&group_key(group)),
                    "the stored key is not the one that was written",
                ));
            }
            count += 1;
        }
        Ok(count)
    }

    /// Makes the group's key unless it exists.
    pub(crate) async fn create_group(&self, group: GroupId) -> Result<()> {
        if self.store.read_if_there(&group_key(group)).await?.is_none() {
            let wrapped =
                wrap(&Identity::generate(), &[&self.secrets.root.to_public(), &self.secrets.escrow])?;
            keep_first(self.store.create(&group_key(group), wrapped).await)?;
        }
        self.group(group).await.map(|_| ())
    }

    /// Opens one group key, if there is any: proof that the secrets fit this key store.
    pub(crate) async fn check(&self) -> Result<()> {
        let mut groups = self.groups().boxed();
        match groups.try_next().await? {
            Some(group) => self.unwrap_group(group).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// The key of an object that is about to be staged, and whether it is a new one that has yet to be stored.
    pub(crate) async fn for_staging(&self, group: GroupId, object: ObjectId) -> Result<(Identity, bool)> {
        let group_identity = self.group(group).await?;
        match self.store.read_if_there(&object_key(group, object)).await? {
            Some(wrapped) => Ok((unwrap(&group_identity, &wrapped)?, false)),
            None => Ok((Identity::generate(), true)),
        }
    }

    /// Stores an object's new key and opens it again from where it lies: content is worth what its key is. Durable after
    /// the next `settle`.
    pub(crate) async fn keep(&self, group: GroupId, object: ObjectId, identity: &Identity) -> Result<()> {
        let key = object_key(group, object);
        let group_identity = self.group(group).await?;
        self.store.create_unsynced(&key, wrap(identity, &[&group_identity.to_public()])?).await?;
        let stored = unwrap(&group_identity, &self.store.read(&key).await?);
        if !stored.is_ok_and(|stored| stored.to_public() == identity.to_public()) {
            return Err(Error::alarm(self.store.name(&key), "the stored key is not the one that was made"));
        }
        Ok(())
    }

    /// Makes durable what was written before the call: keys, and the staged bytes they are for.
    pub(crate) async fn settle(&self) -> Result<()> {
        self.store.settle().await
    }

    /// The object's key, for reading.
    pub(crate) async fn object(&self, group: GroupId, object: ObjectId) -> Result<Identity> {
        let group_identity = self.group(group).await?;
        let wrapped =
            self.store.read_if_there(&object_key(group, object)).await?.ok_or(Error::KeyDestroyed)?;
        unwrap(&group_identity, &wrapped)
    }

    /// Erases an object's key for good: of one that may go, or of which nothing was ever published.
    pub(crate) async fn erase(&self, group: GroupId, object: ObjectId) -> Result<()> {
        let key = object_key(group, object);
        self.store.erase(&key).await?;
        // A write that was killed may have left the same bytes under a second name.
        self.store.sweep_key(&key).await
    }

    async fn group(&self, group: GroupId) -> Result<Identity> {
        if let Some(identity) = self.remembered(group) {
            return Ok(identity);
        }
        let identity = self.unwrap_group(group).await?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= OPEN_GROUPS {
            open.pop_front();
        }
        open.push_back((group, identity.clone()));
        Ok(identity)
    }

    fn remembered(&self, group: GroupId) -> Option<Identity> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(known, _)| *known == group).map(|(_, identity)| identity.clone())
    }

    async fn unwrap_group(&self, group: GroupId) -> Result<Identity> {
        let wrapped = self.store.read_if_there(&group_key(group)).await?.ok_or(Error::KeyDestroyed)?;
        unwrap(&self.secrets.root, &wrapped)
    }
}

fn group_key(group: GroupId) -> String {
    format!("groups/{group}.age")
}

fn object_key(group: GroupId, object: ObjectId) -> String {
    format!("objects/{group}/{object}.age")
}

/// True for the names that keys have in the store, and for nothing else.
pub(crate) fn is_key(name: &str) -> bool {
    parse_group_key(name).is_some_and(|group| group_key(group) == name)
        || parse_object_key(name).is_some_and(|(group, object)| object_key(group, object) == name)
}

fn parse_group_key(key: &str) -> Option<GroupId> {
    let id = key.strip_prefix("groups/")?.strip_suffix(".age")?.parse().ok()?;
    Some(GroupId(id))
}

fn parse_object_key(key: &str) -> Option<(GroupId, ObjectId)> {
    let (group, object) = key.strip_prefix("objects/")?.strip_suffix(".age")?.split_once('/')?;
    Some((GroupId(group.parse().ok()?), ObjectId(object.parse().ok()?)))
}

/// Wrapping is randomised, so two makers of one group key never write the same bytes; the first one stands.
fn keep_first(created: Result<()>) -> Result<()> {
    match created {
        Err(Error::Alarm { .. }) => Ok(()),
        other => other,
    }
}

fn wrap(identity: &Identity, recipients: &[&Recipient]) -> Result<Bytes> {
    let recipients = recipients.iter().map(|recipient| *recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(Error::unavailable)?;
    let mut wrapped = Vec::new();
    let mut writer = encryptor.wrap_output(&mut wrapped)?;
    let text = Zeroizing::new(format!("{}\n", identity.to_string().expose_secret()));
    writer.write_all(text.as_bytes())?;
    writer.finish()?;
    Ok(wrapped.into())
}

fn unwrap(with: &Identity, wrapped: &[u8]) -> Result<Identity> {
    let text = Zeroizing::new(age::decrypt(with, wrapped).map_err(|_| Error::WrongSecrets)?);
    let text = std::str::from_utf8(&text).map_err(|_| Error::WrongSecrets)?;
    text.trim_end().parse().map_err(|_| Error::WrongSecrets)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use object_store::memory::InMemory;
    use uuid::Uuid;

    use super::*;
    use crate::store::Objects;

    fn keys(secrets: &Secrets, objects: &Arc<InMemory>) -> Keys {
        let store = Store::new(Objects::remote(Arc::clone(objects) as _), "keys", PathBuf::new());
        Keys::new(ErasableStore(store), Arc::new(secrets.clone()))
    }

    fn secrets() -> (Secrets, Identity) {
        let escrow = Identity::generate();
        let log_seed = Zeroizing::new([7; 32]);
        (Secrets { root: Identity::generate(), escrow: escrow.to_public(), log_seed }, escrow)
    }

    #[tokio::test]
    async fn a_group_key_opens_for_the_root_and_for_the_escrow_and_for_nobody_else() {
        let (own, escrow) = secrets();
        let objects = Arc::new(InMemory::new());
        let group = GroupId(Uuid::from_u128(1));
        keys(&own, &objects).create_group(group).await.unwrap();
        let wrapped = keys(&own, &objects).store.read(&group_key(group)).await.unwrap();
        assert!(unwrap(&own.root, &wrapped).is_ok());
        assert!(unwrap(&escrow, &wrapped).is_ok());
        let (stranger, _) = secrets();
        assert!(matches!(keys(&stranger, &objects).check().await, Err(Error::WrongSecrets)));
        assert!(keys(&own, &objects).check().await.is_ok());
    }

    #[tokio::test]
    async fn making_a_group_twice_keeps_the_first_key() {
        let (own, _) = secrets();
        let objects = Arc::new(InMemory::new());
        let group = GroupId(Uuid::from_u128(1));
        let (first, second) = (keys(&own, &objects), keys(&own, &objects));
        let (a, b) = tokio::join!(first.create_group(group), second.create_group(group));
        a.and(b).unwrap();
        let opened = |keys: Keys| async move { keys.group(group).await.unwrap().to_public().to_string() };
        assert_eq!(opened(first).await, opened(second).await);
    }

    #[tokio::test]
    async fn an_object_without_its_key_says_that_the_key_was_destroyed() {
        let (own, _) = secrets();
        let objects = Arc::new(InMemory::new());
        let (group, object) = (GroupId(Uuid::from_u128(1)), ObjectId(Uuid::from_u128(2)));
        let keys = keys(&own, &objects);
        keys.create_group(group).await.unwrap();
        assert!(matches!(keys.object(group, object).await, Err(Error::KeyDestroyed)));
    }
}
