//! Dates and times as servers write them: RFC 3339 and what is often taken for it.
//!
//! Parsed by hand because the near-misses (a space for the `T`, no offset, `+0000`, no seconds)
//! are none of RFC 3339, and because this is a hot spot of decoding. The calendar is chrono's.

use chrono::{FixedOffset, NaiveTime, TimeZone};

use super::{Date, DateTime, Time};

/// A date-time; without an offset it is UTC, without a time it is midnight.
pub(super) fn date_time(text: &str) -> Option<DateTime> {
    let (date, rest) = take_date(text.as_bytes())?;
    let (time, offset) = match rest.split_first() {
        None => (NaiveTime::MIN, FixedOffset::east_opt(0)?),
        Some((b'T' | b't' | b' ', rest)) => {
            let (time, rest) = take_time(rest)?;
            (time, take_offset(rest)?)
        }
        Some(_) => return None,
    };
    let instant = offset.from_local_datetime(&date.and_time(time)).single()?;
    Some(DateTime::read_from(instant, text))
}

/// Whether a date-time, which has been read, is what chrono would write: seconds, as many digits
/// as it needs in threes, and `Z` or an offset that is not zero.
pub(super) fn is_plain(text: &str, nanos: u32) -> bool {
    let digits = match nanos {
        0 => 0,
        _ if nanos.is_multiple_of(1_000_000) => 4,
        _ if nanos.is_multiple_of(1_000) => 7,
        _ => 10,
    };
    let (time, zone) = match text.as_bytes() {
        [time @ .., b'Z'] => (time, &b""[..]),
        bytes => bytes.split_at(bytes.len().saturating_sub(6)),
    };
    let is_time = time.len() == 19 + digits
        && time.get(10) == Some(&b'T')
        && time.get(16) == Some(&b':')
        && (digits == 0 || time.get(19) == Some(&b'.'))
        && time.last().is_some_and(u8::is_ascii_digit);
    let is_zone = match zone {
        [] => true,
        [b'+' | b'-', _, _, b':', _, _] => zone.iter().any(|byte| matches!(byte, b'1'..=b'9')),
        _ => false,
    };
    is_time && is_zone && nanos < 1_000_000_000
}

/// A date; of a date-time, its date as written.
pub(super) fn date(text: &str) -> Option<Date> {
    let (date, rest) = take_date(text.as_bytes())?;
    if rest.is_empty() || date_time(text).is_some() {
        Some(date)
    } else {
        None
    }
}

/// A time of day, with an offset or without.
pub(super) fn time(text: &str) -> Option<Time> {
    let (time, rest) = take_time(text.as_bytes())?;
    let offset = match rest {
        b"" => None,
        rest => Some(take_offset(rest)?),
    };
    Some(Time::read_from(time, offset, text))
}

/// `2024-01-31`
fn take_date(text: &[u8]) -> Option<(Date, &[u8])> {
    let (year, rest) = take_number(text, 4)?;
    let (month, rest) = take_number(rest.strip_prefix(b"-")?, 2)?;
    let (day, rest) = take_number(rest.strip_prefix(b"-")?, 2)?;
    let date = Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some((date, rest))
}

/// `23:59`, `23:59:59`, `23:59:59.999`; second 60 is a leap second.
fn take_time(text: &[u8]) -> Option<(NaiveTime, &[u8])> {
    const SECOND: u32 = 1_000_000_000;
    let (hour, rest) = take_number(text, 2)?;
    let (minute, mut rest) = take_number(rest.strip_prefix(b":")?, 2)?;
    let (mut second, mut nanos) = (0, 0);
    if let Some(after) = rest.strip_prefix(b":") {
        (second, rest) = take_number(after, 2)?;
        if let [b'.' | b',', after @ ..] = rest {
            (nanos, rest) = take_fraction(after)?;
        }
    }
    if second == 60 {
        (second, nanos) = (59, nanos + SECOND);
    }
    Some((
        NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?,
        rest,
    ))
}

/// The offset from UTC: `Z`, `+01:00`, `+0100`, `+01`, or nothing at all.
fn take_offset(text: &[u8]) -> Option<FixedOffset> {
    let text = text.trim_ascii();
    if matches!(text, b"" | b"Z" | b"z" | b"UTC" | b"GMT") {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = match text {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = take_number(rest, 2)?;
    let (minutes, rest) = match rest.strip_prefix(b":").unwrap_or(rest) {
        b"" => (0, rest),
        digits => take_number(digits, 2)?,
    };
    let valid = rest.is_empty() && hours < 24 && minutes < 60;
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(sign * seconds).filter(|_| valid)
}

/// Exactly so many digits.
#[inline]
fn take_number(text: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (number, rest) = text.split_at_checked(digits)?;
    let mut value = 0;
    for byte in number {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(byte - b'0');
    }
    Some((value, rest))
}

/// At least one digit; those beyond nanoseconds are dropped.
fn take_fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = text.split_at_checked(digits)?;
    if fraction.is_empty() {
        return None;
    }
    let mut nanos = 0;
    for place in 0..9 {
        nanos = nanos * 10 + fraction.get(place).map_or(0, |byte| u32::from(byte - b'0'));
    }
    Some((nanos, rest))
}
