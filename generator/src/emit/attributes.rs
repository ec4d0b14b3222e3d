//! Attributes, turned into tokens in this one place.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Docs;

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}

/// Lets code that must touch a deprecated item do so.
pub(super) fn allow_deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated { quote!(#[allow(deprecated)]) } else { TokenStream::new() }
}

/// What a generated crate's root says about itself.
pub(super) fn crate_attributes() -> TokenStream {
    quote! {
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
    }
}
