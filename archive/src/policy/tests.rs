use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn class(name: &str) -> RetentionClass {
    name.parse().unwrap()
}

/// A child born on 3 May 2017 whose entry was deposited on 23 November 2026.
fn facts() -> Facts {
    Facts {
        object: ObjectId(Uuid::from_u128(1)),
        birth: Some(day("2017-05-03")),
        case_closed: None,
        deposited: day("2026-11-23"),
        holds: BTreeSet::new(),
        promise: Promise::default(),
    }
}

#[test]
fn the_shipped_policy_decides_as_this_table_says() {
    let policy = Policy::embedded();
    let closed = Facts { case_closed: Some(day("2035-05-03")), ..facts() };
    let late = Facts { case_closed: Some(day("2100-01-01")), ..facts() };
    let unborn = Facts { birth: None, ..facts() };
    let held = Facts { holds: [Hold::Person].into(), ..facts() };
    let leap = Facts { birth: Some(day("2016-02-29")), ..facts() };
    let table: [(&str, &Facts, &str, Option<&str>); 14] = [
        ("book_entry", &facts(), "2026-11-23", Some("2117-05-03")),
        ("book_entry", &facts(), "2117-05-02", Some("2117-05-03")),
        ("book_entry", &facts(), "2117-05-03", None),
        ("book_entry", &leap, "2116-02-28", Some("2116-02-29")),
        ("book_entry", &unborn, "2200-01-01", Some("open")),
        ("book_entry", &held, "2200-01-01", Some("open")),
        ("case_record", &facts(), "2200-01-01", Some("open")),
        ("case_record", &closed, "2100-01-01", Some("2117-05-03")),
        ("case_record", &closed, "2117-05-03", None),
        ("case_record", &late, "2117-05-03", Some("2130-01-01")),
        ("edition", &facts(), "2056-11-22", Some("2056-11-23")),
        ("edition", &facts(), "2056-11-23", None),
        ("audit_event", &facts(), "2126-11-22", Some("2126-11-23")),
        ("register", &unborn, "2126-11-23", None),
    ];
    for (name, facts, today, kept) in table {
        let decision = policy.decide(&class(name), facts, day(today)).unwrap();
        let found = match &decision {
            Decision::Keep { until: Until::Open, .. } => Some("open".to_owned()),
            Decision::Keep { until: Until::Day(day), .. } => Some(day.to_string()),
            Decision::MayDispose(_) => None,
        };
        assert_eq!(found.as_deref(), kept, "{name} on {today}");
    }
}

#[test]
fn a_hundred_years_from_29_february_end_on_1_march_when_that_year_has_none() {
    assert_eq!(years_after(day("2000-02-29"), 100), Some(day("2100-03-01")));
    assert_eq!(years_after(day("2000-02-29"), 400), Some(day("2400-02-29")));
}

#[test]
fn a_warrant_is_for_one_object_and_names_the_policy() {
    let policy = Policy::embedded();
    let decision = policy.decide(&class("edition"), &facts(), day("2090-01-01")).unwrap();
    let Decision::MayDispose(warrant) = decision else { panic!("{decision:?}") };
    let grounds = warrant.grounds();
    assert_eq!((grounds.object, grounds.policy), (facts().object, policy.digest()));
    assert_eq!((grounds.approvals, grounds.decided), (2, day("2090-01-01")));
    assert!(!grounds.reasons.is_empty());
    assert_eq!(grounds.uphold(), Some(warrant));
}

#[test]
fn a_class_that_the_policy_does_not_know_is_never_disposed_of() {
    let decided = Policy::embedded().decide(&class("unheard_of"), &facts(), day("2900-01-01"));
    assert_eq!(decided, Err(UnknownClass(class("unheard_of"))));
}

#[test]
fn every_problem_of_a_policy_is_told_with_its_place() {
    let text = r#"
        version = 2
        colour = "red"
        [disposal]
        approvals = 1
        [class.Book]
        [class.edition]
        da = "Udgaver"
        keep = [{ years = 0, from = "deposit" }, { years = 5, from = "yesterday" }]
        [class.register]
        da = "a"
        en = "b"
        keep = []
    "#;
    let problems = Policy::parse(text).unwrap_err();
    let mut places: Vec<_> = problems.iter().map(|problem| problem.place.as_str()).collect();
    places.sort();
    let expected = [
        "class.Book",
        "class.edition.en",
        "class.edition.keep[0].years",
        "class.edition.keep[1].from",
        "class.register.keep",
        "colour",
        "disposal.approvals",
        "version",
    ];
    assert_eq!(places, expected);
    assert_eq!(Policy::parse("version = ").unwrap_err().len(), 1);
    assert_eq!(Policy::parse("version = 1").unwrap_err().len(), 2);
}

#[test]
fn the_policy_says_in_plain_words_what_it_does() {
    let policy = Policy::embedded();
    let danish = policy.explain(Language::Danish, Some(&class("case_record")));
    assert_eq!(
        danish,
        "case_record: Papirer fra barnets sag, lagt i arkivet.\n  \
         Gemmes til 100 år efter barnets fødsel, og til 30 år efter, at sagen blev lukket; det, der varer længst, \
         gælder.\n  Så længe sagen er åben, er der ingen udløbsdag.\n\n\
         Intet forsvinder af sig selv. Når tiden er gået, skal 2 forskellige personer godkende det,\n\
         og ingen må have bedt om, at det bliver. Det, der er lovet, kan forlænges, men aldrig forkortes.\n"
    );
    let english = policy.explain(Language::English, None);
    assert!(english.contains("book_entry: Pictures, stories, letters"));
    assert!(english.contains("Kept until 100 years after the child's birth."));
    let rule = Rule { from: Anchor::Birth, years: 100 };
    let reason = Reason::Rule { rule, until: rule.until(&facts()) };
    assert_eq!(
        reason.words(Language::Danish),
        "Gemmes til 100 år efter barnets fødsel, altså til 3. maj 2117."
    );
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let anchor = prop_oneof![Just(Anchor::Birth), Just(Anchor::CaseClosed), Just(Anchor::Deposit)];
    prop::collection::vec((anchor, 1_u16..200).prop_map(|(from, years)| Rule { from, years }), 1..4)
}

fn policy(rules: &[Rule]) -> Policy {
    let name = |from| match from {
        Anchor::Birth => "birth",
        Anchor::CaseClosed => "case_closed",
        Anchor::Deposit => "deposit",
    };
    let listed =
        rules.iter().map(|rule| format!("{{ years = {}, from = \"{}\" }}", rule.years, name(rule.from)));
    let keep = listed.collect::<Vec<_>>().join(", ");
    let text = format!(
        "version = 1\n[disposal]\napprovals = 2\n[class.edition]\nda = \"a\"\nen = \"b\"\nkeep = [{keep}]"
    );
    Policy::parse(&text).unwrap()
}

fn until(policy: &Policy, facts: &Facts) -> Until {
    match policy.decide(&class("edition"), facts, day("1900-01-01")).unwrap() {
        Decision::Keep { until, .. } => until,
        Decision::MayDispose(warrant) => panic!("{warrant:?}"),
    }
}

#[test]
fn what_lies_with_the_wrong_child_may_go_at_once_but_never_while_it_is_held() {
    let policy = Policy::embedded();
    let misfiled = Misfiled::CopiedTo(ObjectId(Uuid::from_u128(2)));
    let today = day("2026-11-23");
    let decision = policy.decide_misfiled(&class("book_entry"), &facts(), misfiled, today).unwrap();
    let Decision::MayDispose(warrant) = decision else { panic!("{decision:?}") };
    assert_eq!(warrant.grounds().reasons, [Reason::Misfiled(misfiled)]);
    assert_eq!(warrant.grounds().uphold(), Some(warrant));
    let held = Facts { holds: [Hold::Dispute].into(), ..facts() };
    let decision = policy.decide_misfiled(&class("book_entry"), &held, misfiled, today).unwrap();
    assert!(matches!(decision, Decision::Keep { until: Until::Open, .. }));
    assert!(policy.decide_misfiled(&class("unheard_of"), &facts(), misfiled, today).is_err());
}

#[test]
fn grounds_that_no_policy_gives_are_not_upheld() {
    let policy = Policy::embedded();
    let decision = policy.decide(&class("book_entry"), &facts(), day("2117-05-03")).unwrap();
    let Decision::MayDispose(warrant) = decision else { panic!("{decision:?}") };
    let good = warrant.grounds().clone();
    let early = Grounds { decided: day("2117-05-02"), ..good.clone() };
    let alone = Grounds { approvals: 1, ..good.clone() };
    let held = Grounds { reasons: vec![Reason::Hold(Hold::Person)], ..good.clone() };
    let none = Grounds { reasons: Vec::new(), ..good };
    for grounds in [early, alone, held, none] {
        assert_eq!(grounds.uphold(), None, "{grounds:?}");
    }
}

fn holds() -> impl Strategy<Value = BTreeSet<Hold>> {
    let hold = prop_oneof![
        Just(Hold::Person),
        Just(Hold::Dispute),
        Just(Hold::Request),
        Just(Hold::NationalArchive)
    ];
    prop::collection::btree_set(hold, 1..4)
}

proptest! {
    #[test]
    fn a_held_object_never_gets_a_warrant(rules in rules(), holds in holds(), years in 0_u16..1000) {
        let (policy, edition) = (policy(&rules), class("edition"));
        let held = Facts { case_closed: Some(day("1950-01-01")), holds, ..facts() };
        let today = years_after(day("2026-11-23"), years).unwrap();
        let misfiled = Misfiled::CopiedTo(held.object);
        for decision in [policy.decide(&edition, &held, today), policy.decide_misfiled(&edition, &held, misfiled, today)] {
            let kept = matches!(decision, Ok(Decision::Keep { until: Until::Open, .. }));
            prop_assert!(kept);
        }
    }

    #[test]
    fn a_new_policy_only_ever_lengthens_what_was_promised(old in rules(), new in rules(), closed in any::<bool>()) {
        let (old, new) = (policy(&old), policy(&new));
        let before = Facts { case_closed: closed.then(|| day("2035-01-01")), ..facts() };
        let promise = old.promise(&class("edition")).unwrap();
        let after = Facts { promise: promise.clone(), ..before.clone() };
        let kept = until(&new, &after);
        prop_assert_eq!(kept, until(&old, &before).max(until(&new, &before)));
        // The promise survives being stored.
        let stored = serde_json::to_string(&promise).unwrap();
        prop_assert_eq!(serde_json::from_str::<Promise>(&stored).unwrap(), promise);
    }
}
