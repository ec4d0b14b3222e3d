//! Documentation: the vendor's prose made safe, and what is said beside it.

mod comment;
mod constraints;
mod demands;
pub(crate) mod markdown;
mod text;

pub(crate) use comment::DocComment;
pub(crate) use constraints::sentences;
pub(crate) use demands::{demands, meant_of};
pub(crate) use text::{code, count, first_paragraph, page, words_behind};
