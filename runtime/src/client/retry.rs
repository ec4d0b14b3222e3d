//! Whether a call is tried again, and when.
//!
//! Pure decisions: [`send`](crate::exchange) asks after each attempt and does the waiting. What a
//! second sending could do twice is not sent twice, unless the caller says so.

use std::time::Duration;

use http::StatusCode;

use crate::error::Failure;
use crate::response::{RawResponse, after};
use crate::transport::TransportErrorKind;
use crate::transport::platform::Instant;

/// When a call is tried again: on connection failures, on the statuses 408, 425, 429, 500, 502, 503
/// and 504, and on a 403 that is a rate limit (`X-RateLimit-Remaining: 0`);
/// as long as the server asks for (`Retry-After`, `X-RateLimit-Reset`), else with exponential backoff
/// and full jitter.
///
/// Only what may be sent twice is: idempotent methods, calls with an idempotency key, and
/// connections that never came about. A body that is produced while it is sent is sent once.
///
/// ```
/// use std::time::Duration;
///
/// use clientsmith_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .attempts(6)
///     .budget(Duration::from_secs(120));
/// # let _ = patient;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_delay: Duration,
    max_delay: Duration,
    budget: Duration,
    scope: Scope,
}

/// Which calls a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Idempotent,
    Every,
}

/// Three attempts, half a second as the first delay, eight as the longest, thirty in all.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            budget: Duration::from_secs(30),
            scope: Scope::Idempotent,
        }
    }
}

impl RetryPolicy {
    /// One attempt, and no more.
    #[must_use]
    pub fn never() -> Self {
        Self {
            attempts: 1,
            ..Self::default()
        }
    }

    /// How often a call is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The longest delay before the second attempt. It doubles with each attempt.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// What delays do not grow beyond. A delay that the server asks for is kept to as it is.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long after the first attempt's start the last one may start. A server that asks for a
    /// longer delay than is left gets no further attempt.
    #[must_use]
    pub fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// Tries again whatever the method. The server may then do twice what was asked for once.
    #[must_use]
    pub fn even_if_not_idempotent(mut self) -> Self {
        self.scope = Scope::Every;
        self
    }

    /// How long to wait before the next attempt, unless this one was the last.
    pub(crate) fn next(&self, tried: &Tried<'_>) -> Option<Duration> {
        if tried.attempts >= self.attempts || !tried.can_repeat {
            return None;
        }
        let may_repeat = self.may_repeat(tried.is_idempotent);
        let asked_for = match tried.outcome {
            Ok(raw) if may_repeat && is_retryable(raw) => {
                after::before_again(raw.status(), raw.headers())
            }
            Err(Failure::Transport(error)) if may_repeat || never_sent(error.kind()) => None,
            Err(Failure::Timeout(error)) if error.is_connect() => None,
            _ => return None,
        };
        let delay = asked_for.unwrap_or_else(|| self.delay(tried.attempts));
        (tried.start.elapsed().saturating_add(delay) <= self.budget.min(tried.time_limit))
            .then_some(delay)
    }

    /// How long to wait before a stream of events goes on over a new connection, unless the last
    /// one was the last. A server that asks for a delay gets it, longer with each connection that
    /// brings nothing.
    pub(crate) fn reconnect(
        &self,
        attempts: u32,
        start: Instant,
        asked_for: Option<Duration>,
    ) -> Option<Duration> {
        if attempts >= self.attempts {
            return None;
        }
        let delay = match asked_for {
            Some(asked_for) => {
                let doubled = asked_for.saturating_mul(1_u32 << (attempts - 1).min(30));
                doubled.min(self.max_delay.max(asked_for))
            }
            None => self.delay(attempts),
        };
        (start.elapsed().saturating_add(delay) <= self.budget).then_some(delay)
    }

    /// Whether a call may be sent twice.
    pub(crate) fn may_repeat(&self, is_idempotent: bool) -> bool {
        is_idempotent || self.scope == Scope::Every
    }

    /// Full jitter: anything up to the exponential delay, so that clients that failed together
    /// do not come back together.
    fn delay(&self, attempts: u32) -> Duration {
        let doubled = self
            .first_delay
            .saturating_mul(1_u32 << (attempts - 1).min(30));
        doubled.min(self.max_delay).mul_f64(fastrand::f64())
    }
}

/// Whether a stream of events goes on over a new connection when its own has ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reconnect {
    /// Where the server has given an id to go on from, as often and as soon as the policy for
    /// retries says; each event begins the count anew.
    #[default]
    ByRetryPolicy,
    /// The stream ends with its connection.
    Never,
}

/// What has happened so far.
pub(crate) struct Tried<'o> {
    /// Attempts made, from 1.
    pub(crate) attempts: u32,
    pub(crate) start: Instant,
    /// How long the call may take in all.
    pub(crate) time_limit: Duration,
    /// Whether sending it twice does no more than sending it once.
    pub(crate) is_idempotent: bool,
    /// Whether its body is at hand once more.
    pub(crate) can_repeat: bool,
    pub(crate) outcome: Result<&'o RawResponse, &'o Failure>,
}

fn is_retryable(raw: &RawResponse) -> bool {
    const STATUSES: [StatusCode; 7] = [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::GATEWAY_TIMEOUT,
    ];
    raw.interrupted.is_some()
        || STATUSES.contains(&raw.status())
        || after::is_rate_limited(raw.status(), raw.headers())
}

/// Whether the server cannot have seen the request.
fn never_sent(kind: TransportErrorKind) -> bool {
    matches!(
        kind,
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_up_to_the_cap_and_are_jittered() {
        let policy = RetryPolicy::default().first_delay(Duration::from_millis(100));
        let policy = policy.max_delay(Duration::from_millis(300));
        for (attempts, longest) in [(1, 100), (2, 200), (3, 300), (40, 300)] {
            let delays: Vec<Duration> = (0..200).map(|_| policy.delay(attempts)).collect();
            let longest = Duration::from_millis(longest);
            assert!(delays.iter().all(|delay| *delay <= longest));
            assert!(
                delays.iter().any(|delay| *delay < longest / 4),
                "jitter is full"
            );
            assert!(delays.iter().any(|delay| *delay > longest * 3 / 4));
        }
    }
}
