//! A folder of old papers and photographs: what goes in, what is there already, what is refused and why; and that it can
//! come twice, also after a crash.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tests::clamd::eicar;
use tests::client::{sha256, text};
use tests::instance::{lossy, program};
use tests::photos::{Noise, distinct_jpeg};
use tests::{Clamd, Database, Family, Instance, oracle, setting, wait};

/// A folder to be taken in.
struct Papers {
    folder: TempDir,
    index: String,
}

impl Papers {
    fn new(header: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), index: format!("{header}\n") }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn line(&mut self, line: &str) -> &mut Self {
        self.index += &format!("{line}\n");
        self
    }

    /// Runs `livsbog import --json`; its exit code and report.
    fn import(&self, instance: &Instance, child: &str, more: &[&str]) -> (Option<i32>, Value) {
        self.put("index.csv", self.index.as_bytes());
        let folder = self.path().to_str().unwrap();
        let output = instance.run(&[&["import", "--json", "--child", child, folder], more].concat());
        let report = serde_json::from_slice(&output.stdout);
        (output.status.code(), report.unwrap_or_else(|_| panic!("{}", lossy(&output.stderr))))
    }
}

fn family() -> Family {
    Family::on(Database::Sqlite)
}

fn count(report: &Value, what: &str) -> usize {
    report[what].as_array().unwrap_or_else(|| panic!("{what} in {report}")).len()
}

/// Refused lines with their codes.
fn refused(report: &Value) -> BTreeMap<u64, String> {
    let each = report["refused"].as_array().unwrap().iter();
    each.map(|told| (told["line"].as_u64().unwrap(), text(told, "code"))).collect()
}

#[test]
fn a_folder_of_old_papers_goes_into_the_book_with_what_is_known_and_nothing_more() {
    let family = family();
    // As Danish Excel saves it: a mark, semicolons, quotation marks, and days first.
    let mut papers =
        Papers::new("\u{feff}fil;slags;titel;dato;tekst;alder;personer;sted;forfatter;rolle;kilde");
    papers.line("billeder\\sø.jpg;foto;Ved søen;3.7.2019;\"Vi badede, \"\"helt\"\" alene;\nog spiste is.\";7-9 år;Alma | Mormor;Søen;Lene Holm;dagplejer;Kasse 12");
    papers.line("1994/journal.txt;;;1994;;;;;ukendt;;Kasse 12");
    papers.line(";brev;Til dig;ukendt;Kære Alma.;18+;ukendt;;Din mor;;");
    let photo = distinct_jpeg(1, 4000);
    papers.put("billeder/sø.jpg", &photo);
    papers.put("1994/journal.txt", "=HYPERLINK(\"http://x\") stod der på forsiden.".as_bytes());
    papers.put(".DS_Store", b"x");
    let looked = papers.import(&family.instance, &family.alma, &["--dry-run"]);
    assert_eq!((looked.0, count(&looked.1, "taken_in")), (Some(0), 3), "{}", looked.1);
    assert!(family.titles(&family.caseworker, &family.alma).is_empty(), "only looked at");

    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((code, count(&report, "taken_in")), (Some(0), 3), "{report}");
    let entries = family.caseworker.list(&format!("/api/v1/children/{}/entries", family.alma));
    let entry = |title: &str| entries.iter().find(|entry| entry["title"] == title).expect("in the book");
    let lake = entry("Ved søen");
    assert_eq!(
        (&lake["occurred_on"], &lake["precision"], &lake["place"]),
        (&"2019-07-03".into(), &"day".into(), &"Søen".into())
    );
    assert_eq!(lake["people"], serde_json::json!(["Alma", "Mormor"]));
    assert_eq!(
        lake["texts"][0],
        serde_json::json!({"band": "7-9", "language": "da", "text": "Vi badede, \"helt\" alene;\nog spiste is."})
    );
    assert_eq!((&lake["basis"], &lake["author"]["name"]), (&"read".into(), &"Mols Kommune".into()));
    let imported = &lake["imported"];
    assert_eq!(
        (&imported["author"], &imported["role"], &imported["source"]),
        (&"Lene Holm".into(), &"dagplejer".into(), &"Kasse 12".into())
    );
    assert_eq!(imported["files"], serde_json::json!(["billeder/sø.jpg"]));
    let original = format!("/api/v1/media/{}/original", text(&lake["media"][0], "id"));
    assert_eq!(sha256(&family.caseworker.get(&original).expect(200).body), sha256(&photo));

    // Older than the child, by nobody known, and of a case: a child meets it with an adult beside it.
    let journal = entry("journal");
    assert_eq!(
        (&journal["kind"], &journal["precision"], &journal["occurred_on"]),
        (&"document".into(), &"year".into(), &"1994-01-01".into())
    );
    assert_eq!((&journal["imported"]["author"], &journal["people"]), (&Value::Null, &Value::Null));
    assert_eq!(journal["readiness"], serde_json::json!({"state": "with_adult", "ask": "din rådgiver"}));
    let letter = entry("Til dig");
    assert_eq!((&letter["precision"], &letter["people"]), (&"unknown".into(), &serde_json::json!([])));

    let page = |age: u32, entry: &Value| {
        let path = format!("/bog/{}/side/{}?age={age}", family.alma, text(entry, "id"));
        family.signed_in("Mette Lund").get(&path).expect(200).text()
    };
    let shown = page(34, lake);
    assert!(
        shown.contains("Lene Holm")
            && shown.contains("læst; lagt ind fra gamle papirer af Mols Kommune (Kasse 12)")
    );
    assert!(!shown.contains("<dt>Skrevet</dt>"), "nobody knows when it was written");
    assert!(page(34, journal).contains("ukendt"));
}

/// From line 2 of the index on: each wrong in its own way, but for one.
const BAD_LINES: [&str; 21] = [
    "cut.jpg,photo,Cut,2019,,,,,",                 // 2
    "page.html,document,Page,2019,,,,,",           // 3
    "empty.txt,document,Empty,2019,,,,,",          // 4
    "missing.jpg,photo,Missing,2019,,,,,",         // 5
    "../secret.txt,document,Out,2019,,,,,",        // 6
    "/etc/passwd,document,Out,2019,,,,,",          // 7
    "link.txt,document,Link,2019,,,,,",            // 8
    "good.jpg,holiday,Kind,2019,,,,,",             // 9
    "good.jpg,photo,Future,2099-01-01,,,,,",       // 10
    "good.jpg,photo,Before 1900,1899,,,,,",        // 11
    "good.jpg,photo,Unread,in May,,,,,",           // 12
    "good.jpg,photo,Guess,2019,day,,,,",           // 13
    "good.jpg,photo,Band,2019,,Hej,5-8,,",         // 14
    "good.jpg,photo,Waits,2019,,Hej,7-9,never,",   // 15
    ",,,,,,,,A-1",                                 // 16
    "good.jpg,photo,More,2019,,,,,,,more",         // 17
    "good.jpg,photo,Long,2019,,LONG,,,",           // 18
    "deep/er,photo,Folder,2019,,,,,",              // 19
    "good.jpg,photo,Ved søen,2019,,=1+1,7-9,,B-2", // 20
    ",letter,Open quote,2019,,\"Kære Alma,18+,,",  // 21
    "good.jpg,photo,Swallowed,2019,,,,,",
];

#[test]
fn one_bad_line_never_stops_the_rest_and_each_is_told_with_what_to_do() {
    let family = family();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "hemmeligt").unwrap();
    let mut papers = Papers::new("file,kind,title,occurred_on,precision,text,band,readiness,journalnr");
    papers.put("good.jpg", &distinct_jpeg(1, 3000));
    papers.put("cut.jpg", &distinct_jpeg(2, 3000)[..2000]);
    papers.put("page.html", b"<!doctype html><script>alert(1)</script>");
    papers.put("empty.txt", b"");
    papers.put("deep/er/stray.jpg", &distinct_jpeg(3, 3000));
    symlink(outside.path().join("secret.txt"), papers.path().join("link.txt")).unwrap();
    let long = "x".repeat(2 * 1024 * 1024);
    for line in BAD_LINES {
        papers.line(&line.replace("LONG", &long));
    }
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    let expected = [
        (2, "truncated_file"),
        (3, "unsupported_media"),
        (4, "empty_file"),
        (5, "no_file"),
        (6, "outside_folder"),
        (7, "outside_folder"),
        (8, "link"),
        (9, "invalid_fields"),
        (10, "invalid_fields"),
        (11, "invalid_fields"),
        (12, "invalid_fields"),
        (13, "invalid_fields"),
        (14, "invalid_fields"),
        (15, "invalid_fields"),
        (16, "nothing"),
        (17, "columns"),
        (18, "line_too_long"),
        (19, "not_a_file"),
        (21, "unclosed_quote"),
    ];
    assert_eq!(refused(&report), expected.map(|(line, code)| (line, code.to_owned())).into(), "{report}");
    assert_eq!((code, count(&report, "taken_in")), (Some(1), 1), "{report}");
    assert_eq!(report["not_in_index"], serde_json::json!(["deep/er/stray.jpg"]));
    assert_eq!(report["unknown_columns"], serde_json::json!(["journalnr"]));
    for told in report["refused"].as_array().unwrap() {
        assert!(!text(told, "why").is_empty() && !text(told, "next_step").is_empty(), "{told}");
    }
    let entries = family.caseworker.list(&format!("/api/v1/children/{}/entries", family.alma));
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!((&entries[0]["title"], &entries[0]["texts"][0]["text"]), (&"Ved søen".into(), &"=1+1".into()));
    assert_eq!(entries[0]["occurred_on"], "2019-01-01");
}

#[test]
fn a_person_is_told_in_words_and_no_control_character_reaches_a_terminal() {
    let family = family();
    let papers = Papers::new("file,title");
    papers.put("index.csv", b"file,title\nno\x1b[31mthing.jpg,A\n");
    let told = family.instance.run(&["import", "--child", &family.alma, papers.path().to_str().unwrap()]);
    let words = lossy(&told.stdout);
    assert_eq!(told.status.code(), Some(1));
    assert!(
        words.contains("line 2, no[31mthing.jpg: REFUSED (no_file)") && !words.contains('\u{1b}'),
        "{words}"
    );
}

#[test]
fn a_folder_that_comes_twice_goes_in_once_whoever_brings_it_and_after_a_rebuild() {
    let mut family = family();
    let (known, _, bytes) = family.photo(&family.alma, "Fra Karen", 7);
    let mut papers = Papers::new("file,kind,title,occurred_on,text");
    for (name, seed) in [("a.jpg", 1), ("b.jpg", 2)] {
        papers.put(name, &distinct_jpeg(seed, 3000));
    }
    papers.put("karen.jpg", &bytes);
    papers
        .line("a.jpg,photo,A,2019,")
        .line("a.jpg,photo,A en gang til,2020,")
        .line("a.jpg|b.jpg,photo,Begge,2021,");
    papers
        .line(",story,Ord,2019,Uden billede.")
        .line(",story,Ord,2019,Uden billede.")
        .line("karen.jpg,photo,Igen,2019,");
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    let counts = |report: &Value| {
        (count(report, "taken_in"), count(report, "already_there"), count(report, "refused"))
    };
    assert_eq!((code, counts(&report)), (Some(0), (4, 2, 0)), "{report}");
    assert_eq!(
        report["already_there"][1]["entry"],
        known.as_str(),
        "the foster mother's page is the only one of it"
    );
    let before = family.titles(&family.caseworker, &family.alma);
    assert_eq!(before.len(), 5);

    // A title put right, another order, a mark and other separators: the same lines.
    papers.index = "\u{feff}title;file;kind;occurred_on;text\nOrd;;story;2019;Uden billede.\nA rettet;a.jpg;photo;2019;\n\
        A en gang til;a.jpg;photo;2020;\nIgen;karen.jpg;photo;2019;\nBegge;a.jpg|b.jpg;photo;2021;\n".into();
    let again = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((again.0, counts(&again.1)), (Some(0), (0, 5, 0)), "{}", again.1);
    let caseworker = text(&family.caseworker.get("/api/v1/me").expect(200).json(), "id");
    let by_another = papers.import(&family.instance, &family.alma, &["--by", &caseworker]);
    assert_eq!((by_another.0, counts(&by_another.1)), (Some(0), (0, 5, 0)), "{}", by_another.1);
    family.rebuilt();
    let rebuilt = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((rebuilt.0, counts(&rebuilt.1)), (Some(0), (0, 5, 0)), "{}", rebuilt.1);
    assert_eq!(family.titles(&family.caseworker, &family.alma), before);

    // In another child's book nothing of it is known.
    let other = papers.import(&family.instance, &family.viggo, &[]);
    assert_eq!((other.0, counts(&other.1)), (Some(0), (5, 0, 0)), "{}", other.1);
}

#[test]
fn a_kill_in_the_middle_loses_nothing_and_doubles_nothing() {
    let mut family = family();
    let lines = 40;
    let mut papers = Papers::new("file,kind,title,occurred_on,text");
    for number in 0..lines {
        papers.put(&format!("{number}.jpg"), &distinct_jpeg(number, 60_000));
        papers
            .line(&format!("{number}.jpg,photo,Nr. {number},2019,"))
            .line(&format!(",story,Ord {number},2019,Ord {number}."));
    }
    papers.put("index.csv", papers.index.as_bytes());
    let folder = papers.path().to_str().unwrap();
    let mut noise = Noise(setting("SEED", 20_261_128) as u64 | 1);
    for round in 0..setting("KILLS", 6) {
        // With the service running beside it, and without.
        if round == 3 {
            family.instance.stop();
        }
        let import = family.instance.command(&["import", "--child", &family.alma, folder]);
        let mut import = quiet(import).spawn().unwrap();
        wait::let_pass(std::time::Duration::from_millis(300 + noise.draw() % 1_200));
        let _ = import.kill();
        let _ = import.wait();
    }
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!(code, Some(0), "{report}");
    family.instance.stop();
    family.instance.start();
    let mut titles = family.titles(&family.caseworker, &family.alma);
    titles.sort();
    let mut expected: Vec<String> =
        (0..lines).flat_map(|it| [format!("Nr. {it}"), format!("Ord {it}")]).collect();
    expected.sort();
    assert_eq!(titles, expected, "nothing lost, nothing double");
    let dump = lossy(&family.instance.run_ok(&["dump"]));
    let files = dump.lines().filter(|line| line.contains("\"kind\":\"media\"")).count();
    assert_eq!(files, lines as usize, "each file is sealed once");
    family.instance.stop();
    family.instance.run_ok(&["verify", "--full"]);
    oracle::ocfl_py(&family.instance.storage_root()).content();
    println!("taken in by the last run: {}", count(&report, "taken_in"));
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn the_scanner_and_the_register_have_their_say() {
    let mut clamd = Clamd::prepared();
    clamd.start();
    let family = Family::of(Instance::real_with(&[("LIVSBOG_SCANNER_URL", clamd.address())]));
    let mut papers = Papers::new("file,title,occurred_on");
    papers.put("virus.txt", &eicar());
    papers.put("good.jpg", &distinct_jpeg(1, 3000));
    papers.line("virus.txt,Virus,2019").line("good.jpg,God,2019");
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((code, refused(&report)), (Some(1), [(2, "infected_file".to_owned())].into()), "{report}");
    assert_eq!(count(&report, "taken_in"), 1);

    let (_, again) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((count(&again, "refused"), count(&again, "already_there")), (1, 1), "{again}");
    let kept: Value =
        serde_json::from_slice(&family.instance.run_ok(&["quarantine", "list", "--json"])).unwrap();
    assert_eq!(count(&kept, "quarantined"), 1, "it lies there once");

    // Away it is nobody's fault: the run ends, and goes on another day.
    clamd.stop();
    papers.put("later.jpg", &distinct_jpeg(2, 3000));
    papers.line("later.jpg,Senere,2019");
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((code, text(&report["stopped"], "code")), (Some(2), "scanner_away".into()), "{report}");

    // Somebody without a role towards the child brings nothing.
    let folder = papers.path().to_str().unwrap();
    let stranger = text(&family.leader.get("/api/v1/me").expect(200).json(), "id");
    let output = family.instance.run(&["import", "--child", &family.alma, folder, "--by", &stranger]);
    assert_eq!(output.status.code(), Some(2));
    assert!(lossy(&output.stderr).contains("--by"), "{}", lossy(&output.stderr));
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert_eq!(family.instance.run(&["import", "--child", nobody, folder]).status.code(), Some(2));
    assert_eq!(family.instance.run(&["import", "--child", &family.alma, "/nowhere"]).status.code(), Some(2));
}

#[test]
fn the_template_is_an_index_that_only_has_to_be_filled_in() {
    let output = Command::new(program()).args(["import", "--template"]).current_dir("/").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let header = lossy(&output.stdout);
    assert!(header.starts_with("\u{feff}file;kind;title;occurred_on;precision;text;"), "{header}");
    assert!(lossy(&output.stderr).contains("ukendt"));
    let family = family();
    let mut papers = Papers::new(header.trim_end());
    papers.put("a.jpg", &distinct_jpeg(1, 3000));
    papers.line("a.jpg");
    let (code, report) = papers.import(&family.instance, &family.alma, &[]);
    assert_eq!((code, count(&report, "taken_in")), (Some(0), 1), "{report}");
}
