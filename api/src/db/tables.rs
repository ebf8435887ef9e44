//! The tables as sea-orm entities. Dates and times are ISO 8601 text, ids are UUIDs, documents are the sealed JSON.

macro_rules! tables {
    ($($table:tt $module:ident { $($(#[$meta:meta])* $field:ident : $type:ty),* $(,)? })*) => {$(
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
            #[sea_orm(table_name = $table)]
            pub struct Model { $($(#[$meta])* pub $field: $type),* }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    )*};
}

tables! {
    "deposits" deposits {
        #[sea_orm(primary_key, auto_increment = false)]
        object: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        version: i32,
        kind: String,
        key_group: Uuid,
        deposited_by: Option<Uuid>,
        deposited_at: String,
        retention_class: String,
        retain_until: Option<String>,
        state: String,
        staged: Option<String>,
        document: Option<String>,
        inventory: Option<String>,
        leaf: Option<i64>,
        idempotency_key: Option<String>,
        request_digest: Option<String>,
    }
    "unindexed" unindexed {
        #[sea_orm(primary_key, auto_increment = false)]
        leaf: i64,
        object: Uuid,
        version: i32,
        why: String,
    }
    "rebuilding" rebuilding {
        #[sea_orm(primary_key, auto_increment = false)]
        id: i32,
        next_leaf: i64,
    }
    "changes" changes {
        #[sea_orm(primary_key, auto_increment = false)]
        id: i32,
        count: i64,
    }
    "seen_checkpoint" seen_checkpoint {
        #[sea_orm(primary_key, auto_increment = false)]
        id: i32,
        size: i64,
        note: String,
    }
    "stored_versions" stored_versions {
        #[sea_orm(primary_key, auto_increment = false)]
        key: String,
        version: String,
    }
    "municipalities" municipalities {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        name: String,
        body: String,
    }
    "people" people {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        municipality: Uuid,
        name: String,
        body: String,
    }
    "children" children {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        municipality: Uuid,
        born: String,
        died: Option<String>,
        body: String,
    }
    "placements" placements {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        since: String,
        until: Option<String>,
        body: String,
    }
    "assignments" assignments {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        person: Uuid,
        role: String,
        child: Option<Uuid>,
        municipality: Option<Uuid>,
        since: String,
        until: Option<String>,
        body: String,
    }
    "ties" ties {
        #[sea_orm(primary_key, auto_increment = false)]
        source: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        person: Uuid,
        child: Uuid,
        role: String,
        since: String,
        until: Option<String>,
    }
    "media" media {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        deposited_by: Option<Uuid>,
        media_type: String,
        sha256: String,
        body: String,
    }
    "entries" entries {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        version: i32,
        child: Uuid,
        kind: String,
        author: Uuid,
        deposited_by: Option<Uuid>,
        occurred_on: String,
        written_at: String,
        import_line: Option<String>,
        wish: Option<Uuid>,
        body: String,
    }
    "own_pages" own_pages {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        version: i32,
        child: Uuid,
        author: Uuid,
        everyone: bool,
        made_at: String,
        body: String,
    }
    "own_page_readers" own_page_readers {
        #[sea_orm(primary_key, auto_increment = false)]
        page: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        person: Uuid,
    }
    "life_records" life_records {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        version: i32,
        child: Uuid,
        kind: String,
        sort_key: String,
        towards: Option<Uuid>,
        removed: bool,
        body: String,
    }
    "entry_media" entry_media {
        #[sea_orm(primary_key, auto_increment = false)]
        entry: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        media: Uuid,
    }
    "editions" editions {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        age: i32,
        ordered_by: Uuid,
        ordered_at: String,
        state: String,
        problem: Option<String>,
        body: String,
        idempotency_key: Option<String>,
    }
    "readings" readings {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        reader: Uuid,
        role: String,
        page: String,
        at: String,
        batch: Option<Uuid>,
        companion: Option<Uuid>,
    }
    "holds" holds {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        placed_at: String,
        body: String,
    }
    "disposals" disposals {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        proposed_at: String,
        state: String,
        body: String,
    }
    "disposal_targets" disposal_targets {
        #[sea_orm(primary_key, auto_increment = false)]
        object: Uuid,
        disposal: Uuid,
        hidden: bool,
    }
    "requests" requests {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        version: i32,
        child: Uuid,
        municipality: Uuid,
        stage: String,
        open: bool,
        sort_key: String,
        body: String,
    }
    "claims" claims {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        version: i32,
        municipality: Uuid,
        asker_key: String,
        sort_key: String,
        body: String,
    }
    "called" called {
        #[sea_orm(primary_key, auto_increment = false)]
        child: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        word: String,
    }
    "fixity_events" fixity_events {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        body: String,
    }
    "fixity_rounds" fixity_rounds {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        begun_at: String,
        ended_at: Option<String>,
        place: Option<String>,
        objects_ok: i64,
        objects_under_way: i64,
        objects_damaged: i64,
        objects_not_checked: i64,
        passing_errors: i64,
        bytes: i64,
    }
    "fixity_findings" fixity_findings {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        code: String,
        outcome: String,
        object: Option<Uuid>,
        path: String,
        place: String,
        first_seen: String,
        last_seen: String,
        cleared_at: Option<String>,
        event: Uuid,
        told_at: Option<String>,
    }
    "jobs" jobs {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        kind: String,
        subject: String,
        state: String,
        attempts: i32,
        run_at: String,
        leased_until: Option<String>,
        problem: Option<String>,
        created_at: String,
    }
    "uploads" uploads {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        person: Uuid,
        file_name: String,
        length_bytes: i64,
        received_bytes: i64,
        parts_key: String,
        parts: String,
        media: Option<Uuid>,
        touched_at: String,
    }
    "quarantine" quarantine {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        child: Uuid,
        person: Uuid,
        file_name: String,
        length_bytes: i64,
        signature: String,
        file_key: String,
        at: String,
    }
    "accounts" accounts {
        #[sea_orm(primary_key, auto_increment = false)]
        user_name: String,
        person: Uuid,
        password_hash: String,
    }
    "credentials" credentials {
        #[sea_orm(primary_key, auto_increment = false)]
        digest: String,
        kind: String,
        person: Uuid,
        csrf: Option<String>,
        created_at: String,
        expires_at: Option<String>,
        device: Option<Uuid>,
        opening: Option<Uuid>,
        companion: Option<Uuid>,
        companion_child: Option<Uuid>,
        companion_until: Option<String>,
    }
    "devices" devices {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        digest: String,
        child: Uuid,
        enrolled_by: Uuid,
        at: String,
        last_used: Option<String>,
        revoked_at: Option<String>,
        wrong: i32,
        wait_until: Option<String>,
    }
    "picture_codes" picture_codes {
        #[sea_orm(primary_key, auto_increment = false)]
        child: Uuid,
        hash: Option<String>,
        opening: Option<Uuid>,
        next_opening: Option<Uuid>,
        choose_until: Option<String>,
        wrong: i32,
        wait_until: Option<String>,
    }
    "openings" openings {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        person: Uuid,
        opened_by: Uuid,
        role: String,
        why: String,
        at: String,
        confirmed_by: Option<Uuid>,
        confirmed_at: Option<String>,
    }
    "bindings" bindings {
        #[sea_orm(primary_key, auto_increment = false)]
        login: String,
        person: Uuid,
        issuer: String,
        opening: Option<Uuid>,
        at: String,
    }
    "invitations" invitations {
        #[sea_orm(primary_key, auto_increment = false)]
        child: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        adult: Uuid,
        digest: String,
        until: String,
        wrong: i32,
    }
    "object_keys" object_keys {
        #[sea_orm(primary_key, auto_increment = false)]
        object: Uuid,
        key_group: Uuid,
    }
}
