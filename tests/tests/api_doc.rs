//! docs/API.md is what the service answers: every served call, asked of a demo with the very commands on the page.
//!
//! A new call is a `walk.show(...)` in its chapter, and then `RENEW_API_DOC=1 cargo nextest run -p tests -E 'binary(api_doc)'`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use tests::Instance;
use tests::api_doc::{Walk, call, check_committed, get, post};

const INTRODUCTION: &str = r#"# The API

One request and its answer for each call. The page is made by a test (`tests/tests/api_doc.rs`) that runs these commands
and compares, so it is true to the program. The shapes of all fields are in the OpenAPI 3.1 document: `livsbog openapi`, or
`/api/v1/openapi.json` when it runs. The words are explained in [GLOSSARY.md](GLOSSARY.md).

To try it, run `make demo` and then, in the same directory, with `curl` and `jq`:

```sh
PREPARATION
```

- **Who asks** stands in `Authorization: Bearer TOKEN`. A real instance gives one by `livsbog account token`. What a
  person may do with a child follows from a placement or an assignment that holds today; `GET /api/v1/me` tells it.
- **Ids** are random UUIDs. An id that is unknown and one that belongs to somebody else's child answer 404 alike.
- **Lists** answer `items` and, while there is more, `next_cursor`: give it as `?cursor=` to go on. `?limit=` is 1 to 200,
  50 when left out.
- **Once only**: files, entries, versions and editions take an `Idempotency-Key` of your own (1 to 255 ASCII characters). The
  same request with the same key answers as the first did and makes nothing new; another one with that key is refused, 422.
- **Saved means saved**: 201 comes when the deposit is encrypted, on the disk, read back and in the log. Its `receipt` proves
  it without us ([ARCHIVE-FORMAT.md](ARCHIVE-FORMAT.md)).
- **Refusals** are `application/problem+json` (RFC 9457) with a stable `code` for programs and words in Danish and, under `en`,
  English. `fields` names what to put right. A 503 or 429 says in `Retry-After` how many seconds to wait.
- **Limits**, unless the instance sets others: a photo 50 MB and 100 megapixels, a document 100 MB, sound or video 2 GB, a
  text 50,000 characters, a JSON body 1 MB. Beyond them: 413, with the `limit` in bytes or characters.
- **Days** are `2026-06-14`, points in time RFC 3339 in UTC, sizes in bytes, digests SHA-256 in hex.

On this page ids, points in time and the few figures that differ from day to day are made up, headers that say nothing about
the call are left out, and what stands in square brackets is shortened. Everything else is as it came.
"#;

const PREPARATION: &str = r#"
LIVSBOG=http://127.0.0.1:8080
who() { jq -r ".[] | select(.name | startswith(\"$1\")) | $2" livsbog-data/personas.json; }
TOKEN=$(who Birgit .token)          # Birgit, foster mother
ALMA=$(who Alma .token)             # Alma, who lives with her
HANNE=$(who Hanne .token)           # Hanne, who leads the department
METTE=$(who Mette .token)           # Mette, caseworker of Alma and Elias
RIKKE=$(who Rikke .token)          # Rikke, grown, once placed
SOEREN=$(who Søren .token)         # Søren, archivist of the same municipality
ELIAS=$(who Elias .token)           # Elias, five years old
CHILD=$(who Birgit '.children[0]')  # Alma's id
OTHER=$(who Elias '.children[0]')   # Elias's id
BOOK=$(who Rikke '.children[0]')    # Rikke's own book
MUNICIPALITY=$(who Rikke .municipality)
INGE=$(who Inge .id)                # Inge, who reads with her
"#;

#[test]
fn docs_api_md_shows_every_call_as_it_is_answered() {
    let mut walk = Walk::begin(Instance::demo(), INTRODUCTION, PREPARATION);
    who_and_whom(&mut walk);
    media(&mut walk);
    entries(&mut walk);
    book(&mut walk);
    uploads(&mut walk);
    own_pages(&mut walk);
    owners(&mut walk);
    devices(&mut walk);
    lives(&mut walk);
    siblings(&mut walk);
    goals(&mut walk);
    adults(&mut walk);
    readings(&mut walk);
    people(&mut walk);
    homes_and_roles(&mut walk);
    what_goes(&mut walk);
    what_is_covered(&mut walk);
    what_is_gone(&mut walk);
    requests(&mut walk);
    coming_back(&mut walk);
    service(&mut walk);
    refusals(&mut walk);
    check_committed("docs/API.md", &walk.page());
}

#[test]
fn every_call_has_a_name_of_its_own_and_every_answer_words() {
    let document = Instance::demo().stranger().get("/api/v1/openapi.json").expect(200).json();
    let items = document["paths"].as_object().unwrap().values();
    let mut names = BTreeSet::new();
    for call in items.flat_map(|item| item.as_object().unwrap().values()) {
        let name = call["operationId"].as_str().unwrap();
        assert!(names.insert(name), "{name} is the name of two calls");
        for (status, answer) in call["responses"].as_object().unwrap() {
            assert!(answer["description"].is_string(), "{name} {status} has no description");
        }
    }
}

fn who_and_whom(walk: &mut Walk) {
    walk.chapter("Who am I, and which children", "Nothing is seen of children one has no tie to.");
    walk.show(get("/api/v1/me"));
    walk.show(get("/api/v1/children").as_if("age", 9).as_if("band", "7-9"));
    walk.show(get("/api/v1/children/$CHILD").as_if("age", 9).as_if("band", "7-9"));
}

fn media(walk: &mut Walk) {
    walk.chapter(
        "Files",
        "Kinds are told apart by content, not by name. The bytes are kept exactly as received.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/media")
            .says("`sha256` is that of the bytes as received. Nobody else sees the file until it stands in an entry.")
            .header("Idempotency-Key: mandel-in-the-garden")
            .file("demo/photos/kitten.jpg")
            .keep("MEDIA", "id"),
    );
    walk.show(
        get("/api/v1/media/$MEDIA/small")
            .says(
                "The longest side of `small` is 320 pixels, of `medium` 1280, of `large` 2048; none tells of place or camera. \
                 While one is being made the answer is 202 with `Retry-After`.",
            )
            .into_file("mandel-small.jpg")
            .until("200 OK"),
    );
    walk.show(
        get("/api/v1/media/$MEDIA/original")
            .titled("A part of an original")
            .says("One range at a time (RFC 9110); without `Range` the whole file and 200.")
            .header("Range: bytes=0-65535")
            .into_file("mandel.part"),
    );
}

fn owners(walk: &mut Walk) {
    walk.chapter(
        "Who keeps reading at 18",
        "On the 18th birthday, by the day of birth and the day it is in Denmark, the roles around a child end, whatever the \
         register says: those who held them are answered 403 `handed_over`. Their words stay. Whom the owner of the book has \
         chosen, from 16 on, reads from that day on.",
    );
    walk.show(
        get("/api/v1/children/$BOOK/readers")
            .by("RIKKE")
            .says("Everybody who is or was around, and how far they are let in. Nobody else is told."),
    );
    walk.show(
        post("/api/v1/children/$BOOK/readers")
            .by("RIKKE")
            .says("`nothing`, `read` or `write`; whoever is not named stays as they are. It counts at once.")
            .header("Idempotency-Key: inge-reads-with-me")
            .json(r#"{"readers": [{"person": "$INGE", "may": "write"}]}"#),
    );
    walk.show(get("/api/v1/children/$BOOK/kept").by("RIKKE").says(
        "What one keeps close at hand when one leaves, and what one could: papers in the book, and people.",
    ));
    walk.show(
        post("/api/v1/children/$BOOK/kept")
            .by("RIKKE")
            .header("Idempotency-Key: inges-number")
            .json(r#"{"people": ["$INGE"]}"#),
    );
    walk.show(
        get("/api/v1/children/$BOOK/elsewhere")
            .by("RIKKE")
            .says("Where else there may be papers about oneself."),
    );
    walk.show(
        post("/api/v1/children/$BOOK/helpers")
            .by("RIKKE")
            .says("A guest for the rest of the day; the link opens once.")
            .json(r#"{"name": "Signe"}"#)
            .as_if("link", "http://127.0.0.1:8080/ind/0x3f...")
            .as_if("until", "2026-11-23"),
    );
    walk.show(
        post("/api/v1/children/$BOOK/afterwards")
            .by("RIKKE")
            .says("yes or no for `next_of_kin` and `researcher`; what is left out is not said, and closed.")
            .header("Idempotency-Key: afterwards")
            .json(r#"{"next_of_kin": "yes", "words": "Min søster Signe."}"#),
    );
    taken_home(walk);
}

fn taken_home(walk: &mut Walk) {
    walk.show(
        post("/api/v1/children/$BOOK/packages")
            .by("RIKKE")
            .says("Everything in one's own book as one file. 409 `not_ready` while one is being made.")
            .header("Idempotency-Key: all-of-it")
            .keep("PACKAGE", "id"),
    );
    walk.show(
        get("/api/v1/packages/$PACKAGE/file")
            .by("RIKKE")
            .says("409 until it is ready. It can be fetched in parts, and is the same to the byte each time.")
            .into_file("min-bog.zip")
            .until("200 OK"),
    );
    walk.show(
        post("/api/v1/packages/$PACKAGE/locked-file")
            .by("RIKKE")
            .says("The same behind a lock: `password`, or `recipient` (`age1...`). `age -d` opens it.")
            .json(r#"{"password": "regnvejr gulerod ni trapper"}"#)
            .into_file("min-bog.zip.age"),
    );
    walk.show(get("/api/v1/packages/$PACKAGE").by("RIKKE").as_if("size_bytes", 11_534_336));
    walk.show(get("/api/v1/children/$BOOK/packages").by("RIKKE").as_if("size_bytes", 11_534_336));
}

fn own_pages(walk: &mut Walk) {
    walk.chapter(
        "A child's own pages",
        "Made by the child itself. Until a page is shared nobody else learns that it exists: not from a list, a count, the \
         access log, a printed book or an answer to its id.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/own-pages")
            .by("ALMA")
            .says("A title, a text or a file is enough. `sharing` left out: with nobody.")
            .header("Idempotency-Key: my-den")
            .json(r#"{"title": "Min hule", "text": "Den er lavet af grene."}"#)
            .keep("PAGE", "id"),
    );
    walk.show(get("/api/v1/own-pages/$PAGE").by("ALMA"));
    walk.show(
        post("/api/v1/own-pages/$PAGE/versions")
            .by("ALMA")
            .says("Shared with everybody who reads the book; `{\"with\": \"some\", \"people\": [...]}` with some of them.")
            .json(r#"{"title": "Min hule", "text": "Den er lavet af grene.", "sharing": {"with": "everyone"}}"#),
    );
    walk.show(
        get("/api/v1/children/$CHILD/own-pages").says("Read by the foster mother: what is shared with her."),
    );
    walk.show(
        post("/api/v1/children/$CHILD/look")
            .by("ALMA")
            .says("How the book looks to everybody. What is left out stays; `cover` is a picture on a page that all read.")
            .json(r#"{"called": "Alma", "book_title": "Almas bog", "cloth": "berry"}"#),
    );
    walk.show(
        post("/api/v1/children/$CHILD/hidden")
            .by("ALMA")
            .says("A page the child does not want to meet. It stays where it is for everybody else, and nobody is told.")
            .json(r#"{"page": "$PAGE", "hidden": true}"#),
    );
    walk.show(
        post("/api/v1/children/$CHILD/hidden").by("ALMA").json(r#"{"page": "$PAGE", "hidden": false}"#),
    );
}

fn devices(walk: &mut Walk) {
    walk.chapter(
        "A child's own device and its code of pictures",
        "A carer or the caseworker makes a tablet the child's own; on it the child comes in at `/ind/billeder` by pressing four \
         pictures. Five wrong codes wait 15 minutes, ten are locked. Whoever lets a child come in anew does not get at its own \
         pages by that: those from before are closed in such a session until another adult has confirmed it.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/devices")
            .says(
                "The device that asks is known from here on by the cookie `enhed` in the answer, for a year.",
            )
            .keep("DEVICE", "id"),
    );
    walk.show(get("/api/v1/children/$CHILD/devices"));
    walk.show(
        post("/api/v1/children/$CHILD/picture-code/resets")
            .says("The child has forgotten its code: for 15 minutes it may choose a new one, on a device of its own.")
            .keep("OPENING", "id"),
    );
    walk.show(
        post("/api/v1/children/$CHILD/openings/$OPENING/confirmations")
            .by("METTE")
            .says("Somebody else says yes; beside a carer it is the caseworker. 409 `same_person` for anybody whose yes is none."),
    );
    walk.show(
        post("/api/v1/children/$CHILD/picture-code/unlockings")
            .says("Opens a code that is locked. For the child's own pages it is the same as a new code."),
    );
    walk.show(
        get("/api/v1/children/$CHILD/openings")
            .by("ALMA")
            .says("The child reads who let it in, and who said yes."),
    );
    walk.show(
        call("DELETE", "/api/v1/devices/$DEVICE")
            .says("Out of use, and every session that began on it is over."),
    );
}

fn lives(walk: &mut Walk) {
    walk.chapter(
        "The people and the schools in a life",
        "Told by the child and those around it; the book shows them as the people map and the line of schools. What was told \
         wrongly is told anew, or taken out of the book with `removed`: the earlier versions stay in the archive.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/relations")
            .says(
                "Required are `name`, `title` and `group`. `person` names the same person in the register, `picture` a picture of \
                 the child's book.",
            )
            .header("Idempotency-Key: great-grandmother-ida")
            .json(r#"{"name": "Oldemor Ida", "title": "oldemor", "group": "family", "words": "Hun kan jodle."}"#)
            .keep("RELATION", "id"),
    );
    walk.show(
        post("/api/v1/relations/$RELATION/versions")
            .by("ALMA")
            .json(r#"{"name": "Oldemor Ida", "title": "oldemor", "group": "family", "words": "Hun kan jodle. Næsten."}"#),
    );
    walk.show(get("/api/v1/children/$CHILD/relations?limit=1"));
    walk.show(
        post("/api/v1/children/$CHILD/schools")
            .says("Required are `kind`, `name` and `from`.")
            .json(r#"{"kind": "club", "name": "Tranemose Svømmeklub", "place": "Tranemose", "from": "2026-09-01"}"#)
            .keep("SCHOOL", "id"),
    );
    walk.show(post("/api/v1/schools/$SCHOOL/versions").json(
        r#"{"kind": "club", "name": "Tranemose Svømmeklub", "from": "2026-09-01", "to": "2026-10-31"}"#,
    ));
    walk.show(get("/api/v1/children/$CHILD/schools?limit=1"));
}

fn siblings(walk: &mut Walk) {
    walk.chapter(
        "Reading further ahead, and brothers and sisters",
        "A child above its band is answered 403 `not_open_yet` unless its adults have opened it. Two children are siblings when \
         both their books say so, also in two municipalities; then one gives the other a page of its own or an open page of its \
         days, never one that waits, a paper, a letter, or one from a place that is secret. Nothing else of its book opens.",
    );
    walk.show(post("/api/v1/children/$CHILD/look-ahead").json(r#"{"band": "10-12"}"#));
    walk.show(get("/api/v1/children/$CHILD/look-ahead"));
    walk.show(
        post("/api/v1/children/$CHILD/siblings")
            .by("METTE")
            .says("For those who decide about the child. It counts when the other book says so too.")
            .json(r#"{"sibling": "$OTHER", "title": "lillebror"}"#)
            .keep("SIBLING", "id"),
    );
    walk.show(
        post("/api/v1/children/$OTHER/siblings")
            .titled("The same in the other book")
            .by("METTE")
            .json(r#"{"sibling": "$CHILD", "title": "storesøster"}"#),
    );
    walk.show(get("/api/v1/children/$CHILD/siblings").by("ALMA"));
    walk.show(
        post("/api/v1/children/$CHILD/gifts")
            .by("ALMA")
            .json(r#"{"page": {"what": "own_page", "id": "$PAGE"}, "sibling": "$SIBLING"}"#)
            .keep("GIFT", "id"),
    );
    walk.show(
        get("/api/v1/children/$OTHER/gifts")
            .by("ELIAS")
            .says("Until it says yes the other child knows that there is one."),
    );
    walk.show(post("/api/v1/gifts/$GIFT/answers").by("ELIAS").json(r#"{"accept": true}"#));
    walk.show(call("DELETE", "/api/v1/gifts/$GIFT").by("ALMA").says("Either of the two, at any time."));
    walk.show(
        post("/api/v1/siblings/$SIBLING/versions")
            .by("METTE")
            .says("What they gave each other closes at once.")
            .json(r#"{"sibling": "$OTHER", "title": "lillebror", "removed": true}"#),
    );
}

fn goals(walk: &mut Walk) {
    walk.chapter(
        "A child's own goals and dreams",
        "The words are the child's alone, and so is the tick; those around it say what they do. They stand in the chapters *Min \
         plan* and *Fremtiden*, on paper too.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/goals")
            .by("ALMA")
            .json(r#"{"kind": "plan", "words": "Jeg vil kunne svømme en bane."}"#)
            .keep("GOAL", "id"),
    );
    walk.show(
        post("/api/v1/goals/$GOAL/steps").json(r#"{"words": "Jeg kører dig i svømmehallen hver tirsdag."}"#),
    );
    walk.show(post("/api/v1/goals/$GOAL/steps/1").says("By its number, from one.").json(r#"{"done": true}"#));
    walk.show(
        post("/api/v1/goals/$GOAL/versions")
            .by("ALMA")
            .json(r#"{"words": "Jeg vil kunne svømme en bane.", "reached": true}"#),
    );
    walk.show(
        get("/api/v1/children/$CHILD/goals").as_if("reached_on", "2026-11-23").as_if("done_on", "2026-11-23"),
    );
}

fn adults(walk: &mut Walk) {
    walk.chapter(
        "A child's adults: meetings and wishes",
        "Carers and caseworker keep the meetings; the child reads on its page *Mine voksne* when the next one is. What the \
         child wishes is read and answered by carers, support person and caseworker. A wish told anew waits for an answer \
         again; `withdrawn` takes it back.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/wishes")
            .by("ALMA")
            .says("Required is `what`. `to` names one of those around the child, `about` a page of its book.")
            .header("Idempotency-Key: alma-wishes-to-meet")
            .json(r#"{"what": "meeting", "words": "Må vi mødes på stranden?"}"#)
            .keep("WISH", "id"),
    );
    walk.show(
        post("/api/v1/wishes/$WISH/answers").json(r#"{"words": "Ja. Jeg tager en kurv med til skaller."}"#),
    );
    walk.show(
        post("/api/v1/children/$CHILD/meetings")
            .says("Required is `on`, and somebody in `with` (the register's people) or `others` (in words).")
            .json(r#"{"others": ["Mette"], "on": "2026-12-05", "at": "14:00", "place": "på stranden"}"#)
            .keep("MEETING", "id"),
    );
    walk.show(
        post("/api/v1/meetings/$MEETING/versions")
            .json(r#"{"others": ["Mette"], "on": "2026-12-05", "at": "15:00", "place": "på stranden"}"#),
    );
    walk.show(get("/api/v1/children/$CHILD/meetings?limit=1"));
    walk.show(
        post("/api/v1/wishes/$WISH/versions")
            .by("ALMA")
            .json(r#"{"what": "meeting", "words": "Må vi mødes på stranden?", "withdrawn": true}"#),
    );
    walk.show(get("/api/v1/children/$CHILD/wishes?limit=1"));
}

fn entries(walk: &mut Walk) {
    walk.chapter(
        "Entries",
        "One thing in the book: a photo, a story, a letter, a decision, told for one age or several.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/entries")
            .says(
                "Required are `kind`, `title`, `occurred_on` and `precision`; a story or a letter also needs a text, a photo its \
                 file. `people` left out: nobody was asked; empty: nobody knows.",
            )
            .header("Idempotency-Key: mandel-and-the-watering-can")
            .json(
                r#"
{
  "kind": "photo",
  "title": "Mandel og vandkanden",
  "occurred_on": "2026-06-14",
  "precision": "day",
  "place": "Haven i Tranemose",
  "people": ["Alma", "Birgit"],
  "chapter": "days",
  "basis": "seen",
  "texts": [
    {"band": "3-6", "language": "da", "text": "Mandel blev helt våd."},
    {"band": "7-9", "language": "da", "text": "Mandel ville se, hvad der var i vandkanden. Nu ved han det."}
  ],
  "media": [{"id": "$MEDIA", "alt": "En rød kattekilling kigger over en planke."}]
}"#,
            )
            .keep("ENTRY", "id"),
    );
    walk.show(get("/api/v1/entries/$ENTRY").says("`?version=` gives an earlier one."));
    walk.show(
        post("/api/v1/entries/$ENTRY/versions")
            .says("For the author and for the child's caseworker. The whole entry is sent again.")
            .header("Idempotency-Key: mandel-was-not-alone")
            .json(
                r#"
{
  "kind": "photo",
  "title": "Mandel og vandkanden",
  "occurred_on": "2026-06-14",
  "precision": "day",
  "place": "Haven i Tranemose",
  "people": ["Alma", "Birgit", "Jens"],
  "chapter": "days",
  "basis": "seen",
  "texts": [{"band": "7-9", "language": "da", "text": "Mandel ville se, hvad der var i vandkanden. Det ville Jens også."}],
  "media": ["$MEDIA"]
}"#,
            ),
    );
    walk.show(
        get("/api/v1/children/$CHILD/entries?limit=2")
            .says("By the day it happened. One that waits for the reader has no content: only that it waits, and whom to ask."),
    );
    walk.show(get("/api/v1/entries/$ENTRY/receipt").says("For the newest version (C2SP tlog-proof)."));
}

fn book(walk: &mut Walk) {
    walk.chapter("The book", "Woven from the entries, as data or as a printed book.");
    walk.show(
        get("/api/v1/children/$CHILD/book?age=9")
            .says(
                "Assembled for the reader at that age: the text of its band, or of the nearest younger one.",
            )
            .as_if("made_on", "2026-11-23"),
    );
    walk.show(
        post("/api/v1/children/$CHILD/editions")
            .says(
                "PDF/A-2a and PDF/UA-1, as the child itself reads it, whoever orders. `paper` is `a4` (also where it is left \
                 out), `a5` or `square`; `bleed` is for a printing house.",
            )
            .header("Idempotency-Key: almas-bog-for-christmas")
            .json(r#"{"age": 9, "format": "pdf", "paper": "square", "bleed": true}"#)
            .keep("EDITION", "id"),
    );
    walk.show(
        get("/api/v1/editions/$EDITION")
            .until("\"ready\"")
            .as_if("size_bytes", 3_214_567)
            .as_if("sha256", "[64 hex digits]"),
    );
    walk.show(
        get("/api/v1/editions/$EDITION/file")
            .says("409 with `Retry-After` until it is ready. Ranges as for files.")
            .into_file("almas-bog.pdf"),
    );
}

fn uploads(walk: &mut Walk) {
    walk.chapter(
        "Files in pieces",
        "For large files and bad lines: [tus 1.0](https://tus.io/protocols/resumable-upload), core, creation and termination; any \
         tus client will do. What has arrived is kept for seven days. Only who announced an upload finds it.",
    );
    walk.show(call("OPTIONS", "/api/v1/children/$CHILD/uploads").open());
    walk.show(
        post("/api/v1/children/$CHILD/uploads")
            .says(
                "The metadata are pairs of a key and a value in base64, as tus has them; here `mandel.jpg`.",
            )
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Length: 234515")
            .header("Upload-Metadata: filename bWFuZGVsLmpwZw==")
            .keep("UPLOAD", "Location"),
    );
    walk.show(
        call("PATCH", "$UPLOAD")
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Offset: 0")
            .header("Content-Type: application/offset+octet-stream")
            .body_of("head -c 120000 demo/photos/kitten.jpg"),
    );
    walk.show(call("HEAD", "$UPLOAD").says("After a break: where to go on.").header("Tus-Resumable: 1.0.0"));
    walk.show(
        call("PATCH", "$UPLOAD")
            .titled("The last piece")
            .says("The file is sealed like any other and can stand in an entry.")
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Offset: 120000")
            .header("Content-Type: application/offset+octet-stream")
            .body_of("tail -c +120001 demo/photos/kitten.jpg"),
    );
    walk.show(get("$UPLOAD"));
    walk.show(
        call("DELETE", "$UPLOAD").says("A file that is sealed already stays.").header("Tus-Resumable: 1.0.0"),
    );
}

fn readings(walk: &mut Walk) {
    walk.chapter("Who has read", "Every reading is noted before it is answered.");
    walk.show(
        get("/api/v1/children/$CHILD/access-log?limit=2")
            .says(
                "For the child itself and for those who answer for its case. One reader opening one page again within ten \
                 minutes is one reading.",
            )
            .by("ALMA"),
    );
}

fn people(walk: &mut Walk) {
    walk.chapter(
        "People and children",
        "The municipality's register, kept by its leader. It opens no book. Every change is a new version; the old one stays.",
    );
    walk.show(
        post("/api/v1/people")
            .by("HANNE")
            .header("Idempotency-Key: karen-holm")
            .json(r#"{"name": "Karen Holm", "title": "plejemor", "phone": "70 10 20 30"}"#)
            .keep("KAREN", "id"),
    );
    walk.show(
        post("/api/v1/people/$KAREN/versions")
            .by("HANNE")
            .says("The whole record is sent again.")
            .header("Idempotency-Key: karen-has-a-new-number")
            .json(r#"{"name": "Karen Holm", "title": "plejemor", "phone": "70 10 20 31"}"#),
    );
    walk.show(
        post("/api/v1/people/$KAREN/sign-in-links")
            .by("HANNE")
            .says("Hand it over by a way that only that person reads."),
    );
    walk.show(get("/api/v1/people?limit=2").by("HANNE"));
    walk.show(
        post("/api/v1/children")
            .by("HANNE")
            .header("Idempotency-Key: viggo")
            .json(r#"{"name": "Viggo Holm Sandager", "called": "Viggo", "born": "2018-02-24"}"#)
            .keep("VIGGO", "id"),
    );
    walk.show(
        post("/api/v1/children/$VIGGO/versions")
            .by("HANNE")
            .header("Idempotency-Key: viggo-is-a-day-older")
            .json(r#"{"name": "Viggo Holm Sandager", "called": "Viggo", "born": "2018-02-23"}"#),
    );
}

fn what_goes(walk: &mut Walk) {
    walk.chapter(
        "What goes, and what stays all the same",
        "Nothing is deleted. What has passed its time, or lies with the wrong child, is disposed of when two different people \
         agree: its keys are erased, and the register tells of it without a word of what stood in it.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/entries")
            .json(
                r#"
{
  "kind": "story",
  "title": "På brandstationen",
  "texts": [{ "band": "7-9", "language": "da", "text": "Elias fik lov at holde slangen." }],
  "occurred_on": "2026-10-21",
  "precision": "day"
}"#,
            )
            .keep("VISIT", "id"),
    );
    walk.show(
        post("/api/v1/entries/$VISIT/misfiled")
            .by("METTE")
            .says("The copy has all its versions.")
            .json(r#"{"child": "$OTHER"}"#)
            .keep("DISPOSAL", "id"),
    );
    walk.show(post("/api/v1/disposals/$DISPOSAL/approvals").by("HANNE").says("Here the second of two."));
    walk.show(post("/api/v1/disposals/$DISPOSAL/refusals").by("HANNE"));
    walk.show(get("/api/v1/children/$CHILD/disposals").by("ALMA").says("The child reads it too."));
    walk.show(
        post("/api/v1/children/$CHILD/disposals")
            .by("HANNE")
            .says("Proposes all that has passed its time, at most 500 things at once; `livsbog dispose plan` shows it before."),
    );
    walk.show(
        post("/api/v1/children/$CHILD/holds")
            .by("ALMA")
            .header("Idempotency-Key: keep-all-of-it")
            .json(r#"{"why": "person", "words": "Jeg vil have det hele"}"#)
            .keep("HOLD", "id"),
    );
    walk.show(get("/api/v1/children/$CHILD/holds").by("ALMA"));
    walk.show(call("DELETE", "/api/v1/holds/$HOLD").by("ALMA"));
}

fn what_is_covered(walk: &mut Walk) {
    walk.chapter(
        "What is covered",
        "What is somebody else's private matter is covered for the one whose book it is, on a copy: the original stays sealed as it \
         is.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/entries")
            .json(
                r#"
{
  "kind": "story",
  "title": "Ved havnen",
  "texts": [{ "band": "18+", "language": "da", "text": "Vi mødte Torben. Han havde brækket armen." }],
  "occurred_on": "2026-10-22",
  "precision": "day"
}"#,
            )
            .keep("HARBOUR", "id"),
    );
    walk.show(
        post("/api/v1/children/$CHILD/redactions")
            .by("METTE")
            .says("What is somebody else's private matter is covered; the original stays as it is.")
            .header("Idempotency-Key: the-arm")
            .json(
                r#"
{
  "entry": "$HARBOUR",
  "words": ["brækket armen"],
  "matter": "health",
  "reason": "Det handler om en anden, som ikke har sagt ja.",
  "ground": "Databeskyttelsesforordningen art. 15, stk. 4",
  "review_on": "2034-06-01"
}"#,
            )
            .keep("COVER", "id"),
    );
    walk.show(
        post("/api/v1/redactions/$COVER/covers/1/answers")
            .by("HANNE")
            .says("Anything but who or where somebody else is takes another person.")
            .json(r#"{"answer": "sent_back", "words": "Det så hun jo selv."}"#),
    );
    walk.show(get("/api/v1/children/$CHILD/redactions").by("METTE"));
}

fn what_is_gone(walk: &mut Walk) {
    walk.chapter(
        "What is gone, and what stands before a page",
        "What was there and is gone is told, so that nobody looks in vain. A warning that a person wrote stands before a page.",
    );
    walk.show(
        post("/api/v1/children/$CHILD/losses")
            .by("ALMA")
            .says("What was there and is gone.")
            .header("Idempotency-Key: the-album")
            .json(
                r#"
{
  "what": "Albummet fra Lærkevej",
  "became": "lost",
  "known_from": "Jeg har haft det i hånden."
}"#,
            )
            .keep("LOSS", "id"),
    );
    walk.show(get("/api/v1/children/$CHILD/losses").by("METTE"));
    walk.show(post("/api/v1/losses/$LOSS/versions").by("METTE").json(
        r#"
{
  "what": "Albummet fra Lærkevej",
  "became": "found",
  "known_from": "Jeg har haft det i hånden.",
  "words": "Det lå i en flyttekasse på kontoret."
}"#,
    ));
    walk.show(
        post("/api/v1/children/$CHILD/content-warnings")
            .by("METTE")
            .says("Met before the page by the grown reader, who chooses.")
            .header("Idempotency-Key: a-word-before")
            .json(r#"{"entry": "$HARBOUR", "words": "Her står om en ulykke. Det gik godt."}"#)
            .keep("WARNING", "id"),
    );
    walk.show(get("/api/v1/children/$CHILD/content-warnings").by("METTE"));
    walk.show(
        post("/api/v1/content-warnings/$WARNING/versions")
            .by("METTE")
            .json(r#"{"words": "Her står om en ulykke. Det gik godt.", "removed": true}"#),
    );
}

fn requests(walk: &mut Walk) {
    walk.chapter(
        "Asking the archive",
        "From the age of 18 one asks for everything the archive has about oneself, or for a part, as often as one likes. The \
         steps are received, acknowledged, searched, reviewed, decided, delivered; `deadline` is the day by which the next answer \
         comes. A yes is one archivist's word, any no takes two people.",
    );
    walk.show(
        post("/api/v1/archive-requests")
            .by("RIKKE")
            .header("Idempotency-Key: everything-about-me")
            .json(r#"{"scope": "everything", "words": "Mest om Solbakken."}"#)
            .keep("REQUEST", "id")
            .as_if("deadline", "2026-12-09"),
    );
    walk.show(
        post("/api/v1/archive-requests/$REQUEST/steps")
            .by("SOEREN")
            .says("Then `search`, with where `elsewhere` there may be more, and `review`; `postpone` promises another day.")
            .json(r#"{"step": "acknowledge", "words": "Jeg leder allerede."}"#),
    );
    walk.show(
        post("/api/v1/archive-requests/$REQUEST/messages")
            .by("RIKKE")
            .json(r#"{"words": "Er der breve fra min bror?"}"#),
    );
    walk.show(
        get("/api/v1/archive-requests/$REQUEST")
            .by("RIKKE")
            .as_if("deadline", "2026-12-15")
            .as_if("answer_by", "2026-12-15"),
    );
    the_archives_answer(walk);
    walk.show(
        post("/api/v1/archive-requests")
            .by("RIKKE")
            .says("For the call after this one.")
            .json(r#"{"scope": "part", "words": "Mine karakterbøger."}"#)
            .keep("AGAIN", "id")
            .as_if("deadline", "2026-12-09"),
    );
    walk.show(post("/api/v1/archive-requests/$AGAIN/withdrawals").by("RIKKE"));
}

fn coming_back(walk: &mut Walk) {
    walk.chapter(
        "Coming back",
        "Whoever lived in care and has no way in any more says so without a login, under every name they had. Two archivists of \
         the municipality look, each alone; when both have found the same book it opens to the asker by the secret, on \
         `/find/{secret}`. Until then nothing tells whether there is one. Where the one the book is about has died, somebody else \
         asks the same way, with `asks_as` and `purpose`, and names and birthday of the one who died: what two archivists find \
         lays a request on the archive's desk, and what the access policy or the person's own word closes they cannot find \
         (422 `closed`).",
    );
    walk.show(
        post("/api/v1/claims")
            .open()
            .json(
                r#"
{
  "municipality": "$MUNICIPALITY",
  "name": "Rikke Lund",
  "names_then": "Rikke Damsgaard, Rikke Holm",
  "born": "1992-08-06",
  "places": "Solbakken",
  "reach": "12 34 57 89"
}"#,
            )
            .keep("CLAIM", "id")
            .as_if("secret", "lF2NpYU4yKjQXov2kh8uF_hFoAj8itv1oE7i_Sz1mNw")
            .as_if("answer_by", "2026-12-09"),
    );
    walk.show(get("/api/v1/claims").by("SOEREN").as_if("answer_by", "2026-12-09"));
    walk.show(
        get("/api/v1/claims/$CLAIM")
            .by("SOEREN")
            .says("`candidates` are proposals; what proves one is what two people have seen.")
            .as_if("answer_by", "2026-12-09"),
    );
    walk.show(
        post("/api/v1/claims/$CLAIM/messages")
            .by("SOEREN")
            .json(r#"{"words": "Kom forbi med dit pas, når det passer dig."}"#),
    );
    walk.show(
        post("/api/v1/claims/$CLAIM/findings")
            .by("SOEREN")
            .says("`child` is left out where it is nobody's here, or not proven.")
            .json(r#"{"child": "$BOOK", "proof": "Pas og navneattest, set på rådhuset."}"#),
    );
}

fn the_archives_answer(walk: &mut Walk) {
    walk.show(
        post("/api/v1/archive-requests/$REQUEST/decisions")
            .by("SOEREN")
            .says("Steps that nobody took are taken with what there is.")
            .json(
                r#"
{
  "outcome": "refused",
  "reason": "Det handler om en andens sygdom.",
  "ground": "Forvaltningsloven § 15 b",
  "complain_to": "Ankestyrelsen. Skriv til os, så sender vi den videre.",
  "complain_by": "2099-01-11"
}"#,
            ),
    );
    walk.show(
        post("/api/v1/archive-requests/$REQUEST/decisions")
            .by("HANNE")
            .says("The second person, who may also answer `sent_back` with `words`.")
            .json(r#"{"outcome": "agreed"}"#),
    );
    walk.show(
        get("/api/v1/archive-requests/$REQUEST/package")
            .by("RIKKE")
            .says("Until something is delivered: 409."),
    );
    walk.show(
        post("/api/v1/archive-requests/$REQUEST/locked-package")
            .by("RIKKE")
            .says("The same behind a lock: `password`, or `recipient` (`age1...`). `age -d` opens it.")
            .json(r#"{"password": "regnvejr gulerod ni trapper"}"#),
    );
    walk.show(
        get("/api/v1/archive-requests?limit=1")
            .by("SOEREN")
            .as_if("deadline", "2026-12-15")
            .as_if("answer_by", "2026-12-15"),
    );
}

fn homes_and_roles(walk: &mut Walk) {
    walk.chapter(
        "Homes and roles",
        "Who may do what with a child follows from these, from the first day to the last.",
    );
    walk.show(
        post("/api/v1/children/$VIGGO/placements")
            .by("HANNE")
            .header("Idempotency-Key: viggo-moves-in")
            .json(
                r#"
{
  "home_kind": "foster_family",
  "home_name": "Hos Karen",
  "place": "Tranemose",
  "carers": ["$KAREN"],
  "from": "2026-08-03"
}"#,
            )
            .keep("HOME", "id"),
    );
    walk.show(
        post("/api/v1/placements/$HOME/versions")
            .by("HANNE")
            .says("From the day after the last one its carers neither read nor contribute.")
            .header("Idempotency-Key: viggo-moves-on")
            .json(r#"{"to": "2026-11-20"}"#),
    );
    walk.show(get("/api/v1/children/$VIGGO/placements").by("HANNE"));
    walk.show(
        post("/api/v1/children/$VIGGO/assignments")
            .by("HANNE")
            .says("The child's own tie to its book is the role `own`.")
            .header("Idempotency-Key: karen-still-supports-viggo")
            .json(r#"{"person": "$KAREN", "role": "support_person", "from": "2026-11-21"}"#)
            .keep("TIE", "id"),
    );
    walk.show(
        post("/api/v1/assignments/$TIE/versions")
            .by("HANNE")
            .header("Idempotency-Key: until-the-summer")
            .json(r#"{"until": "2027-06-30"}"#),
    );
    walk.show(get("/api/v1/children/$VIGGO/assignments").by("HANNE"));
    walk.show(
        post("/api/v1/assignments")
            .by("HANNE")
            .says("`leader` keeps the register, `archivist` the archive, `system` is a case system that deposits.")
            .header("Idempotency-Key: karen-helps-in-the-archive")
            .json(r#"{"person": "$KAREN", "role": "archivist", "from": "2026-11-23"}"#),
    );
    walk.show(get("/api/v1/assignments?limit=2").by("HANNE"));
}

fn service(walk: &mut Walk) {
    walk.chapter("For whoever runs it", "These ask for no token.");
    walk.show(get("/healthz").open());
    walk.show(get("/readyz").open().says("503 until then."));
    walk.show(get("/metrics").open());
    walk.show(
        get("/api/v1/openapi.json")
            .open()
            .as_if("paths", "[... every call on this page]")
            .as_if("components", "[... every shape]"),
    );
}

fn refusals(walk: &mut Walk) {
    walk.chapter("Refusals", "All have this form. The `code` stays the same; the words may be improved.");
    walk.show(
        post("/api/v1/children/$CHILD/entries")
            .titled("Fields to put right")
            .says("All that are wrong at once.")
            .json(r#"{"kind": "photo", "title": "", "occurred_on": "2026-06-14", "precision": "day"}"#),
    );
    walk.show(
        get("/api/v1/me").titled("Without a token").says("`session_over` when it is no longer valid.").open(),
    );
    walk.show(
        get("/api/v1/entries/$CHILD")
            .titled("Nothing there, or nothing for you")
            .says("Here the id of a child is asked for as an entry."),
    );
    walk.show(
        post("/api/v1/children/$CHILD/uploads")
            .titled("Too large")
            .says("Answered before the body is read.")
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Length: 3000000000")
            .header("Upload-Metadata: filename bWFuZGVsLm1wNA=="),
    );
    walk.show(
        post("/api/v1/children/$CHILD/uploads")
            .titled("An upload, for the next refusal")
            .says("Nothing of it has come yet.")
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Length: 234515")
            .keep("UPLOAD", "Location"),
    );
    walk.show(
        call("PATCH", "$UPLOAD")
            .titled("In conflict with what is there")
            .says("A piece that would leave a hole.")
            .header("Tus-Resumable: 1.0.0")
            .header("Upload-Offset: 120000")
            .header("Content-Type: application/offset+octet-stream")
            .body_of("tail -c +120001 demo/photos/kitten.jpg"),
    );
}
