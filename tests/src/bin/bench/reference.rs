//! What the hardware and actix allow: a PUT that hashes, writes and fsyncs, and a page from memory. Nothing else.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::{App, HttpResponse, HttpServer, web};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

struct Shelf {
    folder: PathBuf,
    page: web::Bytes,
    taken: AtomicU64,
}

/// `bench reference PORT FOLDER`: serves until killed. The page is `FOLDER/page.html`.
pub fn serve() {
    let mut arguments = std::env::args().skip(2);
    let port: u16 = arguments.next().and_then(|port| port.parse().ok()).expect("a port");
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let page = std::fs::read(folder.join("page.html")).unwrap_or_default().into();
    let shelf = web::Data::new(Shelf { folder, page, taken: AtomicU64::new(0) });
    let server = move || {
        App::new()
            .app_data(shelf.clone())
            .route("/page", web::get().to(page_from_memory))
            .route("/{name}", web::put().to(take))
    };
    let run = HttpServer::new(server).workers(2).tcp_nodelay(true).bind(("127.0.0.1", port)).unwrap().run();
    actix_web::rt::System::new().block_on(run).unwrap();
}

async fn page_from_memory(shelf: web::Data<Shelf>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(shelf.page.clone())
}

/// Durable when answered: the file and its folder are synced.
async fn take(shelf: web::Data<Shelf>, mut body: web::Payload) -> actix_web::Result<HttpResponse> {
    let number = shelf.taken.fetch_add(1, Ordering::Relaxed);
    let (staged, kept) = (shelf.folder.join(format!("{number}.part")), shelf.folder.join(number.to_string()));
    let mut file = File::create(&staged)?;
    let mut digest = Sha256::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk?;
        digest.update(&chunk);
        file.write_all(&chunk)?;
    }
    web::block(move || {
        file.sync_all()?;
        std::fs::rename(&staged, &kept)?;
        File::open(kept.parent().unwrap())?.sync_all()
    })
    .await??;
    Ok(HttpResponse::Created().body(hex::encode(digest.finalize())))
}
