//! Names that belong in one place of the house.

use proc_macro2::Span;
use syn::visit::{self, Visit};

use super::{Finding, Source};

/// Where answers get their status: the only file that names one.
const PROBLEM: &str = "api/src/problem.rs";

/// What a handler may answer with by name; everything else is a refusal and goes through [`PROBLEM`].
const CONTENT_ANSWERS: [&str; 8] =
    ["Ok", "Created", "Accepted", "NoContent", "PartialContent", "NotModified", "SeeOther", "new"];

/// Status codes named outside `api/src/problem.rs`.
pub fn status_codes_outside_problem(source: &Source) -> Vec<Finding> {
    if source.path == PROBLEM || !is_product(source) {
        return Vec::new();
    }
    let mut names = Names { found: Vec::new(), is_wrong: names_a_status };
    names.visit_file(&source.syntax());
    findings(source, names, "names a status: that is api/src/problem.rs's work")
}

/// The object-relational mapper used outside `api/src/db` and `migrations/`.
pub fn database_outside_db(source: &Source) -> Vec<Finding> {
    let at_home = source.path.starts_with("api/src/db") || source.path.starts_with("migrations/");
    if at_home || !is_product(source) {
        return Vec::new();
    }
    let mut names = Names { found: Vec::new(), is_wrong: names_the_database };
    names.visit_file(&source.syntax());
    findings(source, names, "uses the database: that is api/src/db's work")
}

fn is_product(source: &Source) -> bool {
    source.is_rust() && !source.is_test()
}

fn findings(source: &Source, names: Names, what: &str) -> Vec<Finding> {
    let mut found: Vec<Finding> = names.found.iter().map(|span| source.at(span.start().line, what)).collect();
    found.dedup();
    found
}

fn names_a_status(path: &[String]) -> bool {
    let pair = |at: usize| path.get(at + 1).map(String::as_str);
    path.iter().enumerate().any(|(at, segment)| match segment.as_str() {
        "StatusCode" => true,
        "HttpResponse" | "HttpResponseBuilder" => pair(at)
            .is_some_and(|name| name.starts_with(char::is_uppercase) && !CONTENT_ANSWERS.contains(&name)),
        "error" => pair(at).is_some_and(|name| name.starts_with("Error") && name.len() > 5),
        _ => false,
    })
}

fn names_the_database(path: &[String]) -> bool {
    path.first().is_some_and(|first| first.starts_with("sea_orm") || first == "sqlx" || first == "sea_query")
}

/// Collects the paths, in expressions, types and imports, that `is_wrong` calls wrong. Test modules are passed over.
struct Names {
    found: Vec<Span>,
    is_wrong: fn(&[String]) -> bool,
}

impl Names {
    fn judge_import(&mut self, tree: &syn::UseTree, before: &[String]) {
        let mut path = before.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.judge_import(&step.tree, &path);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.judge_import(item, before)),
            syn::UseTree::Name(name) => self.judge(path, name.ident.to_string(), name.ident.span()),
            syn::UseTree::Rename(name) => self.judge(path, name.ident.to_string(), name.ident.span()),
            syn::UseTree::Glob(star) => self.judge(path, "*".to_owned(), star.star_token.spans[0]),
        }
    }

    fn judge(&mut self, mut path: Vec<String>, last: String, span: Span) {
        path.push(last);
        if (self.is_wrong)(&path) {
            self.found.push(span);
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !super::shape::is_test_only(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.judge_import(&import.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if (self.is_wrong)(&segments) {
            self.found.push(path.segments[0].ident.span());
        }
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handler(body: &str) -> Source {
        Source::new("api/src/http/media.rs", &format!("async fn take() -> Answer {{ {body} }}"))
    }

    #[test]
    fn a_handler_may_not_name_a_refusal() {
        for bad in [
            "HttpResponse::NotFound().finish()",
            "HttpResponse::build(StatusCode::IM_A_TEAPOT).finish()",
            "actix_web::error::ErrorBadRequest(cause)",
        ] {
            assert_eq!(status_codes_outside_problem(&handler(bad)).len(), 1, "{bad}");
        }
        let import = Source::new("api/src/http/a.rs", "use actix_web::{HttpResponse, http::StatusCode};");
        assert_eq!(status_codes_outside_problem(&import).len(), 1);
        assert_eq!(status_codes_outside_problem(&handler("HttpResponse::Created().json(media)")), []);
    }

    #[test]
    fn only_the_db_module_speaks_to_the_database() {
        let bad = Source::new("api/src/http/books.rs", "use sea_orm::{EntityTrait, QueryFilter};");
        assert_eq!(database_outside_db(&bad).len(), 1);
        let bad = Source::new("api/src/upload.rs", "fn f(db: &sea_orm::DatabaseConnection) {}");
        assert_eq!(database_outside_db(&bad).len(), 1);
        assert_eq!(database_outside_db(&Source { path: "api/src/db/media.rs".into(), ..bad }), []);
    }
}
