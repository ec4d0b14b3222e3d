//! The walk over a value beside its rules.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::decimal::Decimal;
use super::error::Violation;
use crate::json::{self, Step};
use crate::tables::{Location, Rule, Rules};

/// Whose value is checked.
type Subject = Option<(Location, &'static str)>;

/// Checks a value.
pub(crate) fn check(subject: Subject, value: &Value, rules: Rules) -> Vec<Violation> {
    let mut walk = Walk {
        subject,
        steps: Vec::new(),
        secret: false,
        depth: 0,
        violations: Vec::new(),
        known: HashSet::new(),
    };
    walk.value(value, rules);
    walk.violations
}

/// Checks a body.
pub(crate) fn check_text(text: &[u8], rules: Rules) -> Vec<Violation> {
    match json::from_slice::<Value>(text) {
        Ok(value) => check(None, &value, rules),
        // A body that we wrote is JSON; only its nesting can be beyond what anyone reads.
        Err(error) => vec![Violation {
            parameter: None,
            path: relative(error.path()).to_owned(),
            constraint: format!("nested at most {} deep", json::DEPTH_LIMIT),
            value: None,
        }],
    }
}

/// Rules that refer to each other need not end; values do, long before this.
const MAX_DEPTH: usize = 4 * json::DEPTH_LIMIT;

struct Walk<'a> {
    subject: Subject,
    steps: Vec<Way<'a>>,
    secret: bool,
    depth: usize,
    violations: Vec<Violation>,
    known: HashSet<(String, String)>,
}

/// A step on the way to a value.
#[derive(Clone, Copy)]
enum Way<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &'a Value, rules: Rules) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let outer = self.secret;
        self.secret |= rules.iter().any(|rule| matches!(rule, Rule::Secret));
        for rule in rules {
            self.rule(value, *rule);
        }
        self.secret = outer;
        self.depth -= 1;
    }

    fn within(&mut self, step: Way<'a>, value: &'a Value, rules: Rules) {
        self.steps.push(step);
        self.value(value, rules);
        self.steps.pop();
    }

    fn rule(&mut self, value: &'a Value, rule: Rule) {
        match (value, rule) {
            (_, Rule::Of(rules)) => self.value(value, rules()),
            (_, Rule::Member(member, rules)) => {
                let member = member(&json::to_vec(value));
                if let Some((_, rules)) = rules.iter().find(|(index, _)| *index == member) {
                    self.value(value, rules);
                }
            }
            (Value::String(text), rule) => self.string(text, value, rule),
            (Value::Number(number), rule) => self.number(&number.to_string(), value, rule),
            (Value::Array(items), rule) => self.array(items, rule),
            (Value::Object(members), rule) => self.object(members, rule),
            (Value::Null | Value::Bool(_), _) => {}
        }
    }

    fn string(&mut self, text: &str, value: &Value, rule: Rule) {
        match rule {
            Rule::MinLength(least) if length(text) < least => {
                self.broken(format!("minLength: {least}"), shown(value));
            }
            Rule::MaxLength(most) if length(text) > most => {
                self.broken(format!("maxLength: {most}"), shown(value));
            }
            #[cfg(feature = "patterns")]
            Rule::Pattern(pattern) if !super::pattern::is_match(pattern, text) => {
                self.broken(format!("pattern: {pattern}"), shown(value));
            }
            _ => {}
        }
    }

    fn number(&mut self, number: &str, value: &Value, rule: Rule) {
        // What cannot be compared is left to the server.
        let order = |bound: &str| Some(Decimal::parse(number)?.compare(Decimal::parse(bound)?));
        let (keyword, bound) = match rule {
            Rule::Minimum(bound) if order(bound) == Some(Ordering::Less) => ("minimum", bound),
            Rule::ExclusiveMinimum(bound) if order(bound).is_some_and(Ordering::is_le) => {
                ("exclusiveMinimum", bound)
            }
            Rule::Maximum(bound) if order(bound) == Some(Ordering::Greater) => ("maximum", bound),
            Rule::ExclusiveMaximum(bound) if order(bound).is_some_and(Ordering::is_ge) => {
                ("exclusiveMaximum", bound)
            }
            Rule::MultipleOf(of) => {
                let is_multiple = || Decimal::parse(number)?.is_multiple_of(Decimal::parse(of)?);
                if is_multiple() != Some(false) {
                    return;
                }
                ("multipleOf", of)
            }
            _ => return,
        };
        self.broken(format!("{keyword}: {bound}"), shown(value));
    }

    fn array(&mut self, items: &'a [Value], rule: Rule) {
        let count = items.len() as u64;
        match rule {
            Rule::MinItems(least) if count < least => {
                self.broken(format!("minItems: {least}"), counted(count, "item"));
            }
            Rule::MaxItems(most) if count > most => {
                self.broken(format!("maxItems: {most}"), counted(count, "item"));
            }
            Rule::UniqueItems => self.unique(items),
            Rule::Items(rules) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(Way::Index(index), item, rules);
                }
            }
            Rule::Position(index, rules) => {
                if let Some(item) = items.get(index) {
                    self.within(Way::Index(index), item, rules);
                }
            }
            _ => {}
        }
    }

    fn unique(&mut self, items: &'a [Value]) {
        let mut first = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let earlier = *first.entry(json::canonical(item)).or_insert(index);
            if earlier == index {
                continue;
            }
            self.steps.push(Way::Index(index));
            self.broken(
                "uniqueItems: true".to_owned(),
                format!("the same as item {earlier}"),
            );
            self.steps.pop();
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>, rule: Rule) {
        let count = members.len() as u64;
        match rule {
            Rule::MinProperties(least) if count < least => {
                self.broken(
                    format!("minProperties: {least}"),
                    counted(count, "property"),
                );
            }
            Rule::MaxProperties(most) if count > most => {
                self.broken(format!("maxProperties: {most}"), counted(count, "property"));
            }
            Rule::Field(name, rules) => {
                if let Some((name, value)) = members.get_key_value(name) {
                    self.within(Way::Key(name), value, rules);
                }
            }
            Rule::Values(rules) => {
                for (key, value) in members {
                    self.within(Way::Key(key), value, rules);
                }
            }
            Rule::Rest(fields, rules) => {
                let is_rest = |key: &str| fields.iter().all(|field| field.name() != Some(key));
                for (key, value) in members.iter().filter(|(key, _)| is_rest(key)) {
                    self.within(Way::Key(key), value, rules);
                }
            }
            _ => {}
        }
    }

    fn broken(&mut self, constraint: String, value: String) {
        let mut path = String::new();
        for step in &self.steps {
            let step = match step {
                Way::Key(key) => Step::Key((*key).to_owned()),
                Way::Index(index) => Step::Index(*index),
            };
            step.write(&mut path);
        }
        let path = path.strip_prefix('.').unwrap_or(&path).to_owned();
        // What a schema and a reference to it both say is said once.
        if self.known.insert((path.clone(), constraint.clone())) {
            self.violations.push(Violation {
                parameter: self.subject,
                path,
                constraint,
                value: (!self.secret).then_some(value),
            });
        }
    }
}

/// A path without what stands for the whole.
fn relative(path: &str) -> &str {
    let path = path.strip_prefix('$').unwrap_or(path);
    path.strip_prefix('.').unwrap_or(path)
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

fn counted(count: u64, what: &str) -> String {
    let plural = match (count, what) {
        (1, _) => what.to_owned(),
        (_, "property") => "properties".to_owned(),
        _ => format!("{what}s"),
    };
    format!("{count} {plural}")
}

/// A scalar as JSON, its middle left out where it is long.
fn shown(value: &Value) -> String {
    const MAX: usize = 80;
    let Value::String(text) = value else {
        return value.to_string();
    };
    if length(text) <= MAX as u64 {
        return value.to_string();
    }
    let start: String = text.chars().take(MAX).collect();
    let all = length(text);
    format!("{} and so on, {all} characters", Value::from(start))
}
