//! What a program says to its server and hears from it, as text: `fixtures/callers/NAME.http`.
//!
//! A line that begins with `>>>` opens a request, `<<<` the response to it, `===` what is around both.
//! Headers follow, an empty line, and the body. Requests are as they must come, with the headers
//! that matter; answers are sent as they stand, as JSON unless a header says otherwise.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::support::{Act, Received, response};

/// A whole conversation.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    /// The program's environment.
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) exchanges: Vec<Exchange>,
    /// What the program prints.
    pub(crate) printed: String,
    /// How long it takes at least, where it is told to wait.
    pub(crate) at_least: Duration,
}

/// A request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    request: Message,
    answer: Message,
}

/// The first line without its mark, headers and body.
#[derive(Debug)]
struct Message {
    first: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Transcript {
    /// Reads a transcript for a server at an address.
    pub(crate) fn parse(text: &str, server: &str) -> Self {
        let soon = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + Duration::from_secs(2);
        let text = text
            .replace("{server}", server)
            .replace("{two seconds from now}", &soon.as_secs().to_string());
        let mut transcript = Self::default();
        let mut asked = None;
        for section in sections(&text) {
            let (mark, rest) = section.split_at(3);
            match mark {
                ">>>" => assert!(asked.replace(Message::parse(rest)).is_none(), "{section}"),
                "<<<" => transcript.exchanges.push(Exchange {
                    request: asked.take().expect("a response follows a request"),
                    answer: Message::parse(rest),
                }),
                _ => transcript.around(rest.trim_start()),
            }
        }
        assert!(asked.is_none(), "the last request has no response");
        transcript
    }

    fn around(&mut self, section: &str) {
        let (first, rest) = section.split_once('\n').unwrap_or((section, ""));
        match first.split_once(' ').unwrap_or((first, "")) {
            ("environment", "") => {
                let pairs = rest.lines().filter_map(|line| line.split_once('='));
                self.environment = pairs
                    .map(|(name, value)| (name.into(), value.into()))
                    .collect();
            }
            ("printed", "") => rest.trim_end().clone_into(&mut self.printed),
            ("seconds", least) => self.at_least = Duration::from_secs_f64(least.parse().unwrap()),
            _ => panic!("a section that nothing is known of: {first}"),
        }
    }

    /// What the server does.
    pub(crate) fn script(&self) -> Vec<Act> {
        let answers = self.exchanges.iter().map(|exchange| exchange.answer.act());
        // Whatever is asked beyond the transcript is found below, not answered.
        let end = Act::Send(response(599, &[], "the transcript has ended"));
        answers.chain([end]).collect()
    }

    /// Holds what came against what must come.
    pub(crate) fn check(&self, name: &str, received: &[Received]) {
        for (exchange, came) in self.exchanges.iter().zip(received) {
            exchange.request.check(name, came);
        }
        let lines: Vec<_> = received.iter().map(Received::line).collect();
        assert_eq!(received.len(), self.exchanges.len(), "{name}: {lines:#?}");
    }
}

impl Message {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let first = lines.next().unwrap_or_default().trim().to_owned();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").expect("a header");
            (name.to_owned(), value.to_owned())
        });
        Self {
            first,
            headers: headers.collect(),
            body: body.trim_end().to_owned(),
        }
    }

    fn act(&self) -> Act {
        let is_typed = self.headers.iter().any(|(name, _)| name == "content-type");
        let json = (!is_typed).then_some(("content-type", "application/json"));
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: Vec<_> = headers.chain(json).collect();
        let status = self.first.parse().expect("a status");
        Act::Send(response(status, &headers, &self.body))
    }

    fn check(&self, name: &str, came: &Received) {
        assert_eq!(came.line(), self.first, "{name}");
        // Nobody can know the text that divides a form.
        let boundary = came
            .header("content-type")
            .and_then(|ty| ty.split_once("boundary="));
        let boundary = boundary.map_or("{boundary}", |(_, boundary)| boundary);
        let plain = |text: &str| text.replace(boundary, "{boundary}").replace('\r', "");
        for (header, value) in &self.headers {
            let sent = came.header(header).map(plain);
            assert_eq!(
                sent.as_ref(),
                Some(value),
                "{name}: {header} of {}",
                self.first
            );
        }
        assert_eq!(
            plain(came.text()).trim_end(),
            self.body,
            "{name}: {}",
            self.first
        );
    }
}

/// The text in parts, each from a mark to the next.
fn sections(text: &str) -> Vec<&str> {
    let is_mark = |line: &str| {
        [">>>", "<<<", "==="]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_mark(line) {
            starts.push(at);
        }
        at += line.len();
    }
    assert_eq!(starts.first(), Some(&0), "a transcript begins with a mark");
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &text[*start..end])
        .collect()
}
