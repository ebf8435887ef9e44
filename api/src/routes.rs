//! THE routing table: every address the service answers, and who handles it.

mod archive;

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig, delete, get, head, method, patch, post, resource, route};

use crate::http::{
    arrange, books, children, devices, editions, entries, gifts, goals, life, look_ahead, media, own_pages,
    ownership, pages, register, service, uploads, wishes,
};
use crate::life::{NewRelation, NewSchool};

/// Puts every route into the service.
pub fn routes(config: &mut ServiceConfig) {
    config
        // The API: api/src/http, documented in /api/v1/openapi.json.
        .route("/api/v1/openapi.json", get().to(service::openapi))
        .service(at("/api/v1/me").route(get().to(children::me)))
        .service(at("/api/v1/children").route(get().to(children::list)).route(post().to(register::add_child)))
        .service(at("/api/v1/children/{child}").route(get().to(children::get)))
        .service(at("/api/v1/children/{child}/access-log").route(get().to(children::access_log)))
        .service(at("/api/v1/children/{child}/media").route(post().to(media::create)))
        .service(
            at("/api/v1/children/{child}/uploads")
                .route(post().to(uploads::create))
                .route(method(Method::OPTIONS).to(uploads::options)),
        )
        .service(
            at("/api/v1/children/{child}/uploads/{upload}")
                .route(head().to(uploads::head))
                .route(get().to(uploads::get))
                .route(patch().to(uploads::patch))
                .route(delete().to(uploads::delete)),
        )
        .service(
            at("/api/v1/children/{child}/entries")
                .route(post().to(entries::create))
                .route(get().to(entries::list)),
        )
        .service(at("/api/v1/entries/{entry}").route(get().to(entries::get)))
        .service(at("/api/v1/entries/{entry}/versions").route(post().to(entries::correct)))
        .service(at("/api/v1/entries/{entry}/receipt").route(get().to(entries::receipt)))
        .service(at("/api/v1/media/{media}/{rendition}").route(get().to(media::get)))
        .service(at("/api/v1/children/{child}/book").route(get().to(books::get)))
        .service(at("/api/v1/children/{child}/editions").route(post().to(editions::order)))
        .service(at("/api/v1/editions/{edition}").route(get().to(editions::get)))
        .service(at("/api/v1/editions/{edition}/file").route(get().to(editions::file)))
        .configure(the_childs_own)
        .configure(the_owner)
        .configure(a_life)
        .configure(brothers_and_sisters)
        .configure(goals_and_dreams)
        .configure(reading_ahead)
        .configure(its_adults)
        .configure(the_register)
        .configure(archive::what_goes_and_stays)
        .configure(archive::losses_and_warnings)
        .configure(archive::coming_back)
        .configure(archive::the_archive_is_asked)
        // The pages: api/src/http/pages.
        .service(at("/").route(get().to(pages::front::way_in)))
        .configure(a_childs_device)
        .configure(in_and_out)
        .service(at("/ind/{key}").route(get().to(pages::front::sign_in_link)))
        .service(at("/hjaelp").route(get().to(pages::front::help)))
        .service(at("/visning").route(get().to(pages::look::form)).route(post().to(pages::look::choose)))
        .service(at("/sprog/{language}").route(get().to(pages::front::choose_language)))
        .configure(the_book)
        .service(
            at("/bidrag").route(get().to(pages::contribute::form)).route(post().to(pages::contribute::send)),
        )
        .service(at("/overblik").route(get().to(pages::offices::overview)))
        .configure(the_registers_pages)
        .service(at("/web/{path:.*}").route(get().to(pages::assets::get)))
        .configure(for_whoever_runs_it)
        .default_service(route().to(service::not_found));
}

/// The book, what a child may, and reading without a line: api/src/http/pages/book.rs, rights.rs, offline.rs.
fn the_book(config: &mut ServiceConfig) {
    config
        .service(at("/bog").route(get().to(pages::book::shelf)))
        .service(at("/bog/{child}").route(get().to(pages::book::cover)))
        .service(at("/bog/{child}/kapitel/{chapter}").route(get().to(pages::book::chapter)))
        .service(at("/bog/{child}/side/{entry}").route(get().to(pages::book::page)))
        .service(at("/bog/{child}/side/{entry}/undertekst/{media}").route(get().to(pages::book::subtitles)))
        .service(at("/bog/{child}/hvem").route(get().to(pages::book::who_read)))
        .service(at("/bog/{child}/rettigheder").route(get().to(pages::rights::of_child)))
        .service(
            at("/bog/{child}/uden-net")
                .route(get().to(pages::offline::page))
                .route(post().to(pages::offline::choose)),
        )
        .service(at("/uden-net").route(get().to(pages::offline::no_line)))
        .service(at("/worker.js").route(get().to(pages::assets::worker)))
        .service(at("/ordbog").route(get().to(pages::rights::old_words)))
        .service(at("/rettigheder").route(get().to(pages::rights::at_age)))
        .service(
            at("/bog/{child}/trykt")
                .route(get().to(pages::book::editions))
                .route(post().to(pages::book::order_edition)),
        );
}

fn for_whoever_runs_it(config: &mut ServiceConfig) {
    config
        .service(at("/healthz").route(get().to(service::healthz)))
        .service(at("/readyz").route(get().to(service::readyz)))
        .service(at("/metrics").route(get().to(service::metrics)));
}

/// What a child makes itself, and how it arranges its book: api/src/http/own_pages.rs, arrange.rs and their pages.
fn the_childs_own(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/own-pages")
                .route(post().to(own_pages::make))
                .route(get().to(own_pages::list)),
        )
        .service(at("/api/v1/own-pages/{page}").route(get().to(own_pages::get)))
        .service(at("/api/v1/own-pages/{page}/versions").route(post().to(own_pages::change)))
        .service(at("/api/v1/children/{child}/look").route(post().to(arrange::look)))
        .service(at("/api/v1/children/{child}/hidden").route(post().to(arrange::hide)))
        .service(
            at("/bog/{child}/forside")
                .route(get().to(pages::arrange::cover))
                .route(post().to(pages::arrange::choose_cover)),
        )
        .service(at("/bog/{child}/side/{entry}/skjul").route(post().to(pages::arrange::hide)))
        .service(at("/bog/{child}/mine").route(get().to(pages::own_pages::shelf)))
        .service(
            at("/bog/{child}/mine/ny")
                .route(get().to(pages::own_pages::blank))
                .route(post().to(pages::own_pages::make)),
        )
        .service(
            at("/bog/{child}/mine/{page}")
                .route(get().to(pages::own_pages::sheet))
                .route(post().to(pages::own_pages::change)),
        );
}

/// What the one a book is about decides as its owner: api/src/http/ownership.rs and its page.
fn the_owner(config: &mut ServiceConfig) {
    config
        .service(at("/api/v1/children/{child}/helpers").route(post().to(ownership::invite_helper)))
        .service(
            at("/bog/{child}/hjaelper")
                .route(get().to(pages::ownership::helper))
                .route(post().to(pages::ownership::invite)),
        )
        .service(
            at("/api/v1/children/{child}/readers")
                .route(get().to(ownership::readers))
                .route(post().to(ownership::choose_readers)),
        )
        .service(
            at("/api/v1/children/{child}/kept")
                .route(get().to(ownership::kept))
                .route(post().to(ownership::keep)),
        )
        .service(
            at("/api/v1/children/{child}/packages")
                .route(get().to(ownership::packages))
                .route(post().to(ownership::order_package)),
        )
        .service(at("/api/v1/packages/{package}").route(get().to(ownership::package)))
        .service(at("/api/v1/packages/{package}/file").route(get().to(ownership::package_file)))
        .service(at("/api/v1/packages/{package}/locked-file").route(post().to(ownership::locked_package)))
        .service(at("/bog/{child}/med/mappe/{package}").route(post().to(pages::leaving::locked)))
        .service(
            at("/bog/{child}/med")
                .route(get().to(pages::leaving::page))
                .route(post().to(pages::leaving::keep)),
        )
        .service(at("/api/v1/children/{child}/elsewhere").route(get().to(ownership::elsewhere)))
        .service(at("/bog/{child}/andre-steder").route(get().to(pages::leaving::elsewhere)))
        .service(at("/api/v1/children/{child}/afterwards").route(post().to(ownership::say_afterwards)))
        .service(at("/bog/{child}/ejer/bagefter").route(post().to(pages::ownership::say_afterwards)))
        .service(at("/bog/{child}/med/mappe").route(post().to(pages::leaving::order)))
        .service(at("/bog/{child}/med/mennesker.vcf").route(get().to(pages::leaving::contacts)))
        .service(
            at("/bog/{child}/ejer")
                .route(get().to(pages::ownership::page))
                .route(post().to(pages::ownership::choose)),
        );
}

/// A child's own device and its code, and reading for two: api/src/http/devices.rs and its pages.
fn a_childs_device(config: &mut ServiceConfig) {
    use pages::devices as page;
    config
        .service(
            at("/api/v1/children/{child}/devices")
                .route(get().to(devices::list))
                .route(post().to(devices::enrol)),
        )
        .service(at("/api/v1/devices/{device}").route(delete().to(devices::revoke)))
        .service(at("/api/v1/children/{child}/picture-code/resets").route(post().to(devices::reset)))
        .service(at("/api/v1/children/{child}/picture-code/unlockings").route(post().to(devices::unlock)))
        .service(at("/api/v1/children/{child}/openings").route(get().to(devices::openings)))
        .service(
            at("/api/v1/children/{child}/openings/{opening}/confirmations")
                .route(post().to(devices::confirm)),
        )
        .service(at("/ind/billeder").route(get().to(page::pictures)).route(post().to(page::come_in)))
        .service(at("/ind/billeder/ny").route(get().to(page::new_code)).route(post().to(page::choose)))
        .service(at("/enhed").route(get().to(page::whose)))
        .service(at("/enhed/{child}").route(get().to(page::of_child)).route(post().to(page::enrol)))
        .service(at("/enhed/{child}/fjern/{device}").route(post().to(page::revoke)))
        .service(at("/enhed/{child}/glemt").route(post().to(page::forgotten)))
        .service(at("/enhed/{child}/luk-op").route(post().to(page::unlock)))
        .service(at("/enhed/{child}/ja/{opening}").route(post().to(page::confirm)))
        .service(
            at("/bog/{child}/sammen")
                .route(get().to(pages::together::page))
                .route(post().to(pages::together::press)),
        )
        .service(at("/bog/{child}/sammen/slut").route(post().to(pages::together::end)));
}

/// Coming in with a name or with a login of one's own (api/src/oidc), and going out.
fn in_and_out(config: &mut ServiceConfig) {
    use pages::logins;
    config
        .service(
            at("/ind").route(get().to(pages::front::sign_in_page)).route(post().to(pages::front::sign_in)),
        )
        .service(at("/ud").route(get().to(logins::signed_out)).route(post().to(pages::front::sign_out)))
        .service(at("/ind/login").route(get().to(logins::list)))
        .service(at("/ind/login/{provider}").route(get().to(logins::go)))
        .service(at("/ind/login/{provider}/forbind").route(get().to(logins::connect)))
        .service(at("/ind/login/{provider}/svar").route(get().to(logins::back)))
        .service(at("/ind/login/{provider}/fjern").route(post().to(logins::forget)));
}

/// The people and the schools in a child's life: api/src/http/life.rs.
fn a_life(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/relations")
                .route(get().to(life::relations))
                .route(post().to(life::add_relation)),
        )
        .service(at("/api/v1/relations/{record}/versions").route(post().to(life::change_relation)))
        .service(
            at("/api/v1/children/{child}/schools")
                .route(get().to(life::schools))
                .route(post().to(life::add_school)),
        )
        .service(at("/api/v1/schools/{record}/versions").route(post().to(life::change_school)))
        .service(
            at("/bog/{child}/mennesker/ny")
                .route(get().to(pages::life::blank::<NewRelation>))
                .route(post().to(pages::life::add::<NewRelation>)),
        )
        .service(
            at("/bog/{child}/mennesker/{record}")
                .route(get().to(pages::life::sheet::<NewRelation>))
                .route(post().to(pages::life::change::<NewRelation>)),
        )
        .service(
            at("/bog/{child}/skoler/ny")
                .route(get().to(pages::life::blank::<NewSchool>))
                .route(post().to(pages::life::add::<NewSchool>)),
        )
        .service(
            at("/bog/{child}/skoler/{record}")
                .route(get().to(pages::life::sheet::<NewSchool>))
                .route(post().to(pages::life::change::<NewSchool>)),
        );
}

/// Brothers and sisters, and the pages they give each other: api/src/http/gifts.rs and its pages.
fn brothers_and_sisters(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/siblings")
                .route(get().to(gifts::siblings))
                .route(post().to(gifts::add_sibling)),
        )
        .service(at("/api/v1/siblings/{record}/versions").route(post().to(gifts::change_sibling)))
        .service(
            at("/api/v1/children/{child}/gifts").route(get().to(gifts::list)).route(post().to(gifts::give)),
        )
        .service(at("/api/v1/gifts/{record}").route(delete().to(gifts::end)))
        .service(at("/api/v1/gifts/{record}/answers").route(post().to(gifts::answer)))
        .service(
            at("/bog/{child}/soeskende")
                .route(get().to(pages::gifts::siblings))
                .route(post().to(pages::gifts::add_sibling)),
        )
        .service(at("/bog/{child}/soeskende/{record}").route(post().to(pages::gifts::remove_sibling)))
        .service(at("/bog/{child}/gaver").route(get().to(pages::gifts::list)))
        .service(at("/bog/{child}/gaver/{record}").route(post().to(pages::gifts::answer)))
        .service(at("/bog/{child}/gaver/{record}/ud").route(post().to(pages::gifts::end)))
        .service(
            at("/bog/{child}/side/{page}/giv")
                .route(get().to(pages::gifts::sheet))
                .route(post().to(pages::gifts::give)),
        );
}

/// How far ahead of its age a child may read: api/src/http/look_ahead.rs and its page.
fn reading_ahead(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/look-ahead")
                .route(get().to(look_ahead::get))
                .route(post().to(look_ahead::set)),
        )
        .service(
            at("/bog/{child}/laengere-frem")
                .route(get().to(pages::look_ahead::sheet))
                .route(post().to(pages::look_ahead::set)),
        );
}

/// What a child wants to reach: api/src/http/goals.rs and its pages.
fn goals_and_dreams(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/goals")
                .route(get().to(goals::goals))
                .route(post().to(goals::add_goal)),
        )
        .service(at("/api/v1/goals/{record}/versions").route(post().to(goals::change_goal)))
        .service(at("/api/v1/goals/{record}/steps").route(post().to(goals::add_step)))
        .service(at("/api/v1/goals/{record}/steps/{number}").route(post().to(goals::settle_step)))
        .service(
            at("/bog/{child}/maal").route(get().to(pages::goals::page)).route(post().to(pages::goals::add)),
        )
        .service(at("/bog/{child}/maal/{record}").route(post().to(pages::goals::change)))
        .service(at("/bog/{child}/maal/{record}/skridt").route(post().to(pages::goals::add_step)))
        .service(
            at("/bog/{child}/maal/{record}/skridt/{number}").route(post().to(pages::goals::settle_step)),
        );
}

/// When a child and its adults meet, and what it wishes of them: api/src/http/wishes.rs.
fn its_adults(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/children/{child}/meetings")
                .route(get().to(wishes::meetings))
                .route(post().to(wishes::add_meeting)),
        )
        .service(at("/api/v1/meetings/{record}/versions").route(post().to(wishes::change_meeting)))
        .service(
            at("/api/v1/children/{child}/wishes")
                .route(get().to(wishes::wishes))
                .route(post().to(wishes::add_wish)),
        )
        .service(at("/api/v1/wishes/{record}/versions").route(post().to(wishes::change_wish)))
        .service(at("/api/v1/wishes/{record}/answers").route(post().to(wishes::answer_wish)))
        .service(at("/bog/{child}/voksne").route(get().to(pages::adults::page)))
        .service(at("/bog/{child}/oensker").route(post().to(pages::adults::wish)))
        .service(at("/bog/{child}/oensker/{record}/fortryd").route(post().to(pages::adults::take_back)))
        .service(at("/bog/{child}/oensker/{record}/svar").route(post().to(pages::adults::answer)))
        .service(
            at("/bog/{child}/moeder")
                .route(get().to(pages::meetings::page))
                .route(post().to(pages::meetings::add)),
        )
        .service(at("/bog/{child}/moeder/{record}").route(post().to(pages::meetings::settle)))
        .service(
            at("/bog/{child}/samtale")
                .route(get().to(pages::talks::form))
                .route(post().to(pages::talks::tell)),
        )
        .service(at("/bog/{child}/samtaler").route(get().to(pages::talks::list)));
}

/// What a municipality's leader keeps: api/src/http/register.rs.
fn the_register(config: &mut ServiceConfig) {
    config
        .service(
            at("/api/v1/people").route(get().to(register::people)).route(post().to(register::add_person)),
        )
        .service(at("/api/v1/people/{person}/versions").route(post().to(register::correct_person)))
        .service(at("/api/v1/people/{person}/sign-in-links").route(post().to(register::make_sign_in_link)))
        .service(at("/api/v1/children/{child}/versions").route(post().to(register::correct_child)))
        .service(
            at("/api/v1/children/{child}/placements")
                .route(get().to(register::placements))
                .route(post().to(register::add_placement)),
        )
        .service(at("/api/v1/placements/{placement}/versions").route(post().to(register::change_placement)))
        .service(
            at("/api/v1/children/{child}/assignments")
                .route(get().to(register::assignments))
                .route(post().to(register::give_role)),
        )
        .service(
            at("/api/v1/assignments")
                .route(get().to(register::municipal_assignments))
                .route(post().to(register::give_municipal_role)),
        )
        .service(at("/api/v1/assignments/{assignment}/versions").route(post().to(register::end_role)));
}

/// Where the leader keeps it: api/src/http/pages/register.rs.
fn the_registers_pages(config: &mut ServiceConfig) {
    use pages::register;
    config
        .service(
            at("/overblik/nyt-barn")
                .route(get().to(register::new_child))
                .route(post().to(register::add_child)),
        )
        .service(
            at("/overblik/voksne").route(get().to(register::adults)).route(post().to(register::add_adult)),
        )
        .service(at("/overblik/voksne/{person}/link").route(post().to(register::hand_over)))
        .service(at("/overblik/{child}").route(get().to(register::child)))
        .service(at("/overblik/{child}/hjem").route(post().to(register::move_home)))
        .service(at("/overblik/{child}/hjem/{placement}").route(post().to(register::tell_place)))
        .service(at("/overblik/{child}/doed").route(post().to(register::tell_death)))
        .service(at("/overblik/{child}/roller").route(post().to(register::give_role)))
        .service(at("/overblik/{child}/roller/{assignment}").route(post().to(register::end_role)));
}

/// A resource that answers a method it does not know with a problem.
fn at(path: &str) -> actix_web::Resource {
    resource(path).default_service(web::route().to(service::method_not_allowed))
}
