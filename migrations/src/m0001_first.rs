//! The first schema: the index of the archive (rebuilt by `livsbog rebuild`) and the service's own working tables.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::Statement;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_first"
    }
}

/// SQL that SQLite and PostgreSQL read alike. Ids are `uuid` (SQLite keeps them as 16-byte blobs), documents are `text`
/// so that both databases give back the very characters that were sealed.
const UP: &[&str] = &[
    // The index of the archive.
    "CREATE TABLE deposits (
        object uuid NOT NULL, version integer NOT NULL, kind text NOT NULL, key_group uuid NOT NULL,
        deposited_by uuid, deposited_at text NOT NULL, retention_class text NOT NULL, retain_until text,
        state text NOT NULL, staged text, document text, inventory text, leaf bigint,
        idempotency_key text, request_digest text,
        PRIMARY KEY (object, version))",
    "CREATE UNIQUE INDEX deposits_leaf ON deposits (leaf)",
    "CREATE UNIQUE INDEX deposits_idempotency ON deposits (deposited_by, idempotency_key)",
    "CREATE INDEX deposits_state ON deposits (state, deposited_at)",
    // The newest checkpoint of the log that this service has seen, as the log signed it: the log on disk must continue it,
    // whatever happens to the index. One row.
    "CREATE TABLE seen_checkpoint (id integer PRIMARY KEY, size bigint NOT NULL, note text NOT NULL)",
    // In a bucket: which version of a key is the one that was sealed. Looked up again where it is not known.
    "CREATE TABLE stored_versions (key text PRIMARY KEY, version text NOT NULL)",
    // What the log names and the index does not: `disposed` of, `no_key` (lost) or `unreadable` (damaged).
    "CREATE TABLE unindexed (leaf bigint PRIMARY KEY, object uuid NOT NULL, version integer NOT NULL, why text NOT NULL)",
    "CREATE TABLE municipalities (id uuid PRIMARY KEY, name text NOT NULL, body text NOT NULL)",
    "CREATE TABLE people (id uuid PRIMARY KEY, municipality uuid NOT NULL, name text NOT NULL, body text NOT NULL)",
    "CREATE INDEX people_municipality ON people (municipality)",
    "CREATE TABLE children (
        id uuid PRIMARY KEY, municipality uuid NOT NULL, born text NOT NULL, died text, body text NOT NULL)",
    "CREATE INDEX children_municipality ON children (municipality)",
    "CREATE TABLE placements (id uuid PRIMARY KEY, child uuid NOT NULL, since text NOT NULL, until text, body text NOT NULL)",
    "CREATE INDEX placements_child ON placements (child)",
    "CREATE TABLE assignments (
        id uuid PRIMARY KEY, person uuid NOT NULL, role text NOT NULL, child uuid, municipality uuid,
        since text NOT NULL, until text, body text NOT NULL)",
    "CREATE INDEX assignments_person ON assignments (person)",
    "CREATE INDEX assignments_child ON assignments (child)",
    // One row for each role a person holds towards a child, from assignments and placements alike: the only table
    // that authorization reads.
    "CREATE TABLE ties (
        source uuid NOT NULL, person uuid NOT NULL, child uuid NOT NULL, role text NOT NULL,
        since text NOT NULL, until text, PRIMARY KEY (source, person))",
    "CREATE INDEX ties_person ON ties (person, child)",
    "CREATE INDEX ties_child ON ties (child)",
    "CREATE TABLE media (
        id uuid PRIMARY KEY, child uuid NOT NULL, deposited_by uuid, media_type text NOT NULL, sha256 text NOT NULL,
        body text NOT NULL)",
    "CREATE INDEX media_child_sha256 ON media (child, sha256)",
    "CREATE TABLE entries (
        id uuid PRIMARY KEY, version integer NOT NULL, child uuid NOT NULL, kind text NOT NULL, author uuid NOT NULL,
        deposited_by uuid, occurred_on text NOT NULL, written_at text NOT NULL, import_line text, wish uuid,
        body text NOT NULL)",
    "CREATE INDEX entries_import_line ON entries (child, import_line)",
    "CREATE INDEX entries_wish ON entries (wish)",
    "CREATE INDEX entries_child_occurred ON entries (child, occurred_on, id)",
    "CREATE INDEX entries_author ON entries (author, written_at)",
    // What the child made itself; it is for its author, for everybody who reads the book where `everyone`, and for those
    // in own_page_readers.
    "CREATE TABLE own_pages (
        id uuid PRIMARY KEY, version integer NOT NULL, child uuid NOT NULL, author uuid NOT NULL,
        everyone boolean NOT NULL, made_at text NOT NULL, body text NOT NULL)",
    "CREATE TABLE own_page_readers (page uuid NOT NULL, person uuid NOT NULL, PRIMARY KEY (page, person))",
    "CREATE INDEX own_page_readers_person ON own_page_readers (person)",
    "CREATE INDEX own_pages_child ON own_pages (child, made_at)",
    // What is kept of a life beside its pages, by kind: people, schools. `towards` is another child that it is about too.
    "CREATE TABLE life_records (
        id uuid PRIMARY KEY, version integer NOT NULL, child uuid NOT NULL, kind text NOT NULL, sort_key text NOT NULL,
        towards uuid, removed boolean NOT NULL, body text NOT NULL)",
    "CREATE INDEX life_records_towards ON life_records (towards, kind)",
    "CREATE INDEX life_records_child ON life_records (child, kind, sort_key, id)",
    // The files of entries and of the child's own pages, and the pictures of life records.
    "CREATE TABLE entry_media (entry uuid NOT NULL, media uuid NOT NULL, PRIMARY KEY (entry, media))",
    "CREATE INDEX entry_media_media ON entry_media (media)",
    // An edition is ordered before it is sealed: `body` is the order until `state` is `ready`.
    "CREATE TABLE editions (
        id uuid PRIMARY KEY, child uuid NOT NULL, age integer NOT NULL, ordered_by uuid NOT NULL, ordered_at text NOT NULL,
        state text NOT NULL, problem text, body text NOT NULL, idempotency_key text)",
    "CREATE INDEX editions_child ON editions (child, ordered_at)",
    "CREATE UNIQUE INDEX editions_idempotency ON editions (ordered_by, idempotency_key)",
    // `batch` is the sealed object a reading lies in; absent until it is sealed.
    "CREATE TABLE readings (
        id uuid PRIMARY KEY, child uuid NOT NULL, reader uuid NOT NULL, role text NOT NULL, page text NOT NULL,
        at text NOT NULL, batch uuid, companion uuid)",
    "CREATE INDEX readings_child_at ON readings (child, at)",
    "CREATE INDEX readings_latest ON readings (reader, child, page, at)",
    "CREATE INDEX readings_batch ON readings (batch, child)",
    "CREATE TABLE holds (id uuid PRIMARY KEY, child uuid NOT NULL, placed_at text NOT NULL, body text NOT NULL)",
    "CREATE INDEX holds_child ON holds (child, placed_at)",
    // `state` is proposed, refused, decided (the keys have still to be erased) or carried_out.
    "CREATE TABLE disposals (
        id uuid PRIMARY KEY, child uuid NOT NULL, proposed_at text NOT NULL, state text NOT NULL, body text NOT NULL)",
    "CREATE INDEX disposals_child ON disposals (child, proposed_at)",
    "CREATE INDEX disposals_state ON disposals (state)",
    // What an open proposal is about; `hidden` while nobody is to see it.
    "CREATE TABLE disposal_targets (object uuid PRIMARY KEY, disposal uuid NOT NULL, hidden boolean NOT NULL)",
    "CREATE INDEX disposal_targets_disposal ON disposal_targets (disposal)",
    // Requests for what the archive has; `open` while somebody still has to do something.
    "CREATE TABLE requests (
        id uuid PRIMARY KEY, version integer NOT NULL, child uuid NOT NULL, municipality uuid NOT NULL, stage text NOT NULL,
        open boolean NOT NULL, sort_key text NOT NULL, body text NOT NULL)",
    "CREATE INDEX requests_child ON requests (child, sort_key, id)",
    "CREATE INDEX requests_municipality ON requests (municipality, sort_key, id)",
    // Claims to a book by somebody who has no way in; the asker comes back by a secret whose SHA-256 is `asker_key`.
    "CREATE TABLE claims (
        id uuid PRIMARY KEY, version integer NOT NULL, municipality uuid NOT NULL, asker_key text NOT NULL,
        sort_key text NOT NULL, body text NOT NULL)",
    "CREATE INDEX claims_municipality ON claims (municipality, sort_key, id)",
    "CREATE UNIQUE INDEX claims_asker_key ON claims (asker_key)",
    // Every word a child was ever called by, as it sounds.
    "CREATE TABLE called (child uuid NOT NULL, word text NOT NULL, PRIMARY KEY (child, word))",
    "CREATE INDEX called_word ON called (word)",
    // What the scrubber reported: a round that ended, or what it found.
    "CREATE TABLE fixity_events (id uuid PRIMARY KEY, body text NOT NULL)",
    // The service's own working tables: gone after a rebuild, kept by a backup.
    "CREATE TABLE jobs (
        id uuid PRIMARY KEY, kind text NOT NULL, subject text NOT NULL, state text NOT NULL, attempts integer NOT NULL,
        run_at text NOT NULL, leased_until text, problem text, created_at text NOT NULL)",
    "CREATE UNIQUE INDEX jobs_subject ON jobs (kind, subject)",
    "CREATE INDEX jobs_due ON jobs (state, run_at)",
    // Files on their way in pieces (tus); `parts` names the pieces in order.
    "CREATE TABLE uploads (
        id uuid PRIMARY KEY, child uuid NOT NULL, person uuid NOT NULL, file_name text NOT NULL, length_bytes bigint NOT NULL,
        received_bytes bigint NOT NULL, parts_key text NOT NULL, parts text NOT NULL, media uuid, touched_at text NOT NULL)",
    "CREATE INDEX uploads_touched ON uploads (touched_at)",
    // Files that the scanner found something in; each lies encrypted to its own key until a person has looked at it.
    "CREATE TABLE quarantine (
        id uuid PRIMARY KEY, child uuid NOT NULL, person uuid NOT NULL, file_name text NOT NULL, length_bytes bigint NOT NULL,
        signature text NOT NULL, file_key text NOT NULL, at text NOT NULL)",
    // The scrubber: one row for each round, with the last place that was done, and what is or was wrong where. `event` is
    // the sealed event that reports a finding, `told_at` the last mail about it.
    "CREATE TABLE fixity_rounds (
        id uuid PRIMARY KEY, begun_at text NOT NULL, ended_at text, place text, objects_ok bigint NOT NULL,
        objects_under_way bigint NOT NULL, objects_damaged bigint NOT NULL, objects_not_checked bigint NOT NULL,
        passing_errors bigint NOT NULL, bytes bigint NOT NULL)",
    "CREATE INDEX fixity_rounds_begun ON fixity_rounds (begun_at)",
    "CREATE TABLE fixity_findings (
        id uuid PRIMARY KEY, code text NOT NULL, outcome text NOT NULL, object uuid, path text NOT NULL, place text NOT NULL,
        first_seen text NOT NULL, last_seen text NOT NULL, cleared_at text, event uuid NOT NULL, told_at text)",
    "CREATE INDEX fixity_findings_place ON fixity_findings (cleared_at, place)",
    // How often the index or the sessions have changed: what is kept in memory is compared with it.
    "CREATE TABLE changes (id integer PRIMARY KEY, count bigint NOT NULL)",
    "INSERT INTO changes (id, count) VALUES (1, 0)",
    "CREATE TABLE accounts (user_name text PRIMARY KEY, person uuid NOT NULL, password_hash text NOT NULL)",
    "CREATE TABLE credentials (
        digest text PRIMARY KEY, kind text NOT NULL, person uuid NOT NULL, csrf text, created_at text NOT NULL,
        expires_at text, device uuid, opening uuid, companion uuid, companion_child uuid, companion_until text)",
    "CREATE INDEX credentials_person ON credentials (person, kind)",
    // A child's own device, its code of pictures, and who let it come in anew; `wrong` counts since the last right code.
    "CREATE TABLE devices (
        id uuid PRIMARY KEY, digest text NOT NULL, child uuid NOT NULL, enrolled_by uuid NOT NULL, at text NOT NULL,
        last_used text, revoked_at text, wrong integer NOT NULL, wait_until text)",
    "CREATE UNIQUE INDEX devices_digest ON devices (digest)",
    "CREATE INDEX devices_child ON devices (child)",
    "CREATE TABLE picture_codes (
        child uuid PRIMARY KEY, hash text, opening uuid, next_opening uuid, choose_until text, wrong integer NOT NULL,
        wait_until text)",
    "CREATE TABLE openings (
        id uuid PRIMARY KEY, person uuid NOT NULL, opened_by uuid NOT NULL, role text NOT NULL, why text NOT NULL,
        at text NOT NULL, confirmed_by uuid, confirmed_at text)",
    "CREATE INDEX openings_person ON openings (person, at)",
    // A login that somebody else vouches for, by the SHA-256 of issuer and subject, and whom it opens the service for.
    "CREATE TABLE bindings (
        login text PRIMARY KEY, person uuid NOT NULL, issuer text NOT NULL, opening uuid, at text NOT NULL)",
    "CREATE INDEX bindings_person ON bindings (person, at)",
    // Three pictures that an adult was shown, for reading together.
    "CREATE TABLE invitations (
        child uuid NOT NULL, adult uuid NOT NULL, digest text NOT NULL, until text NOT NULL, wrong integer NOT NULL,
        PRIMARY KEY (child, adult))",
    // Which group's key wraps which object's key; filled from the key store while a rebuild runs.
    "CREATE TABLE object_keys (object uuid PRIMARY KEY, key_group uuid NOT NULL)",
    // How far a rebuild has come; a row only while one is under way or was broken off.
    "CREATE TABLE rebuilding (id integer PRIMARY KEY, next_leaf bigint NOT NULL)",
];

const TABLES: &[&str] = &[
    "deposits",
    "seen_checkpoint",
    "stored_versions",
    "unindexed",
    "municipalities",
    "people",
    "children",
    "placements",
    "assignments",
    "ties",
    "media",
    "entries",
    "own_pages",
    "own_page_readers",
    "life_records",
    "entry_media",
    "editions",
    "readings",
    "holds",
    "disposals",
    "disposal_targets",
    "requests",
    "claims",
    "called",
    "fixity_events",
    "jobs",
    "uploads",
    "quarantine",
    "fixity_rounds",
    "fixity_findings",
    "changes",
    "accounts",
    "credentials",
    "devices",
    "picture_codes",
    "openings",
    "bindings",
    "invitations",
    "object_keys",
    "rebuilding",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in UP {
            execute(manager, sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.iter().rev() {
            execute(manager, &format!("DROP TABLE {table}")).await?;
        }
        Ok(())
    }
}

async fn execute(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    connection.execute_raw(Statement::from_string(backend, sql)).await?;
    Ok(())
}
