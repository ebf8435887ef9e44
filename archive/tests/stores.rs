//! What every store must do, done by a disk. Real S3 servers are asked in the tests package, which can start them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use archive::testing::{Home, conforms};

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_does_what_every_store_must() {
    let dir = tempfile::tempdir().unwrap();
    conforms(|name| Home::new(&dir.path().join(name), None).unwrap(), 1).await.unwrap();
}
