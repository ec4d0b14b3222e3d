//! How long a server asks to wait.
//!
//! `Retry-After` first, in seconds or as a date; then `X-RateLimit-Reset` and its kin, which
//! vendors fill with seconds from now, epoch seconds, epoch milliseconds or a date. The numbers are
//! told apart by size: they lie decades apart.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;

/// Values from here on are epoch seconds (September 2001); below, seconds from now.
const EPOCH_SECONDS: f64 = 1e9;
/// Values from here on are epoch milliseconds (September 2001).
const EPOCH_MILLISECONDS: f64 = 1e12;

/// Headers that hold seconds from now.
const RESET_AFTER: [&str; 3] = [
    "x-ratelimit-reset-after",
    "x-rate-limit-reset-after",
    "ratelimit-reset-after",
];
/// Headers that hold seconds from now, or a time.
const RESET: [&str; 3] = ["x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"];

/// The wait that the headers ask for, from now; zero when its time has passed.
pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Duration> {
    from_headers_at(headers, crate::platform::now())
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

    #[test]
    fn nonsense_asks_for_nothing() {
        for value in ["soon", "-1", "NaN", "inf", "1e999"] {
            assert_eq!(wait("retry-after", value), None, "{value}");
            assert_eq!(wait("x-ratelimit-reset", value), None, "{value}");
        }
    }
}
