//! Reading real files: values, mistakes, places, and documents in many files.

mod files;
mod places;
mod values;

use super::{Document, Failure, read};
use crate::diagnostic::{Code, Diagnostics, Pointer, render};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn read_text(name: &str, text: &str) -> Result<Document, Box<Failure>> {
    let folder = folder(&[(name, text)]);
    read(&folder.path().join(name))
}

fn good(name: &str, text: &str) -> Document {
    match read_text(name, text) {
        Ok(document) => document,
        Err(failure) => panic!("{}", shown(&failure)),
    }
}

fn bad(name: &str, text: &str) -> Failure {
    *read_text(name, text).expect_err("the document is wrong")
}

fn shown(failure: &Failure) -> String {
    render::text(
        &failure.diagnostics,
        &failure.sources,
        render::Colour::Never,
    )
}

/// The codes with the lines and columns they stand at, by place.
fn found(failure: &Failure) -> Vec<(Code, usize, usize)> {
    placed(&failure.diagnostics, &failure.sources)
}

fn said(document: &Document) -> Vec<(Code, usize, usize)> {
    placed(&document.diagnostics, &document.sources)
}

fn placed(diagnostics: &Diagnostics, sources: &super::Sources) -> Vec<(Code, usize, usize)> {
    render::by_place(diagnostics, sources)
        .into_iter()
        .map(|(diagnostic, location)| (diagnostic.code, location.line, location.column))
        .collect()
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}
