//! Points in time and times of day, with the offset and the text that they came with.
//!
//! Both hold what chrono computes with, and beside it the text where chrono would write another:
//! so a value goes back as it came, whatever its offset, its digits and its form. Which texts are
//! read is `dates`' matter.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use chrono::{FixedOffset, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc};

use super::{Json, Nullable, Reader, Result, Writer, dates};

/// A point in time with its offset from UTC: JSON strings of `format: date-time`.
///
/// It dereferences to chrono's type, and is made of chrono's by `into()` or of text by `parse()`.
/// What was read is written as it came: `2024-01-02T03:04:05.120+02:00` keeps its offset and its
/// digits. Without an offset it is UTC.
///
/// Two are equal, and ordered, by the instant: `10:00+02:00` is `08:00Z`.
///
/// ```
/// use clientsmith_runtime::DateTime;
///
/// let sent: DateTime = "2024-01-02T10:00:00+02:00".parse()?;
/// let same: DateTime = "2024-01-02T08:00:00Z".parse()?;
/// assert_eq!(sent, same);
/// # Ok::<(), clientsmith_runtime::json::NoMoment>(())
/// ```
#[derive(Clone)]
pub struct DateTime {
    instant: chrono::DateTime<FixedOffset>,
    /// Where chrono would write another.
    text: Option<Box<str>>,
}

/// A time of day: JSON strings of `format: time`.
///
/// It dereferences to chrono's type, which is the time as written; [`Time::offset`] is the offset
/// from UTC where it has one. What was read is written as it came.
///
/// Two are equal, and ordered, by the moment of the day in UTC; one without an offset is taken as
/// UTC there.
#[derive(Clone)]
pub struct Time {
    clock: NaiveTime,
    offset: Option<FixedOffset>,
    /// Where it would be written in another way.
    text: Option<Box<str>>,
}

impl DateTime {
    /// A value as it was read: its text is kept where chrono would write another.
    pub(super) fn read_from(instant: chrono::DateTime<FixedOffset>, text: &str) -> Self {
        let is_plain = dates::is_plain(text, instant.timestamp_subsec_nanos());
        Self {
            instant,
            text: (!is_plain).then(|| text.into()),
        }
    }

    /// The instant as chrono's type in UTC.
    #[must_use]
    pub fn to_utc(&self) -> chrono::DateTime<Utc> {
        self.instant.to_utc()
    }
}

impl Time {
    /// A value as it was read: its text is kept where it would be written in another way.
    pub(super) fn read_from(time: NaiveTime, offset: Option<FixedOffset>, text: &str) -> Self {
        let mut read = Self {
            clock: time,
            offset,
            text: None,
        };
        if read.to_string() != text {
            read.text = Some(text.into());
        }
        read
    }

    /// A time of day at an offset from UTC.
    #[must_use]
    pub fn with_offset(time: NaiveTime, offset: FixedOffset) -> Self {
        Self {
            clock: time,
            offset: Some(offset),
            text: None,
        }
    }

    /// The offset from UTC, where it has one.
    #[must_use]
    pub fn offset(&self) -> Option<FixedOffset> {
        self.offset
    }

    /// The moment of the day in UTC.
    fn moment(&self) -> NaiveTime {
        let seconds = self.offset.map_or(0, |offset| offset.local_minus_utc());
        let shift = TimeDelta::seconds(i64::from(seconds));
        self.clock.overflowing_sub_signed(shift).0
    }
}

impl Deref for DateTime {
    type Target = chrono::DateTime<FixedOffset>;

    fn deref(&self) -> &Self::Target {
        &self.instant
    }
}

impl Deref for Time {
    type Target = NaiveTime;

    fn deref(&self) -> &Self::Target {
        &self.clock
    }
}

impl<Zone: TimeZone> From<chrono::DateTime<Zone>> for DateTime {
    fn from(instant: chrono::DateTime<Zone>) -> Self {
        Self {
            instant: instant.fixed_offset(),
            text: None,
        }
    }
}

impl<Zone: TimeZone> From<chrono::DateTime<Zone>> for Nullable<DateTime> {
    fn from(instant: chrono::DateTime<Zone>) -> Self {
        Self::Value(instant.into())
    }
}

impl From<DateTime> for chrono::DateTime<FixedOffset> {
    fn from(value: DateTime) -> Self {
        value.instant
    }
}

impl From<DateTime> for chrono::DateTime<Utc> {
    fn from(value: DateTime) -> Self {
        value.to_utc()
    }
}

impl From<NaiveTime> for Time {
    fn from(time: NaiveTime) -> Self {
        Self {
            clock: time,
            offset: None,
            text: None,
        }
    }
}

impl From<NaiveTime> for Nullable<Time> {
    fn from(time: NaiveTime) -> Self {
        Self::Value(time.into())
    }
}

impl From<Time> for NaiveTime {
    fn from(value: Time) -> Self {
        value.clock
    }
}

/// A text is no date-time or no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMoment(&'static str);

impl fmt::Display for NoMoment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no {}", self.0)
    }
}

impl std::error::Error for NoMoment {}

impl FromStr for DateTime {
    type Err = NoMoment;

    fn from_str(text: &str) -> std::result::Result<Self, NoMoment> {
        dates::date_time(text).ok_or(NoMoment("date-time"))
    }
}

impl FromStr for Time {
    type Err = NoMoment;

    fn from_str(text: &str) -> std::result::Result<Self, NoMoment> {
        dates::time(text).ok_or(NoMoment("time of day"))
    }
}

/// As it is sent.
impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => formatter.write_str(text),
            None => formatter.write_str(&self.instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

/// As it is sent.
impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.text, self.offset) {
            (Some(text), _) => formatter.write_str(text),
            (None, None) => write!(formatter, "{}", self.clock),
            (None, Some(offset)) if offset.local_minus_utc() == 0 => {
                write!(formatter, "{}Z", self.clock)
            }
            (None, Some(offset)) => write!(formatter, "{}{offset}", self.clock),
        }
    }
}

impl Json for DateTime {
    #[inline]
    fn empty() -> Self {
        Self {
            instant: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            text: None,
        }
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        *self = json.parse("a date-time", dates::date_time)?;
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        match &self.text {
            _ if json.is_compared() => json.text(&DateTime::from(self.to_utc()).to_string()),
            Some(text) => json.text(text),
            None => json.text(&self.to_string()),
        }
    }
}

impl Json for Time {
    #[inline]
    fn empty() -> Self {
        NaiveTime::MIN.into()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        *self = json.parse("a time of day", dates::time)?;
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        match &self.text {
            _ if json.is_compared() => json.text(&self.moment().to_string()),
            Some(text) => json.text(text),
            None => json.text(&self.to_string()),
        }
    }
}

/// Everything that is compared, of `$moment`.
macro_rules! compared {
    ($type:ty, $one:ident => $moment:expr) => {
        impl $type {
            fn compared(&self) -> impl Ord + Hash + use<> {
                let $one = self;
                $moment
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.compared() == other.compared()
            }
        }

        impl Eq for $type {}

        impl PartialOrd for $type {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $type {
            fn cmp(&self, other: &Self) -> Ordering {
                self.compared().cmp(&other.compared())
            }
        }

        impl Hash for $type {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.compared().hash(state);
            }
        }
    };
}

compared!(DateTime, one => one.instant);
compared!(Time, one => one.moment());

impl<Zone: TimeZone> PartialEq<chrono::DateTime<Zone>> for DateTime {
    fn eq(&self, other: &chrono::DateTime<Zone>) -> bool {
        self.instant == *other
    }
}

impl<Zone: TimeZone> PartialOrd<chrono::DateTime<Zone>> for DateTime {
    fn partial_cmp(&self, other: &chrono::DateTime<Zone>) -> Option<Ordering> {
        self.instant.partial_cmp(other)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::{DateTime, Time};

    #[test]
    fn a_moment_is_written_as_it_came_and_equal_by_the_instant() {
        for text in [
            "2024-01-02T03:04:05Z",
            "2024-01-02T03:04:05+02:00",
            "2024-01-02T03:04:05.120Z",
            "2024-01-02T03:04:05.000000Z",
            "2024-01-02T03:04:05.1234567891234Z",
            "2024-01-02T03:04:05+00:00",
            "2024-01-02T03:04:05-00:00",
            "2024-01-02 03:04:05",
            "2024-01-02T23:59:60Z",
            "2024-01-02",
        ] {
            let moment: DateTime = text.parse().expect("a date-time");
            assert_eq!(moment.to_string(), text);
            assert_eq!(moment, moment.to_utc());
        }
        for text in ["10:11:12+02:00", "10:11:12Z", "10:11", "10:11:12.50-03:30"] {
            let time: Time = text.parse().expect("a time");
            assert_eq!(time.to_string(), text);
        }
        let one: DateTime = "2024-01-02T03:04:05+02:00".parse().expect("a date-time");
        let same = Utc.with_ymd_and_hms(2024, 1, 2, 1, 4, 5).single();
        assert_eq!(Some(one.to_utc()), same);
        assert_eq!(one, DateTime::from(one.to_utc()));
        assert_eq!(
            DateTime::from(one.to_utc()).to_string(),
            "2024-01-02T01:04:05Z"
        );
        let (one, other) = (
            "10:11:12+02:00".parse::<Time>(),
            "08:11:12Z".parse::<Time>(),
        );
        assert_eq!(one, other);
    }
}
