//! Operations: the table, the request's builder, and the enums of what may come back.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::Answer;
use super::context::{Context, ident};
use super::docs::{DocComment, code};
use super::{attributes, rules};
use crate::model::{Body, Content, Operation, OperationId, Parameter, Status, Type, TypeKind};
use crate::name::OperationNames;

/// What of an operation stands in its group's file.
pub(super) struct OperationItems {
    /// The method of the group's type.
    pub(super) method: TokenStream,
    /// Everything else.
    pub(super) items: Vec<TokenStream>,
}

pub(super) fn items(cx: &Context<'_>, id: OperationId) -> OperationItems {
    let operation = &cx.api.operations[id.index()];
    let emitter = Emitter {
        cx,
        operation,
        names: cx.names.operation(id),
    };
    let mut items = emitter.tables();
    items.push(emitter.builder());
    items.push(emitter.builder_methods());
    items.extend(emitter.success_enum());
    items.extend(emitter.error_enum());
    OperationItems {
        method: emitter.method(),
        items,
    }
}

/// One operation, and what its parts are emitted from.
pub(super) struct Emitter<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
}

impl Emitter<'_> {
    /// The parameters that the caller must give, with their arguments.
    fn required(&self) -> Vec<(usize, &Parameter, Ident)> {
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

    /// The method of the group's type that begins a request.
    fn method(&self) -> TokenStream {
        let operation = self.operation;
        let docs = self.docs().tokens();
        let deprecated = attributes::deprecated(&operation.docs);
        let method = ident(self.names.method.as_str());
        let builder = ident(self.names.builder.as_str());
        let table = self.static_name("");
        let required = self.required();
        let arguments: Vec<_> = required
            .iter()
            .map(|(_, parameter, name)| {
                let ty = self.cx.argument(&parameter.ty, name).ty;
                quote!(#name: #ty)
            })
            .collect();
        let sets: Vec<_> = required
            .iter()
            .map(|(index, parameter, name)| self.set_param(*index, parameter, name, &quote!(call)))
            .collect();
        let body = operation.body.as_ref().filter(|body| body.required);
        let body_name = self.body_ident();
        let body_argument = body.map(|body| {
            let ty = self.body_type(&body.content);
            quote!(#body_name: #ty)
        });
        let body_set = body.map(|body| self.set_body(body, &body_name, &quote!(call)));
        let start = if sets.is_empty() && body_set.is_none() {
            quote!(#builder { call: self.client.call(&#table) })
        } else {
            quote! {
                let mut call = self.client.call(&#table);
                #(#sets)*
                #body_set
                #builder { call }
            }
        };
        let arguments = arguments.into_iter().chain(body_argument);
        quote! {
            #docs
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #builder { #start }
        }
    }

    fn docs(&self) -> DocComment {
        let operation = self.operation;
        let route = code(&format!("{} {}", operation.method.as_str(), operation.path));
        let mut docs = DocComment::new().docs(&operation.docs);
        docs = docs.or(|| format!("{route}."));
        docs = docs.own(route.clone());
        docs = self.demands(docs);
        let failures: Vec<_> = operation
            .failures()
            .filter_map(|response| {
                let description = response.docs.description.as_deref().unwrap_or_default();
                let words = super::docs::markdown(description.lines().next().unwrap_or_default());
                let status = response.status;
                (!matches!(status, Status::Default) || response.body.is_some()).then(|| {
                    if words.is_empty() {
                        format!("- {status}")
                    } else {
                        format!("- {status}: {words}")
                    }
                })
            })
            .collect();
        if failures.is_empty() {
            return docs;
        }
        docs.own("# Errors").own(failures.join("\n"))
    }

    /// What is demanded of the method's arguments. Setters say it themselves.
    fn demands(&self, mut docs: DocComment) -> DocComment {
        for (_, parameter, name) in self.required() {
            let demands = self.cx.demands(&parameter.ty, &parameter.constraints);
            let name = name.to_string();
            let name = code(name.strip_prefix("r#").unwrap_or(&name));
            docs = docs.constraints_on(&name, &demands);
        }
        match &self.operation.body {
            Some(Body {
                content: Content::Json(ty),
                constraints,
                ..
            }) => docs.constraints_on("The body", &self.cx.demands(ty, constraints)),
            _ => docs,
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

    /// The argument or setter of the body; operations without one have no name for it.
    pub(super) fn body_ident(&self) -> Ident {
        let name = self.names.body.as_str();
        ident(if name.is_empty() { "body" } else { name })
    }

    fn body_type(&self, content: &Content) -> TokenStream {
        match content {
            Content::Json(ty) => {
                let ty = self.cx.ty(ty);
                quote!(&#ty)
            }
            Content::Text => quote!(impl ::std::convert::Into<::std::string::String>),
            Content::Bytes => quote!(impl ::std::convert::Into<rt::Body>),
        }
    }

    fn set_body(&self, body: &Body, name: &Ident, call: &TokenStream) -> TokenStream {
        let media_type = &body.media_type;
        let rules = self.body_rules(body, call);
        let set = match &body.content {
            Content::Json(_) if media_type == "application/json" => quote!(#call.json_body(#name);),
            Content::Json(_) => quote!(#call.json_body_as(#media_type, #name);),
            Content::Text => quote!(#call.body(#media_type, #name.into());),
            Content::Bytes => quote!(#call.body(#media_type, #name);),
        };
        quote!(#set #rules)
    }

    /// The rules of a body that are not those of its type.
    fn body_rules(&self, body: &Body, call: &TokenStream) -> Option<TokenStream> {
        let Content::Json(ty) = &body.content else {
            return None;
        };
        let rules = rules::of(self.cx, ty, &body.constraints);
        let has_own = matches!(ty, Type::Named(id) if matches!(
            self.cx.api.type_def(*id).kind,
            TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Newtype(_)
        ));
        let is_covered = has_own && !body.constraints.can_be_broken();
        (!rules.is_empty() && !is_covered).then(|| quote!(#call.body_rules(&[#(#rules),*]);))
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
        let link = format!("A request of {link}: set what is optional, then `send` it.");
        let docs = DocComment::new().own(link).tokens();
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder { call: rt::Call }
        }
    }

    fn builder_methods(&self) -> TokenStream {
        let builder = ident(self.names.builder.as_str());
        let setters = self.optional().into_iter().map(|(index, parameter, name)| {
            let docs = parameter_docs(self.cx, parameter, &name.to_string()).tokens();
            let deprecated = attributes::deprecated(&parameter.docs);
            let ty = self.cx.argument(&parameter.ty, &name).ty;
            let set = self.set_param(index, parameter, &name, &quote!(self.call));
            quote! {
                #docs
                #deprecated
                pub fn #name(mut self, #name: #ty) -> Self { #set self }
            }
        });
        let body = self
            .operation
            .body
            .as_ref()
            .filter(|body| !body.required)
            .map(|body| {
                let docs = DocComment::new()
                    .docs(&body.docs)
                    .or(|| "The request's body.".to_owned());
                let docs = docs.tokens();
                let name = self.body_ident();
                let ty = self.body_type(&body.content);
                let set = self.set_body(body, &name, &quote!(self.call));
                quote!(#docs pub fn #name(mut self, #name: #ty) -> Self { #set self })
            });
        let send = self.send();
        let pages = self.pages();
        quote! {
            impl #builder {
                #(#setters)*
                #body

                #send
                #pages
            }

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
        let table = self.static_name("pages");
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
    let mut docs = DocComment::new().docs(&parameter.docs);
    docs = docs.or(|| format!("The {} parameter {wire}.", parameter.place.as_str()));
    docs = docs
        .constraints(&cx.demands(&parameter.ty, &parameter.constraints))
        .default(parameter.default.as_ref());
    if parameter.wire != name.strip_prefix("r#").unwrap_or(name) {
        docs = docs.own(format!("{wire} in the {}.", parameter.place.as_str()));
    }
    docs
}
