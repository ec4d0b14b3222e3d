//! Where every value of a text stands: a tree of marks, built from what either scanner reports.

use std::borrow::Cow;
use std::ops::Range;

/// No node; node 0 is the root, which is nobody's child.
const NONE: u32 = 0;

/// The marks of one text.
#[derive(Debug, Default)]
pub(super) struct Index {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    step: Step,
    /// The key, or the scalar in a list. Empty for an object in a list: only its start is known.
    mark: Range<usize>,
    /// The child found last; through [`Node::previous`] it leads to the others.
    last_child: u32,
    previous: u32,
}

#[derive(Debug)]
enum Step {
    Root,
    Key(Box<str>),
    Index(usize),
}

impl Index {
    /// The mark of what the steps lead to, or of the last thing on the way that exists.
    pub(super) fn find<'a>(&self, steps: impl Iterator<Item = Cow<'a, str>>) -> Range<usize> {
        let Some(mut node) = self.nodes.first() else {
            return 0..0;
        };
        for step in steps {
            match self.child(node, &step) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.mark.clone()
    }

    /// From the last to the first, so that of a key that stands twice the one that counts is found.
    fn child(&self, node: &Node, step: &str) -> Option<&Node> {
        let position = step.parse::<usize>().ok();
        let mut next = node.last_child;
        while next != NONE {
            let child = self.nodes.get(next as usize)?;
            let found = match &child.step {
                Step::Root => false,
                Step::Key(key) => **key == *step,
                Step::Index(index) => Some(*index) == position,
            };
            if found {
                return Some(child);
            }
            next = child.previous;
        }
        None
    }
}

/// Takes what a scanner meets, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Builder {
    index: Index,
    open: Vec<Open>,
}

/// An object or list whose end has not been met.
#[derive(Debug)]
enum Open {
    Map {
        node: u32,
        key: Option<(Box<str>, Range<usize>)>,
    },
    List {
        node: u32,
        length: usize,
    },
    /// An object or list that is itself a key: it has no pointer, nor has anything in it.
    Key,
}

impl Builder {
    /// An object begins.
    pub(super) fn begin_map(&mut self, mark: Range<usize>) {
        let open = self
            .add(mark)
            .map_or(Open::Key, |node| Open::Map { node, key: None });
        self.open.push(open);
    }

    /// A list begins.
    pub(super) fn begin_list(&mut self, mark: Range<usize>) {
        let open = self
            .add(mark)
            .map_or(Open::Key, |node| Open::List { node, length: 0 });
        self.open.push(open);
    }

    /// The innermost object or list ends.
    pub(super) fn end(&mut self) {
        if matches!(self.open.pop(), Some(Open::Key)) {
            // The value of such a key is next; an empty key keeps keys and values in step.
            self.scalar("", 0..0);
        }
    }

    /// A scalar: a key where the innermost object waits for one, else a value.
    pub(super) fn scalar(&mut self, text: &str, mark: Range<usize>) {
        match self.open.last_mut() {
            Some(Open::Map {
                key: key @ None, ..
            }) => *key = Some((text.into(), mark)),
            _ => {
                self.add(mark);
            }
        }
    }

    /// Whether the whole value has been met.
    pub(super) fn is_finished(&self) -> bool {
        self.open.is_empty() && !self.index.nodes.is_empty()
    }

    /// What has been met so far.
    pub(super) fn finish(self) -> Index {
        self.index
    }

    /// Adds a value. `None` where it is not a value but a key, or a part of one.
    fn add(&mut self, mark: Range<usize>) -> Option<u32> {
        let number = u32::try_from(self.index.nodes.len()).ok()?;
        let (parent, step, mark) = match self.open.last_mut() {
            None if number == 0 => (None, Step::Root, mark.start..mark.start),
            Some(Open::Map { node, key }) => {
                let (key, mark) = key.take()?;
                (Some(*node), Step::Key(key), mark)
            }
            Some(Open::List { node, length }) => {
                *length += 1;
                (Some(*node), Step::Index(*length - 1), mark)
            }
            None | Some(Open::Key) => return None,
        };
        let mut previous = NONE;
        if let Some(parent) = parent.and_then(|parent| self.index.nodes.get_mut(parent as usize)) {
            previous = std::mem::replace(&mut parent.last_child, number);
        }
        self.index.nodes.push(Node {
            step,
            mark,
            last_child: NONE,
            previous,
        });
        Some(number)
    }
}
