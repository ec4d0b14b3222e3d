//! The part of a document that a JSON pointer names, without decoding the rest.
//!
//! Pagination relies on it: the items of a page and the cursor of the next one are each a part of
//! one body. What comes after the part is not looked at.

use jiter::Peek;

use super::error::Step;
use super::{DecodeError, Json, Reader, Result};

/// Decodes the part of a body that a JSON pointer (RFC 6901) names. What is absent or null there,
/// or on the way there, is `None`.
///
/// # Errors
/// When the body is not JSON up to the part, or the part does not fit the type.
pub fn at<T: Json>(body: &[u8], pointer: &str) -> std::result::Result<Option<T>, DecodeError> {
    let mut value = None::<T>;
    visit(body, pointer, &mut |json| value.read(json))?;
    Ok(value)
}

fn visit(
    body: &[u8],
    pointer: &str,
    read: &mut dyn FnMut(&mut Reader<'_>) -> Result,
) -> std::result::Result<(), DecodeError> {
    let mut json = Reader::new(body);
    let mut steps = Vec::new();
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        match go_to(&mut json, &token) {
            Ok(Some(step)) => steps.push(step),
            Ok(None) => return Ok(()),
            Err(halt) => return Err(with_steps(json, halt, steps)),
        }
    }
    match read(&mut json) {
        Ok(()) => Ok(()),
        Err(halt) => Err(with_steps(json, halt, steps)),
    }
}

/// Moves to a member or an item; `None` when there is none.
fn go_to(json: &mut Reader<'_>, token: &str) -> std::result::Result<Option<Step>, super::Halt> {
    match json.peek()? {
        Peek::Object => {
            let mut next = json.jiter.known_object();
            loop {
                match next {
                    Ok(Some(key)) if key == token => return Ok(Some(Step::Key(key.to_owned()))),
                    Ok(Some(_)) => {}
                    Ok(None) => return Ok(None),
                    Err(error) => return Err(json.note(&error)),
                }
                json.skip()?;
                next = json.jiter.next_key();
            }
        }
        Peek::Array => {
            let Ok(wanted) = token.parse::<usize>() else {
                return Ok(None);
            };
            let mut next = json.jiter.known_array();
            for index in 0.. {
                match next {
                    Ok(Some(_)) if index == wanted => return Ok(Some(Step::Index(index))),
                    Ok(Some(_)) => {}
                    Ok(None) => return Ok(None),
                    Err(error) => return Err(json.note(&error)),
                }
                json.skip()?;
                next = json.jiter.array_step();
            }
            Ok(None)
        }
        _ => {
            json.skip()?;
            Ok(None)
        }
    }
}

fn with_steps(mut json: Reader<'_>, halt: super::Halt, steps: Vec<Step>) -> DecodeError {
    for step in steps.into_iter().rev() {
        json.step(halt, step);
    }
    json.into_error(halt)
}
