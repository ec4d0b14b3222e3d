//! `docs/callers.md`: the programs are shown as they are, and the lines are counted right.

use std::fs;

use clientsmith_tests::repository;

use crate::{names, program};

/// A task on the page: our program and the same one by somebody else's crate.
struct Task<'p> {
    ours: &'p str,
    theirs: &'p str,
}

#[test]
fn the_page_shows_the_programs_as_they_are() {
    let page = fs::read_to_string(repository().join("docs/callers.md")).unwrap();
    for name in names() {
        let task = Task::on(&page, &name);
        let file = fs::read_to_string(program(&name)).unwrap();
        assert_eq!(
            task.ours, file,
            "docs/callers.md has another program than {name}.rs"
        );
        let row = format!("| [{name}](#{name}) |");
        let row = page.lines().find(|line| line.starts_with(&row));
        let row = row.unwrap_or_else(|| panic!("docs/callers.md has no row of {name}"));
        let ([ours, ours_in_main], [theirs, theirs_in_main]) =
            (lines(task.ours), lines(task.theirs));
        let counts = format!("| {ours} ({ours_in_main}) | {theirs} ({theirs_in_main}) |");
        assert!(row.ends_with(&counts), "{row}\nends with {counts}");
        assert!(
            ours <= theirs,
            "{name} is longer than the same by others: say why, or repair it"
        );
    }
}

impl<'p> Task<'p> {
    fn on(page: &'p str, name: &str) -> Self {
        let opening = format!("\n## {name}\n");
        let (_, section) = page
            .split_once(&opening)
            .unwrap_or_else(|| panic!("docs/callers.md does not show {name}"));
        let section = section
            .split_once("\n## ")
            .map_or(section, |(section, _)| section);
        let mut blocks = section.split("```rust\n").skip(1);
        let mut next = || {
            let block = blocks.next().and_then(|block| block.split_once("```"));
            block.expect("two programs for each task").0
        };
        Self {
            ours: next(),
            theirs: next(),
        }
    }
}

/// How many lines have something on them: in all, and between the braces of `main`.
fn lines(program: &str) -> [usize; 2] {
    let count = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let (_, main) = program.split_once("async fn main()").expect("a program");
    let main = main.split_once("\n}").expect("an end").0;
    let body = main.split_once('\n').expect("a body").1;
    [count(program), count(body)]
}
