//! Where a call goes: servers and their variables, servers of single operations, base URLs.

mod support;

use clientsmith_runtime::support as rt;
use support::api::{self, LIST, send};
use support::{Server, json};

static SERVERS: &[rt::Server] = &[
    rt::Server {
        url: "http://{host}:{port}/{version}",
        description: "by its parts",
        variables: &[
            rt::ServerVariable {
                name: "host",
                default: "127.0.0.1",
                values: &[],
            },
            rt::ServerVariable {
                name: "version",
                default: "v1",
                values: &["v1", "v2"],
            },
        ],
    },
    rt::Server {
        url: "/relative/v3",
        description: "",
        variables: &[],
    },
    rt::Server {
        url: "https://eu.api.invalid/",
        description: "Europe",
        variables: &[],
    },
];
static API: rt::Api = rt::Api {
    servers: SERVERS,
    server_variables_env: &[("version", "HTTP_TEST_VERSION"), ("port", "HTTP_TEST_PORT")],
    ..api::API_TABLE
};
static NO_SERVERS: rt::Api = rt::Api {
    servers: &[],
    ..api::API_TABLE
};
static ELSEWHERE: rt::Operation = rt::Operation {
    servers: &[rt::Server {
        url: "http://127.0.0.1:{port}/own",
        description: "",
        variables: &[],
    }],
    ..api::operation("elsewhere", rt::Method::Get, "/items", &[])
};

fn builder(server: &Server) -> rt::ClientBuilder {
    let mut builder = rt::ClientBuilder::new(&API);
    builder.server_variable("port", server.address.port().to_string());
    builder
}

#[tokio::test]
async fn variables_have_defaults_and_can_be_set() {
    let server = Server::start([json("{}")]).await;
    send(builder(&server).build().unwrap().call(&LIST))
        .await
        .unwrap();
    let mut second = builder(&server);
    second.server_variable("version", "v2".to_owned());
    send(second.build().unwrap().call(&LIST)).await.unwrap();
    assert_eq!(server.lines(), ["GET /v1/items", "GET /v2/items"]);
}

#[test]
fn variables_that_are_not_allowed_or_not_set() {
    let mut bad = rt::ClientBuilder::new(&API);
    bad.server_variable("port", "1".to_owned());
    bad.server_variable("version", "v9".to_owned());
    assert_eq!(
        bad.build().unwrap_err().to_string(),
        "server variable `version`: it is to be one of `v1`, `v2`",
    );
    assert_eq!(
        rt::ClientBuilder::new(&API)
            .build()
            .unwrap_err()
            .to_string(),
        "server variable `port`: it is not set, and the document gives no default",
    );
}

#[test]
fn variables_from_the_environment() {
    // In a process of its own, for the environment is shared by all threads.
    if std::env::var_os("HTTP_TEST_CHILD").is_none() {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["variables_from_the_environment", "--exact", "--nocapture"])
            .env("HTTP_TEST_CHILD", "1")
            .env("HTTP_TEST_VERSION", "v2")
            .env("HTTP_TEST_PORT", "7")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let mut builder = rt::ClientBuilder::new(&API);
    builder.server_variable("port", "9".to_owned());
    builder.from_env();
    let client = builder.build().unwrap();
    assert_eq!(
        client.base_url(),
        "http://127.0.0.1:9/v2",
        "what is set already stays"
    );
}

#[test]
fn another_server_of_the_document() {
    let mut third = rt::ClientBuilder::new(&API);
    third.server(2);
    assert_eq!(third.build().unwrap().base_url(), "https://eu.api.invalid/");
    let mut none = rt::ClientBuilder::new(&API);
    none.server(3);
    assert!(
        none.build()
            .unwrap_err()
            .to_string()
            .contains("the document has 3")
    );
}

#[tokio::test]
async fn relative_servers_and_none_need_a_base_url() {
    let mut relative = rt::ClientBuilder::new(&API);
    relative.server(1);
    let error = relative.build().unwrap_err().to_string();
    assert!(
        error.contains("`/relative/v3`") && error.contains("set a base URL"),
        "{error}"
    );
    assert!(rt::ClientBuilder::new(&NO_SERVERS).build().is_err());

    let server = Server::start([json("{}")]).await;
    let mut own = rt::ClientBuilder::new(&NO_SERVERS);
    own.base_url(format!("{}/mine", server.url()));
    send(own.build().unwrap().call(&LIST)).await.unwrap();
    assert_eq!(server.only().line(), "GET /mine/items");
}

#[tokio::test]
async fn an_operation_may_have_its_own_server_and_the_callers_stands_above_it() {
    let server = Server::start([json("{}")]).await;
    send(builder(&server).build().unwrap().call(&ELSEWHERE))
        .await
        .unwrap();
    let mut own = builder(&server);
    own.base_url(format!("{}/mine", server.url()));
    send(own.build().unwrap().call(&ELSEWHERE)).await.unwrap();
    assert_eq!(server.lines(), ["GET /own/items", "GET /mine/own/items"]);
}

/// An operation with a server of its own.
const fn at(servers: &'static [rt::Server]) -> rt::Operation {
    rt::Operation {
        servers,
        ..api::operation("there", rt::Method::Get, "/items", &[])
    }
}

const fn server(url: &'static str) -> rt::Server {
    rt::Server {
        url,
        description: "",
        variables: &[],
    }
}

static ROOTED: rt::Operation = at(&[server("/rel/")]);
static BESIDE: rt::Operation = at(&[server("beside")]);
static ABOVE: rt::Operation = at(&[server("../above")]);
static OTHER_HOST: rt::Operation = at(&[server("//other.invalid/x")]);
static TENANT: rt::Operation = at(&[server("https://{tenant}.other.invalid/t/")]);
static ABSOLUTE: rt::Operation = at(&[server("http://other.invalid/up")]);

#[tokio::test]
async fn relative_servers_of_operations() {
    static DEEP: rt::Api = rt::Api {
        servers: &[rt::Server {
            url: "http://127.0.0.1:{port}/a/b/",
            description: "",
            variables: &[],
        }],
        ..api::API_TABLE
    };
    let server = Server::start([json("{}")]).await;
    let mut builder = rt::ClientBuilder::new(&DEEP);
    builder.server_variable("port", server.address.port().to_string());
    let client = builder.build().unwrap();
    for operation in [&ROOTED, &BESIDE, &ABOVE] {
        send(client.call(operation)).await.unwrap();
    }
    assert_eq!(
        server.lines(),
        [
            "GET /rel/items",
            "GET /a/b/beside/items",
            "GET /a/above/items"
        ],
        "as RFC 3986 resolves them against the main server"
    );

    let server = Server::start([json("{}")]).await;
    let client = api::client(&format!("{}/x", server.url()));
    for operation in [&ROOTED, &OTHER_HOST, &ABSOLUTE, &TENANT, &ABOVE] {
        send(client.call(operation)).await.unwrap();
    }
    assert_eq!(
        server.lines(),
        [
            "GET /x/rel/items",
            "GET /x/x/items",
            "GET /x/up/items",
            "GET /x/t/items",
            "GET /above/items"
        ],
        "the caller's address stands before the paths of all of them"
    );
}

#[test]
fn servers_relative_to_the_document() {
    static READ_THERE: rt::Api = rt::Api {
        document: Some("https://docs.invalid/specs/v3/api.yaml?raw=1"),
        servers: &[
            server("/relative"),
            server("../v4"),
            server("//host.invalid/x"),
            server("."),
        ],
        ..api::API_TABLE
    };
    static NONE: rt::Api = rt::Api {
        servers: &[],
        ..READ_THERE_TABLE
    };
    const READ_THERE_TABLE: rt::Api = rt::Api {
        document: Some("https://docs.invalid/specs/v3/api.yaml"),
        ..api::API_TABLE
    };
    let expected = [
        "https://docs.invalid/relative",
        "https://docs.invalid/specs/v4",
        "https://host.invalid/x",
        "https://docs.invalid/specs/v3/",
    ];
    for (index, expected) in expected.into_iter().enumerate() {
        let mut builder = rt::ClientBuilder::new(&READ_THERE);
        builder.server(index);
        assert_eq!(builder.build().unwrap().base_url(), expected);
    }
    let none = rt::ClientBuilder::new(&NONE).build().unwrap();
    assert_eq!(none.base_url(), "https://docs.invalid/");
}

/// The address of a server with its variable set.
fn filled(api: &'static rt::Api, index: usize, value: &str) -> Result<String, String> {
    let mut builder = rt::ClientBuilder::new(api);
    builder.server(index);
    builder.server_variable("v", value.to_owned());
    let built = builder.build().map_err(|error| error.to_string())?;
    Ok(built.base_url().to_owned())
}

const fn with_variable(url: &'static str, default: &'static [rt::ServerVariable]) -> rt::Server {
    rt::Server {
        url,
        description: "",
        variables: default,
    }
}

const fn variable(default: &'static str) -> rt::ServerVariable {
    rt::ServerVariable {
        name: "v",
        default,
        values: &[],
    }
}

static VARIED: rt::Api = rt::Api {
    servers: &[
        with_variable("https://{v}.api.invalid/v1", &[variable("eu")]),
        with_variable("https://{v}/v1", &[variable("api.invalid")]),
        with_variable("{v}://api.invalid/v1", &[variable("https")]),
        with_variable("https://api.invalid:{v}/v1", &[variable("443")]),
        with_variable("https://api.{v}", &[variable("invalid")]),
        with_variable("https://api.invalid/{v}/x", &[variable("v1")]),
        with_variable("{v}/x", &[variable("https://api.invalid")]),
        with_variable("https://{v}/v1", &[variable("api.invalid:8080")]),
        with_variable("https://api.invalid{v}", &[variable("/v1")]),
    ],
    ..api::API_TABLE
};

#[test]
fn nothing_in_a_host_leaves_it() {
    let bad = [
        "evil.invalid/",
        "a\\b",
        "a:1",
        "a:b@c",
        "a@b",
        "a?b",
        "a#b",
        "%2f",
        "a b",
        "a\tb",
        "\n",
        "a\u{2028}b",
    ];
    for index in 0..5 {
        for value in bad {
            let said = filled(&VARIED, index, value).unwrap_err();
            assert!(
                said.starts_with("server variable `v`: it stands in the host"),
                "{index} {value:?}: {said}"
            );
        }
    }
    assert_eq!(
        filled(&VARIED, 0, "us").unwrap(),
        "https://us.api.invalid/v1"
    );
    assert_eq!(
        filled(&VARIED, 1, "us.invalid").unwrap(),
        "https://us.invalid/v1"
    );
    assert!(filled(&VARIED, 1, "").is_err(), "`v1` would be the host");
    assert_eq!(filled(&VARIED, 2, "http").unwrap(), "http://api.invalid/v1");
    assert!(filled(&VARIED, 2, "file").is_err());
    assert_eq!(
        filled(&VARIED, 3, "8443").unwrap(),
        "https://api.invalid:8443/v1"
    );
    assert!(filled(&VARIED, 1, "a\u{ff0f}b").is_err(), "read as a slash");
    // A port where the document has one, and nothing else.
    assert_eq!(
        filled(&VARIED, 7, "127.0.0.1:1").unwrap(),
        "https://127.0.0.1:1/v1"
    );
    assert!(filled(&VARIED, 7, "a:b@c:1").is_err() && filled(&VARIED, 7, "a:b").is_err());
}

#[test]
fn what_stands_in_a_path_is_encoded() {
    let path = |value| filled(&VARIED, 5, value).unwrap();
    assert_eq!(path("v2"), "https://api.invalid/v2/x");
    assert_eq!(
        path("a b?c#d%2e"),
        "https://api.invalid/a%20b%3Fc%23d%252e/x"
    );
    assert_eq!(path("team/a:b@c"), "https://api.invalid/team/a:b@c/x");
    for value in ["..", "a/../b", "a\\..\\b", "."] {
        assert!(filled(&VARIED, 5, value).is_err(), "{value}");
    }
    assert_eq!(
        filled(&VARIED, 6, "http://127.0.0.1:1/y").unwrap(),
        "http://127.0.0.1:1/y/x"
    );
    assert_eq!(filled(&VARIED, 8, "/v2").unwrap(), "https://api.invalid/v2");
    assert!(filled(&VARIED, 8, ".evil.invalid").is_err());
}

/// A generated request builder, as far as this matters.
struct Request {
    call: rt::Call,
}

impl rt::PerCall for Request {
    fn call_mut(&mut self) -> &mut rt::Call {
        &mut self.call
    }
}

#[tokio::test]
async fn settings_of_a_single_call() {
    use rt::PerCall as _;
    let server = Server::start([json("\"0123456789\"")]).await;
    let request = Request {
        call: api::client(&server.url()).call(&LIST),
    };
    let request = request
        .with_header("X-One", "1")
        .with_timeout(std::time::Duration::from_secs(5))
        .with_retry(rt::RetryPolicy::never())
        .with_max_body_bytes(5);
    let error = send(request.call).await.unwrap_err();
    assert!(matches!(error, rt::Error::BodyTooLarge(_)));
    assert_eq!(server.only().header("x-one"), Some("1"));
}
