//! The whole table "Style Examples" of `OpenAPI` 3.0.4, as the server receives it.

mod support;

use clientsmith_runtime::support as rt;
use rt::Location::{Cookie, Header, Path, Query};
use rt::Style::{DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
use serde_json::json as value;
use support::api::{self, client, send};
use support::{Received, Server, json};

/// One row: place, style, explode, then the empty string, a string, an array, an object; `None`
/// where the table has "n/a".
type Row = (rt::Location, rt::Style, bool, [Option<&'static str>; 4]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Path, Matrix, false, [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=R,100,G,200,B,150")]),
    (Path, Matrix, true, [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";R=100;G=200;B=150")]),
    (Path, Label, false, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")]),
    (Path, Label, true, [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")]),
    (Path, Simple, false, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
    (Path, Simple, true, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
    (Header, Simple, false, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]),
    (Header, Simple, true, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")]),
    (Query, Form, false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
    (Query, Form, true, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("R=100&G=200&B=150")]),
    (Cookie, Form, false, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=R,100,G,200,B,150")]),
    (Query, SpaceDelimited, false, [None, None, Some("color=blue%20black%20brown"), Some("color=R%20100%20G%20200%20B%20150")]),
    (Query, PipeDelimited, false, [None, None, Some("color=blue%7Cblack%7Cbrown"), Some("color=R%7C100%7CG%7C200%7CB%7C150")]),
    (Query, DeepObject, true, [None, None, None, Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]),
];

// Behind a letter, for a segment that is a dot alone cannot be sent.
static IN_PATH: rt::Operation = api::operation("in_path", rt::Method::Get, "/x{color}/end", &[]);

/// What of the request the parameter is.
fn part(location: rt::Location, request: &Received) -> String {
    let line = request.line();
    match location {
        Path => line
            .strip_prefix("GET /x")
            .unwrap()
            .strip_suffix("/end")
            .unwrap()
            .to_owned(),
        Query => line.strip_prefix("GET /items?").unwrap().to_owned(),
        Header => {
            // The support's reader wants a space after the colon, which an empty value lacks.
            request.header("color").unwrap_or_default().to_owned()
        }
        Cookie => request.header("cookie").unwrap().to_owned(),
        rt::Location::Body => unreachable!("not in the table"),
    }
}

#[tokio::test]
async fn style_examples() {
    let values = [
        value!(""),
        value!("blue"),
        value!(["blue", "black", "brown"]),
        value!({"R": 100, "G": 200, "B": 150}),
    ];
    for (location, style, explode, cells) in TABLE {
        let (location, style, explode) = (*location, *style, *explode);
        let param = rt::Param {
            name: "color",
            location,
            style,
            explode,
            allow_reserved: false,
            // Unless the document allows it, an empty segment is not sent.
            allow_empty: location == Path,
            rules: &[],
        };
        let param: &'static rt::Param = Box::leak(Box::new(param));
        for (value, expected) in values.iter().zip(cells) {
            let Some(expected) = expected else { continue };
            let server = Server::start([json("{}")]).await;
            let operation = if location == Path {
                &IN_PATH
            } else {
                &api::LIST
            };
            let mut call = client(&server.url()).call(operation);
            call.param(param, value);
            send(call).await.unwrap();
            assert_eq!(
                part(location, &server.only()),
                *expected,
                "{param:?} {value}"
            );
        }
    }
}
