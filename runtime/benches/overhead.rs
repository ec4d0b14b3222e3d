//! What a call costs above bare reqwest: `cargo bench -p clientsmith-runtime --bench overhead`.
//!
//! The same request to the same server on 127.0.0.1, read and decoded to the same value: once with
//! reqwest and serde as one would write it by hand, once with this runtime. The two take turns, so
//! that whatever else the machine does falls on both; medians of rounds are compared. Beside the time
//! on the clock stands the calling thread's own (Linux): where other programs want the processors too,
//! a call waits for them, the longer the more it computes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use clientsmith_runtime::support as rt;

const ROUNDS: usize = 200;
const CALLS: usize = 100;
const BODY: &str = r#"{"id":"8c2f4f9e","label":"a token","scopes":["read","write"],"uses":17}"#;

static API: rt::Api = rt::Api {
    name: "overhead-client",
    version: "1.0.0",
    document: None,
    servers: &[],
    schemes: &[rt::Scheme {
        name: "bearer",
        kind: rt::SchemeKind::Bearer,
        env: &[],
    }],
    base_url_env: None,
    server_variables_env: &[],
};
static GET: rt::Operation = rt::Operation {
    id: "getToken",
    method: rt::Method::Get,
    path: "/tokens/{id}",
    accept: "application/json",
    security: &[&["bearer"]],
    servers: &[],
    successes: &[200],
    default: false,
};
static ID: rt::Param = rt::Param::path("id");
static EXPAND: rt::Param = rt::Param::query("expand");

#[derive(Clone)]
struct Token {
    id: String,
    label: String,
    scopes: Vec<String>,
    uses: i64,
}

impl rt::Model for Token {
    const NAME: &'static str = "Token";
    const FIELDS: &'static [rt::Field] = &[
        rt::Field::Required("id"),
        rt::Field::Required("label"),
        rt::Field::Required("scopes"),
        rt::Field::Required("uses"),
    ];
    fn empty() -> Self {
        Self {
            id: rt::empty(),
            label: rt::empty(),
            scopes: rt::empty(),
            uses: rt::empty(),
        }
    }
    fn field(&self, index: usize) -> Option<&dyn rt::Json> {
        Some(match index {
            0 => &self.id,
            1 => &self.label,
            2 => &self.scopes,
            3 => &self.uses,
            _ => return None,
        })
    }
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn rt::Json> {
        Some(match index {
            0 => &mut self.id,
            1 => &mut self.label,
            2 => &mut self.scopes,
            3 => &mut self.uses,
            _ => return None,
        })
    }
}
rt::impl_model!(Token);

#[derive(serde::Deserialize)]
struct Bare {
    id: String,
    label: String,
    scopes: Vec<String>,
    uses: i64,
}

fn main() {
    let address = serve();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(compare(address));
}

async fn compare(address: SocketAddr) {
    let reqwest = rt::ReqwestTransport::client_builder()
        .map(|builder| builder.build().expect("a client"))
        .expect("TLS");
    let mut builder = rt::ClientBuilder::new(&API);
    builder.base_url(format!("http://{address}/v1"));
    builder.reqwest_client(reqwest.clone());
    builder.credential("bearer", "s3cret".into());
    let client = builder.build().expect("a client");
    let url = format!("http://{address}/v1");

    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Whoever goes first changes from round to round.
        if round % 2 == 0 {
            bare.push(time(|| by_hand(&reqwest, &url)).await);
            ours.push(time(|| by_runtime(&client)).await);
        } else {
            ours.push(time(|| by_runtime(&client)).await);
            bare.push(time(|| by_hand(&reqwest, &url)).await);
        }
    }
    print("on the clock", &bare, &ours, |spent| spent.clock);
    print("on the processor", &bare, &ours, |spent| spent.processor);
}

fn print(what: &str, bare: &[Spent], ours: &[Spent], part: fn(&Spent) -> Duration) {
    let median = |side: &[Spent]| {
        let mut times: Vec<Duration> = side.iter().map(part).collect();
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6
    };
    let (bare, ours) = (median(bare), median(ours));
    let (more, percent) = (ours - bare, (ours / bare - 1.0) * 100.0);
    println!(
        "{what:17} reqwest by hand {bare:7.2} µs a call, this runtime {ours:7.2} µs: {more:+.2} µs, {percent:+.1} %"
    );
}

/// What a call took, on average over a round.
struct Spent {
    clock: Duration,
    processor: Duration,
}

/// How long this thread has run, by the scheduler's account.
fn processor() -> Duration {
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = account.split_whitespace().next();
    Duration::from_nanos(nanos.and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

async fn time<F: Future<Output = usize>>(call: impl Fn() -> F) -> Spent {
    let (start, ran) = (Instant::now(), processor());
    let mut length = 0;
    for _ in 0..CALLS {
        length += call().await;
    }
    assert_eq!(length, CALLS * (8 + 7 + 2 + 17));
    let calls = u32::try_from(CALLS).expect("a small number");
    Spent {
        clock: start.elapsed() / calls,
        processor: processor().saturating_sub(ran) / calls,
    }
}

async fn by_hand(client: &reqwest::Client, url: &str) -> usize {
    let request = client
        .get(format!("{url}/tokens/8c2f4f9e?expand=owner"))
        .header("accept", "application/json")
        .header("user-agent", "overhead-client/1.0.0")
        .timeout(Duration::from_secs(60))
        .bearer_auth("s3cret");
    let response = request.send().await.expect("an answer");
    let response = response.error_for_status().expect("a success");
    let body = response.bytes().await.expect("a body");
    let token: Bare = serde_json::from_slice(&body).expect("a token");
    token.id.len()
        + token.label.len()
        + token.scopes.len()
        + usize::try_from(token.uses).unwrap_or(0)
}

async fn by_runtime(client: &rt::Client) -> usize {
    let mut call = client.call(&GET);
    call.param(&ID, &"8c2f4f9e".to_owned());
    call.param(&EXPAND, &"owner".to_owned());
    let sending = call.send::<Token, rt::NoErrorBody>(rt::decode::json, rt::decode::no_error);
    let token = sending.await.expect("an answer").into_inner();
    token.id.len()
        + token.label.len()
        + token.scopes.len()
        + usize::try_from(token.uses).unwrap_or(0)
}

/// Answers whatever comes, on a thread for each connection.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: 1\r\ndate: Tue, 14 Nov 2023 22:13:50 GMT\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.expect("a connection"), answer.clone());
            stream.set_nodelay(true).expect("a setting");
            std::thread::spawn(move || {
                let mut buffer = [0_u8; 4096];
                let mut held = 0;
                while let Ok(read @ 1..) = stream.read(&mut buffer[held..]) {
                    held += read;
                    if buffer[..held].ends_with(b"\r\n\r\n") {
                        held = 0;
                        stream.write_all(answer.as_bytes()).expect("a reader");
                    }
                }
            });
        }
    });
    address
}
