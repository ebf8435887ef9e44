//! A machine is lost: content and log come from where they were copied to, keys and accounts from the backup.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use tests::client::{sha256, text};
use tests::instance::{copy_tree, files_under, lossy};
use tests::photos::distinct_jpeg;
use tests::{Database, Family, Postgres, oracle};

/// An SQLite database with its log and shared memory.
const DATABASE_FILES: usize = 3;

/// A real instance, and where it is backed up to.
struct Home {
    family: Family,
    backups: PathBuf,
}

impl Home {
    fn on(database: Database) -> Self {
        let family = Family::on(database);
        let backups = family.instance.data.with_file_name("backups");
        Self { family, backups }
    }

    fn upload(&self, seed: u64) -> (String, String) {
        let photo = distinct_jpeg(seed, 20_000);
        (self.family.mother.upload_ok(&self.family.alma, "a.jpg", &photo), sha256(&photo))
    }

    fn back_up(&self) -> Value {
        let told = self.family.instance.run_ok(&["backup", "--to", self.backups.to_str().unwrap(), "--json"]);
        serde_json::from_slice(&told).unwrap()
    }

    /// The escrow's identity, in the safe.
    fn escrow(&self) -> PathBuf {
        let safe = self.backups.with_file_name("escrow.txt");
        if !safe.exists() {
            std::fs::copy(self.family.instance.data.join("escrow-identity.txt"), &safe).unwrap();
        }
        safe
    }

    /// Another machine: only what was copied there, the content and the log.
    fn lose_the_machine(&mut self, database: Database) {
        self.escrow();
        self.family.instance.kill();
        let lost = self.family.instance.data.with_file_name("lost");
        std::fs::rename(&self.family.instance.data, &lost).unwrap();
        for part in ["archive", "log"] {
            copy_tree(&lost.join(part), &self.family.instance.data.join(part));
        }
        self.family.instance.move_to(database);
    }

    fn restore(&self, from: &str, identity: Option<&Path>) -> Output {
        let mut restore = self.family.instance.command(&["restore", "--from", from]);
        if let Some(identity) = identity {
            restore.arg("--identity").arg(identity);
        }
        restore.output().unwrap()
    }

    #[track_caller]
    fn is_refused(&self, from: &str, identity: Option<&Path>, words: &str) {
        let before = files_under(&self.family.instance.data).len();
        let refused = self.restore(from, identity);
        assert_eq!(refused.status.code(), Some(2), "{}", lossy(&refused.stdout));
        assert!(lossy(&refused.stderr).contains(words), "{}", lossy(&refused.stderr));
        assert!(
            files_under(&self.family.instance.data).len() <= before + DATABASE_FILES,
            "nothing half restored"
        );
    }
}

fn what_was_acknowledged_comes_back(database: Database, fresh: Database) {
    let mut home = Home::on(database);
    let known: Vec<(String, String)> = (0..5).map(|seed| home.upload(seed)).collect();
    let done = AtomicBool::new(false);
    let backup = std::thread::scope(|scope| {
        let uploads = (1..=3_u64).map(|client| {
            let (home, done) = (&home, &done);
            scope.spawn(move || {
                let more = (1..).take_while(|_| !done.load(Ordering::Relaxed));
                more.map(|number| home.upload(client * 1000 + number)).collect::<Vec<_>>()
            })
        });
        let uploads: Vec<_> = uploads.collect();
        let backup = home.back_up();
        done.store(true, Ordering::Relaxed);
        let beside: usize = uploads.into_iter().map(|upload| upload.join().unwrap().len()).sum();
        assert!(beside > 0, "the service went on beside the backup");
        backup
    });
    let later = home.upload(9999);
    home.lose_the_machine(fresh);

    let restored = home.restore(backup["file"].as_str().unwrap(), Some(&home.escrow()));
    let words = lossy(&restored.stdout);
    assert_eq!(
        restored.status.code(),
        Some(1),
        "something was sealed after the backup: {words} {}",
        lossy(&restored.stderr)
    );
    assert!(words.contains("sealed after this backup"), "{words}");
    assert_eq!(home.family.instance.run(&["verify", "--full"]).status.code(), Some(0));
    home.family.instance.start();
    for (media, digest) in &known {
        let original = home.family.mother.get(&format!("/api/v1/media/{media}/original")).expect(200);
        assert_eq!(&sha256(&original.body), digest, "the token works and the bytes are the same");
    }
    home.family.mother.get(&format!("/api/v1/media/{}/original", later.0)).refusal(404);
    home.upload(4711);
}

#[test]
fn what_was_acknowledged_before_the_backup_comes_back_from_it() {
    what_was_acknowledged_comes_back(Database::Sqlite, Database::Sqlite);
}

#[test]
fn a_backup_from_sqlite_comes_back_on_postgresql() {
    let postgres = Postgres::start();
    what_was_acknowledged_comes_back(Database::Sqlite, postgres.database());
}

#[test]
fn age_and_tar_open_a_backup_and_the_root_key_alone_opens_no_secret() {
    let home = Home::on(Database::Sqlite);
    home.upload(1);
    let backup = home.back_up();
    let folder = tempfile::tempdir().unwrap();
    let tar = folder.path().join("backup.tar");
    let root = home.family.instance.data.join("secrets/root.key");
    std::fs::write(&tar, oracle::age_decrypt(&root, Path::new(backup["file"].as_str().unwrap()))).unwrap();
    let unpacked = Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(folder.path()).status();
    assert!(unpacked.unwrap().success());
    let keys = |of: &Path| files_under(&of.join("keys")).len();
    assert_eq!(keys(folder.path()), keys(&home.family.instance.data));
    assert_eq!(backup["keys"], keys(folder.path()));
    assert!(
        std::fs::read_to_string(folder.path().join("database/credentials.jsonl")).unwrap().contains("token")
    );
    let seed = folder.path().join("secrets/log.seed.age");
    let opened = oracle::age_decrypt(&home.escrow(), &seed);
    assert_eq!(opened, std::fs::read(home.family.instance.data.join("secrets/log.seed")).unwrap());
    let by_root = Command::new("age").args(["-d", "-i"]).arg(root).arg(seed).output().unwrap();
    assert!(!by_root.status.success(), "the escrow's alone");
}

#[test]
fn a_restore_that_cannot_be_right_changes_nothing() {
    let mut home = Home::on(Database::Sqlite);
    home.upload(1);
    let older = home.family.instance.data.with_file_name("older");
    for part in ["archive", "log"] {
        copy_tree(&home.family.instance.data.join(part), &older.join(part));
    }
    home.upload(2);
    let backup = text(&home.back_up(), "file");
    home.is_refused(&backup, None, "already");

    home.lose_the_machine(Database::Sqlite);
    home.is_refused(&backup, None, "--identity");
    let stranger = older.with_file_name("stranger.txt");
    assert!(Command::new("age-keygen").arg("-o").arg(&stranger).status().unwrap().success());
    home.is_refused(&backup, Some(&stranger), "");
    let whole = std::fs::read(&backup).unwrap();
    let cut = older.with_file_name("cut.tar.age");
    std::fs::write(&cut, &whole[..whole.len() - 1000]).unwrap();
    home.is_refused(cut.to_str().unwrap(), Some(&home.escrow()), "");

    let newer = home.family.instance.data.with_file_name("newer");
    std::fs::rename(&home.family.instance.data, &newer).unwrap();
    std::fs::rename(&older, &home.family.instance.data).unwrap();
    let refused = home.restore(&backup, Some(&home.escrow()));
    assert_eq!(refused.status.code(), Some(2));
    assert!(lossy(&refused.stderr).contains("older archive"), "{}", lossy(&refused.stderr));

    std::fs::remove_dir_all(&home.family.instance.data).unwrap();
    std::fs::rename(&newer, &home.family.instance.data).unwrap();
    let restored = home.restore(&backup, Some(&home.escrow()));
    assert_eq!(restored.status.code(), Some(0), "{}", lossy(&restored.stderr));
}

#[test]
fn backups_live_for_days_and_strangers_files_stay() {
    let home = Home::on(Database::Sqlite);
    std::fs::create_dir_all(&home.backups).unwrap();
    for name in ["livsbog-20260101T000000Z.tar.age", "livsbog-notes.txt", "20200101.tar.age"] {
        std::fs::write(home.backups.join(name), "x").unwrap();
    }
    home.back_up();
    let mut left: Vec<_> =
        std::fs::read_dir(&home.backups).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left.len(), 3, "{left:?}");
    assert_eq!((left[0].to_str(), left[2].to_str()), (Some("20200101.tar.age"), Some("livsbog-notes.txt")));
}
