//! JMESPath expressions and texts with expressions in them, compiled once.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// A compiled JMESPath expression.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Expression(jmespath::Expression<'static>);

impl Expression {
    /// Compiles an expression.
    pub fn parse(text: &str) -> Result<Self, String> {
        jmespath::compile(text).map(Self).map_err(|error| reason(&error))
    }

    /// What the expression finds in a document; null if nothing.
    pub fn search(&self, document: &Value) -> Result<Value, String> {
        let found = self.0.search(document).map_err(|error| reason(&error))?;
        serde_json::to_value(&*found).map_err(|error| error.to_string())
    }
}

/// The library's message draws a caret under the expression; here one line is wanted.
fn reason(error: &jmespath::JmespathError) -> String {
    let what = match &error.reason {
        jmespath::ErrorReason::Parse(what) => what.clone(),
        jmespath::ErrorReason::Runtime(what) => what.to_string(),
    };
    format!("{} in `{}`, column {}", what.trim(), error.expression, error.column + 1)
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0.as_str(), f)
    }
}

impl TryFrom<String> for Expression {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

/// Text in which `{expression}` stands for what the expression finds; `{{` and `}}` stand for braces.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Hole(Expression),
}

impl Template {
    /// Parses a template. An expression in it cannot contain a closing brace.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let (brace, after) = rest[at..].split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
                continue;
            }
            let hole = if brace == "{" { after.split_once('}') } else { None };
            let (expression, after) =
                hole.ok_or_else(|| format!("unbalanced `{brace}`; a brace alone is written twice"))?;
            parts.push(Part::Text(std::mem::take(&mut plain)));
            parts.push(Part::Hole(Expression::parse(expression)?));
            rest = after;
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Ok(Self(parts))
    }

    /// The text for a document. Every expression must find a string, a number or a boolean.
    pub fn render(&self, document: &Value) -> Result<String, String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Hole(expression) => match expression.search(document)? {
                    Value::String(found) => text.push_str(&found),
                    found @ (Value::Number(_) | Value::Bool(_)) => text.push_str(&found.to_string()),
                    Value::Null => return Err(format!("{expression:?} finds nothing")),
                    _ => return Err(format!("{expression:?} finds no text")),
                },
            }
        }
        Ok(text)
    }
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn render(template: &str) -> Result<String, String> {
        Template::parse(template)?.render(&json!({"a": "x", "n": 7, "list": [{"b": true}], "none": null}))
    }

    #[test]
    fn holes_are_filled() {
        for (template, text) in [
            ("", ""),
            ("plain", "plain"),
            ("{a}", "x"),
            ("/o/{a}/{n}?b={list[0].b}!", "/o/x/7?b=true!"),
            ("{{{a}}}", "{x}"),
            ("{{a}}", "{a}"),
        ] {
            assert_eq!(render(template).as_deref(), Ok(text), "{template}");
        }
    }

    #[test]
    fn bad_templates_say_why() {
        for (template, reason) in [
            ("{a", "unbalanced `{`"),
            ("a}", "unbalanced `}`"),
            ("{}", "in ``"),
            ("{a..b}", "in `a..b`, column"),
            ("{none}", "\"none\" finds nothing"),
            ("{list}", "\"list\" finds no text"),
        ] {
            let error = render(template).unwrap_err();
            assert!(error.contains(reason), "{template}: {error}");
        }
    }

    #[test]
    fn an_expression_builds_a_document_and_keeps_integers() {
        let body = Expression::parse("{ref: a, lines: list[].{flag: b}, count: n, gone: none}").unwrap();
        let document = json!({"a": "x", "n": 9_007_199_254_740_993_i64, "list": [{"b": true}]});
        let wanted = json!({
            "ref": "x", "lines": [{"flag": true}], "count": 9_007_199_254_740_993_i64, "gone": null
        });
        assert_eq!(body.search(&document), Ok(wanted));
    }
}
