#!/usr/bin/env python3
"""Checks the demo's content: the shape of every table, the references, the photographs and how hard the texts are to read.

Usage: python3 demo/check.py [--table]      (Python 3.11 or newer, nothing else)
Exit 0 when all is well, 1 with one line for each thing that is not.

LIX = words / sentences + 100 x words longer than six letters / words (Björnsson 1968).
"""
import datetime
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
CHILDREN = ["alma", "elias", "freja", "yasmin", "mikkel", "rikke"]
AS_OF = datetime.date(2026, 11, 23)
AGES = {"elias": 5, "freja": 8, "alma": 9, "yasmin": 14, "mikkel": 17, "rikke": 34}
OWN_BAND = {"elias": "3-6", "freja": "7-9", "alma": "7-9", "yasmin": "13-15", "mikkel": "16-17", "rikke": "18+"}
LIX_LIMIT = {"7-9": 20, "10-12": 28, "13-15": 35, "16-17": 40}
BANDS = {"3-6", "7-9", "10-12", "13-15", "16-17", "18+"}
KINDS = {"photo", "story", "document", "sound", "video", "event", "letter", "thing", "decision", "talk", "drawing",
         "statement"}
CHAPTERS = {"me-now", "good-at", "my-people", "homes", "family", "born", "why", "school", "days", "things", "letters",
            "plan", "future"}
PRECISIONS = {"day", "month", "season", "year", "about", "unknown"}
PERSONAS = {"foster_parent", "institution_staff", "caseworker", "leader", "archivist", "child", "adult",
            "support_person", "system"}
ENTRY_FIELDS = {"key", "child", "kind", "chapter", "title", "occurred_on", "precision", "people", "place", "basis",
                "author", "photos", "texts", "readiness", "written_on", "beside", "wish"}
WAITING = {"with_adult": {"state", "ask"},
           "held_back": {"state", "reason", "decided_by", "second_reader", "ask", "review_on", "opens_on"}}

problems = []


def wrong(where, what):
    problems.append(f"{where}: {what}")


def words(text):
    return re.findall(r"[0-9A-Za-zÀ-ÿ]+(?:[.:/-][0-9A-Za-zÀ-ÿ]+)*", text)


def sentences(text):
    # As renderer/src/readability.rs counts: a colon ends nothing, a line ends a sentence, "14. juni" and "kl." do not.
    text = re.sub(r"(\d|\bkl)\.(?=\s+[a-zæøå0-9])", r"\1", text)
    text = re.sub(r"^\s*(\d+)\.\s", r"\1 ", text, flags=re.M)
    parts = re.split(r"[.!?]+[\"”)]*(?=\s|$)|\n+", text)
    return [part for part in parts if words(part)]


def lix(text):
    found = words(text)
    long_words = [word for word in found if len(word) > 6]
    return len(found) / max(1, len(sentences(text))) + 100 * len(long_words) / len(found)


def age(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def day(where, value):
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        wrong(where, f"not a date: {value!r}")
        return AS_OF


def load(name):
    with open(HERE / name, "rb") as file:
        return tomllib.load(file)


def check_people(world):
    persons = {person["key"]: person for person in world["person"]}
    municipalities = {each["key"] for each in world["municipality"]}
    for child in world["child"]:
        where = f"child {child['key']}"
        if age(day(where, child["born"]), AS_OF) != AGES[child["key"]]:
            wrong(where, "has the wrong age")
        if not (HERE / "photos" / child["cover"]).exists():
            wrong(where, "cover is missing")
    for person in world["person"]:
        where = f"person {person['key']}"
        if person["municipality"] not in municipalities:
            wrong(where, "unknown municipality")
        if person.get("persona") not in PERSONAS | {None}:
            wrong(where, "unknown persona")
    for table in ("placement", "assignment"):
        for row in world[table]:
            where = f"{table} {row.get('child', row.get('municipality'))}"
            began = day(where, row["from"])
            if "to" in row and day(where, row["to"]) < began:
                wrong(where, "ends before it begins")
            for key in row.get("carers", []) + ([row["person"]] if "person" in row else []):
                if key not in persons:
                    wrong(where, f"unknown person {key}")
    return persons


def check_life(child, content, persons):
    """The people and the schools: who tells of them is somebody, and a picture stands in the child's book."""
    photos = {photo["file"] for entry in content["entry"] for photo in entry.get("photos", [])}
    for row in content["relation"] + content["school"]:
        where = f"{child}, {row['name']}"
        for field in ("from", "to", "until", "died"):
            if field in row:
                day(where, row[field])
        for key in [row[field] for field in ("person", "by") if field in row]:
            if key not in persons:
                wrong(where, f"unknown person {key}")
        if row.get("picture", "") not in photos | {""}:
            wrong(where, "its picture stands in no entry")


def check_adults(child, content, persons):
    """Meetings, wishes and talks: everybody is somebody, and a talk is about a meeting that was held."""
    wishes = {row["key"] for row in content.get("wish", [])}
    for entry in content["entry"]:
        if entry.get("wish", "") not in wishes | {""}:
            wrong(entry["key"], "answers no wish")
    held = set()
    for row in content.get("meeting", []):
        where = f"{child}, meeting {row['on']}"
        if row.get("state") == "held":
            held.add(row["on"])
            if day(where, row["on"]) > AS_OF:
                wrong(where, "held in the future")
        for key in row["with"] + [row["by"]]:
            if key not in persons:
                wrong(where, f"unknown person {key}")
        if row.get("answers", "") not in wishes | {""}:
            wrong(where, "answers no wish")
    for row in content.get("wish", []):
        for key in [row[field] for field in ("to", "answered_by") if field in row]:
            if key not in persons:
                wrong(row["key"], f"unknown person {key}")
        if row["what"] not in {"meeting", "page", "other", "no"} or ("answer" in row) != ("answered_by" in row):
            wrong(row["key"], "unknown kind, or an answer without its giver")
    for row in content.get("talk", []):
        if row["on"] not in held or len(row["faces"]) != 4 or not set(row["faces"]) <= {1, 2, 3, 4}:
            wrong(f"{child}, talk {row['on']}", "no such meeting, or not four faces")
    for row in content.get("reader", []):
        if row["person"] not in persons or row["may"] not in {"read", "write"}:
            wrong(f"{child}, reader {row['person']}", "nobody we know, or not let in")
    for row in content.get("request", []):
        if row.get("taken_by", next(iter(persons))) not in persons or ("answer" in row and "taken_by" not in row):
            wrong(f"{child}, request", "nobody takes it on")
    for row in content.get("goal", []):
        if row["kind"] not in {"plan", "dream"} or any(step["by"] not in persons for step in row.get("steps", [])):
            wrong(f"{child}, goal", "unknown kind, or a step by nobody")


def check_siblings(child, content):
    """Brothers and sisters, and what the one gives the other: a page of its own book."""
    told = {row["sibling"] for row in content.get("sibling", [])}
    pages = {entry["key"] for entry in content["entry"]}
    for row in content.get("gift", []):
        if row["to"] not in told or row["page"] not in pages:
            wrong(f"{child}, gift", "to no sibling, or no page of this book")


def reaches(world, persons, child, key):
    """Whether this person may write in this child's book today."""
    if persons[key].get("child") == child:
        return True
    if any(row["child"] == child and key in row["carers"] and "to" not in row for row in world["placement"]):
        return True
    return any(row.get("child") == child and row["person"] == key and "to" not in row for row in world["assignment"])


def check_readiness(where, entry, persons):
    readiness = entry.get("readiness")
    if readiness is None:
        return
    expected = WAITING.get(readiness["state"])
    if expected is None or set(readiness) != expected:
        wrong(where, f"readiness has the fields {sorted(readiness)}")
        return
    for field in ("ask", "decided_by", "second_reader"):
        if field in readiness and readiness[field] not in persons:
            wrong(where, f"{field} is nobody we know")
    if readiness["state"] == "held_back":
        if readiness["decided_by"] == readiness["second_reader"]:
            wrong(where, "the second reader is the decider")
        if not AS_OF < day(where, readiness["review_on"]) <= day(where, readiness["opens_on"]):
            wrong(where, "review and opening dates are out of order")


def check_texts(where, entry, table):
    seen = set()
    for text in entry.get("texts", []):
        key = (text["band"], text["language"])
        if key in seen or text["band"] not in BANDS or text["language"] not in ("da", "en"):
            wrong(where, f"text {key} twice or unknown")
        seen.add(key)
        score = lix(text["text"])
        table.append((entry["child"], entry["key"], *key, score, len(words(text["text"]))))
        if text["band"] == "3-6" and len(sentences(text["text"])) > 2:
            wrong(where, "more than two sentences for the youngest")
        if text["language"] == "da" and score > LIX_LIMIT.get(text["band"], 99):
            wrong(where, f"LIX {score:.1f} in {text['band']}")
    if entry["kind"] in ("story", "letter") and not seen:
        wrong(where, "a story or letter needs a text")
    if entry.get("readiness", {}).get("state") != "held_back" and (OWN_BAND[entry["child"]], "da") not in seen:
        wrong(where, "no Danish text for the reader's own age")


def check_entry(entry, world, persons, table):
    where = entry["key"]
    for field in set(entry) - ENTRY_FIELDS:
        wrong(where, f"unknown field {field}")
    if not re.fullmatch(r"[a-z0-9-]+", entry["key"]):
        wrong(where, "a key is small letters, figures and hyphens")
    if entry["kind"] not in KINDS or entry["chapter"] not in CHAPTERS or entry["precision"] not in PRECISIONS:
        wrong(where, "unknown kind, chapter or precision")
    if len(entry["title"]) > 200 or entry.get("basis", "seen") not in ("seen", "heard", "read"):
        wrong(where, "title or basis")
    if not datetime.date(1900, 1, 1) <= day(where, entry["occurred_on"]) <= AS_OF:
        wrong(where, "date out of range")
    if entry["author"] not in persons or not reaches(world, persons, entry["child"], entry["author"]):
        wrong(where, f"{entry['author']} may not write here today")
    if entry["kind"] in ("photo", "drawing") and not entry.get("photos"):
        wrong(where, "a photo without its picture")
    for photo in entry.get("photos", []):
        if not (HERE / "photos" / photo["file"]).exists() or len(photo["alt"]) < 20:
            wrong(where, f"{photo['file']}: missing, or too short an alt text")
    check_readiness(where, entry, persons)
    check_texts(where, entry, table)


def check_whole(entries):
    for child in CHILDREN:
        own = [entry for entry in entries if entry["child"] == child]
        chapters = {entry["chapter"] for entry in own}
        states = {entry.get("readiness", {}).get("state", "open") for entry in own}
        pictures = sum(len(entry.get("photos", [])) for entry in own)
        print(f"{child}: {len(own)} entries, {len(chapters)} chapters, {pictures} pictures, {sorted(states)}")
        if child == "freja":
            # She is there as the sister of Elias.
            continue
        if len(own) < 9 or (child == "alma" and (len(own) < 14 or len(chapters) < 10)):
            wrong(child, "too few entries or chapters")
        if states != {"open", "with_adult", "held_back"}:
            wrong(child, "wants an open page, one with an adult and one held back")
    keys = [entry["key"] for entry in entries]
    for key in {key for key in keys if keys.count(key) > 1}:
        wrong(key, "key used twice")


def check_licences(entries, world):
    licences = (HERE / "LICENCES.md").read_text(encoding="utf-8")
    shown = {photo["file"] for entry in entries for photo in entry.get("photos", [])}
    shown |= {child["cover"] for child in world["child"]}
    files = sorted((HERE / "photos").glob("*.jpg"))
    for file in files:
        if f"`{file.name}`" not in licences:
            wrong(file.name, "has no line in LICENCES.md")
        if file.name not in shown:
            wrong(file.name, "is shown nowhere")
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} photographs, {size / 1e6:.1f} MB")
    if size > 16_000_000 or len(files) < 20:
        wrong("photos", "too few or too large")


def main():
    world = load("people.toml")
    persons = check_people(world)
    entries, table = [], []
    for child in CHILDREN:
        content = load(f"{child}.toml")
        check_life(child, content, persons)
        check_adults(child, content, persons)
        check_siblings(child, content)
        for entry in content["entry"]:
            if entry["child"] != child:
                wrong(entry["key"], "stands in the wrong file")
            check_entry(entry, world, persons, table)
            entries.append(entry)
    check_whole(entries)
    check_licences(entries, world)
    if "--table" in sys.argv:
        for child, key, band, language, score, count in table:
            print(f"{key:28} {band:6} {language} LIX {score:5.1f}  {count} words")
    print(f"{len(entries)} entries, {len(table)} texts, {len(problems)} problems")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
