//! The events of Markdown, one by one, as events that rustdoc takes: HTML that Markdown has words for
//! becomes Markdown, links lead to the web or are text, code is never run.

use std::collections::VecDeque;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::marks::{BREAK, CLOSING, OPENING, address, is_web_address};

/// Prose in the making: events that rustdoc takes without a word.
#[derive(Debug, Default)]
pub(super) struct Prose<'a> {
    pub(super) events: Vec<Event<'a>>,
    /// Whether each open link is left out.
    dropped_links: Vec<bool>,
    /// The tags of HTML that are open in this block, as what ends them.
    open_tags: Vec<TagEnd>,
    in_code_block: bool,
    in_paragraph: bool,
    /// How much emphasis of Markdown's is open.
    emphasis: usize,
    /// Where a line cannot end.
    in_line: bool,
}

impl<'a> Prose<'a> {
    /// Adds an event of a document; `rest` are those that follow.
    pub(super) fn push(&mut self, event: Event<'a>, rest: &mut VecDeque<Event<'a>>) {
        match event {
            Event::Html(html) => self.block(&html, rest),
            Event::InlineHtml(html) => self.tag(&html, rest),
            Event::Start(Tag::HtmlBlock) => self.start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => self.end(TagEnd::Paragraph),
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code_block = true;
                let language = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
                self.events.push(Event::Start(Tag::CodeBlock(language)));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => self.link(link_type, &dest_url, &title),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Text(text) => self.text(&text),
            // A line ends once.
            Event::SoftBreak if self.events.last() == Some(&Event::SoftBreak) => {}
            Event::HardBreak => self.line_break(),
            Event::End(end) => self.end(end),
            Event::Start(tag) => self.start(tag),
            other => self.events.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if is_emphasis(tag.to_end()) {
            self.emphasis += 1;
        } else {
            self.in_paragraph = tag == Tag::Paragraph;
        }
        self.in_line |= matches!(tag, Tag::Heading { .. } | Tag::Table(_));
        self.events.push(Event::Start(tag));
    }

    fn end_link(&mut self) {
        if self.dropped_links.pop() != Some(true) {
            self.events.push(Event::End(TagEnd::Link));
        }
    }

    /// Ends what is no link, and with a block the tags that are open in it.
    fn end(&mut self, end: TagEnd) {
        if is_emphasis(end) {
            self.emphasis = self.emphasis.saturating_sub(1);
        } else {
            self.in_paragraph = false;
            let is_break = |event: &Event<'a>| match event {
                Event::Text(text) => text.strip_prefix(BREAK) == Some(""),
                event => *event == Event::SoftBreak,
            };
            while self.events.last().is_some_and(is_break) {
                self.events.pop();
            }
            self.trim_end();
            let open = self.open_tags.drain(..).rev();
            self.events.extend(open.map(Event::End));
        }
        match end {
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::Heading(_) | TagEnd::Table => self.in_line = false,
            TagEnd::Paragraph if self.events.last() == Some(&Event::Start(Tag::Paragraph)) => {
                self.events.pop();
                return;
            }
            _ => {}
        }
        self.events.push(Event::End(end));
    }

    /// A block does not end with a space.
    fn trim_end(&mut self) {
        if self.in_code_block {
            return;
        }
        if let Some(Event::Text(text)) = self.events.last_mut() {
            *text = CowStr::from(text.trim_end().to_owned());
            if text.is_empty() {
                self.events.pop();
            }
        }
    }

    fn link(&mut self, link_type: LinkType, address: &str, title: &str) {
        let is_kept = is_web_address(address);
        self.dropped_links.push(!is_kept);
        if is_kept {
            self.events.push(Event::Start(Tag::Link {
                link_type: match link_type {
                    LinkType::Autolink => LinkType::Autolink,
                    _ => LinkType::Inline,
                },
                dest_url: CowStr::from(address.replace(['<', '>', ' ', '\n'], "")),
                title: CowStr::from(title.replace('"', "'")),
                id: CowStr::Borrowed(""),
            }));
        }
    }

    /// The tags that mean what Markdown can say, or nothing; others are text.
    fn tag(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        let ends = html.starts_with("</");
        let within = html.trim_start_matches(['<', '/']);
        let length = within.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, attributes) = within.split_at(length.unwrap_or(within.len()));
        match name.to_ascii_lowercase().as_str() {
            "b" | "strong" => self.styled(Tag::Strong, html),
            "i" | "em" => self.styled(Tag::Emphasis, html),
            "br" => self.line_break(),
            "code" if !ends => self.code(html, rest),
            "a" if ends && !self.dropped_links.is_empty() => self.end_link(),
            "a" if !ends => self.link(LinkType::Inline, attribute(attributes, "href"), ""),
            "p" | "div" if self.stands_in_paragraph() => {
                self.end(TagEnd::Paragraph);
                self.start(Tag::Paragraph);
            }
            "li" if !ends => {
                self.line_break();
                self.text("• ");
            }
            "ul" | "ol" | "li" | "span" => {}
            _ => self.text(html),
        }
    }

    /// In a paragraph, and in nothing within it.
    fn stands_in_paragraph(&self) -> bool {
        let is_within = self.emphasis > 0 || !self.open_tags.is_empty();
        self.in_paragraph && !is_within && self.dropped_links.is_empty()
    }

    fn styled(&mut self, tag: Tag<'a>, html: &str) {
        let end = tag.to_end();
        if !html.starts_with("</") {
            self.open_tags.push(end);
            self.events.push(Event::Start(tag));
        } else if self.open_tags.last() == Some(&end) {
            self.open_tags.pop();
            self.events.push(Event::End(end));
        } else {
            self.text(html);
        }
    }

    /// Ends the line, where it can be.
    fn line_break(&mut self) {
        if self.in_line {
            self.events.push(Event::Text(CowStr::Borrowed(" ")));
        } else {
            let mark = BREAK.to_string();
            self.events.push(Event::Text(CowStr::from(mark)));
            self.events.push(Event::SoftBreak);
        }
    }

    /// `<code>` with nothing but text in it is a code span.
    fn code(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        let is_text = |event: &&Event<'a>| matches!(event, Event::Text(_));
        let texts = rest.iter().take_while(is_text).count();
        let is_end = |event: &Event<'a>| matches!(event, Event::InlineHtml(html) if html.eq_ignore_ascii_case("</code>"));
        if texts == 0 || !rest.get(texts).is_some_and(is_end) {
            return self.text(html);
        }
        let texts = rest.drain(..=texts);
        let code: String = texts
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        self.events.push(Event::Code(CowStr::from(code)));
    }

    /// HTML of several lines.
    fn block(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        for line in html.lines() {
            if !matches!(self.events.last(), Some(Event::Start(_) | Event::SoftBreak)) {
                self.events.push(Event::SoftBreak);
            }
            let mut line = line.trim();
            while let Some(start) = line.find('<') {
                let (before, from) = line.split_at(start);
                let end = from.find('>').map_or(from.len(), |end| end + 1);
                let (tag, after) = from.split_at(end);
                self.text(before);
                self.tag(tag, rest);
                line = after;
            }
            self.text(line);
        }
    }

    /// Text with every bare address as a link.
    fn text(&mut self, text: &str) {
        if self.in_code_block {
            self.events.push(Event::Text(CowStr::from(text.to_owned())));
            return;
        }
        // Within a link a bare address is its text already.
        let is_linked = self.dropped_links.contains(&false);
        let mut rest = match self.events.last() {
            // A line has no space in front of it.
            Some(Event::SoftBreak | Event::Start(Tag::Paragraph | Tag::Item)) => text.trim_start(),
            _ => text,
        };
        while let Some(address) = address(rest).filter(|_| !is_linked) {
            let (before, after) = (rest.get(..address.start), rest.get(address.end..));
            self.show(before.unwrap_or_default());
            let address = rest.get(address).unwrap_or_default();
            self.events.push(Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: CowStr::from(address.to_owned()),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
            self.events
                .push(Event::Text(CowStr::from(address.to_owned())));
            self.events.push(Event::End(TagEnd::Link));
            rest = after.unwrap_or_default();
        }
        self.show(rest);
    }

    /// Text as it is, with its brackets as something else. There is no empty text.
    fn show(&mut self, text: &str) {
        if !text.is_empty() {
            let text = text.replace('[', OPENING.encode_utf8(&mut [0; 4]));
            let text = text.replace(']', CLOSING.encode_utf8(&mut [0; 4]));
            self.events.push(Event::Text(CowStr::from(text)));
        }
    }
}

fn is_emphasis(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
    )
}

/// The value of an attribute of a tag; empty where it has none.
fn attribute<'t>(attributes: &'t str, name: &str) -> &'t str {
    let value = attributes.split_once(name).map(|(_, value)| value);
    let value = value.and_then(|value| value.trim_start().strip_prefix('='));
    let value = value.unwrap_or_default().trim_start();
    let quoted = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let mut ends = quoted.split(['"', '\'', '>', ' ']);
    ends.next().unwrap_or_default()
}
