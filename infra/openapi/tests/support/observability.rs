//! What the dashboards show and what the alarms watch, as the tests read it.

use serde_json::Value as Json;
use serde_yaml_ng::Value;

/// The template with the dashboards and the alarms.
pub const TEMPLATE: &str = "infra/observability.yaml";

/// A metric that is shown or watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The alarm or the dashboard and widget.
    pub place: String,
    /// Where the metric is.
    pub namespace: String,
    /// What it is called.
    pub metric: String,
    /// Its dimensions' names, with their values where it is not searched for.
    pub dimensions: Vec<(String, Option<String>)>,
}

impl Shown {
    /// The names of its dimensions.
    pub fn names(&self) -> Vec<&str> {
        self.dimensions.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The template's parameter that is the value of a dimension.
    pub fn parameter(&self, dimension: &str) -> Option<&str> {
        let (_, value) = self.dimensions.iter().find(|(name, _)| name == dimension)?;
        Some(value.as_deref()?.trim_start_matches("${").trim_end_matches('}'))
    }
}

/// The template, parsed.
pub fn template() -> Value {
    serde_yaml_ng::from_str(&super::read(TEMPLATE)).unwrap()
}

/// The template's resources of a type, by their names.
pub fn resources(template: &Value, kind: &str) -> Vec<(String, Value)> {
    let resources = template["Resources"].as_mapping().unwrap().iter();
    let found = resources.filter(|(_, resource)| resource["Type"] == kind);
    found
        .map(|(name, resource)| (name.as_str().unwrap().to_owned(), resource["Properties"].clone()))
        .collect()
}

/// A value without its tag, such as `!Sub`.
pub fn plain(value: &Value) -> &Value {
    match value {
        Value::Tagged(tagged) => plain(&tagged.value),
        value => value,
    }
}

/// The dashboards' bodies, by their names.
pub fn dashboards(template: &Value) -> Vec<(String, Json)> {
    let dashboards = resources(template, "AWS::CloudWatch::Dashboard").into_iter();
    let bodies = dashboards.map(|(name, properties)| {
        let body = serde_json::from_str(plain(&properties["DashboardBody"]).as_str().unwrap());
        (name.clone(), body.unwrap_or_else(|fault| panic!("{name} is no JSON: {fault}")))
    });
    bodies.collect()
}

/// All widgets of a dashboard.
pub fn widgets(body: &Json) -> &Vec<Json> {
    body["widgets"].as_array().unwrap()
}

/// The metrics of a dashboard's widget.
pub fn shown(dashboard: &str, widget: &Json) -> Vec<Shown> {
    let place = format!("{dashboard}, {}", widget["properties"]["title"]);
    let mut found: Vec<Shown> = vec![];
    let mut above: Vec<String> = vec![];
    for row in widget["properties"]["metrics"].as_array().into_iter().flatten() {
        let row = row.as_array().unwrap();
        if let Some(expression) = row[0]["expression"].as_str() {
            found.extend(searched(&place, expression));
            continue;
        }
        let parts = row.iter().filter_map(Json::as_str).enumerate();
        above =
            parts.map(|(at, part)| if part == "." { above[at].clone() } else { part.to_owned() }).collect();
        found.push(Shown {
            place: place.clone(),
            namespace: above[0].clone(),
            metric: above[1].clone(),
            dimensions: above[2..].chunks(2).map(|pair| (pair[0].clone(), Some(pair[1].clone()))).collect(),
        });
    }
    found
}

/// What an expression searches for: `SEARCH('{Namespace,Dimension,…} MetricName="…" …', …)`.
fn searched(place: &str, expression: &str) -> Option<Shown> {
    let (_, search) = expression.split_once("SEARCH('{")?;
    let (schema, rest) = search.split_once('}')?;
    let (namespace, dimensions) = schema.split_once(',')?;
    let (_, named) = rest.split_once("MetricName=\"")?;
    Some(Shown {
        place: place.to_owned(),
        namespace: namespace.to_owned(),
        metric: named.split_once('"')?.0.to_owned(),
        dimensions: dimensions.split(',').map(|name| (name.to_owned(), None)).collect(),
    })
}

/// The metrics that an alarm watches.
pub fn watched(alarm: &str, properties: &Value) -> Vec<Shown> {
    let of = |metric: &Value| {
        let dimensions = metric["Dimensions"].as_sequence().into_iter().flatten();
        let text = |value: &Value| plain(value).as_str().unwrap().to_owned();
        Shown {
            place: alarm.to_owned(),
            namespace: text(&metric["Namespace"]),
            metric: text(&metric["MetricName"]),
            dimensions: dimensions.map(|pair| (text(&pair["Name"]), Some(text(&pair["Value"])))).collect(),
        }
    };
    match properties["Metrics"].as_sequence() {
        None => vec![of(properties)],
        Some(queries) => {
            let metrics = queries.iter().filter_map(|query| query.get("MetricStat"));
            metrics.map(|stat| of(&stat["Metric"])).collect()
        }
    }
}
