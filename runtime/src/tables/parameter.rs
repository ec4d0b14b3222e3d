//! One parameter: where its value goes and how it is laid out there.

use super::rule::Rules;

/// A parameter of an operation.
#[derive(Debug)]
pub struct Param {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub location: Location,
    /// How its value is laid out.
    pub style: Style,
    /// Whether each item of an array, each member of an object, stands for itself.
    pub explode: bool,
    /// Whether the reserved characters of RFC 3986 go unencoded.
    pub allow_reserved: bool,
    /// Whether an array without items is sent as an empty value, not left out.
    pub allow_empty: bool,
    /// What the document demands of its value.
    pub rules: Rules,
}

impl Param {
    /// A parameter in the path, in the path's usual style.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple)
    }

    /// A parameter in the query, in the query's usual style: exploded form.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form).explode(true)
    }

    /// A header, in the headers' usual style.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple)
    }

    /// A cookie, in the cookies' usual style: exploded form.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form).explode(true)
    }

    /// A place in the JSON body, by its JSON pointer.
    #[must_use]
    pub const fn body(pointer: &'static str) -> Self {
        Self::new(pointer, Location::Body, Style::Json)
    }

    /// The same parameter in another style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same parameter, exploded or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The same parameter with the reserved characters of RFC 3986 unencoded.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The same parameter, with an array without items sent as an empty value.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// The same parameter with what the document demands of its value.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self {
            name,
            location,
            style,
            explode: false,
            allow_reserved: false,
            allow_empty: false,
            rules: &[],
        }
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path, at its name in braces.
    Path,
    /// In the query string.
    Query,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
    /// In the JSON body, at the JSON pointer that is its name. Only pagination has such
    /// parameters: a cursor that the next request sends in its body.
    Body,
}

/// How a parameter's value is laid out, as the specification's "Style Values" name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `blue,black,brown`
    Simple,
    /// `.blue,black,brown`
    Label,
    /// `;color=blue,black,brown`
    Matrix,
    /// `color=blue,black,brown`
    Form,
    /// `color=blue%20black%20brown`
    SpaceDelimited,
    /// `color=blue%7Cblack%7Cbrown`
    PipeDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
    /// The value's JSON text: a parameter that the document gives a `content` instead of a
    /// schema.
    Json,
}
