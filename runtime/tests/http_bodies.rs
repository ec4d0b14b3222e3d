//! Request bodies other than JSON, as the server receives them.

mod support;

use clientsmith_runtime::support as rt;
use serde_json::json as value;
use support::api::{self, client, send};
use support::{Received, Server, json, status};

static ENCODING: [rt::Param; 2] = [
    rt::Param {
        explode: false,
        ..api::query("tags")
    },
    rt::Param {
        style: rt::Style::DeepObject,
        ..api::query("deep")
    },
];

async fn sent(prepare: impl FnOnce(&mut rt::Call)) -> Received {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::CREATE);
    prepare(&mut call);
    send(call).await.unwrap();
    server.only()
}

#[tokio::test]
async fn forms() {
    let body = value!({
        "name": "a b&c=\u{e9}", "n": 1.5, "yes": true, "none": null,
        "ids": [1, 2], "tags": ["x", "y,z"], "deep": {"a": {"b": 1}}, "object": {"k": "v"},
    });
    let request = sent(|call| call.form_body(&ENCODING, &body)).await;
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        request.text(),
        "name=a%20b%26c%3D%C3%A9&n=1.5&yes=true&ids=1&ids=2&tags=x,y%2Cz&deep%5Ba%5D%5Bb%5D=1\
         &object=%7B%22k%22%3A%22v%22%7D",
    );
}

#[tokio::test]
async fn text_and_binary() {
    let request = sent(|call| call.body("text/plain; charset=utf-8", "na\u{ef}ve")).await;
    assert_eq!(
        request.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(request.text(), "na\u{ef}ve");
    let request = sent(|call| call.body("application/octet-stream", vec![0_u8, 255, 10])).await;
    assert_eq!(request.body, [0, 255, 10]);
    assert_eq!(request.header("content-length"), Some("3"));
}

/// A file in the target's temporary folder, gone when dropped.
struct TempFile(std::path::PathBuf);

impl TempFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("http-bodies-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn files_are_streamed_with_their_length_and_can_be_sent_again() {
    static PUT: rt::Operation = api::operation("put", rt::Method::Put, "/file", &[]);
    let content: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let file = TempFile::new("stream.bin", &content);
    let server = Server::start([status(503, &[], ""), json("{}")]).await;
    let mut builder = api::builder(&server.url());
    builder.retry(rt::RetryPolicy::default().first_delay(std::time::Duration::ZERO));
    let mut call = builder.build().unwrap().call(&PUT);
    call.body("application/octet-stream", rt::Body::file(&file.0).unwrap());
    send(call).await.unwrap();
    for request in server.received() {
        assert_eq!(request.header("content-length"), Some("300000"));
        assert!(request.body == content);
    }
    assert_eq!(server.received().len(), 2);
    assert!(rt::Body::file("/no/such/file").is_err());
}

#[tokio::test]
async fn a_file_that_shrinks_is_an_error() {
    let file = TempFile::new("shrinks.bin", b"0123456789");
    let body = rt::Body::file(&file.0).unwrap();
    std::fs::write(&file.0, b"0123").unwrap();
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::CREATE);
    call.body("application/octet-stream", body);
    assert!(matches!(send(call).await, Err(rt::Error::Transport(_))));
}

#[tokio::test]
async fn multipart_with_files_values_and_json_parts() {
    let file = TempFile::new("one \"1\".txt", b"first file");
    let request = sent(|call| {
        let mut form = rt::Multipart::new();
        form.value("name", &"J\u{fc}rgen".to_owned());
        form.value("count", &3_i64);
        form.value("absent", &None::<String>);
        form.value("ids", &vec![1_i64, 2]);
        form.value("object", &value!({"a": 1}));
        form.json("meta", "application/vnd.x+json", &"text".to_owned());
        form.part("files", rt::Part::file(&file.0).unwrap());
        let second = rt::Part::new(vec![0_u8, 1])
            .file_name("two.png")
            .content_type("image/png");
        form.part("files", second.header("X-Checksum", "abc"));
        call.multipart_body(form);
    })
    .await;
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert_eq!(boundary.len(), 32);
    let expected = [
        "Content-Disposition: form-data; name=\"name\"\r\n\r\nJ\u{fc}rgen",
        "Content-Disposition: form-data; name=\"count\"\r\n\r\n3",
        "Content-Disposition: form-data; name=\"ids\"\r\n\r\n1",
        "Content-Disposition: form-data; name=\"ids\"\r\n\r\n2",
        "Content-Disposition: form-data; name=\"object\"\r\nContent-Type: application/json\r\n\r\n\
         {\"a\":1}",
        "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/vnd.x+json\
         \r\n\r\n\"text\"",
        "Content-Disposition: form-data; name=\"files\"; filename=\"one %221%22.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nfirst file",
        "Content-Disposition: form-data; name=\"files\"; filename=\"two.png\"\r\n\
         Content-Type: image/png\r\nX-Checksum: abc\r\n\r\n\0\u{1}",
    ];
    let between = format!("\r\n--{boundary}\r\n");
    let parts = expected.join(&between);
    let expected = format!("--{boundary}\r\n{parts}\r\n--{boundary}--\r\n");
    assert_eq!(request.text(), expected);
    assert_eq!(
        request.header("content-length"),
        Some(&*request.body.len().to_string())
    );
}

#[tokio::test]
async fn a_part_cannot_bring_another_header() {
    let server = Server::start([json("{}")]).await;
    for part in [
        rt::Part::new("x").content_type("a\r\nX-Evil: 1"),
        rt::Part::new("x").header("X\r\nY", "1"),
    ] {
        let mut form = rt::Multipart::new();
        form.part("a", part);
        let mut call = client(&server.url()).call(&api::CREATE);
        call.multipart_body(form);
        assert!(matches!(send(call).await, Err(rt::Error::Build(_))));
    }
    assert!(server.received().is_empty());
    let request = sent(|call| {
        let mut form = rt::Multipart::new();
        form.part("a\"\r\nX: 1", rt::Part::new("x"));
        call.multipart_body(form);
    })
    .await;
    assert!(request.text().contains("name=\"a%22%0D%0AX: 1\"\r\n\r\nx"));
}

#[tokio::test]
async fn a_form_with_a_part_that_is_produced_once_is_sent_once_in_chunks() {
    let request = sent(|call| {
        let mut form = rt::Multipart::new();
        form.part(
            "a",
            rt::Body::streaming(rt::Body::repeatable(None, || rt::Body::from("once"))),
        );
        call.multipart_body(form);
    })
    .await;
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert!(request.text().contains("\r\n\r\nonce\r\n--"));
}
