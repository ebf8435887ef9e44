//! The routing table of the archive: what goes, what is covered, what is gone, who asks and who comes back.

use actix_web::web::{ServiceConfig, delete, get, post};

use super::at;
use crate::http::{claims, disposals, life, pages, redactions, requests};

/// What is disposed of, and what stays all the same: api/src/http/disposals.rs and its pages.
pub(super) fn what_goes_and_stays(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/disposals")
                .route(get().to(disposals::list))
                .route(post().to(disposals::propose)),
        )
        .service(at("/api/v1/entries/{entry}/misfiled").route(post().to(disposals::misfiled)))
        .service(at("/api/v1/disposals/{disposal}/approvals").route(post().to(disposals::approve)))
        .service(at("/api/v1/disposals/{disposal}/refusals").route(post().to(disposals::refuse)))
        .service(
            at("/api/v1/children/{child}/holds")
                .route(get().to(disposals::holds))
                .route(post().to(disposals::place_hold)),
        )
        .service(at("/api/v1/holds/{hold}").route(delete().to(disposals::lift_hold)))
        .service(
            at("/api/v1/children/{child}/redactions")
                .route(get().to(redactions::list))
                .route(post().to(redactions::propose)),
        )
        .service(
            at("/api/v1/redactions/{record}/covers/{number}/answers").route(post().to(redactions::answer)),
        )
        .service(
            at("/bog/{child}/daekket")
                .route(get().to(pages::redactions::list))
                .route(post().to(pages::redactions::propose)),
        )
        .service(at("/bog/{child}/daekket/ny").route(get().to(pages::redactions::blank)))
        .service(at("/bog/{child}/daekket/{record}/{number}").route(post().to(pages::redactions::answer)))
        .service(at("/bog/{child}/daekket/{record}/{number}/under").route(get().to(pages::redactions::under)))
        .service(at("/bog/{child}/taget-ud").route(get().to(pages::taken_out::register)))
        .service(at("/bog/{child}/taget-ud/{disposal}").route(post().to(pages::taken_out::answer)))
        .service(
            at("/bog/{child}/bliver")
                .route(get().to(pages::holds::ask))
                .route(post().to(pages::holds::place)),
        )
        .service(
            at("/bog/{child}/bliver/{hold}")
                .route(get().to(pages::holds::ask_to_lift))
                .route(post().to(pages::holds::lift)),
        )
        .service(at("/bog/{child}/side/{entry}/bliver").route(get().to(pages::holds::ask_of_page)))
        .service(
            at("/bog/{child}/side/{entry}/andet-barn")
                .route(get().to(pages::taken_out::misfiled))
                .route(post().to(pages::taken_out::move_page)),
        );
}

/// Somebody without a way in says that a book is theirs: api/src/http/claims.rs and its pages.
pub(super) fn coming_back(config: &mut ServiceConfig) {
    use pages::claims as page;
    config
        .service(at("/api/v1/claims").route(get().to(claims::list)).route(post().to(claims::file)))
        .service(at("/api/v1/claims/{claim}").route(get().to(claims::get)))
        .service(at("/api/v1/claims/{claim}/findings").route(post().to(claims::find)))
        .service(at("/api/v1/claims/{claim}/messages").route(post().to(claims::say)))
        .service(at("/find").route(get().to(page::blank)).route(post().to(page::file)))
        .service(at("/find/andres").route(get().to(page::blank)).route(post().to(page::file)))
        .service(at("/find/{secret}/mappe").route(get().to(page::package)).route(post().to(page::locked)))
        .service(at("/find/{secret}").route(get().to(page::page)))
        .service(at("/find/{secret}/besked").route(post().to(page::ask)))
        .service(at("/find/{secret}/papir").route(post().to(page::prove)))
        .service(at("/arkiv/find/{claim}/papir/{number}").route(get().to(page::paper)))
        .service(at("/find/{secret}/ind").route(post().to(page::come_in)))
        .service(at("/arkiv/find/{claim}").route(get().to(page::desk)))
        .service(at("/arkiv/find/{claim}/fund").route(post().to(page::find)))
        .service(at("/arkiv/find/{claim}/besked").route(post().to(page::say)));
}

/// What there is about a grown reader, and asking for all of it: api/src/http/requests.rs and its pages.
pub(super) fn the_archive_is_asked(config: &mut ServiceConfig) {
    use pages::requests as page;
    config
        .service(
            at("/api/v1/archive-requests").route(get().to(requests::list)).route(post().to(requests::file)),
        )
        .service(at("/api/v1/archive-requests/{request}").route(get().to(requests::get)))
        .service(at("/api/v1/archive-requests/{request}/steps").route(post().to(requests::step)))
        .service(at("/api/v1/archive-requests/{request}/decisions").route(post().to(requests::decide)))
        .service(at("/api/v1/archive-requests/{request}/messages").route(post().to(requests::say)))
        .service(at("/api/v1/archive-requests/{request}/withdrawals").route(post().to(requests::withdraw)))
        .service(at("/api/v1/archive-requests/{request}/package").route(get().to(requests::package)))
        .service(
            at("/api/v1/archive-requests/{request}/locked-package")
                .route(post().to(requests::locked_package)),
        )
        .service(at("/arkiv").route(get().to(pages::offices::archive_home)))
        .service(at("/arkiv/ny").route(get().to(page::blank)).route(post().to(page::file)))
        .service(at("/arkiv/anmodninger").route(get().to(page::desk)))
        .service(at("/arkiv/{request}").route(get().to(page::page)))
        .service(at("/arkiv/{request}/trin").route(post().to(page::step)))
        .service(at("/arkiv/{request}/afgoerelse").route(post().to(page::decide)))
        .service(at("/arkiv/{request}/besked").route(post().to(page::say)))
        .service(at("/arkiv/{request}/pakke").route(post().to(page::locked)))
        .service(at("/arkiv/{request}/fortryd").route(post().to(page::withdraw)));
}

/// What is gone, and what stands before a page: api/src/http/life.rs.
pub(super) fn losses_and_warnings(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/content-warnings")
                .route(get().to(life::content_warnings))
                .route(post().to(life::add_content_warning)),
        )
        .service(
            at("/api/v1/content-warnings/{record}/versions").route(post().to(life::change_content_warning)),
        )
        .service(
            at("/bog/{child}/side/{entry}/advarsel")
                .route(get().to(pages::warnings::sheet))
                .route(post().to(pages::warnings::add)),
        )
        .service(at("/bog/{child}/advarsel/{record}").route(post().to(pages::warnings::remove)))
        .service(
            at("/api/v1/children/{child}/losses")
                .route(get().to(life::losses))
                .route(post().to(life::add_loss)),
        )
        .service(at("/api/v1/losses/{record}/versions").route(post().to(life::change_loss)))
        .service(
            at("/bog/{child}/vaek").route(get().to(pages::losses::list)).route(post().to(pages::losses::add)),
        )
        .service(at("/bog/{child}/vaek/{record}").route(post().to(pages::losses::change)));
}
