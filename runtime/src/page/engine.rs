//! The engine: asks for a page, finds out what follows, asks for the next.

use std::collections::HashSet;
use std::task::{Context, Poll};

use super::advance::{self, Next, broken};
use crate::build_error::Problem;
use crate::call::Call;
use crate::error::Failure;
use crate::exchange;
use crate::response::RawResponse;
use crate::tables::Pagination;
use crate::transport::BoxFuture;

/// A list on its way.
pub(super) struct Paginator {
    pagination: &'static Pagination,
    state: State,
    /// Marks of the pages asked for so far. A server that repeats one would be asked for ever.
    seen: HashSet<u64>,
    walk: Option<advance::Walk>,
}

enum State {
    /// To be asked for next.
    Next(Call),
    /// Asked for; `template` is what the call after it is made from.
    Asked {
        template: Option<Call>,
        page: BoxFuture<Result<RawResponse, Failure>>,
    },
    /// Another page was to follow, but cannot.
    Broken(Box<Failure>),
    Done,
}

impl Paginator {
    pub(super) fn new(call: Call, pagination: &'static Pagination) -> Self {
        Self {
            pagination,
            state: State::Next(call),
            seen: HashSet::new(),
            walk: None,
        }
    }

    /// The next page as it came, whatever its status; `None` after the last. After an error or
    /// an error status there is nothing more.
    pub(super) fn poll_page(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Failure>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Broken(failure) => return Poll::Ready(Some(Err(*failure))),
                State::Next(call) => {
                    self.state = State::Asked {
                        template: call.try_clone(),
                        page: exchange::start(call),
                    };
                }
                State::Asked { template, mut page } => {
                    let Poll::Ready(outcome) = page.as_mut().poll(cx) else {
                        self.state = State::Asked { template, page };
                        return Poll::Pending;
                    };
                    if let Ok(raw) = &outcome
                        && raw.status().is_success()
                        && raw.interrupted.is_none()
                    {
                        match self.after(template, raw) {
                            After::News(state) => self.state = state,
                            After::Known(call) => {
                                self.state = State::Next(call);
                                continue;
                            }
                        }
                    }
                    return Poll::Ready(Some(outcome));
                }
            }
        }
    }

    /// Nothing more is to come.
    pub(super) fn stop(&mut self) {
        self.state = State::Done;
    }

    /// What follows a page. A problem is told after the page's own items, which are good.
    fn after(&mut self, template: Option<Call>, raw: &RawResponse) -> After {
        let Some(call) = template else {
            let reason = "it can be sent once only, so no further page can be asked for";
            let problem = Problem::Body {
                reason: reason.to_owned(),
            };
            let failure = Failure::Build(problem.into());
            return After::News(State::Broken(Box::new(failure)));
        };
        let next = advance::advance(self.pagination, call, raw, &mut self.walk);
        After::News(match next {
            Ok(Next::End) => State::Done,
            Ok(Next::Instead(call)) => return After::Known(call),
            Ok(Next::Page { call, mark }) if self.seen.insert(mark) => State::Next(call),
            Ok(Next::Page { .. }) => State::Broken(Box::new(broken(
                "the next page is one that came already",
                raw,
            ))),
            Err(failure) => State::Broken(Box::new(failure)),
        })
    }
}

/// What to do after a page.
enum After {
    /// Give it out, then go on.
    News(State),
    /// Pass it over, and ask for this instead.
    Known(Call),
}
