use super::*;
use crate::money::Currency;

fn variant(sku: &str, length: &str, amount: i64) -> Variant {
    Variant {
        sku: Sku::parse(sku).unwrap(),
        title: length.into(),
        options: BTreeMap::from([("Length".into(), length.into())]),
        price: Money::new(amount, Currency::Gbp),
        compare_at_price: None,
    }
}

fn hook() -> ProductFields {
    let slug = Slug::parse("gate-hook").unwrap();
    ProductFields {
        brand: Some(Brand::named("Calder").unwrap()),
        categories: vec![Category { slug: Slug::parse("garden").unwrap(), title: "Garden".into() }],
        images: vec![Image::plain("/media/hook.webp", "A hook")],
        options: vec![ProductOption {
            name: "Length".into(),
            values: vec!["100 mm".into(), "200 mm".into()],
        }],
        variants: vec![variant("HOOK-100", "100 mm", 450), variant("HOOK-200", "200 mm", 399)],
        ..ProductFields::named(ProductId::generate(), slug, "Gate hook", Timestamp::UNIX_EPOCH)
    }
}

#[test]
fn a_product_is_listed_at_its_lowest_price() {
    let product = Product::new(hook()).unwrap();
    assert_eq!(product.price_from(), Money::new(399, Currency::Gbp));
    assert_eq!(product.cheapest().unwrap().sku.as_str(), "HOOK-200");
    assert!(product.variant(&Sku::parse("HOOK-100").unwrap()).is_some());
}

/// One change that breaks a rule, where it breaks it, and which.
type Breach = (fn(&mut ProductFields), &'static str, ProductError);

#[test]
fn what_breaks_a_rule_is_no_product_and_says_where() {
    let sku = |text| Sku::parse(text).unwrap();
    let gbp = |amount| Money::new(amount, Currency::Gbp);
    let category = |n: usize| Category { slug: Slug::parse(&format!("c{n}")).unwrap(), title: "C".into() };
    let breaches: Vec<Breach> = vec![
        (|f| f.title.clear(), "/title", ProductError::Title),
        (|f| f.title = " ".into(), "/title", ProductError::Title),
        (|f| f.title = "x".repeat(Product::MAX_TITLE + 1), "/title", ProductError::Title),
        (
            |f| f.description = "x".repeat(Product::MAX_DESCRIPTION + 1),
            "/description",
            ProductError::Description,
        ),
        (|f| f.categories.push(f.categories[0].clone()), "/categories", ProductError::Categories),
        (|f| f.categories.clear(), "/categories", ProductError::Categories),
        (|f| f.seo.title = Some(String::new()), "/seo/title", ProductError::SeoTitle),
        (|f| f.seo.title = Some("x".repeat(Seo::MAX_TITLE + 1)), "/seo/title", ProductError::SeoTitle),
        (
            |f| f.seo.description = Some("x".repeat(Seo::MAX_DESCRIPTION + 1)),
            "/seo/description",
            ProductError::SeoDescription,
        ),
        (|f| f.images.push(f.images[0].clone()), "/images", ProductError::Images),
        (|f| f.images[0].alt.clear(), "/images/0/alt", ProductError::Alt),
        (|f| f.images[0].alt = "x".repeat(Image::MAX_ALT + 1), "/images/0/alt", ProductError::Alt),
        (|f| f.options[0].values.push("100 mm".into()), "/options", ProductError::OptionNames),
        (|f| f.variants.clear(), "/variants", ProductError::VariantCount),
        (
            |f| f.variants[1].title = "x".repeat(Product::MAX_TITLE + 1),
            "/variants/1/title",
            ProductError::VariantTitle(sku("HOOK-200")),
        ),
        (
            |f| f.variants[1].sku = f.variants[0].sku.clone(),
            "/variants/1/sku",
            ProductError::DuplicateSku(sku("HOOK-100")),
        ),
        (
            |f| f.variants[1].options = f.variants[0].options.clone(),
            "/variants/1/options",
            ProductError::Options(sku("HOOK-200")),
        ),
        (|f| f.options.clear(), "/variants/0/options", ProductError::Options(sku("HOOK-100"))),
        (
            |f| f.variants[1].price = Money::new(1, Currency::Eur),
            "/variants/1/price",
            ProductError::Price(sku("HOOK-200")),
        ),
        (
            |f| f.variants[0].price = Money::new(-1, Currency::Gbp),
            "/variants/0/price",
            ProductError::Price(sku("HOOK-100")),
        ),
        (
            |f| f.variants[0].price = Money::new(Product::MAX_PRICE + 1, Currency::Gbp),
            "/variants/0/price",
            ProductError::Price(sku("HOOK-100")),
        ),
        (
            |f| f.variants[1].compare_at_price = Some(f.variants[1].price),
            "/variants/1/compareAtPrice",
            ProductError::CompareAtPrice(sku("HOOK-200")),
        ),
    ];
    for (breach, pointer, error) in breaches {
        let mut fields = hook();
        breach(&mut fields);
        let faults = fields.faults();
        let found = faults.iter().any(|fault| fault.pointer == pointer && fault.error == error);
        assert!(found, "{pointer}: {faults:?}");
        assert_eq!(Product::new(fields).unwrap_err(), faults[0].error);
    }
    let mut most = hook();
    most.categories = (0..Product::MAX_CATEGORIES).map(category).collect();
    most.variants[1].compare_at_price = Some(gbp(400));
    assert_eq!(most.faults(), []);
    most.categories.push(category(Product::MAX_CATEGORIES));
    assert_eq!(Product::new(most), Err(ProductError::Categories));
}

#[test]
fn the_numbers_of_things_are_limited() {
    let many = |variants: usize, images: usize, options: usize| {
        let mut fields = hook();
        let values: Vec<_> = (0..variants).map(|n| format!("{n} mm")).collect();
        fields.variants = values.iter().map(|value| variant(&value.replace(' ', "-"), value, 100)).collect();
        fields.options = vec![ProductOption { name: "Length".into(), values }];
        for n in 1..options {
            fields.options.push(ProductOption { name: format!("O{n}"), values: vec!["v".into()] });
            fields.variants.iter_mut().for_each(|v| drop(v.options.insert(format!("O{n}"), "v".into())));
        }
        fields.images = (0..images).map(|n| Image::plain(format!("/{n}"), "A hook")).collect();
        Product::new(fields).err()
    };
    assert_eq!(many(Product::MAX_VARIANTS, Product::MAX_IMAGES, Product::MAX_OPTIONS), None);
    assert_eq!(many(Product::MAX_VARIANTS + 1, 0, 1), Some(ProductError::VariantCount));
    assert_eq!(many(1, Product::MAX_IMAGES + 1, 1), Some(ProductError::Images));
    assert_eq!(many(1, 0, Product::MAX_OPTIONS + 1), Some(ProductError::OptionNames));
}

#[test]
fn a_status_has_the_name_it_is_stored_under() {
    for status in ProductStatus::ALL {
        assert_eq!(ProductStatus::parse(status.name()), Some(status));
        assert_eq!(serde_json::to_value(status).unwrap(), status.name());
    }
    assert_eq!(ProductStatus::parse("Active"), None);
}
