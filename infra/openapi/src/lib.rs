//! The OpenAPI document of all routes: put together from the functions' own routes, so that a route which is served is a
//! route which is documented.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, Info, License, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use web::auth::{PARTNER_KEY, SIGN_IN};

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let mut info = Info::new("Ironmonger", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "A shop with its own fulfilment desk. Money is in integer minor units; errors are problem details (RFC 9457); \
         lists are paged by opaque cursors; writes that must not happen twice take an `Idempotency-Key`. \
         Every answer names its trace (`x-trace-id`), which is the client's where it sends one (`traceparent`)."
            .into(),
    );
    let mut license = License::new("Apache-2.0");
    license.identifier = Some("Apache-2.0".into());
    info.license = Some(license);
    let components = ComponentsBuilder::new()
        .security_scheme(
            SIGN_IN,
            bearer("JWT", "The ID token that the user directory gave at sign-in. What `x-access` says about a route: \
                `signed-in` is whoever is signed in, `operator` and `admin` are groups of staff, and admins may do what \
                operators may."),
        )
        .security_scheme(
            PARTNER_KEY,
            bearer("imk_<id>_<secret>", "A partner's key, made in the console. `x-access` of a route says which scope it \
                has to have."),
        )
        .schemas_from_iter(notify::catalogue::components())
        .build();
    let mut document = OpenApiBuilder::new()
        .info(info)
        .components(Some(components))
        .webhooks(Some(notify::catalogue::webhooks()))
        .build();
    for routes in
        [shop(), customers(), console(), operations(), fulfilment(), suppliers(), partners(), webhooks()]
            .into_iter()
            .flatten()
    {
        document.merge(routes);
    }
    document
}

fn bearer(format: &str, description: &str) -> SecurityScheme {
    let http = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format(format);
    SecurityScheme::Http(http.description(Some(description)).build())
}

/// What everybody may use.
fn shop() -> Vec<OpenApi> {
    vec![
        api(catalog::list_products::routes()),
        api(catalog::get_product::routes()),
        api(catalog::list_categories::routes()),
        api(catalog::list_reviews::routes()),
        api(search_functions::search::routes()),
        api(cart::create_cart::routes()),
        api(cart::get_cart::routes()),
        api(cart::put_cart_item::routes()),
        api(cart::delete_cart_item::routes()),
        api(orders::place_order::routes()),
        api(orders::get_order::routes()),
        api(orders::pay_order::routes()),
    ]
}

/// What belongs to whoever is signed in.
fn customers() -> Vec<OpenApi> {
    vec![
        api(customers::get_me::routes()),
        api(customers::update_me::routes()),
        api(customers::export_me::routes()),
        api(customers::delete_me::routes()),
        api(customers::list_addresses::routes()),
        api(customers::create_address::routes()),
        api(customers::update_address::routes()),
        api(customers::delete_address::routes()),
        api(customers::list_my_orders::routes()),
        api(customers::get_my_order::routes()),
        api(customers::place_my_order::routes()),
        api(customers::pay_my_order::routes()),
        api(customers::claim_orders::routes()),
        api(customers::get_my_cart::routes()),
        api(customers::merge_cart::routes()),
        api(customers::list_my_reviews::routes()),
        api(customers::get_my_review::routes()),
        api(customers::put_my_review::routes()),
        api(customers::delete_my_review::routes()),
    ]
}

/// What staff use.
fn console() -> Vec<OpenApi> {
    vec![
        api(console::list_console_products::routes()),
        api(console::create_product_import::routes()),
        api(console::list_product_imports::routes()),
        api(console::get_product_import::routes()),
        api(console::export_products::routes()),
        api(console::create_product::routes()),
        api(console::get_console_product::routes()),
        api(console::update_product::routes()),
        api(console::bulk_edit_products::routes()),
        api(console::list_console_categories::routes()),
        api(console::create_category::routes()),
        api(console::update_category::routes()),
        api(console::delete_category::routes()),
        api(console::list_brands::routes()),
        api(console::create_brand::routes()),
        api(console::update_brand::routes()),
        api(console::delete_brand::routes()),
        api(console::list_stock::routes()),
        api(console::get_stock::routes()),
        api(console::adjust_stock::routes()),
        api(console::list_stock_history::routes()),
        api(console::set_stock_threshold::routes()),
        api(console::get_synonyms::routes()),
        api(console::put_synonyms::routes()),
        api(console::list_customers::routes()),
        api(console::get_customer::routes()),
        api(console::list_staff::routes()),
        api(console::add_staff::routes()),
        api(console::update_staff::routes()),
        api(console::remove_staff::routes()),
        api(console::list_partner_keys::routes()),
        api(console::create_partner_key::routes()),
        api(console::revoke_partner_key::routes()),
        api(console::list_audit::routes()),
        api(console::create_image_upload::routes()),
        api(console::get_image_upload::routes()),
        api(console::list_console_reviews::routes()),
        api(console::get_console_review::routes()),
        api(console::moderate_review::routes()),
    ]
}

/// What staff use who keep the shop going.
fn operations() -> Vec<OpenApi> {
    vec![
        api(operations::list_schedules::routes()),
        api(operations::update_schedule::routes()),
        api(operations::run_schedule::routes()),
        api(operations::list_runs::routes()),
        api(operations::list_queues::routes()),
        api(operations::peek_queue::routes()),
        api(operations::redrive_queue::routes()),
        api(operations::discard_messages::routes()),
    ]
}

/// What staff run the fulfilment desk with.
fn fulfilment() -> Vec<OpenApi> {
    vec![
        api(desk::list_adapters::routes()),
        api(desk::preview_adapter::routes()),
        api(desk::list_suppliers::routes()),
        api(desk::create_supplier::routes()),
        api(desk::get_supplier::routes()),
        api(desk::update_supplier::routes()),
        api(desk::delete_supplier::routes()),
        api(desk::set_supplier_status::routes()),
        api(desk::put_supplier_secret::routes()),
        api(desk::delete_supplier_secret::routes()),
        api(desk::test_supplier::routes()),
        api(desk::list_offers::routes()),
        api(desk::put_offer::routes()),
        api(desk::delete_offer::routes()),
        api(desk::import_offers::routes()),
        api(desk::export_offers::routes()),
        api(desk::get_routing::routes()),
        api(desk::put_routing::routes()),
        api(desk::simulate_routing::routes()),
        api(desk::get_supplier_health::routes()),
        api(desk::compare_suppliers::routes()),
        api(desk::tasks::list_tasks::routes()),
        api(desk::tasks::get_task::routes()),
        api(desk::tasks::complete_task::routes()),
        api(desk::tasks::refuse_task::routes()),
        api(desk::paced::list_paced_orders::routes()),
        api(desk::paced::create_paced_order::routes()),
        api(desk::paced::preview_paced_order::routes()),
        api(desk::paced::get_paced_order::routes()),
        api(desk::paced::set_paced_order_status::routes()),
        api(desk::orders::list_attention::routes()),
        api(desk::orders::get_desk_order::routes()),
        api(desk::orders::retry_order::routes()),
        api(desk::orders::assign_order::routes()),
        api(desk::orders::fulfil_by_hand::routes()),
        api(desk::orders::cancel_order::routes()),
        api(desk::orders::settle_refund::routes()),
    ]
}

/// What suppliers call, who show who they are by their signature.
fn suppliers() -> Vec<OpenApi> {
    vec![api(desk::receive_supplier_event::routes())]
}

/// What partners' programs use.
fn partners() -> Vec<OpenApi> {
    vec![
        api(partner::get_partner_key::routes()),
        api(partner::receive_partner_orders::routes()),
        api(partner::list_partner_orders::routes()),
        api(partner::get_partner_order::routes()),
        api(partner::callback::get_callback::routes()),
        api(partner::callback::put_callback::routes()),
        api(partner::callback::delete_callback::routes()),
        api(partner::callback::renew_secret::routes()),
        api(partner::callback::test_callback::routes()),
        api(partner::callback::list_deliveries::routes()),
    ]
}

/// What admins use to have programs told what happens.
fn webhooks() -> Vec<OpenApi> {
    vec![
        api(notify::list_webhook_event_types::routes()),
        api(notify::list_webhooks::routes()),
        api(notify::create_webhook::routes()),
        api(notify::get_webhook::routes()),
        api(notify::update_webhook::routes()),
        api(notify::delete_webhook::routes()),
        api(notify::set_webhook_status::routes()),
        api(notify::renew_webhook_secret::routes()),
        api(notify::test_webhook::routes()),
        api(notify::list_webhook_deliveries::routes()),
        api(notify::get_webhook_delivery::routes()),
        api(notify::replay_webhook_delivery::routes()),
        api(notify::recover_webhook_deliveries::routes()),
    ]
}

fn api<S: Clone + Send + Sync + 'static>(routes: OpenApiRouter<S>) -> OpenApi {
    routes.into_openapi()
}
