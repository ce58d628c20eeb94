//! Sets the stage: the goods on the shelves, the suppliers at the desk and at the simulator, the rule by which orders go
//! to them.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::routing::Strategy;
use secrets::{SecretError, SecretName, Secrets};
use store::audit::Actor;
use store::routing::{Routing, RoutingWriteError};
use store::suppliers::SupplierWriteError;
use store::{Database, StoreError};
use suppliers::Secret;
use thiserror::Error;

use super::cast::{CREDENTIAL, CastError, Member};
use super::machine::{Machine, MachineError};
use super::roles::ROLES;
use super::scene::Scene;
use crate::import::category::Categories;
use crate::outputs::Outputs;
use crate::progress::Progress;
use crate::shelves::{self, NewProduct, ShelvesError};

/// Why the stage cannot be set.
#[derive(Debug, Error)]
pub enum StageError {
    /// A supplier cannot be made.
    #[error(transparent)]
    Cast(#[from] CastError),
    /// A supplier cannot be written.
    #[error(transparent)]
    Supplier(#[from] SupplierWriteError),
    /// A supplier's secret cannot be written.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The simulator.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// The rule by which orders go to suppliers cannot be written.
    #[error(transparent)]
    Routing(#[from] RoutingWriteError),
    /// The table of categories is broken.
    #[error("import-categories.toml: {0}")]
    Categories(#[from] toml::de::Error),
    /// The goods cannot be put on the shelves.
    #[error(transparent)]
    Shelves(#[from] ShelvesError),
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the five suppliers of a run.
pub async fn hire(
    machine: &Machine,
    database: &Database,
    secrets: &Secrets,
    outputs: &Outputs,
    simulator: &str,
    scene: &Scene,
    mark: &str,
) -> Result<Vec<Member>, StageError> {
    let mut cast = Vec::new();
    for role in &ROLES {
        let member = Member::new(role, simulator, mark, scene.sales)?;
        let id = member.supplier.id;
        if role.tokens {
            secrets.put(&SecretName::credential(id), &Secret::new(CREDENTIAL)).await?;
        }
        let signed = format!("whsec_{}", STANDARD.encode(rand::random::<[u8; 32]>()));
        let mut hears = None;
        if role.webhook {
            secrets.put(&SecretName::webhook(id), &Secret::new(signed.as_str())).await?;
            let api = outputs.api.trim_end_matches('/');
            hears = Some((format!("{api}/webhooks/suppliers/{id}"), signed.as_str()));
        }
        machine.turn(&member.address, &member.knobs(hears)).await?;
        database.create_supplier(&member.record()?, &actor()).await?;
        cast.push(member);
    }
    Ok(cast)
}

/// Puts the goods on the shelves, each with its suppliers' offers.
pub async fn furnish(
    database: &Database,
    scene: &Scene,
    cast: &[Member],
    progress: Progress,
) -> Result<(), StageError> {
    let mut products = Vec::new();
    for (sku, good) in &scene.goods {
        let offers =
            cast.iter().map(|member| member.offer(sku, good.price)).collect::<Result<Vec<_>, _>>()?;
        products.push(NewProduct {
            product: good.product.clone(),
            pieces: BTreeMap::from([(sku.clone(), good.pieces)]),
            thresholds: BTreeMap::new(),
            offers: offers.into_iter().flatten().collect(),
        });
    }
    shelves::fill(database, &Categories::load()?.nodes(), products, &actor(), progress).await?;
    Ok(())
}

/// Has suppliers drawn by lot for each order, so that each gets its share and an order is not torn into many parts.
pub async fn draw_lots(database: &Database) -> Result<(), StageError> {
    let before = database.routing().await?;
    let routing = Routing { default: Strategy::Weighted, ..before.value.clone() };
    if routing != before.value {
        database.update_routing(&before, routing, &actor()).await?;
    }
    Ok(())
}

fn actor() -> Actor {
    Actor::system("chaos")
}
