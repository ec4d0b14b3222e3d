//! The smallest server of HTTP/1.1 that a client can talk to: one response for each connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// A request as it came.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) method: String,
    /// The path and the query string, with their escapes.
    pub(super) target: String,
    /// The names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A response to send.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) media_type: Option<String>,
    pub(super) body: Vec<u8>,
}

/// A server that answers one request.
pub(super) struct Server {
    address: SocketAddr,
    received: Receiver<io::Result<Received>>,
}

impl Server {
    /// Listens on a port of its own.
    pub(super) fn start(reply: Reply) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (sender, received) = mpsc::channel();
        thread::spawn(move || {
            let accepted = listener.accept().map(|(stream, _)| BufReader::new(stream));
            let received = accepted.and_then(|mut reader| Ok((receive(&mut reader)?, reader)));
            // The request is there before the client has its response. Nobody waits any more where
            // the test has failed already.
            let _ = match received {
                Ok((received, reader)) => {
                    let sent = sender.send(Ok(received));
                    // A client that goes away early says so itself.
                    let _ = respond(reader.into_inner(), &reply);
                    sent
                }
                Err(error) => sender.send(Err(error)),
            };
        });
        Ok(Self { address, received })
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The request, if one came by now.
    pub(super) fn received(&self) -> Option<io::Result<Received>> {
        self.received.try_recv().ok()
    }
}

fn respond(mut stream: TcpStream, reply: &Reply) -> io::Result<()> {
    let media_type = match &reply.media_type {
        Some(media_type) => format!("content-type: {media_type}\r\n"),
        None => String::new(),
    };
    let length = match reply.status {
        204 | 304 => String::new(),
        _ => format!("content-length: {}\r\n", reply.body.len()),
    };
    let status = reply.status;
    let head = format!("HTTP/1.1 {status} Mock\r\nconnection: close\r\n{media_type}{length}\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&reply.body)
}

fn receive(reader: &mut BufReader<TcpStream>) -> io::Result<Received> {
    let line = line(reader)?;
    let mut words = line.split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (method, target) = (word(), word());
    let mut received = Received {
        method,
        target,
        headers: Vec::new(),
        body: Vec::new(),
    };
    loop {
        let line = self::line(reader)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        let header = (name.to_ascii_lowercase(), value.trim().to_owned());
        received.headers.push(header);
    }
    if received.header("transfer-encoding") == Some("chunked") {
        received.body = chunks(reader)?;
    } else if let Some(length) = received.header("content-length") {
        received.body = vec![0; number(length, 10)?];
        reader.read_exact(&mut received.body)?;
    }
    Ok(received)
}

fn chunks(reader: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = number(&line(reader)?, 16)?;
        let start = body.len();
        body.resize(start + length, 0);
        if let Some(chunk) = body.get_mut(start..) {
            reader.read_exact(chunk)?;
        }
        line(reader)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn line(reader: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn number(text: &str, radix: u32) -> io::Result<usize> {
    usize::from_str_radix(text.trim(), radix).map_err(io::Error::other)
}
