//! Dates and times as servers write them: RFC 3339 and what is often taken for it.
//!
//! Parsed by hand because the near-misses (a space for the `T`, no offset, `+0000`, no seconds)
//! are none of RFC 3339, and because this is a hot spot of decoding. The calendar is chrono's.

use chrono::{NaiveTime, TimeDelta};

use super::{Date, DateTime, Time};

/// A date-time; without an offset it is UTC, without a time it is midnight.
pub(super) fn date_time(text: &str) -> Option<DateTime> {
    let (date, rest) = take_date(text.as_bytes())?;
    let Some((separator, rest)) = rest.split_first() else {
        return Some(date.and_time(NaiveTime::MIN).and_utc());
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (time, rest) = take_time(rest)?;
    let offset = take_offset(rest)?;
    date.and_time(time)
        .checked_sub_signed(TimeDelta::seconds(offset))
        .map(|utc| utc.and_utc())
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

/// A time of day; with an offset it is turned into UTC.
pub(super) fn time(text: &str) -> Option<Time> {
    let (time, rest) = take_time(text.as_bytes())?;
    let offset = take_offset(rest)?;
    Some(time.overflowing_sub_signed(TimeDelta::seconds(offset)).0)
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
fn take_time(text: &[u8]) -> Option<(Time, &[u8])> {
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
    Some((Time::from_hms_nano_opt(hour, minute, second, nanos)?, rest))
}

/// The offset from UTC in seconds: `Z`, `+01:00`, `+0100`, `+01`, or nothing at all.
fn take_offset(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    if matches!(text, b"" | b"Z" | b"z" | b"UTC" | b"GMT") {
        return Some(0);
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
    valid.then(|| sign * i64::from(hours * 3600 + minutes * 60))
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
