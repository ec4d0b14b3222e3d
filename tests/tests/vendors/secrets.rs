//! Keys show nowhere: not in `Debug`, not in an error, not in its sources. The same calls over all
//! three crates; the server says the keys back wherever it can.

use std::error::Error as _;
use std::fmt::Debug;

use clientsmith_runtime::{Error, PerCall as _};

use super::support::{Act, Server, response};
use super::{CANARY, SECOND_CANARY, datadog, launchdarkly, opal};

/// Everything that can be shown of something.
fn shown(what: &impl Debug) -> String {
    format!("{what:?}\n{what:#?}")
}

fn assert_hidden(place: &str, text: &str) {
    for key in [CANARY, SECOND_CANARY] {
        assert!(!text.contains(key), "a key shows in {place}: {text}");
    }
}

fn assert_error_hides<E: Debug + 'static>(place: &str, error: &Error<E>) {
    assert_hidden(place, &shown(error));
    assert_hidden(place, &error.to_string());
    let mut source = error.source();
    while let Some(inner) = source {
        assert_hidden(place, &format!("{}{inner}", shown(&inner)));
        source = inner.source();
    }
}

/// Calls an operation of a crate, well and badly, and looks at all there is to print.
macro_rules! hides_its_keys {
    ($builder:path, $keys:expr, $group:ident, $operation:ident, $good:expr, $bad:expr) => {{
        // The server says the keys back wherever it can.
        let echo = $keys.join(" ");
        let headers = [("x-echo", &*echo), ("content-type", "application/json")];
        let server = Server::start([
            Act::Send(response(200, &headers, $good)),
            Act::Send(response(
                401,
                &headers,
                format!(r#"{{"refused":"{echo}"}}"#),
            )),
            Act::Send(response(200, &headers, $bad)),
        ])
        .await;
        let builder = $builder(&server);
        assert_hidden("the builder", &shown(&builder));
        let client = builder.build().unwrap();
        assert_hidden("the client", &shown(&client));
        assert_hidden("the group", &shown(&client.$group()));
        let request = client.$group().$operation().with_header("x-more", CANARY);
        assert_hidden("the request", &shown(&request));
        let sending = request.send();
        assert_hidden("the sending", &shown(&sending));

        let response = sending.await.unwrap();
        assert!(
            String::from_utf8_lossy(response.body()).contains(CANARY),
            "the value itself is kept"
        );
        assert_hidden("the response", &shown(&response));
        assert_hidden("the raw response", &shown(response.raw()));

        let error = client.$group().$operation().send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
        assert!(String::from_utf8_lossy(error.raw_body().unwrap()).contains(CANARY));
        assert_error_hides("a status error", &error);
        let error = client.$group().$operation().send().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_error_hides("a decode error", &error);
        assert_eq!(server.received().len(), 3);
        for request in server.received() {
            assert!(request.head.contains(CANARY), "and yet it was sent");
        }
    }};
}

#[tokio::test]
async fn keys_show_nowhere() {
    let token = opal::token(opal::FIRST, CANARY, CANARY);
    let good = opal::page(&format!("\"{CANARY}\""), &[token]);
    let bad = format!(r#"{{"results":"{CANARY}"}}"#);
    hides_its_keys!(opal::builder, [CANARY], tokens, list, good, bad);

    let good = launchdarkly::page(Some(CANARY), &[launchdarkly::token(CANARY, CANARY)]);
    let bad = format!(r#"{{"items":"{CANARY}"}}"#);
    hides_its_keys!(
        launchdarkly::builder,
        [CANARY],
        access_tokens,
        list,
        good,
        bad
    );

    let good = datadog::page(1, &[datadog::token(CANARY, SECOND_CANARY)]);
    let bad = format!(r#"{{"data":"{SECOND_CANARY}"}}"#);
    hides_its_keys!(
        datadog::builder,
        [CANARY, SECOND_CANARY],
        key_management,
        list_personal_access_tokens,
        good,
        bad
    );
}

#[tokio::test]
async fn a_key_that_cannot_be_sent_does_not_show() {
    let unsendable = format!("{CANARY}\n");
    match opal_client::Client::builder()
        .bearer_auth(unsendable)
        .build()
    {
        Err(error) => assert_hidden("a build error", &format!("{}{error}", shown(&error))),
        Ok(client) => {
            let error = client.tokens().list().send().await.unwrap_err();
            assert!(matches!(error, Error::Build(_)), "{error:?}");
            assert_error_hides("a credential that cannot be sent", &error);
        }
    }
}
