//! The methods of the client's builder that take credentials: one for each of the document's, and
//! those that every crate has.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code};
use crate::model::{ApiKeyLocation, Argument, Credential, Placement, Scheme, SchemeId, TokenUrl};
use crate::name::SchemeNames;
use crate::name::reserved::BEARER_TOKEN;

/// What every crate has, for what its document does not say.
pub(super) fn of_any_crate(cx: &Context<'_>) -> TokenStream {
    let schemes = (0..cx.api.schemes.len()).map(SchemeId::new);
    let mut setters = schemes.map(|id| cx.names.scheme(id).setter.as_str());
    let is_taken = setters.any(|setter| setter == BEARER_TOKEN);
    let bearer = (!is_taken).then(|| {
        quote! {
            /// A token for every request, sent as `Authorization: Bearer …`, whatever the document says
            /// of credentials. Where it begins with `Bearer ` already, it is sent as it is.
            pub fn bearer_token(mut self, token: impl ::std::convert::Into<rt::Secret>) -> Self {
                self.inner.bearer_token(token.into());
                self
            }
        }
    });
    quote! {
        #bearer

        /// A key for every request, sent as it is in the header of this name, whatever the document
        /// says of credentials.
        pub fn api_key_header(
            mut self,
            name: &str,
            key: impl ::std::convert::Into<rt::Secret>,
        ) -> Self {
            self.inner.api_key_header(name, key.into());
            self
        }
    }
}

/// What sets the credential of a scheme, and what fetches it.
pub(super) fn setter(scheme: &Scheme, names: &SchemeNames) -> Option<TokenStream> {
    let method = ident(names.setter.as_str());
    let name = &scheme.name;
    let Credential {
        setter,
        how,
        name: at,
        placement,
    } = scheme.kind.facts().sent?;
    let at = at.map(|at| format!(" {}", code(at))).unwrap_or_default();
    let docs = DocComment::new().docs(&scheme.docs, &scheme.name);
    let docs = docs.own(format!("The credential {}, {how}{at}.", code(name)));
    let docs = match beginning(scheme, placement) {
        Some(words) => docs.own(words).tokens(),
        None => docs.tokens(),
    };
    let function = ident(setter.function);
    let (arguments, types): (Vec<Ident>, Vec<TokenStream>) = setter
        .arguments
        .iter()
        .map(|argument| match argument {
            Argument::Text(name) => (ident(name), quote!(::std::string::String)),
            Argument::Secret(name) => (ident(name), quote!(rt::Secret)),
        })
        .unzip();
    let flows = token_methods(scheme, names);
    Some(quote! {
        #docs
        pub fn #method(mut self, #(#arguments: impl ::std::convert::Into<#types>),*) -> Self {
            self.inner.#function(#name, #(#arguments.into()),*);
            self
        }
        #flows
    })
}

/// What a key in the header `Authorization` begins with, for it is sent as it is given.
fn beginning(scheme: &Scheme, placement: Placement<'_>) -> Option<String> {
    let Placement::Key(ApiKeyLocation::Header, name) = placement else {
        return None;
    };
    if !name.eq_ignore_ascii_case("authorization") {
        return None;
    }
    let told = scheme.docs.description.as_deref().and_then(first_word);
    Some(match told {
        Some(word) => format!(
            "This is the whole value of the header: it begins with {}, and the key follows.",
            code(&format!("{word} "))
        ),
        None => "This is the whole value of the header, with the word that servers often want \
                 before the key (`Bearer …`, `Token …`)."
            .to_owned(),
    })
}

/// The word before the key in a description: what follows `Authorization:`, or a usual one before
/// something that stands for the key.
fn first_word(description: &str) -> Option<&str> {
    const USUAL: [&str; 8] = [
        "bearer", "token", "apikey", "api-key", "key", "basic", "jwt", "apitoken",
    ];
    const HEADER: &str = "authorization";
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let lower = description.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower.get(at..)?.find(HEADER) {
        at += found + HEADER.len();
        let rest = description.get(at..)?;
        let Some(value) = rest
            .trim_start_matches(['`', '"', '\'', '*'])
            .strip_prefix(':')
        else {
            continue;
        };
        let value = value.trim_start_matches(['`', '"', '\'', '*', ' ']);
        let word = value.split(|c| !is_word(c)).next().unwrap_or_default();
        let after = value.get(word.len()..).unwrap_or_default();
        if !word.is_empty() && stands_for_key(after) {
            return Some(word);
        }
    }
    let mut from = 0;
    for word in description.split(|c| !is_word(c)) {
        let after = description.get(from + word.len()..).unwrap_or_default();
        from += word.len() + after.chars().next().map_or(0, char::len_utf8);
        let is_usual = USUAL.iter().any(|usual| word.eq_ignore_ascii_case(usual));
        let is_name = word.chars().next().is_some_and(char::is_uppercase);
        if is_usual && is_name && stands_for_key(after) {
            return Some(word);
        }
    }
    None
}

/// Whether a text goes on with a space and something that stands for a key: `<token>`, `{key}`,
/// `YOUR_KEY`, `abc123`, or a mark that ends the example.
fn stands_for_key(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else {
        return false;
    };
    let next = rest.trim_start_matches(['`', '"', '\'']);
    let word = next
        .split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\''))
        .next()
        .unwrap_or_default();
    let is_mark =
        next.starts_with(['<', '{', '[', '$', '%', '\u{2026}']) || next.starts_with("...");
    let is_shout = word.len() > 2 && !word.chars().any(char::is_lowercase);
    let is_key = word.len() > 5 && word.chars().any(|c| c.is_ascii_digit());
    is_mark || is_shout || is_key || (next.len() < rest.len() && next.is_empty())
}

/// Where tokens are fetched and refreshed instead of given: by client credentials where the
/// document has that flow, by the caller's own source in any case.
fn token_methods(scheme: &Scheme, names: &SchemeNames) -> Option<TokenStream> {
    let tokens = scheme.kind.facts().tokens?;
    let name = &scheme.name;
    let (source, fetch) = (ident(names.source.as_str()), ident(names.client.as_str()));
    let (words, parameter, function, argument) = match tokens {
        TokenUrl::Known => (
            "Fetches tokens by this client's id and secret, and refreshes them in time.",
            TokenStream::new(),
            quote!(client_credentials),
            TokenStream::new(),
        ),
        TokenUrl::Asked => (
            "Fetches tokens by this client's id and secret from this address, which the document \
             does not give (OAuth 2, client credentials), and refreshes them in time.",
            quote!(token_url: impl ::std::convert::Into<::std::string::String>,),
            quote!(client_credentials_at),
            quote!(token_url.into(),),
        ),
    };
    let docs = DocComment::new().own(words).tokens();
    Some(quote! {
        /// Asks this for a token whenever one is needed.
        pub fn #source(mut self, source: ::std::sync::Arc<dyn rt::TokenSource>) -> Self {
            self.inner.token_source(#name, source);
            self
        }

        #docs
        pub fn #fetch(
            mut self,
            #parameter
            id: impl ::std::convert::Into<::std::string::String>,
            secret: impl ::std::convert::Into<rt::Secret>,
            scopes: &[&str],
        ) -> Self {
            let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
            self.inner.#function(#name, #argument id.into(), secret.into(), scopes);
            self
        }
    })
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn the_word_before_the_key() {
        for (description, word) in [
            ("Send `Authorization: Token <key>`.", Some("Token")),
            ("Header: \"Authorization: Bearer {token}\"", Some("Bearer")),
            ("**Authorization:** `ApiKey abc123def`", Some("ApiKey")),
            ("Use the form `Token YOUR_KEY` here", Some("Token")),
            ("`Bearer <token>`", Some("Bearer")),
            ("Send Authorization: Acme-Key pk_1234567", Some("Acme-Key")),
            ("Token based access.", None),
            ("The Authorization header carries the key.", None),
            ("Authorization: the key", None),
            ("Authorization", None),
            ("Key Management is elsewhere", None),
            ("", None),
        ] {
            assert_eq!(first_word(description), word, "{description}");
        }
    }
}
