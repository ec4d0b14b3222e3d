//! The programs in `tests/vendor_samples`: what the vendors' pages show, done with the generated
//! crates, and the programs of the README. Each runs as it stands, in a process of its own with an
//! environment of its own, against a server of this test.

use std::process::Command;

use clientsmith_tests::repository;

use super::support::{Act, Received, Server, json, response, status};
use super::{CANARY, SECOND_CANARY, datadog, launchdarkly, opal};

/// Names the program that a child process is to run.
const PROGRAM: &str = "CLIENTSMITH_TEST_PROGRAM";

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Compiles each program as a module, and makes a table of them.
macro_rules! programs {
    ($($name:ident)+) => {
        $(mod $name {
            include!(concat!("../../vendor_samples/", stringify!($name), ".rs"));

            pub(super) fn run() -> super::Outcome {
                main()
            }
        })+

        const PROGRAMS: &[(&str, fn() -> Outcome)] = &[$((stringify!($name), $name::run)),+];
    };
}

programs! {
    datadog_all_tokens
    datadog_list_tokens
    launchdarkly_all_tokens
    launchdarkly_create_token
    launchdarkly_delete_token
    launchdarkly_get_token
    launchdarkly_list_tokens
    launchdarkly_patch_token
    launchdarkly_reset_token
    launchdarkly_show_all_tokens
    opal_all_tokens
}

/// Does nothing unless a test below runs it, in an environment of its own.
#[test]
fn child() {
    let Ok(name) = std::env::var(PROGRAM) else {
        return;
    };
    let (_, run) = PROGRAMS.iter().find(|(known, _)| *known == name).unwrap();
    run().unwrap();
}

/// The text of a program, without its comments.
fn text(name: &str) -> String {
    let path = repository().join(format!("tests/vendor_samples/{name}.rs"));
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.lines().skip_while(|line| line.starts_with("//"));
    code.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Runs a program against a server that plays this script: what it printed, and what it sent.
async fn run(name: &str, script: Vec<Act>) -> (String, Vec<Received>) {
    let server = Server::start(script).await;
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", "samples::child", "--nocapture"])
        .env(PROGRAM, name)
        .env("OPAL_TOKEN", CANARY)
        .env("LD_API_KEY", CANARY)
        .env("DD_API_KEY", CANARY)
        .env("DD_APP_KEY", SECOND_CANARY);
    for variable in ["OPAL_BASE_URL", "LD_BASE_URL", "DD_BASE_URL"] {
        child.env(variable, server.url());
    }
    let output = tokio::task::spawn_blocking(move || child.output().unwrap());
    let output = output.await.unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {printed}{said}");
    assert!(!printed.contains(CANARY), "{name}: {printed}");
    let received = server.received();
    for request in &received {
        assert!(request.head.contains(CANARY), "{name}: {}", request.head);
    }
    (printed, received)
}

/// A program that makes one call, where the vendor's own takes so many lines: the call, and what
/// the program prints. Lines of nothing but braces do not count.
async fn one_call(name: &str, vendor_lines: usize, answer: Act, line: &str, printed: &str) {
    let (said, received) = run(name, vec![answer]).await;
    let [request] = received.as_slice() else {
        panic!("{name}: {received:?}")
    };
    assert_eq!(request.line(), line, "{name}");
    assert!(said.contains(printed), "{name}: {said}");
    let text = text(name);
    let has_words = |line: &&str| line.chars().any(char::is_alphanumeric);
    let lines = text.lines().filter(has_words).count();
    assert!(
        lines <= vendor_lines,
        "{name}: {lines} lines, the vendor's {vendor_lines}"
    );
}

/// LaunchDarkly's page of the list operation has a program of five lines, in Python.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn launchdarkly_page() {
    let answer = json(&launchdarkly::page(
        None,
        &[launchdarkly::token("1", "Nightly")],
    ));
    let name = "launchdarkly_list_tokens";
    one_call(name, 5, answer, "GET /api/v2/tokens", "Nightly").await;
}

/// The programs of LaunchDarkly's Python client, counted without comments and empty lines.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn launchdarkly_python() {
    let token = || launchdarkly::token("1", "Nightly");
    let created = || status(201, &[("content-type", "application/json")], &token());
    let gone = Act::Send(response(204, &[], ""));
    let one = "/api/v2/tokens/id_example";
    for (name, vendor_lines, answer, line, printed) in [
        (
            "launchdarkly_delete_token",
            19,
            gone,
            format!("DELETE {one}"),
            "",
        ),
        (
            "launchdarkly_get_token",
            21,
            json(&token()),
            format!("GET {one}"),
            "Nightly",
        ),
        (
            "launchdarkly_show_all_tokens",
            20,
            json(&launchdarkly::page(None, &[token()])),
            "GET /api/v2/tokens?showAll=true".to_owned(),
            "Nightly",
        ),
        (
            "launchdarkly_patch_token",
            32,
            json(&token()),
            format!("PATCH {one}"),
            "Nightly",
        ),
        (
            "launchdarkly_create_token",
            44,
            created(),
            "POST /api/v2/tokens".to_owned(),
            "Nightly",
        ),
    ] {
        one_call(name, vendor_lines, answer, &line, printed).await;
    }
}

/// The one program that makes two calls.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn launchdarkly_python_reset() {
    let name = "launchdarkly_reset_token";
    let (printed, received) = run(name, vec![json(&launchdarkly::token("1", "Nightly"))]).await;
    let lines: Vec<_> = received.iter().map(Received::line).collect();
    let path = "POST /api/v2/tokens/id_example/reset";
    assert_eq!(lines, [path, &format!("{path}?expiry=1")]);
    assert_eq!(printed.matches("Nightly").count(), 2, "{printed}");
    assert!(text(name).lines().count() <= 27);
}

/// Datadog's page of the list operation has a program in Rust, of 16 lines without its comment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn datadog_rust() {
    let answer = json(&datadog::page(1, &[datadog::token("1", "Nightly")]));
    let line = "GET /api/v2/personal_access_tokens";
    one_call("datadog_list_tokens", 16, answer, line, "Nightly").await;
}

/// The programs of the README: no more than 15 lines each, and they list what stands on two pages.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_tokens_of_all_pages() {
    let opal = |next: &str, label| {
        json(&opal::page(
            next,
            &[opal::token(opal::FIRST, label, "READ_ONLY")],
        ))
    };
    // The page says that there are three in all.
    let launchdarkly = |next: Option<&str>, names: &[&str]| {
        let tokens = names.iter().map(|name| launchdarkly::token("1", name));
        json(&launchdarkly::page(next, &tokens.collect::<Vec<_>>()))
    };
    let datadog = |names: &[&str], total| {
        let tokens: Vec<_> = names.iter().map(|name| datadog::token("1", name)).collect();
        json(&datadog::page(total, &tokens))
    };
    let next = Some("/api/v2/tokens?limit=2&offset=2");
    let full: Vec<String> = (0..100).map(|index| format!("t{index}")).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for (name, script, first, second) in [
        (
            "opal_all_tokens",
            vec![opal("\"x\"", "first one"), opal("null", "second one")],
            "first one",
            "second one",
        ),
        (
            "launchdarkly_all_tokens",
            vec![
                launchdarkly(next, &["first one", "another"]),
                launchdarkly(None, &["second one"]),
            ],
            "first one",
            "second one",
        ),
        (
            "datadog_all_tokens",
            vec![datadog(&full, 101), datadog(&["second one"], 101)],
            "t99",
            "second one",
        ),
    ] {
        let (printed, received) = run(name, script).await;
        assert_eq!(received.len(), 2, "{name}: {received:?}");
        let places = (printed.find(first), printed.find(second));
        assert!(
            matches!(places, (Some(first), Some(second)) if first < second),
            "{name}: {printed}"
        );
        let program = text(name);
        assert!(program.lines().count() <= 15, "{name}");
        assert!(readme.contains(&program), "the README has another {name}");
    }
}
