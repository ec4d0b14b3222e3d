//! The folder that a command works in: one with the vendors' documents in `specs/`, and where the rest
//! stands in it.

use std::path::{Path, PathBuf};

use super::stop::Stop;

/// The folder of the documents.
pub(super) const SPECS: &str = "specs";

/// A folder with `specs/`. Some commands need none: what is in one is looked for when it is needed.
#[derive(Debug)]
pub struct Workspace {
    /// Empty where the command was started in it, so that the paths in messages are short.
    root: Option<PathBuf>,
    /// How this command line is called.
    program: &'static str,
}

impl Workspace {
    /// The nearest folder with `specs/`, from the current one upwards.
    #[must_use]
    pub fn find(program: &'static str) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let mut folders = here.ancestors();
        let root = folders.find(|folder| folder.join(SPECS).is_dir());
        let root = root.map(|root| {
            if root == here {
                PathBuf::new()
            } else {
                root.to_owned()
            }
        });
        Self { root, program }
    }

    /// How this command line is called: `cargo xtask`, `clientsmith`.
    #[must_use]
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// The folder itself.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn root(&self) -> Result<&Path, Stop> {
        let missing = || {
            Stop::Because(format!(
                "there is no folder `specs/` here, nor in any folder above; `{} init` starts one",
                self.program
            ))
        };
        self.root.as_deref().ok_or_else(missing)
    }

    /// A path in the folder that holds wherever it is used.
    ///
    /// # Errors
    ///
    /// There is no folder, or the current one is gone.
    pub fn absolute(&self, path: &str) -> Result<PathBuf, Stop> {
        std::path::absolute(self.root()?.join(path))
            .map_err(|error| Stop::Because(format!("cannot find `{path}`: {error}")))
    }

    /// The target directory that cargo uses here.
    pub(super) fn target(&self) -> Result<PathBuf, Stop> {
        let folder = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => folder.into(),
            None => self.root.as_deref().unwrap_or(Path::new("")).join("target"),
        };
        std::path::absolute(&folder)
            .map_err(|error| Stop::Because(format!("cannot find `{}`: {error}", folder.display())))
    }

    /// The runtime's source, where the workspace has it.
    pub(super) fn runtime(&self) -> Option<PathBuf> {
        let folder = self.absolute("runtime").ok()?;
        folder.join("Cargo.toml").is_file().then_some(folder)
    }

    /// The names of all vendors, in order.
    pub(super) fn vendors(&self) -> Result<Vec<String>, Stop> {
        let specs = self.root()?.join(SPECS);
        let failed = |error| Stop::Because(format!("cannot list `{}`: {error}", specs.display()));
        let mut vendors = Vec::new();
        for entry in std::fs::read_dir(&specs).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.path().is_dir() {
                vendors.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        vendors.sort_unstable();
        Ok(vendors)
    }

    /// The document of a vendor.
    pub(super) fn document(&self, vendor: &str) -> Result<PathBuf, Stop> {
        let folder = self.root()?.join(SPECS).join(vendor);
        let names = ["openapi.yaml", "openapi.yml", "openapi.json"];
        names
            .iter()
            .map(|name| folder.join(name))
            .find(|path| path.is_file())
            .ok_or_else(|| Stop::Because(format!("`{}` holds no `openapi.yaml`", folder.display())))
    }

    /// Whether a path, however it is written, leads to the document of a vendor.
    pub(super) fn is_document_of_a_vendor(&self, path: &Path) -> bool {
        let Ok(path) = path.canonicalize() else {
            return false;
        };
        let vendors = self.vendors().unwrap_or_default().into_iter();
        let mut documents =
            vendors.filter_map(|vendor| self.document(&vendor).ok()?.canonicalize().ok());
        documents.any(|document| document == path)
    }

    /// Whether a word is the name of a vendor; else the error names those that there are.
    pub(super) fn check_vendor(&self, name: &str) -> Result<(), Stop> {
        let vendors = self.vendors()?;
        if vendors.iter().any(|vendor| vendor == name) {
            return Ok(());
        }
        let known = vendors.join(", ");
        let nearest = nearest(name, &vendors);
        let meant =
            nearest.map_or_else(String::new, |vendor| format!("; did you mean `{vendor}`?"));
        Err(Stop::Usage(format!(
            "there is no vendor `{name}` in specs/{meant}\n  there are: {known}"
        )))
    }
}

/// The word that another most likely stands for, if it is like any.
fn nearest<'a>(word: &str, known: &'a [String]) -> Option<&'a str> {
    /// How like two words are of which one may be meant by the other, of 1.
    const ALIKE: f64 = 0.8;
    let alike = known
        .iter()
        .map(|known| (strsim::jaro_winkler(word, known), known.as_str()))
        .filter(|(alike, _)| *alike >= ALIKE);
    alike
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_keys_is_understood() {
        let known = ["windmill", "watermill", "quern"].map(str::to_owned);
        assert_eq!(nearest("qeurn", &known), Some("quern"));
        assert_eq!(nearest("wind-mill", &known), Some("windmill"));
        assert_eq!(nearest("oven", &known), None);
    }
}
