//! Attempt after attempt, until one is the last.
//!
//! Each attempt gets its credentials anew, for a token may expire in between. A token that the
//! server refuses is replaced once; that is no retry.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use url::Url;

use super::collect::{Arrival, collect};
use super::redirect::{Follows, Hops};
use super::{redirect, trace};
use crate::call::{Call, head};
use crate::client::Shared;
use crate::client::auth::{self, Chosen, Ready};
use crate::client::retry::Tried;
use crate::error::Failure;
use crate::response::RawResponse;
use crate::response::redact::{Redactions, secrets_in};
use crate::transport::platform::Instant;
use crate::transport::{Body, BoxFuture, Exchanged, Head, ResponseBody};

/// How a successful response is wanted. One that is no success is always read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    Unread,
}

/// Sends a call until its outcome is final.
pub(super) async fn until_done(
    mut call: Call,
    wanted: Wanted,
    time_limit: Duration,
) -> Result<Arrival, Failure> {
    let start = Instant::now();
    let mut body = head::take_body(&mut call)?;
    let first = head::head(&call)?;
    let shared = Arc::clone(&call.0.client.shared);
    let chosen = auth::choose(
        shared.api,
        call.0.operation,
        &shared.credentials,
        &first.headers,
        !shared.chain.middleware.is_empty(),
    )?;
    let retry = call.retry_policy();
    let attempt = Attempt {
        call: &call,
        shared: &shared,
        chosen: &chosen,
        wanted,
    };

    let mut first = Some(first);
    let mut refused = Vec::new();
    let mut arrived: Option<Box<Arrival>> = None;
    let mut attempts = 0;
    loop {
        attempts += 1;
        let again = body.try_clone();
        let sent = attempt.once_or_anew(&mut first, &mut body, again.as_ref(), &mut refused);
        let mut outcome = Box::pin(sent).await?;
        if let Ok(arrival) = &mut outcome {
            arrival.raw.attempts = attempts;
        }
        let delay = retry.next(&Tried {
            attempts,
            start,
            time_limit,
            is_idempotent: call.is_idempotent(),
            can_repeat: again.is_some(),
            outcome: outcome.as_ref().map(|arrival| &arrival.raw),
        });
        let (Some(delay), Some(again)) = (delay, again) else {
            // A response says more than that there was none the last time.
            return match (outcome, arrived) {
                (Err(_), Some(arrival)) => Ok(*arrival),
                (outcome, _) => outcome,
            };
        };
        trace::again(attempts, delay, outcome.as_ref());
        arrived = outcome.ok().map(Box::new).or(arrived);
        shared.transport.sleep(delay).await;
        body = again;
    }
}

/// What all attempts of a call have in common.
struct Attempt<'a> {
    call: &'a Call,
    shared: &'a Arc<Shared>,
    chosen: &'a [Chosen<'a>],
    wanted: Wanted,
}

impl Attempt<'_> {
    /// Sends the request, and once more with other tokens where the first ones of the call are
    /// refused. Where the body cannot be sent again, the next call gets other tokens.
    async fn once_or_anew(
        &self,
        first: &mut Option<Head>,
        body: &mut Body,
        again: Option<&Body>,
        refused: &mut Vec<Ready>,
    ) -> Result<Result<Arrival, Failure>, Failure> {
        let (outcome, used) = self.once(first, body, refused).await?;
        if !refused.is_empty() || !is_refused(&outcome, &used) {
            return Ok(outcome);
        }
        let Some(again) = again.and_then(Body::try_clone) else {
            auth::forget(self.chosen, &used).await;
            return Ok(outcome);
        };
        *refused = used;
        *body = again;
        Ok(self.once(first, body, refused).await?.0)
    }

    /// Sends the request once. The outer error is one that no further attempt would repair.
    ///
    /// `first` is the call's first head, which was made to see whether it can be. It and the body
    /// come by reference: what an async function is given it holds twice, and memory for a future
    /// of more than a thousand bytes takes long to get.
    async fn once(
        &self,
        first: &mut Option<Head>,
        body: &mut Body,
        refused: &[Ready],
    ) -> Result<(Result<Arrival, Failure>, Vec<Ready>), Failure> {
        let ready = auth::ready(self.chosen, refused).await?;
        let sent = self.begin(&ready, first.take(), std::mem::take(body))?;
        let outcome = self.arrive(&ready, sent).await;
        Ok((outcome, ready))
    }

    /// Puts the credentials into the request and hands it over.
    fn begin(&self, ready: &[Ready], first: Option<Head>, body: Body) -> Result<Sent, Failure> {
        let mut head = match first {
            Some(head) => head,
            None => head::head(self.call)?,
        };
        let mut secrets = secrets_in(&head.headers);
        // A link from the server starts from what was asked, without a key in its query string.
        let url = Arc::new(head.url.clone());
        for one in ready {
            auth::apply(one, &mut head.url, &mut head.headers, &mut secrets)?;
        }
        let follows = Follows::of(&head, &body);
        Ok(Sent {
            exchange: redirect::begin(self.shared, self.call.0.operation, head, body)?,
            follows,
            url,
            redactions: Redactions::new(secrets),
        })
    }

    /// The response, read as far as it is wanted.
    async fn arrive(&self, ready: &[Ready], mut sent: Sent) -> Result<Arrival, Failure> {
        let response = self.response(ready, &mut sent).await?;
        let mut arrival = self.unread(response, sent);
        if self.wanted == Wanted::Whole || !arrival.raw.status.is_success() {
            collect(&mut arrival, self.call.size_limit()).await?;
        }
        Ok(arrival)
    }

    /// The response's head, redirects followed.
    async fn response(
        &self,
        ready: &[Ready],
        sent: &mut Sent,
    ) -> Result<http::Response<ResponseBody>, Failure> {
        let response = sent.exchange.as_mut().await?;
        let is_documented = self.call.0.operation.documents(response.status());
        let to = (!is_documented).then(|| sent.follows.target(&sent.url, &response));
        let Some(to) = to.flatten() else {
            return Ok(response);
        };
        let hops = Hops {
            shared: self.shared,
            call: self.call,
            ready,
            url: &sent.url,
            follows: &sent.follows,
        };
        // Boxed, for it is rare and would make every call larger.
        Box::pin(hops.follow(response, to)).await
    }

    fn unread(&self, response: http::Response<ResponseBody>, sent: Sent) -> Arrival {
        let (head, body) = response.into_parts();
        Arrival {
            raw: RawResponse {
                operation: self.call.0.operation,
                url: Some(sent.url),
                status: head.status,
                headers: head.headers,
                body: bytes::Bytes::new(),
                interrupted: None,
                attempts: 1,
                redactions: sent.redactions,
            },
            rest: Some(body),
        }
    }
}

/// A request on its way.
struct Sent {
    exchange: BoxFuture<Exchanged>,
    /// Which redirects it may follow.
    follows: Follows,
    url: Arc<Url>,
    redactions: Redactions,
}

/// Whether the server turned down a token for which there may be another.
fn is_refused(outcome: &Result<Arrival, Failure>, used: &[Ready]) -> bool {
    let status = outcome.as_ref().map(|arrival| arrival.raw.status);
    matches!(status, Ok(StatusCode::UNAUTHORIZED)) && used.iter().any(|one| one.expires)
}
