//! Disposal: the key goes, the stored bytes stay whole where they lie, and nobody opens them again.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::collections::BTreeSet;

use archive::{Decision, Error, Facts, Misfiled, Mode, Policy, Promise, Warrant, verify};
use common::{GROUP, Home, noon, object, photo, stage};
use uuid::Uuid;

fn warrant() -> Warrant {
    let facts = Facts {
        object: object(1),
        birth: None,
        case_closed: None,
        deposited: noon().date_naive(),
        holds: BTreeSet::new(),
        promise: Promise::default(),
    };
    let class = "book_entry".parse().unwrap();
    let misfiled = Misfiled::CopiedTo(object(2));
    match Policy::embedded().decide_misfiled(&class, &facts, misfiled, noon().date_naive()).unwrap() {
        Decision::MayDispose(warrant) => warrant,
        keep => panic!("{keep:?}"),
    }
}

#[tokio::test]
async fn what_is_disposed_of_opens_for_nobody_and_the_archive_stays_whole() {
    let home = Home::new();
    let archive = home.create().await;
    for number in [1, 2] {
        archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
    }
    let [one, other] = [1, 2].map(|number| Uuid::from_u128(100 + number));
    let alone = archive.dispose(&warrant(), GROUP, &BTreeSet::from([one])).await;
    assert!(matches!(alone, Err(Error::Invalid(_))), "{alone:?}");
    assert!(archive.open(GROUP, object(1), 1, "original.age").await.is_ok());

    for _ in 0..2 {
        archive.dispose(&warrant(), GROUP, &BTreeSet::from([one, other])).await.unwrap();
        let opened = archive.open(GROUP, object(1), 1, "original.age").await;
        assert!(matches!(opened, Err(Error::KeyDestroyed)));
    }
    let kept = archive.open(GROUP, object(2), 1, "original.age").await.unwrap();
    assert_eq!(kept.read_all(1 << 20).await.unwrap(), photo(2));
    let report = verify(&home.paths, Mode::Full).unwrap();
    assert!(report.is_ok() && report.objects_ok == 2, "{report:?}");
}
