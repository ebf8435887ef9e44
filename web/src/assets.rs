//! What is served under `/web/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file served under `/web/`.
#[derive(Debug)]
pub struct Asset {
    /// The content.
    pub bytes: &'static [u8],
    /// What it is, for the `Content-Type` header.
    pub media_type: &'static str,
    /// Changes with the content: the start of its sha-256 in hexadecimal, without quotation marks.
    pub etag: String,
    /// Never changes under this name and may be kept for a year also without `?v=`.
    pub lasting: bool,
}

macro_rules! embed {
    ($($folder:literal / $name:literal),* $(,)?) => {
        [$((concat!($folder, "/", $name), include_bytes!(concat!("../", $folder, "/", $name)).as_slice())),*]
    };
}

/// Every served file; the test below compares the list with the folders.
static FILES: [(&str, &[u8]); 38] = embed![
    "assets" / "adults.css",
    "assets" / "aloud.js",
    "assets" / "app.webmanifest",
    "assets" / "book.css",
    "assets" / "book.js",
    "assets" / "chosen.js",
    "assets" / "contribute.css",
    "assets" / "contribute.js",
    "assets" / "dark.css",
    "assets" / "drafts.js",
    "assets" / "editions.js",
    "assets" / "forms.css",
    "assets" / "help.js",
    "assets" / "icon-192.png",
    "assets" / "icon-512.png",
    "assets" / "icon-whole.png",
    "assets" / "icon.svg",
    "assets" / "offline.js",
    "assets" / "own_page.css",
    "assets" / "own_page.js",
    "assets" / "owner.css",
    "assets" / "package.css",
    "assets" / "pictures.js",
    "assets" / "press.css",
    "assets" / "press.js",
    "assets" / "reading.css",
    "assets" / "requests.css",
    "assets" / "rights.css",
    "assets" / "send.js",
    "assets" / "spots.js",
    "assets" / "standalone.css",
    "assets" / "uploads.js",
    "assets" / "worker.js",
    "fonts" / "livsbog-read-bold.woff2",
    "fonts" / "livsbog-read-regular.woff2",
    "fonts" / "livsbog-story-italic.woff2",
    "fonts" / "livsbog-story-regular.woff2",
    "fonts" / "livsbog-story-semibold.woff2",
];

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(path, bytes)| {
            let name = path.strip_prefix("assets/").unwrap_or(path);
            let etag = hex::encode(&Sha256::digest(bytes)[..8]);
            (name, Asset { bytes, media_type: media_type(name), etag, lasting: name.starts_with("fonts/") })
        })
        .collect()
});

/// The file at `path` under `/web/`, for example `book.css` or `fonts/livsbog-read-bold.woff2`.
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.get(path)
}

/// Every path [`asset`] knows, with its file.
pub fn assets() -> impl Iterator<Item = (&'static str, &'static Asset)> {
    ASSETS.iter().map(|(path, asset)| (*path, asset))
}

/// The address of a file, carrying its content's hash so that it may be kept for ever.
pub fn asset_href(path: &str) -> Option<String> {
    asset(path).map(|asset| format!("/web/{path}?v={}", asset.etag))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_in_the_folders_is_served() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = BTreeSet::new();
        for folder in ["assets", "fonts"] {
            for entry in root.join(folder).read_dir().unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if folder == "assets" || name.ends_with(".woff2") {
                    found.insert(format!("{folder}/{name}"));
                }
            }
        }
        assert_eq!(found, FILES.iter().map(|(path, _)| (*path).to_owned()).collect());
    }

    #[test]
    fn an_address_carries_the_content_hash() {
        let style = asset("book.css").unwrap();
        assert_eq!(asset_href("book.css").unwrap(), format!("/web/book.css?v={}", style.etag));
        assert_eq!(asset_href("../Cargo.toml"), None);
    }

    #[test]
    fn styles_fetch_only_files_we_serve() {
        for (path, file) in assets().filter(|(path, _)| path.ends_with(".css")) {
            let style = std::str::from_utf8(file.bytes).unwrap();
            for part in style.split("url(").skip(1) {
                let target = part.split(')').next().unwrap().trim_matches('"');
                assert!(asset(target).is_some(), "{path} asks for {target}");
            }
        }
    }

    /// In a language from right to left the page is the other way round: styles say start and end, never a side.
    #[test]
    fn styles_name_no_side() {
        for (path, file) in assets().filter(|(path, _)| path.ends_with(".css")) {
            let style = std::str::from_utf8(file.bytes).unwrap();
            for declaration in style.split([';', '{', '}']) {
                let (name, value) = declaration.split_once(':').unwrap_or_default();
                let sided =
                    |words: &str| words.split([' ', '-']).any(|word| ["left", "right"].contains(&word));
                assert!(!sided(name.trim()) && !sided(value.trim()), "{path}: {declaration}");
            }
        }
    }

    #[test]
    fn scripts_import_only_files_we_serve() {
        for (path, file) in assets().filter(|(path, _)| path.ends_with(".js")) {
            let script = std::str::from_utf8(file.bytes).unwrap();
            for line in script.lines().filter(|line| line.starts_with("import ")) {
                let target = line.split("\"./").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
                assert!(asset(target).is_some(), "{path} imports {target}");
            }
        }
    }
}
