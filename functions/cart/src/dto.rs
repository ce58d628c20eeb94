//! The cart as the API shows it.

use domain::{Cart, CartId, CartLine, Currency, Money, ProductId, Sku, Slug};
use jiff::Timestamp;
use serde::Serialize;
use store::{Database, Versioned};
use utoipa::ToSchema;
use web::dto::ImageDto;
use web::{MoneyDto, Problem};

/// A cart, with prices and availability as of now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Cart)]
pub struct CartDto {
    /// The cart's id, which is all one needs to see and change it.
    #[schema(value_type = String, example = "crt_01JD0000000000000000000000")]
    id: CartId,
    /// Counts the changes.
    version: u64,
    /// What is in it.
    items: Vec<CartItemDto>,
    /// The sum of all lines.
    subtotal: MoneyDto,
    /// When it is forgotten, if nobody changes it until then.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// One line of a cart.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CartItem)]
pub struct CartItemDto {
    /// What is wanted.
    #[schema(value_type = String)]
    sku: Sku,
    /// The product it is a variant of.
    #[schema(value_type = String)]
    product_id: ProductId,
    /// The product's address.
    #[schema(value_type = String)]
    slug: Slug,
    /// The product's name.
    title: String,
    /// The variant's name; empty where the product has just one.
    variant_title: String,
    /// The product's first picture.
    image: Option<ImageDto>,
    /// The price of one piece.
    unit_price: MoneyDto,
    /// How many are wanted.
    quantity: u32,
    /// The price of the whole line.
    line_total: MoneyDto,
    /// How many can be bought now: none of what has been taken off sale.
    available: u64,
}

impl CartDto {
    /// The cart with its products looked up. A variant that there is no more is not shown.
    pub async fn priced(
        database: &Database,
        currency: Currency,
        cart: &Versioned<Cart>,
    ) -> Result<Self, Problem> {
        let lines = &cart.value.lines;
        let wanted = lines.iter().map(|line| (line.product_id, &line.sku));
        let products = database.products(wanted).await.map_err(Problem::internal)?;
        let mut items = Vec::with_capacity(lines.len());
        let mut subtotal = Money::zero(currency);
        for line in lines {
            let Some(stocked) = products.get(&line.product_id) else {
                continue;
            };
            let Some(variant) = stocked.product.variant(&line.sku) else {
                continue;
            };
            let on_sale = stocked.product.is_active();
            let stock = stocked.stock.get(&line.sku).filter(|_| on_sale);
            let available = stock.map_or(0, |stock| stock.available);
            let total = variant.price.times(line.quantity).map_err(Problem::internal)?;
            subtotal = subtotal.plus(total).map_err(Problem::internal)?;
            items.push(item(line, stocked.product.fields(), variant, total, available));
        }
        Ok(Self {
            id: cart.value.id,
            version: cart.version,
            items,
            subtotal: subtotal.into(),
            expires_at: cart.value.expires_at,
        })
    }
}

fn item(
    line: &CartLine,
    product: &domain::product::ProductFields,
    variant: &domain::Variant,
    total: Money,
    available: u64,
) -> CartItemDto {
    CartItemDto {
        sku: line.sku.clone(),
        product_id: line.product_id,
        slug: product.slug.clone(),
        title: product.title.clone(),
        variant_title: variant.title.clone(),
        image: product.images.first().cloned().map(Into::into),
        unit_price: variant.price.into(),
        quantity: line.quantity.get(),
        line_total: total.into(),
        available,
    }
}
