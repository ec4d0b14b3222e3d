//! Code, set as prettyplease sets it but straight from the tokens: for the forms that the emitter
//! writes most, which is nearly all there is. Building a syntax tree only to print it took a third
//! of a run.
//!
//! Whatever is not known here is nothing: the caller has prettyplease set the whole item then. So
//! the forms are few, and each is checked against prettyplease in `tests.rs`.

mod attributes;
mod branches;
mod chains;
mod expressions;
mod items;
mod setter;
mod statements;
mod types;

use super::layout::Layout;
use crate::tokens::Tokens;
use setter::Setter;

/// The text of an item; `None` where it holds something that is not known here.
pub(super) fn set(tokens: &Tokens) -> Option<String> {
    let mut setter = Setter {
        tokens,
        at: 0,
        layout: Layout::default(),
    };
    setter.layout.consistent(0);
    setter.item()?;
    setter.layout.end();
    if setter.kind().is_some() {
        return None;
    }
    let mut text = String::new();
    setter.layout.print(&mut text);
    Some(text)
}
