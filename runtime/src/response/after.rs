//! How long a server asks to wait.
//!
//! `Retry-After` first, in seconds or as a date; then `X-RateLimit-Reset` and its kin, which
//! vendors fill with seconds from now, epoch seconds, epoch milliseconds or a date. The numbers are
//! told apart by size: they lie decades apart.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, StatusCode};

/// Values from here on are epoch seconds (September 2001); below, seconds from now.
const EPOCH_SECONDS: f64 = 1e9;
/// Values from here on are epoch milliseconds (September 2001).
const EPOCH_MILLISECONDS: f64 = 1e12;

/// Headers that ask for a wait, whatever the reason.
const ASKS: [&str; 2] = ["retry-after", "retry-after-ms"];
/// Headers that hold seconds from now.
const RESET_AFTER: [&str; 3] = [
    "x-ratelimit-reset-after",
    "x-rate-limit-reset-after",
    "ratelimit-reset-after",
];
/// Headers that hold seconds from now, or a time.
const RESET: [&str; 3] = ["x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"];

/// Headers that say how many more requests are let through.
const REMAINING: [&str; 3] = [
    "x-ratelimit-remaining",
    "x-rate-limit-remaining",
    "ratelimit-remaining",
];

/// Whether a server refuses because of too many requests. Some do so by a 403, which says that none
/// are left, or when to come again.
pub(crate) fn is_rate_limited(status: StatusCode, headers: &HeaderMap) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::FORBIDDEN => {
            is_used_up(headers) || ASKS.iter().any(|name| headers.contains_key(*name))
        }
        _ => false,
    }
}

/// Whether the headers say that no more requests are let through for now.
fn is_used_up(headers: &HeaderMap) -> bool {
    let is_zero = |text: &str| text.trim().parse::<f64>().is_ok_and(|left| left <= 0.0);
    let mut named = REMAINING.iter().filter_map(|name| headers.get(*name));
    named.any(|value| value.to_str().is_ok_and(is_zero))
        || limits(headers).iter().any(Limit::is_used_up)
}

/// What the header `RateLimit` says of one limit.
#[derive(Debug, Default)]
struct Limit {
    left: Option<f64>,
    /// In seconds from now.
    reset: Option<f64>,
}

impl Limit {
    fn is_used_up(&self) -> bool {
        self.left.is_some_and(|left| left <= 0.0)
    }

    fn note(&mut self, part: &str) {
        let Some((name, value)) = part.split_once('=') else {
            return;
        };
        let Some(value) = value.trim().parse().ok().filter(|value| *value >= 0.0) else {
            return;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "remaining" | "r" => self.left = Some(value),
            "reset" | "t" => self.reset = Some(value),
            _ => {}
        }
    }
}

/// The header `RateLimit` in both of its forms: one limit, `limit=100, remaining=0, reset=30`, or
/// one after the other with their names, `"day";r=0;t=30, "second";r=5;t=1`.
fn limits(headers: &HeaderMap) -> Vec<Limit> {
    let mut limits = Vec::new();
    for value in headers.get_all("ratelimit") {
        let mut unnamed = Limit::default();
        for item in value.to_str().unwrap_or_default().split(',') {
            let mut named = Limit::default();
            let is_named = item.trim_start().starts_with('"') || item.contains(';');
            let limit = if is_named { &mut named } else { &mut unnamed };
            item.split(';').for_each(|part| limit.note(part));
            limits.push(named);
        }
        limits.push(unnamed);
    }
    limits
}

/// The wait that the headers ask for, from now; zero when its time has passed.
pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Duration> {
    from_headers_at(headers, crate::transport::platform::now())
}

/// The wait before the same is asked again. When a limit begins anew matters to whom it has stopped
/// alone: many servers say so in every response.
pub(crate) fn before_again(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let asks = is_rate_limited(status, headers)
        || is_used_up(headers)
        || ASKS.iter().any(|name| headers.contains_key(*name));
    asks.then(|| from_headers(headers))?
}

fn from_headers_at(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let seconds = |name: &str| {
        text(name)?
            .parse::<f64>()
            .ok()
            .filter(|value| *value >= 0.0)
    };

    if let Some(milliseconds) = seconds("retry-after-ms") {
        return duration(milliseconds / 1e3);
    }
    if let Some(wait) = seconds("retry-after") {
        return duration(wait);
    }
    if let Some(date) = text("retry-after").and_then(|date| httpdate::parse_http_date(date).ok()) {
        return Some(date.duration_since(now).unwrap_or_default());
    }
    if let Some(wait) = RESET_AFTER.iter().find_map(|name| seconds(name)) {
        return duration(wait);
    }
    // Of several limits, the last of those that are used up.
    let used_up = limits(headers).into_iter().filter(Limit::is_used_up);
    if let Some(wait) = used_up.filter_map(|limit| limit.reset).reduce(f64::max) {
        return duration(wait);
    }
    let (name, reset) = RESET.iter().find_map(|name| Some((name, text(name)?)))?;
    let Some(reset) = seconds(name) else {
        let date = chrono::DateTime::parse_from_rfc3339(reset).ok()?;
        let at = std::time::SystemTime::from(date);
        return Some(at.duration_since(now).unwrap_or_default());
    };
    let since_epoch = if reset >= EPOCH_MILLISECONDS {
        reset / 1e3
    } else if reset >= EPOCH_SECONDS {
        reset
    } else {
        return duration(reset);
    };
    let at = UNIX_EPOCH.checked_add(duration(since_epoch)?)?;
    Some(at.duration_since(now).unwrap_or_default())
}

fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(name: &'static str, value: &str) -> Option<f64> {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().expect("a header value"));
        let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        from_headers_at(&headers, now).map(|wait| wait.as_secs_f64())
    }

    #[test]
    fn each_form() {
        assert_eq!(wait("retry-after", "7"), Some(7.0));
        assert_eq!(
            wait("retry-after", "Tue, 14 Nov 2023 22:13:50 GMT"),
            Some(30.0)
        );
        assert_eq!(
            wait("retry-after", "Tue, 14 Nov 2023 22:13:10 GMT"),
            Some(0.0)
        );
        assert_eq!(wait("retry-after-ms", "1500"), Some(1.5));
        assert_eq!(wait("x-ratelimit-reset", "12"), Some(12.0));
        assert_eq!(wait("x-ratelimit-reset", "1700000012"), Some(12.0));
        assert_eq!(wait("x-ratelimit-reset", "1700000012500"), Some(12.5));
        assert_eq!(
            wait("x-ratelimit-reset", "2023-11-14T22:13:32Z"),
            Some(12.0)
        );
        for name in RESET {
            assert_eq!(wait(name, "3"), Some(3.0), "{name}");
        }
        for name in RESET_AFTER {
            assert_eq!(wait(name, "0.25"), Some(0.25), "{name}");
        }
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| {
                let name = http::HeaderName::from_static(name);
                (name, value.parse().expect("a header value"))
            })
            .collect()
    }

    #[test]
    fn one_header_with_the_limits() {
        for (value, is_limited, waits) in [
            ("limit=100, remaining=0, reset=30", true, Some(30.0)),
            ("limit=100, remaining=7, reset=30", false, None),
            (r#""day";r=0;t=30"#, true, Some(30.0)),
            (r#""day";r=4;t=30, "second";r=0;t=1"#, true, Some(1.0)),
            (r#""day";r=0;t=30, "second";r=0;t=1"#, true, Some(30.0)),
            (r#""day";q=100"#, false, None),
            ("nonsense;;=,", false, None),
        ] {
            let headers = headers(&[("ratelimit", value)]);
            let is_stopped = is_rate_limited(StatusCode::FORBIDDEN, &headers);
            assert_eq!(is_stopped, is_limited, "{value}");
            assert_eq!(wait("ratelimit", value), waits, "{value}");
        }
    }

    #[test]
    fn a_403_is_a_rate_limit_where_it_says_so() {
        for name in REMAINING {
            assert!(is_rate_limited(
                StatusCode::FORBIDDEN,
                &headers(&[(name, "0")])
            ));
            assert!(!is_rate_limited(
                StatusCode::FORBIDDEN,
                &headers(&[(name, "1")])
            ));
            assert!(!is_rate_limited(
                StatusCode::NOT_FOUND,
                &headers(&[(name, "0")])
            ));
        }
        assert!(!is_rate_limited(StatusCode::FORBIDDEN, &headers(&[])));
        assert!(is_rate_limited(
            StatusCode::FORBIDDEN,
            &headers(&[("retry-after", "60")])
        ));
    }

    #[test]
    fn when_a_limit_begins_anew_matters_to_whom_it_stops() {
        let reset = ("x-ratelimit-reset", "3600");
        let wait = |status, pairs: &[(&'static str, &str)]| {
            before_again(status, &headers(pairs)).map(|wait| wait.as_secs())
        };
        let (bad, many) = (StatusCode::BAD_GATEWAY, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(wait(bad, &[reset, ("x-ratelimit-remaining", "59")]), None);
        assert_eq!(wait(bad, &[reset, ("retry-after", "2")]), Some(2));
        assert_eq!(wait(many, &[reset]), Some(3600));
        let none_left = [reset, ("x-ratelimit-remaining", "0")];
        assert_eq!(wait(StatusCode::FORBIDDEN, &none_left), Some(3600));
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        for value in ["soon", "-1", "NaN", "inf", "1e999"] {
            assert_eq!(wait("retry-after", value), None, "{value}");
            assert_eq!(wait("x-ratelimit-reset", value), None, "{value}");
        }
    }
}
