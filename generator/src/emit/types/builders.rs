//! How callers build a struct: `new` with what must be given, or a builder that takes it value by
//! value where that is much, and a setter for each of the others.
//!
//! A builder's type counts what it has been given: each of its steps has one method, and the last
//! one gives the struct. So the compiler sees what is missing, and each value stands by its name.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::arguments::{Argument, held_argument};
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::markdown::opening;
use crate::emit::docs::{DocComment, code, first_paragraph, words_behind};
use crate::model::{Constant, Docs, Field, Holding, Struct, Type, TypeId};
use crate::name::{FieldName, MethodName, TypeName};
use crate::tokens::Tokens;

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<Tokens> {
    let building = Building { cx, id, record };
    let given = building.given();
    if let Some(builder) = cx.names.type_builder(id) {
        let mut items = vec![
            building.implementation(|members| building.start(builder, &given, members)),
            building.builder(builder),
        ];
        items.extend(building.steps(builder, &given));
        return items;
    }
    let constructor = building.implementation(|members| building.constructor(&given, members));
    if !given.is_empty() {
        return vec![constructor];
    }
    let name = cx.type_ident(id);
    let default = quote! {
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    vec![constructor, default.into()]
}

/// Something that must be given.
struct Given<'a> {
    /// The field.
    name: Ident,
    /// The method of the builder that takes it.
    method: Ident,
    /// What it is called in JSON, where it is one key.
    wire: Option<&'a str>,
    docs: Option<&'a Docs>,
    argument: Argument,
}

struct Building<'a> {
    cx: &'a Context<'a>,
    id: TypeId,
    record: &'a Struct,
}

impl<'a> Building<'a> {
    fn given(&self) -> Vec<Given<'a>> {
        let names = self.cx.names;
        // A builder's steps have one argument each.
        let in_steps = names.type_builder(self.id).is_some();
        let mut given: Vec<Given<'a>> = Vec::new();
        let fields = self.record.fields.iter().zip(names.fields(self.id));
        for ((field, name), method) in fields.zip(names.setters(self.id)) {
            if !self.cx.api.is_given(field) {
                continue;
            }
            let holding = self.cx.holding(self.id, field);
            let name = ident(name.as_str());
            let index = if in_steps { 0 } else { given.len() };
            given.push(Given {
                method: ident(method.as_str()),
                wire: Some(&field.wire),
                docs: Some(&field.docs),
                argument: held_argument(self.cx, field.held(), holding, &name, index),
                name,
            });
        }
        for (ty, name) in self.record.mixins.iter().zip(names.mixins(self.id)) {
            let name = ident(name.as_str());
            given.push(Given {
                method: name.clone(),
                wire: None,
                docs: None,
                argument: held_argument(self.cx, ty, Holding::Plain, &name, given.len()),
                name,
            });
        }
        given
    }

    /// The struct's methods: what `begin` adds, and the setters.
    fn implementation(&self, begin: impl FnOnce(&mut Tokens)) -> Tokens {
        let (cx, record) = (self.cx, self.record);
        let name = cx.type_ident(self.id);
        let fields = record.fields.iter().zip(cx.names.fields(self.id));
        let mut implementation = Tokens::from(quote!(impl #name));
        implementation.braces(|members| {
            begin(members);
            let setters = fields.zip(cx.names.setters(self.id));
            for ((field, name), method) in setters.filter(|((field, _), _)| field.is_set()) {
                setter_docs(cx, field, name.plain()).push_to(members);
                members.extend(self.setter(field, name, method));
            }
        });
        implementation
    }

    fn constructor(&self, given: &[Given<'_>], members: &mut Tokens) {
        let forms: Vec<_> = given
            .iter()
            .filter_map(|it| it.argument.form.as_ref())
            .collect();
        let generics = (!forms.is_empty()).then(|| quote!(<#(#forms),*>));
        let arguments = given.iter().map(|Given { name, argument, .. }| {
            let ty = &argument.ty;
            quote!(#name: #ty)
        });
        let values = given.iter().map(|Given { name, argument, .. }| {
            let value = &argument.value;
            if *name == value.to_string() {
                quote!(#name)
            } else {
                quote!(#name: #value)
            }
        });
        let fields = self.record.fields.iter().zip(self.cx.names.fields(self.id));
        let others = fields.filter(|(field, _)| !self.cx.api.is_given(field));
        let others = others.map(|(field, name)| {
            let name = ident(name.as_str());
            let value = self.constant(field).unwrap_or_else(|| quote!(rt::empty()));
            quote!(#name: #value)
        });
        let additional = self.record.additional.iter().map(|_| {
            let name = ident(self.cx.names.additional(self.id).as_str());
            quote!(#name: rt::empty())
        });
        let docs = if given.is_empty() {
            "Creates one without any of its fields."
        } else {
            "Creates one from what is required; all else is left out."
        };
        DocComment::new().own(docs).push_to(members);
        members.extend(quote! {
            #[must_use]
            pub fn new #generics(#(#arguments,)*) -> Self {
                Self { #(#values,)* #(#others,)* #(#additional,)* }
            }
        });
    }

    /// The value that a field always has.
    fn constant(&self, field: &Field) -> Option<TokenStream> {
        let value = match self.cx.api.constant(field)? {
            Constant::Bool(value) => quote!(#value),
            Constant::OnlyOf(id) => {
                let name = self.cx.type_ident(id);
                let variant = ident(self.cx.names.variants(id).first()?.as_str());
                quote!(types::#name::#variant)
            }
        };
        Some(match field.ty {
            Type::Boxed(_) => quote!(::std::boxed::Box::new(#value)),
            _ => value,
        })
    }

    /// The function that begins the steps.
    fn start(&self, builder: &TypeName, given: &[Given<'_>], members: &mut Tokens) {
        let fields = self.record.fields.iter().zip(self.cx.names.fields(self.id));
        let constants = fields.filter_map(|(field, name)| {
            let (name, value) = (ident(name.as_str()), self.constant(field)?);
            Some(quote!(#name: #value,))
        });
        let constants: Vec<_> = constants.collect();
        let start = if constants.is_empty() {
            quote!(rt::empty())
        } else {
            quote!(Self { #(#constants)* ..rt::empty() })
        };
        let steps: Vec<_> = given
            .iter()
            .map(|it| code(&it.method.to_string()))
            .collect();
        let docs = format!(
            "Builds one from what is required, in this order: {}; then comes whatever else is set.",
            steps.join(", ")
        );
        DocComment::new().own(docs).push_to(members);
        let builder = ident(builder.as_str());
        members.extend(quote! {
            pub fn builder() -> #builder<0> {
                #builder(#start)
            }
        });
    }

    fn builder(&self, builder: &TypeName) -> Tokens {
        let name = self.cx.names.type_name(self.id).plain();
        let docs = format!("A [`{name}`] that has been given so many of its required values.");
        let mut definition = Tokens::default();
        DocComment::new().own(docs).push_to(&mut definition);
        let (builder, name) = (ident(builder.as_str()), self.cx.type_ident(self.id));
        definition.extend(quote! {
            #[derive(Clone, Debug)]
            #[must_use = "values that are required are still missing"]
            pub struct #builder<const GIVEN: usize>(#name);
        });
        definition
    }

    /// A method for each value, each of a type of its own.
    fn steps(&self, builder: &TypeName, given: &[Given<'_>]) -> Vec<Tokens> {
        let builder = ident(builder.as_str());
        let last = given.len().saturating_sub(1);
        let steps = given.iter().enumerate().map(|(index, step)| {
            let Given {
                name,
                method,
                argument,
                ..
            } = step;
            let (ty, value) = (&argument.ty, &argument.value);
            let generics = argument.form.as_ref().map(|form| quote!(<#form>));
            let deprecated = step.docs.map(attributes::deprecated);
            let (result, end, must_use) = if index == last {
                let name = self.cx.type_ident(self.id);
                (quote!(#name), quote!(self.0), quote!(#[must_use]))
            } else {
                let next = Literal::usize_unsuffixed(index + 1);
                (
                    quote!(#builder<#next>),
                    quote!(#builder(self.0)),
                    TokenStream::new(),
                )
            };
            let at = Literal::usize_unsuffixed(index);
            let mut tokens = Tokens::from(quote!(impl #builder<#at>));
            tokens.braces(|members| {
                step_docs(step).push_to(members);
                members.extend(quote! {
                    #deprecated
                    #must_use
                    pub fn #method #generics(mut self, #name: #ty) -> #result {
                        self.0.#name = #value;
                        #end
                    }
                });
            });
            tokens
        });
        steps.collect()
    }

    fn setter(&self, field: &Field, name: &FieldName, method: &MethodName) -> TokenStream {
        let deprecated = attributes::deprecated(&field.docs);
        let (name, method) = (ident(name.as_str()), ident(method.as_str()));
        let holding = self.cx.holding(self.id, field);
        let held = match holding {
            // It may be left out: that is said by not calling this.
            Holding::Optional => Holding::Plain,
            holding => holding,
        };
        let argument = held_argument(self.cx, field.held(), held, &name, 0);
        let (ty, value) = (argument.ty, argument.value);
        let generics = argument.form.map(|form| quote!(<#form>));
        let value = match holding {
            Holding::Optional => quote!(::std::option::Option::Some(#value)),
            Holding::Plain | Holding::Nullable => value,
        };
        quote! {
            #deprecated
            #[must_use]
            pub fn #method #generics(mut self, #name: #ty) -> Self {
                self.#name = #value;
                self
            }
        }
    }
}

/// The first sentence of what is said of the field. All of it stands there.
fn setter_docs(cx: &Context<'_>, field: &Field, name: &str) -> DocComment {
    let own = first_paragraph(&field.docs, &field.wire);
    let words = own.or_else(|| words_behind(cx, field.held()));
    let docs = DocComment::new().prose(words.and_then(opening).as_deref());
    if docs.is_empty() && field.wire != name {
        return docs.own(format!("{} in JSON.", code(&field.wire)));
    }
    docs
}

/// The same of a value that a builder is given.
fn step_docs(step: &Given<'_>) -> DocComment {
    let wire = step.wire.unwrap_or_default();
    let words = step.docs.and_then(|docs| first_paragraph(docs, wire));
    DocComment::new().prose(words.and_then(opening).as_deref())
}
