//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::analysis::{STEMS, WORDS};

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub card: Field,
    pub title: Field,
    pub brand: Field,
    pub categories: Field,
    pub description: Field,
    /// All words as they are written: the vocabulary.
    pub words: Field,
    pub codes: Field,
    pub price: Field,
    pub rating: Field,
    pub ratings: Field,
    pub in_stock: Field,
    pub created: Field,
    /// The place of the title among all titles.
    pub title_rank: Field,
    /// The numbers of the categories and their ancestors.
    pub category: Field,
    /// The number of the brand.
    pub brand_number: Field,
}

/// The names of the columns.
pub(crate) mod column {
    pub(crate) const PRICE: &str = "price";
    pub(crate) const RATING: &str = "rating";
    pub(crate) const RATINGS: &str = "ratings";
    pub(crate) const IN_STOCK: &str = "in_stock";
    pub(crate) const CREATED: &str = "created";
    pub(crate) const TITLE_RANK: &str = "title_rank";
    pub(crate) const CATEGORY: &str = "category";
    pub(crate) const BRAND: &str = "brand_number";
}

/// The schema, always with the same numbers for the same fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let text = |analyser: &str, option: IndexRecordOption, norms: bool| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyser)
            .set_index_option(option)
            .set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let phrases = text(STEMS, IndexRecordOption::WithFreqsAndPositions, true);
    let stems = text(STEMS, IndexRecordOption::WithFreqs, true);
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        card: schema.add_text_field("card", TextOptions::default().set_stored()),
        title: schema.add_text_field("title", phrases.set_stored()),
        brand: schema.add_text_field("brand", stems.clone()),
        categories: schema.add_text_field("categories", stems.clone()),
        description: schema.add_text_field("description", stems),
        words: schema.add_text_field("words", text(WORDS, IndexRecordOption::Basic, false)),
        codes: schema.add_text_field("codes", text("raw", IndexRecordOption::Basic, false)),
        price: schema.add_i64_field(column::PRICE, FAST),
        rating: schema.add_u64_field(column::RATING, FAST),
        ratings: schema.add_u64_field(column::RATINGS, FAST),
        in_stock: schema.add_bool_field(column::IN_STOCK, FAST),
        created: schema.add_i64_field(column::CREATED, FAST),
        title_rank: schema.add_u64_field(column::TITLE_RANK, FAST),
        category: schema.add_u64_field(column::CATEGORY, FAST | INDEXED),
        brand_number: schema.add_u64_field(column::BRAND, FAST | INDEXED),
    };
    (schema.build(), fields)
}
