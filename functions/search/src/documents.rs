//! From products of the catalogue to documents of the index.

use domain::{CategoryTree, Synonyms};
use search::{Brand, Catalogue, Category, Document, Rating};
use store::search::OnSale;

use crate::dto::Card;

/// All that an index is made of.
pub fn catalogue(
    tree: &CategoryTree,
    products: impl IntoIterator<Item = OnSale>,
    synonyms: Synonyms,
) -> Result<Catalogue, serde_json::Error> {
    let category = |node: &domain::CategoryNode| Category {
        slug: node.slug.to_string(),
        title: node.title.clone(),
        parent: node.parent.as_ref().map(ToString::to_string),
    };
    Ok(Catalogue {
        categories: tree.in_order().into_iter().map(category).collect(),
        documents: products.into_iter().map(document).collect::<Result<_, _>>()?,
        synonyms: synonyms.into(),
    })
}

fn document(found: OnSale) -> Result<Document, serde_json::Error> {
    let fields = found.product.fields();
    let brand = fields.brand.as_ref();
    let rating =
        (found.rating.count > 0).then_some(Rating { sum: found.rating.sum, count: found.rating.count });
    let titles = fields.variants.iter().map(|variant| &variant.title);
    Ok(Document {
        id: fields.id.to_string(),
        title: fields.title.clone(),
        brand: brand.map(|brand| Brand { slug: brand.slug.to_string(), title: brand.title.clone() }),
        description: fields.description.clone(),
        details: titles.filter(|title| !title.is_empty()).cloned().collect(),
        categories: fields.categories.iter().map(|category| category.slug.to_string()).collect(),
        codes: fields.variants.iter().map(|variant| variant.sku.to_string()).collect(),
        price: found.product.price_from().amount(),
        rating,
        in_stock: found.in_stock,
        created: fields.created_at.as_second(),
        card: serde_json::to_string(&Card::of(&found))?,
    })
}
