//! Time stamps outlive their authority's certificate: renewals, and how strangers judge them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tests::client::{PLAIN, text};
use tests::instance::lossy;
use tests::stories::story;
use tests::tsa::Authority;
use tests::{Instance, oracle, until};

fn ask(instance: &Instance, authority: &Authority, what: &str) -> Output {
    let certificates = authority.certificates();
    instance.run(&["log", what, "--tsa", &authority.url, "--certificates", certificates.to_str().unwrap()])
}

/// `livsbog log stamp` or `renew`; the directory it made.
#[track_caller]
fn asked(instance: &Instance, authority: &Authority, what: &str) -> PathBuf {
    let output = ask(instance, authority, what);
    assert_eq!(output.status.code(), Some(0), "{}", lossy(&output.stderr));
    lossy(&output.stdout).trim().into()
}

/// What `livsbog log check` says of each stamp, and its exit code.
fn check(instance: &Instance) -> (Option<i32>, Vec<Value>) {
    let output = instance.run(&["log", "check", "--json"]);
    let said = lossy(&output.stdout);
    (output.status.code(), said.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn verify_sh(instance: &Instance, receipt: &Path, stamp: &Path, renewals: &[&Path]) -> (Option<i32>, String) {
    let key = lossy(&instance.run_ok(&["log", "key"]));
    let mut script = Command::new("sh");
    script.arg(oracle::here("../docs/verify.sh")).arg("-s").arg(stamp);
    script.args(renewals.iter().flat_map(|renewal| [Path::new("-r"), *renewal]));
    let verdict = oracle::ask(script.arg(receipt).arg(key.trim()));
    (verdict.code, verdict.text)
}

/// What `livsbog log check` has against a stamp.
fn problem_of(instance: &Instance, stamp: &Path) -> Option<String> {
    let path = in_log(instance, stamp);
    let said = check(instance).1.into_iter().find(|judged| judged["path"] == path.as_str()).unwrap();
    said["problem"].as_str().map(str::to_owned)
}

/// A renewal of whatever there is, as one makes it with the usual tools.
fn renew_by_hand(instance: &Instance, authority: &Authority, stamp: &Path) -> PathBuf {
    let renewal = instance.data.join("log/renewals/2099-01-01T000000000Z");
    std::fs::create_dir_all(&renewal).unwrap();
    let path = in_log(instance, stamp);
    let list = format!("sha256sum {path}/* > renewals/2099-01-01T000000000Z/earlier.sha256");
    oracle::ask(Command::new("sh").args(["-c", &list]).current_dir(instance.data.join("log"))).content();
    let query = ["ts", "-query", "-data", "earlier.sha256", "-sha256", "-cert", "-out", "request.tsq"];
    oracle::ask(Command::new("openssl").args(query).current_dir(&renewal)).content();
    let question = std::fs::read(renewal.join("request.tsq")).unwrap();
    let answer = PLAIN.post(&authority.url).body(question).send().unwrap();
    std::fs::write(renewal.join("response.tsr"), answer.bytes().unwrap()).unwrap();
    std::fs::copy(authority.certificates(), renewal.join("authority.pem")).unwrap();
    renewal
}

fn in_log(instance: &Instance, path: &Path) -> String {
    path.strip_prefix(instance.data.join("log")).unwrap().to_str().unwrap().to_owned()
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    // In the middle of a certificate is its key; at its end, a signature that nobody asks a root for.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

fn count(instance: &Instance, directory: &str) -> usize {
    std::fs::read_dir(instance.data.join("log").join(directory)).map_or(0, |entries| entries.count())
}

/// Lets the day go by that lies between two stamps.
fn a_day_later(instance: &Instance) {
    let database = instance.data.join("livsbog.db");
    let due = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); \
               d.execute(\"update jobs set run_at = created_at where kind = 'stamp_log'\"); d.commit()";
    oracle::ask(Command::new(oracle::installed("venv/bin/python")).args(["-c", due]).arg(database)).content();
}

#[test]
fn a_renewal_carries_a_stamp_past_the_end_of_its_certificate_and_a_stranger_sees_it() {
    let (instance, authority) = (Instance::demo(), Authority::start());
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    let entry = text(&mother.post_entry(&child, &story("Før", "Solen skinnede.")).expect(201).json(), "id");
    authority.signs_until("30 seconds");
    let old = asked(&instance, &authority, "stamp");
    let hidden = asked(&instance, &authority, "stamp");
    let aside = instance.data.with_extension("aside");
    std::fs::rename(&hidden, &aside).unwrap();
    authority.signs_until("800 days");
    let first = asked(&instance, &authority, "renew");
    let second = asked(&instance, &authority, "renew");
    let receipt = instance.data.with_extension("receipt");
    let proven = instance.run(&["log", "prove", &entry, "--stamped"]);
    std::fs::write(&receipt, &proven.stdout).unwrap();
    for place in [&old, &first, &second] {
        assert!(lossy(&proven.stderr).contains(place.to_str().unwrap()), "{}", lossy(&proven.stderr));
    }
    let by_now = || {
        let files = ["-data", "checkpoint", "-in", "response.tsr", "-CAfile", "authority.pem"];
        oracle::ask(Command::new("openssl").args(["ts", "-verify"]).args(files).current_dir(&old))
    };
    until("the certificate to end", || (by_now().code != Some(0)).then_some(()));

    let (code, said) = check(&instance);
    assert_eq!(code, Some(0), "{said:?}");
    let carried = said.iter().find(|judged| judged["path"] == in_log(&instance, &old)).unwrap();
    let carriers = [&first, &second].map(|renewal| Value::from(in_log(&instance, renewal)));
    assert!(carriers.contains(&carried["carried_by"]), "{carried}");
    oracle::ask(
        Command::new("sha256sum")
            .arg("-c")
            .arg(first.join("earlier.sha256"))
            .current_dir(instance.data.join("log")),
    )
    .content();

    let (code, said) = verify_sh(&instance, &receipt, &old, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("certifikat er udløbet") && said.contains("-r"), "{said}");
    for renewals in [vec![first.as_path()], vec![&first, &second], vec![&second]] {
        let (code, said) = verify_sh(&instance, &receipt, &old, &renewals);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("JA: tidsstemplet siger") && said.contains("Fornyet af"), "{said}");
    }
    std::fs::rename(&aside, &hidden).unwrap();
    let (code, said) = verify_sh(&instance, &receipt, &hidden, &[&first]);
    assert_eq!(code, Some(1), "a stamp that the renewal does not list: {said}");
    assert_eq!(check(&instance).0, Some(1));
    assert_eq!(problem_of(&instance, &old), None);
    assert!(
        problem_of(&instance, &hidden).unwrap().contains("has ended"),
        "it could be made by whoever has the key now"
    );
    std::fs::remove_dir_all(&hidden).unwrap();

    without_the_renewal_it_is_over(&instance, &authority, &receipt, &old, &first);
}

fn without_the_renewal_it_is_over(
    instance: &Instance,
    authority: &Authority,
    receipt: &Path,
    old: &Path,
    renewal: &Path,
) {
    let aside = instance.data.with_extension("renewals");
    std::fs::rename(instance.data.join("log/renewals"), &aside).unwrap();
    assert!(problem_of(instance, old).unwrap().contains("has ended"));
    let by_hand = renew_by_hand(instance, authority, old);
    assert!(problem_of(instance, old).unwrap().contains("has ended"), "listed when it was too late");
    let (code, said) = verify_sh(instance, receipt, old, &[&by_hand]);
    assert_eq!(code, Some(2), "{said}");
    std::fs::remove_dir_all(&by_hand).unwrap();
    asked(instance, authority, "stamp");
    let late = ask(instance, authority, "renew");
    assert_eq!(late.status.code(), Some(1), "too late for that one: {}", lossy(&late.stderr));
    assert!(lossy(&late.stderr).contains(&in_log(instance, old)), "{}", lossy(&late.stderr));
    assert_eq!(check(instance).0, Some(1), "the end is the end");
    let list = aside.join(renewal.file_name().unwrap()).join("earlier.sha256");
    flip(&list);
    let (code, said) = verify_sh(instance, receipt, old, &[list.parent().unwrap()]);
    assert_eq!(code, Some(1), "{said}");
}

#[test]
fn whatever_is_changed_or_taken_away_of_a_renewed_stamp_is_named() {
    let (instance, authority) = (Instance::prepared(), Authority::start());
    let nothing = ask(&instance, &authority, "renew");
    assert_eq!(nothing.status.code(), Some(2), "there is nothing to renew");
    let stamp = asked(&instance, &authority, "stamp");
    let renewal = asked(&instance, &authority, "renew");
    assert_eq!(check(&instance).0, Some(0));
    let of_stamp =
        ["checkpoint", "request.tsq", "response.tsr", "authority.pem"].map(|name| stamp.join(name));
    let of_renewal = ["earlier.sha256", "response.tsr", "authority.pem"].map(|name| renewal.join(name));
    for file in of_stamp.iter().chain(&of_renewal) {
        let whole = std::fs::read(file).unwrap();
        let (path, is_listed) = (in_log(&instance, file), file.starts_with(&stamp));
        flip(file);
        let (code, said) = check(&instance);
        assert_eq!(code, Some(1), "{path}: {said:?}");
        if is_listed {
            assert_eq!(said[1]["gone"], Value::from(vec![path.clone()]), "{said:?}");
            std::fs::remove_file(file).unwrap();
            let (code, said) = check(&instance);
            assert_eq!(code, Some(1), "{path} away: {said:?}");
            let named = &said.last().unwrap()["gone"];
            assert!(named.as_array().unwrap().contains(&Value::from(path)), "{said:?}");
        } else {
            assert_eq!(said[1]["ok"], false, "{path}: {said:?}");
            assert_eq!(said[0]["ok"], true, "the stamp still holds by itself: {said:?}");
        }
        std::fs::write(file, whole).unwrap();
        assert_eq!(check(&instance).0, Some(0));
    }
    std::fs::remove_dir_all(&stamp).unwrap();
    let (code, said) = check(&instance);
    assert_eq!((code, said[0]["gone"].as_array().unwrap().len()), (Some(1), 4), "{said:?}");
}

#[test]
fn a_damaged_stamp_is_left_out_and_does_not_stop_the_renewal_of_others() {
    let (instance, authority) = (Instance::prepared(), Authority::start());
    let bad = asked(&instance, &authority, "stamp");
    let good = asked(&instance, &authority, "stamp");
    flip(&bad.join("response.tsr"));
    let output = ask(&instance, &authority, "renew");
    assert_eq!(output.status.code(), Some(1), "{}", lossy(&output.stderr));
    assert!(lossy(&output.stderr).contains(&in_log(&instance, &bad)), "{}", lossy(&output.stderr));
    let renewal = PathBuf::from(lossy(&output.stdout).trim());
    let list = std::fs::read_to_string(renewal.join("earlier.sha256")).unwrap();
    assert!(list.contains(&in_log(&instance, &good)) && !list.contains(&in_log(&instance, &bad)), "{list}");
}

#[test]
fn stamps_are_renewed_by_themselves_once_the_authority_has_a_later_certificate() {
    let authority = Authority::start();
    let certificates = authority.certificates();
    let settings = [
        ("LIVSBOG_TSA_URL", authority.url.as_str()),
        ("LIVSBOG_TSA_CERTIFICATES", certificates.to_str().unwrap()),
    ];
    let mut instance = Instance::demo_with(&settings);
    until("the first stamp", || (count(&instance, "stamps") == 1).then_some(()));
    instance.stop();
    assert_eq!(count(&instance, "renewals"), 0, "by the same certificate nothing is gained");
    authority.signs_until("800 days");
    asked(&instance, &authority, "stamp");
    a_day_later(&instance);
    instance.start();
    until("the renewal", || (count(&instance, "renewals") == 1).then_some(()));
    instance.stop();
    assert_eq!(check(&instance).0, Some(0));
    let before = count(&instance, "stamps");
    instance.start();
    let child = instance.child_reading_up_to(9).children[0].clone();
    let mother = instance.api(&instance.foster_parent_of(&child));
    mother.post_entry(&child, &story("Senere", "Solen skinnede.")).expect(201);
    instance.stop();
    a_day_later(&instance);
    instance.start();
    until("another stamp", || (count(&instance, "stamps") > before).then_some(()));
    instance.stop();
    assert_eq!(count(&instance, "renewals"), 1, "what lasts is not renewed");
}
