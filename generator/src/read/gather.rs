//! Files that relative `$ref`s lead to, gathered into the one document.
//!
//! Each file is loaded once and put under the root key [`FILES_KEY`] by its path relative to the
//! document's folder; every `$ref` is rewritten to lead there, those inside the files too. Nothing
//! outside the document's folder is read, and nothing from the network.

use super::limits::{FILES_KEY, REFUSED};
use super::parse;
use super::sources::Sources;
use super::value_path::ValuePath;
use crate::diagnostic::{Code, Diagnostics, Pointer};
use paths::{escaped, has_scheme};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, VecDeque};
use std::path::{Component, Path, PathBuf};

mod broken;
mod ids;
mod paths;
mod walk;

/// Loads every file that the document refers to, and rewrites the references. A file that cannot be
/// read is an error of each reference to it. `None` where the document has the generator's own key.
pub(super) fn gather(
    path: &Path,
    root: Map<String, Value>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Map<String, Value>> {
    if root.contains_key(FILES_KEY) {
        let message = format!("the key `{FILES_KEY}` is kept for the generator's own use");
        diagnostics.error(Code::ReservedKey, Pointer::root().key(FILES_KEY), message);
        return None;
    }
    let Ok(document) = std::fs::canonicalize(path) else {
        return Some(root);
    };
    let Some(folder) = document.parent().map(Path::to_owned) else {
        return Some(root);
    };
    let name = relative(&document, &folder).unwrap_or_default();
    let mut files = Files {
        folder,
        document: name,
        ids: ids::Ids::default(),
        known: BTreeSet::new(),
        queue: VecDeque::new(),
    };
    let mut root = Value::Object(root);
    files.ids = ids::Ids::of(&root);
    files.rewrite(&mut root, None, &Pointer::root(), diagnostics);

    let base = Pointer::root().key(FILES_KEY);
    let shown = path.parent().map(Path::to_owned).unwrap_or_default();
    let mut loaded = Map::new();
    let mut broken = broken::Files::default();
    while let Some(name) = files.queue.pop_front() {
        let base = base.key(&name);
        let path = files.folder.join(&name);
        let value = parse::load(&path, &shown.join(&name), &base, sources, diagnostics);
        match value {
            Some(mut value) => {
                files.ids.add_file(&value, &base);
                files.rewrite(&mut value, Some(&name), &base, diagnostics);
                loaded.insert(name, value);
            }
            None => broken.add(&name, &base, sources, diagnostics),
        }
    }
    broken.refuse(&mut root, &Pointer::root(), diagnostics);
    for (name, file) in &mut loaded {
        broken.refuse(file, &base.key(name), diagnostics);
    }
    let Value::Object(mut root) = root else {
        return None;
    };
    if !loaded.is_empty() {
        root.insert(FILES_KEY.to_owned(), Value::Object(loaded));
    }
    Some(root)
}

/// The files of the document, by their paths relative to its folder.
struct Files {
    /// The folder, links followed: every path is checked against it.
    folder: PathBuf,
    /// The file that the document itself is in.
    document: String,
    /// What the document calls by a URI.
    ids: ids::Ids,
    known: BTreeSet<String>,
    /// Files that are referred to and not loaded yet.
    queue: VecDeque<String>,
}

impl Files {
    /// Rewrites the references of one file; `owner` is `None` for the document itself.
    fn rewrite(
        &mut self,
        value: &mut Value,
        owner: Option<&str>,
        base: &Pointer,
        diagnostics: &mut Diagnostics,
    ) {
        walk::references(
            value,
            &ValuePath::base(base),
            &mut |reference, place, role| match self.resolve(reference, owner, place) {
                Ok(Some(rewritten)) => *reference = rewritten,
                Ok(None) => {}
                // Lowering says what becomes of it.
                Err(_) if role == walk::Role::Mapping => {}
                Err(refusal) => {
                    REFUSED.clone_into(reference);
                    let pointer = place.pointer();
                    diagnostics
                        .error(refusal.code, pointer, refusal.message)
                        .help(refusal.help);
                }
            },
        );
    }

    /// Where a reference leads in the gathered document; `None` where it stays as it is.
    fn resolve(
        &mut self,
        reference: &str,
        owner: Option<&str>,
        place: &ValuePath<'_>,
    ) -> Result<Option<String>, Refusal> {
        if let Some(target) = self.ids.within(place) {
            return Ok(Some(target.to_owned()));
        }
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !path.is_empty()
            && let Some(place) = self.ids.find(path)
        {
            let is_anchor = !fragment.is_empty() && !fragment.starts_with('/');
            return Ok(Some(if is_anchor {
                format!("#{fragment}")
            } else {
                format!("{}{fragment}", escaped(place))
            }));
        }
        let target = if path.is_empty() {
            match owner {
                None => return Ok(None),
                Some(owner) => owner.to_owned(),
            }
        } else {
            self.find(reference, path, owner)?
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Err(Refusal {
                code: Code::UnresolvedRef,
                message: format!("`{reference}` names no place in the file"),
                help: "a place begins with a slash, as in `common.yaml#/components/schemas/Pet`"
                    .to_owned(),
            });
        }
        // `#/` is often written for the whole file.
        let fragment = if fragment == "/" { "" } else { fragment };
        if target == self.document {
            return Ok(Some(format!("#{fragment}")));
        }
        if self.known.insert(target.clone()) {
            self.queue.push_back(target.clone());
        }
        let place = Pointer::root().key(FILES_KEY).key(&target);
        Ok(Some(format!("{}{fragment}", escaped(&place))))
    }

    /// The file that a reference names, relative to the document's folder.
    fn find(&self, reference: &str, path: &str, owner: Option<&str>) -> Result<String, Refusal> {
        if has_scheme(path) || path.starts_with("//") {
            return Err(Refusal::foreign(
                reference,
                "leads to the network, which is not read",
            ));
        }
        let decoded = percent_decode_str(path)
            .decode_utf8()
            .map_err(|_| Refusal::missing(reference, "its escapes are not UTF-8"))?;
        let decoded = Path::new(&*decoded);
        if decoded.has_root()
            || decoded
                .components()
                .any(|part| matches!(part, Component::Prefix(_)))
        {
            return Err(Refusal::foreign(reference, "is an absolute path"));
        }
        let from = owner
            .and_then(|owner| Path::new(owner).parent())
            .unwrap_or(Path::new(""));
        if climbs_out(&from.join(decoded)) {
            return Err(Refusal::foreign(
                reference,
                "leads out of the document's folder",
            ));
        }
        let file = std::fs::canonicalize(self.folder.join(from).join(decoded))
            .map_err(|_| Refusal::missing(reference, "there is no such file"))?;
        let Some(name) = relative(&file, &self.folder) else {
            return Err(Refusal::foreign(
                reference,
                "leads out of the document's folder",
            ));
        };
        // A folder cannot be read, and a pipe might never end.
        if !std::fs::metadata(&file).is_ok_and(|found| found.is_file()) {
            return Err(Refusal::missing(reference, "it is not a file"));
        }
        Ok(name)
    }
}

/// Why a reference is not followed.
struct Refusal {
    code: Code,
    message: String,
    help: String,
}

impl Refusal {
    fn foreign(reference: &str, reason: &str) -> Self {
        Self {
            code: Code::ForeignRef,
            message: format!("the reference `{reference}` {reason}"),
            help: "bundle the document into one file, or put the file into the document's folder \
                   and refer to it by a relative path"
                .to_owned(),
        }
    }

    fn missing(reference: &str, reason: &str) -> Self {
        Self {
            code: Code::MissingFile,
            message: format!("the reference `{reference}` leads to nothing: {reason}"),
            help: "a path is relative to the file that it stands in; a place in the same file \
                   begins with `#/`"
                .to_owned(),
        }
    }
}

/// Whether a relative path goes above where it starts, whatever links there are on the way.
fn climbs_out(path: &Path) -> bool {
    let mut depth = 0_usize;
    for part in path.components() {
        match part {
            Component::ParentDir => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => return true,
            },
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

/// The path of a file below a folder, with slashes on every machine.
fn relative(file: &Path, folder: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = file
        .strip_prefix(folder)
        .ok()?
        .iter()
        .map(std::ffi::OsStr::to_str)
        .collect();
    Some(names?.join("/"))
}
