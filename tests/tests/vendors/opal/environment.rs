//! Credentials and the address from the environment.

use std::process::{Command, Output};

use opal_client::Client;

use super::super::support::{Server, json};
use super::{CANARY, FIRST, page, token};

/// Set for the process that the tests below start.
const CHILD: &str = "CLIENTSMITH_TEST_CHILD";

/// Runs one test of this binary in a process of its own: another process's environment can be set
/// without danger, this one's cannot.
fn alone(test: &str, environment: &[(&str, &str)]) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, "1")
        .env_remove("OPAL_TOKEN")
        .env_remove("OPAL_BASE_URL")
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_and_address_from_the_environment() {
    let server = Server::start([json(&page("null", &[token(FIRST, "a", "READ_ONLY")]))]).await;
    let url = format!("{}/elsewhere/", server.url());
    let output = tokio::task::spawn_blocking(move || {
        alone(
            "opal::environment::child_calls",
            &[("OPAL_TOKEN", CANARY), ("OPAL_BASE_URL", &url)],
        )
    })
    .await
    .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(printed.contains("1 token"), "{printed}");
    assert_eq!(server.only().line(), "GET /elsewhere/tokens");
    assert_eq!(
        server.only().header("authorization"),
        Some(&*format!("Bearer {CANARY}"))
    );
}

#[test]
fn an_environment_without_the_credential() {
    let output = alone(
        "opal::environment::child_calls",
        &[("OPAL_BASE_URL", "http://127.0.0.1:9/")],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(
        said.contains("OPAL_TOKEN") && said.contains("BearerAuth"),
        "{said}"
    );
}

/// Does nothing unless one of the tests above runs it, in an environment of its own.
#[tokio::test]
async fn child_calls() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let client = Client::from_env().unwrap();
    match client.tokens().list().send().await {
        Ok(page) => println!("{} token", page.results.len()),
        Err(error) => panic!("{error}"),
    }
}
