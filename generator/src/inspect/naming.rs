//! Names that are not as good as they could be, each with what would pin a better one:
//! `inspect --names` lists them, and the corpus counts them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{Api, OperationId, TypeKind};
use crate::name::{Names, is_unnamed};

/// Longer names are hard to read in a line of code.
const LONG: usize = 40;

/// The names that are not good.
#[derive(Debug, Default, Serialize)]
pub struct NameReport {
    /// How many there are of each kind.
    pub counts: NameCounts,
    /// Each of them, types before operations, in the document's order.
    pub names: Vec<WeakName>,
}

/// How many names of a crate are weak, by what is wrong with them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameCounts {
    /// Types and methods that only a number tells from another.
    pub numbered: usize,
    /// Members of unions, and their types, of which nothing tells what they are.
    pub unnamed_members: usize,
    /// Types of more than 40 characters.
    pub long: usize,
    /// Methods that say again what their group says.
    pub repeats: usize,
}

impl NameCounts {
    /// Adds those of another crate.
    pub fn add(&mut self, other: Self) {
        self.numbered += other.numbered;
        self.unnamed_members += other.unnamed_members;
        self.long += other.long;
        self.repeats += other.repeats;
    }
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weakness {
    /// Only a number tells it from another.
    Numbered,
    /// Nothing tells what the member of a union is.
    UnnamedMember,
    /// It has more than 40 characters.
    Long,
    /// It says again what its group says.
    Repeats,
}

impl Weakness {
    /// The word of the report.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Numbered => "numbered",
            Self::UnnamedMember => "unnamed member",
            Self::Long => "long",
            Self::Repeats => "repeats its group",
        }
    }
}

/// A name that could be better.
#[derive(Debug, Serialize)]
pub struct WeakName {
    /// What is wrong with it.
    pub weakness: Weakness,
    /// The name: a type, `Union::Member`, or `group.method`.
    pub name: String,
    /// Where the document has it.
    pub pointer: String,
    /// The line of `[names]` in `clientsmith.toml` that pins another name, or else what the document
    /// could say.
    pub pin: String,
}

/// The weak names of a model.
#[must_use]
pub fn name_report(api: &Api, names: &Names) -> NameReport {
    let mut report = NameReport::default();
    let known: BTreeSet<&str> = api
        .types_with_ids()
        .map(|(id, _)| names.type_name(id).plain())
        .collect();
    for (id, def) in api.types_with_ids() {
        let name = names.type_name(id).plain();
        let pin = || pin(&def.origin.to_string());
        // What the document itself numbers is its word.
        let is_words = digits(&def.origin.to_string()) == digits(name);
        if !is_words && is_numbered(name, |base| known.contains(base)) {
            report.add(Weakness::Numbered, name, &def.origin, pin());
        }
        if name.chars().count() > LONG {
            report.add(Weakness::Long, name, &def.origin, pin());
        }
        if let TypeKind::Union(_) = &def.kind {
            for variant in names
                .variants(id)
                .iter()
                .filter(|variant| is_unnamed(variant))
            {
                let member = format!("{name}::{variant}");
                let help = "give the member a `title`".to_owned();
                report.add(Weakness::UnnamedMember, &member, &def.origin, help);
            }
        }
    }
    for (id, _) in api.operations_with_ids() {
        methods(api, names, id, &mut report);
    }
    report
}

fn methods(api: &Api, names: &Names, id: OperationId, report: &mut NameReport) {
    let Some(operation) = api.operations.get(id.index()) else {
        return;
    };
    let method = names.operation(id).method.plain();
    let Some(group) = api.groups.get(operation.group.index()) else {
        return;
    };
    let accessor = names.group(operation.group).accessor.plain();
    let full = format!("{accessor}.{method}");
    let others: BTreeSet<&str> = group
        .operations
        .iter()
        .map(|id| names.operation(*id).method.plain())
        .collect();
    let pin = || pin(&operation.origin.to_string());
    if is_numbered(method, |base| others.contains(base.trim_end_matches('_'))) {
        report.add(Weakness::Numbered, &full, &operation.origin, pin());
    }
    if repeats(method, accessor) {
        report.add(Weakness::Repeats, &full, &operation.origin, pin());
    }
}

impl NameReport {
    fn add(&mut self, weakness: Weakness, name: &str, pointer: &impl ToString, pin: String) {
        let count = match weakness {
            Weakness::Numbered => &mut self.counts.numbered,
            Weakness::UnnamedMember => &mut self.counts.unnamed_members,
            Weakness::Long => &mut self.counts.long,
            Weakness::Repeats => &mut self.counts.repeats,
        };
        *count += 1;
        self.names.push(WeakName {
            weakness,
            name: name.to_owned(),
            pointer: pointer.to_string(),
            pin,
        });
    }
}

fn pin(pointer: &str) -> String {
    format!("{} = \"…\"", toml::Value::String(pointer.to_owned()))
}

/// The digits at the end of a text.
fn digits(text: &str) -> &str {
    let rest = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    text.get(rest.len()..).unwrap_or_default()
}

/// Whether a name is another's with a number behind it.
fn is_numbered(name: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    base.len() < name.len() && !base.is_empty() && is_known(base)
}

/// Whether the words of a group stand in a method once more.
fn repeats(method: &str, group: &str) -> bool {
    let method = format!("_{method}_");
    method.contains(&format!("_{group}_"))
}

#[cfg(test)]
mod tests {
    use super::{is_numbered, repeats};

    #[test]
    fn a_number_is_weak_where_it_tells_two_apart() {
        let known = |base: &str| base == "Error";
        assert!(is_numbered("Error2", known));
        assert!(!is_numbered("Sha256", known) && !is_numbered("Error", known));
    }

    #[test]
    fn a_method_does_not_say_its_group_again() {
        assert!(repeats("issues_list", "issues") && repeats("list_issues", "issues"));
        assert!(!repeats("list", "issues") && !repeats("list_issue_types", "issues"));
    }
}
