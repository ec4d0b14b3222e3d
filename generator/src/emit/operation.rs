//! Operations: the table, the request's builder, and the enums of what may come back.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::Answer;
use super::attributes;
use super::bodies::Sent;
use super::context::{Context, ident};
use super::docs::{DocComment, code};
use crate::model::{Operation, OperationId, Parameter};
use crate::name::OperationNames;
use crate::tokens::Tokens;

/// What of an operation stands in its group's file beside the methods.
pub(super) fn items(cx: &Context<'_>, id: OperationId) -> Vec<Tokens> {
    let emitter = Emitter::new(cx, id);
    let mut items = tokens(emitter.tables());
    items.push(emitter.builder().into());
    items.push(emitter.builder_methods());
    items.push(emitter.per_call().into());
    items.extend(tokens(emitter.success_enum()));
    items.extend(tokens(emitter.error_enum()));
    items.extend(tokens(emitter.forms()));
    items.extend(tokens(emitter.headers()));
    items
}

fn tokens(items: Vec<TokenStream>) -> Vec<Tokens> {
    items.into_iter().map(Tokens::from).collect()
}

/// Adds the methods of the group's type that begin a request.
pub(super) fn methods(cx: &Context<'_>, id: OperationId, methods: &mut Tokens) {
    Emitter::new(cx, id).methods(id, methods);
}

/// One operation, and what its parts are emitted from.
pub(super) struct Emitter<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(cx: &'a Context<'a>, id: OperationId) -> Self {
        Self {
            cx,
            operation: &cx.api.operations[id.index()],
            names: cx.names.operation(id),
        }
    }
}

impl Emitter<'_> {
    /// The parameters that the caller must give, with their arguments.
    pub(super) fn required(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| parameter.required)
    }

    fn optional(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| !parameter.required)
    }

    fn parameters(&self, wanted: impl Fn(&Parameter) -> bool) -> Vec<(usize, &Parameter, Ident)> {
        self.operation
            .parameters
            .iter()
            .zip(&self.names.parameters)
            .enumerate()
            .filter(|(_, (parameter, _))| wanted(parameter))
            .map(|(index, (parameter, name))| (index, parameter, ident(name.as_str())))
            .collect()
    }

    /// The methods of the group's type that begin a request: one for each form of a body that must
    /// be given.
    fn methods(&self, id: OperationId, methods: &mut Tokens) {
        let docs = self.docs(id);
        let Some(body) = self.operation.body.as_ref().filter(|body| body.required) else {
            let method = ident(self.names.method.as_str());
            docs.push_to(methods);
            methods.extend(self.method(&method, None));
            return;
        };
        let mut docs = Some(docs);
        for (index, media) in body.contents.iter().enumerate() {
            let sent = self.sent(index, media);
            let docs = docs.take().unwrap_or_else(|| self.variant_docs(media));
            sent.also(docs).push_to(methods);
            let method = self.method_name(index);
            methods.extend(self.method(&method, Some(&sent)));
        }
    }

    /// The method that begins a request with one form of the body.
    pub(super) fn method_name(&self, form: usize) -> Ident {
        let body = self.operation.body.as_ref();
        let name = match self.names.bodies.get(form) {
            Some(names) if body.is_some_and(|body| body.required) => &names.method,
            _ => &self.names.method,
        };
        ident(name.as_str())
    }

    fn method(&self, method: &Ident, body: Option<&Sent>) -> TokenStream {
        let deprecated = attributes::deprecated(&self.operation.docs);
        let builder = ident(self.names.builder.as_str());
        let table = self.table_static();
        let required = self.required();
        let arguments = required.iter().map(|(_, parameter, name)| {
            let ty = self.cx.argument(&parameter.ty, name).ty;
            quote!(#name: #ty)
        });
        let sets: Vec<_> = required
            .iter()
            .map(|(index, parameter, name)| self.set_param(*index, parameter, name, &quote!(call)))
            .collect();
        let body_argument = body.map(Sent::arguments);
        let body_set = body.map(|sent| sent.set(&quote!(call)));
        let key = self.operation.idempotency_key.map(|index| {
            let table = self.param_static(index);
            quote!(call.idempotency_key(&#table);)
        });
        let start = if sets.is_empty() && body_set.is_none() && key.is_none() {
            quote!(#builder { call: self.client.call(&#table) })
        } else {
            quote! {
                let mut call = self.client.call(&#table);
                #(#sets)*
                #body_set
                #key
                #builder { call }
            }
        };
        let arguments = arguments.chain(body_argument);
        quote! {
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #builder { #start }
        }
    }

    /// Writes a parameter into a call.
    fn set_param(
        &self,
        index: usize,
        parameter: &Parameter,
        name: &Ident,
        call: &TokenStream,
    ) -> TokenStream {
        let table = self.param_static(index);
        let argument = self.cx.argument(&parameter.ty, name);
        let (value, plain) = (argument.value, argument.plain);
        if *name == value.to_string() {
            quote!(#call.param(&#table, &#name);)
        } else {
            quote! {
                let #name: #plain = #value;
                #call.param(&#table, &#name);
            }
        }
    }

    fn builder(&self) -> TokenStream {
        let builder = ident(self.names.builder.as_str());
        let group = self.cx.names.group(self.operation.group);
        let (group, method) = (group.type_name.plain(), self.names.method.as_str());
        // A link has no `r#`: what follows the `#` would be a place on the page.
        let link = match method.strip_prefix("r#") {
            Some(plain) => format!("[`{group}::{method}`]({group}::{plain})"),
            None => format!("[`{group}::{method}`]"),
        };
        let link = format!("A request for {link}: set what is optional, then `send` it.");
        let docs = DocComment::new().own(link).tokens();
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder { call: rt::Call }
        }
    }

    fn builder_methods(&self) -> Tokens {
        let builder = ident(self.names.builder.as_str());
        let mut implementation = Tokens::from(quote!(impl #builder));
        implementation.braces(|members| {
            for (index, parameter, name) in self.optional() {
                parameter_docs(self.cx, parameter, &name.to_string()).push_to(members);
                let deprecated = attributes::deprecated(&parameter.docs);
                let ty = self.cx.argument(&parameter.ty, &name).ty;
                let set = self.set_param(index, parameter, &name, &quote!(self.call));
                members.extend(quote! {
                    #deprecated
                    pub fn #name(mut self, #name: #ty) -> Self { #set self }
                });
            }
            self.body_setters()
                .into_iter()
                .for_each(|setter| members.extend(setter));
            members.extend(self.send());
            self.other_answers()
                .into_iter()
                .for_each(|send| members.extend(send));
            members.extend(self.pages());
        });
        implementation
    }

    /// What differs for a single call.
    fn per_call(&self) -> TokenStream {
        let builder = ident(self.names.builder.as_str());
        quote! {
            impl rt::PerCall for #builder {
                fn call_mut(&mut self) -> &mut rt::Call {
                    &mut self.call
                }
            }
        }
    }

    fn send(&self) -> TokenStream {
        let Answer { ty, decode } = self.answer();
        let error = self.error();
        let (error_ty, error_decode) = (error.ty, error.decode);
        quote! {
            /// Sends the request.
            pub fn send(self) -> rt::Sending<#ty, #error_ty> {
                self.call.send(#decode, #error_decode)
            }
        }
    }

    fn pages(&self) -> TokenStream {
        let Some(pagination) = &self.operation.pagination else {
            return TokenStream::new();
        };
        let Answer { ty, decode } = self.answer();
        let item = self.cx.ty(&pagination.item);
        let error = self.error();
        let (error_ty, error_decode) = (error.ty, error.decode);
        let table = self.pages_static();
        quote! {
            /// All items of all pages, in order; each page is asked for when its first item is.
            pub fn items(self) -> rt::Items<#item, #error_ty> {
                self.call.items(&#table, #error_decode)
            }

            /// All pages, in order; each is asked for when it is needed.
            pub fn pages(self) -> rt::Pages<#ty, #error_ty> {
                self.call.pages(&#table, #decode, #error_decode)
            }
        }
    }
}

pub(super) fn parameter_docs(cx: &Context<'_>, parameter: &Parameter, name: &str) -> DocComment {
    let wire = code(&parameter.wire);
    let mut docs = DocComment::new().docs(&parameter.docs, &parameter.wire);
    if docs.is_empty() {
        docs = docs.prose(cx.words_behind(&parameter.ty));
    }
    docs = docs
        .constraints(&cx.demands(&parameter.ty, &parameter.constraints))
        .default(parameter.default.as_ref());
    if parameter.wire != name.strip_prefix("r#").unwrap_or(name) {
        docs = docs.fact(format!("{wire} in the {}.", parameter.place.as_str()));
    }
    docs
}
