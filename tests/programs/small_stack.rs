//! Does with the deepest types what a caller does, on stacks of 256 KB in an unoptimised build, and
//! counts what a page of them takes. Its argument is a file with a value of the first type.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use nested_client::types::{Level0, Level0Reference0};
use nested_client::{Client, json};

const STACK: usize = 256 * 1024;

/// Memory in use, in bytes.
static USED: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(path).expect("a value");
    let bare = text.clone();
    on_small_stack(move || values(&bare));
    page(&text);
    calls(&text);
}

fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    thread.expect("a thread").join().expect("no panic");
}

fn values(text: &str) {
    let value: Level0 = json::from_str(text).expect("a value");
    let copy = value.clone();
    assert!(copy == value);
    assert!(
        format!("{copy:?}").contains("level9"),
        "printed to the last level"
    );
    let written: json::Value = json::from_str(&json::to_string(&value)).expect("JSON");
    let read: json::Value = json::from_str(text).expect("JSON");
    assert_eq!(written, read, "what was read is written");
    // Constructors and setters take the value, wherever it is kept.
    let next = (*value.required_next).clone();
    let built = Level0::new("object", next.clone())
        .reference0(Level0Reference0::from(next));
    assert!(built.reference0.is_value());
    drop((value, copy, built));
}

fn page(text: &str) {
    let page = format!("[{}]", vec![text; 100].join(","));
    let before = USED.load(Ordering::Relaxed);
    let values: Vec<Level0> = json::from_str(&page).expect("a page");
    let used = USED.load(Ordering::Relaxed) - before;
    println!(
        "a page of {}: {} bytes of JSON, {used} in memory",
        values.len(),
        page.len()
    );
    assert!(
        used <= 10 * page.len(),
        "{used} bytes for {} of JSON",
        page.len()
    );
}

/// The same through a client, whose workers have the small stack.
fn calls(text: &str) {
    let address = serve(text.to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .expect("a runtime");
    let task = runtime.spawn(async move {
        let client = Client::builder()
            .base_url(format!("http://{address}"))
            .build()
            .expect("a client");
        let first = client.first().get().send().await.expect("the first");
        let list = client.all().list_first().send().await.expect("a list");
        assert!(list.data.iter().all(|item| *item == *first));
        client
            .first()
            .update(&first)
            .send()
            .await
            .expect("it is kept");
    });
    runtime.block_on(task).expect("no panic");
}

/// Answers any number of calls, in another thread.
fn serve(text: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = Vec::new();
            let mut buffer = [0; 4096];
            while !is_whole(&request) {
                let length = stream.read(&mut buffer).expect("a request");
                assert_ne!(length, 0, "the request broke off");
                request.extend_from_slice(&buffer[..length]);
            }
            let body = match &request[..9] {
                b"GET /all " => format!("{{\"data\":[{text},{text},{text}]}}"),
                b"GET /firs" => text.clone(),
                _ => String::new(),
            };
            let status = if body.is_empty() {
                "204 No Content"
            } else {
                "200 OK"
            };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream
                .write_all((head + &body).as_bytes())
                .expect("it is read");
        }
    });
    address
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        })
        .unwrap_or(0);
    request.len() >= head.len() + 4 + length
}
