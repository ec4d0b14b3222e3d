//! The default transport where there are no sockets: the `fetch` of the JavaScript engine.
//!
//! Not reqwest's, for that lets `fetch` follow redirects, and so takes headers of any name, API keys
//! among them, to whatever host they lead to. Connections, TLS, HTTP/2 and decompression are the
//! engine's business. A request's body is sent whole; a response's comes as it comes.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use http_body::{Body as HttpBody, Frame};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, Request, RequestInit, RequestRedirect, Response,
    ResponseType,
};

use crate::build_error::{BuildError, Problem};
use crate::transport::body::{Body, ResponseBody};
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::transport::send::{BoxFuture, Direct, Exchanged, Head, Transport};

/// What the default transport is built with: `fetch` has no settings of this kind.
pub(crate) struct Settings;

impl Settings {
    pub(crate) fn new(_connect_timeout: Duration) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "as the transport with sockets has it")]
    pub(crate) fn connect_timeout(&mut self, _: Duration) {}
}

/// A transport over `fetch`.
pub(crate) fn build(_: Settings) -> Result<FetchTransport, BuildError> {
    match engine_fetch() {
        Some(_) => Ok(FetchTransport),
        None => Err(Problem::Transport {
            reason: NO_FETCH.to_owned(),
        }
        .into()),
    }
}

/// `fetch` as a [`Transport`], in browsers, workers and Node.
#[derive(Debug, Clone, Copy, Default)]
pub struct FetchTransport;

impl Transport for FetchTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<Exchanged> {
        let (head, body) = request.into_parts();
        let (address, method) = (head.uri.to_string(), head.method);
        Box::pin(SendWrapper::new(exchange(
            method,
            address,
            head.headers,
            body,
        )))
    }
}

impl Direct for FetchTransport {
    fn send_head(&self, head: Head, body: Body) -> BoxFuture<Exchanged> {
        let (address, method) = (String::from(head.url), head.method);
        Box::pin(SendWrapper::new(exchange(
            method,
            address,
            head.headers,
            body,
        )))
    }
}

async fn exchange(method: Method, address: String, headers: HeaderMap, body: Body) -> Exchanged {
    let body = whole(body).await?;
    if !body.is_empty() && matches!(method, Method::GET | Method::HEAD) {
        return Err(other(format!("`fetch` sends no body with {method}")));
    }
    let abort = Abort::new()?;
    let request = into_request(&method, &address, &headers, &body, &abort)?;
    let response = fetch(&request).await?;
    if response.type_() == ResponseType::Opaqueredirect {
        let reason = "the server redirects, and a browser does not tell where to; it is not \
                      followed, for the headers would go along to any host";
        return Err(other(reason));
    }
    let status = StatusCode::from_u16(response.status()).map_err(|_| other("it has no status"))?;
    let body = match response.body() {
        Some(stream) => {
            let reader = ReadableStreamDefaultReader::new(&stream)
                .map_err(|error| failed(TransportErrorKind::Body, &error))?;
            ResponseBody::streaming(Fetched(SendWrapper::new(Reading {
                reader,
                next: None,
                _abort: abort,
            })))
        }
        None => ResponseBody::from(Bytes::new()),
    };
    let headers = shown_headers(&response);
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// All of a body: engines that can send one piece by piece are few.
async fn whole(mut body: Body) -> Result<Bytes, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone());
    }
    let mut all = BytesMut::new();
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|error| TransportError::new(TransportErrorKind::Other, error))?;
        if let Ok(data) = frame.into_data() {
            all.extend_from_slice(&data);
        }
    }
    Ok(all.freeze())
}

fn into_request(
    method: &Method,
    address: &str,
    headers: &HeaderMap,
    body: &Bytes,
    abort: &Abort,
) -> Result<Request, TransportError> {
    // What the engine says of it may hold the address, and that a key.
    let refused = |_| other("`fetch` takes no such request");
    let init = RequestInit::new();
    init.set_method(method.as_str());
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.0.signal()));
    if !body.is_empty() {
        init.set_body(&Uint8Array::from(&body[..]));
    }
    let request = Request::new_with_str_and_init(address, &init).map_err(refused)?;
    let set = request.headers();
    for (name, value) in headers {
        // A header's value is bytes; the engine has them as the characters of their numbers.
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        set.append(name.as_str(), &value).map_err(refused)?;
    }
    for name in headers.keys() {
        // A page may not set these, and is not told so.
        if name != header::USER_AGENT && !set.has(name.as_str()).map_err(refused)? {
            return Err(other(format!("a page may not send the header `{name}`")));
        }
    }
    Ok(request)
}

const NO_FETCH: &str = "this JavaScript engine has no `fetch`";

/// The engine's `fetch`, wherever it has it: in a page, a worker, Node.
fn engine_fetch() -> Option<Function> {
    let fetch = Reflect::get(&js_sys::global(), &"fetch".into()).ok()?;
    fetch.dyn_into().ok()
}

async fn fetch(request: &Request) -> Result<Response, TransportError> {
    let fetch = engine_fetch().ok_or_else(|| other(NO_FETCH))?;
    let lost = |error: JsValue| failed(TransportErrorKind::Request, &error);
    let promise: Promise = fetch
        .call1(&js_sys::global(), request)
        .and_then(JsCast::dyn_into)
        .map_err(lost)?;
    let response = JsFuture::from(promise).await.map_err(lost)?;
    response
        .dyn_into()
        .map_err(|_| other("`fetch` gave no response"))
}

/// The headers that the engine shows; across origins these are few.
fn shown_headers(response: &Response) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for pair in response.headers().entries() {
        let pair = pair.ok().and_then(|pair| pair.dyn_into::<Array>().ok());
        let text = |index| pair.as_ref().and_then(|pair| pair.get(index).as_string());
        let (Some(name), Some(value)) = (text(0), text(1)) else {
            continue;
        };
        let value: Result<Vec<u8>, _> = value.chars().map(u8::try_from).collect();
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes())
            && let Some(value) = value
                .ok()
                .and_then(|value| HeaderValue::from_bytes(&value).ok())
        {
            headers.append(name, value);
        }
    }
    // The body comes decompressed, and these are about what it was before.
    if headers.remove(header::CONTENT_ENCODING).is_some() {
        headers.remove(header::CONTENT_LENGTH);
    }
    headers
}

/// A response's body.
struct Fetched(SendWrapper<Reading>);

struct Reading {
    reader: ReadableStreamDefaultReader,
    next: Option<JsFuture>,
    _abort: Abort,
}

impl HttpBody for Fetched {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Reading { reader, next, .. } = &mut *self.0;
        let reading = next.get_or_insert_with(|| JsFuture::from(reader.read()));
        let outcome = ready!(Pin::new(reading).poll(cx));
        *next = None;
        let broken = |error: JsValue| failed(TransportErrorKind::Body, &error);
        Poll::Ready(
            outcome
                .and_then(|piece| data(&piece))
                .map_err(broken)
                .transpose(),
        )
    }
}

/// What a stream's reader hands out: `{ done, value }`.
fn data(piece: &JsValue) -> Result<Option<Frame<Bytes>>, JsValue> {
    if Reflect::get(piece, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    let value: Uint8Array = Reflect::get(piece, &"value".into())?.dyn_into()?;
    Ok(Some(Frame::data(value.to_vec().into())))
}

/// Gives the request up when it is dropped; once all has come that does nothing.
struct Abort(AbortController);

impl Abort {
    fn new() -> Result<Self, TransportError> {
        AbortController::new()
            .map(Self)
            .map_err(|_| other("there is no `AbortController` here"))
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn other(reason: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::Other, reason.into())
}

/// What JavaScript threw. Some engines put the address into it, in whose query string a key may be.
fn failed(kind: TransportErrorKind, error: &JsValue) -> TransportError {
    let text = |error: &JsValue| {
        let message = Reflect::get(error, &"message".into()).ok()?;
        message.as_string().filter(|text| !text.contains("://"))
    };
    // Node says only here what happened.
    let cause = Reflect::get(error, &"cause".into()).ok();
    let reason = cause.as_ref().and_then(text).or_else(|| text(error));
    TransportError::new(kind, reason.unwrap_or_else(|| "`fetch` failed".to_owned()))
}
