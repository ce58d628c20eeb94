//! What is written out reads back as no change, and what is changed in the file is all that changes.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;

use domain::product::{Category, Image, ProductFields, ProductOption, Seo};
use domain::{
    Brand, CategoryNode, CategoryTree, Currency, Money, Product, ProductId, ProductStatus, Sku, Slug, Variant,
};
use jiff::Timestamp;
use product_csv::{Setting, Sheet, header, rows};
use proptest::prelude::*;
use store::catalog::Names;

fn names() -> Names {
    let node = |slug: &str| CategoryNode {
        slug: Slug::parse(slug).unwrap(),
        title: slug.to_uppercase(),
        parent: None,
        position: 0,
        description: None,
    };
    let brand = Brand::named("Calder & Sons").unwrap();
    Names {
        tree: CategoryTree::new(["garden", "storage"].map(node)).unwrap(),
        brands: BTreeMap::from([(brand.slug.clone(), brand)]),
    }
}

fn setting(names: &Names) -> Setting<'_> {
    Setting { names, currency: Currency::Gbp, now: Timestamp::from_second(1_000).unwrap() }
}

/// Any text that a name may be: without white space around it.
fn text() -> impl Strategy<Value = String> {
    "[ -~é€\n'=@+\"]{0,20}[!-~é€]".prop_map(|text| text.trim().to_owned())
}

prop_compose! {
    fn product()(
        title in text(),
        description in "[ -~é\n\r\t'\"=]{0,60}",
        status in prop::sample::select(ProductStatus::ALL.to_vec()),
        has_brand in any::<bool>(),
        categories in 1..=2_usize,
        seo in prop::option::of(text()),
        option in prop::option::of(text()),
        prices in prop::collection::vec((1..100_000_i64, prop::option::of(1..500_i64)), 1..6),
    ) -> Product {
        let names = names();
        let count = if option.is_some() { prices.len() } else { 1 };
        let value = |n: usize| format!("-{n} mm");
        let variant = |(n, (price, above)): (usize, &(i64, Option<i64>))| Variant {
            sku: Sku::parse(&format!("SKU-{n}")).unwrap(),
            title: if n == 0 { String::new() } else { format!("Variant {n}") },
            options: option.iter().map(|name| (name.clone(), value(n))).collect(),
            price: Money::new(*price, Currency::Gbp),
            compare_at_price: above.map(|above| Money::new(price + above, Currency::Gbp)),
        };
        let choice = |name: &String| ProductOption { name: name.clone(), values: (0..count).map(value).collect() };
        let category = |node: &CategoryNode| Category { slug: node.slug.clone(), title: node.title.clone() };
        let slug = Slug::parse("gate-hook").unwrap();
        Product::new(ProductFields {
            description,
            status,
            brand: has_brand.then(|| names.brands.values().next().unwrap().clone()),
            categories: names.tree.in_order().into_iter().take(categories).map(category).collect(),
            seo: Seo { title: seo.clone(), description: seo },
            images: vec![Image::plain("/a.webp", "A hook")],
            options: option.iter().map(choice).collect(),
            variants: prices.iter().take(count).enumerate().map(variant).collect(),
            ..ProductFields::named(ProductId::generate(), slug, title, Timestamp::UNIX_EPOCH)
        })
        .unwrap()
    }
}

fn read(csv: &str) -> Sheet {
    Sheet::read(csv.as_bytes()).unwrap()
}

fn hook() -> Product {
    let names = names();
    let csv = "slug,title,status,categories,sku,price,option1,value1\n\
               gate-hook,Gate hook,active,garden,HOOK-1,3.99,Length,100 mm\n\
               gate-hook,,,,HOOK-2,4.99,Length,200 mm\n";
    read(csv).products[0].apply(None, setting(&names)).unwrap()
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_it_was(product in product()) {
        let names = names();
        let sheet = read(&format!("{}{}", header(), rows(&product)));
        prop_assert_eq!(&sheet.faults, &vec![]);
        prop_assert_eq!(sheet.products.len(), 1);
        let applied = sheet.products[0].apply(Some(&product), setting(&names));
        prop_assert_eq!(applied, Ok(product));
    }

    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), tail in "[a-z0-9,\"\n;.-]{0,80}") {
        let names = names();
        let file = [header().as_bytes(), tail.as_bytes(), &bytes].concat();
        if let Ok(sheet) = Sheet::read(&file) {
            for product in &sheet.products {
                if let Err(faults) = product.apply(None, setting(&names)) {
                    prop_assert!(!faults.is_empty());
                }
            }
        }
    }
}

#[test]
fn a_new_product_is_a_draft_unless_the_file_says_otherwise() {
    let names = names();
    let sheet = read("slug,title,categories,sku,price\nnail,Nail,garden;storage,N-1,0.10\n");
    let product = sheet.products[0].apply(None, setting(&names)).unwrap();
    assert_eq!(product.fields().status, ProductStatus::Draft);
    assert_eq!(product.fields().categories.len(), 2);
    assert_eq!(hook().fields().status, ProductStatus::Active);
    assert_eq!(hook().fields().options[0].values, ["100 mm", "200 mm"]);
}

#[test]
fn what_the_file_does_not_name_stays() {
    let (names, before) = (names(), hook());
    let sheet = read("slug,sku,price,compareAtPrice\ngate-hook,HOOK-2,4.50,5\ngate-hook,HOOK-1,3.99,\n");
    let after = sheet.products[0].apply(Some(&before), setting(&names)).unwrap();
    let mut expected = before.fields().clone();
    expected.variants[1].price = Money::new(450, Currency::Gbp);
    expected.variants[1].compare_at_price = Some(Money::new(500, Currency::Gbp));
    expected.updated_at = setting(&names).now;
    assert_eq!(after.fields(), &expected);
}

#[test]
fn every_fault_is_told_with_its_row_and_column() {
    let names = names();
    let faults = |csv: &str, before: Option<&Product>| {
        let faults = read(csv).products[0].apply(before, setting(&names)).unwrap_err();
        faults.into_iter().map(|fault| (fault.row, fault.column.unwrap_or_default())).collect::<Vec<_>>()
    };
    let at = |row: usize, column: &str| (row, column.to_owned());
    let csv = "slug,title,status,brand,categories,sku,price\nnail,Nail,sold,nobody,garden;attic,N/1,1.999\n";
    let expected = [at(2, "status"), at(2, "brand"), at(2, "categories"), at(2, "sku"), at(2, "price")];
    assert_eq!(faults(csv, None)[..5], expected);
    let csv = "slug,title,sku,price,categories\nnail,,N-1,1,garden\n";
    assert_eq!(faults(csv, None), [at(2, "title")]);
    let csv = "slug,sku,price,compareAtPrice\ngate-hook,HOOK-1,3.99,\ngate-hook,HOOK-2,4.99,4.99\n";
    assert_eq!(faults(csv, Some(&hook())), [at(3, "compareAtPrice")]);
    let csv = "slug,sku,price,option1,value1\ngate-hook,HOOK-3,3.99,Length,\n";
    assert!(faults(csv, Some(&hook())).contains(&at(2, "value1")));
    let csv = "slug,sku,price,option1,value1\ngate-hook,HOOK-3,3.99,Length,100 mm\n";
    assert_eq!(faults(csv, Some(&hook())), [at(2, "value1")]);
}
