//! The shape of a generated crate, as the generator emits it: what changes here changes every
//! generated crate.

mod support;

use support::{Server, json, status};

/// Generated code calls the runtime `rt`, and nothing else of it.
mod generated {
    #![allow(missing_debug_implementations, reason = "left out to be short")]

    use clientsmith_runtime::support as rt;

    static API: rt::Api = rt::Api {
        name: "opal-client",
        version: "0.1.0",
        document: None,
        servers: &[rt::Server {
            url: "https://api.opal.dev/v1",
            description: "Production",
            variables: &[],
        }],
        schemes: &[rt::Scheme {
            name: "BearerAuth",
            kind: rt::SchemeKind::Bearer,
            env: &["OPAL_TOKEN"],
        }],
        base_url_env: ::std::option::Option::Some("OPAL_BASE_URL"),
        server_variables_env: &[],
    };

    static GET_TOKENS: rt::Operation = rt::Operation {
        id: "getTokens",
        method: rt::Method::Get,
        path: "/tokens",
        accept: "application/json",
        security: &[&["BearerAuth"]],
        servers: &[],
        successes: &[200],
        default: false,
    };

    static CURSOR: rt::Param = rt::Param {
        name: "cursor",
        location: rt::Location::Query,
        style: rt::Style::Form,
        explode: true,
        allow_reserved: false,
        allow_empty: false,
        rules: &[],
    };

    static PAGE_SIZE: rt::Param = rt::Param {
        name: "page_size",
        ..CURSOR_LIKE
    };

    const CURSOR_LIKE: rt::Param = rt::Param {
        name: "",
        location: rt::Location::Query,
        style: rt::Style::Form,
        explode: true,
        allow_reserved: false,
        allow_empty: false,
        rules: &[],
    };

    static GET_TOKENS_PAGES: rt::Pagination = rt::Pagination {
        kind: rt::PageKind::Cursor {
            param: &CURSOR,
            next: "/next",
        },
        items: "/results",
        more: None,
    };

    #[derive(Clone, Debug)]
    pub(super) struct Client {
        inner: rt::Client,
    }

    impl Client {
        pub(super) fn builder() -> ClientBuilder {
            ClientBuilder {
                inner: rt::ClientBuilder::new(&API),
            }
        }

        pub(super) fn get_tokens(&self) -> GetTokens {
            GetTokens {
                call: self.inner.call(&GET_TOKENS),
            }
        }
    }

    #[derive(Debug)]
    pub(super) struct ClientBuilder {
        inner: rt::ClientBuilder,
    }

    impl ClientBuilder {
        pub(super) fn bearer_auth(mut self, token: impl ::std::convert::Into<rt::Secret>) -> Self {
            self.inner.credential("BearerAuth", token.into());
            self
        }

        pub(super) fn base_url(
            mut self,
            url: impl ::std::convert::Into<::std::string::String>,
        ) -> Self {
            self.inner.base_url(url.into());
            self
        }

        pub(super) fn build(self) -> ::std::result::Result<Client, rt::BuildError> {
            self.inner.build().map(|inner| Client { inner })
        }
    }

    #[derive(Debug)]
    #[must_use]
    pub(super) struct GetTokens {
        call: rt::Call,
    }

    impl GetTokens {
        pub(super) fn page_size(mut self, page_size: i64) -> Self {
            self.call.param(&PAGE_SIZE, &page_size);
            self
        }

        pub(super) fn send(self) -> rt::Sending<rt::Value, GetTokensError> {
            self.call.send(rt::decode::json, GetTokensError::decode)
        }

        pub(super) fn items(self) -> rt::Items<i64, GetTokensError> {
            self.call.items(&GET_TOKENS_PAGES, GetTokensError::decode)
        }

        pub(super) fn pages(self) -> rt::Pages<rt::Value, GetTokensError> {
            self.call
                .pages(&GET_TOKENS_PAGES, rt::decode::json, GetTokensError::decode)
        }
    }

    impl rt::PerCall for GetTokens {
        fn call_mut(&mut self) -> &mut rt::Call {
            &mut self.call
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub(super) enum GetTokensError {
        Status404(::std::string::String),
        Default(rt::Value),
    }

    impl GetTokensError {
        fn decode(
            raw: &rt::RawResponse,
        ) -> ::std::result::Result<::std::option::Option<Self>, rt::DecodeError> {
            match raw.status().as_u16() {
                404 => raw.typed(Self::Status404),
                _ => raw.typed(Self::Default),
            }
        }
    }
}

use generated::{Client, GetTokensError};

fn client(server: &Server) -> Client {
    let url = format!("{}/v1", server.url());
    Client::builder()
        .bearer_auth("opal-token")
        .base_url(url)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_call_its_pages_and_its_error() {
    let server = Server::start([
        json(r#"{"results": [1], "next": "c=1"}"#),
        json(r#"{"results": [2], "next": null}"#),
        json(r#"{"results": [], "next": null}"#),
        json(r#"{"results": [], "next": null}"#),
        status(404, &[], r#""gone""#),
    ])
    .await;
    let client = client(&server);
    let mut items = client.get_tokens().page_size(200).items();
    let mut seen = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        seen.push(item);
    }
    assert_eq!(seen, [1, 2]);
    let page = client.get_tokens().send().await.unwrap();
    assert_eq!(page["results"].to_string(), "[]");
    assert!(
        client
            .get_tokens()
            .pages()
            .try_next()
            .await
            .unwrap()
            .is_some()
    );
    let error = client.get_tokens().send().await.unwrap_err();
    assert_eq!(
        error.body(),
        Some(&GetTokensError::Status404("gone".to_owned()))
    );
    assert_eq!(
        server.lines()[..3],
        [
            "GET /v1/tokens?page_size=200",
            "GET /v1/tokens?page_size=200&cursor=c%3D1",
            "GET /v1/tokens",
        ],
    );
    let all = server.received();
    assert!(
        all.iter()
            .all(|r| r.header("authorization") == Some("Bearer opal-token"))
    );
}

/// A call that is boxed, spawned and dropped in other threads, as callers do.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_spawned() {
    let server = Server::start([json(r#"{"results": []}"#)]).await;
    let client = client(&server);
    let task = tokio::spawn(async move {
        let page = client.get_tokens().send().await?;
        Ok::<_, clientsmith_runtime::Error<GetTokensError>>(page.into_inner())
    });
    assert!(task.await.unwrap().is_ok());
}
