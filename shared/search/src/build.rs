//! From documents to an index.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::store::Compressor;
use tantivy::{Directory, IndexSettings, TantivyDocument};

use crate::analysis::{Analyser, code};
use crate::document::{Brand, Catalogue, Category, Document};
use crate::error::SearchError;
use crate::index::{FORMAT, Manifest};
use crate::pack;
use crate::prices;
use crate::schema::{self, Fields};

/// What the engine may take for its tables while it builds, in bytes. All products come into one segment, however many.
const MEMORY: usize = 64 * 1024 * 1024;
/// Where the engine keeps what it knows of the segment.
const META: &str = "meta.json";

/// Builds an index. The same catalogue gives the same answers, whatever the order of its documents.
pub fn build(catalogue: &Catalogue) -> Result<Vec<u8>, SearchError> {
    let (schema, fields) = schema::schema();
    let directory = RamDirectory::create();
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
        .schema(schema)
        .settings(settings)
        .tokenizers(Analyser::registered())
        .single_segment_index_writer(directory.clone(), MEMORY)?;

    let brands: BTreeSet<&Brand> =
        catalogue.documents.iter().filter_map(|document| document.brand.as_ref()).collect();
    let tree = Tree::new(&catalogue.categories);
    let numbers: HashMap<&str, u64> =
        brands.iter().zip(0..).map(|(brand, n)| (brand.slug.as_str(), n)).collect();
    let mut documents: Vec<&Document> = catalogue.documents.iter().collect();
    documents.sort_by_cached_key(|document| (document.title.to_lowercase(), &document.id));
    for (title_rank, document) in (0..).zip(&documents) {
        let mut entry = entry(fields, document, &tree);
        entry.add_u64(fields.title_rank, title_rank);
        if let Some(number) = document.brand.as_ref().and_then(|brand| numbers.get(brand.slug.as_str())) {
            entry.add_u64(fields.brand_number, *number);
        }
        writer.add_document(entry)?;
    }
    let index = writer.finalize()?;

    let manifest = Manifest {
        format: FORMAT,
        categories: catalogue.categories.clone(),
        brands: brands.into_iter().cloned().collect(),
        bands: prices::bands(documents.iter().map(|document| document.price).collect()),
        synonyms: catalogue.synonyms.clone(),
    };
    let files = index_files(&directory, index.load_metas()?.list_segment_files());
    pack::pack(&directory, files, &serde_json::to_vec(&manifest)?)
}

/// The engine names all files that a segment may have; this one has no deletions, for instance.
fn index_files(directory: &RamDirectory, named: HashSet<PathBuf>) -> BTreeSet<PathBuf> {
    let all = named.into_iter().chain([PathBuf::from(META)]);
    all.filter(|path| directory.exists(path).unwrap_or_default()).collect()
}

fn entry(fields: Fields, document: &Document, tree: &Tree<'_>) -> TantivyDocument {
    let mut entry = TantivyDocument::default();
    let mut text = |field, text: &str| {
        entry.add_text(field, text);
        entry.add_text(fields.words, text);
    };
    text(fields.title, &document.title);
    if let Some(brand) = &document.brand {
        text(fields.brand, &brand.title);
    }
    let categories = tree.with_ancestors(&document.categories);
    for category in &categories {
        text(fields.categories, tree.title(*category));
    }
    text(fields.description, &document.description);
    for detail in &document.details {
        text(fields.description, detail);
    }
    for sku in &document.codes {
        entry.add_text(fields.codes, code(sku));
    }
    for number in categories {
        entry.add_u64(fields.category, number as u64);
    }
    entry.add_text(fields.id, &document.id);
    entry.add_text(fields.card, &document.card);
    entry.add_i64(fields.price, document.price);
    entry.add_bool(fields.in_stock, document.in_stock);
    entry.add_i64(fields.created, document.created);
    if let Some(rating) = document.rating.filter(|rating| rating.count > 0) {
        entry.add_u64(fields.rating, rating.thousandths());
        entry.add_u64(fields.ratings, rating.count);
    }
    entry
}

/// The categories by their addresses.
struct Tree<'a> {
    categories: &'a [Category],
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Tree<'a> {
    fn new(categories: &'a [Category]) -> Self {
        let numbers = categories.iter().enumerate().map(|(n, category)| (category.slug.as_str(), n));
        Self { categories, numbers: numbers.collect() }
    }

    fn title(&self, number: usize) -> &str {
        &self.categories[number].title
    }

    /// The numbers of these categories and all that they stand in. What is not in the tree is left out.
    fn with_ancestors(&self, slugs: &[String]) -> BTreeSet<usize> {
        let mut numbers = BTreeSet::new();
        for slug in slugs {
            let mut next = Some(slug);
            while let Some(number) = next.and_then(|slug| self.numbers.get(slug.as_str())) {
                if !numbers.insert(*number) {
                    break;
                }
                next = self.categories[*number].parent.as_ref();
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_stands_in_all_that_its_categories_stand_in() {
        let category = |slug: &str, parent: Option<&str>| Category {
            slug: slug.into(),
            title: slug.to_uppercase(),
            parent: parent.map(str::to_owned),
        };
        let categories = [
            category("tools", None),
            category("hand-tools", Some("tools")),
            category("hammers", Some("hand-tools")),
            category("a", Some("b")),
            category("b", Some("a")),
        ];
        let tree = Tree::new(&categories);
        let of = |slugs: &[&str]| {
            let slugs: Vec<_> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
            tree.with_ancestors(&slugs).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(of(&["hammers"]), [0, 1, 2]);
        assert_eq!(of(&["hand-tools", "hammers"]), [0, 1, 2]);
        assert_eq!(of(&["gone"]), [0; 0]);
        assert_eq!(of(&["a"]), [3, 4]);
    }
}
