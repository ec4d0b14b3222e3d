//! Single places of a JSON body that is written already.

use http::HeaderValue;
use serde_json::Value;

use super::{Call, bad_body};
use crate::json;
use crate::transport::Body;

impl Call {
    /// Asks for the response as it comes, by the member of the JSON body that says so, whatever the
    /// caller has left out or set. A body of another kind stays as it is.
    pub fn stream_flag(&mut self, member: &'static str) {
        let Some((content_type, body)) = &self.0.body else {
            return self.set_in_body(&format!("/{member}"), Value::Bool(true));
        };
        let is_json = content_type
            .to_str()
            .is_ok_and(|content_type| content_type.contains("json"));
        let Some(text) = body.as_bytes().filter(|_| is_json) else {
            return;
        };
        let Ok(Value::Object(members)) = serde_json::from_slice(text) else {
            return;
        };
        match members.get(member) {
            Some(Value::Bool(true)) => {}
            Some(_) => self.set_in_body(&format!("/{member}"), Value::Bool(true)),
            None => {
                // Put in front as text, so that no number loses a digit.
                let rest = text.trim_ascii_start().get(1..).unwrap_or_default();
                let comma = if members.is_empty() { "" } else { "," };
                let mut with_flag = format!("{{\"{member}\":true{comma}").into_bytes();
                with_flag.extend_from_slice(rest);
                let content_type = content_type.clone();
                self.0.body = Some((content_type, Body::from(with_flag)));
            }
        }
    }

    /// Sets a place in the JSON body, which becomes an object where it was none.
    pub(super) fn set_in_body(&mut self, pointer: &str, value: Value) {
        let before = match &self.0.body {
            None => Some(Value::Null),
            Some((_, body)) => body
                .as_bytes()
                .and_then(|body| serde_json::from_slice(body).ok()),
        };
        let Some(mut body) = before else {
            return self.note(bad_body("it is no JSON, so no page can be asked for in it"));
        };
        let mut place = &mut body;
        for step in pointer.split('/').skip(1) {
            if !place.is_object() {
                *place = Value::Object(serde_json::Map::new());
            }
            let step = step.replace("~1", "/").replace("~0", "~");
            place = &mut place[step];
        }
        *place = value;
        let content_type = match self.0.body.take() {
            Some((content_type, _)) => content_type,
            None => HeaderValue::from_static("application/json"),
        };
        self.0.body = Some((content_type, json::to_vec(&body).into()));
    }
}
