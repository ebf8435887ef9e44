//! What `docs/ARCHIVE-FORMAT.md` promises to a stranger is done here as it is written there, with other people's
//! programs: sh, sha256sum, age, openssl and the OCFL validator ocfl-py.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use archive::Archive;
use common::{GROUP, Home, noon, object, photo, stage, stage_correction};

const FORMAT: &str = include_str!("../../docs/ARCHIVE-FORMAT.md");

/// The shell script that stands under `<!-- name -->` in the format's description.
fn script(name: &str) -> &'static str {
    let after = FORMAT.split_once(&format!("<!-- {name} -->\n```sh\n")).expect(name).1;
    after.split_once("```").unwrap().0
}

fn run(program: &str, arguments: &[&str], directory: &Path, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(directory).envs(variables.iter().copied());
    command.output().unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"))
}

fn file(path: &Path, content: impl AsRef<[u8]>) {
    File::create(path).unwrap().write_all(content.as_ref()).unwrap();
}

async fn home_with_deposits() -> (Home, Archive) {
    let home = Home::new();
    let archive = home.create().await;
    for number in 1..=11 {
        archive.seal(&stage(&archive, number).await.unwrap()).await.unwrap();
    }
    archive.seal(&stage_correction(&archive, 3, 2).await.unwrap()).await.unwrap();
    (home, archive)
}

#[tokio::test]
async fn the_escrow_key_opens_a_file_as_the_description_says() {
    let (home, archive) = home_with_deposits().await;
    drop(archive);
    let escrow = home.dir.path().join("escrow.txt");
    file(&escrow, format!("{}\n", home.escrow));
    let open = |number: u128, name: &str| {
        let (id, escrow) = (object(number).to_string(), escrow.to_str().unwrap().to_owned());
        let variables = [("OBJECT", id.as_str()), ("NAME", name), ("ESCROW", escrow.as_str())];
        run("sh", &["-c", script("open.sh")], home.paths.data(), &variables)
    };
    let opened = open(3, "original.age");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    assert_eq!(opened.stdout, photo(3));
    assert_eq!(open(3, "media.json.age").stdout, b"{\"number\":3,\"version\":2}");
    assert_eq!(open(4, "media.json.age").stdout, b"{\"number\":4,\"version\":1}");
}

#[tokio::test]
async fn without_the_right_key_age_opens_nothing() {
    let (home, _archive) = home_with_deposits().await;
    let (stranger, _) = archive::generate_identity();
    let identity = home.dir.path().join("stranger.txt");
    file(&identity, format!("{}\n", *stranger));
    let wrapped = home.paths.keys().join("groups").join(format!("{GROUP}.age"));
    let arguments = ["-d", "-i", identity.to_str().unwrap(), wrapped.to_str().unwrap()];
    assert!(!run("age", &arguments, home.dir.path(), &[]).status.success());
}

#[tokio::test]
async fn openssl_accepts_each_receipt_and_no_altered_one() {
    let (home, archive) = home_with_deposits().await;
    let (checker, receipt) = (home.paths.root().join("verify.sh"), home.dir.path().join("receipt"));
    let vkey = home.paths.log().join("vkey");
    let check = |text: &str| {
        file(&receipt, text);
        let arguments = [&checker, &receipt, &vkey].map(|path| path.to_str().unwrap());
        run("sh", &arguments, home.dir.path(), &[])
    };
    for leaf in 0..12 {
        let checked = check(&archive.receipt(leaf).await.unwrap());
        assert!(checked.status.success(), "leaf {leaf}: {}", String::from_utf8_lossy(&checked.stderr));
        let said = String::from_utf8(checked.stdout).unwrap();
        let line = said.lines().last().unwrap();
        let (number, version) = if leaf < 11 { (u128::from(leaf) + 1, 1) } else { (3, 2) };
        let inventory =
            home.paths.root().join(object(number).directory()).join(format!("v{version}/inventory.json"));
        let sum = run("sha256sum", &[inventory.to_str().unwrap()], home.dir.path(), &[]);
        let digest = String::from_utf8(sum.stdout).unwrap()[..64].to_owned();
        assert_eq!(line, format!("livsbog/1 {} v{version} sha256:{digest}", object(number).urn()));
    }
    let good = archive.receipt(6).await.unwrap();
    let other = archive.receipt(7).await.unwrap();
    let extra_of = |text: &str| text.lines().nth(1).unwrap().to_owned();
    let altered = [
        good.replace("index 6", "index 7"),
        good.replace("\n12\n", "\n13\n"),
        good.replace(&extra_of(&good), &extra_of(&other)),
        good.lines().enumerate().filter(|(n, _)| *n != 3).map(|(_, line)| format!("{line}\n")).collect(),
    ];
    for text in altered {
        assert_ne!(text, good);
        assert_eq!(check(&text).status.code(), Some(1), "{text}");
        assert!(archive::check_receipt(&archive.verifier_key(), &text).is_err(), "{text}");
    }
}

#[tokio::test]
async fn another_ocfl_program_finds_the_root_valid_without_keys_and_a_damaged_one_not() {
    let (home, archive) = home_with_deposits().await;
    drop(archive);
    fs::remove_dir_all(home.paths.keys()).unwrap();
    let judge = "import ocfl, sys\n\
                 root = ocfl.StorageRoot(root=sys.argv[1])\n\
                 valid = root.validate()\n\
                 print(valid, root.good_objects, root.num_objects)";
    let root = home.paths.root();
    let judged = || {
        let output = run("python3", &["-c", judge, root.to_str().unwrap()], home.dir.path(), &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned()
    };
    assert_eq!(judged(), "True 11 11");
    let content = root.join(object(5).directory()).join("v1/content");
    let path = fs::read_dir(content).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    file(&path, &bytes);
    assert_ne!(judged(), "True 11 11");
}

#[tokio::test]
async fn nothing_readable_on_the_disk_tells_whose_it_is() {
    let home = Home::new();
    let archive = home.create().await;
    let staging = archive.stage(object(1), GROUP, 1, "book_entry".parse().unwrap(), noon()).await.unwrap();
    staging.write("entry.json.age", "Ida og Wrzesniewski ved Lillebælt").await.unwrap();
    archive.seal(&staging.finish().await.unwrap()).await.unwrap();
    let found = run("grep", &["-rlaE", "Wrzesniewski|Lilleb|age1[a-z0-9]{58}", "."], home.paths.data(), &[]);
    assert_eq!(String::from_utf8(found.stdout).unwrap(), "");
}
