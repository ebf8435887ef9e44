//! One demo for each build of the program, kind of database and day, made once and copied by every test that wants one.

use std::fs::{self, DirEntry, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::database::{Database, Postgres};
use crate::instance::{copy_tree, lossy, program, target_profile};

/// What lies in a template: the data directory, and the database beside it when it is not within.
const DATA: &str = "data";
const DUMP: &str = "database.dump";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Puts the demo into a data directory that is not there yet and a database that is empty.
pub fn put(database: &Database, data: &Path) {
    match database {
        Database::Sqlite => copy_tree(&made("sqlite", make).join(DATA), data),
        Database::Url(url) => {
            let template = made("postgresql", make_on_postgresql);
            copy_tree(&template.join(DATA), data);
            Postgres::load(url, &template.join(DUMP));
        }
    }
}

/// Made beside its place and then moved there, so that a half-made one is never taken for a whole.
fn made(kind: &str, make: fn(&Path)) -> PathBuf {
    let home = target_profile().parent().unwrap().join("demo-for-tests");
    fs::create_dir_all(&home).unwrap();
    let lock = File::create(home.join("lock")).unwrap();
    lock.lock().unwrap();
    let template = home.join(format!("{}-{kind}", stamp(&program())));
    if !template.exists() {
        let old = fs::read_dir(&home).unwrap().flatten().filter(is_old);
        old.for_each(|old| fs::remove_dir_all(old.path()).unwrap());
        let making = home.join("making");
        let _ = fs::remove_dir_all(&making);
        fs::create_dir(&making).unwrap();
        make(&making);
        fs::rename(making, &template).unwrap();
    }
    template
}

fn make(template: &Path) {
    demo(Command::new(program()).env("LIVSBOG_DATA", template.join(DATA)));
}

fn make_on_postgresql(template: &Path) {
    let cluster = Postgres::start();
    let url = cluster.url();
    demo(Command::new(program()).env("LIVSBOG_DATA", template.join(DATA)).env("LIVSBOG_DATABASE_URL", &url));
    Postgres::dump(&url, &template.join(DUMP));
}

fn demo(program: &mut Command) {
    let made = program.args(["demo", "--no-serve"]).output().unwrap();
    assert!(made.status.success(), "livsbog demo --no-serve: {}", lossy(&made.stderr));
}

/// Another build's tests may be running beside these: only what nobody can want any more goes.
fn is_old(entry: &DirEntry) -> bool {
    let facts = entry.metadata().unwrap();
    let age = facts.modified().unwrap().elapsed().unwrap_or_default();
    facts.is_dir() && age > 2 * DAY
}

/// With the day, as a promise made in a demo of last month is overdue today.
fn stamp(program: &Path) -> String {
    let facts = fs::metadata(program).unwrap();
    let built = facts.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / DAY.as_secs();
    format!("{}-{}-{today}", facts.len(), built.as_nanos())
}
