//! `launchdarkly-client`: the six operations on access tokens.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use launchdarkly_client::api::access_tokens as api;
use launchdarkly_client::types::{
    AccessTokenPost, AccessTokenPostRole, Effect, PatchOperation, StatementPost,
};
use launchdarkly_client::{Client, ClientBuilder, RetryPolicy, Value};

use super::CANARY;
use super::support::{Act, Received, Server, json, response, status};

const ID: &str = "65a1f0c2d4e6b80012c3d4e5";

pub(super) fn builder(server: &Server) -> ClientBuilder {
    Client::builder().api_key(CANARY).base_url(server.url())
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// A token with every one of its sixteen properties.
pub(super) fn token(id: &str, name: &str) -> String {
    format!(
        r#"{{"_id":"{id}","ownerId":"5f2b6c1d9e8a7b0011aa22bb","memberId":"5f2b6c1d9e8a7b0011aa22cc","_member":{{"_links":{{"self":{{"href":"/api/v2/members/1","type":"application/json"}}}},"_id":"1","firstName":"Robin","lastName":"Ashby","role":"admin","email":"robin@acme.example"}},"name":"{name}","description":"Copies flags.","creationDate":1709285400000,"lastModified":1709371800000,"customRoleIds":["ops"],"inlineRole":[{{"resources":["proj/*"],"actions":["*"],"effect":"deny"}}],"role":"reader","token":"c0de","serviceToken":true,"_links":{{"self":{{"href":"/api/v2/tokens/{id}","type":"application/json"}}}},"defaultApiVersion":20240415,"lastUsed":1709458200000}}"#
    )
}

/// A page, with the address of the next where there is one.
pub(super) fn page(next: Option<&str>, tokens: &[String]) -> String {
    let next = next.map_or(String::new(), |href| {
        format!(r#""next":{{"href":"{href}","type":"application/json"}}"#)
    });
    format!(
        r#"{{"items":[{}],"_links":{{{next}}},"totalCount":3}}"#,
        tokens.join(",")
    )
}

fn assert_request(request: &Received, line: &str) {
    assert_eq!(request.line(), line);
    // The key as it is: no scheme in front of it.
    assert_eq!(request.header("authorization"), Some(CANARY));
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn list() {
    let server = Server::start([json(&page(None, &[token(ID, "Nightly")]))]).await;
    let tokens = client(&server).access_tokens().list();
    let tokens = tokens.show_all(true).limit(25).offset(50).send();
    let tokens = tokens.await.unwrap();
    assert_request(
        &server.only(),
        "GET /api/v2/tokens?showAll=true&limit=25&offset=50",
    );
    assert_eq!(tokens.total_count, Some(3));
    let [found] = tokens.items.as_deref().unwrap() else {
        panic!("{tokens:?}")
    };
    assert_eq!(found.id, ID);
    assert_eq!(found.last_used, Some(1_709_458_200_000));
    assert_eq!(
        launchdarkly_client::json::to_string(found),
        token(ID, "Nightly"),
        "all of it is kept"
    );
}

#[tokio::test]
async fn get() {
    let server = Server::start([json(&token("a/b ü", "Nightly"))]).await;
    let found = client(&server).access_tokens().get("a/b ü").send();
    let found = found.await.unwrap();
    assert_request(&server.only(), "GET /api/v2/tokens/a%2Fb%20%C3%BC");
    let member = found.member.as_ref().unwrap();
    assert_eq!(
        member.links["self"].href.as_deref(),
        Some("/api/v2/members/1")
    );
    assert_eq!(member.email, "robin@acme.example");
    assert_eq!(found.creation_date, 1_709_285_400_000);
    assert_eq!(
        found.links["self"].href.as_deref(),
        Some("/api/v2/tokens/a/b ü")
    );
}

#[tokio::test]
async fn create() {
    let server = Server::start([status(
        201,
        &[("content-type", "application/json")],
        &token(ID, "Nightly"),
    )])
    .await;
    let statement = StatementPost::new(Effect::Deny)
        .resources(["proj/*:env/production:flag/*"])
        .actions(["*"]);
    let wanted = AccessTokenPost::new()
        .name("Nightly")
        .role(AccessTokenPostRole::Reader)
        .custom_role_ids(["ops"])
        .inline_role([statement])
        .service_token(true)
        .default_api_version(20_240_415);
    let made = client(&server).access_tokens().create(&wanted).send();
    let made = made.await.unwrap();
    assert_eq!(made.status(), 201);
    assert_eq!(made.token.as_deref(), Some("c0de"));
    assert!(
        !format!("{made:?}").contains("c0de"),
        "a new token is a secret: {made:?}"
    );
    let request = server.only();
    assert_request(&request, "POST /api/v2/tokens");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.text(),
        r#"{"name":"Nightly","role":"reader","customRoleIds":["ops"],"inlineRole":[{"resources":["proj/*:env/production:flag/*"],"actions":["*"],"effect":"deny"}],"serviceToken":true,"defaultApiVersion":20240415}"#
    );
}

#[tokio::test]
async fn patch() {
    let server = Server::start([json(&token(ID, "Weekly"))]).await;
    let patch = vec![
        PatchOperation::new("test", "/role").value(Value::from("reader")),
        PatchOperation::new("replace", "/name").value(Value::from("Weekly")),
        PatchOperation::new("remove", "/description"),
    ];
    let changed = client(&server).access_tokens().update(ID, &patch);
    assert_eq!(
        changed.send().await.unwrap().name.as_deref(),
        Some("Weekly")
    );
    let request = server.only();
    assert_request(&request, &format!("PATCH /api/v2/tokens/{ID}"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.text(),
        r#"[{"op":"test","path":"/role","value":"reader"},{"op":"replace","path":"/name","value":"Weekly"},{"op":"remove","path":"/description"}]"#
    );
}

#[tokio::test]
async fn delete() {
    let server = Server::start([Act::Send(response(204, &[], ""))]).await;
    let gone = client(&server).access_tokens().delete(ID).send();
    assert_eq!(gone.await.unwrap().status(), 204);
    assert_request(&server.only(), &format!("DELETE /api/v2/tokens/{ID}"));
}

#[tokio::test]
async fn reset() {
    let server = Server::start([json(&token(ID, "Nightly"))]).await;
    let tokens = client(&server).access_tokens();
    tokens.reset(ID).send().await.unwrap();
    let later = tokens.reset(ID).expiry(4_102_444_800_000).send();
    later.await.unwrap();
    let [now, later] = server.received().try_into().unwrap();
    assert_request(&now, &format!("POST /api/v2/tokens/{ID}/reset"));
    assert_request(
        &later,
        &format!("POST /api/v2/tokens/{ID}/reset?expiry=4102444800000"),
    );
    assert!(now.body.is_empty());
}

#[tokio::test]
async fn all_pages() {
    let first = page(
        Some("/api/v2/tokens?limit=2&offset=2"),
        &[token("1", "a"), token("2", "b")],
    );
    let second = page(None, &[token("3", "c")]);
    let server = Server::start([json(&first), json(&second)]).await;
    let mut tokens = client(&server).access_tokens().list().limit(2).items();
    let mut names = Vec::new();
    while let Some(token) = tokens.try_next().await.unwrap() {
        names.extend(token.name);
    }
    assert_eq!(names, ["a", "b", "c"]);
    let lines = server.lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "GET /api/v2/tokens?limit=2");
    assert_eq!(lines[1], "GET /api/v2/tokens?limit=2&offset=2");
    for request in server.received() {
        assert_eq!(request.header("authorization"), Some(CANARY));
    }
}

/// Has each documented error of an operation answered, and looks at what it is decoded as.
macro_rules! errors {
    ($begin:expr, $error:ident: $($status:literal $variant:ident),+) => {$({
        let body = format!(r#"{{"code":"c{}","message":"No."}}"#, $status);
        let server = Server::start([status($status, &[("content-type", "application/json")], &body)]).await;
        let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
        let error = ($begin)(client.access_tokens()).send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), $status);
        let Some(api::$error::$variant(body)) = error.body() else {
            panic!("{error:?}")
        };
        assert_eq!(body.code, format!("c{}", $status));
        assert_eq!(body.message, "No.");
        assert_eq!(error.is_rate_limited(), $status == 429);
    })+};
}

#[tokio::test]
async fn every_documented_error_is_typed() {
    use launchdarkly_client::api::AccessTokens;
    errors!(|tokens: AccessTokens| tokens.list(), ListError:
        401 Status401, 403 Status403, 429 Status429);
    errors!(|tokens: AccessTokens| tokens.create(&AccessTokenPost::new()), CreateError:
        400 Status400, 401 Status401, 403 Status403, 429 Status429);
    errors!(|tokens: AccessTokens| tokens.get(ID), GetError:
        401 Status401, 403 Status403, 404 Status404, 429 Status429);
    errors!(|tokens: AccessTokens| tokens.update(ID, &Vec::new()), UpdateError:
        400 Status400, 401 Status401, 403 Status403, 404 Status404, 409 Status409, 422 Status422,
        429 Status429);
    errors!(|tokens: AccessTokens| tokens.delete(ID), DeleteError:
        401 Status401, 403 Status403, 404 Status404, 429 Status429);
    errors!(|tokens: AccessTokens| tokens.reset(ID), ResetError:
        401 Status401, 403 Status403, 404 Status404, 429 Status429);
}

/// LaunchDarkly says in epoch milliseconds when the next call may be made.
#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let reset = (now + Duration::from_millis(1500)).as_millis().to_string();
    let refusal = status(
        429,
        &[
            ("content-type", "application/json"),
            ("x-ratelimit-reset", &reset),
        ],
        r#"{"code":"rate_limited","message":"Slow down."}"#,
    );
    let server = Server::start([refusal, json(&page(None, &[]))]).await;
    let start = std::time::Instant::now();
    let tokens = client(&server).access_tokens().list().send().await;
    assert_eq!(tokens.unwrap().status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(500));
    assert_eq!(server.received().len(), 2);
}
