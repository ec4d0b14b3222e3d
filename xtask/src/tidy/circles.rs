//! Circles: files that name each other, directly or through others. What stands in one can be
//! understood only with all of them, so there are none.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::Imports;

/// The circles of a crate, each as its files in order. Where circles of files in one folder are
/// allowed, those that leave a folder.
pub(super) fn circles(imports: &Imports, may_stay_in_folder: bool) -> Vec<Vec<&str>> {
    let mut circles = Search::of(&imports.files).circles;
    for circle in &mut circles {
        circle.sort_unstable();
    }
    let leaves = |circle: &Vec<&str>| {
        let folders: BTreeSet<&str> = circle.iter().map(|path| folder(path)).collect();
        !may_stay_in_folder || folders.len() > 1
    };
    circles.retain(leaves);
    circles.sort();
    circles
}

/// What ties the files of a circle, a line for each.
pub(super) fn ties(imports: &Imports, circle: &[&str]) -> Vec<String> {
    let within = |file: &&str| {
        let named = imports.files.get(*file).into_iter().flatten();
        let named: Vec<&str> = named
            .map(String::as_str)
            .filter(|named| circle.contains(named))
            .collect();
        format!("\n    {file} names {}", named.join(", "))
    };
    circle.iter().map(within).collect()
}

/// The folder that a file belongs to: `name.rs` is the front of the folder `name`, if there is one.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Tarjan's search for what is strongly connected.
#[derive(Default)]
struct Search<'a> {
    next: usize,
    /// For each file when it was met, and the earliest that it leads back to.
    met: BTreeMap<&'a str, (usize, usize)>,
    open: Vec<&'a str>,
    circles: Vec<Vec<&'a str>>,
}

impl<'a> Search<'a> {
    fn of(files: &'a BTreeMap<String, BTreeSet<String>>) -> Self {
        let mut search = Self::default();
        for file in files.keys() {
            search.visit(file, files);
        }
        search
    }

    /// The earliest file that this one leads back to.
    fn visit(&mut self, file: &'a str, files: &'a BTreeMap<String, BTreeSet<String>>) -> usize {
        if let Some((_, earliest)) = self.met.get(file) {
            // What is closed leads to nothing that is open.
            return if self.open.contains(&file) {
                *earliest
            } else {
                usize::MAX
            };
        }
        let number = self.next;
        self.next += 1;
        self.met.insert(file, (number, number));
        self.open.push(file);
        let mut earliest = number;
        for named in files.get(file).into_iter().flatten() {
            earliest = earliest.min(self.visit(named, files));
            self.met.insert(file, (number, earliest));
        }
        if earliest == number {
            let at = self.open.iter().position(|open| *open == file);
            let circle = self.open.split_off(at.unwrap_or(self.open.len()));
            if circle.len() > 1 {
                self.circles.push(circle);
            }
        }
        earliest
    }
}

#[cfg(test)]
mod tests {
    use super::circles;
    use crate::tidy::imports::Imports;

    #[test]
    fn files_that_name_each_other_are_found() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = [
            file("lib.rs", "mod a; mod b; mod room; mod alone; pub use a::A;"),
            // A circle of three, one of its steps through what the root has from elsewhere.
            file("a.rs", "use crate::b::B; pub struct A(B);"),
            file("b.rs", "pub struct B; fn f() { crate::room::inner::g() }"),
            file("room/mod.rs", "pub mod inner; pub mod other;"),
            file(
                "room/inner.rs",
                "pub fn g() { println!(\"{}\", crate::A::x()) } fn h() { super::other::i() }",
            ),
            // In one folder.
            file("room/other.rs", "pub fn i() {} use super::inner::g;"),
            // Only its tests lead back.
            file(
                "alone.rs",
                "use crate::a; #[cfg(test)] mod tests { use crate::alone; }",
            ),
        ];
        let imports = Imports::of(&files).expect("Rust");
        let found = circles(&imports, false);
        assert_eq!(found, [["a.rs", "b.rs", "room/inner.rs", "room/other.rs"]]);
        let two = [
            file("lib.rs", "mod room;"),
            file("room/mod.rs", "mod c; mod d;"),
            file("room/c.rs", "use super::d::D;"),
            file("room/d.rs", "pub struct D; fn f() { super::c::g() }"),
        ];
        let imports = Imports::of(&two).expect("Rust");
        assert_eq!(circles(&imports, false), [["room/c.rs", "room/d.rs"]]);
        assert!(circles(&imports, true).is_empty());
    }
}
