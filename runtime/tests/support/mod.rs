//! A real HTTP/1.1 server on 127.0.0.1 that plays a script: it keeps the bytes that it received
//! and answers with bytes, right or wrong, as the script has them.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

pub mod api;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes, then resets the connection.
    SendAndReset(Vec<u8>),
    /// Sends these bytes, then nothing for ever.
    SendAndHang(Vec<u8>),
    /// Sends these pieces with a pause after each.
    SendSlowly(Vec<Vec<u8>>, Duration),
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The nth connection that the server accepted, from 0.
    pub connection: usize,
    /// The head as it came, up to the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Received {
    /// `GET /path?query`
    pub fn line(&self) -> &str {
        self.head
            .lines()
            .next()
            .unwrap()
            .strip_suffix(" HTTP/1.1")
            .unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// A server on threads of its own, for callers without an async runtime. It lives as long as the
/// runtime.
pub fn serve_apart(script: impl IntoIterator<Item = Act>) -> (Server, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    (runtime.block_on(Server::start(script)), runtime)
}

/// The server. It answers the nth request with the nth act, and the last act from then on.
pub struct Server {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub async fn start(script: impl IntoIterator<Item = Act>) -> Self {
        Self::start_at(([127, 0, 0, 1], 0).into(), script).await
    }

    pub async fn start_at(address: SocketAddr, script: impl IntoIterator<Item = Act>) -> Self {
        Self::start_on(TcpListener::bind(address).await.unwrap(), script)
    }

    /// For answers that have the server's own address in them.
    pub fn start_on(listener: TcpListener, script: impl IntoIterator<Item = Act>) -> Self {
        let script: Vec<Act> = script.into_iter().collect();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, connection, script.clone(), Arc::clone(&log)));
            }
        });
        Self { address, received }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The one request that came.
    pub fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:#?}");
        received.into_iter().next().unwrap()
    }

    pub fn lines(&self) -> Vec<String> {
        self.received()
            .iter()
            .map(|request| request.line().to_owned())
            .collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    connection: usize,
    script: Vec<Act>,
    log: Arc<Mutex<Vec<Received>>>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = receive(&mut stream, &mut buffer, connection).await {
        let nth = {
            let mut log = log.lock().unwrap();
            log.push(request);
            log.len() - 1
        };
        let act = script.get(nth).or(script.last()).cloned().unwrap();
        if !play(&mut stream, act).await {
            return;
        }
    }
}

/// Whether the connection is kept.
async fn play(stream: &mut TcpStream, act: Act) -> bool {
    match act {
        Act::Send(bytes) => stream.write_all(&bytes).await.is_ok(),
        Act::SendAndClose(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            false
        }
        Act::SendAndReset(bytes) => {
            let _ = stream.write_all(&bytes).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            stream.set_zero_linger().unwrap();
            false
        }
        Act::SendAndHang(bytes) => {
            let _ = stream.write_all(&bytes).await;
            std::future::pending().await
        }
        Act::SendSlowly(pieces, pause) => {
            for piece in pieces {
                if stream.write_all(&piece).await.is_err() {
                    return false;
                }
                tokio::time::sleep(pause).await;
            }
            true
        }
    }
}

async fn receive(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    connection: usize,
) -> Option<Received> {
    let end = loop {
        if let Some(at) = find(buffer, b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    let mut request = Received {
        connection,
        head,
        body: Vec::new(),
    };
    buffer.drain(..end);
    if request
        .header("transfer-encoding")
        .is_some_and(|value| value == "chunked")
    {
        request.body = chunks(stream, buffer).await?;
    } else {
        let length = request
            .header("content-length")
            .map_or(0, |value| value.parse().unwrap());
        while buffer.len() < length {
            more(stream, buffer).await?;
        }
        request.body = buffer.drain(..length).collect();
    }
    Some(request)
}

async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = find(buffer, b"\r\n") {
                break at;
            }
            more(stream, buffer).await?;
        };
        let length = std::str::from_utf8(&buffer[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        while buffer.len() < end + 2 + length + 2 {
            more(stream, buffer).await?;
        }
        body.extend_from_slice(&buffer[end + 2..end + 2 + length]);
        buffer.drain(..end + 2 + length + 2);
        if length == 0 {
            return Some(body);
        }
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}

fn find(buffer: &[u8], what: &[u8]) -> Option<usize> {
    buffer.windows(what.len()).position(|window| window == what)
}

/// A whole response.
pub fn response(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut out = format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        out.extend([name, ": ", value, "\r\n"]);
    }
    out.push_str("\r\n");
    let mut out = out.into_bytes();
    out.extend_from_slice(body);
    out
}

/// A success with this JSON.
pub fn json(body: &str) -> Act {
    Act::Send(response(200, &[("content-type", "application/json")], body))
}

/// A response with this status and JSON.
pub fn status(status: u16, headers: &[(&str, &str)], body: &str) -> Act {
    Act::Send(response(status, headers, body))
}
