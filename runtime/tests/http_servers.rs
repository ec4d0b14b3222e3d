//! Where a call goes: servers and their variables, servers of single operations, base URLs.

mod support;

use clientsmith_runtime as rt;
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
    assert_eq!(server.lines(), ["GET /own/items", "GET /mine/items"]);
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
