//! Keys change hands; content stays as it was sealed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tests::client::sha256;
use tests::instance::{copy_tree, files_under, lossy};
use tests::photos::distinct_jpeg;
use tests::{Api, Instance, oracle};

/// A demo with one more photo, and the file `escrow.txt` in its safe.
struct Scene {
    instance: Instance,
    mother: Api,
    photo: Vec<u8>,
    media: String,
    escrow: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let instance = Instance::demo();
        let child = instance.child_reading_up_to(9).children[0].clone();
        let mother = instance.api(&instance.foster_parent_of(&child));
        let photo = distinct_jpeg(7, 30_000);
        let media = mother.upload_ok(&child, "a.jpg", &photo);
        let escrow = instance.data.with_file_name("escrow.txt");
        std::fs::rename(instance.data.join("escrow-identity.txt"), &escrow).unwrap();
        Self { instance, mother, photo, media, escrow }
    }

    fn secret(&self, name: &str) -> PathBuf {
        self.instance.data.join("secrets").join(name)
    }

    fn rotate(&self, args: &[&str]) -> Output {
        self.instance.run(&[&["keys", "rotate"], args].concat())
    }

    fn rehearse(&self, identity: &Path) -> Output {
        self.instance.run(&["keys", "escrow-test", "--identity", identity.to_str().unwrap()])
    }

    #[track_caller]
    fn serves_as_before(&mut self) {
        self.instance.start();
        let original = self.mother.get(&format!("/api/v1/media/{}/original", self.media)).expect(200);
        assert_eq!(original.body, self.photo);
        self.instance.stop();
    }
}

#[track_caller]
fn is_refused(output: &Output, words: &str) {
    assert_eq!(output.status.code(), Some(2), "{}", lossy(&output.stdout));
    assert!(lossy(&output.stderr).contains(words), "{}", lossy(&output.stderr));
}

fn digests(folder: &Path) -> BTreeMap<PathBuf, String> {
    files_under(folder)
        .into_iter()
        .map(|file| (file.clone(), sha256(&std::fs::read(&file).unwrap())))
        .collect()
}

/// How many group keys this identity opens.
fn opens(identity: &Path, instance: &Instance) -> usize {
    let opens = |key: &PathBuf| {
        let age = Command::new("age").arg("-d").arg("-i").arg(identity).arg(key).output().unwrap();
        age.status.success()
    };
    files_under(&instance.data.join("keys/groups")).iter().filter(|key| opens(key)).count()
}

#[test]
fn a_new_root_key_opens_everything_the_old_one_nothing_and_content_stays() {
    let mut scene = Scene::new();
    is_refused(&scene.rotate(&[]), "stop the service");
    scene.instance.stop();
    let before = digests(&scene.instance.storage_root());
    let object_keys = digests(&scene.instance.data.join("keys/objects"));
    let old = scene.instance.data.with_file_name("old.key");
    std::fs::copy(scene.secret("root.key"), &old).unwrap();
    let groups = opens(&old, &scene.instance);
    assert!(groups > 3);

    let rotated = scene.rotate(&[]);
    assert!(rotated.status.success(), "{}", lossy(&rotated.stderr));
    assert_eq!(opens(&old, &scene.instance), 0);
    assert_eq!(opens(&scene.secret("root.key"), &scene.instance), groups);
    assert_eq!(opens(&scene.escrow, &scene.instance), groups);
    assert_eq!(digests(&scene.instance.storage_root()), before);
    assert_eq!(digests(&scene.instance.data.join("keys/objects")), object_keys);
    assert!(!scene.secret("root.key.next").exists());
    scene.serves_as_before();
}

#[test]
fn a_rotation_that_was_broken_off_goes_on() {
    let mut scene = Scene::new();
    scene.instance.stop();
    let halfway = scene.instance.data.with_file_name("before");
    copy_tree(&scene.instance.data, &halfway);
    assert!(scene.rotate(&[]).status.success());
    // As it lay when the power went: the next key made, every other group wrapped to it.
    std::fs::rename(scene.secret("root.key"), scene.secret("root.key.next")).unwrap();
    std::fs::copy(halfway.join("secrets/root.key"), scene.secret("root.key")).unwrap();
    for key in files_under(&scene.instance.data.join("keys/groups")).iter().step_by(2) {
        let old = halfway.join("keys/groups").join(key.file_name().unwrap());
        std::fs::copy(old, key).unwrap();
    }
    let finished = scene.rotate(&[]);
    assert!(finished.status.success(), "{}", lossy(&finished.stderr));
    assert!(!scene.secret("root.key.next").exists());
    scene.serves_as_before();
}

#[test]
fn the_root_key_may_come_from_a_command() {
    let mut scene = Scene::new();
    scene.instance.stop();
    let vault = scene.instance.data.with_file_name("vault.key");
    std::fs::rename(scene.secret("root.key"), &vault).unwrap();
    let policy = |instance: &Instance| instance.run(&["log", "checkpoint"]);
    is_refused(&policy(&scene.instance), "root.key");
    scene.instance.set("LIVSBOG_ROOT_KEY_COMMAND", &format!("cat {}", vault.display()));
    scene.serves_as_before();
    is_refused(&scene.rotate(&[]), "LIVSBOG_ROOT_KEY_NEXT");

    let next = scene.instance.data.with_file_name("next.key");
    assert!(Command::new("age-keygen").arg("-o").arg(&next).status().unwrap().success());
    let identity = std::fs::read_to_string(&next).unwrap().lines().last().unwrap().to_owned();
    let rotated =
        scene.instance.command(&["keys", "rotate"]).env("LIVSBOG_ROOT_KEY_NEXT", &identity).output();
    assert!(lossy(&rotated.unwrap().stdout).contains("give the service the new root key"));
    std::fs::write(&vault, &identity).unwrap();
    scene.serves_as_before();
    assert!(!scene.secret("root.key").exists(), "it never comes to lie here");

    scene.instance.set("LIVSBOG_ROOT_KEY_COMMAND", "exit 3");
    is_refused(&policy(&scene.instance), "LIVSBOG_ROOT_KEY_COMMAND");
}

#[test]
fn the_rehearsal_opens_everything_with_the_escrow_and_says_what_stays_closed() {
    let mut scene = Scene::new();
    scene.instance.stop();
    let rehearsed = scene.rehearse(&scene.escrow);
    assert!(rehearsed.status.success(), "{}", lossy(&rehearsed.stdout));
    assert!(lossy(&rehearsed.stdout).contains("0 objects did not open"), "{}", lossy(&rehearsed.stdout));
    is_refused(&scene.rehearse(&scene.secret("root.key")), "not that of the escrow");

    let other = scene.instance.data.with_file_name("other.txt");
    assert!(Command::new("age-keygen").arg("-o").arg(&other).status().unwrap().success());
    let text = std::fs::read_to_string(&other).unwrap();
    let recipient = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    assert!(scene.rotate(&["--escrow", recipient]).status.success());
    assert_eq!(opens(&scene.escrow, &scene.instance), 0, "the escrow before opens nothing any more");
    is_refused(&scene.rehearse(&scene.escrow), "not that of the escrow");
    assert!(scene.rehearse(&other).status.success());

    let object_key = &files_under(&scene.instance.data.join("keys/objects"))[0];
    let mut bytes = std::fs::read(object_key).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(object_key, bytes).unwrap();
    let rehearsed = scene.rehearse(&other);
    assert_eq!(rehearsed.status.code(), Some(1));
    let object = object_key.file_stem().unwrap().to_str().unwrap();
    assert!(lossy(&rehearsed.stdout).contains(&format!("urn:uuid:{object}")), "{}", lossy(&rehearsed.stdout));
}

#[test]
fn any_three_of_five_shares_join_here_and_with_other_peoples_tool() {
    let folder = tempfile::tempdir().unwrap();
    let identity = folder.path().join("escrow.txt");
    assert!(Command::new("age-keygen").arg("-o").arg(&identity).status().unwrap().success());
    let text = std::fs::read_to_string(&identity).unwrap().lines().last().unwrap().to_owned();
    let instance = Instance::prepared();
    let shares = instance.run_ok(&["keys", "split", "--identity", identity.to_str().unwrap()]);
    let shares = lossy(&shares);
    let shares: Vec<&str> = shares.lines().collect();
    assert_eq!(shares.len(), 5);

    let secret = bech32::decode(&text).unwrap().1;
    for chosen in [[0, 1, 2], [4, 2, 0], [3, 1, 4]] {
        let chosen = chosen.map(|at| shares[at]);
        assert_eq!(oracle::joined_shares(&chosen), secret);
        let (joined, code) = join(&instance, &chosen.join("\n"));
        assert_eq!((joined.trim(), code), (text.as_str(), Some(0)));
    }
    let (said, code) = join(&instance, &shares[..2].join("\n"));
    assert_eq!(code, Some(2));
    assert!(said.contains("3 different shares are needed, 2 are here"), "{said}");
}

/// What `keys join` says to these shares: on standard output, or why not.
fn join(instance: &Instance, shares: &str) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shares.txt");
    std::fs::write(&file, shares).unwrap();
    let mut join = instance.command(&["keys", "join"]);
    let output = join.stdin(Stdio::from(std::fs::File::open(file).unwrap())).output().unwrap();
    let said = if output.status.success() { &output.stdout } else { &output.stderr };
    (lossy(said), output.status.code())
}
