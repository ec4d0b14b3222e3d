//! `datadog-client`: the five operations on personal access tokens.

use std::time::Duration;

use datadog_client::api::{KeyManagement, key_management as api};
use datadog_client::types::{
    AccessTokenOwnerType, AccessTokensType, PersonalAccessTokenCreateAttributes,
    PersonalAccessTokenCreateData, PersonalAccessTokenCreateRequest,
    PersonalAccessTokenUpdateAttributes, PersonalAccessTokenUpdateData,
    PersonalAccessTokenUpdateRequest, PersonalAccessTokensSort,
};
use datadog_client::{Client, ClientBuilder, RetryPolicy};

use super::support::{Act, Received, Server, json, response, status};
use super::{CANARY, SECOND_CANARY};

const ID: &str = "8a1b7c9d-2e3f-4a5b-9c6d-7e8f90a1b2c3";

pub(super) fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_key_auth(CANARY)
        .app_key_auth(SECOND_CANARY)
        .base_url(server.url())
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

fn attributes(name: &str) -> String {
    format!(
        r#"{{"name":"{name}","public_portion":"ddpat_9f8e7d","scopes":["dashboards_read"],"created_at":"2024-03-01T09:30:00+00:00","expires_at":null,"last_used_at":"2024-06-01T07:00:00+00:00","modified_at":null}}"#
    )
}

pub(super) fn token(id: &str, name: &str) -> String {
    format!(
        r#"{{"id":"{id}","type":"personal_access_tokens","attributes":{},"relationships":{{"owned_by":{{"data":{{"id":"3f6d","type":"service_account"}}}}}}}}"#,
        attributes(name)
    )
}

pub(super) fn page(total: usize, tokens: &[String]) -> String {
    format!(
        r#"{{"data":[{}],"meta":{{"page":{{"total_filtered_count":{total}}}}}}}"#,
        tokens.join(",")
    )
}

fn assert_request(request: &Received, line: &str) {
    assert_eq!(request.line(), line);
    assert_eq!(request.header("dd-api-key"), Some(CANARY));
    assert_eq!(request.header("dd-application-key"), Some(SECOND_CANARY));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn list() {
    let server = Server::start([json(&page(1, &[token(ID, "Nightly")]))]).await;
    let tokens = client(&server)
        .key_management()
        .list_personal_access_tokens();
    let page = tokens
        .page_size(100)
        .page_number(2)
        .sort(PersonalAccessTokensSort::MinusCreatedAt)
        .filter("a b")
        .filter_owned_by(["3f6d", "4a7e"])
        .send()
        .await
        .unwrap();
    // Brackets are no characters of a query (RFC 3986), so they travel encoded.
    assert_request(
        &server.only(),
        "GET /api/v2/personal_access_tokens?page%5Bsize%5D=100&page%5Bnumber%5D=2\
         &sort=-created_at&filter=a%20b&filter%5Bowned_by%5D=3f6d&filter%5Bowned_by%5D=4a7e",
    );
    let [token] = page.data.as_deref().unwrap() else {
        panic!("{page:?}")
    };
    assert_eq!(token.r#type, Some(AccessTokensType::PersonalAccessTokens));
    let owner = token.relationships.as_ref().unwrap();
    let owner = &owner.owned_by.as_ref().unwrap().data;
    assert_eq!(owner.r#type, AccessTokenOwnerType::ServiceAccount);
    let attributes = token.attributes.as_ref().unwrap();
    assert_eq!(attributes.expires_at, None);
    let used = attributes
        .last_used_at
        .as_ref()
        .unwrap()
        .to_utc()
        .to_rfc3339();
    assert_eq!(used, "2024-06-01T07:00:00+00:00");
    let total = page.meta.as_ref().unwrap().page.as_ref().unwrap();
    assert_eq!(total.total_filtered_count, Some(1));
}

#[tokio::test]
async fn every_order_as_it_is_written() {
    use PersonalAccessTokensSort as Sort;
    let server = Server::start([json(&page(0, &[]))]).await;
    let client = client(&server);
    for (order, wire) in [
        (Sort::Name, "name"),
        (Sort::MinusName, "-name"),
        (Sort::CreatedAt, "created_at"),
        (Sort::MinusCreatedAt, "-created_at"),
        (Sort::ExpiresAt, "expires_at"),
        (Sort::MinusExpiresAt, "-expires_at"),
        (Sort::LastUsedAt, "last_used_at"),
        (Sort::MinusLastUsedAt, "-last_used_at"),
    ] {
        let tokens = client.key_management().list_personal_access_tokens();
        tokens.sort(order).send().await.unwrap();
        let lines = server.lines();
        let line = format!("GET /api/v2/personal_access_tokens?sort={wire}");
        assert_eq!(lines.last(), Some(&line));
    }
}

fn wanted() -> PersonalAccessTokenCreateRequest {
    let expiry: datadog_client::DateTime = "2036-03-01T09:30:00Z".parse().unwrap();
    let attributes =
        PersonalAccessTokenCreateAttributes::new("Nightly", ["dashboards_read"], expiry);
    PersonalAccessTokenCreateRequest::new(PersonalAccessTokenCreateData::new(attributes))
}

fn change() -> PersonalAccessTokenUpdateRequest {
    let attributes = PersonalAccessTokenUpdateAttributes::new().name("Weekly");
    PersonalAccessTokenUpdateRequest::new(PersonalAccessTokenUpdateData::new(ID, attributes))
}

#[tokio::test]
async fn create() {
    let made = token(ID, "Nightly").replacen("\"name\"", r#""key":"brand-new","name""#, 1);
    let made = format!(r#"{{"data":{made}}}"#);
    let json = [("content-type", "application/json")];
    let server = Server::start([status(201, &json, &made)]).await;
    let keys = client(&server).key_management();
    let made = keys.create_personal_access_token(&wanted()).send();
    let made = made.await.unwrap();
    let attributes = made.data.as_ref().unwrap().attributes.as_ref().unwrap();
    assert_eq!(attributes.key.as_deref(), Some("brand-new"));
    assert!(
        !format!("{made:?}").contains("brand-new"),
        "a new token is a secret: {made:?}"
    );
    let request = server.only();
    assert_request(&request, "POST /api/v2/personal_access_tokens");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.text(),
        r#"{"data":{"type":"personal_access_tokens","attributes":{"name":"Nightly","scopes":["dashboards_read"],"expires_at":"2036-03-01T09:30:00Z"}}}"#
    );
}

#[tokio::test]
async fn get() {
    let found = format!(r#"{{"data":{}}}"#, token(ID, "Nightly"));
    let server = Server::start([json(&found)]).await;
    let keys = client(&server).key_management();
    let found = keys.get_personal_access_token(ID).send().await.unwrap();
    assert_eq!(found.data.as_ref().unwrap().id.as_deref(), Some(ID));
    let line = format!("GET /api/v2/personal_access_tokens/{ID}");
    assert_request(&server.only(), &line);
}

#[tokio::test]
async fn update() {
    let changed = format!(r#"{{"data":{}}}"#, token(ID, "Weekly"));
    let server = Server::start([json(&changed)]).await;
    let keys = client(&server).key_management();
    let changed = keys.update_personal_access_token(ID, &change()).send();
    let changed = changed.await.unwrap();
    let attributes = changed.data.as_ref().unwrap().attributes.as_ref().unwrap();
    assert_eq!(attributes.name.as_deref(), Some("Weekly"));
    let request = server.only();
    let line = format!("PATCH /api/v2/personal_access_tokens/{ID}");
    assert_request(&request, &line);
    assert_eq!(
        request.text(),
        format!(
            r#"{{"data":{{"id":"{ID}","type":"personal_access_tokens","attributes":{{"name":"Weekly"}}}}}}"#
        )
    );
}

#[tokio::test]
async fn revoke() {
    let server = Server::start([Act::Send(response(204, &[], ""))]).await;
    let keys = client(&server).key_management();
    let gone = keys.revoke_personal_access_token(ID).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    let line = format!("DELETE /api/v2/personal_access_tokens/{ID}");
    assert_request(&server.only(), &line);
}

#[tokio::test]
async fn all_pages() {
    let first = page(3, &[token("1", "a"), token("2", "b")]);
    let second = page(3, &[token("3", "c")]);
    let server = Server::start([json(&first), json(&second), json(&page(3, &[]))]).await;
    let tokens = client(&server)
        .key_management()
        .list_personal_access_tokens();
    let mut tokens = tokens.page_size(2).items();
    let mut ids = Vec::new();
    while let Some(token) = tokens.try_next().await.unwrap() {
        ids.extend(token.id);
    }
    assert_eq!(ids, ["1", "2", "3"]);
    let lines = server.lines();
    assert_eq!(
        lines.len(),
        2,
        "the total says that there are no more: {lines:?}"
    );
    for (number, line) in lines.iter().enumerate() {
        let (path, query) = line.split_once('?').unwrap();
        assert_eq!(path, "GET /api/v2/personal_access_tokens");
        let mut parts: Vec<_> = query.split('&').collect();
        parts.retain(|part| *part != "page%5Bnumber%5D=0");
        assert!(parts.contains(&"page%5Bsize%5D=2"), "{line}");
        let number = format!("page%5Bnumber%5D={number}");
        assert_eq!(
            parts.contains(&&*number),
            number != "page%5Bnumber%5D=0",
            "{line}"
        );
    }
}

/// Has each documented error of an operation answered, and looks at what it is decoded as.
macro_rules! errors {
    ($begin:expr, $error:ident: $($status:literal $variant:ident),+) => {$({
        let body = format!(r#"{{"errors":["e{}"]}}"#, $status);
        let server = Server::start([status($status, &[("content-type", "application/json")], &body)]).await;
        let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
        let error = ($begin)(client.key_management()).send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), $status);
        let Some(api::$error::$variant(body)) = error.body() else {
            panic!("{error:?}")
        };
        assert_eq!(body.errors, [format!("e{}", $status)]);
        assert_eq!(error.is_rate_limited(), $status == 429);
    })+};
}

#[tokio::test]
async fn every_documented_error_is_typed() {
    errors!(|keys: KeyManagement| keys.list_personal_access_tokens(),
        ListPersonalAccessTokensError: 400 Status400, 403 Status403, 429 Status429);
    errors!(|keys: KeyManagement| keys.create_personal_access_token(&wanted()),
        CreatePersonalAccessTokenError: 400 Status400, 403 Status403, 429 Status429);
    errors!(|keys: KeyManagement| keys.get_personal_access_token(ID),
        GetPersonalAccessTokenError: 403 Status403, 404 Status404, 429 Status429);
    errors!(|keys: KeyManagement| keys.update_personal_access_token(ID, &change()),
        UpdatePersonalAccessTokenError:
        400 Status400, 403 Status403, 404 Status404, 429 Status429);
    errors!(|keys: KeyManagement| keys.revoke_personal_access_token(ID),
        RevokePersonalAccessTokenError: 403 Status403, 404 Status404, 429 Status429);
}

/// Datadog says in seconds when the next call may be made.
#[tokio::test]
async fn a_rate_limit_is_waited_for_and_shown() {
    let headers = [
        ("content-type", "application/json"),
        ("x-ratelimit-limit", "300"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "1"),
    ];
    let refusal = || status(429, &headers, r#"{"errors":["Too many."]}"#);
    let server = Server::start([refusal(), json(&page(0, &[]))]).await;
    let start = std::time::Instant::now();
    let keys = client(&server).key_management();
    let page = keys.list_personal_access_tokens().send().await;
    assert_eq!(page.unwrap().status(), 200);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.received().len(), 2);

    let server = Server::start([refusal()]).await;
    let never = builder(&server).retry(RetryPolicy::never());
    let keys = never.build().unwrap().key_management();
    let error = keys.list_personal_access_tokens().send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(error.header("x-ratelimit-limit"), Some("300"));
}

#[tokio::test]
async fn both_keys_are_needed() {
    let server = Server::start([json(&page(0, &[]))]).await;
    let one = Client::builder().api_key_auth(CANARY);
    let client = one.base_url(server.url()).build().unwrap();
    let keys = client.key_management();
    let error = keys.list_personal_access_tokens().send().await.unwrap_err();
    let shown = error.to_string();
    assert!(
        shown.contains("appKeyAuth") && shown.contains("DD_APP_KEY"),
        "{shown}"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn neither_key_follows_to_another_host() {
    let other = Server::start([json(&page(0, &[]))]).await;
    let to = format!("{}/elsewhere", other.url());
    let away = Act::Send(response(302, &[("location", &to)], ""));
    let server = Server::start([away]).await;
    let keys = client(&server).key_management();
    keys.list_personal_access_tokens().send().await.unwrap();
    let head = other.only().head;
    assert!(
        !head.contains(CANARY) && !head.contains(SECOND_CANARY),
        "{head}"
    );
}

#[test]
fn sites() {
    let at = |site: &str| {
        let client = Client::builder().server_variable("site", site).build();
        client.map(|client| format!("{client:?}"))
    };
    for site in [
        "datadoghq.com",
        "us3.datadoghq.com",
        "us5.datadoghq.com",
        "ap1.datadoghq.com",
        "ap2.datadoghq.com",
        "datadoghq.eu",
        "ddog-gov.com",
        "us2.ddog-gov.com",
    ] {
        let shown = at(site).unwrap();
        assert!(
            shown.contains(&format!("\"https://api.{site}/\"")),
            "{shown}"
        );
    }
    let error = at("datadoghq.example").unwrap_err().to_string();
    assert!(
        error.contains("`site`") && error.contains("`us5.datadoghq.com`"),
        "{error}"
    );
    let other = Client::builder()
        .server(1)
        .server_variable("site", "datadoghq.example");
    let shown = format!("{:?}", other.build().unwrap());
    assert!(
        shown.contains("\"https://api.datadoghq.example/\""),
        "{shown}"
    );
}

#[test]
fn the_site_from_the_environment() {
    const CHILD: &str = "CLIENTSMITH_TEST_CHILD";
    // In a process of its own, for the environment is shared by all threads.
    if std::env::var_os(CHILD).is_none() {
        let test = "datadog::the_site_from_the_environment";
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(CHILD, "1")
            .env("DD_SITE", "us3.datadoghq.com")
            .env_remove("DD_BASE_URL")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let shown = format!("{:?}", Client::from_env().unwrap());
    assert!(
        shown.contains("\"https://api.us3.datadoghq.com/\""),
        "{shown}"
    );
    let own = Client::builder().server_variable("site", "datadoghq.eu");
    let shown = format!("{:?}", own.from_env().build().unwrap());
    assert!(shown.contains("\"https://api.datadoghq.eu/\""), "{shown}");
}
