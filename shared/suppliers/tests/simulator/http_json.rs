//! `http-json`, with the configuration that ships with the simulator.

use serde_json::{Value, json};
use suppliers::AdapterKind;

use crate::{
    conformance,
    peer::{Dialect, Simulated, configured},
};

const CONFIG: &str = include_str!("../../../../infra/supplier-sim/http-json.json");

fn config(base: &str) -> Value {
    configured(CONFIG, base)
}

fn dialect() -> Dialect {
    Dialect {
        kind: AdapterKind::HttpJson,
        config,
        orders_of_a_task: 1,
        credential: None,
        knobs: json!({}),
        has_tokens: false,
    }
}

mod looks_up_first {
    use super::{Simulated, conformance, dialect};

    async fn start() -> Simulated {
        Simulated::start(dialect()).await
    }

    crate::conformance_tests!(start);
}

mod idempotent {
    use super::{Dialect, Simulated, config, conformance, dialect, json};

    async fn start() -> Simulated {
        let config = |base: &str| {
            let mut config = config(base);
            config["placesIdempotently"] = json!(true);
            config
        };
        Simulated::start(Dialect { config, knobs: json!({"honoursIdempotency": true}), ..dialect() }).await
    }

    crate::conformance_tests!(start);
}

mod with_tokens {
    use super::{Dialect, Simulated, config, conformance, dialect, json};

    async fn start() -> Simulated {
        let config = |base: &str| {
            let mut config = config(base);
            config["auth"] =
                json!({"kind": "oauth", "tokenUrl": format!("{base}/oauth/token"), "clientId": "shop"});
            config
        };
        let knobs = json!({"requiresToken": true, "credentials": ["s3cret"]});
        let dialect = Dialect { config, credential: Some("s3cret"), knobs, has_tokens: true, ..dialect() };
        Simulated::start(dialect).await
    }

    crate::conformance_tests!(start);
}
