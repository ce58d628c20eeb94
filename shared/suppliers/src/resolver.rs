//! Names become addresses here, and only here, so that what was checked is what is connected to.

use std::{future::Future, io, net::SocketAddr, pin::Pin, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use crate::{egress::Egress, public::is_public};

/// A name that leads to an address that is not public.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{name} leads to {address}, which is no public address")]
pub(crate) struct LeadsInside {
    name: String,
    address: String,
}

type Addresses = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// How a name is looked up; tests bring their own.
pub(crate) type Lookup = fn(String) -> Addresses;

/// As the system looks names up.
pub(crate) fn system(name: String) -> Addresses {
    // The port is put in by the client.
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

/// Looks names up and refuses those that lead to an address that is not public.
pub(crate) struct Resolver {
    egress: Arc<Egress>,
    lookup: Lookup,
}

impl Resolver {
    pub fn new(egress: Arc<Egress>, lookup: Lookup) -> Self {
        Self { egress, lookup }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let literal = self.egress.is_literal(&name);
        let found = (self.lookup)(name.clone());
        Box::pin(async move {
            let addresses = found.await?;
            // One address inside among public ones is an attack or a mistake; neither is to be guessed around.
            if !literal && let Some(inside) = addresses.iter().find(|address| !is_public(address.ip())) {
                return Err(LeadsInside { name, address: inside.ip().to_string() }.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fake(name: String) -> Addresses {
        let addresses: &[&str] = match name.as_str() {
            "public.example" => &["93.184.215.14:0", "[2606:2800::1]:0"],
            "metadata.example" => &["169.254.169.254:0"],
            "mixed.example" => &["93.184.215.14:0", "10.0.0.1:0"],
            "mapped.example" => &["[::ffff:127.0.0.1]:0"],
            "sim.internal" => &["10.0.0.7:0"],
            _ => &[],
        };
        let addresses = addresses.iter().map(|address| address.parse().unwrap()).collect();
        Box::pin(async move { Ok(addresses) })
    }

    async fn resolve(name: &str) -> Result<usize, String> {
        let egress = Egress::parse("*, http://sim.internal:4590").unwrap();
        let resolver = Resolver::new(Arc::new(egress), fake);
        let found = resolver.resolve(name.parse().unwrap()).await;
        found.map(Iterator::count).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_name_cannot_lead_inside() {
        assert_eq!(resolve("public.example").await, Ok(2));
        assert_eq!(resolve("sim.internal").await, Ok(1), "listed with scheme and port");
        for (name, address) in [
            ("metadata.example", "169.254.169.254"),
            ("mixed.example", "10.0.0.1"),
            ("mapped.example", "::ffff:127.0.0.1"),
        ] {
            let refused = resolve(name).await.unwrap_err();
            assert_eq!(refused, format!("{name} leads to {address}, which is no public address"));
        }
    }
}
