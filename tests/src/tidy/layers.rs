//! Who may stand on whom.

use std::collections::BTreeMap;

use super::Finding;

/// The layer table: a crate of ours, and the crates of ours it may use.
const LAYERS: [(&str, &[&str]); 7] = [
    ("archive", &[]),
    ("avid", &[]),
    ("web", &[]),
    ("migrations", &[]),
    ("renderer", &["web"]),
    ("api", &["archive", "avid", "renderer", "web", "migrations"]),
    ("tests", &["api", "archive", "renderer"]),
];

/// Crates of ours that stand on one they may not know, and crates the table does not know.
pub fn layer_breaches(manifests: &BTreeMap<String, toml::Table>) -> Vec<Finding> {
    manifests.iter().flat_map(|(name, manifest)| breaches_of(name, manifest)).collect()
}

fn breaches_of(name: &str, manifest: &toml::Table) -> Vec<Finding> {
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
        return vec![Finding(format!("{name}/Cargo.toml: a crate the layer table does not know"))];
    };
    let is_breach = |used: &String| is_ours(used) && used != name && !allowed.contains(&used.as_str());
    let breaches = dependencies(manifest).into_iter().filter(is_breach);
    breaches.map(|used| Finding(format!("{name}/Cargo.toml: {name} may not use {used}"))).collect()
}

fn is_ours(name: &str) -> bool {
    LAYERS.iter().any(|(layer, _)| *layer == name)
}

fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let named = tables.iter().filter_map(|table| manifest.get(*table)?.as_table());
    named.flat_map(|table| table.keys().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(name: &str, manifest: &str) -> BTreeMap<String, toml::Table> {
        BTreeMap::from([(name.to_owned(), toml::from_str(manifest).unwrap())])
    }

    #[test]
    fn the_archive_may_not_know_the_renderer() {
        let bad = workspace("archive", "[dependencies]\nsha2 = '1'\nrenderer = { path = '../renderer' }");
        assert_eq!(
            layer_breaches(&bad),
            [Finding("archive/Cargo.toml: archive may not use renderer".into())]
        );
    }

    #[test]
    fn a_test_of_a_lower_crate_may_not_reach_up_either() {
        assert_eq!(layer_breaches(&workspace("web", "[dev-dependencies]\napi.workspace = true")).len(), 1);
        assert_eq!(layer_breaches(&workspace("renderer", "[dependencies]\nweb.workspace = true")), []);
    }

    #[test]
    fn a_new_crate_needs_a_place_in_the_table() {
        assert_eq!(layer_breaches(&workspace("helpers", "")).len(), 1);
    }
}
