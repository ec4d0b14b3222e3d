//! Where things stood before upgrade moved them.
//!
//! Upgrade brings every dialect to one, and some things change their place on the way: a
//! definition of Swagger 2.0 becomes a component. Stages after it know the new places only; people
//! are shown the old ones, those of the text. [`super::Diagnostics`] asks this map for each pointer
//! it is given, so no stage needs to know that anything moved.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Pointer;

/// How many copies of copies are followed.
const MAX_CHAIN: usize = 64;

/// New places by old ones and the reverse. A place that is not named moved with the nearest place
/// above it that is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moves {
    /// From the dialect that stages read to the one that was written.
    converted: BTreeMap<String, String>,
    /// The reverse; of several new places the first.
    conversions: BTreeMap<String, String>,
    /// From a copy to what it is a copy of, both places of the document as it was written.
    copied: BTreeMap<String, String>,
}

impl Moves {
    /// Nothing has moved.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            converted: BTreeMap::new(),
            conversions: BTreeMap::new(),
            copied: BTreeMap::new(),
        }
    }

    /// Notes that what stood at `old` stands at `new` now.
    pub fn convert(&mut self, old: &Pointer, new: &Pointer) {
        if old == new {
            return;
        }
        let (old, new) = (old.as_str().to_owned(), new.as_str().to_owned());
        self.conversions
            .entry(old.clone())
            .or_insert_with(|| new.clone());
        self.converted.insert(new, old);
    }

    /// Notes that a copy of what stands at `source` was put at `copy`.
    pub fn copy(&mut self, source: &Pointer, copy: &Pointer) {
        self.copied
            .insert(copy.as_str().to_owned(), source.as_str().to_owned());
    }

    /// Whether everything stands where it was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.converted.is_empty() && self.copied.is_empty()
    }

    /// The place in the document as it was written.
    #[must_use]
    pub fn original(&self, pointer: Pointer) -> Pointer {
        if self.is_empty() {
            return pointer;
        }
        let mut place = moved(&self.converted, pointer.as_str());
        for _ in 0..MAX_CHAIN {
            let Cow::Owned(source) = moved(&self.copied, &place) else {
                break;
            };
            // What was a part of what it stands for now is at its end.
            let is_part =
                moved(&self.copied, &source).len() > source.len() && source.len() > place.len();
            place = Cow::Owned(source);
            if is_part {
                break;
            }
        }
        Pointer::parse(&place).unwrap_or(pointer)
    }

    /// Where the thing at `old`, a place in the document as it was written, stands now.
    #[must_use]
    pub fn current(&self, old: &Pointer) -> Option<Pointer> {
        match moved(&self.conversions, old.as_str()) {
            Cow::Owned(new) => Pointer::parse(&new),
            Cow::Borrowed(_) => None,
        }
    }
}

/// The longest prefix that the map knows, exchanged; borrowed where it knows none.
fn moved<'p>(map: &BTreeMap<String, String>, place: &'p str) -> Cow<'p, str> {
    let mut prefix = place;
    while !map.is_empty() {
        if let Some(found) = map.get(prefix) {
            let rest = place.get(prefix.len()..).unwrap_or_default();
            return Cow::Owned(format!("{found}{rest}"));
        }
        match prefix.rfind('/').and_then(|end| prefix.get(..end)) {
            Some(shorter) if !shorter.is_empty() => prefix = shorter,
            _ => break,
        }
    }
    Cow::Borrowed(place)
}

#[cfg(test)]
mod tests {
    use super::Moves;
    use crate::diagnostic::Pointer;

    fn at(text: &str) -> Pointer {
        Pointer::parse(text).expect("a pointer")
    }

    #[test]
    fn the_longest_prefix_wins() {
        let mut moves = Moves::default();
        moves.convert(&at("/definitions"), &at("/components/schemas"));
        moves.convert(&at("/definitions/Odd"), &at("/components/schemas/Even"));
        let original = |text: &str| moves.original(at(text)).to_string();
        assert_eq!(
            original("/components/schemas/Pet/type"),
            "#/definitions/Pet/type"
        );
        assert_eq!(
            original("/components/schemas/Even/type"),
            "#/definitions/Odd/type"
        );
        assert_eq!(
            original("/components/schemas/Evening"),
            "#/definitions/Evening"
        );
        assert_eq!(original("/paths/~1a"), "#/paths/~1a");
        assert_eq!(original(""), "#");
    }

    #[test]
    fn the_first_of_several_new_places_is_the_current_one() {
        let mut moves = Moves::default();
        moves.convert(&at("/body"), &at("/content/a"));
        moves.convert(&at("/body"), &at("/content/b"));
        assert_eq!(
            moves.current(&at("/body/type")),
            Some(at("/content/a/type"))
        );
        assert_eq!(moves.original(at("/content/b/type")), at("/body/type"));
        assert_eq!(moves.current(&at("/other")), None);
    }

    #[test]
    fn copies_of_copies_and_copies_in_a_circle() {
        let mut moves = Moves::default();
        moves.convert(&at("/a/1"), &at("/a/0"));
        moves.copy(&at("/b"), &at("/a/1"));
        moves.copy(&at("/c"), &at("/b/x"));
        assert_eq!(moves.original(at("/a/0/x/y")), at("/c/y"));
        moves.copy(&at("/d/x"), &at("/d"));
        assert_eq!(moves.original(at("/d/y")), at("/d/x/y"));
        moves.copy(&at("/a/1"), &at("/c"));
        let _ = moves.original(at("/a/0/x/y"));
    }
}
