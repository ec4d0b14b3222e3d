//! The client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::{credentials, environment};
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::markdown::markdown;
use crate::emit::docs::{DocComment, code};
use crate::emit::operation::{group, tables};
use crate::model::{RuntimeArgument, Scheme, SchemeId, SchemeKind, Server, ServerVariable};

/// `src/client.rs`.
pub(crate) fn file(cx: &Context<'_>) -> Vec<TokenStream> {
    vec![
        quote!(
            use clientsmith_runtime::support as rt;
        ),
        table(cx),
        client(cx),
        client_methods(cx),
        builder(),
        builder_methods(cx),
    ]
}

fn table(cx: &Context<'_>) -> TokenStream {
    let name = &cx.config.crate_name;
    let servers = cx.api.servers.iter().map(tables::server);
    let schemes = cx.api.schemes.iter().map(|scheme| {
        let Scheme { name, env, .. } = scheme;
        let kind = scheme_kind(&scheme.kind);
        quote!(rt::Scheme { name: #name, kind: #kind, env: &[#(#env),*] })
    });
    let base_url_env = cx.config.base_url_env();
    let is_relative = |server: &Server| !server.url.contains("://");
    let has_relative = cx.api.servers.is_empty() || cx.api.servers.iter().any(is_relative);
    let upstream = cx.config.upstream.as_deref();
    let document = tables::optional(upstream.filter(|_| has_relative));
    let server_variables_env = cx
        .config
        .server_variables
        .iter()
        .map(|(name, env)| quote!((#name, #env)));
    quote! {
        static API: rt::Api = rt::Api {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            document: #document,
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
            base_url_env: ::std::option::Option::Some(#base_url_env),
            server_variables_env: &[#(#server_variables_env),*],
        };
    }
}

fn scheme_kind(kind: &SchemeKind) -> TokenStream {
    let facts = kind.facts();
    let variant = ident(facts.runtime);
    let holds = match facts.runtime_holds {
        RuntimeArgument::Nothing => TokenStream::new(),
        RuntimeArgument::Text(text) => quote!((#text)),
        RuntimeArgument::TokenUrl(url) => {
            let url = tables::optional(url);
            quote!({ token_url: #url })
        }
    };
    quote!(rt::SchemeKind::#variant #holds)
}

fn client(cx: &Context<'_>) -> TokenStream {
    let title = markdown(&cx.api.title);
    let docs = DocComment::new()
        .own(format!("A client of the {title}."))
        .own("Cheap to clone: clones share their connections and their settings.")
        .tokens();
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            #[allow(dead_code, reason = "read by groups of operations, which may all be off")]
            inner: rt::Client,
        }
    }
}

fn client_methods(cx: &Context<'_>) -> TokenStream {
    let from_env = DocComment::new()
        .own("A client with what the environment says. What is not set there is left out.")
        .own(environment::table(cx))
        .own("# Errors")
        .own("A variable holds what cannot be sent, or the address is none.")
        .tokens();
    let outer = cx.api.groups_with_ids();
    let outer = outer.filter(|(_, group)| group.parent.is_none());
    let accessors = outer.map(|(id, group)| group::accessor(cx, id, group, &quote!(inner)));
    quote! {
        impl Client {
            /// Begins with the document's own settings.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: rt::ClientBuilder::new(&API) }
            }

            #from_env
            pub fn from_env() -> ::std::result::Result<Self, rt::BuildError> {
                Self::builder().from_env().build()
            }

            #(#accessors)*
        }
    }
}

fn builder() -> TokenStream {
    quote! {
        /// What a [`Client`] is made of. Later settings replace earlier ones.
        #[derive(Debug)]
        #[must_use = "a builder does nothing until `build`"]
        pub struct ClientBuilder { inner: rt::ClientBuilder }
    }
}

fn builder_methods(cx: &Context<'_>) -> TokenStream {
    let credentials = cx
        .api
        .schemes
        .iter()
        .enumerate()
        .filter_map(|(index, scheme)| {
            credentials::setter(scheme, cx.names.scheme(SchemeId::new(index)))
        });
    let any = credentials::of_any_crate(cx);
    let settings = settings();
    let surroundings = surroundings();
    let servers = servers(cx);
    quote! {
        impl ClientBuilder {
            #(#credentials)*
            #any
            #servers
            #settings
            #surroundings

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// A setting cannot be sent, the address is none, or TLS cannot be set up.
            pub fn build(self) -> ::std::result::Result<Client, rt::BuildError> {
                ::std::result::Result::Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}

/// The choice among several servers, and the variables of their addresses.
fn servers(cx: &Context<'_>) -> TokenStream {
    let operations = cx
        .api
        .operations
        .iter()
        .flat_map(|operation| &operation.servers);
    let all: Vec<&Server> = cx.api.servers.iter().chain(operations).collect();
    let has_variables = all.iter().any(|server| !server.variables.is_empty());
    let choice = (cx.api.servers.len() > 1).then(|| {
        let list = cx.api.servers.iter().enumerate().map(|(index, server)| {
            let words = markdown(server.description.as_deref().unwrap_or_default());
            format!("- {index}: {} {words}", code(&server.url))
        });
        let docs = DocComment::new()
            .own("Which of the document's servers is called, by its number.")
            .own(list.collect::<Vec<_>>().join("\n"))
            .tokens();
        quote! {
            #docs
            pub fn server(mut self, index: usize) -> Self {
                self.inner.server(index);
                self
            }
        }
    });
    let variables = has_variables.then(|| {
        let mut names: Vec<String> = all
            .iter()
            .flat_map(|server| &server.variables)
            .map(variable_words)
            .collect();
        names.dedup();
        let docs = DocComment::new()
            .own("Sets a variable of the servers' addresses.")
            .own(names.join("\n"))
            .tokens();
        quote! {
            #docs
            pub fn server_variable(
                mut self,
                name: &str,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.inner.server_variable(name, value.into());
                self
            }
        }
    });
    quote!(#choice #variables)
}

fn variable_words(variable: &ServerVariable) -> String {
    let default = code(&variable.default);
    let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
    if values.is_empty() {
        format!("- {}: {default} unless set", code(&variable.name))
    } else {
        format!(
            "- {}: {default} unless set; one of {}",
            code(&variable.name),
            values.join(", ")
        )
    }
}

/// The settings that every client has.
fn settings() -> TokenStream {
    quote! {
        /// Takes what is not set yet from the environment; [`Client::from_env`] has the variables.
        pub fn from_env(mut self) -> Self {
            self.inner.from_env();
            self
        }

        /// The address that paths are appended to, instead of the document's server.
        pub fn base_url(mut self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
            self.inner.base_url(url.into());
            self
        }

        /// How long a whole call may take, its body included. 60 seconds unless set.
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.inner.timeout(timeout);
            self
        }

        /// How long making a connection may take. 10 seconds unless set.
        pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.inner.connect_timeout(timeout);
            self
        }

        /// The `User-Agent` header, instead of the crate's name and version.
        pub fn user_agent(mut self, user_agent: &str) -> Self {
            self.inner.user_agent(user_agent);
            self
        }

        /// A header that every request carries. It is taken for a secret: it shows in no `Debug`
        /// output and follows no redirect to another host.
        pub fn default_header(mut self, name: &str, value: &str) -> Self {
            self.inner.default_header(name, value);
            self
        }

        /// Whether fields that only the server sets go along in the body of a request. Unless set they
        /// are left out, for servers may refuse them.
        pub fn send_read_only(mut self, send: bool) -> Self {
            self.inner.send_read_only(send);
            self
        }

        /// The largest body of a response that is read, in bytes.
        pub fn max_body_bytes(mut self, limit: u64) -> Self {
            self.inner.max_body_bytes(limit);
            self
        }
    }
}

/// What stands around every request: retries, middleware, the transport.
fn surroundings() -> TokenStream {
    let native = attributes::where_reqwest_is();
    quote! {
        /// When calls are tried again. Unless set, calls that are safe to send again are tried
        /// three times.
        pub fn retry(mut self, policy: rt::RetryPolicy) -> Self {
            self.inner.retry(policy);
            self
        }

        /// Whether streams of events go on over a new connection when their own has ended. Unless
        /// set, they do where the server has given an id to go on from.
        pub fn reconnect(mut self, reconnect: rt::Reconnect) -> Self {
            self.inner.reconnect(reconnect);
            self
        }

        /// How long a response may be silent while it is read as a stream.
        pub fn idle_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.inner.idle_timeout(timeout);
            self
        }

        /// Something that sees every request before it is sent and every response after.
        pub fn middleware(mut self, middleware: ::std::sync::Arc<dyn rt::Middleware>) -> Self {
            self.inner.middleware(middleware);
            self
        }

        /// A proxy for the built-in transport.
        #native
        pub fn proxy(mut self, proxy: rt::reqwest::Proxy) -> Self {
            self.inner.proxy(proxy);
            self
        }

        /// Sends requests by this client of reqwest's, with its own settings.
        #native
        pub fn reqwest_client(mut self, client: rt::reqwest::Client) -> Self {
            self.inner.reqwest_client(client);
            self
        }

        /// Sends requests by something else than the built-in transport.
        pub fn transport(mut self, transport: ::std::sync::Arc<dyn rt::Transport>) -> Self {
            self.inner.transport(transport);
            self
        }
    }
}
