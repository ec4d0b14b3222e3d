//! A small API, described the way generated crates describe theirs.

use clientsmith_runtime::support as rt;

pub const API_TABLE: rt::Api = rt::Api {
    name: "test-client",
    version: "1.2.3",
    document: None,
    servers: &[rt::Server {
        url: "https://api.invalid/v1",
        description: "",
        variables: &[],
    }],
    schemes: &[
        rt::Scheme {
            name: "bearer",
            kind: rt::SchemeKind::Bearer,
            env: &["HTTP_TEST_TOKEN"],
        },
        rt::Scheme {
            name: "basic",
            kind: rt::SchemeKind::Basic,
            env: &["HTTP_TEST_USER", "HTTP_TEST_PASSWORD"],
        },
        rt::Scheme {
            name: "header_key",
            kind: rt::SchemeKind::ApiKeyHeader("X-API-KEY"),
            env: &["HTTP_TEST_HEADER_KEY"],
        },
        rt::Scheme {
            name: "app_key",
            kind: rt::SchemeKind::ApiKeyHeader("X-APPLICATION-KEY"),
            env: &["HTTP_TEST_APP_KEY"],
        },
        rt::Scheme {
            name: "raw",
            kind: rt::SchemeKind::ApiKeyHeader("Authorization"),
            env: &["HTTP_TEST_RAW_KEY"],
        },
        rt::Scheme {
            name: "query_key",
            kind: rt::SchemeKind::ApiKeyQuery("api key"),
            env: &[],
        },
        rt::Scheme {
            name: "cookie_key",
            kind: rt::SchemeKind::ApiKeyCookie("session"),
            env: &[],
        },
        rt::Scheme {
            name: "digest",
            kind: rt::SchemeKind::Other("Digest"),
            env: &[],
        },
        rt::Scheme {
            name: "oauth",
            kind: rt::SchemeKind::OAuth2 {
                token_url: Some("/oauth/token"),
            },
            env: &["HTTP_TEST_CLIENT_ID", "HTTP_TEST_CLIENT_SECRET"],
        },
    ],
    base_url_env: Some("HTTP_TEST_BASE_URL"),
    server_variables_env: &[],
};

pub static API: rt::Api = API_TABLE;

/// An operation without parameters, credentials or servers.
pub const fn operation(
    id: &'static str,
    method: rt::Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> rt::Operation {
    rt::Operation {
        id,
        method,
        path,
        accept: "application/json",
        security,
        servers: &[],
        successes: &[200, 201, 204],
        default: false,
    }
}

pub const fn query(name: &'static str) -> rt::Param {
    rt::Param {
        name,
        location: rt::Location::Query,
        style: rt::Style::Form,
        explode: true,
        allow_reserved: false,
        allow_empty: false,
        rules: &[],
    }
}

pub const fn path(name: &'static str) -> rt::Param {
    rt::Param {
        location: rt::Location::Path,
        style: rt::Style::Simple,
        explode: false,
        ..query(name)
    }
}

pub const fn header(name: &'static str) -> rt::Param {
    rt::Param {
        location: rt::Location::Header,
        ..path(name)
    }
}

pub const fn cookie(name: &'static str) -> rt::Param {
    rt::Param {
        location: rt::Location::Cookie,
        ..query(name)
    }
}

pub static LIST: rt::Operation = operation("list", rt::Method::Get, "/items", &[]);
pub static BEARER: rt::Operation = operation("bearer", rt::Method::Get, "/bearer", &[&["bearer"]]);
pub static CREATE: rt::Operation = operation("create", rt::Method::Post, "/items", &[]);

/// A builder for a server on this machine, whose calls are sent once.
pub fn builder(url: &str) -> rt::ClientBuilder {
    let mut builder = rt::ClientBuilder::new(&API);
    builder.retry(rt::RetryPolicy::never());
    builder.base_url(url.to_owned());
    builder
}

pub fn client(url: &str) -> rt::Client {
    builder(url).build().unwrap()
}

/// Sends a call that is answered with any JSON and documents no error body.
pub async fn send(call: rt::Call) -> Result<rt::Response<rt::Value>, rt::Error> {
    call.send(rt::decode::json, rt::decode::no_error).await
}

pub static SECRET: rt::Param = query("secret");
