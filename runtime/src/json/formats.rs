//! Types that a configuration can give a format: IP addresses, URLs, numbers with all their digits.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use jiter::Jiter;

use super::{Json, Reader, Result, Writer};

/// An absolute URL, written as the URL standard normalizes it.
pub type Url = url::Url;

macro_rules! texts {
    ($($type:ty = $expected:literal, $empty:expr;)*) => {$(
        impl Json for $type {
            fn empty() -> Self {
                $empty
            }

            fn read(&mut self, json: &mut Reader<'_>) -> Result {
                *self = json.parse($expected, |text| text.trim().parse().ok())?;
                Ok(())
            }

            fn write(&self, json: &mut Writer) {
                json.text(&self.to_string());
            }
        }
    )*};
}

texts! {
    IpAddr = "an IP address", Self::V4(Ipv4Addr::UNSPECIFIED);
    Ipv4Addr = "an IP address of version 4", Self::UNSPECIFIED;
    Ipv6Addr = "an IP address of version 6", Self::UNSPECIFIED;
}

impl Json for Url {
    /// No absolute URL is empty; this one leads nowhere.
    fn empty() -> Self {
        // The text is a constant that parses; there is no other way to make one.
        #[expect(clippy::expect_used, reason = "a constant")]
        Self::parse("about:blank").expect("a URL")
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        *self = json.parse("a URL", |text| Self::parse(text).ok())?;
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.text(self.as_str());
    }
}

/// A number with all its digits, as it is written: prices, and what a float would round.
///
/// ```
/// use clientsmith_runtime::Decimal;
///
/// let price: Decimal = "19.990".parse()?;
/// assert_eq!(price.as_str(), "19.990");
/// # Ok::<(), clientsmith_runtime::json::NoNumber>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(String);

impl Decimal {
    /// The number's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text is no JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoNumber;

impl fmt::Display for NoNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no JSON number")
    }
}

impl std::error::Error for NoNumber {}

impl FromStr for Decimal {
    type Err = NoNumber;

    fn from_str(text: &str) -> std::result::Result<Self, NoNumber> {
        let mut number = Jiter::new(text.as_bytes());
        match number.next_number_bytes() {
            Ok(digits) if digits.len() == text.len() => Ok(Self(text.to_owned())),
            _ => Err(NoNumber),
        }
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Json for Decimal {
    fn empty() -> Self {
        Self("0".to_owned())
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        if !json.peek()?.is_num() {
            return Err(json.mismatch("a number"));
        }
        let digits = match json.jiter.next_number_bytes() {
            Ok(digits) => String::from_utf8_lossy(digits).into_owned(),
            Err(error) => return Err(json.note(&error)),
        };
        self.0 = digits;
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.raw(&self.0);
    }
}
