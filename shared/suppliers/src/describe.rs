//! What people are told about an adapter before they set one up.

use serde::Serialize;

use crate::{AdapterKind, http_json, manual, panel, taskboard};

/// An adapter in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// Its name in a list.
    pub title: &'static str,
    /// What it is for, in a sentence or two.
    pub description: &'static str,
    /// The settings that people look for first; the adapter may know more.
    pub fields: &'static [Field],
    /// What the credential is for; none where the adapter needs no credential.
    pub credential: Option<&'static str>,
}

/// A setting of an adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Where it is in the configuration, such as `place.request.path`.
    pub path: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What can be put in.
    #[serde(rename = "type")]
    pub input: Input,
    /// Whether the adapter does not work without it.
    pub required: bool,
    /// What it means.
    pub help: &'static str,
    /// A value as it could be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<&'static str>,
    /// What there is to choose from, if the input is [`Input::Choice`].
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub choices: &'static [&'static str],
}

impl Field {
    /// A setting that the adapter does not work without.
    pub(crate) const fn needed(
        path: &'static str,
        title: &'static str,
        input: Input,
        help: &'static str,
        example: &'static str,
    ) -> Self {
        Self { path, title, input, required: true, help, example: Some(example), choices: &[] }
    }

    /// A setting that can be left out.
    pub(crate) const fn optional(
        path: &'static str,
        title: &'static str,
        input: Input,
        help: &'static str,
        example: &'static str,
    ) -> Self {
        Self { required: false, ..Self::needed(path, title, input, help, example) }
    }

    /// A switch that can be left alone.
    pub(crate) const fn switch(path: &'static str, title: &'static str, help: &'static str) -> Self {
        Self { path, title, input: Input::Boolean, required: false, help, example: None, choices: &[] }
    }
}

/// What can be put into a [`Field`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Input {
    /// A line of text.
    Text,
    /// An address.
    Url,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// One of the field's choices.
    Choice,
    /// Any JSON.
    Json,
}

impl AdapterKind {
    /// The adapter in words.
    #[must_use]
    pub fn describe(self) -> &'static Description {
        match self {
            Self::HttpJson => &http_json::DESCRIPTION,
            Self::Panel => &panel::DESCRIPTION,
            Self::Taskboard => &taskboard::DESCRIPTION,
            Self::Manual => &manual::DESCRIPTION,
        }
    }
}
