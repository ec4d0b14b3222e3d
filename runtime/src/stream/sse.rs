//! The event stream format (WHATWG HTML, "Server-sent events"), from bytes to events. No IO here.

use std::time::Duration;

/// One event as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    /// The id that a new connection goes on from once this event has come.
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) data: String,
    /// Whether the id came on the connection that the event did, instead of an earlier one.
    pub(super) has_own_id: bool,
}

/// Reads the stream, piece by piece, wherever the pieces are cut.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return, and a line feed after it is no line of its own.
    after_return: bool,
    begun: bool,
    event: RawEvent,
    id: String,
    /// Whether the id has come on this connection.
    has_own_id: bool,
    /// The id of the last event that was complete: what a new connection goes on from.
    pub(super) last_id: Option<String>,
    /// How long the server asks to wait before a new connection.
    pub(super) retry: Option<Duration>,
}

impl Parser {
    /// How much of an event has come that is not complete yet.
    pub(super) fn pending(&self) -> usize {
        self.line.len() + self.event.data.len()
    }

    /// Reads a piece, and hands over the events that it completes.
    pub(super) fn feed(&mut self, piece: &[u8], complete: &mut impl Extend<RawEvent>) {
        for &byte in piece {
            let follows_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if follows_return => {}
                b'\n' | b'\r' => complete.extend(self.end_of_line()),
                _ => self.line.push(byte),
            }
        }
    }

    /// Nothing of an event that is not complete outlives its connection.
    pub(super) fn forget_pending(&mut self) {
        let (last_id, retry) = (self.last_id.take(), self.retry);
        *self = Self {
            id: last_id.clone().unwrap_or_default(),
            last_id,
            retry,
            ..Self::default()
        };
    }

    fn end_of_line(&mut self) -> Option<RawEvent> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mark = if std::mem::replace(&mut self.begun, true) {
            None
        } else {
            Some('\u{feff}')
        };
        let line = mark
            .and_then(|mark| line.strip_prefix(mark))
            .unwrap_or(&line);
        if line.is_empty() {
            return self.end_of_event();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.event.name = Some(value.to_owned()),
            "data" => {
                self.event.data.push_str(value);
                self.event.data.push('\n');
            }
            "id" if !value.contains('\0') => {
                value.clone_into(&mut self.id);
                self.has_own_id = true;
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or a field that is not known.
            _ => {}
        }
        None
    }

    fn end_of_event(&mut self) -> Option<RawEvent> {
        self.last_id = Some(self.id.clone()).filter(|id| !id.is_empty());
        let mut event = std::mem::take(&mut self.event);
        event.id.clone_from(&self.last_id);
        event.has_own_id = self.has_own_id;
        // What ends the last of its lines.
        event.data.pop();
        // Data of nothing is no event, as in browsers where the field is missing altogether.
        (!event.data.is_empty()).then_some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&[u8]]) -> (Vec<RawEvent>, Parser) {
        let (mut events, mut parser) = (Vec::new(), Parser::default());
        for piece in pieces {
            parser.feed(piece, &mut events);
        }
        (events, parser)
    }

    fn event(id: Option<&str>, name: Option<&str>, data: &str) -> RawEvent {
        RawEvent {
            id: id.map(str::to_owned),
            name: name.map(str::to_owned),
            data: data.to_owned(),
            has_own_id: true,
        }
    }

    const STREAM: &[u8] = "\u{feff}: hello\nid: 7\nevent: add\ndata: {\ndata:  1}\n\ndata\r\n\r\n\
                           retry: 250\rid\rdata: caf\u{e9}\r\rdata: unfinished\n"
        .as_bytes();

    #[test]
    fn fields_lines_and_ends() {
        let (events, parser) = read(&[STREAM]);
        let expected = [
            event(Some("7"), Some("add"), "{\n 1}"),
            event(None, None, "caf\u{e9}"),
        ];
        assert_eq!(events, expected);
        assert_eq!(parser.retry, Some(Duration::from_millis(250)));
        assert_eq!(parser.last_id, None, "an empty id takes it back");
        assert!(parser.pending() > 0);
    }

    #[test]
    fn wherever_it_is_cut() {
        let (whole, _) = read(&[STREAM]);
        for at in 0..STREAM.len() {
            let (before, after) = STREAM.split_at(at);
            assert_eq!(read(&[before, after]).0, whole, "cut at {at}");
        }
    }
}
