//! Every union of a document takes each of its members' values for that member and gives them back
//! equal: of the fixtures always, of real documents where `CLIENTSMITH_DOCUMENTS` names a folder.
//!
//! For each member values are made from its schema, always the same ones, and a validator that is not
//! ours says which fit that member and no other. What a discriminator demands beyond that is written
//! into them. Values that do not become their member, or do not come back equal, are bugs, or stand
//! in `exceptions.toml` by the place of the member, with the reason.

mod cases;
#[path = "../examples/collect.rs"]
#[allow(dead_code, reason = "only what the comparison needs")]
mod collect;
#[path = "../examples/compare.rs"]
mod compare;
mod maker;
#[path = "../prism/pattern.rs"]
mod pattern;
mod program;

use std::collections::{BTreeMap, BTreeSet};

use clientsmith::emit::RuntimeSource;
use clientsmith::read;
use clientsmith_tests::{Fixture, repository};
use serde_json::Value;

use cases::{Cases, WANTED};
use compare::Forms;
use program::{Outcome, Workspace};

/// The methods of a path item.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

#[test]
fn unions_of_the_fixtures_take_what_their_members_take() {
    let counts = check("unions-of-fixtures", Fixture::all());
    assert!(counts.unions >= 40, "only {} unions", counts.unions);
    assert!(counts.values >= 1000, "only {} values", counts.values);
}

#[test]
fn unions_of_whole_documents_take_what_their_members_take() {
    let documents = clientsmith_tests::whole_documents();
    if !documents.is_empty() {
        check("unions-of-documents", documents);
    }
}

#[derive(Debug, Default)]
struct Counts {
    unions: usize,
    members: usize,
    values: usize,
    excepted: usize,
    forms: Forms,
}

/// A document on its way.
struct Subject {
    fixture: Fixture,
    root: Value,
    cases: Cases,
}

fn check(workspace: &str, fixtures: Vec<Fixture>) -> Counts {
    let mut workspace = Workspace::new(workspace);
    let mut subjects = Vec::new();
    let mut counts = Counts::default();
    for fixture in fixtures {
        let Ok(document) = read::read(&fixture.path) else {
            continue;
        };
        let root = document.root;
        let runtime = repository().join("runtime").display().to_string();
        let generated = fixture.generate(RuntimeSource::Path(runtime));
        let cases = cases::of(&generated, &root, &fixture.config);
        counts.unions += cases.unions.len();
        counts.members += cases.members.len();
        let (Some(tree), false) = (&generated.tree, cases.values.is_empty()) else {
            continue;
        };
        print(&fixture.name, &cases);
        workspace.add(
            &fixture.config.crate_name,
            tree,
            &cases.unions,
            &cases.values,
        );
        subjects.push(Subject {
            fixture,
            root,
            cases,
        });
    }
    workspace.build();
    let exceptions = exceptions();
    let mut problems = Vec::new();
    for subject in &subjects {
        let outcomes = workspace.run(&subject.fixture.config.crate_name);
        problems.extend(judge(subject, outcomes, &exceptions, &mut counts));
    }
    println!("{counts:?}");
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
    counts
}

/// Says how many values were found; of which members there are fewer than wanted where asked.
fn print(name: &str, cases: &Cases) {
    let full = cases.members.iter().filter(|(_, count)| *count >= WANTED);
    let none = cases.members.iter().filter(|(_, count)| *count == 0);
    println!(
        "{name}: {} unions, {} members, {} of them with {WANTED} values that fit no other, {} with \
         none, {} values; {} unions stand in no `oneOf` or `anyOf`",
        cases.unions.len(),
        cases.members.len(),
        full.count(),
        none.count(),
        cases.values.len(),
        cases.elsewhere.len(),
    );
    if std::env::var_os("CLIENTSMITH_VERBOSE").is_some() {
        for (at, count) in cases.members.iter().filter(|(_, count)| *count < WANTED) {
            println!("  {count} of {at}");
        }
        for at in &cases.elsewhere {
            println!("  no list of members at {at}");
        }
    }
}

fn judge(
    subject: &Subject,
    outcomes: Vec<Outcome>,
    exceptions: &Exceptions,
    counts: &mut Counts,
) -> Vec<String> {
    let name = &subject.fixture.name;
    assert_eq!(outcomes.len(), subject.cases.values.len(), "{name}");
    let mut problems = Vec::new();
    let listed = exceptions.get(name);
    let mut needed = BTreeSet::new();
    let mut failing: BTreeMap<String, usize> = BTreeMap::new();
    for (case, outcome) in subject.cases.values.iter().zip(outcomes) {
        counts.values += 1;
        let result = outcome.and_then(|(member, after)| {
            if !member.is_some_and(|member| case.expected.contains(&member)) {
                return Err(format!("member {member:?}, not {:?}", case.expected));
            }
            let example = collect::Example {
                at: case.member.clone(),
                schema: case.schema.clone(),
                ty: String::new(),
                sent: case.sent,
                value: &case.value,
                expected: None,
                is_known: true,
            };
            compare::compare(&subject.root, &example, &after, &mut counts.forms)
        });
        let Err(problem) = result else { continue };
        let at = case.member.to_string();
        if listed.is_some_and(|list| list.contains_key(&at)) {
            counts.excepted += 1;
            needed.insert(at);
            continue;
        }
        let count = failing.entry(at.clone()).or_default();
        *count += 1;
        if *count == 1 {
            problems.push(format!("{name} {at}: {problem}\n    {}", case.value));
        }
    }
    for (at, count) in failing.iter().filter(|(_, count)| **count > 1) {
        problems.push(format!("{name} {at}: {count} in all"));
    }
    for at in listed.into_iter().flat_map(BTreeMap::keys) {
        if !needed.contains(at) {
            problems.push(format!("{name} {at}: passes; remove the exception"));
        }
    }
    problems
}

/// By document, by place of the member: the reason.
type Exceptions = BTreeMap<String, BTreeMap<String, String>>;

fn exceptions() -> Exceptions {
    let listed: Exceptions =
        toml::from_str(include_str!("exceptions.toml")).expect("a list of exceptions");
    let mut reasons = listed.values().flat_map(BTreeMap::values);
    assert!(
        reasons.all(|reason| reason.len() > 10),
        "each exception has its reason"
    );
    listed
}
