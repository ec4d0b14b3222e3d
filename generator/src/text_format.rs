//! The formats of text that have types of their own.
//!
//! A format is one entry of [`TextFormat`] and what [`TextFormat::facts`] says of it; lowering, naming,
//! the configuration, layouts, examples and emission read that. Beside it stands the type itself, in
//! the runtime's `json`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident = $facts:ident;)*) => {
        /// A format of text with a type of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TextFormat {
            $($(#[$doc])* $format,)*
        }

        impl TextFormat {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$format),*];

            /// What all stages know of it.
            #[must_use]
            pub const fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$format => &$facts,)*
                }
            }
        }
    };
}

formats! {
    /// A UUID.
    Uuid = UUID;
    /// A date and time with an offset.
    DateTime = DATE_TIME;
    /// A calendar date.
    Date = DATE;
    /// A time of day.
    Time = TIME;
    /// Bytes, as base64 in JSON.
    Base64 = BASE64;
    /// An IP address of either version.
    Ip = IP;
    /// An IP address of version 4.
    Ipv4 = IPV4;
    /// An IP address of version 6.
    Ipv6 = IPV6;
    /// An absolute URL.
    Url = URL;
}

/// What all stages know of a format.
#[derive(Debug)]
pub struct Facts {
    /// What the configuration and the dump of the model call it.
    pub word: &'static str,
    /// The `format` of a schema that has this type without being configured to; empty if none has.
    pub format: &'static str,
    /// What a union calls a member of it.
    pub member: &'static str,
    /// Its type, as generated code names it.
    pub rust: &'static str,
    /// Its size and alignment in bytes, and how many values of its bytes it never has.
    pub layout: [u64; 3],
    /// A value in generated tests.
    pub sample: &'static str,
    /// A value in documentation.
    pub shown: Shown,
    /// Whether setters take what becomes one: a date and time of another library.
    pub is_converted: bool,
    /// Whether it may be where the next page begins.
    pub is_cursor: bool,
    /// Whether a text is one, and is written again as it stands.
    pub fits: fn(&str) -> bool,
    /// Whether a text may be one where [`Facts::fits`] says no: there are more ways to write it.
    pub may_fit: fn(&str) -> bool,
}

/// How a value is written in an example.
#[derive(Debug, Clone, Copy)]
pub enum Shown {
    /// Parsed from a text, of a type that has to be named.
    Named(&'static str),
    /// Parsed from a text, of a type that is plain from the place.
    Parsed(&'static str),
    /// Bytes.
    Bytes(&'static str),
}

/// More values than any enum has variants.
const MANY: u64 = 200;

impl TextFormat {
    /// The format that a schema's `format` means.
    #[must_use]
    pub fn of_schema(format: &str) -> Option<Self> {
        let means = |known: &Self| !format.is_empty() && known.facts().format == format;
        Self::ALL.iter().copied().find(means)
    }

    /// The format that a configuration calls by a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let called = |known: &Self| known.facts().word == word;
        Self::ALL.iter().copied().find(called)
    }
}

static UUID: Facts = Facts {
    word: "uuid",
    format: "uuid",
    member: "Uuid",
    rust: "rt::Uuid",
    layout: [16, 1, 0],
    sample: "67e55044-10b1-426f-9247-bb680e5fe0c8",
    shown: Shown::Named("3f6d2b1a-90c4-4e5d-8b7a-1c2d3e4f5a6b"),
    is_converted: false,
    is_cursor: true,
    fits: is_uuid,
    may_fit: |text| text.bytes().filter(u8::is_ascii_hexdigit).count() == 32,
};

static DATE_TIME: Facts = Facts {
    word: "date-time",
    format: "date-time",
    member: "DateTime",
    rust: "rt::DateTime",
    layout: [32, 8, 1],
    sample: "2024-02-01T10:00:00Z",
    shown: Shown::Named("2030-01-31T09:30:00Z"),
    is_converted: true,
    is_cursor: false,
    fits: is_date_time,
    may_fit: begins_with_digit,
};

static DATE: Facts = Facts {
    word: "date",
    format: "date",
    member: "Date",
    rust: "rt::Date",
    layout: [4, 4, 1],
    sample: "2024-02-01",
    shown: Shown::Named("2030-01-31"),
    is_converted: false,
    is_cursor: false,
    fits: is_date,
    may_fit: begins_with_digit,
};

static TIME: Facts = Facts {
    word: "time",
    format: "time",
    member: "Time",
    rust: "rt::Time",
    layout: [32, 8, 1],
    sample: "10:00:00",
    shown: Shown::Named("09:30:00Z"),
    is_converted: true,
    is_cursor: false,
    fits: is_time,
    may_fit: begins_with_digit,
};

static BASE64: Facts = Facts {
    word: "base64",
    format: "byte",
    member: "Bytes",
    rust: "rt::Base64",
    layout: [24, 8, MANY],
    sample: "Y2xpZW50",
    shown: Shown::Bytes("content"),
    is_converted: false,
    is_cursor: true,
    fits: is_base64,
    may_fit: |_| true,
};

static IP: Facts = Facts {
    word: "ip",
    format: "",
    member: "Ip",
    rust: "::std::net::IpAddr",
    layout: [17, 1, MANY],
    sample: "192.0.2.1",
    shown: Shown::Parsed("192.0.2.1"),
    is_converted: false,
    is_cursor: false,
    fits: is_same::<IpAddr>,
    may_fit: |_| true,
};

static IPV4: Facts = Facts {
    word: "ipv4",
    format: "",
    member: "Ip",
    rust: "::std::net::Ipv4Addr",
    layout: [4, 1, 0],
    sample: "192.0.2.1",
    shown: Shown::Parsed("192.0.2.1"),
    is_converted: false,
    is_cursor: false,
    fits: is_same::<Ipv4Addr>,
    may_fit: |_| true,
};

static IPV6: Facts = Facts {
    word: "ipv6",
    format: "",
    member: "Ip",
    rust: "::std::net::Ipv6Addr",
    layout: [16, 1, 0],
    sample: "2001:db8::1",
    shown: Shown::Parsed("2001:db8::1"),
    is_converted: false,
    is_cursor: false,
    fits: is_same::<Ipv6Addr>,
    may_fit: |_| true,
};

static URL: Facts = Facts {
    word: "url",
    format: "",
    member: "Url",
    rust: "rt::Url",
    layout: [88, 8, MANY],
    sample: "https://example.com/a",
    shown: Shown::Parsed("https://example.com/"),
    is_converted: false,
    is_cursor: false,
    // As a URL is written when it is normalized: no more than the host and a simple path.
    fits: is_plain_url,
    may_fit: |_| true,
};

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a text is the one that its value is written as.
fn is_same<T: FromStr + ToString>(text: &str) -> bool {
    text.parse().is_ok_and(|value: T| value.to_string() == text)
}

fn is_plain_url(text: &str) -> bool {
    text.strip_prefix("https://")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(host, path)| {
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            host.split('.').count() > 1
                && host
                    .split('.')
                    .all(|label| !label.is_empty() && label.bytes().all(is_plain))
                && path.split('/').all(|part| part.bytes().all(is_plain))
        })
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// RFC 3339 in its usual form; servers write more, examples need not.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let zone = time.find(['Z', '+', '-']);
    let Some((time, zone)) = zone.and_then(|at| time.split_at_checked(at)) else {
        return false;
    };
    let is_zone = zone == "Z"
        || zone
            .get(1..)
            .is_some_and(|offset| numbers(offset, ':', &[(2, 0, 14), (2, 0, 59)]));
    is_date(date) && is_time(time) && is_zone
}

fn is_date(text: &str) -> bool {
    // Every month has 28 days; the few examples of later days are not worth a calendar.
    numbers(text, '-', &[(4, 1, 9999), (2, 1, 12), (2, 1, 28)])
}

fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = fraction.len() <= 6
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    digits && numbers(whole, ':', &[(2, 0, 23), (2, 0, 59), (2, 0, 59)])
}

/// Numbers of so many digits within bounds, with something between them.
fn numbers(text: &str, between: char, parts: &[(usize, u32, u32)]) -> bool {
    let found: Vec<&str> = text.split(between).collect();
    found.len() == parts.len()
        && found
            .iter()
            .zip(parts)
            .all(|(text, (digits, least, most))| {
                text.len() == *digits
                    && text.bytes().all(|byte| byte.is_ascii_digit())
                    && text
                        .parse()
                        .is_ok_and(|number: u32| (*least..=*most).contains(&number))
            })
}

fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.len() % 4 != 1
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
        // Trailing bits that are lost on the way back make another text of the same bytes.
        && text.len() == data.len()
}

#[cfg(test)]
mod tests {
    use super::{Shown, TextFormat};

    #[test]
    fn what_is_shown_and_sampled_fits() {
        for format in TextFormat::ALL.iter().copied() {
            let facts = format.facts();
            assert!((facts.fits)(facts.sample), "{}", facts.word);
            if let Shown::Named(text) | Shown::Parsed(text) = facts.shown {
                let fits = (facts.fits)(text) || (facts.may_fit)(text);
                assert!(fits, "{}", facts.word);
            }
            assert_eq!(TextFormat::of_word(facts.word), Some(format));
        }
        assert_eq!(TextFormat::of_schema("byte"), Some(TextFormat::Base64));
        assert_eq!(TextFormat::of_schema(""), None);
    }
}
