//! A call as a caller writes it: in a doctest at its method, and in the programs beside the crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::{Context, ident};
use crate::emit::values::{Position, Values};
use crate::model::{Body, Content, Files, Media, OperationId, Part};
use crate::tokens::Tokens;

/// The call and what becomes of what it gives.
pub(crate) fn call(cx: &Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id.index()];
    let accessors = cx.accessor_calls(operation.group);
    let method = ident(cx.names.operation(id).method.as_str());
    let values = Values::new(cx, cx.crate_ident());
    let names = &cx.names.operation(id).parameters;
    let parameters = operation.parameters.iter().zip(names);
    let mut arguments: Vec<TokenStream> = parameters
        .filter(|(parameter, _)| parameter.required)
        .map(|(parameter, name)| {
            let of = (name.plain(), &parameter.constraints);
            values.value(&parameter.ty, of, &parameter.origin, Position::Argument)
        })
        .collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    let range = body
        .and_then(|body| body.contents.first())
        .filter(|media| media.is_range)
        .map(Media::one);
    let body = body.and_then(|body| body_value(cx, &values, id, body));
    // A body of more than a text is worth a line of its own.
    let body_line = body.as_ref().and_then(|body| match body {
        BodyValue::Borrowed(value) => Some(quote!(let body = #value;)),
        BodyValue::Given(_) => None,
    });
    arguments.extend(range.map(|media_type| quote!(#media_type)));
    arguments.extend(body.map(|body| match body {
        BodyValue::Borrowed(_) => quote!(&body),
        BodyValue::Given(value) => value,
    }));
    if operation.pagination.is_some() {
        return quote! {
            #body_line
            let mut items = client #accessors .#method(#(#arguments),*).items();
            while let Some(item) = items.try_next().await? {
                println!("{item:?}");
            }
        };
    }
    quote! {
        #body_line
        let response = client #accessors .#method(#(#arguments),*).send().await?;
        println!("{response:#?}");
    }
}

/// How an operation takes its body.
enum BodyValue {
    /// By reference.
    Borrowed(TokenStream),
    /// As what turns into it.
    Given(TokenStream),
}

/// The first form of a body.
fn body_value(
    cx: &Context<'_>,
    values: &Values<'_>,
    id: OperationId,
    body: &Body,
) -> Option<BodyValue> {
    let media = body.contents.first()?;
    let value = |ty| {
        let of = ("body", &media.constraints);
        values.value(ty, of, &media.origin, Position::Owned)
    };
    Some(match &media.content {
        Content::Json(ty) | Content::Form(ty, _) => BodyValue::Borrowed(value(ty)),
        Content::JsonLines(ty) => {
            let line = value(ty);
            BodyValue::Given(quote!(&[#line]))
        }
        Content::JsonPatch => {
            let krate = cx.crate_ident();
            BodyValue::Borrowed(quote!(#krate::json::JsonPatch::new().replace("/name", "value")))
        }
        Content::Text | Content::Bytes | Content::Events(_) => BodyValue::Given(quote!("content")),
        Content::Multipart(parts) => BodyValue::Given(form_value(cx, values, id, parts)),
    })
}

/// A form with the parts that it must have.
fn form_value(
    cx: &Context<'_>,
    values: &Values<'_>,
    id: OperationId,
    parts: &[Part],
) -> TokenStream {
    let krate = cx.crate_ident();
    let group = cx.api.operations[id.index()].group;
    let module = ident(cx.names.group(group).module.as_str());
    let Some(names) = cx.names.operation(id).bodies.first() else {
        return quote!(#krate::Multipart::new());
    };
    if parts.is_empty() {
        return quote!(#krate::Multipart::new());
    }
    let form = ident(names.form.as_str());
    let required = parts
        .iter()
        .zip(&names.parts)
        .filter(|(part, _)| part.required);
    let arguments = required.map(|(part, name)| match part.files(cx.api) {
        Some(Files::One) => quote!("content"),
        Some(Files::Several) => quote!(["content"]),
        None => {
            let of = (name.plain(), &part.constraints);
            values.value(&part.ty, of, &part.origin, Position::Argument)
        }
    });
    quote!(#krate::api::#module::#form::new(#(#arguments),*))
}

/// One call as a doctest: what is not about the operation is hidden.
pub(crate) fn doctest(cx: &Context<'_>, id: OperationId) -> String {
    let krate = cx.crate_ident();
    let call = call(cx, id);
    let types = Tokens::from(call.clone())
        .uses("types")
        .then(|| quote!(use #krate::types;));
    let function = quote! {
        async fn example() -> Result<(), Box<dyn std::error::Error>> {
            #types
            let client = #krate::Client::from_env()?;
            #call
            Ok(())
        }
    };
    let program = crate::format::format("", vec![function.into()]).unwrap_or_default();
    let mut block = String::from("```no_run\n");
    for line in program.lines() {
        match line.strip_prefix("    ") {
            Some(line) if line != "Ok(())" && !line.starts_with("use ") => block.push_str(line),
            _ => {
                block.push_str("# ");
                block.push_str(line.trim_start());
            }
        }
        block.push('\n');
    }
    block.push_str("```");
    block
}
