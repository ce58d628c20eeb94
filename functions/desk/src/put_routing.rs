//! `PUT /api/console/fulfilment/routing`: says by which strategy suppliers are chosen.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::Group;
use store::Database;
use store::routing::RoutingWriteError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::routing::{self, RoutingDto, RoutingInput};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(put_routing)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/routing",
    tag = "fulfilment: routing",
    params(("If-Match" = String, Header, description = "The `ETag` of what was read")),
    request_body = RoutingInput,
    responses(
        (status = 200, description = "The strategies, by which every further order is planned", body = RoutingDto),
        (status = 400, description = "The header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed them; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_routing(
    State(database): State<Database>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<RoutingInput>,
) -> Result<Response, Problem> {
    let wanted = input.parse()?;
    let before = database.routing().await.map_err(Problem::internal)?;
    if before.version != version {
        return Err(Problem::outdated(&routing::view(&database, before).await?));
    }
    if before.value == wanted {
        return Ok(tagged(version, Json(routing::view(&database, before).await?)));
    }
    match database.update_routing(&before, wanted, &actor(&person)).await {
        Ok(after) => Ok(tagged(after.version, Json(routing::view(&database, after).await?))),
        Err(RoutingWriteError::Outdated) => {
            let current = database.routing().await.map_err(Problem::internal)?;
            Err(Problem::outdated(&routing::view(&database, current).await?))
        }
        Err(RoutingWriteError::Store(error)) => Err(Problem::internal(error)),
    }
}
