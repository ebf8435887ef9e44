//! How long things are, what they dare, and whether they say what they are.

use std::ops::RangeInclusive;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Visibility};

use super::{Finding, Source};

/// A function that needs scrolling is two functions.
const FUNCTION_LINES: usize = 70;

/// A file is one idea.
const FILE_LINES: usize = 500;

/// Functions longer than 70 lines, tests among them.
pub fn long_functions(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let mut functions = Functions::default();
    functions.visit_file(&source.syntax());
    let long = functions.found.into_iter().filter(|(_, lines)| length(lines) > FUNCTION_LINES);
    long.map(|(name, lines)| source.at(*lines.start(), format!("fn {name} has {} lines", length(&lines))))
        .collect()
}

/// Files longer than 500 lines without their tests.
pub fn long_files(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let tests: usize = source.syntax().items.iter().filter_map(test_only_lines).sum();
    let lines = source.text.lines().count() - tests;
    if lines > FILE_LINES {
        vec![source.at(1, format!("{lines} lines without its tests"))]
    } else {
        Vec::new()
    }
}

/// `.unwrap()` in code that is not a test.
pub fn unwraps_outside_tests(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let mut unwraps = Unwraps::default();
    unwraps.visit_file(&source.syntax());
    unwraps.lines.into_iter().map(|line| source.at(line, "unwrap() outside a test")).collect()
}

/// Public items of `archive/` and `renderer/` without a word of documentation.
pub fn undocumented(source: &Source, all: &[Source]) -> Vec<Finding> {
    let bound = source.path.starts_with("archive/src/") || source.path.starts_with("renderer/src/");
    if !bound || !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let mut docs = Undocumented { source, all, found: Vec::new() };
    docs.visit_file(&source.syntax());
    docs.found
}

/// Whether `#[cfg(test)]` (or `#[test]`) stands on an item.
pub(super) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        let names_test = |list: &syn::MetaList| list.tokens.to_string() == "test";
        attribute.path().is_ident("test") || is_cfg && attribute.meta.require_list().is_ok_and(names_test)
    })
}

fn test_only_lines(item: &syn::Item) -> Option<usize> {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return None,
    };
    is_test_only(attributes).then(|| length(&lines_of(item)))
}

fn lines_of(node: &impl Spanned) -> RangeInclusive<usize> {
    node.span().start().line..=node.span().end().line
}

fn length(lines: &RangeInclusive<usize>) -> usize {
    lines.end() + 1 - lines.start()
}

#[derive(Default)]
struct Functions {
    found: Vec<(String, RangeInclusive<usize>)>,
}

impl Functions {
    fn note(&mut self, signature: &syn::Signature, body: &syn::Block) {
        self.found.push((signature.ident.to_string(), signature.span().start().line..=*lines_of(body).end()));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.note(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[derive(Default)]
struct Unwraps {
    lines: Vec<usize>,
}

impl<'ast> Visit<'ast> for Unwraps {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test_only(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !is_test_only(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "unwrap" && call.args.is_empty() {
            self.lines.push(call.method.span().start().line);
        }
        visit::visit_expr_method_call(self, call);
    }
}

struct Undocumented<'a> {
    source: &'a Source,
    all: &'a [Source],
    found: Vec<Finding>,
}

impl Undocumented<'_> {
    fn judge(&mut self, visibility: &Visibility, attributes: &[Attribute], name: &syn::Ident) {
        if matches!(visibility, Visibility::Public(_)) {
            self.require(attributes, name);
        }
    }

    fn require(&mut self, attributes: &[Attribute], name: &syn::Ident) {
        if !has_docs(attributes) {
            self.found.push(self.source.at(name.span().start().line, format!("{name} has no documentation")));
        }
    }

    /// `pub mod name;` may carry its documentation inside its own file.
    fn documents_itself(&self, module: &syn::ItemMod) -> bool {
        let folder =
            self.source.path.trim_end_matches(".rs").trim_end_matches("/lib").trim_end_matches("/mod");
        let places = [format!("{folder}/{}.rs", module.ident), format!("{folder}/{}/mod.rs", module.ident)];
        let own = self.all.iter().find(|source| places.contains(&source.path));
        module.content.is_none() && own.is_some_and(|source| has_docs(&source.syntax().attrs))
    }
}

fn has_docs(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc"))
}

impl<'ast> Visit<'ast> for Undocumented<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if is_test_only(&module.attrs) {
            return;
        }
        if !self.documents_itself(module) {
            self.judge(&module.vis, &module.attrs, &module.ident);
        }
        visit::visit_item_mod(self, module);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.judge(&item.vis, &item.attrs, &item.sig.ident);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.judge(&item.vis, &item.attrs, &item.ident);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.judge(&item.vis, &item.attrs, &item.ident);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.judge(&item.vis, &item.attrs, &item.ident);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.judge(&item.vis, &item.attrs, &item.ident);
        if matches!(item.vis, Visibility::Public(_)) {
            for field in &item.fields {
                field.ident.iter().for_each(|name| self.judge(&field.vis, &field.attrs, name));
            }
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.judge(&item.vis, &item.attrs, &item.ident);
        if matches!(item.vis, Visibility::Public(_)) {
            item.variants.iter().for_each(|variant| self.require(&variant.attrs, &variant.ident));
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.judge(&item.vis, &item.attrs, &item.ident);
        let functions = item.items.iter().filter_map(|item| match item {
            syn::TraitItem::Fn(function) => Some(function),
            _ => None,
        });
        if matches!(item.vis, Visibility::Public(_)) {
            functions.for_each(|function| self.require(&function.attrs, &function.sig.ident));
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.judge(&item.vis, &item.attrs, &item.sig.ident);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.judge(&item.vis, &item.attrs, &item.ident);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> String {
        "    step();\n".repeat(count)
    }

    #[test]
    fn a_function_that_needs_scrolling_is_seen_wherever_it_stands() {
        let free = Source::new("api/src/a.rs", &format!("fn receive() {{\n{}}}\n", lines(69)));
        assert_eq!(long_functions(&free), [Finding("api/src/a.rs:1: fn receive has 71 lines".into())]);
        let method = format!("impl A {{\n#[doc = \"x\"]\nfn seal(&self)\n{{\n{}}}\n}}", lines(70));
        assert_eq!(long_functions(&Source::new("a.rs", &method)).len(), 1);
        let good = Source::new("api/src/a.rs", &format!("fn receive() {{\n{}}}\n", lines(68)));
        assert_eq!(long_functions(&good), []);
    }

    #[test]
    fn a_file_is_measured_without_its_tests() {
        let functions = "fn a() {}\n".repeat(501);
        assert_eq!(long_files(&Source::new("api/src/a.rs", &functions)).len(), 1);
        let tested =
            format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "fn a() {}\n".repeat(400), lines_in_tests());
        assert_eq!(long_files(&Source::new("api/src/a.rs", &tested)), []);
    }

    fn lines_in_tests() -> String {
        "fn b() {}\n".repeat(300)
    }

    #[test]
    fn an_unwrap_is_for_tests_only() {
        let text = "fn a() { b().unwrap(); }\n#[cfg(test)]\nmod tests { fn c() { b().unwrap(); } }";
        let found = unwraps_outside_tests(&Source::new("api/src/a.rs", text));
        assert_eq!(found, [Finding("api/src/a.rs:1: unwrap() outside a test".into())]);
        assert_eq!(unwraps_outside_tests(&Source::new("api/src/a.rs", "fn a() { b().unwrap_or(1); }")), []);
    }

    #[test]
    fn a_public_thing_without_a_word_is_seen() {
        let bare = "pub mod x;\npub struct A { pub b: u8, c: u8 }\npub enum E { F }\nimpl A { pub fn g() {} fn h() {} }
            pub trait T { fn i(); }\npub const J: u8 = 1;\npub fn k() {}\npub type L = u8;\nfn m() {}";
        let found = undocumented(&Source::new("archive/src/lib.rs", bare), &[]);
        assert_eq!(found.len(), 11, "{found:?}");
        let documented = "/// A.\npub struct A { /// B.\n pub b: u8 }\nimpl T for A { fn i() {} }";
        assert_eq!(undocumented(&Source::new("archive/src/a.rs", documented), &[]), []);
    }

    #[test]
    fn a_module_may_document_itself_in_its_own_file() {
        let lib = Source::new("renderer/src/lib.rs", "pub mod book;");
        let silent = Source::new("renderer/src/book.rs", "");
        assert_eq!(undocumented(&lib, &[silent]).len(), 1);
        let speaking = Source::new("renderer/src/book.rs", "//! The book as a value.");
        assert_eq!(undocumented(&lib, &[speaking]), []);
    }
}
