//! Which file of a crate names what of which other file.
//!
//! The sources are parsed, and every path that begins in the crate is followed to the file in which
//! its item stands, through whatever re-exports it. Tests are left out. Paths that macros are given
//! are read word by word.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Attribute, Item, UseTree};

/// The macro whose paths are those of the code that it writes.
const WRITES_CODE: &str = "quote";

/// A path of names from the root of the crate.
type Names = Vec<String>;

/// The files of a crate, and for each those that it names.
pub(super) struct Imports {
    /// By the file's path below the crate's `src`.
    pub(super) files: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    /// Reads the files of a crate, each with its path below `src`.
    ///
    /// # Errors
    ///
    /// A file is no Rust.
    pub(super) fn of(files: &[(String, String)]) -> Result<Self, String> {
        let mut modules = BTreeMap::new();
        for (path, text) in files {
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            let mut reading = Reading {
                module: module_of(path),
                ..Reading::default()
            };
            reading.visit_file(&file);
            modules.insert(reading.module.clone(), (path.clone(), reading));
        }
        let crate_ = Crate { modules };
        let files = crate_
            .modules
            .values()
            .map(|(path, reading)| (path.clone(), crate_.named_by(path, reading)))
            .collect();
        Ok(Self { files })
    }
}

struct Crate {
    modules: BTreeMap<Names, (String, Reading)>,
}

impl Crate {
    fn named_by(&self, path: &str, reading: &Reading) -> BTreeSet<String> {
        // One word is a keyword, as in `pub(super)`, or a name that an import has brought.
        let named = reading.named.iter().filter(|names| names.len() > 1);
        let mut files: BTreeSet<String> = named
            .filter_map(|names| self.file_of(&reading.module, names, 0))
            .collect();
        files.remove(path);
        files
    }

    /// The file of an item that a module calls by these names.
    fn file_of(&self, module: &[String], names: &[String], depth: usize) -> Option<String> {
        const DEEPEST: usize = 16;
        let names = absolute(module, names, |first| self.is_known(module, first))?;
        let length = (0..=names.len()).rev().find(|length| {
            names
                .get(..*length)
                .is_some_and(|names| self.modules.contains_key(names))
        })?;
        let (path, reading) = self.modules.get(names.get(..length)?)?;
        let exported = names.get(length).and_then(|name| {
            let mut from = reading.exports.get(name)?.clone();
            from.extend(names.iter().skip(length + 1).cloned());
            Some(from)
        });
        match exported {
            Some(from) if depth < DEEPEST => self
                .file_of(&reading.module, &from, depth + 1)
                .or_else(|| Some(path.clone())),
            _ => Some(path.clone()),
        }
    }

    /// Whether a module has a module of that name, or has it from elsewhere.
    fn is_known(&self, module: &[String], name: &str) -> bool {
        let inner: Names = module.iter().cloned().chain([name.to_owned()]).collect();
        self.modules.contains_key(&inner)
            || self
                .modules
                .get(module)
                .is_some_and(|(_, reading)| reading.exports.contains_key(name))
    }
}

/// The names from the root of the crate; nothing for what stands outside of it.
fn absolute(module: &[String], names: &[String], is_known: impl Fn(&str) -> bool) -> Option<Names> {
    let first = names.first()?;
    match first.as_str() {
        "crate" => Some(names.get(1..)?.to_vec()),
        "self" => Some([module, names.get(1..)?].concat()),
        "super" => {
            let mut base = module.to_vec();
            let up = names.iter().take_while(|name| *name == "super").count();
            for _ in 0..up {
                base.pop();
            }
            Some([&base, names.get(up..)?].concat())
        }
        name if is_known(name) => Some([module, names].concat()),
        _ => None,
    }
}

/// The module of a file: `emit/docs/mod.rs` and `emit/docs.rs` are both `emit::docs`.
fn module_of(path: &str) -> Names {
    let path = Path::new(path).with_extension("");
    let mut names: Names = path
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    if names
        .last()
        .is_some_and(|name| ["mod", "lib", "main"].contains(&name.as_str()))
    {
        names.pop();
    }
    names
}

/// What one file says.
#[derive(Default)]
struct Reading {
    module: Names,
    /// Every path that may lead into the crate.
    named: BTreeSet<Names>,
    /// What the file has from elsewhere, by the name that it has here.
    exports: BTreeMap<String, Names>,
    /// Whether the import that is read only hands on what it names: the file itself needs none of it.
    is_handed_on: bool,
}

impl Reading {
    fn import(&mut self, tree: &UseTree, before: &mut Names) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(&path.tree, before);
                before.pop();
            }
            UseTree::Name(name) => self.imported(before, &name.ident.to_string(), None),
            UseTree::Rename(rename) => {
                let new = rename.rename.to_string();
                self.imported(before, &rename.ident.to_string(), Some(new));
            }
            UseTree::Glob(_) if self.is_handed_on => {}
            UseTree::Glob(_) => {
                self.named.insert(before.clone());
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, before);
                }
            }
        }
    }

    fn imported(&mut self, before: &[String], name: &str, new: Option<String>) {
        let mut names = before.to_vec();
        if name != "self" {
            names.push(name.to_owned());
        }
        let known = new.or_else(|| names.last().cloned());
        if !self.is_handed_on {
            self.named.insert(names.clone());
        }
        self.exports.extend(known.map(|known| (known, names)));
    }

    /// The paths among the tokens that a macro is given.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut names = Names::new();
        let mut colons = 0;
        let mut called = None;
        for tree in tokens {
            if let TokenTree::Ident(ident) = &tree {
                called = Some(ident.to_string());
            }
            match tree {
                TokenTree::Ident(ident) if colons == 2 || names.is_empty() => {
                    names.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.named.insert(std::mem::take(&mut names));
                    colons = 0;
                    match other {
                        TokenTree::Group(_) if called.as_deref() == Some(WRITES_CODE) => {}
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Ident(ident) => names.push(ident.to_string()),
                        TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                    }
                }
            }
        }
        self.named.insert(names);
    }
}

fn is_of_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    };
    attributes.iter().any(is_test)
}

impl<'ast> Visit<'ast> for Reading {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if is_of_tests(&module.attrs) => {}
            Item::Use(import) if is_of_tests(&import.attrs) => {}
            Item::Use(import) => {
                self.is_handed_on = !matches!(import.vis, syn::Visibility::Inherited);
                self.import(&import.tree, &mut Names::new());
            }
            item => syn::visit::visit_item(self, item),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter();
        self.named
            .insert(names.map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {
        // `pub(super)` names a module and needs nothing of it.
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if called.path.is_ident(WRITES_CODE) {
            return;
        }
        self.tokens(called.tokens.clone());
        syn::visit::visit_macro(self, called);
    }
}
