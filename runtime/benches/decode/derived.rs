//! The same types with serde's derive, as one would write them by hand.

use serde::{Deserialize, Serialize};

type DateTime = chrono::DateTime<chrono::Utc>;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AccessLevel {
    ReadOnly,
    FullAccess,
    Write,
    #[serde(untagged)]
    Unknown(String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Token {
    token_id: uuid::Uuid,
    creator_user_id: uuid::Uuid,
    token_label: String,
    access_level: AccessLevel,
    created_at: DateTime,
    expires_at: DateTime,
    last_used_at: Option<DateTime>,
    use_count: i64,
    is_active: bool,
    ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_allow_list: Option<Vec<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Page {
    next: Option<String>,
    previous: Option<String>,
    results: Vec<Token>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_right_yaxis: Option<bool>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layout_type: Option<String>,
    widgets: Vec<Widget>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Widget {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    definition: Definition,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dashboard {
    id: uuid::Uuid,
    title: String,
    description: Option<String>,
    modified_at: DateTime,
    widgets: Vec<Widget>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dashboards {
    dashboards: Vec<Dashboard>,
}

macro_rules! definitions {
    ($($name:ident $tag:literal,)*) => {
        $(
            #[derive(Clone, Debug, Serialize, Deserialize)]
            pub(crate) struct $name {
                #[serde(skip_serializing_if = "Option::is_none")]
                title: Option<String>,
                requests: Vec<Request>,
                #[serde(skip_serializing_if = "Option::is_none")]
                precision: Option<i64>,
                #[serde(skip_serializing_if = "Option::is_none")]
                live: Option<bool>,
                #[serde(skip_serializing_if = "Option::is_none")]
                width: Option<f64>,
                #[serde(skip_serializing_if = "Option::is_none")]
                legend_size: Option<String>,
            }
        )*

        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub(crate) enum Definition {
            $(
                #[serde(rename = $tag)]
                $name(Box<$name>),
            )*
            #[serde(rename = "group")]
            Group(Group),
        }
    };
}

definitions! {
    Kind00 "kind_00", Kind01 "kind_01", Kind02 "kind_02", Kind03 "kind_03", Kind04 "kind_04",
    Kind05 "kind_05", Kind06 "kind_06", Kind07 "kind_07", Kind08 "kind_08", Kind09 "kind_09",
    Kind10 "kind_10", Kind11 "kind_11", Kind12 "kind_12", Kind13 "kind_13", Kind14 "kind_14",
    Kind15 "kind_15", Kind16 "kind_16", Kind17 "kind_17", Kind18 "kind_18", Kind19 "kind_19",
    Kind20 "kind_20", Kind21 "kind_21", Kind22 "kind_22", Kind23 "kind_23", Kind24 "kind_24",
    Kind25 "kind_25", Kind26 "kind_26", Kind27 "kind_27", Kind28 "kind_28",
}
