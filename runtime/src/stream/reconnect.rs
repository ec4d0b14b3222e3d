//! Whether a stream of events goes on over a new connection, and when.
//!
//! Pure decisions, as those of [`retry`](crate::client::retry), whose policy they obey: each connection
//! that brings an event is a success, and what follows its end counts anew. No IO here.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::sse::RawEvent;
use crate::client::RetryPolicy;
use crate::client::retry::Tried;
use crate::error::Failure;
use crate::response::RawResponse;
use crate::transport::platform::Instant;

/// How often the stream has been tried since something new came.
pub(super) struct Tries {
    policy: RetryPolicy,
    is_idempotent: bool,
    /// Connections since the last that brought something new, which is the first.
    attempts: u32,
    /// When that ended.
    since: Option<Instant>,
}

impl Tries {
    pub(super) fn new(policy: RetryPolicy, is_idempotent: bool) -> Self {
        Self {
            policy,
            is_idempotent,
            attempts: 1,
            since: None,
        }
    }

    /// Something new has come.
    pub(super) fn succeed(&mut self) {
        self.attempts = 1;
        self.since = None;
    }

    /// How long to wait before a new connection once one has ended; nothing where it was the last.
    /// `asked_for` is what the server says in `retry`.
    pub(super) fn after_end(&mut self, asked_for: Option<Duration>) -> Option<Duration> {
        let start = *self.since.get_or_insert_with(Instant::now);
        let delay = self.policy.reconnect(self.attempts, start, asked_for)?;
        self.attempts += 1;
        Some(delay)
    }

    /// The same once a connection could not be made.
    pub(super) fn after_failure(
        &mut self,
        outcome: Result<&RawResponse, &Failure>,
    ) -> Option<Duration> {
        let start = *self.since.get_or_insert_with(Instant::now);
        let delay = self.policy.next(&Tried {
            attempts: self.attempts,
            start,
            time_limit: Duration::MAX,
            is_idempotent: self.is_idempotent,
            can_repeat: true,
            outcome,
        })?;
        self.attempts += 1;
        Some(delay)
    }
}

/// The ids of events that have come, so that a server that begins from the start again is told
/// from one that goes on. Of very many the oldest are forgotten.
#[derive(Default)]
pub(super) struct Seen {
    /// Those of earlier connections.
    before: Generations,
    /// Those of this one.
    now: Vec<u64>,
    /// Whether an event has come on this connection that had come before.
    pub(super) is_replay: bool,
}

impl Seen {
    /// Takes note of an event; `false` where it has come on an earlier connection.
    pub(super) fn is_new(&mut self, event: &RawEvent) -> bool {
        let Some(id) = event.id.as_ref().filter(|_| event.has_own_id) else {
            return true;
        };
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let id = hasher.finish();
        if self.before.contains(id) {
            self.is_replay = true;
            return false;
        }
        if self.now.last() != Some(&id) {
            self.now.push(id);
            if self.now.len() >= MOST {
                // What is older than this is forgotten.
                self.now.drain(..MOST / 2);
            }
        }
        true
    }

    /// A new connection begins.
    pub(super) fn begin_anew(&mut self) {
        self.is_replay = false;
        for id in self.now.drain(..) {
            self.before.insert(id);
        }
    }
}

/// How many ids are remembered, at least.
const MOST: usize = 1 << 15;

/// A set of which the older half is forgotten when it is full.
#[derive(Default)]
struct Generations {
    young: HashSet<u64>,
    old: HashSet<u64>,
}

impl Generations {
    fn contains(&self, id: u64) -> bool {
        self.young.contains(&id) || self.old.contains(&id)
    }

    fn insert(&mut self, id: u64) {
        self.young.insert(id);
        if self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str) -> RawEvent {
        RawEvent {
            id: Some(id.to_owned()),
            has_own_id: true,
            ..RawEvent::default()
        }
    }

    #[test]
    fn what_has_come_on_an_earlier_connection_is_not_new() {
        let mut seen = Seen::default();
        assert!(seen.is_new(&event("1")) && seen.is_new(&event("1")));
        seen.begin_anew();
        assert!(!seen.is_new(&event("1")) && seen.is_replay);
        assert!(seen.is_new(&event("2")));
        seen.begin_anew();
        assert!(!seen.is_replay);
        let inherited = RawEvent {
            has_own_id: false,
            ..event("2")
        };
        assert!(seen.is_new(&inherited), "its id is of another event");
    }

    #[test]
    fn no_more_is_remembered_than_there_is_room_for() {
        let mut seen = Seen::default();
        for id in 0..10 * MOST {
            assert!(seen.is_new(&event(&id.to_string())));
            seen.begin_anew();
        }
        assert!(seen.before.young.len() + seen.before.old.len() <= 2 * MOST);
        assert!(!seen.is_new(&event(&(10 * MOST - 1).to_string())));
        for id in 0..3 * MOST {
            seen.is_new(&event(&format!("b{id}")));
        }
        assert!(seen.now.len() <= MOST);
    }

    #[test]
    fn tries_begin_anew_with_each_success() {
        let policy = RetryPolicy::default()
            .attempts(2)
            .first_delay(Duration::ZERO);
        let mut tries = Tries::new(policy, true);
        assert!(tries.after_end(None).is_some() && tries.after_end(None).is_none());
        tries.succeed();
        let asked = Some(Duration::from_millis(7));
        assert_eq!(tries.after_end(asked), asked);
        tries.succeed();
        let long = Some(Duration::from_secs(u64::MAX));
        assert_eq!(tries.after_end(long), None, "longer than the budget");
        let mut tries = Tries::new(RetryPolicy::never(), true);
        assert_eq!(tries.after_end(asked), None);
    }
}
