//! A product as an editor sends it, and how it becomes one.

use std::collections::BTreeMap;

use domain::brand::Brand;
use domain::product::{Category, Image, ProductFields, ProductOption, Seo};
use domain::{CategoryTree, Currency, Money, Product, ProductId, Sku, Slug, Variant};
use jiff::Timestamp;
use serde::Deserialize;
use store::catalog::Names;
use utoipa::ToSchema;
use web::{Fields, MoneyDto, Problem};

use crate::category::description;
use crate::product::{OptionDto, SeoDto, StatusDto};

/// A product as an editor wants it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductInput {
    /// The product's name: 1 to 200 characters.
    #[schema(example = "Claw hammer")]
    pub title: String,
    /// The product's address. Where it is absent, a new product gets one made of its title, another keeps its own.
    #[schema(example = "claw-hammer")]
    pub slug: Option<String>,
    /// What a buyer should know, as plain text: up to 5,000 characters.
    pub description: String,
    /// Who makes it: a brand's slug.
    #[schema(example = "hallamgate")]
    pub brand: Option<String>,
    /// The categories it stands in: 1 to 5 slugs.
    pub categories: Vec<String>,
    /// How far it has come.
    pub status: StatusDto,
    /// What search engines are told.
    #[serde(default)]
    pub seo: SeoDto,
    /// What can be chosen: up to 5 options.
    #[serde(default)]
    pub options: Vec<OptionDto>,
    /// What can be bought: 1 to 30 variants.
    pub variants: Vec<VariantInput>,
    /// Which of the product's pictures are kept, in which order, and what they show. New ones come by uploads.
    #[serde(default)]
    pub images: Vec<ImageInput>,
}

/// One sellable form of a product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VariantInput {
    /// The variant's SKU, unlike any other in the shop.
    #[schema(example = "HT-CLAW-16")]
    pub sku: String,
    /// What tells this variant from its siblings.
    #[serde(default)]
    pub title: String,
    /// The value of each option.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// The price of one piece.
    pub price: MoneyDto,
    /// What one piece cost before, or costs elsewhere; above the price.
    pub compare_at_price: Option<MoneyDto>,
}

/// A picture that the product has.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageInput {
    /// What identifies it.
    #[schema(example = "img_01JD0000000000000000000000")]
    pub id: String,
    /// What it shows: 1 to 300 characters.
    pub alt: String,
}

/// What an input is read against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The categories and brands there are.
    pub names: &'a Names,
    /// The shop's currency.
    pub currency: Currency,
    /// When the edit is made.
    pub now: Timestamp,
}

impl ProductInput {
    /// The product that is meant: a new one, or the one that was before. All that is wrong is told at once.
    pub fn into_product(
        self,
        before: Option<&ProductFields>,
        setting: Setting<'_>,
    ) -> Result<Product, Problem> {
        let mut problems = Fields::default();
        let title = self.title.trim().to_owned();
        let slug = match (&self.slug, before) {
            (Some(slug), _) => problems.parsed("/slug", Slug::parse(slug)),
            (None, Some(before)) => Some(before.slug.clone()),
            (None, None) => problems.parsed("/title", Slug::from_title(&title).map_err(|_| NO_SLUG)),
        };
        let brand = brand(self.brand.as_deref(), &setting.names.brands, &mut problems);
        let categories = categories(&self.categories, &setting.names.tree, &mut problems);
        let images = images(self.images, before, &mut problems);
        let variants = variants(self.variants, setting.currency, &mut problems);
        let (Some(slug), Some(brand), Some(categories), Some(images), Some(variants)) =
            (slug, brand, categories, images, variants)
        else {
            return Err(problems.into_problem());
        };
        let named = ProductFields::named(
            before.map_or_else(ProductId::generate, |before| before.id),
            slug,
            title,
            setting.now,
        );
        let option = |option: OptionDto| ProductOption { name: option.name, values: option.values };
        let fields = ProductFields {
            description: self.description,
            status: self.status.into(),
            brand,
            categories,
            seo: Seo { title: description(self.seo.title), description: description(self.seo.description) },
            images,
            options: self.options.into_iter().map(option).collect(),
            variants,
            created_at: before.map_or(setting.now, |before| before.created_at),
            ..named
        };
        for fault in fields.faults() {
            problems.parsed::<(), _>(&fault.pointer, Err(fault.error));
        }
        Product::new(fields).map_err(|_| problems.into_problem())
    }
}

const NO_SLUG: &str = "has no letter or digit to make an address of: say a slug";

/// The brand, or none where none was asked for; nothing where there is no such brand.
#[allow(clippy::option_option, reason = "a product without a brand is not a product with a bad one")]
fn brand(slug: Option<&str>, brands: &BTreeMap<Slug, Brand>, problems: &mut Fields) -> Option<Option<Brand>> {
    let Some(slug) = slug else {
        return Some(None);
    };
    let known = Slug::parse(slug).ok().and_then(|slug| brands.get(&slug).cloned());
    problems.parsed("/brand", known.map(Some).ok_or_else(|| format!("there is no brand `{slug}`")))
}

fn categories(slugs: &[String], tree: &CategoryTree, problems: &mut Fields) -> Option<Vec<Category>> {
    let category = |(n, slug): (usize, &String)| {
        let known = Slug::parse(slug).ok().and_then(|slug| tree.get(&slug));
        let known = known.map(|node| Category { slug: node.slug.clone(), title: node.title.clone() });
        problems.parsed(
            &format!("/categories/{n}"),
            known.ok_or_else(|| format!("there is no category `{slug}`")),
        )
    };
    all(slugs.iter().enumerate().map(category))
}

fn images(
    inputs: Vec<ImageInput>,
    before: Option<&ProductFields>,
    problems: &mut Fields,
) -> Option<Vec<Image>> {
    let image = |(n, input): (usize, ImageInput)| {
        let known = before.and_then(|before| before.images.iter().find(|image| image.key() == input.id));
        let known = known.ok_or("is no picture of this product");
        let image = problems.parsed(&format!("/images/{n}/id"), known)?;
        Some(Image { alt: input.alt.trim().to_owned(), ..image.clone() })
    };
    all(inputs.into_iter().enumerate().map(image))
}

fn variants(inputs: Vec<VariantInput>, currency: Currency, problems: &mut Fields) -> Option<Vec<Variant>> {
    let variant = |(n, input): (usize, VariantInput)| {
        let sku = problems.parsed(&format!("/variants/{n}/sku"), Sku::parse(&input.sku));
        let price = money(&input.price, currency, &format!("/variants/{n}/price"), problems);
        let compared = match &input.compare_at_price {
            None => Some(None),
            Some(compared) => {
                money(compared, currency, &format!("/variants/{n}/compareAtPrice"), problems).map(Some)
            }
        };
        let title = input.title.trim().to_owned();
        Some(Variant { sku: sku?, title, options: input.options, price: price?, compare_at_price: compared? })
    };
    all(inputs.into_iter().enumerate().map(variant))
}

fn money(money: &MoneyDto, currency: Currency, pointer: &str, problems: &mut Fields) -> Option<Money> {
    let good = if money.currency == currency.code() {
        Ok(Money::new(money.amount, currency))
    } else {
        Err(format!("must be {currency}, the shop's currency"))
    };
    problems.parsed(&format!("{pointer}/currency"), good)
}

/// All of them, if each is good. Each is looked at, so that all that is wrong is told.
fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    items.collect::<Vec<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use domain::CategoryNode;
    use serde_json::{Value, json};

    use super::*;

    fn names() -> Names {
        let node = |slug: &str, title: &str| CategoryNode {
            slug: Slug::parse(slug).unwrap(),
            title: title.into(),
            parent: None,
            position: 0,
            description: None,
        };
        let brand = Brand::named("Calder & Sons").unwrap();
        Names {
            tree: CategoryTree::new([node("garden", "Garden"), node("storage", "Storage")]).unwrap(),
            brands: BTreeMap::from([(brand.slug.clone(), brand)]),
        }
    }

    fn input() -> Value {
        json!({
            "title": " Gate hook ", "description": "Black.", "brand": "calder-sons",
            "categories": ["garden"], "status": "draft", "seo": { "title": " ", "description": null },
            "options": [{ "name": "Length", "values": ["100 mm", "200 mm"] }],
            "variants": [
                { "sku": "HOOK-1", "options": { "Length": "100 mm" }, "price": { "amount": 399, "currency": "GBP" } },
                { "sku": "HOOK-2", "options": { "Length": "200 mm" }, "price": { "amount": 499, "currency": "GBP" },
                  "compareAtPrice": { "amount": 599, "currency": "GBP" } },
            ],
        })
    }

    fn read(input: Value, before: Option<&ProductFields>) -> Result<Product, Problem> {
        let (names, currency, now) = (names(), Currency::Gbp, Timestamp::UNIX_EPOCH);
        let input: ProductInput = serde_json::from_value(input).unwrap();
        input.into_product(before, Setting { names: &names, currency, now })
    }

    fn pointers(input: Value) -> Vec<String> {
        let problem = serde_json::to_value(read(input, None).unwrap_err()).unwrap();
        let pointer = |error: &Value| error["pointer"].as_str().unwrap().to_owned();
        problem["errors"].as_array().unwrap().iter().map(pointer).collect()
    }

    #[test]
    fn names_come_from_the_shop_and_a_new_product_gets_an_address() {
        let product = read(input(), None).unwrap();
        let fields = product.fields();
        assert_eq!((fields.title.as_str(), fields.slug.as_str()), ("Gate hook", "gate-hook"));
        assert_eq!(fields.brand.as_ref().unwrap().title, "Calder & Sons");
        assert_eq!(fields.categories[0].title, "Garden");
        assert_eq!(fields.seo, Seo::default());
        assert_eq!(fields.variants[1].compare_at_price, Some(Money::new(599, Currency::Gbp)));
    }

    #[test]
    fn an_edit_keeps_what_it_does_not_name() {
        let mut before = ProductFields::from(read(input(), None).unwrap());
        before.slug = Slug::parse("hook").unwrap();
        before.images = vec![Image::plain("/a.webp", "A"), Image::plain("/b.webp", "B")];
        let mut edit = input();
        edit["images"] = json!([{ "id": "/b.webp", "alt": " The back " }]);
        let product = read(edit, Some(&before)).unwrap();
        assert_eq!((product.fields().id, &product.fields().slug), (before.id, &before.slug));
        assert_eq!(product.fields().images, [Image::plain("/b.webp", "The back")]);
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_place() {
        let mut bad = input();
        bad["slug"] = json!("No Slug");
        bad["brand"] = json!("nobody");
        bad["categories"] = json!(["garden", "nowhere"]);
        bad["images"] = json!([{ "id": "img_1", "alt": "A" }]);
        bad["variants"][0]["sku"] = json!("A/B");
        bad["variants"][1]["price"]["currency"] = json!("EUR");
        let expected = [
            "/slug",
            "/brand",
            "/categories/1",
            "/images/0/id",
            "/variants/0/sku",
            "/variants/1/price/currency",
        ];
        assert_eq!(pointers(bad), expected);
        let mut bad = input();
        bad["variants"][1]["sku"] = json!("HOOK-1");
        bad["variants"][1]["compareAtPrice"]["amount"] = json!(499);
        bad["seo"]["title"] = json!("x".repeat(Seo::MAX_TITLE + 1));
        assert_eq!(pointers(bad), ["/seo/title", "/variants/1/sku", "/variants/1/compareAtPrice"]);
        let mut bad = input();
        bad["title"] = json!("!!!");
        assert_eq!(pointers(bad), ["/title"]);
    }
}
