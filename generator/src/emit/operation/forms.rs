//! Forms of parts (`multipart/form-data`): a type for each, which its setters write part by part.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::OperationContext;
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code, demands};
use crate::emit::types::arguments;
use crate::model::{Content, Files, Part};
use crate::name::BodyNames;

/// The forms that the operation's body can be.
pub(super) fn items(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let body = op.operation.body.iter();
    let contents = body.flat_map(|body| body.contents.iter());
    contents
        .zip(&op.names.bodies)
        .filter_map(|(media, names)| match &media.content {
            Content::Multipart(parts) if !parts.is_empty() => Some((parts, names)),
            _ => None,
        })
        .flat_map(|(parts, names)| form(op, parts, names))
        .collect()
}

fn form(op: &OperationContext<'_>, parts: &[Part], names: &BodyNames) -> [TokenStream; 2] {
    let name = ident(names.form.as_str());
    let route = op.route();
    let docs = DocComment::new().own(format!("The form that {route} sends."));
    let docs = docs.tokens();
    let parts: Vec<_> = parts
        .iter()
        .zip(&names.parts)
        .map(|(part, name)| (part, ident(name.as_str())))
        .collect();
    let required = || parts.iter().filter(|(part, _)| part.required);
    let arguments = required().map(|(part, name)| {
        let ty = argument(op.cx, part, name).ty;
        quote!(#name: #ty)
    });
    let mutable = required().next().map(|_| quote!(mut));
    let writes = required().map(|(part, name)| argument(op.cx, part, name).write(&quote!(form)));
    let setters = parts
        .iter()
        .filter(|(part, _)| !part.required)
        .map(|(part, name)| setter(op.cx, part, name));
    let default = required().next().is_none().then(|| {
        quote! {
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let definition = quote! {
        #docs
        #[derive(Debug)]
        pub struct #name { form: rt::Multipart }
    };
    let implementation = quote! {
        impl #name {
            /// Creates one from what is required; all else is left out.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                let #mutable form = rt::Multipart::new();
                #(#writes)*
                Self { form }
            }

            #(#setters)*

            /// Adds a part of any name.
            #[must_use]
            pub fn part(mut self, name: &str, part: impl ::std::convert::Into<rt::Part>) -> Self {
                self.form.part(name, part);
                self
            }
        }

        #default
    };
    [definition, implementation]
}

/// A part as an argument, and how it is written into the form.
struct Argument {
    ty: TokenStream,
    /// What comes before the call of the form's method, if anything.
    before: TokenStream,
    write: TokenStream,
}

impl Argument {
    fn write(&self, form: &TokenStream) -> TokenStream {
        let (before, write) = (&self.before, &self.write);
        quote!(#before #form.#write;)
    }
}

fn argument(cx: &Context<'_>, part: &Part, name: &Ident) -> Argument {
    let wire = &part.wire;
    let media_type = part.content_type.as_deref();
    let before = TokenStream::new();
    let media = media_type.unwrap_or_default();
    let files = part.files(cx.api);
    if files == Some(Files::One) {
        return Argument {
            ty: quote!(impl ::std::convert::Into<rt::Part>),
            before,
            write: quote!(file(#wire, #media, #name)),
        };
    }
    if files == Some(Files::Several) {
        return Argument {
            ty: quote!(impl ::std::iter::IntoIterator<Item = impl ::std::convert::Into<rt::Part>>),
            before,
            write: quote!(files(#wire, #media, #name)),
        };
    }
    let argument = arguments::argument(cx, &part.ty, name);
    let (value, plain) = (argument.value, argument.plain);
    let write = match media_type {
        Some(_) => quote!(value_as(#wire, #media, &#name)),
        None => quote!(value(#wire, &#name)),
    };
    Argument {
        ty: argument.ty,
        before: if *name == value.to_string() {
            before
        } else {
            quote!(let #name: #plain = #value;)
        },
        write,
    }
}

fn setter(cx: &Context<'_>, part: &Part, name: &Ident) -> TokenStream {
    let argument = argument(cx, part, name);
    let (name_on_wire, wire) = (&part.wire, code(&part.wire));
    let mut docs = DocComment::new().docs(&part.docs, &part.wire);
    docs = docs.constraints(&demands(cx, &part.ty, &part.constraints));
    if part.wire != name.to_string().trim_start_matches("r#") {
        docs = docs.fact(format!("{wire} in the form."));
    }
    if !part.headers.is_empty() {
        let headers: Vec<_> = part.headers.iter().map(|name| code(name)).collect();
        docs = docs.own(format!(
            "The part's headers ({}) are those of [`Part`](rt::Part), for [`Self::part`].",
            headers.join(", ")
        ));
    }
    let docs = docs.tokens();
    let deprecated = attributes::deprecated(&part.docs);
    let ty = &argument.ty;
    let write = argument.write(&quote!(self.form));
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.form.clear(#name_on_wire);
            #write
            self
        }
    }
}
