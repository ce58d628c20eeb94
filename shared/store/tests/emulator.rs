//! The store against real tables: run by `make test-stack`, which names them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

#[path = "../../domain/tests/support/mod.rs"]
mod support;

mod stack;

use std::collections::BTreeMap;

use domain::product::{Category, ProductFields};
use domain::{
    Cart, CategoryNode, CategoryTree, Currency, Money, Order, OrderEventType, Product, ProductId, Quantity,
    Sku, Slug, Stock, Variant,
};
use jiff::Timestamp;
use store::audit::Actor;
use store::catalog::ProductWriteError;
use store::idempotency::IdempotencyKey;
use store::orders::{AccessRecord, Reservation, Shortage, shortages};
use store::{CommitError, Database, Subject, Versioned};

use stack::database;

fn shelf(title: &str) -> Category {
    Category { slug: Slug::from_title(title).unwrap(), title: title.into() }
}

fn actor() -> Actor {
    Actor::system("store-tests")
}

/// The tree of categories, in which those of the product stand by now.
async fn tree(database: &Database, product: &Product) -> CategoryTree {
    let node = |Category { slug, title }: Category| CategoryNode {
        slug,
        title,
        parent: None,
        position: 0,
        description: None,
    };
    let nodes: Vec<_> = product.fields().categories.iter().cloned().map(node).collect();
    database.ensure_categories(&nodes, &actor()).await.unwrap().tree
}

async fn create(database: &Database, product: &Product, pieces: u64) -> Result<(), ProductWriteError> {
    let skus = product.fields().variants.iter().map(|variant| variant.sku.clone());
    let shelf: BTreeMap<_, _> = skus.map(|sku| (sku, pieces)).collect();
    database.create_product(product, &shelf, &tree(database, product).await, &actor()).await
}

fn product() -> Product {
    let id = ProductId::generate();
    let mark = id.ulid().to_string();
    Product::new(ProductFields {
        categories: vec![shelf("store-tests")],
        variants: vec![Variant {
            sku: Sku::parse(&mark).unwrap(),
            title: String::new(),
            options: BTreeMap::new(),
            price: Money::new(199, Currency::Gbp),
            compare_at_price: None,
        }],
        ..ProductFields::named(id, Slug::from_title(&mark).unwrap(), mark.clone(), Timestamp::now())
    })
    .unwrap()
}

async fn shelved(database: &Database, pieces: u64) -> (ProductId, Sku) {
    let product = product();
    let sku = product.fields().variants[0].sku.clone();
    create(database, &product, pieces).await.unwrap();
    (product.fields().id, sku)
}

fn order(product_id: ProductId, sku: &Sku, quantities: &[i64]) -> Order {
    let lines =
        quantities.iter().map(|quantity| support::line(product_id, sku.as_str(), *quantity)).collect();
    support::order_of("ada@example.org", lines, Timestamp::now())
}

fn access() -> AccessRecord {
    AccessRecord { salt: "salt".into(), token_hash: "hash".into() }
}

async fn place(database: &Database, order: &Order, key: &str) -> Result<(), CommitError> {
    let cart = database.create_cart(Cart::new(Timestamp::now())).await.unwrap();
    let key = IdempotencyKey::new("store-tests", key, &"request").unwrap();
    let mut transaction = database.transaction();
    for ((product_id, sku), pieces) in order.quantities().unwrap() {
        transaction.reserve_stock(product_id, &sku, pieces)?;
    }
    transaction
        .create_order(order, Some(&access()))?
        .add_event(order, OrderEventType::OrderPlaced, Timestamp::now(), "test")?
        .record_idempotency(&key, order.id(), None, Timestamp::now())?
        .remove_cart(&cart)?
        .commit()
        .await
}

async fn stock(database: &Database, id: ProductId, sku: &Sku) -> Stock {
    database.product(id).await.unwrap().unwrap().stock[sku]
}

#[tokio::test]
async fn two_lines_of_one_sku_are_checked_together() {
    let database = database().await;
    let (id, sku) = shelved(&database, 5).await;
    let too_many = order(id, &sku, &[3, 3]);
    let Err(CommitError::Refused(refusals)) = place(&database, &too_many, &sku.to_string()).await else {
        panic!("six of five were sold");
    };
    assert_eq!(shortages(&refusals), [Shortage { sku: sku.clone(), requested: 6, available: 5 }]);
    assert_eq!(database.order(too_many.id()).await.unwrap(), None);
    assert_eq!(stock(&database, id, &sku).await, Stock::fresh(5));
    place(&database, &order(id, &sku, &[3, 2]), &sku.to_string()).await.unwrap();
    assert_eq!(stock(&database, id, &sku).await, Stock { available: 0, reserved: 5, sold: 0 });
}

#[tokio::test]
async fn a_refused_order_leaves_nothing_behind() {
    let database = database().await;
    let (id, sku) = shelved(&database, 5).await;
    let first = order(id, &sku, &[1]);
    place(&database, &first, &sku.to_string()).await.unwrap();
    let second = order(id, &sku, &[1]);
    let error = place(&database, &second, &sku.to_string()).await.unwrap_err();
    assert!(error.refused(&Subject::Idempotency), "{error}");
    assert_eq!(stock(&database, id, &sku).await, Stock { available: 4, reserved: 1, sold: 0 });
    assert_eq!(database.order_page(second.id()).await.unwrap(), None);
}

#[tokio::test]
async fn of_two_writers_one_loses() {
    let database = database().await;
    let (id, sku) = shelved(&database, 5).await;
    let placed = order(id, &sku, &[2]);
    place(&database, &placed, &sku.to_string()).await.unwrap();
    let read = database.order(placed.id()).await.unwrap().unwrap();
    database.transaction().update_order(&read).unwrap().commit().await.unwrap();
    let error = database.transaction().update_order(&read).unwrap().commit().await.unwrap_err();
    assert!(error.refused(&Subject::Order), "{error}");
    let again = database.order(placed.id()).await.unwrap().unwrap();
    assert_eq!(again, Versioned { version: read.version + 1, ..read });
}

#[tokio::test]
async fn stock_moves_and_never_vanishes() {
    let database = database().await;
    let (id, sku) = shelved(&database, 9).await;
    let pieces = |n| Quantity::parse(n).unwrap();
    let step = async |how| {
        let mut transaction = database.transaction();
        transaction.end_reservation(id, &sku, pieces(2), how).unwrap().commit().await
    };
    database.transaction().reserve_stock(id, &sku, pieces(4)).unwrap().commit().await.unwrap();
    step(Reservation::Sell).await.unwrap();
    assert_eq!(stock(&database, id, &sku).await, Stock { available: 5, reserved: 2, sold: 2 });
    step(Reservation::Release).await.unwrap();
    assert_eq!(stock(&database, id, &sku).await, Stock { available: 7, reserved: 0, sold: 2 });
    assert!(
        matches!(step(Reservation::Sell).await, Err(CommitError::Refused(_))),
        "nothing is reserved any more"
    );
    assert_eq!(stock(&database, id, &sku).await.total(), 9);
}

#[tokio::test]
async fn slugs_and_skus_are_taken_once() {
    let database = database().await;
    let product = product();
    create(&database, &product, 0).await.unwrap();
    let mut other = ProductFields::from(product.clone());
    other.id = ProductId::generate();
    other.variants[0].sku = Sku::parse(&other.id.ulid().to_string()).unwrap();
    let taken = create(&database, &Product::new(other.clone()).unwrap(), 0).await;
    assert!(matches!(taken, Err(ProductWriteError::SlugTaken(slug)) if slug == product.fields().slug));
    other.slug = Slug::from_title(&other.id.ulid().to_string()).unwrap();
    other.variants[0].sku = product.fields().variants[0].sku.clone();
    let taken = create(&database, &Product::new(other.clone()).unwrap(), 0).await;
    assert!(
        matches!(taken, Err(ProductWriteError::SkuTaken { sku, by }) if sku == product.fields().variants[0].sku && by == Some(product.fields().id))
    );
    assert_eq!(database.product(other.id).await.unwrap(), None);
}

#[tokio::test]
async fn a_listing_is_paged_without_gaps_or_repeats() {
    let database = database().await;
    let category = shelf(&ProductId::generate().to_string());
    let mut ids = Vec::new();
    for n in 0..7 {
        let mut fields = ProductFields::from(product());
        fields.categories = vec![category.clone()];
        fields.title = format!("Title {}", n % 3);
        ids.push(fields.id);
        create(&database, &Product::new(fields).unwrap(), 0).await.unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = database.listing(Some(&category.slug), after.as_ref(), 3).await.unwrap();
        assert!(page.entries.len() <= 3);
        seen.extend(page.entries.into_iter().map(|listed| (listed.entry.title, listed.entry.id)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert!(seen.is_sorted());
    let mut found: Vec<_> = seen.into_iter().map(|(_, id)| id).collect();
    found.sort();
    ids.sort();
    assert_eq!(found, ids);
}

#[tokio::test]
async fn products_of_more_skus_than_one_batch_are_all_read() {
    let database = database().await;
    let mut wanted = Vec::new();
    for _ in 0..60 {
        wanted.push(shelved(&database, 1).await);
    }
    let found = database.products(wanted.iter().map(|(id, sku)| (*id, sku))).await.unwrap();
    assert_eq!(found.len(), 60);
    assert!(wanted.iter().all(|(id, sku)| found[id].stock[sku] == Stock::fresh(1)));
}
