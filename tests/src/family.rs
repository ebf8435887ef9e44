//! A real instance with two children in one home, and the people around them.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::client::text;
use crate::instance::{Administrator, lossy};
use crate::photos::distinct_jpeg;
use crate::stories::photo_entry;
use crate::{Api, Database, Instance};

pub struct Family {
    pub instance: Instance,
    pub leader: Api,
    /// The foster mother of both.
    pub mother: Api,
    /// Decides in both their books.
    pub caseworker: Api,
    /// Nine years old.
    pub alma: String,
    /// Eight years old.
    pub viggo: String,
    /// Alma herself.
    pub own: Api,
}

impl Family {
    pub fn on(database: Database) -> Self {
        Self::of(Instance::real_on(database))
    }

    /// Registers them with a new instance.
    pub fn of((instance, administrator): (Instance, Administrator)) -> Self {
        let leader = Api::new(&instance.origin, Some(&administrator.token));
        let created = |path: &str, body: Value| text(&leader.post(path, &body).expect(201).json(), "id");
        let person =
            |name: &str, title: &str| created("/api/v1/people", json!({ "name": name, "title": title }));
        let mother = person("Karen Holm", "plejemor");
        let caseworker = person("Mette Lund", "rådgiver");
        let alma_herself = person("Alma Vestervang", "barnet selv");
        let children = [("Alma Vestervang", "2017-05-14"), ("Viggo Sandager", "2018-02-23")].map(|(name, born)| {
            let child = created("/api/v1/children", json!({ "name": name, "born": born }));
            let home = json!({ "home_kind": "foster_family", "home_name": "Hos Karen", "carers": [mother], "from": "2024-08-01" });
            created(&format!("/api/v1/children/{child}/placements"), home);
            let role = json!({ "person": caseworker, "role": "caseworker", "from": "2024-08-01" });
            created(&format!("/api/v1/children/{child}/assignments"), role);
            child
        });
        let [alma, viggo] = children;
        let own = json!({ "person": alma_herself, "role": "own", "from": "2024-08-01" });
        created(&format!("/api/v1/children/{alma}/assignments"), own);
        let [mother, caseworker, own] = [mother, caseworker, alma_herself].map(|person| {
            let token = lossy(&instance.run_ok(&["account", "token", &person])).trim().to_owned();
            Api::new(&instance.origin, Some(&token))
        });
        Self { instance, leader, mother, caseworker, alma, viggo, own }
    }

    /// One of them in a browser.
    pub fn signed_in(&self, name: &str) -> Api {
        let people = self.leader.list("/api/v1/people");
        let person = people.iter().find(|one| text(one, "name") == name).expect("one of them");
        let link =
            self.leader.post(&format!("/api/v1/people/{}/sign-in-links", text(person, "id")), &json!({}));
        Api::signed_in(&self.instance.origin, &text(&link.expect(201).json(), "sign_in")).expect("lets in")
    }

    /// The foster mother's page with a photo in a child's book: the entry, the file and its bytes.
    pub fn photo(&self, child: &str, title: &str, seed: u64) -> (String, String, Vec<u8>) {
        let photo = distinct_jpeg(seed, 20_000);
        let media = self.mother.upload_ok(child, "a.jpg", &photo);
        let entry = photo_entry(title, "I badede.", &media);
        let entry = self.mother.post_entry(child, &entry).expect(201).json();
        (text(&entry, "id"), media, photo)
    }

    /// What a reader sees in a child's book.
    pub fn titles(&self, reader: &Api, child: &str) -> Vec<String> {
        let entries = reader.list(&format!("/api/v1/children/{child}/entries"));
        entries.iter().map(|entry| text(entry, "title")).collect()
    }

    /// Where the key of a child's object is kept.
    pub fn key(&self, child: &str, object: &str) -> PathBuf {
        self.instance.data.join("keys/objects").join(child).join(format!("{object}.age"))
    }

    /// Rebuilds the index while the service stands still; answers what it told. The dump stays what it was.
    pub fn rebuilt(&mut self) -> Value {
        self.instance.stop();
        let dump = |instance: &Instance| lossy(&instance.run_ok(&["dump"]));
        let before = dump(&self.instance);
        let told = self.instance.run_ok(&["rebuild", "--json"]);
        assert!(dump(&self.instance) == before, "the index made anew is another one");
        self.instance.start();
        serde_json::from_slice(&told).expect("JSON")
    }
}
