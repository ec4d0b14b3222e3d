//! The token shows nowhere: not in `Debug`, not in an error, not in its sources.

use std::error::Error as _;
use std::fmt::{Debug, Display};

use opal_client::{Client, Error, PerCall as _};

use super::support::{Act, Server, response};
use super::{CANARY, FIRST, builder, page, token};

/// Everything that can be shown of something.
fn shown(what: &impl Debug) -> String {
    format!("{what:?}\n{what:#?}")
}

fn assert_hidden(place: &str, text: &str) {
    assert!(!text.contains(CANARY), "the token shows in {place}: {text}");
}

fn assert_error_hides<E: Debug + Display + 'static>(place: &str, error: &Error<E>) {
    assert_hidden(place, &shown(error));
    assert_hidden(place, &error.to_string());
    let mut source = error.source();
    while let Some(inner) = source {
        assert_hidden(place, &format!("{}{inner}", shown(&inner)));
        source = inner.source();
    }
}

#[tokio::test]
async fn the_token_shows_nowhere() {
    // The server says the token back wherever it can.
    let echo = format!("Bearer {CANARY}");
    let headers = [("x-echo", &*echo), ("content-type", "application/json")];
    let good = page(&format!("\"{CANARY}\""), &[token(FIRST, CANARY, CANARY)]);
    let server = Server::start([
        Act::Send(response(200, &headers, &good)),
        Act::Send(response(
            401,
            &headers,
            format!(r#"{{"refused":"{CANARY}"}}"#),
        )),
        Act::Send(response(
            200,
            &headers,
            format!(r#"{{"results":"{CANARY}"}}"#),
        )),
    ])
    .await;
    let builder = builder(&server);
    assert_hidden("the builder", &shown(&builder));
    let client = builder.build().unwrap();
    assert_hidden("the client", &shown(&client));
    assert_hidden("the group", &shown(&client.tokens()));
    let request = client
        .tokens()
        .get_tokens()
        .cursor("c")
        .with_header("x-more", CANARY);
    assert_hidden("the request", &shown(&request));
    let sending = request.send();
    assert_hidden("the sending", &shown(&sending));

    let response = sending.await.unwrap();
    assert_eq!(
        response.next.as_deref(),
        Some(CANARY),
        "the value itself is kept"
    );
    assert_hidden("the response", &shown(&response));
    assert_hidden("the raw response", &shown(response.raw()));

    let error = client.tokens().get_tokens().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert!(String::from_utf8_lossy(error.raw_body().unwrap()).contains(CANARY));
    assert_error_hides("a status error", &error);
    let error = client.tokens().get_tokens().send().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_error_hides("a decode error", &error);
    assert_eq!(server.received().len(), 3);
    for request in server.received() {
        assert!(request.head.contains(CANARY), "and yet it was sent");
    }

    let unsendable = format!("{CANARY}\n");
    let refused = Client::builder().bearer_auth(unsendable).build();
    match refused {
        Err(error) => assert_hidden("a build error", &format!("{}{error}", shown(&error))),
        Ok(client) => {
            let error = client.tokens().get_tokens().send().await.unwrap_err();
            assert!(matches!(error, Error::Build(_)), "{error:?}");
            assert_error_hides("a credential that cannot be sent", &error);
        }
    }
}

