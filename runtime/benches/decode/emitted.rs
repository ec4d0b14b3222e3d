//! The models as the generator emits them; the macro only spares the repetition.

use clientsmith_runtime as rt;

macro_rules! model {
    ($name:ident { $($index:literal $field:ident: $type:ty = $kind:ident($wire:literal),)* }) => {
        #[derive(Clone)]
        pub(crate) struct $name {
            $($field: $type,)*
        }
        impl rt::Model for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [rt::Field] = &[$(rt::Field::$kind($wire),)*];
            #[inline]
            fn empty() -> Self {
                Self { $($field: rt::empty(),)* }
            }
            #[inline]
            fn field(&self, index: usize) -> Option<&dyn rt::Json> {
                Some(match index {
                    $($index => &self.$field,)*
                    _ => return None,
                })
            }
            #[inline]
            fn field_mut(&mut self, index: usize) -> Option<&mut dyn rt::Json> {
                Some(match index {
                    $($index => &mut self.$field,)*
                    _ => return None,
                })
            }
        }
        rt::impl_model!($name);
    };
}

#[derive(Clone)]
pub(crate) enum AccessLevel {
    ReadOnly,
    FullAccess,
    Write,
    Unknown(String),
}
impl rt::OpenEnum for AccessLevel {
    const NAME: &'static str = "AccessLevel";
    const VALUES: &'static [&'static str] = &["READ_ONLY", "FULL_ACCESS", "WRITE"];
    fn as_str(&self) -> &str {
        match self {
            Self::ReadOnly => "READ_ONLY",
            Self::FullAccess => "FULL_ACCESS",
            Self::Write => "WRITE",
            Self::Unknown(value) => value,
        }
    }
    fn from_value(value: &str) -> Self {
        match value {
            "READ_ONLY" => Self::ReadOnly,
            "FULL_ACCESS" => Self::FullAccess,
            "WRITE" => Self::Write,
            other => Self::Unknown(::std::convert::From::from(other)),
        }
    }
}
rt::impl_open_enum!(AccessLevel);

model!(Token {
    0 token_id: rt::Uuid = Required("token_id"),
    1 creator_user_id: rt::Uuid = Required("creator_user_id"),
    2 token_label: String = Required("token_label"),
    3 access_level: AccessLevel = Required("access_level"),
    4 created_at: rt::DateTime = Required("created_at"),
    5 expires_at: rt::DateTime = Required("expires_at"),
    6 last_used_at: Option<rt::DateTime> = Required("last_used_at"),
    7 use_count: i64 = Required("use_count"),
    8 is_active: bool = Required("is_active"),
    9 ratio: f64 = Required("ratio"),
    10 ip_allow_list: Option<Vec<String>> = Optional("ip_allow_list"),
});

model!(Page {
    0 next: Option<String> = Required("next"),
    1 previous: Option<String> = Required("previous"),
    2 results: Vec<Token> = Required("results"),
});

model!(Request {
    0 q: Option<String> = Optional("q"),
    1 display_type: Option<String> = Optional("display_type"),
    2 on_right_yaxis: Option<bool> = Optional("on_right_yaxis"),
});

model!(Group {
    0 kind: String = Required("type"),
    1 title: Option<String> = Optional("title"),
    2 layout_type: Option<String> = Optional("layout_type"),
    3 widgets: Vec<Widget> = Required("widgets"),
});

model!(Widget {
    0 id: Option<i64> = Optional("id"),
    1 definition: Definition = Required("definition"),
});

model!(Dashboard {
    0 id: rt::Uuid = Required("id"),
    1 title: String = Required("title"),
    2 description: Option<String> = Required("description"),
    3 modified_at: rt::DateTime = Required("modified_at"),
    4 widgets: Vec<Widget> = Required("widgets"),
});

model!(Dashboards {
    0 dashboards: Vec<Dashboard> = Required("dashboards"),
});

macro_rules! definitions {
    ($($index:literal $name:ident $tag:literal,)*) => {
        $(model!($name {
            0 kind: String = Required("type"),
            1 title: Option<String> = Optional("title"),
            2 requests: Vec<Request> = Required("requests"),
            3 precision: Option<i64> = Optional("precision"),
            4 live: Option<bool> = Optional("live"),
            5 width: Option<f64> = Optional("width"),
            6 legend_size: Option<String> = Optional("legend_size"),
        });)*

        #[derive(Clone)]
        pub(crate) enum Definition {
            $($name(Box<$name>),)*
            Group(Group),
            Unknown(rt::Value),
        }
        impl rt::Union for Definition {
            const NAME: &'static str = "Definition";
            const TAG: Option<&'static str> = Some("type");
            const VARIANTS: &'static [rt::Variant] =
                &[$(rt::Variant::tagged(&[$tag]),)* rt::Variant::tagged(&["group"])];
            #[inline]
            fn variant(index: usize) -> Self {
                match index {
                    $($index => Self::$name(rt::empty()),)*
                    29 => Self::Group(rt::empty()),
                    _ => Self::Unknown(rt::empty()),
                }
            }
            #[inline]
            fn value(&self) -> &dyn rt::Json {
                match self {
                    $(Self::$name(value) => value,)*
                    Self::Group(value) => value,
                    Self::Unknown(value) => value,
                }
            }
            #[inline]
            fn value_mut(&mut self) -> &mut dyn rt::Json {
                match self {
                    $(Self::$name(value) => value,)*
                    Self::Group(value) => value,
                    Self::Unknown(value) => value,
                }
            }
        }
        rt::impl_union!(Definition);
    };
}

definitions! {
    0 Kind00 "kind_00", 1 Kind01 "kind_01", 2 Kind02 "kind_02", 3 Kind03 "kind_03",
    4 Kind04 "kind_04", 5 Kind05 "kind_05", 6 Kind06 "kind_06", 7 Kind07 "kind_07",
    8 Kind08 "kind_08", 9 Kind09 "kind_09", 10 Kind10 "kind_10", 11 Kind11 "kind_11",
    12 Kind12 "kind_12", 13 Kind13 "kind_13", 14 Kind14 "kind_14", 15 Kind15 "kind_15",
    16 Kind16 "kind_16", 17 Kind17 "kind_17", 18 Kind18 "kind_18", 19 Kind19 "kind_19",
    20 Kind20 "kind_20", 21 Kind21 "kind_21", 22 Kind22 "kind_22", 23 Kind23 "kind_23",
    24 Kind24 "kind_24", 25 Kind25 "kind_25", 26 Kind26 "kind_26", 27 Kind27 "kind_27",
    28 Kind28 "kind_28",
}
