//! The OpenAPI document of all routes: put together from the functions' own routes, so that a route which is served is a
//! route which is documented.

use utoipa::openapi::{Info, License, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let mut info = Info::new("Ironmonger", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "A shop with its own fulfilment desk. Money is in integer minor units; errors are problem details (RFC 9457); \
         lists are paged by opaque cursors; writes that must not happen twice take an `Idempotency-Key`."
            .into(),
    );
    let mut license = License::new("Apache-2.0");
    license.identifier = Some("Apache-2.0".into());
    info.license = Some(license);
    let mut document = OpenApiBuilder::new().info(info).build();
    for routes in [
        api(catalog::list_products::routes()),
        api(catalog::get_product::routes()),
        api(catalog::list_categories::routes()),
        api(cart::create_cart::routes()),
        api(cart::get_cart::routes()),
        api(cart::put_cart_item::routes()),
        api(cart::delete_cart_item::routes()),
        api(orders::place_order::routes()),
        api(orders::get_order::routes()),
        api(orders::pay_order::routes()),
    ] {
        document.merge(routes);
    }
    document
}

fn api<S: Clone + Send + Sync + 'static>(routes: OpenApiRouter<S>) -> OpenApi {
    routes.into_openapi()
}
