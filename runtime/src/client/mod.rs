//! The client: where the API is, credentials, and how calls are sent unless they say otherwise.

pub(crate) mod auth;
mod builder;
mod middleware;
pub(crate) mod retry;
mod secret;
pub(crate) mod server;
mod shared;

pub use self::auth::{AccessToken, TokenSource};
pub use self::builder::ClientBuilder;
pub(crate) use self::builder::header;
pub use self::middleware::{Middleware, Next};
pub use self::retry::{Reconnect, RetryPolicy};
pub use self::secret::Secret;
pub use self::shared::Client;
pub(crate) use self::shared::Shared;
