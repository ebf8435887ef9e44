//! The house rules hold in every committed file. What each rule sees is tested beside it, in `tests/src/tidy`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tests::tidy::{self, Finding, Source};

fn everywhere(rule: impl Fn(&Source) -> Vec<Finding>) -> Vec<Finding> {
    tidy::sources().iter().flat_map(rule).collect()
}

#[track_caller]
fn none(found: Vec<Finding>) {
    let lines: Vec<String> = found.into_iter().map(|finding| finding.0).collect();
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}

#[test]
fn the_layers_hold() {
    none(tidy::layer_breaches(&tidy::manifests()));
}

#[test]
fn no_function_needs_scrolling() {
    none(everywhere(tidy::long_functions));
}

#[test]
fn a_file_is_one_idea() {
    none(everywhere(tidy::long_files));
}

#[test]
fn nothing_unwraps_outside_tests() {
    none(everywhere(tidy::unwraps_outside_tests));
}

#[test]
fn no_line_is_drawn_in_comments() {
    none(everywhere(tidy::banners));
}

#[test]
fn nothing_is_marked_unfinished() {
    none(everywhere(tidy::unfinished_marks));
}

#[test]
fn what_the_archive_and_the_renderer_offer_is_documented() {
    let all = tidy::sources();
    none(all.iter().flat_map(|source| tidy::undocumented(source, &all)).collect());
}

#[test]
fn only_problem_names_status_codes() {
    none(everywhere(tidy::status_codes_outside_problem));
}

#[test]
fn only_the_db_module_uses_the_database() {
    none(everywhere(tidy::database_outside_db));
}

#[test]
fn no_file_names_a_machine() {
    none(everywhere(tidy::machine_names));
}
