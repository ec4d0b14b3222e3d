//! Types exactly as the generator emits them.
#![allow(
    dead_code,
    missing_docs,
    private_interfaces,
    unreachable_pub,
    unused_macros,
    clippy::pedantic
)]

use clientsmith_runtime::support as rt;

#[derive(Clone)]
#[non_exhaustive]
pub enum ApiAccessLevelEnum {
    ReadOnly,
    FullAccess,
    Unknown(::std::string::String),
}
impl rt::OpenEnum for ApiAccessLevelEnum {
    const NAME: &'static str = "ApiAccessLevelEnum";
    const VALUES: &'static [&'static str] = &["READ_ONLY", "FULL_ACCESS"];
    const VARIANTS: &'static [Self] = &[Self::ReadOnly, Self::FullAccess];
    fn as_str(&self) -> &str {
        match self {
            Self::ReadOnly => "READ_ONLY",
            Self::FullAccess => "FULL_ACCESS",
            Self::Unknown(value) => value,
        }
    }
    fn unknown(value: ::std::string::String) -> Self {
        Self::Unknown(value)
    }
}
rt::impl_open_enum!(ApiAccessLevelEnum);

#[derive(Clone)]
#[non_exhaustive]
pub struct Token {
    pub token_id: rt::Uuid,
    pub token_label: ::std::string::String,
    pub access_level: ApiAccessLevelEnum,
    pub created_at: rt::DateTime,
    /// Required, and null when it never expires.
    pub expires_at: ::std::option::Option<rt::DateTime>,
    pub last_used_at: ::std::option::Option<rt::DateTime>,
    pub secret: ::std::option::Option<::std::string::String>,
}
impl rt::Model for Token {
    const NAME: &'static str = "Token";
    const FIELDS: &'static [rt::Field] = &[
        rt::Field::Required("token_id"),
        rt::Field::Required("token_label"),
        rt::Field::Required("access_level"),
        rt::Field::Required("created_at"),
        rt::Field::Required("expires_at"),
        rt::Field::Optional("last_used_at"),
        rt::Field::OptionalSecret("secret"),
    ];
    #[inline]
    fn empty() -> Self {
        Self {
            token_id: rt::empty(),
            token_label: rt::empty(),
            access_level: rt::empty(),
            created_at: rt::empty(),
            expires_at: rt::empty(),
            last_used_at: rt::empty(),
            secret: rt::empty(),
        }
    }
    #[inline]
    fn field(&self, index: usize) -> ::std::option::Option<&dyn rt::Json> {
        ::std::option::Option::Some(match index {
            0 => &self.token_id,
            1 => &self.token_label,
            2 => &self.access_level,
            3 => &self.created_at,
            4 => &self.expires_at,
            5 => &self.last_used_at,
            6 => &self.secret,
            _ => return ::std::option::Option::None,
        })
    }
    #[inline]
    fn field_mut(&mut self, index: usize) -> ::std::option::Option<&mut dyn rt::Json> {
        ::std::option::Option::Some(match index {
            0 => &mut self.token_id,
            1 => &mut self.token_label,
            2 => &mut self.access_level,
            3 => &mut self.created_at,
            4 => &mut self.expires_at,
            5 => &mut self.last_used_at,
            6 => &mut self.secret,
            _ => return ::std::option::Option::None,
        })
    }
}
rt::impl_model!(Token);

/// A model of the form above from a shorter notation; the expansion is what the generator writes.
macro_rules! model {
    ($name:ident { $($field:ident: $type:ty = $kind:ident $(($wire:literal))?,)* }) => {
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $(pub $field: $type,)*
        }
        impl rt::Model for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [rt::Field] = &[$(rt::Field::$kind $(($wire))?,)*];
            #[inline]
            fn empty() -> Self {
                Self { $($field: rt::empty(),)* }
            }
            #[inline]
            fn field(&self, index: usize) -> ::std::option::Option<&dyn rt::Json> {
                let fields: &[&dyn rt::Json] = &[$(&self.$field,)*];
                fields.get(index).copied()
            }
            #[inline]
            fn field_mut(&mut self, index: usize) -> ::std::option::Option<&mut dyn rt::Json> {
                let fields: [&mut dyn rt::Json; 0 $(+ { let _ = stringify!($field); 1 })*] =
                    [$(&mut self.$field,)*];
                fields.into_iter().nth(index)
            }
        }
        rt::impl_model!($name);
    };
}

model!(PaginatedTokensList {
    next: Option<String> = Optional("next"),
    previous: Option<String> = Optional("previous"),
    results: Vec<Token> = Required("results"),
});

model!(Tree {
    name: String = Required("name"),
    parent: Option<Box<Tree>> = Optional("parent"),
    children: Vec<Tree> = Required("children"),
    by_name: Option<std::collections::BTreeMap<String, Tree>> = Optional("byName"),
});

model!(FlagPatch {
    name: Option<String> = Optional("name"),
    description: rt::Nullable<String> = Optional("description"),
    archived: rt::Nullable<bool> = Optional("archived"),
});

model!(Labels {
    id: i64 = Required("id"),
    additional_properties: std::collections::BTreeMap<String, i64> = Rest,
});

model!(OpenLabels {
    id: Option<i64> = Optional("id"),
    additional_properties: rt::Map<String, rt::Value> = Rest,
});

model!(Credentials {
    user: String = Required("user"),
    password: String = RequiredSecret("pass word"),
});

model!(Account {
    credentials: Credentials = Required("credentials"),
    history: Vec<Credentials> = Required("history"),
});

model!(Nothing {});

model!(AlertWidget {
    kind: String = Required("type"),
    alert_id: String = Required("alert_id"),
    thresholds: Option<Vec<f64>> = Optional("thresholds"),
});

model!(NoteWidget {
    kind: String = Required("type"),
    content: String = Required("content"),
});

model!(GroupWidget {
    kind: String = Required("type"),
    widgets: Vec<Widget> = Required("widgets"),
});

#[derive(Clone)]
#[non_exhaustive]
pub enum Widget {
    Alert(AlertWidget),
    Note(::std::boxed::Box<NoteWidget>),
    Group(GroupWidget),
    Unknown(rt::Value),
}
impl rt::Union for Widget {
    const NAME: &'static str = "Widget";
    const TAG: ::std::option::Option<&'static str> = ::std::option::Option::Some("type");
    const VARIANTS: &'static [rt::Variant] = &[
        rt::Variant::tagged(&["alert_graph", "alert_value"]),
        rt::Variant::tagged(&["note"]),
        rt::Variant::tagged(&["group"]),
    ];
    #[inline]
    fn variant(index: usize) -> Self {
        match index {
            0 => Self::Alert(rt::empty()),
            1 => Self::Note(rt::empty()),
            2 => Self::Group(rt::empty()),
            _ => Self::Unknown(rt::empty()),
        }
    }
    #[inline]
    fn value(&self) -> &dyn rt::Json {
        match self {
            Self::Alert(value) => value,
            Self::Note(value) => value,
            Self::Group(value) => value,
            Self::Unknown(value) => value,
        }
    }
    #[inline]
    fn value_mut(&mut self) -> &mut dyn rt::Json {
        match self {
            Self::Alert(value) => value,
            Self::Note(value) => value,
            Self::Group(value) => value,
            Self::Unknown(value) => value,
        }
    }
}
rt::impl_union!(Widget);

/// A union in the form above from a shorter notation.
macro_rules! union {
    ($name:ident $tag:expr; $($arm:ident($type:ty) = $variant:expr,)*) => {
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($arm($type),)*
            Unknown(rt::Value),
        }
        impl rt::Union for $name {
            const NAME: &'static str = stringify!($name);
            const TAG: ::std::option::Option<&'static str> = $tag;
            const VARIANTS: &'static [rt::Variant] = &[$($variant,)*];
            fn variant(index: usize) -> Self {
                let mut at = 0;
                $(
                    if index == at {
                        return Self::$arm(rt::empty());
                    }
                    at += 1;
                )*
                let _ = at;
                Self::Unknown(rt::empty())
            }
            fn value(&self) -> &dyn rt::Json {
                match self {
                    $(Self::$arm(value) => value,)*
                    Self::Unknown(value) => value,
                }
            }
            fn value_mut(&mut self) -> &mut dyn rt::Json {
                match self {
                    $(Self::$arm(value) => value,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        rt::impl_union!($name);
    };
}

pub struct JsonList(pub Vec<JsonList>);
impl Clone for JsonList {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
impl rt::Newtype for JsonList {
    type Inner = Vec<JsonList>;
    fn wrap(inner: Self::Inner) -> Self {
        Self(inner)
    }
    fn get(&self) -> &Self::Inner {
        &self.0
    }
    fn get_mut(&mut self) -> &mut Self::Inner {
        &mut self.0
    }
}
rt::impl_newtype!(JsonList);

#[allow(unused_imports)]
pub(crate) use {model, union};

pub const TOKEN: &str = r#"{"token_id":"67e55044-10b1-426f-9247-bb680e5fe0c8","token_label":"ci","access_level":"FULL_ACCESS","created_at":"2024-01-31T10:20:30Z","expires_at":null,"last_used_at":"2024-02-01T00:00:00.250Z"}"#;

/// Ten names of fields.
macro_rules! ten_fields {
    ($tens:literal) => {
        json_fixtures::ten_fields!($tens 0 1 2 3 4 5 6 7 8 9)
    };
    ($tens:literal $($ones:literal)*) => {
        [$(rt::Field::Required(concat!("field_", $tens, $ones)),)*]
    };
}

/// A model of a hundred required integers, `field_00` to `field_99`.
macro_rules! hundred_fields {
    ($name:ident) => {
        json_fixtures::hundred_fields!($name 0 1 2 3 4 5 6 7 8 9);
    };
    ($name:ident $($tens:literal)*) => {
        #[derive(Clone)]
        struct $name {
            fields: [i64; 100],
        }
        const ROWS: &[[rt::Field; 10]] = &[$(json_fixtures::ten_fields!($tens),)*];
        impl rt::Model for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [rt::Field] = ROWS.as_flattened();
            fn empty() -> Self {
                Self { fields: [0; 100] }
            }
            fn field(&self, index: usize) -> Option<&dyn rt::Json> {
                self.fields.get(index).map(|field| field as &dyn rt::Json)
            }
            fn field_mut(&mut self, index: usize) -> Option<&mut dyn rt::Json> {
                self.fields.get_mut(index).map(|field| field as &mut dyn rt::Json)
            }
        }
        impl $name {
            fn sum(&self) -> i64 {
                self.fields.iter().sum()
            }
        }
        rt::impl_model!($name);
    };
}

#[allow(unused_imports)]
pub(crate) use {hundred_fields, ten_fields};
